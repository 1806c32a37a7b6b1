"""Pictures on paper: the office's emblem, and how typst is given the dots of one."""

from __future__ import annotations

import io
import struct
from base64 import b64encode
from collections.abc import Mapping
from typing import Any

from PIL import Image

from wagtail.images import get_image_model

from govpub.publishing.content import file_digest
from govpub.publishing.exceptions import ContentChanged


def emblem_picture(paper: Mapping[str, Any]) -> bytes | None:
    """The office's emblem (PNG); nothing if it is gone or not what was frozen."""
    image = get_image_model().objects.filter(pk=paper["emblem"]).first()
    if image is None:
        return None
    try:
        now = file_digest(image)
    except ContentChanged:
        return None
    return clean_picture(image.file) if now == paper.get("emblem_digest", now) else None


def clean_picture(file: Any) -> bytes:
    """The dots of a picture file as PNG, without anything else that it carried."""
    with file.open("rb") as stream, Image.open(stream) as image:
        clean = io.BytesIO()
        image.convert("RGBA").save(clean, "PNG")
    return clean.getvalue()


def as_svg(picture: bytes) -> str:
    """A PNG inside an SVG, because JSON carries only text."""
    width, height = struct.unpack(">II", picture[16:24])  # where PNG keeps its size
    dots = b64encode(picture).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" '
        f'href="data:image/png;base64,{dots}"/></svg>'
    )
