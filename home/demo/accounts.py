"""The demo's accounts; made by the demo only, never by the set-up of an office."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth import get_user_model

from wagtail.models import Site

from govpub.publishing.models import Appointment, OfficeSettings
from govpub.roles import Role

PASSWORD = "govpub-demo"  # noqa: S105


@dataclass(frozen=True)
class Account:
    """A person of the demo office, named by role."""

    username: str
    name: str
    role: Role | None
    position: str = ""
    acting: bool = False
    order_number: str = ""


ACCOUNTS = (
    Account("officer", "เจ้าหน้าที่ผู้เสนอ", Role.OFFICER, "นักวิชาการสาธารณสุขชำนาญการ"),
    Account("officer2", "เจ้าหน้าที่ผู้เสนอคนที่สอง", Role.OFFICER, "เจ้าพนักงานสาธารณสุข"),
    Account("head", "หัวหน้าหน่วยงาน", Role.HEAD, "{head}"),
    Account(
        "acting_head",
        "ผู้รักษาราชการแทน",
        Role.HEAD,
        "นักวิชาการสาธารณสุขเชี่ยวชาญ รักษาราชการแทน {head}",
        acting=True,
        order_number="ที่ ๑/๒๕๗๐",
    ),
    Account("webmaster", "ผู้ดูแลเว็บไซต์", Role.WEBMASTER, "{webmaster}"),
    Account("webmaster2", "ผู้ดูแลเว็บไซต์คนที่สอง", Role.WEBMASTER, "{webmaster}"),
    Account("inspector", "ผู้ตรวจสอบ", Role.INSPECTOR, "{head}"),
    Account("admin", "ผู้ดูแลระบบ", None),
)
USERNAMES = tuple(account.username for account in ACCOUNTS)


def ensure_accounts(site: Site) -> None:
    """Make the accounts that do not exist, with their appointments."""
    office = OfficeSettings.for_site(site)
    titles = {"head": office.head_title, "webmaster": office.webmaster_title}
    for account in ACCOUNTS:
        user, created = get_user_model().objects.get_or_create(
            username=account.username,
            defaults={
                "first_name": account.name,
                "email": f"{account.username}@example.com",
                "is_superuser": account.role is None,
                "is_staff": account.role is None,
            },
        )
        if not created:
            continue
        user.set_password(PASSWORD)
        user.save()
        if account.role:
            Appointment.objects.create(
                site=site,
                user=user,
                role=account.role,
                position=account.position.format(**titles),
                unit=office.name,
                acting=account.acting,
                order_number=account.order_number,
            )
