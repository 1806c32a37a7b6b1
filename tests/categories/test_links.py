"""Whether links to other websites are still alive, and who is told."""

from __future__ import annotations

import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.urls import reverse
from django.utils import timezone

from govpub.categories import link_checks, probe
from govpub.categories.enums import LinkState
from govpub.categories.models import LinkCheck, NewsPage, WebLinkPage
from govpub.categories.probe import Answer

from .conftest import make_draft

pytestmark = pytest.mark.django_db
DEAD, ALIVE = Answer(False, "HTTP 404"), Answer(True, "HTTP 200")


@pytest.fixture(autouse=True)
def switched_on(settings):
    settings.GOVPUB_LINK_CHECK = True


@pytest.fixture
def link(publish):
    return publish(WebLinkPage, website="https://a.example/x")


def look(answer, *links):
    return link_checks.look_at(
        list(links) or link_checks.due_links(), lambda _address: answer, lambda _s: None
    )


def test_links_of_public_items_only_are_looked_at(office, people, link, publish):
    make_draft(office, WebLinkPage, people.officer, website="https://draft.example/")
    news = publish(NewsPage, external_link="https://b.example/")
    assert set(link_checks.due_links()) == {
        (link.pk, "https://a.example/x"),
        (news.pk, "https://b.example/"),
    }


def test_links_within_the_text_are_looked_at_too(publish):
    href = "https://a.example/?x=1&amp;y=2"
    news = publish(
        NewsPage,
        body=[
            ("paragraph", f'<p><a href="{href}">ก</a> <a href="/news/">ข</a></p>'),
            (
                "video",
                {"title": "ค", "address": "https://v.example/1", "words": "http"},
            ),
        ],
    )
    assert set(link_checks.due_links()) == {
        (news.pk, "https://a.example/?x=1&y=2"),
        (news.pk, "https://v.example/1"),
    }


def test_a_link_is_left_alone_until_its_time(link, time_machine):
    look(ALIVE)
    assert link_checks.due_links() == []
    time_machine(days=6)
    assert link_checks.due_links() == []
    time_machine(days=8)
    assert len(link_checks.due_links()) == 1


def test_broken_is_what_fails_three_times_and_sooner_tried_again(link, time_machine):
    look(DEAD)
    assert LinkCheck.objects.get().state == LinkState.FAILING
    time_machine(hours=7)
    assert len(link_checks.due_links()) == 1
    look(DEAD)
    look(DEAD, (link.pk, link.website))
    check = LinkCheck.objects.get()
    assert (check.state, check.failures) == (LinkState.BROKEN, 3)
    assert check.failing_since < check.checked_at
    look(ALIVE, (link.pk, link.website))
    check = LinkCheck.objects.get()
    assert (check.state, check.failures, check.failing_since) == ("alive", 0, None)


def test_no_host_is_asked_twice_without_a_pause():
    done = []
    links = [
        (1, "https://a.example/1"),
        (2, "https://b.example/"),
        (3, "https://a.example/2"),
    ]

    def ask(address):
        done.append(address)
        return ALIVE

    def keep(*args):
        return None

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(link_checks, "remember", keep)
        link_checks.look_at(links, ask, lambda seconds: done.append(seconds))
    assert done == [
        "https://a.example/1",
        link_checks.PAUSE,
        "https://a.example/2",
        "https://b.example/",
    ]


def test_what_no_item_has_any_more_is_forgotten(link, time_machine):
    look(DEAD)
    time_machine(days=60)
    link_checks.forget_what_is_gone()
    assert not LinkCheck.objects.exists()


def test_switched_off_nobody_is_asked(link, settings, monkeypatch):
    settings.GOVPUB_LINK_CHECK = False
    monkeypatch.setattr(link_checks, "look_at", lambda *args: pytest.fail("asked"))
    assert link_checks.run() == ""


def test_the_demo_asks_nobody():
    from config.settings import dev

    assert dev.GOVPUB_LINK_CHECK is False


# --- asking -----------------------------------------------------------------------


