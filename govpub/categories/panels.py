"""The editor of an item: the official form first, in the order of the paper."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
)
from wagtail.models import Page

from govpub.categories.forms import PublicationPageForm


def editor(model: type[Page]) -> TabbedInterface:
    """The two tabs: the request form, then what this kind of information needs."""
    content: Sequence[Panel | str] = [
        *([FieldPanel("kind", heading=model.kind_name)] if model.kinds else []),
        *model.own_panels,
        "body",
        MultiFieldPanel(
            [
                "source",
                FieldRowPanel(["data_from", "data_until", "fiscal_year"]),
            ],
            heading=_("Where the information comes from"),
        ),
        InlinePanel(
            "clauses",
            heading=_("Official Information Act B.E. 2540"),
            label=_("Clause"),
        ),
    ]
    return TabbedInterface(
        [
            ObjectList(_form(), heading=_("Request form")),
            ObjectList(content, heading=_("Information")),
        ],
        base_form_class=PublicationPageForm,
    )


def _form() -> list[Panel]:
    """The fields of the official request form, from top to bottom."""
    return [
        FieldPanel("unit"),
        FieldPanel("document_date"),
        FieldPanel("title", heading=_("Topic")),
        FieldPanel("summary"),
        InlinePanel("attachments", heading=_("Attachments"), label=_("Attachment")),
        FieldPanel("external_link"),
        FieldPanel("remark"),
        FieldPanel("personal_data_reason"),
        FieldRowPanel(
            [FieldPanel("publish_from"), FieldPanel("publish_until")],
            heading=_("Publication period"),
        ),
    ]
