"""Pictures of an item with their sizes, in one query however many they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects

from wagtail.images import get_image_model


def fetch_renditions(images: Iterable[Any], *specs: str) -> None:
    """Give each image (``None`` is passed over) what is made of it in these sizes.

    ``{% image %}`` then finds them there; it makes those that are still missing.
    """
    present = [image for image in images if image is not None]
    model = get_image_model().get_rendition_model()
    renditions = model.objects.filter(filter_spec__in=specs)
    prefetch_related_objects(
        present,
        Prefetch("renditions", queryset=renditions, to_attr="prefetched_renditions"),
    )
