"""Addresses of the ready-to-run site."""

from __future__ import annotations

from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from govpub.publishing.media import serve_picture
from home.views import display_preferences

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    # Only pictures have an address of their own, and only while a public page uses
    # them; documents go through their view.
    path("media/<path:name>", serve_picture),
    # Both only set a cookie that the reader asked for, hence no CSRF token.
    path("i18n/setlang/", csrf_exempt(set_language), name="set_language"),
    path("display/", display_preferences, name="display_preferences"),
    path("", include("home.urls")),
    path("", include("govpub.urls")),
    path("", include(wagtail_urls)),
]
