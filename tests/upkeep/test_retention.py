"""The office's retention table: suggested, asked at the proposal, approved."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from freezegun import freeze_time

from wagtail.models import Page

from govpub.categories.models import CategoryPage, LawPage, TopicPage
from govpub.publishing import procedure
from govpub.publishing.exceptions import ProcedureError
from govpub.publishing.models import PublicationRequest
from govpub.publishing.periods import DefaultEnd, PeriodRule, add_months, rule_for
from govpub.seed.run import set_up
from govpub.upkeep.models import RetentionRule
from tests.drafts import category, draft_news

pytestmark = pytest.mark.django_db


@pytest.fixture
def webmaster(people):
    client = Client()
    client.force_login(people.webmaster)
    return client


def news_rule(office, kind=""):
    return RetentionRule.objects.get(site=office, category="8", kind=kind)


# --- Dates --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2025, 12, 31), 2, date(2026, 2, 28)),
        (date(2026, 1, 1), 1, date(2026, 2, 1)),
    ],
)
def test_months_are_counted_as_people_do(day, months, expected):
    assert add_months(day, months) == expected


def test_usual_ends_at_the_turn_of_the_fiscal_year():
    this = PeriodRule(False, DefaultEnd.THIS_YEAR)
    following = PeriodRule(False, DefaultEnd.NEXT_YEAR)
    assert this.end(date(2026, 9, 30)) == date(2026, 9, 30)
    assert this.end(date(2026, 10, 1)) == date(2027, 9, 30)
    assert following.end(date(2026, 9, 30)) == date(2027, 9, 30)
    assert following.end(date(2026, 10, 1)) == date(2028, 9, 30)


# --- The table ----------------------------------------------------------------


def test_each_office_gets_a_table_once_and_keeps_its_changes(office, second_office):
    rule = news_rule(office)
    rule.maximum_months = 7
    rule.save()
    set_up(office)
    assert news_rule(office).maximum_months == 7
    assert news_rule(second_office).maximum_months == 36


def test_the_row_of_the_kind_comes_before_that_of_the_category(office, people):
    page = draft_news(office, people.officer)
    assert rule_for(page, office).end(date(2026, 1, 15)) == date(2027, 1, 15)
    page.kind = "job"
    assert rule_for(page, office).end(date(2026, 1, 15)) == date(2026, 4, 15)


def test_plans_have_a_row_of_their_own_below_general_information(office):
    general = CategoryPage.objects.descendant_of(
        Page.objects.get(pk=office.root_page_id)
    ).get(number=1)
    plans = TopicPage.objects.child_of(general).get(number=8)
    model = plans.child_model()
    page = model()
    page.editor_parent = plans
    assert page.retention_key == ("1", "8")
    assert not rule_for(page, office).may_have_no_end
    history = TopicPage.objects.child_of(general).get(number=1)
    page.editor_parent = history
    assert rule_for(page, office).may_have_no_end


def test_without_a_table_the_page_class_decides(bare_site):
    assert rule_for(LawPage(), None).may_have_no_end
    assert not rule_for(draft_like_news(), bare_site).may_have_no_end


def draft_like_news():
    from govpub.categories.models import NewsPage

    return NewsPage(kind="news")


# --- At the proposal ----------------------------------------------------------


def test_longer_than_the_table_allows_is_refused_and_says_how_long(office, people):
    today = timezone.localdate()
    late = add_months(today, 37)
    page = draft_news(office, people.officer, publish_until=late)
    with pytest.raises(ProcedureError) as refused:
        procedure.propose(page, by=people.officer)
    assert "36" in str(refused.value) or "3" in str(refused.value)
    assert not PublicationRequest.objects.filter(page=page.pk).exists()
    page = draft_news(office, people.officer, publish_until=add_months(today, 36))
    procedure.propose(page, by=people.officer)


def test_no_end_only_where_the_table_allows_it(office, people):
    page = draft_news(office, people.officer, publish_until=None)
    with pytest.raises(ProcedureError):
        procedure.propose(page, by=people.officer)
    RetentionRule.objects.filter(site=office, category="8").update(
        may_have_no_end=True, verify_months=6
    )
    request = procedure.propose(page, by=people.officer)
    # The next verification is part of what the head allows.
    due = add_months(timezone.localdate(), 6)
    assert request.verify_by == due
    assert request.current_round.form["verify_by"] == due.isoformat()


def test_another_office_s_table_does_not_count(office, second_office, people):
    RetentionRule.objects.filter(site=second_office).update(maximum_months=1)
    procedure.propose(draft_news(office, people.officer), by=people.officer)


def test_what_ends_before_its_verification_needs_none(office, people):
    request = procedure.propose(draft_news(office, people.officer), by=people.officer)
    assert request.verify_by is None


# --- In the admin -------------------------------------------------------------


@freeze_time("2028-02-29 03:00")
def test_the_editor_suggests_the_usual_end(office, people):
    client = Client()
    client.force_login(people.officer)
    parent = category(office, 8)
    address = reverse(
        "wagtailadmin_pages:add", args=["govpub_categories", "newspage", parent.pk]
    )
    html = client.get(address).content.decode()
    assert 'value="28/02/2572"' in html


def posted(office, **values):
    return {
        "site": office.pk,
        "subject": "8|infographic",
        "default_end": "months",
        "default_months": "๖",
        "maximum_months": "24",
        "verify_months": "6",
        **values,
    }


def test_the_webmaster_changes_the_table(office, webmaster):
    index = webmaster.get(reverse("govpub_retention:index"))
    assert index.status_code == 200
    response = webmaster.post(reverse("govpub_retention:add"), posted(office))
    assert response.status_code == 302
    assert news_rule(office, "infographic").default_months == 6


@pytest.mark.parametrize(
    "wrong",
    [
        {"default_end": "none"},
        {"may_have_no_end": "on", "verify_months": ""},
        {"default_months": ""},
        {"default_months": "25"},
        {"maximum_months": "0"},
        {"subject": "8|job"},
        {"subject": "nonsense"},
    ],
)
def test_a_row_that_contradicts_itself_is_refused(office, webmaster, wrong):
    before = RetentionRule.objects.count()
    response = webmaster.post(reverse("govpub_retention:add"), posted(office, **wrong))
    assert response.status_code == 200
    assert RetentionRule.objects.count() == before


def test_nobody_else_changes_it(office, second_office, people, webmaster):
    other = RetentionRule.objects.filter(site=second_office).first()
    edit = reverse("govpub_retention:edit", args=[other.pk])
    assert webmaster.get(edit).status_code == 404
    client = Client()
    client.force_login(people.officer)
    index = reverse("govpub_retention:index")
    assert client.get(index).status_code in (302, 403)
