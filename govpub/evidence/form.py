"""The official request form of a round, as plain data ready to be shown or printed.

Made from the frozen record only: the round's form and files and the recorded acts.
The words are the form's own, in Thai; dates in the Buddhist Era and Thai digits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import segno
from django.utils.translation import override

from govpub.evidence.codes import code_of
from govpub.evidence.digits import as_written
from govpub.publishing.enums import Outcome, Step
from govpub.publishing.frozen import paper_of
from govpub.publishing.models import Act, Round, RoundFile, Signing
from govpub.thai.dates import thai_date, thai_datetime
from govpub.thai.digits import official_digits, to_thai_digits
from govpub.thai.text import is_blank

NONE = "ไม่มี"
ACTING = "รักษาราชการแทน"
DECIDED = {Outcome.ALLOWED: "อนุญาตเผยแพร่", Outcome.REFUSED: "ไม่อนุญาต"}


@dataclass(frozen=True)
class FormFile:
    """A file attached to the form: its title, type and size, and its fingerprint."""

    title: str
    kind: str
    digest: str


@dataclass(frozen=True)
class SignatureBlock:
    """One signature of the form; empty where nobody has signed yet.

    ``signed`` says when it was signed electronically; ``picture`` names a
    private picture of the signature, only on the office's own copy.
    """

    title: str
    name: str = ""
    position: str = ""
    day: str = ""
    signed: str = ""
    decision: str = ""
    picture: str = ""


@dataclass(frozen=True)
class RequestForm:
    """Everything that stands on the form, in its order."""

    heading: list[str]
    box_title: str
    unit: str
    day: str
    topic: str
    summary: str
    files: list[FormFile]
    external_link: str
    remark: str
    giver: SignatureBlock
    approver: SignatureBlock
    uploader: SignatureBlock
    number: str = ""
    round: str = ""
    category: str = ""
    period: str = ""
    digest: str = ""
    code: str = ""
    address: str = ""
    blank: bool = False

    def as_data(self) -> dict[str, Any]:
        return asdict(self)


def request_form(
    round_: Round,
    *,
    by_hand: bool = False,
    pictures: Mapping[int, str] | None = None,
) -> RequestForm:
    """The form of a round as it stands now.

    ``by_hand`` leaves dotted lines to be signed; ``pictures`` are the names of the
    private pictures of signatures by the key of the act, for the office's own copy.
    """
    paper = paper_of(round_.form, round_.request)
    return as_written(paper, "form", in_thai_digits(round_, by_hand, pictures or {}))


def in_thai_digits(
    round_: Round, by_hand: bool, pictures: Mapping[int, str]
) -> RequestForm:
    """The form before the office's choice of digits; other papers take from it."""
    with override("th"):
        return _request_form(round_, by_hand, pictures)


def _request_form(
    round_: Round, by_hand: bool, pictures: Mapping[int, str]
) -> RequestForm:
    request, form = round_.request, round_.form
    paper = paper_of(form, request)
    by_hand = by_hand or paper["signing"] == Signing.DOTTED
    acts = {act.step: act for act in round_.acts.all()}
    code = code_of(round_)
    address = f"{paper['website']}/verify/{code}/"

    def block(title: str, step: Step) -> SignatureBlock:
        act = acts.get(step)
        if act is None:
            spoken = acts.get(Step.VERBAL) if step == Step.CONSIDER else None
            return SignatureBlock(paper[title], decision=_spoken(spoken))
        return _signed(paper, title, act, by_hand, pictures.get(act.pk, ""))

    return RequestForm(
        heading=[official_digits(line) for line in paper["heading"]],
        box_title=official_digits(paper["box_title"]),
        unit=_text(form.get("unit") or paper["office"]),
        day=_day(form.get("document_date")) or NONE,
        topic=_text(form.get("topic")),
        summary=_text(form.get("summary")),
        files=[_file(file) for file in round_.files.order_by("pk")],
        external_link=form.get("external_link") or NONE,
        remark=_text(form.get("remark")),
        giver=block("giver_title", Step.PROPOSE),
        approver=block("approver_title", Step.CONSIDER),
        uploader=block("uploader_title", Step.PUT_UP),
        number=to_thai_digits(request.code),
        round=to_thai_digits(round_.number),
        category=official_digits(paper["category"]),
        period=_period(form),
        digest=round_.digest,
        code=code,
        address=address,
    )


