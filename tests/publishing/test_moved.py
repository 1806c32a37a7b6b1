"""An office that moves to another server takes its records along, still sealed."""

from __future__ import annotations

from io import StringIO

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.test import Client

from wagtail.models import Site

from govpub.publishing.doctor import examine
from govpub.publishing.ledger import faults
from govpub.publishing.models import Act, LedgerEntry
from tests.drafts import published_news


@pytest.mark.slow
def test_moved_with_dumpdata_nothing_is_lost_and_every_seal_holds(
    transactional_db, office, people, tmp_path
):
    page = published_news(office, people)
    address = page.get_url_parts()[2]
    acts, entries = Act.objects.count(), LedgerEntry.objects.count()
    kinds, file = str(tmp_path / "kinds.json"), str(tmp_path / "office.json")
    without = ["contenttypes", "wagtailsearch", "sessions"]
    call_command("dumpdata", "contenttypes", output=kinds)
    call_command("dumpdata", exclude=without, output=file)
    # Other tests put rows back under their numbers, and count on from there.
    call_command("flush", interactive=False, reset_sequences=False)
    assert not LedgerEntry.objects.exists()
    ContentType.objects.all().delete()  # a new database has numbers of its own for them
    ContentType.objects.clear_cache()
    Site.clear_site_root_paths_cache()

    call_command("loaddata", kinds, file, stdout=StringIO())

    site = Site.objects.get(pk=office.pk)
    assert (Act.objects.count(), LedgerEntry.objects.count()) == (acts, entries)
    assert list(faults(site)) == []
    assert list(examine()) == []
    assert Client().get(address).status_code == 200
