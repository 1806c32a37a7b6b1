from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from govpub.evidence import admin_urls
from govpub.evidence.account import SignaturePanel
from govpub.evidence.board_gaps import fill_gap
from govpub.evidence.pack_jobs import pack_job
from govpub.evidence.permissions import reads_any
from govpub.evidence.register_admin import RegisterAdmin
from govpub.evidence.sections import item_footer, notice_link
from govpub.evidence.tables import ChecklistTable, FormWordsTable
from govpub.publishing.models import PublicationRequest
from govpub.publishing.permissions import signed_in

hooks.register("register_govpub_item_footer", item_footer, order=-10)

hooks.register("register_govpub_notice_link", notice_link)
hooks.register("register_govpub_job", pack_job)
hooks.register("after_create_page", fill_gap)

evidence_menu = Menu(register_hook_name="register_govpub_evidence_menu_item")


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLResolver]:
    return [path("govpub/evidence/", include(admin_urls))]


@hooks.register("register_admin_viewset")
def register_form_words() -> FormWordsTable:
    return FormWordsTable("govpub_form_words")


@hooks.register("register_admin_viewset")
def register_checklists() -> ChecklistTable:
    return ChecklistTable("govpub_checklists")


@hooks.register("register_account_settings_panel")
def register_signature_panel(
    request: HttpRequest, user: User, profile: Any
) -> SignaturePanel:
    return SignaturePanel(request, user, profile)


class EvidenceMenuItem(SubmenuMenuItem):
    """For everybody who holds a role at some office."""

    def is_shown(self, request: HttpRequest) -> bool:
        return reads_any(signed_in(request)) and super().is_shown(request)


@hooks.register("register_admin_menu_item")
def register_evidence_menu() -> MenuItem:
    return EvidenceMenuItem(
        _("Evidence"),
        evidence_menu,
        name="govpub-evidence",
        icon_name="folder-open-inverse",
        order=60,
    )


RegisterAdmin().register_with_wagtail()


def add_to_menu(label: Any, address: str, name: str, icon: str, order: int) -> None:
    """One more entry of the menu of the evidence; ``address`` is the name of one."""

    @hooks.register("register_govpub_evidence_menu_item")
    def item() -> MenuItem:
        return MenuItem(
            label, reverse(address), name=f"govpub-{name}", icon_name=icon, order=order
        )


EVIDENCE = "govpub_evidence_admin"
add_to_menu(
    _("Register of requests"),
    "govpub_register_modeladmin_index",
    "register",
    "list-ol",
    100,
)
add_to_menu(_("Assessment board"), f"{EVIDENCE}:board", "board", "tasks", 200)
add_to_menu(
    _("Supervision report"), f"{EVIDENCE}:supervision", "supervision", "doc-full", 300
)
add_to_menu(_("Evidence packs"), f"{EVIDENCE}:packs", "packs", "download", 400)
add_to_menu(
    _("Blank request form"), f"{EVIDENCE}:blank", "blank-form", "doc-empty", 900
)


@hooks.register("register_govpub_request_action")
def offer_papers(user: User, request: PublicationRequest) -> list[dict[str, str]]:
    """The papers of the newest round, for everybody who may see the request."""
    round_ = request.current_round
    form = reverse("govpub_evidence_admin:form", args=[round_.pk])
    memo = reverse("govpub_evidence_admin:memo", args=[round_.pk])
    page = reverse("govpub_evidence_admin:print", args=[round_.pk])
    return [
        {"url": form, "label": _now("Request form (PDF)")},
        {"url": memo, "label": _now("Memo (PDF)")},
        {"url": f"{form}?sign=hand", "label": _now("Request form to sign by hand")},
        {"url": f"{memo}?sign=hand", "label": _now("Memo to sign by hand")},
        {"url": page, "label": _now("Request form as a page to print")},
    ]
