"""Hands a file to the public, by the server in front where that offers it.

Named by ``SENDFILE_BACKEND``; Wagtail's view of documents uses it too. Whether the file
may be seen was decided before. A cache may keep it, but must ask each time: after a
take-down the answer is another.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from wagtail.utils import sendfile_streaming_backend

from govpub.conf import conf

NGINX = "X-Accel-Redirect"


def sendfile(
    request: HttpRequest, filename: str, mimetype: str = "", **kwargs: Any
) -> HttpResponseBase:
    """The response for a file below ``MEDIA_ROOT``."""
    header = conf.SENDFILE_HEADER
    response: HttpResponseBase
    if header:
        response = HttpResponse(content_type=mimetype)
        response[header] = _address(filename) if header == NGINX else filename
    else:
        response = sendfile_streaming_backend.sendfile(
            request, filename, mimetype=mimetype, **kwargs
        )
    response["Cache-Control"] = "no-cache"
    return response


def _address(filename: str) -> str:
    below = Path(filename).resolve().relative_to(Path(settings.MEDIA_ROOT).resolve())
    return conf.SENDFILE_URL.rstrip("/") + "/" + quote(below.as_posix())
