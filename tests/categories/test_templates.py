"""Every kind of item in three states: as it should be, nearly empty, and too long."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

import html5lib
import pytest
from django.utils import timezone

from govpub.categories import models
from govpub.categories.enums import Category, GeneralTopic
from home.policies import POLICIES
from tests.test_design import _document_faults, _syntax_faults

from .conftest import KINDS, make_document, make_draft, make_picture, put_through
from .test_topics import executive, rows

LONG = "สำนักงานปลัดกระทรวงสาธารณสุข" * 5
STATES = ("filled", "empty", "long")
LISTS = [
    "/",
    "/general/",
    *(
        f"/general/{topic.slug}/"
        for topic in (GeneralTopic.PLANS, GeneralTopic.CONTACT)
    ),
    *(f"/{category.slug}/" for category in Category if category.slug != "general"),
    "/procedure/",
    "/sitemap/",
    f"/search/?q={LONG}",
    "/search/?q=Page",
    "/oia/index/",
    "/oia/request/",
    *(f"/policies/{policy}/" for policy in POLICIES),
    "/nonsense/",
]
WIDTHS = (360, 1280)
# 1280 at 400 and at 200 per cent: nothing may run off the side.
ENLARGED = (320, 640)
# A run of another language in a flexible box would be torn from its sentence.
TORN = """
() => [...document.querySelectorAll("span[lang]:not([class])")]
    .map(run => run.parentElement)
    .filter(box => /flex|grid/.test(getComputedStyle(box).display))
    .filter(box => [...box.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
    .map(box => box.outerHTML.slice(0, 160))
"""
AT_THE_END = "() => document.activeElement === document.body"
LINKS_OF_MAIN = """
() => [...document.querySelectorAll("main a[href]")]
    .filter(link => link.checkVisibility()).length
"""
MOST_STOPS = 200


def long_rows() -> dict[type, dict]:
    """For each kind with structured rows, rows whose words never end."""
    picture = {"image": make_picture().pk, "alternative": LONG, "caption": LONG}
    step = {
        "name": LONG,
        "time": "30",
        "unit": "minute",
        "fee": "20",
        "documents": LONG,
        "channel": LONG,
        "legal_basis": LONG,
        "responsible": LONG,
    }
    unit = {"name": LONG, "head": LONG, "posts": 12, "staff": 11}
    project = {
        **dict.fromkeys(("name", "target", "responsible", "when", "result"), LONG),
        "budget": "123456789.50",
        "quarter_1": "1",
    }
    person = executive(position=LONG, name=LONG, phone=LONG)
    steps = {"steps": [step, step]}
    found = {
        models.OrganisationPage: {
            "units": [{**unit, "units": [{**unit, "units": [unit]}]}]
        },
        models.ExecutivesPage: {"people": [person, person]},
        models.PlanPage: {"projects": [project, project]},
        models.WorkManualPage: steps,
        models.ServiceManualPage: steps,
        models.NewsPage: {"gallery": [picture, picture]},
    }
    return {
        model: {name: rows(model, name, *values) for name, values in fields.items()}
        for model, fields in found.items()
    }


def body():
    """One block of every kind, in words that never end."""
    stream = models.ItemPage.body.field.stream_block
    table = {
        "caption": LONG,
        "columns": [
            {"type": "text", "heading": LONG},
            {"type": "number", "heading": "บาท"},
        ],
        "rows": [{"values": [LONG, "1234567.89"]}],
    }
    figure = {"image": make_picture().pk, "alternative": LONG, "caption": LONG}
    return stream.to_python(
        [
            {"type": "heading", "value": LONG},
            {"type": "paragraph", "value": f"<p>{LONG}</p>"},
            {"type": "table", "value": table},
            {"type": "figure", "value": figure},
            {"type": "notice", "value": {"heading": LONG, "text": f"<p>{LONG}</p>"}},
            {"type": "file", "value": {"document": make_document().pk, "title": LONG}},
            {
                "type": "video",
                "value": {
                    "title": LONG,
                    "address": "https://v.example/",
                    "words": LONG,
                },
            },
        ]
    )


def everything(model):
    """All that an item may say, in words that never end."""
    fields = {
        "title": LONG,
        "summary": LONG,
        "source": LONG,
        "unit": LONG,
        "external_link": "https://example.go.th/" + "a" * 120,
        "data_from": timezone.localdate() - timedelta(days=90),
        "data_until": timezone.localdate(),
        "body": body(),
        "files": [make_document("a" * 60 + ".pdf")],
    }
    if model is models.NewsPage:
        fields |= {"lead_image": make_picture(), "lead_image_alternative": LONG}
    if model in (models.LocationPage, models.ContactPage):
        fields |= {"map_picture": make_picture(), "map_alternative": LONG}
    return fields


def published_in(state, office, people):
    """The addresses of one item of every kind in a state."""
    longer = long_rows() if state == "long" else {}
    for model in KINDS:
        fields: dict = {"title": f"{model.__name__} {state}"}
        if state == "empty":
            fields |= {"source": "ที่มา"}
        if state == "long":
            fields = {**everything(model), **longer.get(model, {})}
        page = put_through(make_draft(office, model, people.officer, **fields), people)
        yield urlsplit(page.url).path


@pytest.mark.django_db
@pytest.mark.parametrize("state", STATES)
def test_every_kind_keeps_the_house_rules(client, front, office, people, state):
    faults = []
    for path in published_in(state, office, people):
        response = client.get(path)
        assert response.status_code == 200, path
        tree = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
        faults += [(path, fault) for fault in _syntax_faults(response)]
        faults += [(path, fault) for fault in _document_faults(tree)]
    assert faults == []


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("state", ["nothing", *STATES])
def test_axe_finds_nothing_on_any_template(browser_page, front, office, people, state):
    axe_playwright = pytest.importorskip("axe_playwright_python.sync_playwright")
    from tests.test_design_browser import RULES

    axe, page, faults = axe_playwright.Axe(), browser_page(360), []
    items = [] if state == "nothing" else list(published_in(state, office, people))
    for path in [*items, *LISTS]:
        page.goto(path)
        for width in (*WIDTHS, *ENLARGED):
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                faults.append((path, width, "runs off the side"))
            if width in WIDTHS:
                result = axe.run(page, options=RULES)
                if result.violations_count:
                    faults.append((path, width, result.generate_report()))
        faults += [(path, "torn apart", box) for box in page.evaluate(TORN)]
    assert not faults, "\n".join(map(str, faults))


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_keyboard_reaches_everything_and_shows_where_it_is(
    browser_page, front, office, people
):
    from tests.test_design_browser import STOP

    page = browser_page(640)  # 1280 at 200 per cent
    for path in [*published_in("long", office, people), *LISTS]:
        page.goto(path)
        stops = []
        while len(stops) < MOST_STOPS:
            page.keyboard.press("Tab")
            stop = page.evaluate(STOP)
            # After the last comes the window itself, or the first again.
            if page.evaluate(AT_THE_END) or (stops and stop == "skip"):
                break
            stops.append(stop)
        assert stops[0] == "skip", path
        assert len(stops) < MOST_STOPS, path  # nothing held the focus back
        assert [stop for stop in stops if stop.startswith("unseen")] == [], path
        assert stops.count("A in main") == page.evaluate(LINKS_OF_MAIN), path
