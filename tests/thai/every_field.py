"""Every field of every form that the code has, found by looking, not by listing."""

from __future__ import annotations

from collections.abc import Iterator

import django_filters
from django import forms
from django.apps import apps

from wagtail import hooks
from wagtail.admin.viewsets import viewsets
from wagtail.contrib.settings.registry import registry
from wagtail.contrib.settings.views import get_setting_edit_handler
from wagtail.fields import StreamField
from wagtail.models import Page

# Whole modules of other people whose forms nobody of an office meets.
NOT_OURS = ("django.contrib.auth.", "django.forms.formsets.", "wagtail.contrib.style")
Found = tuple[str, forms.Field]


def every_field() -> Iterator[Found]:
    """The fields of pages, tables, settings, plain forms, filters and blocks."""
    hooks.search_for_hooks()
    found = [*_of_pages(), *_of_tables(), *_of_forms(), *_of_filters(), *_of_blocks()]
    yield from {name: (name, field) for name, field in found}.values()


def _fields(owner: str, fields: dict[str, forms.Field]) -> Iterator[Found]:
    for name, field in fields.items():
        yield f"{owner}.{name}", field


def _of_pages() -> Iterator[Found]:
    for model in apps.get_models():
        if issubclass(model, Page):
            form = model.get_edit_handler().get_form_class()
            yield from _fields(model.__name__, form.base_fields)
            for name, formset in form.formsets.items():
                yield from _fields(f"{model.__name__}.{name}", formset.form.base_fields)


def _of_tables() -> Iterator[Found]:
    for table in viewsets.viewsets:
        if hasattr(table, "get_form_class"):
            form = table.get_form_class()
            yield from _fields(type(table).__name__, form.base_fields)
    for model in registry:
        form = get_setting_edit_handler(model).get_form_class()
        yield from _fields(model.__name__, form.base_fields)


def _subclasses(cls: type) -> Iterator[type]:
    for sub in cls.__subclasses__():
        yield sub
        yield from _subclasses(sub)


def _of_forms() -> Iterator[Found]:
    for form in _subclasses(forms.BaseForm):
        # Forms that are made for a model on the way are found above, or thrown away.
        made = form.__module__ == "django.forms.widgets"
        name = f"{form.__module__}.{form.__qualname__}"
        if not made and not name.startswith((*NOT_OURS, "tests.", "wagtail.test.")):
            yield from _fields(name, getattr(form, "base_fields", {}))


def _of_filters() -> Iterator[Found]:
    for filters in _subclasses(django_filters.FilterSet):
        owner = f"{filters.__module__}.{filters.__qualname__}"
        for name, filter_ in filters.base_filters.items():
            if not isinstance(filter_, django_filters.filters.QuerySetRequestMixin):
                yield f"{owner}.{name}", filter_.field


def _of_blocks() -> Iterator[Found]:
    for model in apps.get_models():
        for field in model._meta.fields:
            if isinstance(field, StreamField):
                at = f"{model.__name__}.{field.name}"
                yield from _below(field.stream_block, at)


def _below(block, at: str) -> Iterator[Found]:
    if hasattr(block, "field"):
        yield at, block.field
    children = dict(getattr(block, "child_blocks", {}))
    if hasattr(block, "child_block"):
        children[""] = block.child_block
    for name, child in children.items():
        yield from _below(child, f"{at}/{name}")
