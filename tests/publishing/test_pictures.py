"""A picture is kept without what the camera wrote into it."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image

from wagtail.images import get_image_model
from wagtail.models import Collection

pytestmark = pytest.mark.django_db

ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825


def camera_picture(kind="JPEG", *, turned=6):
    """Forty wide and twenty high as stored, with place, maker and orientation."""
    picture = Image.new("RGB", (40, 20), "teal")
    exif = picture.getexif()
    exif[ORIENTATION] = turned
    exif[MAKE] = "a camera"
    exif.get_ifd(GPS).update({1: "N", 2: (13.0, 45.0, 0.0)})
    stream = BytesIO()
    picture.save(stream, kind, exif=exif)
    return stream.getvalue()


def upload(client, name, content):
    return client.post(
        reverse("wagtailimages:add"),
        {
            "title": "ภาพ",
            "file": ContentFile(content, name=name),
            "collection": Collection.get_first_root_node().pk,
        },
    )


@pytest.mark.parametrize(
    ("kind", "name"), [("JPEG", "a.jpg"), ("PNG", "a.png"), ("WEBP", "a.webp")]
)
def test_an_uploaded_picture_has_no_metadata(client, people, kind, name):
    client.force_login(people.superuser)
    assert Image.open(BytesIO(camera_picture(kind))).getexif()
    upload(client, name, camera_picture(kind))
    stored = get_image_model().objects.get()
    with stored.file.open() as file:
        content = file.read()
    kept = Image.open(BytesIO(content))
    assert not kept.getexif()
    assert b"a camera" not in content
    assert kept.size == (20, 40)  # turned as the camera said
    assert (stored.width, stored.height) == (20, 40)
    assert stored.file_size == len(content)


def test_a_picture_without_metadata_is_kept_byte_by_byte(client, people):
    client.force_login(people.superuser)
    stream = BytesIO()
    Image.new("RGB", (4, 4), "red").save(stream, "PNG")
    upload(client, "a.png", stream.getvalue())
    with get_image_model().objects.get().file.open() as file:
        assert file.read() == stream.getvalue()


def test_transparency_survives(client, people):
    client.force_login(people.superuser)
    picture = Image.new("RGBA", (4, 4), (255, 0, 0, 0))
    exif = picture.getexif()
    exif[MAKE] = "a camera"
    stream = BytesIO()
    picture.save(stream, "PNG", exif=exif)
    upload(client, "a.png", stream.getvalue())
    with get_image_model().objects.get().file.open() as file:
        kept = Image.open(BytesIO(file.read()))
    assert not kept.getexif()
    assert kept.getpixel((0, 0)) == (255, 0, 0, 0)


def test_what_is_no_picture_is_told(client, people):
    client.force_login(people.superuser)
    answer = upload(client, "a.jpg", b"not a picture")
    assert answer.status_code == 200
    assert not get_image_model().objects.exists()
