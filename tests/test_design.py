"""What every public page keeps to: validity, no third party, weight, contrast."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from urllib.parse import urlsplit

import html5lib
import pytest
from django.contrib.staticfiles import finders

from tests.drafts import published_news
from tests.home.conftest import front  # noqa: F401

CSS = Path(__file__).parents[1] / "govpub/static/govpub/css"
BUDGET = 100 * 1024  # octets, compressed, fonts included
PATHS = [
    "/",
    "/general/",
    "/general/contact/",
    "/laws/",
    "/knowledge/",
    "/links/",
    "/official-information/",
    "/work-manuals/",
    "/service-manuals/",
    "/news/",
    "/statistics/",
    "/procedure/",
    "/oia/index/",
    "/oia/request/",
    "/search/?q=ประกาศ",
    "/search/?q=ประกาศเรื่องใดบ้าง",
    "/sitemap/",
    "/policies/privacy/",
    "/policies/cookies/",
    "/policies/security/",
    "/policies/disclaimer/",
    "/policies/accessibility/",
]
LANGUAGES = ["th", "en"]
HEADERS = (
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
)


@pytest.fixture
def news_path(front, office, people):  # noqa: F811
    """Address of a public item with text enough to be a page."""
    item = published_news(office, people, summary="รายละเอียด " * 200)
    return urlsplit(item.url).path


@pytest.fixture
def pages(client, news_path):
    """Every kind of public page, in both languages: (path, language, response)."""
    found = []
    for language in LANGUAGES:
        client.cookies["django_language"] = language
        found += [(path, language, client.get(path)) for path in [*PATHS, news_path]]
        found.append(("/nonsense/", language, client.get("/nonsense/")))
    return found


@pytest.fixture
def trees(pages):
    """The pages as parsed documents: (path and language, root element)."""
    return [
        (
            f"{path} ({language})",
            html5lib.parse(_text(response), namespaceHTMLElements=False),
        )
        for path, language, response in pages
    ]


def _text(response):
    return response.content.decode()


def _links(tree):
    for element in tree.iter():
        for attribute in ("src", "href", "action", "srcset", "poster", "data"):
            value = element.get(attribute)
            if value and not (element.tag == "a" and attribute == "href"):
                yield element, value


@pytest.mark.django_db
def test_every_page_keeps_the_house_rules(pages, trees):
    """One walk over all pages: rendering each of them once more per rule is slow."""
    faults = []
    for path, language, response in pages:
        expected = 404 if path == "/nonsense/" else 200
        if response.status_code != expected:
            faults.append((path, language, "status", response.status_code))
        faults += [(path, language, fault) for fault in _header_faults(response)]
        faults += [(path, language, fault) for fault in _syntax_faults(response)]
    for where, tree in trees:
        faults += [(where, fault) for fault in _document_faults(tree)]
    assert faults == []


def _header_faults(response):
    policy = response.headers.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "unsafe" in policy:
        yield f"content security policy: {policy!r}"
    for name in HEADERS:
        if name not in response.headers:
            yield f"no header {name}"


def _syntax_faults(response):
    parser = html5lib.HTMLParser()
    parser.parse(_text(response))
    return [f"{position} {code} {data}" for position, code, data in parser.errors]


def _document_faults(tree):
    yield from _inline_faults(tree)
    yield from _structure_faults(tree)
    for element, value in _links(tree):
        local = value.startswith("/") and not value.startswith("//")
        canonical = element.tag == "link" and element.get("rel") == "canonical"
        if not (local or canonical or value.startswith(("#", "?"))):
            yield f"<{element.tag}> calls {value}"


def _inline_faults(tree):
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        if element.get("style") is not None or element.tag == "style":
            yield f"inline style on <{element.tag}>"
        data = element.get("type") == "application/ld+json"
        if element.tag == "script" and not element.get("src") and not data:
            yield "inline script"
        handlers = [name for name in element.attrib if str(name).startswith("on")]
        if handlers:
            yield f"event handler {handlers} on <{element.tag}>"


def _structure_faults(tree):
    elements = [element for element in tree.iter() if isinstance(element.tag, str)]
    if sum(element.tag == "h1" for element in elements) != 1:
        yield "not exactly one h1"
    ids = [element.get("id") for element in elements if element.get("id")]
    if len(ids) != len(set(ids)):
        yield f"id used twice: {sorted(i for i in ids if ids.count(i) > 1)[0]}"
    if "main" not in ids:
        yield "no #main for the skip link"
    if not any("".join(e.itertext()).strip() for e in elements if e.tag == "title"):
        yield "no title"
    levels = [int(e.tag[1]) for e in elements if re.fullmatch("h[1-6]", e.tag)]
    jumps = [b for a, b in zip(levels, levels[1:], strict=False) if b > a + 1]
    if jumps:
        yield f"heading levels jump: {levels}"
    for element in elements:
        if element.tag == "img" and element.get("alt") is None:
            yield f"image without alt: {element.get('src')}"


@pytest.mark.django_db
def test_nine_categories_are_one_step_from_everywhere(trees):
    for where, tree in trees:
        menu = next(e for e in tree.iter("nav") if e.get("class") == "gp-menu")
        links = [a.get("href") for a in menu.iter("a")]
        assert len(links) == 10, where  # the home page and the nine


@pytest.mark.django_db
def test_breadcrumbs_everywhere_but_at_home(trees):
    for where, tree in trees:
        crumbs = [
            e for e in tree.iter("nav") if "gp-breadcrumbs" in (e.get("class") or "")
        ]
        at_home = where.startswith(("/ ", "/nonsense/"))
        assert len(crumbs) == (0 if at_home else 1), where


@pytest.mark.django_db
def test_a_text_page_weighs_less_than_100_kb(client, news_path):
    response = client.get(news_path)
    html = _text(response)
    weight = {news_path: len(gzip.compress(html.encode()))}
    for path in set(re.findall(r'(?:href|src)="/static/([^"]+)"', html)):
        weight[path] = _weight(path)
    for font in (CSS.parent / "fonts").glob("*.woff2"):
        weight[f"govpub/fonts/{font.name}"] = font.stat().st_size
    print(*sorted(weight.items(), key=lambda item: -item[1]), sum(weight.values()))
    assert len([path for path in weight if path.endswith(".woff2")]) == 4
    assert sum(weight.values()) < BUDGET


def _weight(path):
    content = Path(finders.find(path)).read_bytes()
    return len(content if path.endswith(".woff2") else gzip.compress(content))


@pytest.mark.django_db
def test_no_page_needs_a_script(trees):
    """Scripts only enhance: all are deferred, and every form has a button."""
    for where, tree in trees:
        for script in tree.iter("script"):
            assert script.get("src") is None or script.get("defer") is not None, where
        for form in tree.iter("form"):
            assert any(True for _ in form.iter("button")), where


# ---------------------------------------------------------------- colours


def tokens(*names):
    """The colours of a theme: tokens.css, and what a theme's own file changes."""
    found = {}
    for name in names:
        text = (CSS / f"{name}.css").read_text()
        found.update(re.findall(r"--(gp-[\w-]+): (#[0-9a-f]{6});", text))
    return found


