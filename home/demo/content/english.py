"""A few pages in English, each the translation of one in Thai."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from govpub.categories.enums import TimeUnit
from home.demo.content.general import CONTACT
from home.demo.content.manuals import REQUEST_INFORMATION
from home.demo.content.news import VACCINE
from home.demo.item import Bullets, Heading, Item, Picture
from home.demo.story import PUBLISHED

OFFICE = "Mueang Samut Prakan District Public Health Office"


def _in_english(thai: Item, **texts: Any) -> Item:
    """The item with everything that is words written anew."""
    return replace(
        thai,
        translation_of=thai,
        source=f"{OFFICE} (sample data)",
        remark="Sample data that shows how the system works; all figures are made up.",
        story=PUBLISHED,
        **texts,
    )


ITEMS = (
    _in_english(
        CONTACT,
        title="How to contact the office and tell us your opinion",
        summary="Address, telephone, fax, e-mail, office hours, map and complaints",
        unit="General administration",
        own={
            **CONTACT.own,
            "address": f"{OFFICE}\nMueang Samut Prakan District, Samut Prakan",
            "hours": "Monday to Friday 8.30 – 16.30, closed on public holidays",
            "feedback": "The survey on this website, the box in front of the office, "
            "or e-mail to office@example.com",
        },
        body=("The office answers a complaint within 15 working days.",),
    ),
    _in_english(
        REQUEST_INFORMATION,
        title="Requesting official information",
        summary="Information that is not on the website yet, under the Official "
        "Information Act B.E. 2540",
        unit="General administration",
        own={
            "channel": "Service point, first floor, in office hours; or e-mail to "
            "office@example.com",
            "fee": "Copy A4 1 baht a page, certified copy 5 baht more",
            "legal_basis": "Official Information Act B.E. 2540",
        },
        rows={
            "steps": (
                {
                    "name": "Hand in the request; papers are checked",
                    "time": 10,
                    "unit": TimeUnit.MINUTE,
                    "responsible": "Service point",
                },
                {
                    "name": "Search and consideration",
                    "time": 14,
                    "unit": TimeUnit.DAY,
                    "responsible": "Owner of the information",
                },
                {
                    "name": "Answer and copies",
                    "time": 1,
                    "unit": TimeUnit.DAY,
                    "responsible": "Service point",
                },
            )
        },
        body=(
            Heading("Documents needed"),
            Bullets(("Request form", "Identity card (shown, not copied)")),
        ),
        files=(),
    ),
    _in_english(
        VACCINE,
        title="Free influenza vaccination for groups at risk",
        summary="Every Wednesday 8.30 – 15.00 at the health promoting hospital of your "
        "sub-district; bring your identity card, no appointment needed",
        unit="Health promotion and disease prevention",
        body=(
            "Seven groups at risk are vaccinated free of charge while stocks last.",
            Heading("Before you come"),
            Bullets(
                (
                    "No fever or sudden illness on the day of the vaccination",
                    "Tell us of allergies to medicine, food or vaccines",
                    "Stay for 30 minutes afterwards",
                )
            ),
        ),
        picture=Picture("vaccine.jpg", "Drawing of a syringe with green vaccine"),
    ),
)
