from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey
from wagtail import hooks
from wagtail.admin.panels import FieldRowPanel, Panel, TabbedInterface
from wagtail.documents import get_document_model_string
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.utils.decorators import cached_classmethod

from govpub.categories import address
from govpub.categories.blocks import BodyBlock
from govpub.categories.enums import Category, Clause, GeneralTopic
from govpub.publishing.models import PublicationManager, PublicationMixin
from govpub.thai.dates import FiscalYear
from govpub.thai.text import is_blank

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class ItemPage(PublicationMixin, Page):  # type: ignore[django-manager-missing]
    """One piece of information in one of the nine categories.

    What the categories share; each kind of information is a thin class of its own
    that names its ``category`` and, where the category is sorted by kind, ``kinds``.
    """

    category: ClassVar[Category]
    topic: ClassVar[GeneralTopic | None] = None
    kinds: ClassVar[type[models.TextChoices] | None] = None
    kind_name: ClassVar[StrOrPromise] = _("Kind")
    own_panels: ClassVar[Sequence[Panel | str]] = ()
    details_template: ClassVar[str] = ""
    text_first: ClassVar[bool] = False
    # What its own page shows of other tables, fetched with it.
    shown_with: ClassVar[Sequence[str]] = ("locale",)
    listed_in_groups: ClassVar[bool] = False
    editor_parent: Page | None = None

    kind = models.CharField(_("kind"), max_length=30, blank=True, db_index=True)
    source = models.CharField(
        _("owner or source of the information"),
        max_length=255,
        blank=True,
        help_text=_("Who is responsible for the content, or where it was taken from."),
    )
    data_from = models.DateField(_("data from"), null=True, blank=True)
    data_until = models.DateField(_("data until"), null=True, blank=True)
    fiscal_year = models.PositiveSmallIntegerField(
        _("fiscal year (B.E.)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(2500), MaxValueValidator(2700)],
        help_text=_(
            "The year the information is about; empty means that of the form's date."
        ),
    )
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    objects = PublicationManager()  # type: ignore[django-manager-missing]

    is_creatable = False
    subpage_types: ClassVar[list[str]] = []
    parent_page_types: ClassVar[list[str]] = ["govpub_categories.CategoryPage"]

    class Meta:
        verbose_name = _("item of information")
        verbose_name_plural = _("items of information")

    @cached_classmethod
    def get_edit_handler(cls) -> TabbedInterface:
        """The editor: the official form, then the fields of this kind."""
        # The form asks the procedure, which needs the models to be loaded.
        from govpub.categories.panels import editor

        return editor(cls).bind_to_model(cls)

    @classmethod
    def can_exist_under(cls, parent: Page) -> bool:
        """Only in the category, and the topic, that this information belongs to."""
        if not super().can_exist_under(parent):
            return False
        place = parent.specific
        in_topic = cls.topic is None or place.number == cls.topic
        return place.govpub_category == cls.category and in_topic

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        address.give(self)
        super().full_clean(*args, **kwargs)

    def minimal_clean(self) -> None:
        address.give(self)
        super().minimal_clean()

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """One template for all kinds; ``details_template`` is the part that differs."""
        return "govpub/categories/item_page.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict:
        context = super().get_context(request, *args, **kwargs)
        if not getattr(request, "is_preview", False):
            context["footer_blocks"] = [
                block(request, self)
                for block in hooks.get_hooks("register_govpub_item_footer")
            ]
        return context

    @property
    def govpub_category(self) -> Category:
        """The number of its category."""
        return self.specific_class.category

    @property
    def retention_key(self) -> tuple[str, str]:
        """The number of its category, and its kind (in category 1: its topic)."""
        category = self.govpub_category
        if category != Category.GENERAL:
            return str(int(category)), self.kind
        # A page that was not saved yet knows its parent only from the editor.
        parent = self.get_parent() if self.path else self.editor_parent
        number = getattr(parent.specific, "number", "") if parent else ""
        return str(int(category)), str(number)

    @property
    def kind_label(self) -> str:
        """What kind of information it is, in words; also on a row of a list."""
        kinds = self.specific_class.kinds
        if kinds is None or self.kind not in kinds.values:
            return ""
        return str(kinds(self.kind).label)

    @cached_property
    def files(self) -> list[Attachment]:
        """Its attachments with their documents, in the officer's order."""
        return list(self.attachments.select_related("document"))

    @property
    def forms(self) -> list[Attachment]:
        """Those of its files that a reader fills in."""
        return [file for file in self.files if file.is_form]

    @property
    def documents(self) -> list[Attachment]:
        """Those of its files that a reader reads."""
        return [file for file in self.files if not file.is_form]

    @cached_property
    def clause_tags(self) -> list[ItemClause]:
        """Under which clauses of the Official Information Act it is open."""
        return list(self.clauses.all())

    @property
    def year(self) -> FiscalYear | None:
        """The fiscal year it is about."""
        if self.fiscal_year:
            return FiscalYear(self.fiscal_year)
        return FiscalYear.of(self.document_date) if self.document_date else None

    @property
    def prose(self) -> str:
        """What it says: summary, rows and free text, without their markup."""
        streams = (
            getattr(self, field.attname)
            for field in self._meta.concrete_fields
            if isinstance(field, StreamField)
        )
        pieces = (
            piece
            for stream in streams
            for piece in stream.stream_block.get_searchable_content(stream)
        )
        return " ".join([self.summary, *map(str, pieces)])

    def words(self) -> str:
        """Everything a reader may search it by, except its topic."""
        own = [
            getattr(self, field.attname)
            for field in self._meta.local_fields
            if isinstance(field, models.CharField) and not field.choices
        ]
        files = [str(file) for file in self.files]
        return " ".join([self.prose, self.source, self.kind_label, *own, *files])

    def own_form_errors(self) -> dict[str, str]:
        """What this kind of information also needs before it is proposed."""
        if self.kinds is not None and not self.kind:
            return {"kind": _now("Choose the kind.")}
        if self.is_translation and self._is_titled_like_another():
            return {"title": _now("Translate the topic.")}
        return {}

    @property
    def is_translation(self) -> bool:
        """Whether it is in another language than the office's own."""
        return self.locale.language_code != settings.LANGUAGE_CODE

    def _is_titled_like_another(self) -> bool:
        same = ItemPage.objects.filter(translation_key=self.translation_key)
        return same.exclude(pk=self.pk).filter(title=self.title).exists()

    def source_errors(self) -> dict[str, str]:
        """For information that must say where it comes from."""
        if is_blank(self.source):
            return {"source": _now("Say where the information comes from.")}
        return {}

    def completeness(self) -> list[str]:
        """What is missing of what this kind of information must say; in words."""
        return list(self.own_form_errors().values())


class Attachment(Orderable):
    """A document attached to the official form of an item."""

    page = ParentalKey(
        ItemPage,
        on_delete=models.CASCADE,
        related_name="attachments",
        verbose_name=_("item of information"),
    )
    document = models.ForeignKey(
        get_document_model_string(),
        # What was proposed keeps its files by its round; a draft may lose one.
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("document"),
    )
    title = models.CharField(
        _("title of the document"),
        max_length=255,
        blank=True,
        help_text=_("As readers see it; empty means the name in the library."),
    )

    is_form = models.BooleanField(
        _("a form to fill in"),
        default=False,
        help_text=_("Shown among the forms to download."),
    )

    panels: ClassVar[list[str]] = ["document", "title", "is_form"]

    class Meta(Orderable.Meta):
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self) -> str:
        return self.title or self.document.title


class ItemClause(Orderable):
    """A clause of the Official Information Act under which an item is open."""

    page = ParentalKey(
        ItemPage,
        on_delete=models.CASCADE,
        related_name="clauses",
        verbose_name=_("item of information"),
    )
    clause = models.CharField(
        _("clause of the Act"), max_length=10, choices=Clause, db_index=True
    )
    sub_code = models.CharField(
        _("sub-code"),
        max_length=10,
        blank=True,
        help_text=_("The office's own division of the clause, e.g. 1 for 9(8)-1."),
    )
    shelf = models.CharField(
        _("file or shelf number"),
        max_length=100,
        blank=True,
        help_text=_("Where the paper is in the information room."),
    )

    panels = [FieldRowPanel(["clause", "sub_code", "shelf"])]

    class Meta(Orderable.Meta):
        verbose_name = _("clause of the Official Information Act")
        verbose_name_plural = _("clauses of the Official Information Act")

    def __str__(self) -> str:
        return f"{self.clause}-{self.sub_code}" if self.sub_code else self.clause

    @property
    def anchor(self) -> str:
        """Its place on the page of the index."""
        return Clause(self.clause).anchor
