"""The pieces of which an officer builds the text of an item."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageChooserBlock

# Files are attached to the form, where they are listed with type and size.
TEXT_FEATURES = ["bold", "ol", "ul", "link"]


class FigureBlock(blocks.StructBlock):
    """A picture that also says in words what it shows."""

    image = ImageChooserBlock(label=_("Picture"))
    alternative = blocks.CharBlock(
        label=_("Description of the picture"),
        max_length=255,
        help_text=_("What the picture shows, for people who cannot see it."),
    )
    caption = blocks.CharBlock(label=_("Caption"), max_length=255, required=False)

    class Meta:
        label = _("Picture")
        icon = "image"
        template = "govpub/categories/blocks/figure.html"


class NoticeBlock(blocks.StructBlock):
    """A sentence or two that must not be missed."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=255, required=False)
    text = blocks.RichTextBlock(label=_("Text"), features=TEXT_FEATURES)

    class Meta:
        label = _("Notice")
        icon = "warning"
        template = "govpub/categories/blocks/notice.html"


class BodyBlock(blocks.StreamBlock):
    """The free text of an item: headings, paragraphs, tables, pictures, notices."""

    heading = blocks.CharBlock(
        label=_("Heading"),
        max_length=255,
        icon="title",
        template="govpub/categories/blocks/heading.html",
    )
    paragraph = blocks.RichTextBlock(
        label=_("Paragraph"), features=TEXT_FEATURES, icon="pilcrow"
    )
    table = TypedTableBlock(
        [
            ("text", blocks.CharBlock(label=_("Text"), required=False)),
            ("number", blocks.DecimalBlock(label=_("Number"), required=False)),
        ],
        label=_("Table"),
        template="govpub/categories/blocks/table.html",
    )
    figure = FigureBlock()
    notice = NoticeBlock()

    class Meta:
        required = False
