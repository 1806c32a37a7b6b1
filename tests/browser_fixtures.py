"""A real Chromium for tests marked ``browser``."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.availability import chromium, why_no_browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for a file of tests; its event loop must not outlast them."""
    if reason := why_no_browser():
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    # Playwright's synchronous interface runs on an event loop; Django would refuse
    # to touch the database beside one.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=chromium(), args=CHROMIUM_ARGS
        )
        yield running
        running.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def live_server(
    transactional_db: None, live_server: LiveServer
) -> Iterator[LiveServer]:
    """What a window still asks for is answered before the database is emptied."""
    yield live_server
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=10)


@pytest.fixture
def browser_page(
    browser: Browser, live_server: LiveServer
) -> Iterator[Callable[..., Page]]:
    """Opens a window of its own, with its own cookies; addresses may be relative.

    ``browser_page(width=360, javascript=False)``; other arguments are Playwright's
    for a new context.
    """
    contexts = []

    def open_page(
        width: int = 1280,
        height: int = 900,
        locale: str = "th-TH",
        *,
        javascript: bool = True,
        **options: Any,
    ) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            locale=locale,
            timezone_id="Asia/Bangkok",
            java_script_enabled=javascript,
            **options,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
