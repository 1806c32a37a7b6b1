"""One term, one word: the translations keep to docs/glossary.md."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

pytest.importorskip("babel", reason="Babel comes with the dev extra")

from govpub.thai.catalogue.files import read_catalogue

ROOT = Path(__file__).resolve().parents[2]
CATALOGUES = (
    *("govpub/locale/th/LC_MESSAGES/django.po", "site/locale/th/LC_MESSAGES/django.po"),
    "site/locale/th/LC_MESSAGES/djangojs.po",
)
MARKS = re.compile(r"%\(\w+\)s|<[^>]*>|{\w*}")
# Terms that have one meaning wherever they stand in a message, so that their word can
# be looked for: the others ("home", "row", "reason") are read by people.
FIRM = (
    *("propose", "publish", "unpublish", "schedule", "overdue", "quarter", "remark"),
    *("inspector", "responsible", "attachment", "satisfaction", "revision", "approve"),
    *("parent page", "child page", "subpage", "save", "delete", "cancel", "edit"),
    *("select", "filter", "log in", "sign in", "log out", "avatar", "group", "role"),
    *("lock", "unlock", "history", "log entry", "collection", "download", "upload"),
)


def rows(heading=None):
    """The lines of the tables of the glossary, cell by cell."""
    text = (ROOT / "docs/glossary.md").read_text("utf-8")
    terms, _heading, not_used = text.partition("## Words not used")
    for line in (not_used if heading else terms).splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and cells[0] not in ("English", "Not"):
            yield cells


def words(cell):
    plain = re.sub(r"\(.*?\)", "", cell)
    return [word.strip() for word in re.split("[,;]", plain)]


@pytest.fixture(scope="module")
def messages():
    found = []
    for path in CATALOGUES:
        for message in read_catalogue(ROOT / path):
            if message.id:
                english, thai = message.id, message.string
                if isinstance(english, tuple):
                    english, thai = english[0], thai[0]
                found.append((MARKS.sub(" ", english), thai))
    return found


def test_words_that_are_not_used_are_nowhere(messages):
    unwanted = [word for cells in rows("not used") for word in words(cells[0])]
    assert len(unwanted) > 15
    wrong = {
        (english, word)
        for english, thai in messages
        for word in unwanted
        if word in thai
    }
    assert wrong == set()


def test_a_firm_term_has_its_word_wherever_it_stands(messages):
    thai_of = {term: words(cells[1]) for cells in rows() for term in words(cells[0])}
    wrong, seen = [], 0
    for term in FIRM:
        stands = re.compile(rf"\b{term}(s|es)?\b", re.IGNORECASE)
        for english, thai in messages:
            if stands.search(english):
                seen += 1
                if not any(word in thai for word in thai_of[term]):
                    wrong.append((term, english, thai))
    assert seen > 400
    assert wrong == []
