"""The plugin as a stranger gets it: built, unpacked, put into a bare Wagtail site."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = (
    ("govpub", "home", "site", "tests", "docs")
    + ("manage.py", "pyproject.toml", "constraints.txt", ".gitignore")
    + ("README.md", "CHANGELOG.md", "LICENSE")
)


def run(*command, cwd, **environment) -> str:
    """Run a program without this project's paths; its output, or a failed test."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name not in {"PYTHONPATH", "DJANGO_SETTINGS_MODULE", "DATABASE_URL"}
    }
    result = subprocess.run(
        command,
        cwd=cwd,
        env={**inherited, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, f"{command}\n{result.stdout}\n{result.stderr}"
    return result.stdout


def build(kind: str, source: Path, target: Path) -> Path:
    """Build an sdist or a wheel with the tools that are installed already."""
    run(
        sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", target, cwd=source
    )
    (built,) = target.iterdir()
    return built


@pytest.fixture(scope="session")
def wheel(tmp_path_factory) -> Path:
    """The wheel, made from the source distribution as an index would get it."""
    source = tmp_path_factory.mktemp("source")
    for name in SOURCES:
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "*.mo")
            shutil.copytree(ROOT / name, source / name, ignore=ignored)
        else:
            shutil.copy(ROOT / name, source / name)
    unpacked = tmp_path_factory.mktemp("sdist")
    with tarfile.open(build("sdist", source, tmp_path_factory.mktemp("a"))) as archive:
        archive.extractall(unpacked, filter="data")
    (folder,) = unpacked.iterdir()
    return build("wheel", folder, tmp_path_factory.mktemp("b"))


@pytest.fixture(scope="session")
def installed(wheel, tmp_path_factory) -> Path:
    """A folder that holds what the wheel installs, to be put on the path."""
    target = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)  # noqa: S202
    return target


def code_of(document: str, title: str) -> str:
    """The code block of ``docs/<document>`` that opens with ``# title``."""
    text = (ROOT / "docs" / document).read_text(encoding="utf-8")
    for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL):
        if block.startswith(f"# {title}\n"):
            return block
    raise AssertionError(f"docs/{document} has no code block for {title}")
