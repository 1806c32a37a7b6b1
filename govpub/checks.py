"""System checks: a wrong configuration is told at start-up, with its cure."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.files.storage import default_storage
from django.urls import Resolver404, resolve
from django.utils.module_loading import import_string
from django.views.static import serve

from govpub.conf import SETTINGS, conf

FINISH_ACTION = "govpub.publishing.workflows.finish"


@register(Tags.compatibility)
def check_settings(**kwargs: Any) -> list[CheckMessage]:
    """Every ``GOVPUB_*`` setting has the right type and a sensible value."""
    found: list[CheckMessage] = []
    for name, (kind, default, meaning) in SETTINGS.items():
        value = getattr(conf, name)
        if _is_wrong(value, kind, default):
            found.append(
                Error(
                    f"GOVPUB_{name} must be a {kind.__name__}, not {value!r}.",
                    hint=f"{meaning} Remove the setting to use {default!r}.",
                    id="govpub.E001",
                )
            )
    return found


def _is_wrong(value: Any, kind: type, default: Any) -> bool:
    if kind is bool or isinstance(value, bool):
        return not isinstance(value, kind) or kind is not bool
    expected = (list, tuple) if kind is tuple else kind
    wrong_type = not isinstance(value, expected)
    return wrong_type or bool(default and not value) or (kind is int and value < 0)


@register(Tags.compatibility)
def check_settings_make_sense(**kwargs: Any) -> list[CheckMessage]:
    """What a value of the right type must also be."""
    return [
        Error(
            f"GOVPUB_{name} must be {wanted}, not {getattr(conf, name)!r}.",
            hint=SETTINGS[name][2],
            id="govpub.E005",
        )
        for name, (makes_sense, wanted) in SENSE.items()
        if not makes_sense(getattr(conf, name))
    ]


def _is_importable(path: Any) -> bool:
    if not apps.is_installed("govpub.stats"):
        return True  # importing it would give its models to the root app
    try:
        return bool(import_string(path))
    except (ImportError, AttributeError):
        return False


SENSE: dict[str, tuple[Callable[[Any], bool], str]] = {
    "STATS_PAGES_BY": (("server", "beacon").__contains__, '"server" or "beacon"'),
    "STATS_STORE": (_is_importable, "the path of a class that can be imported"),
    "STATS_COUNTRY_DB": (
        lambda path: not path or Path(str(path)).is_file(),
        "the path of a file that is there",
    ),
    "UPLOAD_EXTENSIONS": (
        # Another type altogether is named by the check before.
        lambda names: (
            not isinstance(names, list | tuple)
            or all(isinstance(name, str) for name in names)
        ),
        "names of file types",
    ),
}


@register(Tags.models)
def check_needed_apps_are_installed(**kwargs: Any) -> list[CheckMessage]:
    """Catch the models of a sub-app that is imported but not installed.

    Django hands them to the nearest installed parent, which is ``govpub`` itself,
    instead of complaining; they would then never get a table.
    """
    return [
        Error(
            f"{model.__module__}.{model.__name__} belongs to an app that is missing.",
            hint=f'Add "{model.__module__.split(".models")[0]}" to INSTALLED_APPS.',
            obj=model,
            id="govpub.E002",
        )
        for model in apps.get_app_config("govpub").get_models()
        if model.__module__ != "govpub.models"
    ]


@register(Tags.templates)
def check_our_templates_come_first(**kwargs: Any) -> list[CheckMessage]:
    """What must be seen on every page of the admin is added to Wagtail's template."""
    names = [config.name for config in apps.get_app_configs()]
    if "wagtail.admin" not in names or names.index("govpub") < names.index(
        "wagtail.admin"
    ):
        return []
    return [
        Warning(
            "The admin will not show on every page when the scheduler stands still.",
            hint='Put "govpub" before "wagtail.admin" in INSTALLED_APPS.',
            id="govpub.W004",
        )
    ]


@register(Tags.security)
def check_media_is_not_given_away(**kwargs: Any) -> list[CheckMessage]:
    """Django's own view of ``MEDIA_URL`` asks nobody whether a file is public."""
    try:
        view = resolve(f"{settings.MEDIA_URL}original_images/a.png").func
    except Resolver404:
        return []
    if view is not serve:
        return []
    return [
        Warning(
            "Pictures are handed out although nothing public uses them.",
            hint="Route MEDIA_URL to govpub.publishing.media.serve_picture.",
            id="govpub.W001",
        )
    ]


@register(Tags.security)
def check_approval_cannot_be_bypassed(**kwargs: Any) -> list[CheckMessage]:
    """Settings of Wagtail that would let content out without its approval."""
    if not apps.is_installed("govpub.publishing"):
        return []
    found: list[CheckMessage] = []
    if getattr(settings, "WAGTAIL_FINISH_WORKFLOW_ACTION", "") != FINISH_ACTION:
        found.append(
            Error(
                "Wagtail itself would publish what the last step lets through.",
                hint=f'Set WAGTAIL_FINISH_WORKFLOW_ACTION = "{FINISH_ACTION}".',
                id="govpub.E003",
            )
        )
    if not getattr(settings, "WAGTAIL_WORKFLOW_ENABLED", True):
        found.append(
            Error(
                "Without Wagtail's workflow nobody can propose or approve anything.",
                hint="Remove WAGTAIL_WORKFLOW_ENABLED = False.",
                id="govpub.E004",
            )
        )
    return found


@register(Tags.security)
def check_files_are_asked_for(**kwargs: Any) -> list[CheckMessage]:
    """An attachment is public with its page; so somebody must be asked for it."""
    if not apps.is_installed("govpub.publishing"):
        return []
    method = getattr(settings, "WAGTAILDOCS_SERVE_METHOD", None)
    if method is None and not _is_on_disk():
        method = "redirect"  # what Wagtail does then
    if method in {None, "serve_view"}:
        return []
    return [
        Error(
            "Attachments are handed out although no public page uses them.",
            hint='Set WAGTAILDOCS_SERVE_METHOD = "serve_view".',
            id="govpub.E006",
        )
    ]


def _is_on_disk() -> bool:
    try:
        default_storage.path("file")
    except NotImplementedError:
        return False
    return True


# Keeps whole answers for a time, and asks nobody whether the page is still public.
SITE_CACHE = "django.middleware.cache.FetchFromCacheMiddleware"
RECORDS_ARE_KEPT = "govpub.publishing.middleware.RecordsAreKept"


@register(Tags.security)
def check_middleware(**kwargs: Any) -> list[CheckMessage]:
    """What stands between a reader, or an administrator, and the procedure."""
    if not apps.is_installed("govpub.publishing"):
        return []
    found: list[CheckMessage] = []
    if SITE_CACHE in settings.MIDDLEWARE:
        found.append(
            Warning(
                "Django's cache shows a page for a while after its period is over.",
                hint=f'Take "{SITE_CACHE}" out of MIDDLEWARE.',
                id="govpub.W003",
            )
        )
    if RECORDS_ARE_KEPT not in settings.MIDDLEWARE:
        found.append(
            Warning(
                "Whoever deletes what records refer to gets a server error.",
                hint=f'Add "{RECORDS_ARE_KEPT}" to the end of MIDDLEWARE.',
                id="govpub.W002",
            )
        )
    return found
