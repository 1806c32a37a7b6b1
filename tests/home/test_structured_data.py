"""What search engines and chat previews are told of an item."""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit

import pytest

from tests.drafts import published_news

pytestmark = pytest.mark.django_db
NASTY = 'ข่าว </script><script>alert("1")</script> & "อ้างอิง"'


def blocks(client, path):
    page = client.get(path).content.decode()
    pattern = r'<script type="application/ld\+json">(.*?)</script>'
    return {data["@type"]: data for data in map(json.loads, re.findall(pattern, page))}


def test_the_office_is_a_government_organisation(client, front):
    (data,) = blocks(client, "/").values()
    assert data["@type"] == "GovernmentOrganization"
    assert data["name"] == "สำนักงานสาธารณสุขอำเภอตัวอย่าง"
    assert data["telephone"] == "0 2000 0000"
    assert "faxNumber" not in data


def test_news_is_a_news_article_and_cannot_break_out(client, front, office, people):
    item = published_news(office, people, title=NASTY, summary=NASTY)
    found = blocks(client, urlsplit(item.url).path)
    article = found["NewsArticle"]
    assert article["headline"] == NASTY
    assert article["publisher"]["name"] == "สำนักงานสาธารณสุขอำเภอตัวอย่าง"
    assert article["datePublished"].startswith("2")


def test_a_preview_shows_the_title_and_the_summary(client, front, office, people):
    item = published_news(office, people, title="ชื่อ & เรื่อง", summary="สรุป & ย่อ")
    page = client.get(urlsplit(item.url).path).content.decode()
    assert '<meta property="og:title" content="ชื่อ &amp; เรื่อง">' in page
    assert '<meta property="og:description" content="สรุป &amp; ย่อ">' in page
    assert '<meta name="description" content="สรุป &amp; ย่อ">' in page
