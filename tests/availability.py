"""What a test may need that the machine may lack; a skip says how to get it."""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.db import connection

# The first is Chromium without its own windows: the same pages for a third of the work.
BROWSERS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
NO_PLAYWRIGHT = "Playwright is missing; get it with: pip install -e '.[site,dev]'"
NO_CHROMIUM = (
    "Chromium is missing; on Debian get it with: apt-get install "
    "chromium-headless-shell, "
    "or set GOVPUB_CHROMIUM to the path of a Chromium or Chrome"
)
NO_POSTGRESQL = (
    "needs PostgreSQL; pip install -e '.[postgres]' and set DATABASE_URL, "
    "e.g. postgres://postgres@127.0.0.1/postgres"
)
NO_DATA = (
    "needs the files of other people that are not part of the project; "
    "set GOVPUB_TEST_DATA to their folder"
)


def chromium() -> str | None:
    """Path of the Chromium that plays the browser tests, if there is one."""
    named = os.environ.get("GOVPUB_CHROMIUM")
    return named or next(filter(None, map(shutil.which, BROWSERS)), None)


def why_no_browser() -> str:
    """Why the browser tests cannot run here; empty when they can."""
    if find_spec("playwright") is None:
        return NO_PLAYWRIGHT
    return "" if chromium() else NO_CHROMIUM


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("browser") and (reason := why_no_browser()):
        pytest.skip(reason)
    if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
        pytest.skip(NO_POSTGRESQL)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data (access log, statutes) that is never committed."""
    folder = Path(os.environ.get("GOVPUB_TEST_DATA", ""))
    if not os.environ.get("GOVPUB_TEST_DATA") or not folder.is_dir():
        pytest.skip(NO_DATA)
    return folder
