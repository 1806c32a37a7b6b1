"""An officer who reads no English meets none: in no screen of the admin, in no mail.

A real Chromium opens every screen that the menu, the dashboard and the four roles'
own work lead to, and reads what is seen and what a screen reader would say.
"""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import mail
from django.utils import translation

from wagtail.models import Collection, Page, Site

from govpub.publishing import procedure
from tests.drafts import draft_news, published_news

# Proper names, keys, file types, units and formats.
ALLOWED = {
    *("Wagtail", "English", "Ctrl", "Alt", "Shift", "Esc", "Enter"),
    *("PDF", "CSV", "XLSX", "DOCX", "JPG", "JPEG", "PNG", "GIF", "WEBP", "AVIF", "SVG"),
    *("KB", "MB", "GB", "ITA", "GMT", "Asia", "Bangkok", "http", "https", "www"),
}
# As the announcement itself writes them.
OFFICIAL = re.compile("Web Master|Link ภายนอก")
READ = """() => {
  const seen = (e) => e.checkVisibility({checkVisibilityCSS: true});
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (parent && seen(parent) && !parent.closest("script, style, noscript, template"))
      texts.push(walker.currentNode.textContent);
  }
  for (const name of ["aria-label", "title", "placeholder", "alt", "aria-description"])
    for (const e of document.querySelectorAll(`[${name}]`))
      if (seen(e)) texts.push(e.getAttribute(name));
  for (const e of document.querySelectorAll("input[type=submit], input[type=button]"))
    if (seen(e)) texts.push(e.value);
  texts.push(document.title);
  return texts.map((t) => t.trim()).filter(Boolean);
}"""
LINKS = """() =>
  [...document.querySelectorAll("a[href]")].map((a) => a.pathname + a.search)"""


def latin_words(text):
    plain = re.sub(r"https?://\S+|\S+@\S+", " ", OFFICIAL.sub(" ", text))
    return set(re.findall(r"[A-Za-z]{2,}", plain))


def content_words():
    """What people typed is theirs, in whatever language; so are names of models."""
    texts = [model._meta.label_lower for model in apps.get_models()]
    texts += [*Page.objects.values_list("title", flat=True)]
    texts += [*Page.objects.values_list("slug", flat=True)]
    texts += [*Collection.objects.values_list("name", flat=True)]
    for user in get_user_model().objects.all():
        texts += [user.get_full_name(), user.get_username()]
        texts += [a.position for a in user.govpub_appointments.all()]
    for site in Site.objects.all():
        texts += [site.hostname, site.site_name]
    return set().union(*map(latin_words, texts))


@pytest.fixture
def states(people, office):
    """One item in each state that a screen shows in its own way."""
    draft = draft_news(office, people.officer, title="ฉบับร่าง")
    proposed = draft_news(office, people.officer, title="เสนอแล้ว")
    procedure.propose(proposed, by=people.officer)
    allowed = draft_news(office, people.officer, title="อนุญาตแล้ว")
    procedure.allow(procedure.propose(allowed, by=people.officer), by=people.head)
    public = published_news(office, people, title="เผยแพร่แล้ว")
    return [draft, proposed, allowed, public]


def screens_of(window, pages):
    """The menu, the dashboard and the pages of the items, one click deep."""
    window.goto("/admin/")
    window.wait_for_load_state("networkidle")
    found = {"/admin/", "/admin/account/", *window.evaluate(LINKS)}
    for page in pages:
        found |= {
            f"/admin/pages/{page.pk}/edit/",
            f"/admin/pages/{page.pk}/history/",
            f"/admin/pages/{page.pk}/workflow_history/",
            f"/admin/pages/{page.get_parent().pk}/",
            f"/admin/pages/{page.get_parent().pk}/add_subpage/",
        }
    leave = ("/admin/logout", "/admin/login")
    return sorted(
        url for url in found if url.startswith("/admin/") and not url.startswith(leave)
    )


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("role", ["officer", "head", "webmaster", "inspector"])
def test_no_english_in_the_admin(
    role, browser_page, live_server, client, states, people
):
    client.force_login(getattr(people, role))
    window = browser_page(height=1000)
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
    allowed = ALLOWED | content_words()
    english, words = set(), 0
    screens = screens_of(window, states)
    for url in screens:
        answer = window.goto(url)
        window.wait_for_load_state("networkidle")
        assert answer.status < 500, url
        texts = window.evaluate(READ)
        words += sum(len(text.split()) for text in texts)
        english |= {
            f"{url}: {text[:100]}" for text in texts if latin_words(text) - allowed
        }
    print(f"{role}: {len(screens)} screens, {words} words", *screens, sep="\n  ")
    assert len(screens) > 15
    assert not english, "\n".join(sorted(english))


def test_no_english_in_any_mail(people, office, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), translation.override("th"):
        published_news(office, people, title="ประกาศ")
        refused = draft_news(office, people.officer, title="ไม่อนุญาต")
        request = procedure.propose(refused, by=people.officer)
        procedure.refuse(request, by=people.head, words="ไม่เกี่ยวข้องกับภารกิจ")
    assert len(mail.outbox) >= 4
    allowed = ALLOWED | content_words()
    english = {
        message.subject: sorted(latin_words(message.subject + message.body) - allowed)
        for message in mail.outbox
    }
    assert {subject: words for subject, words in english.items() if words} == {}
