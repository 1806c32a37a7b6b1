"""Before a proposal and before its approval: has personal data been considered?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from wagtail.documents import get_document_model
from wagtail.models import Page, Site

from govpub.publishing.content import attached_files, canonical
from govpub.publishing.exceptions import ProcedureError
from govpub.publishing.file_text import text_of
from govpub.publishing.models import OfficeSettings, Round
from govpub.publishing.personal_data import Finding, PersonalData, find
from govpub.publishing.review_notices import ReviewNotice
from govpub.thai.text import is_blank

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# Keys of serialised content that hold no words.
_NO_WORDS = frozenset({"id", "pk", "slug", "type", "translation_key"})
_CONTACTS = frozenset({PersonalData.PHONE, PersonalData.EMAIL})
SHOWN = 5


def findings(draft: Page, office: Site | None) -> list[Finding]:
    """What looks like personal data in the page and in its documents' text.

    On pages that are there to tell whom to call, telephone numbers and e-mail
    addresses of the page itself are left out.
    """
    known = _known(office)
    text = "\n".join(_words(canonical(draft.serializable_data())))
    found = find(text, known)
    if draft.publishes_contacts:
        found = [finding for finding in found if finding.kind not in _CONTACTS]
    documents = get_document_model()
    for file in attached_files(draft):
        if isinstance(file, documents):
            found += find(text_of(file).text, known, file=file.title)
    return found


def _known(office: Site | None) -> list[str]:
    """The office's own numbers and addresses, which everybody is to know."""
    if office is None:
        return []
    own = OfficeSettings.for_site(office)
    return [
        part.strip()
        for value in (own.phone, own.fax, own.email)
        for part in re.split(r"[,;/\n]", value)
    ]


def _words(value: Any, key: str = "") -> Iterator[str]:
    """Every text in serialised content, without marks and keys."""
    if key in _NO_WORDS:
        return
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _words(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from _words(part, key)
    elif isinstance(value, str):
        yield strip_tags(value)


def why_not_considered(draft: Page, office: Site | None) -> str:
    """What the officer has to do about personal data; empty if nothing is left."""
    if not is_blank(draft.personal_data_reason):
        return ""
    found = findings(draft, office)
    if not found:
        return ""
    return _(
        "This looks like personal data: %(places)s. Take it out, or write why it must "
        "be published."
    ) % {"places": "; ".join(in_words(found))}


def in_words(found: Sequence[Finding]) -> list[str]:
    """One line for each place, and how many more there are."""
    lines = [_line(finding) for finding in found[:SHOWN]]
    if len(found) > SHOWN:
        lines.append(_("and %(count)s more") % {"count": len(found) - SHOWN})
    return lines


def _line(finding: Finding) -> str:
    what = f"{PersonalData(finding.kind).label} {finding.masked}"
    if not finding.file:
        return what
    return _("%(what)s in “%(file)s”") % {"what": what, "file": finding.file}


# --- With the proposal, for the head --------------------------------------------


def frozen_findings(draft: Page, office: Site | None) -> list[dict[str, str]]:
    """The findings as plain data, to be frozen with the round."""
    return [
        {"kind": str(found.kind), "masked": found.masked, "file": found.file}
        for found in findings(draft, office)
    ]


def require_considered(round_: Round) -> None:
    """The head allows no personal data for which nobody gave a reason."""
    form = round_.form
    if "personal_data" not in form or not form["personal_data"]:
        return
    if is_blank(form.get("personal_data_reason") or ""):
        raise ProcedureError(_("It contains personal data without a reason."))


def notice_personal_data(
    user: User, rounds: Sequence[Round]
) -> dict[int, list[ReviewNotice]]:
    """Above a decision: what looks like personal data, and the officer's reason."""
    notices = {}
    for round_ in rounds:
        found = [Finding(**data) for data in round_.form.get("personal_data", [])]
        if not found:
            continue
        reason = _("Reason given: %(reason)s") % {
            "reason": round_.form.get("personal_data_reason", "")
        }
        notices[round_.pk] = [
            ReviewNotice(
                _("It looks as if it contains personal data."),
                [*in_words(found), reason],
                serious=True,
            )
        ]
    return notices
