"""The plan of the house: what lies where, and the one folder with a dangerous name."""

from __future__ import annotations

import shutil
import site
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TOP_LEVEL = {
    ".ci",
    ".gitattributes",
    ".gitignore",
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "constraints.txt",
    "docs",
    "govpub",
    "home",
    "manage.py",
    "pyproject.toml",
    "site",
    "tests",
}


def test_site_is_still_the_standard_library_module():
    assert hasattr(site, "getsitepackages")


@pytest.mark.parametrize(
    "folder", ["site", "site/templates", "site/static", "site/locale"]
)
def test_folder_is_not_a_package(folder):
    assert not (ROOT / folder / "__init__.py").exists()


def test_nothing_in_site_has_a_name_of_the_standard_library():
    names = {path.stem for path in (ROOT / "site").glob("*.py")}
    names |= {path.parent.name for path in (ROOT / "site").glob("*/__init__.py")}
    assert names == {"config", "gunicorn.conf"}
    assert not names & sys.stdlib_module_names


def git(*arguments):
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("needs git and a clone, to see what git would keep")
    return subprocess.run(
        ["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    "path", ["site/config/urls.py", "site/static/x.css", "site/locale/th/x.po"]
)
def test_git_does_not_ignore_the_site(path):
    assert git("check-ignore", path).returncode == 1


def test_the_top_level_holds_only_what_the_plan_names():
    tracked = git("ls-files", "--cached", "--others", "--exclude-standard").stdout
    assert {line.split("/")[0].strip('"') for line in tracked.splitlines()} <= TOP_LEVEL


@pytest.mark.parametrize("folder", ["govpub", "home", "site"])
def test_every_module_is_one_job(folder):
    """No module over 400 lines; no attic; migrations are Django's."""
    for path in (ROOT / folder).rglob("*.py"):
        if "migrations" in path.parts:
            continue
        lines = len(path.read_text(encoding="utf-8").splitlines())
        assert lines <= 400, f"{path.relative_to(ROOT)} has {lines} lines"
        assert path.name not in {"utils.py", "helpers.py", "misc.py"}, path
