"""Pictures under the media address: each only while something public uses it."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from wagtail.images import get_image_model
from wagtail.utils.sendfile import sendfile

from govpub.publishing import front_server, serving


@require_safe
def serve_picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """A picture or a rendition of one; whatever else lies there has no address."""
    file = _file_of(name)
    if file is None:
        raise Http404
    serving.refuse_private_file(getattr(file, "image", file), request)
    try:
        path = file.file.path
    except NotImplementedError:  # a storage without a file system
        response: HttpResponseBase = FileResponse(file.file)
        response["Cache-Control"] = "no-cache"
    else:
        response = sendfile(request, path, backend=front_server.sendfile)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _file_of(name: str) -> Any:
    """The picture or rendition whose bytes lie under this name."""
    if "\0" in name:
        return None
    image = get_image_model()
    renditions = image.get_rendition_model().objects.select_related("image")
    rendition = renditions.filter(file=name).first()
    return rendition or image.objects.filter(file=name).first()
