"""A site that hands out its media without asking, as Django's tutorial does."""

from __future__ import annotations

from django.urls import re_path
from django.views.static import serve

urlpatterns = [
    re_path(r"^media/(?P<path>.*)$", serve, {"document_root": "/nowhere"}),
]
