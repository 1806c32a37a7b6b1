"""The papers of a round as PDF: the request form and the memo."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from datetime import datetime

from PIL import Image

from govpub.evidence.form import RequestForm, blank_form, qr_code, request_form
from govpub.evidence.models import SignaturePicture
from govpub.evidence.store import drawn
from govpub.publishing.frozen import paper_of
from govpub.publishing.models import Act, FormWords, PublicationRequest, Round

SIGNED_STEPS = ("propose", "consider", "put_up")


def form_pdf(
    round_: Round, *, by_hand: bool = False, office_copy: bool = False
) -> bytes:
    """The request form. Only the office's copy shows private pictures of signatures."""
    pictures = _pictures(round_) if office_copy and not by_hand else {}
    form = request_form(
        round_,
        by_hand=by_hand,
        pictures={act: picture.digest for act, picture in pictures.items()},
    )
    return _form(
        form,
        author=paper_of(round_.form, round_.request)["office"],
        at=_last_change(round_),
        pictures=pictures.values(),
    )


def blank_form_pdf(words: FormWords, at: datetime) -> bytes:
    """The form of a fiscal year, to print and fill in by hand."""
    paper = words.frozen()
    return _form(blank_form(paper), author=paper["office"], at=at)


def published_round(request: PublicationRequest) -> Round:
    """The round by which the information was put on the website."""
    return request.current_round


def _form(
    form: RequestForm,
    *,
    author: str,
    at: datetime,
    pictures: Iterable[SignaturePicture] = (),
) -> bytes:
    drawings = {picture.digest: _as_svg(picture) for picture in pictures}
    if form.address:
        drawings["qr"] = qr_code(form.address)
    data = {**form.as_data(), "author": author}
    return drawn("form", data, at=at, pictures=drawings)


def _pictures(round_: Round) -> dict[int, SignaturePicture]:
    acts = round_.acts.filter(step__in=SIGNED_STEPS)
    return SignaturePicture.objects.of_acts(acts)


def _last_change(round_: Round) -> datetime:
    """When the last signature that the form shows was given."""
    act: Act | None = round_.acts.filter(step__in=SIGNED_STEPS).last()
    return act.at if act else round_.proposed_at


def _as_svg(picture: SignaturePicture) -> str:
    """The dots of the picture inside an SVG, because JSON carries only text."""
    with picture.file.open("rb") as stream:
        dots = b64encode(stream.read()).decode()
    width, height = _size(picture)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" '
        f'href="data:image/png;base64,{dots}"/></svg>'
    )


def _size(picture: SignaturePicture) -> tuple[int, int]:
    with picture.file.open("rb") as stream, Image.open(stream) as image:
        return image.size
