"""A wrong configuration is told at start-up, with its cure."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.checks import run_checks

from govpub import checks
from govpub.conf import SETTINGS
from govpub.conf import conf as govpub_conf

ROOT = Path(__file__).resolve().parents[1]
# A value that is wrong for each type, and one that is empty.
WRONG = {
    bool: [0, "no", None],
    int: ["many", -1, True, None],
    str: [7, None],
    tuple: ["pdf", 7, None],
}


def found(identifier):
    return [message for message in run_checks() if message.id == identifier]


def test_the_ready_site_is_without_fault():
    assert [m for m in run_checks() if m.id.startswith("govpub.")] == []


@pytest.mark.parametrize(
    ("name", "value"),
    [(name, value) for name, row in SETTINGS.items() for value in WRONG[row[0]]],
)
def test_a_setting_of_the_wrong_kind_is_named(settings, name, value):
    setattr(settings, f"GOVPUB_{name}", value)
    (message,) = found("govpub.E001")
    assert f"GOVPUB_{name}" in message.msg
    assert SETTINGS[name][2] in message.hint


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("STATS_PAGES_BY", "servers"),
        ("STATS_STORE", "govpub.stats.store.database.NoSuchStore"),
        ("STATS_STORE", "nowhere"),
        ("STATS_COUNTRY_DB", "/no/such/country.mmdb"),
        ("UPLOAD_EXTENSIONS", ["pdf", 7]),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(settings, name, value):
    setattr(settings, f"GOVPUB_{name}", value)
    (message,) = found("govpub.E005")
    assert f"GOVPUB_{name}" in message.msg
    assert SETTINGS[name][2] in message.hint


def test_every_setting_is_read_through_the_class(settings):
    del settings.GOVPUB_LINK_CHECK  # the tests ask no website anything
    for name, (_kind, default, _meaning) in SETTINGS.items():
        assert getattr(govpub_conf, name) == default
        setattr(settings, f"GOVPUB_{name}", "set")
        assert getattr(govpub_conf, name) == "set"


FORGOTTEN_APP = """
import config.settings.test as ours
ours.INSTALLED_APPS.remove("govpub.survey")
import django
django.setup()
import govpub.survey.models
from django.core.checks import run_checks
for message in run_checks():
    print(message.id, message.hint)
"""


def test_a_forgotten_app_is_named():
    """In a process of its own: a model cannot be un-imported again."""
    result = subprocess.run(
        [sys.executable, "-c", FORGOTTEN_APP],
        cwd=ROOT,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert 'govpub.E002 Add "govpub.survey" to INSTALLED_APPS.' in result.stdout


@pytest.mark.parametrize("value", ["", "wagtail.workflows.publish_workflow_state"])
def test_publishing_past_the_procedure_is_refused(settings, value):
    settings.WAGTAIL_FINISH_WORKFLOW_ACTION = value
    (message,) = found("govpub.E003")
    assert "govpub.publishing.workflows.finish" in message.hint


def test_a_site_without_workflow_is_refused(settings):
    settings.WAGTAIL_WORKFLOW_ENABLED = False
    assert len(found("govpub.E004")) == 1


def test_media_that_is_given_away_is_warned_of(settings):
    from govpub.checks import check_media_is_not_given_away

    assert check_media_is_not_given_away() == []
    settings.ROOT_URLCONF = "tests.open_media_urls"
    assert [found.id for found in check_media_is_not_given_away()] == ["govpub.W001"]


@pytest.mark.parametrize("method", ["direct", "redirect"])
def test_attachments_that_are_given_away_are_refused(settings, method):
    settings.WAGTAILDOCS_SERVE_METHOD = method
    (message,) = found("govpub.E006")
    assert "serve_view" in message.hint


def test_attachments_in_a_store_elsewhere_are_refused(settings):
    """Where no method is set, Wagtail sends readers to the store itself."""
    del settings.WAGTAILDOCS_SERVE_METHOD
    assert found("govpub.E006") == []
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.Storage"},
    }
    assert len(found("govpub.E006")) == 1


def test_whole_pages_in_a_cache_are_warned_of(settings):
    assert found("govpub.W003") == []
    settings.MIDDLEWARE = [
        *settings.MIDDLEWARE,
        "django.middleware.cache.FetchFromCacheMiddleware",
    ]
    assert len(found("govpub.W003")) == 1


def test_a_site_that_cannot_say_why_something_stays_is_warned(settings):
    settings.MIDDLEWARE = [
        name for name in settings.MIDDLEWARE if not name.endswith("RecordsAreKept")
    ]
    assert len(found("govpub.W002")) == 1


def test_the_plugin_behind_wagtails_admin_is_told(monkeypatch):
    assert found("govpub.W004") == []
    turned = list(reversed(list(checks.apps.get_app_configs())))
    monkeypatch.setattr(checks.apps, "get_app_configs", lambda: turned)
    assert len(found("govpub.W004")) == 1
