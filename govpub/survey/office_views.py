"""Tables of the admin that show each person the records of their own offices."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet
from django.http import Http404

from wagtail.admin.views import generic
from wagtail.admin.views.generic import history, usage
from wagtail.admin.viewsets.model import ModelViewSet


class OwnRecordsMixin:
    """A list of the records of the person's offices."""

    def get_base_queryset(self) -> QuerySet[Model]:
        return self.permission_policy.instances_user_has_permission_for(  # type: ignore[attr-defined]
            self.request.user,  # type: ignore[attr-defined]
            "view",
        )


class OwnRecordMixin:
    """One record, 404 unless it belongs to one of the person's offices."""

    def get_object(self, *args: Any, **kwargs: Any) -> Model:
        found = super().get_object(*args, **kwargs)  # type: ignore[misc]
        if not self.user_has_permission_for_instance("view", found):  # type: ignore[attr-defined]
            raise Http404
        return found


class IndexView(OwnRecordsMixin, generic.IndexView):
    pass


class EditView(OwnRecordMixin, generic.EditView):
    pass


class DeleteView(OwnRecordMixin, generic.DeleteView):
    pass


class InspectView(OwnRecordMixin, generic.InspectView):
    pass


class HistoryView(OwnRecordMixin, history.HistoryView):
    pass


class UsageView(OwnRecordMixin, usage.UsageView):
    pass


class OfficeViewSet(ModelViewSet):
    """A table of one office."""

    index_view_class = IndexView
    edit_view_class = EditView
    delete_view_class = DeleteView
    inspect_view_class = InspectView
    history_view_class = HistoryView
    usage_view_class = UsageView
    inspect_view_fields_exclude = ["id"]
    copy_view_enabled = False
    inspect_view_enabled = True  # for those who may read, but not change
    add_to_reference_index = False
