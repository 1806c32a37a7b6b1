"""The papers of a round as PDF: the request form and the memo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from govpub.evidence.digits import in_arabic
from govpub.evidence.emblem import as_svg, clean_picture, emblem_picture
from govpub.evidence.form import RequestForm, blank_form, qr_code, request_form
from govpub.evidence.memo import memo
from govpub.evidence.models import SignaturePicture
from govpub.evidence.store import drawn
from govpub.publishing.frozen import paper_of
from govpub.publishing.models import Act, FormWords, Round

SIGNED_STEPS = ("propose", "consider", "put_up")


def form_pdf(
    round_: Round, *, by_hand: bool = False, office_copy: bool = False
) -> bytes:
    """The request form. Only the office's copy shows private pictures of signatures."""
    pictures = _pictures(round_) if office_copy and not by_hand else {}
    form = request_form(
        round_,
        by_hand=by_hand,
        pictures={act: picture.name for act, picture in pictures.items()},
    )
    return _form(
        form,
        paper_of(round_.form, round_.request),
        at=_last_change(round_),
        pictures=pictures.values(),
    )


def memo_pdf(round_: Round, *, by_hand: bool = False) -> bytes:
    """The memo with the head's decision block, for the office's files."""
    paper = paper_of(round_.form, round_.request)
    drawings = {}
    if emblem := emblem_picture(paper):
        drawings["emblem"] = as_svg(emblem)
    data = memo(round_, by_hand=by_hand).as_data() | {
        "arabic": in_arabic(paper, "memo")
    }
    return drawn("memo", data, at=_last_change(round_), pictures=drawings)


def blank_form_pdf(words: FormWords, at: datetime) -> bytes:
    """The form of a fiscal year, to print and fill in by hand."""
    paper = words.frozen()
    return _form(blank_form(paper), paper, at=at)


def _form(
    form: RequestForm,
    paper: Mapping[str, Any],
    *,
    at: datetime,
    pictures: Iterable[SignaturePicture] = (),
) -> bytes:
    drawings = {
        picture.name: as_svg(clean_picture(picture.file)) for picture in pictures
    }
    if form.address:
        drawings["qr"] = qr_code(form.address)
    data = form.as_data()
    data |= {"author": paper["office"], "arabic": in_arabic(paper, "form")}
    return drawn("form", data, at=at, pictures=drawings)


def _pictures(round_: Round) -> dict[int, SignaturePicture]:
    acts = round_.acts.filter(step__in=SIGNED_STEPS)
    return SignaturePicture.objects.of_acts(acts)


def _last_change(round_: Round) -> datetime:
    """When the last signature that the form shows was given."""
    act: Act | None = round_.acts.filter(step__in=SIGNED_STEPS).last()
    return act.at if act else round_.proposed_at
