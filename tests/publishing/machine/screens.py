"""What people do at their screens: the same acts, through the browser.

Each is one function that posts what the screen would post; ``pick`` chooses among
several buttons. Whether it was right to do is the auditor's to say.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from govpub.categories.models import NewsPage
from govpub.publishing.checklist import CHECKS
from govpub.publishing.views.review import ACTS
from tests.publishing.screens import post_editor

Screen = Callable[[Any, NewsPage, Any, int], Any]
SCREENS: dict[str, Screen] = {}
WORDS = "เหตุผล\nบรรทัดที่สอง"


def screen(function: Screen) -> Screen:
    SCREENS[function.__name__] = function
    return function


def browser(user: Any) -> Client:
    """Signed in; whatever goes wrong behind the screen is a fault, not a page."""
    client = Client()
    client.force_login(user)
    return client


def press(world: Any, page: NewsPage, user: Any, name: str) -> None:
    request = world.newest(page.pk)
    if request is None:
        return
    checked = dict.fromkeys(CHECKS, "on") if name == "put_up" else {}
    browser(user).post(
        reverse("govpub_publishing:review", args=[request.pk]),
        {
            "act": name,
            "words": WORDS,
            "seen": request.current_round.digest,
            **checked,
        },
    )


@screen
def press_a_button_of_the_review_page(world, page, user, pick):
    press(world, page, user, sorted(ACTS)[pick % len(ACTS)])


@screen
def pass_the_reasons_on(world, page, user, pick):
    press(world, page, user, "pass_on")


@screen
def allow_several_at_once(world, page, user, pick):
    found = [world.newest(pk) for pk in (world.subject, world.bystander)]
    tokens = [f"{one.pk}:{one.current_round.digest}" for one in found if one]
    browser(user).post(reverse("govpub_publishing:bulk"), {"item": tokens})


def new_words(world: Any) -> dict[str, Any]:
    words = world.version()
    return {name: words[name] for name in ("title", "summary")}


@screen
def save_in_the_editor(world, page, user, pick):
    post_editor(user, page, browser(user), **new_words(world))


@screen
def propose_in_the_editor(world, page, user, pick):
    changed = new_words(world) if pick % 2 else {}
    pressed = {"action-submit": "1"}
    post_editor(user, page, browser(user), **changed, **pressed)
