"""A law that names the newer one, while both are drafts."""

from __future__ import annotations

import pytest
from django.urls import reverse

from govpub.categories.models import LawPage

from .conftest import make_draft

pytestmark = pytest.mark.django_db


def test_a_draft_whose_replacement_was_deleted_can_still_be_edited(
    office, people, client
):
    newer = make_draft(office, LawPage, people.officer)
    draft = make_draft(office, LawPage, people.officer)
    draft.replaced_by = newer
    draft.save_revision(user=people.officer)
    client.force_login(people.superuser)
    client.post(reverse("wagtailadmin_pages:delete", args=[newer.pk]))
    assert not LawPage.objects.filter(pk=newer.pk).exists()
    client.force_login(people.officer)
    answer = client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk]))
    assert answer.status_code == 200
    opened = LawPage.objects.get(pk=draft.pk).get_latest_revision_as_object()
    assert opened.replaced_by_id is None
