"""Thai is complete: our own strings, and those of the admin we build on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import translation

from wagtail.admin.views.i18n import js_catalog

from govpub.management.commands import govpub_messages
from govpub.thai.catalogue.checking import faults, missing

pytest.importorskip("babel", reason="Babel comes with the dev extra")

from govpub.thai.catalogue.files import read_catalogue, write_catalogue

OURS = govpub_messages.CATALOGUE
PACKAGES = ("wagtail", "taggit", "django.contrib.auth", "django.contrib.humanize")
PACK = Path(settings.LOCALE_PATHS[0]) / "th/LC_MESSAGES"


def po_files(language, domain):
    """The catalogues of one language in the packages whose screens we show."""
    for config in apps.get_app_configs():
        if config.name.startswith(PACKAGES):
            po = (
                Path(config.path) / "locale" / language / "LC_MESSAGES" / f"{domain}.po"
            )
            if po.exists():
                yield po


def translated(path):
    catalogue = read_catalogue(path)
    untranslated = set(missing(catalogue))
    return {
        (message.context, message.id)
        for message in catalogue
        if message.id
        and (message.id[-1] if message.pluralizable else message.id) not in untranslated
    }


def test_our_own_strings_are_complete_and_whole(capsys):
    call_command("govpub_messages", "--check")
    assert "complete" in capsys.readouterr().out


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_nothing_of_the_admin_stays_english(domain):
    thai = translated(PACK / f"{domain}.po")
    for path in po_files("th", domain):
        thai |= translated(path)
    english = {
        (message.context, message.id)
        for path in po_files("en", domain)
        for message in read_catalogue(path)
        if message.id
    }
    assert len(english) > (80 if domain == "djangojs" else 1700)
    assert english - thai == set()


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_the_pack_breaks_no_placeholder_and_no_tag(domain):
    catalogue = read_catalogue(PACK / f"{domain}.po")
    assert faults(catalogue) == []
    assert missing(catalogue) == []


def test_a_string_has_one_translation_wherever_it_is():
    """Django merges all catalogues: two translations of a message would fight."""
    ours, pack = read_catalogue(OURS), read_catalogue(PACK / "django.po")
    both = [(m, pack.get(m.id, m.context)) for m in ours if m.id]
    fights = {
        message.id: (message.string, theirs.string)
        for message, theirs in both
        if theirs and theirs.string != message.string
    }
    assert fights == {}


def test_faults_are_found(tmp_path):
    po = tmp_path / "bad.po"
    po.write_text(
        'msgid "%(n)d page"\nmsgid_plural "%(n)d pages"\nmsgstr[0] "หน้า"\n\n'
        'msgid "<b>Bold</b> {x}"\nmsgstr "หนา {x}"\n\n'
        'msgid "Status: "\nmsgstr "สถานะ:"\n\n'
        '#, fuzzy\nmsgid "Fuzzy"\nmsgstr "เลือน"\n\n'
        'msgid "Nothing"\nmsgstr ""\n',
        "utf-8",
    )
    catalogue = read_catalogue(po)
    assert missing(catalogue) == ["Nothing"]
    assert faults(catalogue) == [
        "placeholders differ: '%(n)d pages'",
        "HTML tags differ: '<b>Bold</b> {x}'",
        "space at the beginning or end differs: 'Status: '",
        "fuzzy: 'Fuzzy'",
    ]


def test_check_fails_when_a_string_is_missing(monkeypatch, tmp_path):
    catalogue = read_catalogue(OURS)
    catalogue.delete("Enter a date.")
    catalogue.add("A string nobody uses", "ข้อความที่ไม่มีใครใช้")
    stale = tmp_path / "th/LC_MESSAGES/django.po"
    write_catalogue(stale, catalogue)
    monkeypatch.setattr(govpub_messages, "CATALOGUE", stale)
    monkeypatch.setattr(govpub_messages, "LOCALES", (tmp_path,))
    with pytest.raises(CommandError) as failed:
        call_command("govpub_messages", "--check")
    assert "not in the catalogue: 'Enter a date.'" in str(failed.value)
    assert "not in the code any more: 'A string nobody uses'" in str(failed.value)


@pytest.fixture
def own_copy(monkeypatch, tmp_path):
    """The command works on a copy of our catalogue, made up to date once."""
    po = tmp_path / "th/LC_MESSAGES/django.po"
    write_catalogue(po, read_catalogue(OURS))
    monkeypatch.setattr(govpub_messages, "CATALOGUE", po)
    monkeypatch.setattr(govpub_messages, "LOCALES", (tmp_path,))
    call_command("govpub_messages")
    return po


def test_updating_again_changes_nothing_and_compiles(own_copy):
    before = own_copy.read_bytes()
    call_command("govpub_messages")
    assert own_copy.read_bytes() == before
    assert own_copy.with_suffix(".mo").exists()


def test_snippets_are_merged_and_unknown_messages_named(own_copy, tmp_path, capsys):
    before = own_copy.read_bytes()
    catalogue = read_catalogue(own_copy)
    catalogue.get("Enter a date.").string = ""
    write_catalogue(own_copy, catalogue)
    snippet = tmp_path / "helper.po"
    snippet.write_text(
        'msgid "Enter a date."\nmsgstr "โปรดระบุวันที่"\n\n'
        'msgid "Not in the code"\nmsgstr "ไม่มี"\n',
        "utf-8",
    )
    call_command("govpub_messages", "--merge", str(snippet))
    assert "not in the code (helper.po): 'Not in the code'" in capsys.readouterr().out
    assert own_copy.read_bytes() == before


def test_the_admins_own_word_wins_over_ours(own_copy, capsys):
    catalogue = read_catalogue(own_copy)
    catalogue.get("Page").string = "แผ่น"
    write_catalogue(own_copy, catalogue)
    call_command("govpub_messages")
    assert "as the admin says: 'Page': หน้า" in capsys.readouterr().out
    assert read_catalogue(own_copy).get("Page").string == "หน้า"


def test_the_admin_speaks_the_words_of_the_pack(rf):
    with translation.override("th"):
        assert translation.gettext("Save") == "บันทึก"
        assert translation.gettext("Dashboard") == "ภาพรวม"
        assert (
            translation.ngettext("1 page", "%(counter)s pages", 3) == "%(counter)s หน้า"
        )
        scripts = js_catalog(rf.get("/")).content.decode()
    assert '"Save": "\\u0e1a\\u0e31\\u0e19\\u0e17\\u0e36\\u0e01"' in scripts


def test_our_messages_are_written_in_english():
    """An English reader falls back on them."""
    thai = re.compile("[\u0e01-\u0e5b]")
    messages = (str(message.id) for message in read_catalogue(OURS))
    assert [message for message in messages if thai.search(message)] == []