THEMES = {
    "light": tokens("tokens"),
    "dark": tokens("tokens", "dark"),
    "contrast": tokens("tokens", "contrast"),
}
TEXT_PAIRS = [
    *[
        (ink, ground)
        for ink in ("ink", "ink-soft", "brand", "brand-strong", "accent")
        for ground in ("paper", "surface", "brand-soft")
    ],
    *[
        (ink, ground)
        for ink in ("good", "warn", "bad")
        for ground in ("paper", "surface")
    ],
    *[(f"{state}", f"{state}-soft") for state in ("good", "warn", "bad")],
    *[("ink", f"{state}-soft") for state in ("good", "warn", "bad")],
    ("on-brand", "brand"),
    ("on-brand", "brand-strong"),
    ("on-deep", "deep"),
    ("ink", "mark"),
]
SHAPE_PAIRS = [
    ("line-strong", "paper"),
    ("line-strong", "surface"),
    ("focus", "paper"),
    ("focus", "surface"),
    ("focus", "brand-soft"),
    ("focus-on-deep", "deep"),
]


def luminance(colour):
    """Relative luminance of #rrggbb as WCAG 2 defines it, 0 to 1."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    ]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    """Contrast ratio of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_measure_of_contrast_is_right():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("pairs", "least"), [(TEXT_PAIRS, 4.5), (SHAPE_PAIRS, 3.0)], ids=["text", "shapes"]
)
def test_colours_stand_out(theme, pairs, least):
    colours = THEMES[theme]
    weak = {
        pair: round(ratio, 2)
        for pair in pairs
        if (ratio := contrast(*(colours[f"gp-{name}"] for name in pair))) < least
    }
    assert weak == {}


@pytest.mark.parametrize("theme", ["dark", "contrast"])
def test_each_theme_says_every_colour(theme):
    assert set(tokens(theme)) == set(tokens("tokens"))


def test_thai_is_set_with_room_and_without_letter_spacing():
    styles = "".join(path.read_text() for path in CSS.glob("*.css"))
    assert "letter-spacing" not in styles
    body = re.search(r"body \{(.+?)\}", (CSS / "base.css").read_text(), re.S)[1]
    assert float(re.search(r"line-height: ([\d.]+);", body)[1]) >= 1.8
