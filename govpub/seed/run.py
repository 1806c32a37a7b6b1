"""Set up one office: everything it needs before the first proposal.

Idempotent: looks for what is there, makes what is missing, and never overwrites what
people have changed. Other apps (the ready site's home page, say) join by the hook
``register_govpub_setup``: ``(site) -> str``, the string saying what was done.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from wagtail import hooks
from wagtail.models import Site

from govpub.conf import conf
from govpub.seed.groups import ensure_groups, ensure_rights
from govpub.seed.office import ensure_office, ensure_procedure_steps
from govpub.seed.workflow import ensure_workflow
from govpub.thai.dates import FiscalYear


@transaction.atomic
def set_up(site: Site) -> list[str]:
    """Set the office up; returns one line for each thing that was done."""
    return [line for line in _steps(site) if line]


def _steps(site: Site) -> Iterator[str]:
    for join in hooks.get_hooks("register_govpub_setup"):
        yield join(site)
    # A step before may have given the site another front page.
    site.refresh_from_db()
    office = ensure_office(site)
    yield _("Office: %(name)s") % {"name": office.name}
    if steps := ensure_procedure_steps(site):
        yield _("Steps of the procedure written: %(count)s") % {"count": steps}
    if groups := ensure_groups(site):
        yield _("Groups made: %(count)s") % {"count": groups}
    for line in ensure_rights(site):
        yield _("New rights: %(rights)s") % {"rights": line}
    if ensure_workflow(site):
        yield _("The workflow with its two decisions was made.")
    ensure_robot()
    yield from _optional_steps(site)


def _optional_steps(site: Site) -> Iterator[str]:
    if apps.is_installed("govpub.categories"):
        from govpub.categories.setup import ensure_responsibilities, ensure_tree
        from govpub.categories.translations import ensure_languages

        if languages := ensure_languages():
            yield _("Languages made: %(count)s") % {"count": languages}

        if pages := ensure_tree(site):
            yield _("Pages of categories and topics made: %(count)s") % {"count": pages}
        if rows := ensure_responsibilities(site, FiscalYear.current().be):
            yield _("Rows of the responsibility table written: %(count)s") % {
                "count": rows
            }
    if apps.is_installed("govpub.categories") and apps.is_installed("govpub.upkeep"):
        from govpub.categories.retention import SUGGESTIONS
        from govpub.upkeep.setup import ensure_retention

        if rows := ensure_retention(site, SUGGESTIONS):
            yield _("Rows of the retention table written: %(count)s") % {"count": rows}
    if apps.is_installed("govpub.upkeep"):
        from govpub.upkeep.setup import ensure_rules

        if dates := ensure_rules(site):
            yield _("Assessment dates written: %(count)s") % {"count": dates}
    if apps.is_installed("govpub.survey"):
        from govpub.survey.setup import ensure_survey

        if ensure_survey(site):
            yield _("Questions of the satisfaction survey made.")


def ensure_robot() -> User:
    """The user in whose name the scheduler acts; nobody can log in with it."""
    users = get_user_model()
    robot, created = users.objects.get_or_create(
        username=conf.ROBOT_USERNAME,
        defaults={"first_name": "ระบบตั้งเวลา", "is_active": True},
    )
    if created:
        robot.set_unusable_password()
        robot.save()
    return robot
