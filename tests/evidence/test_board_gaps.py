"""What an officer begins from a gap of the board is linked to its item by itself."""

from __future__ import annotations

import html
import re

import pytest
from django.urls import reverse

from govpub.evidence import lists
from tests.categories.test_editor import filled
from tests.drafts import category

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(office):
    """An item of the shipped list that asks for a piece in each quarter, of news."""
    data = lists.read_list(lists.as_bytes("moph-ita-2567"), "x.json")
    item = lists.load(office, "MOPH ITA", 2567, data).items.get(code="MOIT 2 ข้อ 10")
    item.categories = [8]
    item.save()
    return item


@pytest.fixture
def board_of(item):
    return reverse("govpub_evidence_admin:board_of", args=[item.checklist_id])


def links_in(content):
    found = re.findall(r'href="([^"]*next=[^"]*)"', content)
    return [html.unescape(one) for one in found]


def test_linked_from_the_first_draft(item, board_of, people, client):
    client.force_login(people.officer)
    offered = links_in(client.get(board_of, {"show": "gaps"}).content.decode())
    (begin,) = [one for one in offered if f"/items/{item.pk}/" in one]
    editor = client.get(begin)
    way_back = editor.context["next"]
    sent = filled(title="รายงานผลตามแผน", next=way_back)
    response = client.post(begin.partition("?")[0], sent)
    link = item.links.get()
    assert (link.page.title, link.quarter) == ("รายงานผลตามแผน", 1)
    assert "next=" in response.headers["Location"]  # on to the editor, and then back
    assert client.get(way_back).headers["Location"] == board_of
    # The next one fills the next gap; another way back links nothing.
    client.post(begin.partition("?")[0], filled(title="อื่น", next=board_of))
    client.post(begin.partition("?")[0], filled(title="อื่น", next="//["))
    assert item.links.count() == 1


def test_where_there_are_several_places_one_chooses(item, board_of, people, client):
    item.categories = [1]
    item.save()
    client.force_login(people.officer)
    content = client.get(board_of, {"show": "gaps"}).content.decode()
    choose = reverse("govpub_evidence_admin:propose", args=[item.pk])
    assert f'href="{choose}?category=1"' in content
    places = links_in(client.get(choose, {"category": "1"}).content.decode())
    assert len(places) == 10  # the topics of the first category
    assert client.get(places[0]).status_code == 200


def test_not_for_an_office_whose_board_one_does_not_read(
    item, people, client, office, second_office
):
    client.force_login(people.officer)
    item.checklist.site = second_office
    item.checklist.save()
    way_back = reverse("govpub_evidence_admin:proposed", args=[item.pk])
    assert client.get(way_back).status_code == 404
    news = category(office, 8)
    names = ["govpub_categories", "newspage", news.pk]
    begin = reverse("wagtailadmin_pages:add", args=names)
    client.post(begin, filled(next=way_back))
    assert not item.links.exists()
