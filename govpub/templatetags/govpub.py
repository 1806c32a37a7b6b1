"""What the public layout shows of the office, the site and the reader's choices."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django import template
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db.models import Max
from django.http import HttpRequest
from django.template import Context
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.models import Locale, Site

register = template.Library()
LANGUAGES_KEY = "govpub_language_codes"
LANGUAGES_KEPT = 600  # seconds

# The reader's choices: cookie "gp_<name>", class "gp-<name>-<value>" on <html>.
DISPLAY_CHOICES = {
    "text": {
        "normal": _("Normal text"),
        "large": _("Large text"),
        "larger": _("Very large text"),
    },
    "theme": {
        "auto": _("Colours of the device"),
        "light": _("Light colours"),
        "dark": _("Dark colours"),
        "contrast": _("High contrast"),
    },
}
# What a reader finds in each category, by its number.
CATEGORY_SUMMARIES = {
    1: _("History, vision, structure, executives, plans, budget, map and contact"),
    2: _("Acts, rules, notifications and orders that the office works by"),
    3: _("Articles, research, statistics and data to download"),
    4: _("Websites of the ministry, the province and partner offices"),
    5: _("Information that the Official Information Act opens to the public"),
    6: _("How the office does its own work, step by step"),
    7: _("Services with their steps, time, fee, documents and forms"),
    8: _("News, jobs, procurement notices and results"),
    9: _("How the website is used, and how satisfied its readers are"),
}


class Crumb(NamedTuple):
    """One step of the breadcrumbs; ``lang`` when it is not in the page's language."""

    title: str
    url: str
    lang: str = ""


class MenuItem(NamedTuple):
    """One of the nine categories, as menus show it, in the reader's words."""

    number: int
    title: str
    summary: str
    url: str
    is_current: bool


class PageLanguage(NamedTuple):
    """Language of a page's text, and where it is in others: path and whole address.

    A page of the frame has no text of its own, only headings in the reader's language
    and lists of pages, each of which says its own.
    """

    code: str
    is_foreign: bool
    is_frame: bool
    others: dict[str, tuple[str, str]]

    @property
    def translation_url(self) -> str:
        """Where the reader finds it in the chosen language; empty if nowhere."""
        return self.others.get(get_language() or "", ("", ""))[0]


@register.simple_tag(takes_context=True)
def office(context: Context) -> Any:
    """``OfficeSettings`` of the request's office, or None where there is none."""
    request = context.get("request")
    model = _model("govpub_publishing", "OfficeSettings")
    if model is None or _site(request) is None:
        return None
    return model.for_request(request)


@register.simple_tag(takes_context=True)
def site_name(context: Context) -> str:
    """Name of the office; the site's own name until the office has filled it in."""
    site = _site(context.get("request"))
    settings = office(context)
    return getattr(settings, "name", "") or getattr(site, "site_name", "")


@register.simple_tag(takes_context=True)
def category_menu(context: Context) -> list[MenuItem]:
    """The office's categories of information, by number."""
    request: Any = context.get("request")
    model = _model("govpub_categories", "CategoryPage")
    site = _site(request)
    if model is None or site is None:
        return []
    if not hasattr(request, "_govpub_menu"):
        pages = getattr(request, "govpub_categories", None)
        if pages is None:
            pages = model.objects.live().child_of(site.root_page).order_by("number")
        request._govpub_menu = [_menu_item(page, request) for page in pages]
    return request._govpub_menu


@register.simple_tag(takes_context=True)
def breadcrumb_trail(context: Context) -> list[Crumb]:
    """The way from the home page to here, without the home page itself.

    From the context variable ``breadcrumbs``, pairs of (title, url), if the view
    gave one; else from the ancestors of the page that is shown.
    """
    given = context.get("breadcrumbs")
    if given is not None:
        return [Crumb(str(title), str(url or "")) for title, url in given]
    page, site = page_of(context), _site(context.get("request"))
    if page is None or site is None:
        return []
    return [_crumb(step, context) for step in _way_to(page, site.root_page)]


@register.simple_tag(takes_context=True)
def page_language(context: Context) -> PageLanguage | None:
    """In which language the shown page's text is; None for a page of the program."""
    page = page_of(context)
    if page is None:
        return None
    code, request = page.locale.language_code, context["request"]
    others = {
        other.locale.language_code: (
            other.get_url(request) or "",
            other.get_full_url(request) or "",
        )
        for other in getattr(page, "public_translations", ())
    }
    is_frame = getattr(page, "is_frame", False)
    return PageLanguage(code, code != get_language(), is_frame, others)


@register.simple_tag(takes_context=True)
def way_to_language(context: Context, code: str) -> str:
    """Where the switch to a language leads: the page's translation, or back here."""
    request, content = context.get("request"), context.get("content")
    if isinstance(content, PageLanguage) and code in content.others:
        return content.others[code][0]
    return request.get_full_path() if request is not None else ""