class Site(BaseHTTPRequestHandler):
    """``/no-head`` refuses HEAD, ``/moved`` leads to ``/``, ``/gone`` is not there."""

    asked: list[str] = []

    def do_HEAD(self):
        self.answer()

    def do_GET(self):
        self.answer()

    def answer(self):
        Site.asked.append(f"{self.command} {self.path}")
        status = {"/gone": 404, "/moved": 302, "/round": 302, "/closed": 403}
        code = status.get(self.path, 200)
        if self.path == "/no-head" and self.command == "HEAD":
            code = 405
        self.send_response(code)
        if code == 302:
            self.send_header("Location", "/" if self.path == "/moved" else "/round")
        self.end_headers()

    def log_message(self, *args):
        """Nothing on the screen."""


@pytest.fixture
def website(monkeypatch):
    monkeypatch.setattr(probe, "is_public", lambda ip: True)
    Site.asked.clear()
    server = HTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "alive", "asked"),
    [
        ("/", True, ["HEAD /"]),
        ("/no-head", True, ["HEAD /no-head", "GET /no-head"]),
        ("/moved", True, ["HEAD /moved", "HEAD /"]),
        ("/gone", False, ["HEAD /gone", "GET /gone"]),
        ("/closed", True, ["HEAD /closed", "GET /closed"]),
        ("/ก ข", True, ["HEAD /%E0%B8%81%20%E0%B8%82"]),
    ],
)
def test_a_website_is_asked_politely(website, path, alive, asked):
    assert probe.probe(website + path).alive is alive
    assert Site.asked == asked


def test_a_circle_of_redirects_ends(website):
    assert not probe.probe(f"{website}/round").alive
    assert len(Site.asked) <= probe.MOST_REDIRECTS + 1


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest",
        "ftp://a.example/",
        "http:///nothing",
        "http://a.example:99999/",
        "nonsense",
    ],
)
def test_what_may_not_be_asked_is_an_answer_and_no_request(address, monkeypatch):
    monkeypatch.setattr(
        probe.socket, "create_connection", lambda *a, **k: pytest.fail("asked")
    )
    answer = probe.probe(address)
    assert not answer.alive
    assert answer.words


# --- the report -------------------------------------------------------------------


def report(client, user, **query):
    client.force_login(user)
    return client.get(reverse("govpub_broken_links"), query)


def test_the_web_master_sees_what_is_broken(client, people, link):
    look(DEAD)
    html = report(client, people.webmaster).content.decode()
    for shown in (link.title, "https://a.example/x", "HTTP 404"):
        assert shown in html
    assert b"a.example" in report(client, people.webmaster, export="csv").getvalue()


def test_what_answers_is_not_reported(client, people, link):
    look(ALIVE)
    assert "a.example" not in report(client, people.webmaster).content.decode()


def test_another_office_is_not_reported(client, people, second_office, link):
    from govpub.roles import Role
    from tests.conftest import make_person

    look(DEAD)
    stranger = make_person("other_webmaster", second_office, Role.WEBMASTER)
    assert "a.example" not in report(client, stranger).content.decode()


def test_who_does_not_look_after_a_website_sees_no_report(client, people, link):
    assert report(client, people.officer).status_code == 302


def test_a_check_is_no_content(link):
    look(DEAD)
    WebLinkPage.objects.get().save()
    assert timezone.now() - LinkCheck.objects.get().checked_at < timedelta(minutes=1)


# --- the list ---------------------------------------------------------------------


def test_links_stand_in_their_groups_and_lead_straight_there(client, publish):
    publish(WebLinkPage, kind="other", title="ก อื่น ๆ", website="https://o.example/")
    publish(WebLinkPage, kind="ministry", title="ข กระทรวง")
    publish(WebLinkPage, kind="ministry", title="ก กรม")
    html = client.get("/links/").content.decode()
    places = [html.index(title) for title in ("ก กรม", "ข กระทรวง", "ก อื่น ๆ")]
    assert places == sorted(places)
    assert html.count('class="gp-group"') == 2
    assert 'href="https://o.example/"' in html
    newest = client.get("/links/?sort=newest").content.decode()
    assert 'class="gp-group"' not in newest
