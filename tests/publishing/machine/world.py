"""One office with two of its pages, its people, and the people of another office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any

from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.utils import timezone

from wagtail.documents import get_document_model
from wagtail.models import Page

from govpub.categories.models import NewsPage
from govpub.publishing.models import PublicationRequest
from govpub.roles import Role
from tests.conftest import make_person
from tests.drafts import draft_news

# Everybody whom the machine lets try: name -> what his appointment makes him here.
ROLE_OF = {
    "officer": Role.OFFICER,
    "officer2": Role.OFFICER,
    "head": Role.HEAD,
    "head2": Role.HEAD,
    "acting": Role.HEAD,
    "webmaster": Role.WEBMASTER,
    "inspector": Role.INSPECTOR,
    "former": None,  # was head until yesterday
    "superuser": None,
    "other_officer": None,  # the same roles, at another office
    "other_head": None,
    "other_webmaster": None,
}
_version = count(1)


@dataclass(frozen=True)
class Snapshot:
    """What a reader may learn from one version of a page, with its files' bytes."""

    title: str
    summary: str
    publish_from: str | None
    publish_until: str | None
    files: tuple[tuple[int, bytes], ...]

    @classmethod
    def of(cls, content: dict[str, Any]) -> Snapshot:
        """As a serialised page says, and as its files lie there now."""
        named = [row["document"] for row in content["attachments"]]
        there = get_document_model().objects.filter(pk__in=named)
        keys = sorted(there.values_list("pk", flat=True))
        return cls(
            content["title"],
            content["summary"],
            content["publish_from"],
            content["publish_until"],
            tuple((key, read(key)) for key in keys),
        )

    def is_in_period(self) -> bool:
        today = timezone.localdate().isoformat()
        return (self.publish_from or "") <= today <= (self.publish_until or "9999")


def read(document_pk: int) -> bytes:
    """The bytes of a document as they lie in the store."""
    with get_document_model().objects.get(pk=document_pk).file.open("rb") as stream:
        return stream.read()


class World:
    """The office before a sequence begins; the same for all sequences of a shard."""

    def __init__(self, site, second_site) -> None:
        self.site, self.second_site = site, second_site
        for name in ROLE_OF:
            if name.startswith("other_"):
                make_person(name, second_site, Role(name.removeprefix("other_")))
        yesterday = timezone.localdate() - timedelta(days=1)
        make_person("former", site, Role.HEAD, valid_until=yesterday)
        make_person("acting", site, Role.HEAD, acting=True, order_number="7/2569")
        self.people = {user.username: user for user in get_user_model().objects.all()}
        self.files: dict[int, int] = {}  # the document of each page
        self.subject = self._page()
        self.bystander = self._page()
        root = Page.objects.get(pk=site.root_page_id)
        self.root_path = root.url_path

    def _page(self) -> int:
        """A draft with a file, nothing of which was proposed yet."""
        number = next(_version)
        document = get_document_model().objects.create(
            title=f"file {number}", file=ContentFile(b"%d" % number, name="a.txt")
        )
        officer = self.people["officer"]
        page = draft_news(self.site, officer, **self.version())
        page.attachments.create(document=document)
        page.save_revision(user=officer)
        self.files[page.pk] = document.pk
        return page.pk

    @staticmethod
    def version() -> dict[str, object]:
        """Words that no other version of any page has."""
        number = next(_version)
        until = timezone.localdate() + timedelta(days=30)
        return {
            "title": f"topic {number}",
            "summary": f"details {number}",
            "publish_until": until,
        }

    @staticmethod
    def page(pk: int) -> NewsPage:
        return NewsPage.objects.get(pk=pk)

    @staticmethod
    def newest(page_pk: int) -> PublicationRequest | None:
        return PublicationRequest.objects.filter(page=page_pk).order_by("pk").last()

    def save_draft(self, page_pk: int, by: str, **fields) -> None:
        """What the editor does: a new revision, the page itself unchanged."""
        draft = self.page(page_pk).get_latest_revision_as_object()
        for name, value in {**self.version(), **fields}.items():
            setattr(draft, name, value)
        draft.save_revision(user=self.people[by])