@register.filter
def language_code(page: Any) -> str:
    """The language in which a page of a list is written."""
    codes = cache.get(LANGUAGES_KEY, {})
    if page.locale_id not in codes:
        codes = dict(Locale.objects.values_list("pk", "language_code"))
        cache.set(LANGUAGES_KEY, codes, LANGUAGES_KEPT)
    return codes.get(page.locale_id, settings.LANGUAGE_CODE)


@register.simple_tag(takes_context=True)
def last_updated(context: Context) -> datetime | None:
    """When the shown item, or else anything on the site, was last published."""
    page, site = page_of(context), _site(context.get("request"))
    if page is not None and page.last_published_at:
        return page.last_published_at
    if site is None:
        return None
    pages = site.root_page.get_descendants(inclusive=True).live()
    return pages.aggregate(last=Max("last_published_at"))["last"]


@register.simple_tag(takes_context=True)
def display(context: Context) -> dict[str, Any]:
    """The reader's choice of text size and colours, from the cookies.

    ``text`` and ``theme`` are the chosen values, ``classes`` goes on ``<html>`` and
    ``choices`` lists what there is.
    """
    request = context.get("request")
    chosen = {name: _chosen(request, name) for name in DISPLAY_CHOICES}
    classes = " ".join(f"gp-{name}-{value}" for name, value in chosen.items())
    return {**chosen, "classes": classes, "choices": DISPLAY_CHOICES}


@register.simple_tag(takes_context=True)
def hook_blocks(context: Context, name: str) -> SafeString:
    """What the installed apps add at this place, by hook: (request, site) -> HTML."""
    request = context.get("request")
    site = _site(request)
    if site is None:
        return SafeString("")
    blocks = (function(request, site) for function in hooks.get_hooks(name))
    return format_html_join("\n", "{}", ((block,) for block in blocks))


@register.simple_tag(takes_context=True)
def page_foot(context: Context) -> SafeString:
    """What the installed apps add under the content of a page.

    By the hook ``register_govpub_page_foot``: (request, subject) -> HTML. The subject
    is the Wagtail page, or the title of a page of the program, which is the last of
    its breadcrumbs. Without either (an error, a preview) nothing is added.
    """
    request = context.get("request")
    trail = context.get("breadcrumbs")
    subject = page_of(context) or (trail[-1][0] if trail else None)
    if request is None or not subject or getattr(request, "is_preview", False):
        return SafeString("")
    functions = hooks.get_hooks("register_govpub_page_foot")
    blocks = (function(request, subject) for function in functions)
    return format_html_join("\n", "{}", ((block,) for block in blocks))


@register.simple_tag(takes_context=True)
def admin_notices(context: Context) -> SafeString:
    """What must be seen on every page of the admin, whatever one is doing there.

    By the hook ``register_govpub_admin_notice``: (request) -> HTML, or ``""``.
    """
    request = context.get("request")
    if request is None or not request.user.is_authenticated:
        return SafeString("")
    functions = hooks.get_hooks("register_govpub_admin_notice")
    return format_html_join("\n", "{}", ((show(request),) for show in functions))


CONTENT = '<div class="content">'


@register.filter
def above_content(admin_page: SafeString, notices: SafeString) -> SafeString:
    """A page of Wagtail's admin with the notices first in what is beside the menu."""
    before, content, after = admin_page.partition(CONTENT)
    if not content:  # another Wagtail; then above everything
        return notices + admin_page
    return SafeString(before + content + notices + after)


def _model(app_label: str, name: str) -> Any:
    """A model of an app, or None if the app is not installed."""
    try:
        return apps.get_model(app_label, name)
    except LookupError:
        return None


def _site(request: HttpRequest | None) -> Site | None:
    return Site.find_for_request(request) if request is not None else None


def page_of(context: Context) -> Any:
    """The Wagtail page in the context; a paginator's ``page`` is not one."""
    page: Any = context.get("page")
    return page if hasattr(page, "get_ancestors") and page.pk else None


def _menu_item(page: Any, request: HttpRequest) -> MenuItem:
    url = page.get_url(request) or ""
    is_current = bool(url) and request.path.startswith(url)
    return MenuItem(
        page.number,
        page.short_title or page.title,
        str(CATEGORY_SUMMARIES.get(page.number, "")),
        url,
        is_current,
    )


def _way_to(page: Any, root: Any) -> list[Any]:
    """The pages below ``root`` down to ``page``; those routed through are at hand."""
    steps = [page]
    while steps[0].depth > root.depth + 1:
        steps.insert(0, steps[0].get_parent())
    return steps if page.depth > root.depth else []


def _crumb(step: Any, context: Context) -> Crumb:
    """A category by its short name, since the official one fills three lines."""
    url = step.get_url(context["request"]) or ""
    if short := getattr(step, "short_title", ""):
        return Crumb(short, url)
    code = language_code(step)
    return Crumb(step.title, url, "" if code == get_language() else code)


def _chosen(request: HttpRequest | None, name: str) -> str:
    value = request.COOKIES.get(f"gp_{name}", "") if request is not None else ""
    choices = DISPLAY_CHOICES[name]
    return value if value in choices else next(iter(choices))
