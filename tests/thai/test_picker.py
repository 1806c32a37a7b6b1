"""Wagtail's date picker counts Buddhist years and leaves alone what was typed."""

from __future__ import annotations

import pytest
from django.conf import settings

from tests.drafts import category

YEAR_SHOWN = ".xdsoft_datetimepicker:visible .xdsoft_year span"
MONTH_SHOWN = ".xdsoft_datetimepicker:visible .xdsoft_month span"


@pytest.fixture
def editor(browser_page, live_server, client, people, office):
    """The officer's editor of a new news item, in Chromium."""
    client.force_login(people.officer)
    window = browser_page(height=1400)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    window.context.add_cookies(
        [
            {
                "name": settings.SESSION_COOKIE_NAME,
                "value": cookie,
                "url": live_server.url,
            }
        ]
    )
    parent = category(office, 8).pk
    window.goto(f"/admin/pages/add/govpub_categories/newspage/{parent}/")
    return window


@pytest.mark.browser
def test_a_day_is_picked_in_buddhist_years(editor):
    field = editor.locator("input[name=publish_until]")
    field.fill("1/2/2567")
    field.press("Tab")
    field.click()
    assert editor.locator(MONTH_SHOWN).first.inner_text() == "กุมภาพันธ์"
    assert editor.locator(YEAR_SHOWN).first.inner_text() == "2567"
    editor.locator(".xdsoft_datetimepicker:visible td[data-date='29']").last.click()
    assert field.input_value() == "29/02/2567"


@pytest.mark.browser
@pytest.mark.parametrize(
    "typed", ["๒๙/๒/๒๕๖๗", "2567-02-29", "2024-02-29", "๒๙ กุมภาพันธ์ พ.ศ. ๒๕๖๗"]
)
def test_the_calendar_opens_where_it_was_typed_and_changes_nothing(editor, typed):
    field = editor.locator("input[name=publish_until]")
    field.fill(typed)
    field.press("Tab")
    field.click()
    assert editor.locator(MONTH_SHOWN).first.inner_text() == "กุมภาพันธ์"
    assert editor.locator(YEAR_SHOWN).first.inner_text() == "2567"
    field.press("Tab")
    assert field.input_value() == typed
