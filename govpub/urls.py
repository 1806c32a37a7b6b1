"""Public addresses of the plugin; mount them at the root, before Wagtail's own."""

from __future__ import annotations

from importlib import import_module

from django.apps import apps
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = []

for _app in ("categories", "survey", "stats", "upkeep", "evidence"):
    if apps.is_installed(f"govpub.{_app}"):
        urlpatterns.append(path("", include(import_module(f"govpub.{_app}.urls"))))
