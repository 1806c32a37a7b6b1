"""The documents say what is so."""

from __future__ import annotations

import re
import shlex
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from django.core.management import get_commands
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from govpub.conf import SETTINGS

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
# A path of the repository, as the documents write one.
PATH = re.compile(r"`((?:govpub|home|site|tests|docs|\.ci)/[\w./-]*)`")
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
COMMAND = re.compile(r"manage\.py (\w+)")


def read(path):
    return (ROOT / path).read_text(encoding="utf-8")


def pyproject():
    return tomllib.loads(read("pyproject.toml"))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_path_and_link_leads_somewhere(document):
    text = document.read_text(encoding="utf-8")
    for path in PATH.findall(text):
        assert (ROOT / path).exists(), f"{document.name} names {path}"
    for link in LINK.findall(text):
        assert (document.parent / link).exists(), f"{document.name} links to {link}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_exists(document):
    named = set(COMMAND.findall(document.read_text(encoding="utf-8")))
    assert named <= set(get_commands())


def test_every_document_is_linked_from_the_readme():
    linked = set(LINK.findall(read("README.md")))
    for document in (ROOT / "docs").glob("*.md"):
        assert f"docs/{document.name}" in linked


def section(document, title):
    """The text below a heading, up to the next heading."""
    match = re.search(
        rf"^#+ {re.escape(title)}\n(.*?)(?=^#|\Z)", read(document), re.M | re.S
    )
    assert match, f"{document} has no heading {title}"
    return match[1]


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_has_its_heading_type_and_default(name):
    kind, default, _meaning = SETTINGS[name]
    text = section("docs/settings.md", f"GOVPUB_{name}")
    assert f"{kind.__name__}, default `{default!r}`" in text


def test_no_setting_is_described_that_does_not_exist():
    headings = re.findall(r"^## GOVPUB_(\w+)$", read("docs/settings.md"), re.M)
    assert headings == list(SETTINGS)


def test_every_environment_variable_is_described():
    described = read("docs/deploy.md")
    for path in (ROOT / "site").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for name in re.findall(r"environ(?:\.get\(|\[)\"(\w+)\"", text):
            assert f"`{name}`" in described, f"{path.name} reads {name}"


def test_the_import_order_is_the_one_that_is_checked():
    contracts = pyproject()["tool"]["importlinter"]["contracts"]
    (layers,) = (c["layers"] for c in contracts if c["type"] == "layers")
    drawn = section("docs/architecture.md", "Who may import whom")
    assert re.sub(r"\s+", " ", " -> ".join(layers)) in re.sub(r"\s+", " ", drawn)


def command_lines():
    """The two command lines of the README, split at ``&&``."""
    blocks = re.findall(r"```sh\n(python3 .*?)```", read("README.md"), re.S)
    return [
        [shlex.split(part) for part in block.replace("\\\n", " ").split("&&")]
        for block in blocks
    ]


def test_the_readme_has_two_command_lines_that_install_and_run():
    demo, tests = command_lines()
    for line, extras in ((demo, ["site"]), (tests, ["site", "dev"])):
        make, install, _run = line
        assert make == ["python3", "-m", "venv", ".venv"]
        assert install[-4:-2] == ["-c", "constraints.txt"]
        assert install[-1] == f".[{','.join(extras)}]"
        assert set(extras) <= set(pyproject()["project"]["optional-dependencies"])
    assert demo[-1] == [".venv/bin/python", "manage.py", "demo"]
    assert tests[-1] == [".venv/bin/pytest"]


def test_constraints_are_names_and_versions_only():
    lines = read("constraints.txt").splitlines()
    pinned = {}
    for line in lines:
        match = re.fullmatch(r"([a-z0-9][a-z0-9.-]*)==([\w.!+]+)", line)
        assert match, line
        pinned[match[1]] = match[2]
    assert lines == sorted(lines)
    project = pyproject()["project"]
    wanted = project["dependencies"] + sum(
        project["optional-dependencies"].values(), start=[]
    )
    for requirement in wanted:
        name = re.match(r"[\w.-]+", requirement)[0].lower()
        assert re.sub(r"[-_.]+", "-", name) in pinned, f"{requirement} is not pinned"


def test_constraints_fit_together():
    """No package that is installed here refuses a version that is pinned."""
    pins = dict(line.split("==") for line in read("constraints.txt").splitlines())
    for distribution in metadata.distributions():
        for line in distribution.requires or ():
            needed = Requirement(line)
            pin = pins.get(canonicalize_name(needed.name))
            if pin and (needed.marker is None or needed.marker.evaluate({"extra": ""})):
                known = distribution.metadata["Name"]
                assert needed.specifier.contains(pin), f"{known}: {line}, not {pin}"


def test_the_version_stands_in_one_place_and_the_changelog_knows_it():
    import govpub

    assert pyproject()["project"]["version"] == govpub.__version__
    assert re.search(r"^## \[Unreleased\]$", read("CHANGELOG.md"), re.M)
