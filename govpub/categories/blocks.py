"""The pieces of which an officer builds the text of an item."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from govpub.thai.blocks import ThaiDecimalBlock

# Files are attached to the form, where they are listed with type and size.
TEXT_FEATURES = ["bold", "ol", "ul", "link"]
TABLE_COLUMNS = [
    ("text", blocks.CharBlock(label=_("Text"), required=False)),
    ("number", ThaiDecimalBlock(label=_("Number"), required=False)),
]


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


class FileBlock(blocks.StructBlock):
    """A document at its place in the text, with its type and size."""

    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(
        label=_("Title of the document"), max_length=255, required=False
    )

    class Meta:
        label = _("Document")
        icon = "doc-full"
        template = "govpub/categories/blocks/file.html"


class VideoBlock(blocks.StructBlock):
    """A film, only as a link: nothing is fetched from elsewhere."""

    title = blocks.CharBlock(label=_("Title of the video"), max_length=255)
    address = blocks.URLBlock(label=_("Address of the video"), max_length=500)
    words = blocks.TextBlock(
        label=_("What is said in it, in short"), max_length=2000, required=False
    )

    class Meta:
        label = _("Link to a video")
        icon = "media"
        template = "govpub/categories/blocks/video.html"


class BodyBlock(blocks.StreamBlock):
    """The free text of an item: headings, text, tables, pictures, notices, files."""

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
        TABLE_COLUMNS,
        label=_("Table"),
        template="govpub/categories/blocks/table.html",
    )
    figure = FigureBlock()
    notice = NoticeBlock()
    file = FileBlock()
    video = VideoBlock()

    class Meta:
        required = False
