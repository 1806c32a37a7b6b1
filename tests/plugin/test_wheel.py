"""What ``pip wheel .`` makes: the plugin and nothing else, with all it needs inside."""

from __future__ import annotations

import gettext
import zipfile

import pytest

pytestmark = pytest.mark.xdist_group("plugin")


@pytest.fixture(scope="module")
def names(wheel):
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


def test_it_holds_the_plugin_and_nothing_else(names):
    assert {name.split("/")[0].split("-")[0] for name in names} == {"govpub"}
    assert not [name for name in names if name.startswith("govpub/locale/hatch_build")]
    assert not [name for name in names if "__pycache__" in name]


@pytest.mark.parametrize(
    "path",
    [
        "govpub/templates/govpub/layouts/base.html",
        "govpub/static/govpub/css/tokens.css",
        "govpub/static/govpub/fonts/sarabun-thai-400-normal.woff2",
        "govpub/static/govpub/fonts/OFL.txt",
        "govpub/locale/th/LC_MESSAGES/django.po",
        "govpub/locale/th/LC_MESSAGES/django.mo",
        "govpub/publishing/migrations/0001_initial.py",
        "govpub/py.typed",
    ],
)
def test_it_holds(names, path):
    assert path in names


def test_it_leaves_nothing_of_the_plugin_out(names):
    from tests.plugin.conftest import ROOT

    kept = {name.removeprefix("govpub/") for name in names}
    for path in (ROOT / "govpub").rglob("*"):
        name = path.relative_to(ROOT / "govpub").as_posix()
        if path.is_file() and "__pycache__" not in name:
            assert name in kept or name == "locale/hatch_build.py"


def test_it_carries_its_licence(names):
    assert [name for name in names if name.endswith("dist-info/licenses/LICENSE")]


def test_its_thai_is_compiled(installed):
    catalogue = gettext.translation("django", installed / "govpub/locale", ["th"])
    assert catalogue.gettext("publication request") == "คำขอเผยแพร่"
