from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult

from govpub.categories import listing
from govpub.categories.enums import Category, GeneralTopic
from govpub.publishing.models import PublicationQuerySet, StructuralPageMixin

from .item import ItemPage
from .responsibility import Responsibility


class ListPage(StructuralPageMixin, Page):  # type: ignore[django-manager-missing]
    """A page of the frame that knows of what class its children are."""

    class Meta:
        abstract = True

    def child_models(self) -> Sequence[type[Page]]:
        """The classes of the pages right below it, the likeliest first."""
        raise NotImplementedError

    def child_model(self) -> type[Page] | None:
        """The class that gives the list its kinds."""
        return next(iter(self.child_models()), None)

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """One query finds the child, where Wagtail needs three."""
        for model in self.child_models() if path_components else ():
            children = model.objects.child_of(self)
            found = children.filter(slug=path_components[0]).select_related("locale")
            if issubclass(model, ItemPage):
                found = found.select_related(*model.shown_with).knowing_translations()
            if child := found.first():
                child._cached_parent_obj = self  # for the breadcrumbs
                return child.route(request, path_components[1:])
        return super().route(request, path_components)


class CategoryPage(ListPage):
    """One of the nine categories of an office: the list of what is public in it."""

    number = models.PositiveSmallIntegerField(_("number"), choices=Category)

    # Made by the set-up, one of each below the home page of an office.
    is_creatable = False
    subpage_types: ClassVar[list[str]] = [
        "govpub_categories.TopicPage",
        "govpub_categories.LawPage",
        "govpub_categories.KnowledgePage",
        "govpub_categories.WebLinkPage",
        "govpub_categories.OfficialInformationPage",
        "govpub_categories.WorkManualPage",
        "govpub_categories.ServiceManualPage",
        "govpub_categories.NewsPage",
    ]

    class Meta:
        verbose_name = _("category of information")
        verbose_name_plural = _("categories of information")

    def clean(self) -> None:
        super().clean()
        others = CategoryPage.objects.sibling_of(self, inclusive=False)
        if others.filter(number=self.number).exists():
            raise ValidationError({"number": _now("This office has it already.")})

    @property
    def govpub_category(self) -> Category:
        """Its number, as statistics count it."""
        return Category(self.number)

    @property
    def short_title(self) -> str:
        """A name for menus in the reader's language; empty if the title was changed."""
        unchanged = self.title == self.govpub_category.official_title
        return str(self.govpub_category.label) if unchanged else ""

    @cached_property
    def items(self) -> PublicationQuerySet:
        """What a citizen may see in it today, each in one language."""
        return ItemPage.objects.public().descendant_of(self).once_each()

    def get_template(self, request: HttpRequest, *args: object, **kw: object) -> str:
        names = {
            Category.GENERAL: "general",
            Category.OFFICIAL_INFORMATION: "official_information",
            Category.STATISTICS: "statistics",
        }
        name = names.get(self.govpub_category, "category")
        return f"govpub/categories/{name}_page.html"

    def get_context(self, request: HttpRequest, *args: object, **kw: object) -> dict:
        context = super().get_context(request, *args, **kw)
        site = Site.find_for_request(request)
        context["responsibility"] = Responsibility.current(site, self.number)
        if self.number == Category.STATISTICS:
            context["sections"] = [
                section(request, site)
                for section in hooks.get_hooks("register_govpub_statistics_section")
            ]
        elif self.number == Category.GENERAL:
            context["topics"] = TopicPage.with_counts(self)
        else:
            model = self.child_model()
            context["listing"] = listing.Listing(
                self.items,
                request.GET,
                getattr(model, "kinds", None),
                in_groups=getattr(model, "listed_in_groups", False),
            )
        return context

    def child_models(self) -> Sequence[type[Page]]:
        if self.number == Category.GENERAL:
            return [TopicPage]
        models = self.allowed_subpage_models()
        return [m for m in models if getattr(m, "category", None) == self.number]


class TopicPage(ListPage):
    """One of the ten topics of category 1: the list of what is public about it."""

    number = models.PositiveSmallIntegerField(_("number"), choices=GeneralTopic)

    is_creatable = False
    parent_page_types: ClassVar[list[str]] = ["govpub_categories.CategoryPage"]
    subpage_types: ClassVar[list[str]] = [
        "govpub_categories.OrganisationPage",
        "govpub_categories.ExecutivesPage",
        "govpub_categories.PlanPage",
        "govpub_categories.LocationPage",
        "govpub_categories.ContactPage",
        "govpub_categories.GeneralInformationPage",
    ]
    template = "govpub/categories/topic_page.html"

    class Meta:
        verbose_name = _("topic of general information")
        verbose_name_plural = _("topics of general information")

    def child_models(self) -> Sequence[type[Page]]:
        """The topic's own kind of information, if it has one; then plain text."""
        models = self.allowed_subpage_models()
        return [m for m in models if getattr(m, "topic", None) in (None, self.number)]

    @property
    def govpub_category(self) -> Category:
        """Category 1, as statistics count it."""
        return Category.GENERAL

    @property
    def short_title(self) -> str:
        """A name in the reader's language; empty if the title was changed."""
        topic = GeneralTopic(self.number)
        return str(topic.label) if self.title == topic.official_title else ""

    @classmethod
    def with_counts(cls, category: CategoryPage) -> list[TopicPage]:
        """The topics of an office, each with ``count`` of what is public in it."""
        topics = list(cls.objects.live().child_of(category).order_by("number"))
        paths = list(category.items.values_list("path", flat=True))
        for topic in topics:
            topic.count = sum(path.startswith(topic.path) for path in paths)
        return topics

    def get_context(self, request: HttpRequest, *args: object, **kw: object) -> dict:
        context = super().get_context(request, *args, **kw)
        items = ItemPage.objects.public().descendant_of(self).once_each()
        kinds = getattr(self.child_model(), "kinds", None)
        context["listing"] = listing.Listing(items, request.GET, kinds)
        return context


class FrontPageMixin(models.Model):
    """For the home page of an office: one query finds the category and the menu."""

    class Meta:
        abstract = True

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        live = CategoryPage.objects.live().child_of(self)
        pages = list(live.select_related("locale").order_by("number"))
        request.govpub_categories = pages  # type: ignore[attr-defined]
        for page in pages if path_components else ():
            if page.slug == path_components[0]:
                page._cached_parent_obj = self
                return page.route(request, path_components[1:])
        return super().route(request, path_components)  # type: ignore[misc]
