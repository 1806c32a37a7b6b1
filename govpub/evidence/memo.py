"""The memo (บันทึกข้อความ) that asks for permission, with the head's decision block."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import override

from govpub.evidence.digits import as_written
from govpub.evidence.form import RequestForm, SignatureBlock, in_thai_digits
from govpub.publishing.enums import Outcome, Step
from govpub.publishing.frozen import paper_of
from govpub.publishing.models import Act, Round, Signing
from govpub.thai.digits import official_digits


@dataclass(frozen=True)
class Decision:
    """The head's block: which boxes are ticked, the reasons, who signed."""

    title: str
    acknowledged: bool
    allowed: bool
    refused: bool
    reasons: str
    signature: SignatureBlock


@dataclass(frozen=True)
class Memo:
    """Everything that stands on the memo, in its order."""

    office: str
    phone: str
    number: str
    day: str
    subject: str
    to: str
    body: str
    request: str
    officer: SignatureBlock
    decision: Decision
    code: str

    def as_data(self) -> dict[str, Any]:
        return asdict(self)


def memo(round_: Round, *, by_hand: bool = False) -> Memo:
    """The memo of a round as it stands now; ``by_hand`` leaves it to be signed."""
    paper = paper_of(round_.form, round_.request)
    by_hand = by_hand or paper["signing"] == Signing.DOTTED
    form = in_thai_digits(round_, by_hand, {})
    with override("th"):
        act = None if by_hand else round_.acts.filter(step=Step.CONSIDER).last()
        composed = Memo(
            office=official_digits(paper["office"]),
            phone=official_digits(paper["phone"]),
            number=official_digits(paper["memo_number"]),
            day=form.day,
            subject=f"ขออนุญาตเผยแพร่ข้อมูลผ่านเว็บไซต์ของ{official_digits(paper['office'])}",
            to=official_digits(paper["memo_to"]),
            body=_body(form, paper),
            request=f"{form.number} ครั้งที่ {form.round}",
            officer=form.giver,
            decision=_decision(form, paper, act),
            code=form.code,
        )
    return as_written(paper, "memo", composed)


def _body(form: RequestForm, paper: dict[str, Any]) -> str:
    address = f" ที่อยู่ {paper['address']}" if paper["address"] else ""
    return (
        f"ด้วย {form.unit} มีความประสงค์ขอเผยแพร่ข้อมูล เรื่อง “{form.topic}” "
        f"ในหมวด {form.category} ผ่านเว็บไซต์ของ{official_digits(paper['office'])}"
        f"{address} {form.period} รายละเอียดปรากฏตามแบบฟอร์มการขอเผยแพร่ข้อมูล "
        f"เลขที่ {form.number} ครั้งที่ {form.round} ที่แนบมาพร้อมนี้"
    )


def _decision(form: RequestForm, paper: dict[str, Any], act: Act | None) -> Decision:
    refused = act is not None and act.outcome == Outcome.REFUSED
    return Decision(
        title=f"ความเห็น{official_digits(paper['memo_to'])}",
        acknowledged=act is not None and act.acknowledged,
        allowed=act is not None and act.outcome == Outcome.ALLOWED,
        refused=refused,
        reasons=official_digits(act.words) if act and refused else "",
        signature=form.approver,
    )
