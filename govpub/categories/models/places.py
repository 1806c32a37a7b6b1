from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldRowPanel, MultiFieldPanel
from wagtail.images import get_image_model_string

from govpub.categories.enums import Category, GeneralTopic
from govpub.thai.text import is_blank

from .item import ItemPage


class PlaceMixin(models.Model):
    """Where something is: coordinates, a map of one's own, a link to a map.

    No map is fetched from elsewhere: the picture is the office's, the link is a link.
    """

    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("In degrees, e.g. 13.599100."),
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text=_("In degrees, e.g. 100.596800."),
    )
    map_link = models.URLField(_("link to a map"), max_length=500, blank=True)
    map_picture = models.ForeignKey(
        get_image_model_string(),
        on_delete=models.SET_NULL,  # what was proposed keeps it by its round
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("map drawn by the office"),
    )
    map_alternative = models.CharField(
        _("the map in words"),
        max_length=500,
        blank=True,
        help_text=_("How to find the place, for people who cannot see the map."),
    )

    place_panels = (
        MultiFieldPanel(
            [
                FieldRowPanel(["latitude", "longitude"]),
                "map_link",
                "map_picture",
                "map_alternative",
            ],
            heading=_("Map"),
        ),
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if (self.latitude is None) != (self.longitude is None):
            raise ValidationError(
                {"longitude": _now("Write both coordinates, or neither.")}
            )

    @property
    def has_coordinates(self) -> bool:
        return self.latitude is not None and self.longitude is not None

    @property
    def coordinates(self) -> str:
        """``13.599100, 100.596800``, as maps take them."""
        return f"{self.latitude}, {self.longitude}" if self.has_coordinates else ""

    @property
    def geo_uri(self) -> str:
        """An address that a telephone opens in its own map."""
        if not self.has_coordinates:
            return ""
        return f"geo:{self.latitude},{self.longitude}"

    def place_errors(self) -> dict[str, str]:
        """What is missing for people to find the place."""
        errors = {}
        if not (self.has_coordinates or self.map_link or self.map_picture):
            errors["map_link"] = _now("Give coordinates, a link to a map, or a map.")
        if self.map_picture and is_blank(self.map_alternative):
            errors["map_alternative"] = _now("Describe the map in words.")
        return errors


class LocationPage(PlaceMixin, ItemPage):  # type: ignore[django-manager-missing] # noqa: DJ008
    """Category 1, topic 9: where the office is and how one gets there."""

    category = Category.GENERAL
    topic = GeneralTopic.LOCATION
    may_have_no_end = True
    parent_page_types = ["govpub_categories.TopicPage"]
    details_template = "govpub/categories/details/location.html"
    shown_with = ("locale", "map_picture")

    own_panels = PlaceMixin.place_panels

    class Meta:
        verbose_name = _("location map")
        verbose_name_plural = _("location maps")

    def own_form_errors(self) -> dict[str, str]:
        return super().own_form_errors() | self.place_errors()


class ContactPage(PlaceMixin, ItemPage):  # type: ignore[django-manager-missing] # noqa: DJ008
    """Category 1, topic 10: address, telephone, fax, e-mail and map of the office."""

    category = Category.GENERAL
    topic = GeneralTopic.CONTACT
    may_have_no_end = True
    publishes_contacts = True
    parent_page_types = ["govpub_categories.TopicPage"]
    details_template = "govpub/categories/details/contact.html"
    shown_with = ("locale", "map_picture")

    address = models.TextField(_("address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=255, blank=True)
    fax = models.CharField(
        _("fax"),
        max_length=100,
        blank=True,
        help_text=_("Write “none” if the office has none."),
    )
    email = models.EmailField(_("e-mail"), blank=True)
    hours = models.CharField(_("office hours"), max_length=255, blank=True)
    feedback = models.TextField(_("where to send opinions and complaints"), blank=True)

    own_panels = (
        "address",
        FieldRowPanel(["phone", "fax"]),
        FieldRowPanel(["email", "hours"]),
        "feedback",
        *PlaceMixin.place_panels,
    )

    class Meta:
        verbose_name = _("contact channels")
        verbose_name_plural = _("contact channels")

    def own_form_errors(self) -> dict[str, str]:
        """Five of five, as the assessment of transparency counts."""
        errors = super().own_form_errors() | self.place_errors()
        for name, message in (
            ("address", _now("Write the address.")),
            ("phone", _now("Write the telephone number.")),
            ("fax", _now("Write the fax number, or that there is none.")),
            ("email", _now("Write the e-mail address.")),
        ):
            if is_blank(getattr(self, name)):
                errors[name] = message
        return errors