def blank_form(paper: Mapping[str, Any]) -> RequestForm:
    """The form to print and fill in by hand."""
    form = RequestForm(
        heading=[official_digits(line) for line in paper["heading"]],
        box_title=official_digits(paper["box_title"]),
        unit="",
        day="",
        topic="",
        summary="",
        files=[],
        external_link="",
        remark="",
        giver=SignatureBlock(paper["giver_title"]),
        approver=SignatureBlock(paper["approver_title"]),
        uploader=SignatureBlock(paper["uploader_title"]),
        blank=True,
    )
    return as_written(paper, "form", form)


def _signed(
    paper: Mapping[str, Any], title: str, act: Act, by_hand: bool, picture: str
) -> SignatureBlock:
    position = act.position
    if act.acting and ACTING not in position:
        position = f"{position} {ACTING}{paper['head_title']}"
    decision = DECIDED.get(Outcome(act.outcome), "")
    if act.outcome == Outcome.REFUSED:
        decision = f"{decision} (เหตุผล) {act.words}"
    return SignatureBlock(
        title=paper[title],
        name=act.person,
        position=official_digits(position),
        day="" if by_hand else thai_date(act.at, digits="thai", era=True),
        signed="" if by_hand else f"ลงนามทางอิเล็กทรอนิกส์เมื่อ {_moment(act)}",
        decision=official_digits(decision),
        picture="" if by_hand else picture,
    )


def _spoken(act: Act | None) -> str:
    """What the paper says of a permission by word of mouth, not yet signed for."""
    if act is None:
        return ""
    said = act.details
    given_at = thai_datetime(act.given_at, digits="thai")
    return official_digits(
        f"อนุญาตทางวาจา โดย {said['given_by']} {said['given_by_position']} "
        f"เมื่อ {given_at} บันทึกโดย {act.person} (รอยืนยันเป็นลายลักษณ์อักษร)"
    )


def _moment(act: Act) -> str:
    return thai_datetime(act.at, digits="thai")


def _file(file: RoundFile) -> FormFile:
    kind = " ".join(filter(None, [file.kind, _size(file.size)]))
    return FormFile(official_digits(file.title), kind, file.digest)


def _size(octets: int | None) -> str:
    if octets is None:
        return ""
    if octets < 1024 * 1024:
        return to_thai_digits(f"{max(octets / 1024, 0.1):.1f}") + " KB"
    return to_thai_digits(f"{octets / 1024 / 1024:.1f}") + " MB"


def _text(value: str | None) -> str:
    """What was written, with the digits of official paper; ไม่มี where nothing was."""
    return NONE if is_blank(value) else official_digits(value or "")


def _day(iso: str | None) -> str:
    return thai_date(date.fromisoformat(iso), digits="thai") if iso else ""


def _period(form: Mapping[str, Any]) -> str:
    begin, end = _day(form.get("publish_from")), _day(form.get("publish_until"))
    begin = f"ตั้งแต่วันที่ {begin}" if begin else "ตั้งแต่วันที่ได้รับอนุญาต"
    return f"{begin} {f'ถึงวันที่ {end}' if end else 'ไม่มีกำหนดสิ้นสุด'}"


def qr_code(address: str) -> str:
    """The address as a QR code, SVG without colours or scripts of its own."""
    code = segno.make(address, error="m", micro=False)
    return code.svg_inline(border=2, omitsize=True, svgclass=None, lineclass=None)
