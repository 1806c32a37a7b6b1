"""The site's own addresses; what is not there is said in one word, to save time."""

from __future__ import annotations

from django.http import HttpResponseNotFound

from config.urls import urlpatterns

__all__ = ["handler404", "urlpatterns"]


def handler404(request, exception=None):
    return HttpResponseNotFound(b"nothing")
