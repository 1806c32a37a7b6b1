"""An officer who reads no English meets none: in no screen of the admin, in no mail.

As each of the four roles every screen of the admin that is theirs to see is read as
the server writes it; a real Chromium goes through every kind of them, opens what can be
opened, and reads what is written and what a screen reader would say.
"""

from __future__ import annotations

import pytest
from django.conf import settings
from django.urls import reverse

from govpub.categories.models import CategoryPage
from govpub.evidence.models import ChecklistItem
from govpub.publishing.models import PublicationRequest
from govpub.upkeep.models import Extension
from tests.thai.latin import Reader
from tests.thai.office_at_work import at_work
from tests.thai.reading import ADD_BLOCK, OPENERS, TAB, Opener
from tests.thai.walk import Walk, addresses_without_arguments

ROLES = ("officer", "head", "webmaster", "inspector")
# The screens of the procedure. A walk that misses one of them went astray.
OF_THE_PROCEDURE = {
    # Dashboard, account, the pages and their editor, history and comparison.
    *("wagtailadmin_home", "wagtailadmin_account", "wagtailadmin_explore"),
    "wagtailadmin_pages:add",
    *("wagtailadmin_pages:edit", "wagtailadmin_pages:history"),
    *("wagtailadmin_pages:revisions_compare", "wagtailadmin_pages:workflow_history"),
    *("wagtailadmin_pages:workflow_history_detail", "wagtailadmin_pages:search"),
    *("wagtailadmin_pages:copy", "wagtailadmin_pages:move", "wagtailadmin_pages:usage"),
    *("wagtailadmin_pages:delete", "wagtail_bulk_action"),
    # Files, and what is chosen for a text.
    *("wagtaildocs:index", "wagtaildocs:add", "wagtaildocs:edit"),
    *("wagtailimages:index", "wagtailimages:add", "wagtailimages:edit"),
    *("wagtaildocs_chooser:choose", "wagtailimages_chooser:choose"),
    *("wagtailadmin_choose_page", "wagtailadmin_choose_page_external_link"),
    # Inbox, review, decisions, notices, urgent cases, times.
    *("govpub_publishing:index", "govpub_publishing:review"),
    *("govpub_publishing:bulk", "govpub_publishing:notices"),
    "govpub_publishing:elsewhere",
    *("govpub_publishing:verbal", "govpub_publishing:confirm"),
    *("govpub_publishing:times",),
    # Upkeep: queue, verifying, a longer period, taking down.
    *("govpub_upkeep_admin:queue", "govpub_upkeep_admin:verify"),
    *("govpub_upkeep_admin:extend", "govpub_upkeep_admin:extension"),
    *("govpub_upkeep_admin:take_down",),
    # Register, papers, packs, board, supervision report.
    *("govpub_register_modeladmin_index", "govpub_evidence_admin:print"),
    *("govpub_evidence_admin:packs", "govpub_evidence_admin:board"),
    *("govpub_evidence_admin:item", "govpub_evidence_admin:supervision"),
    # Statistics, survey, reports.
    *("govpub_statistics_report", "govpub_survey_report:index"),
    *("govpub_survey_comments:index", "govpub_survey_comments:edit"),
    *("govpub_survey_held:index", "govpub_survey_questions:index"),
    *("govpub_survey_rounds:index", "govpub_broken_links"),
    *("wagtailadmin_reports:site_history", "wagtailadmin_reports:workflow"),
    # What the Web Master and the head set.
    *("wagtailsettings:edit", "govpub_retention:index"),
    *("govpub_after_the_end:index", "govpub_assessments:index", "home_policies"),
    *("govpub_responsibilities_modeladmin_index", "govpub_steps:index"),
    *("govpub_holidays:index", "govpub_outbox:index", "govpub_checklists:index"),
    *("govpub_form_words:index",),
}


@pytest.fixture
def sign_in(browser_page, live_server, client):
    """Makes somebody the one who is signed in, in the window and for the client."""
    window = browser_page(height=1000, reduced_motion="reduce")

    def do(user):
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": client.cookies[name].value}
        window.context.clear_cookies()
        window.context.add_cookies([{**cookie, "url": live_server.url}])
        return window

    return do


def screens_of(site, pages):
    """Where each page is worked on; the rest is found from link to link."""
    for page in pages:
        at = f"/admin/pages/{page.pk}/"
        yield from (f"{at}edit/", f"{at}history/", f"{at}workflow_history/")
    for parent in CategoryPage.objects.child_of(site.root_page):
        for kind in parent.specific.allowed_subpage_models():
            names = kind._meta.app_label, kind._meta.model_name
            yield reverse("wagtailadmin_pages:add", args=[*names, parent.pk])
    compared = [pages[0].pk, "earliest", "latest"]
    yield reverse("wagtailadmin_pages:revisions_compare", args=compared)
    for act in ("delete", "move", "publish", "unpublish"):
        yield f"/admin/bulk/wagtailcore/page/{act}/?id={pages[0].pk}&next=/admin/"
    for kind in ("wagtaildocs/document", "wagtailimages/image"):
        for act in ("add_tags", "add_to_collection", "delete"):
            yield f"/admin/bulk/{kind}/{act}/?id=1&next=/admin/"
    for request in PublicationRequest.objects.all():
        for act in ("review", "elsewhere", "verbal", "confirm"):
            yield reverse(f"govpub_publishing:{act}", args=[request.pk])
        for act in ("take_down", "extend", "verify"):
            yield reverse(f"govpub_upkeep_admin:{act}", args=[request.pk])
    for extension in Extension.objects.all():
        yield reverse("govpub_upkeep_admin:extension", args=[extension.pk])
    item = ChecklistItem.objects.first()
    yield reverse("govpub_evidence_admin:item", args=[item.pk])


@pytest.mark.browser
@pytest.mark.slow
def test_no_english_in_the_admin(sign_in, client, people, office):
    pages = at_work(office, people)
    english, names, things, opener = [], set(), set(), None
    for role in ROLES:
        window = sign_in(getattr(people, role))
        opener = opener or Opener(window)
        walk = Walk(client, look=opener)
        walk.through(
            ["/admin/", *screens_of(office, pages), *addresses_without_arguments()]
        )
        names |= set(walk.names)
        things |= set(walk.things)
        reader = Reader()
        print(f"{role}: {len(walk.screens)} screens, {len(walk.texts)} texts")
        english += [
            f"{role} {address}: {text[:100]} {words}"
            for text, address in walk.texts.items()
            if (words := sorted(reader.english(text)))
        ]
    assert not english, "\n".join(english)
    assert names >= OF_THE_PROCEDURE, sorted(OF_THE_PROCEDURE - names)
    assert things >= {"chooser", "commands", TAB, ADD_BLOCK, *OPENERS}
