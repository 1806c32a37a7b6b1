"""What records refer to is not deleted, and the person is told so in words."""

from __future__ import annotations

from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.urls import get_resolver, reverse

from wagtail.models import Revision, Site

from govpub.publishing import procedure
from govpub.publishing.models import Appointment, Round
from tests.publishing.screens import fresh

pytestmark = pytest.mark.django_db

REFUSED = "ลบไม่ได้"


@pytest.fixture
def admin(client, people):
    client.force_login(people.superuser)
    return client


def post(admin, address):
    return admin.post(address, follow=True).content.decode()


@pytest.fixture(autouse=True)
def everything_in_the_index_of_references(db):
    """What Wagtail finds there it refuses by itself, without saying why."""
    get_resolver().url_patterns  # noqa: B018  the viewsets put their models into it
    call_command("rebuild_references_index", stdout=StringIO())


def test_a_person_who_was_appointed(admin, public, people):
    said = post(admin, reverse("wagtailusers_users:delete", args=[people.head.pk]))
    assert REFUSED in said
    assert str(Appointment._meta.verbose_name) in said
    assert get_user_model().objects.filter(pk=people.head.pk).exists()


def test_several_persons_at_once(admin, public, people):
    address = reverse("wagtail_bulk_action", args=["auth", "user", "delete"])
    said = post(admin, f"{address}?id={people.head.pk}&id={people.officer.pk}")
    assert REFUSED in said
    assert get_user_model().objects.filter(pk=people.officer.pk).exists()


def test_an_office(admin, public, office):
    said = post(admin, reverse("wagtailsites:delete", args=[office.pk]))
    assert REFUSED in said
    assert Site.objects.filter(pk=office.pk).exists()


def test_the_group_of_a_role(admin, people):
    group = people.head.groups.get()
    said = post(admin, reverse("wagtailusers_groups:delete", args=[group.pk]))
    assert REFUSED in said
    assert people.head.groups.filter(pk=group.pk).exists()


def test_who_has_nothing_to_do_with_it_can_be_deleted(admin, people):
    somebody = get_user_model().objects.create_user("x", "x@example.com", "x")
    said = post(admin, reverse("wagtailusers_users:delete", args=[somebody.pk]))
    assert REFUSED not in said
    assert not get_user_model().objects.filter(pk=somebody.pk).exists()


def test_a_page_that_was_proposed(admin, public):
    address = reverse("wagtailadmin_pages:delete", args=[public.pk])
    answer = admin.post(address, follow=True)
    said = [str(message) for message in answer.context["messages"]]
    assert REFUSED in " ".join(said)
    assert fresh(public).is_public


def test_purging_says_what_it_keeps(office, page, people):
    """Also a version that was withdrawn and has long been replaced."""
    request = procedure.propose(page, by=people.officer)
    procedure.withdraw(request, by=people.officer, words="ผิดหมวด")
    for _ in range(2):
        fresh(page).save_revision(user=people.officer)
    out = StringIO()
    call_command("purge_revisions", stdout=out)
    proposed = Round.objects.get().revision_id
    assert Revision.objects.filter(pk=proposed).exists()
    assert proposed != fresh(page).latest_revision_id
    assert "1 ฉบับ" in out.getvalue()


def test_the_public_is_told_nothing(client, rf):
    """Elsewhere than in the admin it is an error like any other."""
    from django.db.models import ProtectedError

    from govpub.publishing.middleware import RecordsAreKept

    middleware = RecordsAreKept(lambda request: None)
    error = ProtectedError("x", [])
    assert middleware.process_exception(rf.get("/"), error) is None
    assert middleware.process_exception(rf.get("/admin/"), KeyError()) is None
