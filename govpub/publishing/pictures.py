"""Pictures are kept without what a camera writes into them: place, time, owner."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image, ImageOps

from wagtail.images import get_image_model

# Formats in which Pillow writes what it reads without loss that could be seen.
_FORMATS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 92, "optimize": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 92, "method": 4},
}
# What Pillow calls the parts that carry such data.
_CARRIERS = ("exif", "xmp", "photoshop", "comment", "XML:com.adobe.xmp")


def remove_metadata(sender: type[Any], instance: Any, **kwargs: Any) -> None:
    """Before a new picture is saved: keep the picture, drop what is said of it.

    It is turned first as the camera said. A picture without such data, and a kind
    that carries none, is kept byte by byte.
    """
    if not issubclass(sender, get_image_model()) or instance.file._committed:
        return
    cleaned = without_metadata(instance.file.file)
    if cleaned is not None:
        instance.file.file = ContentFile(cleaned, name=instance.file.name)
        instance.file_size = len(cleaned)


def without_metadata(file: Any) -> bytes | None:
    """The picture without metadata; ``None`` when it has none to remove."""
    file.seek(0)
    with Image.open(file) as picture:
        options = _FORMATS.get(picture.format or "")
        carries = picture.getexif() or any(key in picture.info for key in _CARRIERS)
        animated = getattr(picture, "is_animated", False)
        if options is None or not carries or animated:
            file.seek(0)
            return None
        upright = ImageOps.exif_transpose(picture)
        colours = {
            key: picture.info[key]
            for key in ("icc_profile", "transparency")
            if key in picture.info
        }
        upright.info = {}
        stream = BytesIO()
        upright.save(stream, picture.format, **options, **colours)
    file.seek(0)
    return stream.getvalue()
