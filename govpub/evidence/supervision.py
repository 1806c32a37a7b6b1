"""The supervision report (รายงานผลการกำกับติดตาม): counted from the records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import override

from wagtail import hooks
from wagtail.models import Page, Site

from govpub.categories.enums import Category, LinkState
from govpub.categories.models.link_check import LinkCheck
from govpub.evidence.digits import as_written, in_arabic
from govpub.evidence.emblem import as_svg, emblem_picture
from govpub.evidence.models import SupervisionReport
from govpub.evidence.register import entries
from govpub.evidence.store import TEMPLATES
from govpub.pdf.typesetting import typeset
from govpub.publishing.enums import Outcome
from govpub.publishing.models import Act, FormWords, PublicationRequest
from govpub.publishing.times import step_times
from govpub.thai.dates import BANGKOK, thai_date
from govpub.thai.digits import official_digits, to_thai_digits
from govpub.upkeep.findings import speaks_of_broken_link
from govpub.upkeep.models import Verification

TITLE = "รายงานผลการกำกับติดตามการเผยแพร่ข้อมูลต่อสาธารณะผ่านเว็บไซต์ของหน่วยงาน"
NONE = "ไม่มี"


@dataclass(frozen=True)
class Table:
    """One table of the report: its title, the names of its columns, its rows."""

    title: str
    head: list[str]
    rows: list[list[str]]


@dataclass(frozen=True)
class Report:
    """Everything that stands in the report and its covering memo."""

    title: str
    office: str
    period: str
    day: str
    memo_number: str
    memo_to: str
    phone: str
    subject: str
    covering: list[str]
    tables: list[Table]
    problems: str
    suggestions: str
    reporter: str
    position: str
    head_title: str

    def as_data(self) -> dict[str, Any]:
        return asdict(self)


def report_of(words: SupervisionReport, today: date | None = None) -> Report:
    """The report as the records stand; ``today`` dates it."""
    today = today or timezone.localdate()
    with override("th"):
        paper = paper_words(words)
        office = official_digits(paper["office"])
        period = official_digits(words.period_label)
        begin, end = words.days
        report = Report(
            title=TITLE,
            office=office,
            period=period,
            day=thai_date(today, digits="thai"),
            memo_number=official_digits(paper["memo_number"]),
            memo_to=official_digits(paper["memo_to"]),
            phone=official_digits(paper["phone"]),
            subject=f"ขออนุญาตเผยแพร่{TITLE} {period}",
            covering=_covering(office, period),
            tables=[*_counted(words.site, begin, end, today)],
            problems=official_digits(words.problems) or NONE,
            suggestions=official_digits(words.suggestions) or NONE,
            reporter=official_digits(words.reporter),
            position=official_digits(words.position),
            head_title=official_digits(paper["head_title"]),
        )
    return as_written(paper, "report", report)


def paper_words(words: SupervisionReport) -> dict[str, Any]:
    """What stands on the papers of the office in the year of the report."""
    return FormWords.of_year(words.site, words.fiscal_year).frozen()


def _covering(office: str, period: str) -> list[str]:
    """The text of the covering memo."""
    return [
        f"ตามที่{office} ได้กำหนดมาตรการการเผยแพร่ข้อมูลต่อสาธารณะผ่านเว็บไซต์ของหน่วยงาน "
        f"บัดนี้ได้จัดทำ{TITLE} {period} เรียบร้อยแล้ว รายละเอียดตามรายงานที่แนบ",
        "จึงเรียนมาเพื่อโปรดทราบ และพิจารณาอนุญาตให้เผยแพร่รายงานดังกล่าวผ่านเว็บไซต์ของหน่วยงาน",
    ]


def report_pdf(words: SupervisionReport, at: datetime | None = None) -> bytes:
    """Covering memo and report as PDF, dated ``at`` (default: now)."""
    at = at or timezone.now()
    data = report_of(words, timezone.localdate(at)).as_data()
    paper = paper_words(words)
    data["arabic"] = in_arabic(paper, "report")
    emblem = emblem_picture(paper)
    pictures = {"emblem": as_svg(emblem)} if emblem else {}
    return typeset(TEMPLATES / "supervision.typ", data, at=at, pictures=pictures)


def _counted(site: Site, begin: date, end: date, today: date) -> Iterable[Table]:
    yield _requests(site, begin, end)
    yield _times(site, begin, end)
    yield _upkeep(site, begin, end, today)
    for give in hooks.get_hooks("register_govpub_evidence"):
        title, rows = give(site, begin, end)
        written = [
            [official_digits(name), official_digits(said)] for name, said in rows
        ]
        yield Table(title, ["รายการ", "ผล"], written or [[NONE, ""]])


def _between(begin: date, end: date) -> tuple[datetime, datetime]:
    after = end + timedelta(days=1)
    return (
        datetime.combine(begin, time.min, BANGKOK),
        datetime.combine(after, time.min, BANGKOK),
    )


def _requests(site: Site, begin: date, end: date) -> Table:
    """The requests opened in these days, by category and decision."""
    first, after = _between(begin, end)
    found = PublicationRequest.objects.filter(
        site=site, opened_at__gte=first, opened_at__lt=after
    ).order_by("number")
    columns = (Outcome.ALLOWED, Outcome.REFUSED)
    counted = {int(number): [0, 0, 0, 0] for number in Category}
    for line in entries(found):
        row = counted.setdefault(line.category or 0, [0, 0, 0, 0])
        row[0] += 1
        place = [
            number
            for number, outcome in enumerate(columns, start=1)
            if line.outcome == str(outcome.label)
        ]
        row[place[0] if place else 3] += 1
    rows = [[_category(number), *map(str, row)] for number, row in counted.items()]
    together = [str(sum(column)) for column in zip(*counted.values(), strict=True)]
    head = ["หมวด", "คำขอ", "อนุญาต", "ไม่อนุญาต", "อื่น ๆ"]
    return Table("คำขอเผยแพร่", head, _thai([*rows, ["รวม", *together]]))


def _category(number: int) -> str:
    return f"{number}. {Category(number).official_title}" if number else "อื่น ๆ"


def _times(site: Site, begin: date, end: date) -> Table:
    rows = [
        [
            str(found.label),
            str(found.count),
            "–" if found.target is None else str(found.target),
            _number(found.median_working),
            _number(found.median_elapsed),
            _number(found.within_working),
        ]
        for found in step_times(site, begin, end)
    ]
    head = [
        "ขั้นตอน",
        "ครั้ง",
        "กำหนด (นาที)",
        "มัธยฐานเวลาราชการ (นาที)",
        "มัธยฐานเวลาจริง (นาที)",
        "ภายในกำหนด (ร้อยละ)",
    ]
    return Table("เวลาที่ใช้ในแต่ละขั้นตอน", head, _thai(rows))


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"


def _upkeep(site: Site, begin: date, end: date, today: date) -> Table:
    """Verified, found wrong, taken down on time or late, overdue, broken links."""
    first, after = _between(begin, end)
    looks = Verification.objects.filter(
        request__site=site, act__at__gte=first, act__at__lt=after
    )
    wrong = Q(accurate=False) | Q(complete=False) | Q(current=False)
    sums = looks.aggregate(all=Count("pk"), wrong=Count("pk", filter=wrong))
    links = [look for look in looks.only("findings") if _has_broken_link(look)]
    due = PublicationRequest.objects.filter(
        site=site, published_at__isnull=False, publish_until__range=(begin, end)
    )
    over = due.filter(publish_until__lt=today)
    still = over.filter(status="published").count()
    down = Act.objects.filter(
        round__request__in=over.values("pk"), outcome=Outcome.TAKEN_DOWN
    ).select_related("round__request")
    on_time = sum(_on_time(act) for act in down)
    rows = [
        ["การตรวจสอบความถูกต้อง ครบถ้วน เป็นปัจจุบัน (ครั้ง)", str(sums["all"])],
        ["พบข้อมูลที่ต้องแก้ไข (ครั้ง)", str(sums["wrong"])],
        ["พบลิงก์ที่เปิดไม่ได้ขณะตรวจสอบ (ครั้ง)", str(len(links))],
        [
            "ลิงก์ไปเว็บไซต์อื่นที่เปิดไม่ได้ ณ วันจัดทำรายงาน (ลิงก์)",
            str(_broken_abroad(site)),
        ],
        ["ข้อมูลที่ครบระยะเวลาการเผยแพร่ (เรื่อง)", str(over.count())],
        ["นำข้อมูลลงภายในวันถัดจากวันสุดท้าย (เรื่อง)", str(on_time)],
        ["นำข้อมูลลงล่าช้า (เรื่อง)", str(down.count() - on_time)],
        ["ครบระยะเวลาแล้วยังไม่ได้บันทึกการนำลง (เรื่อง)", str(still)],
    ]
    return Table("การตรวจสอบและการนำข้อมูลลง", ["รายการ", "จำนวน"], _thai(rows))


def _has_broken_link(look: Verification) -> bool:
    return any(speaks_of_broken_link(str(finding)) for finding in look.findings)


def _broken_abroad(site: Site) -> int:
    """How many links of the office's items to other websites are broken now."""
    items = Page.objects.descendant_of(site.root_page)
    broken = LinkCheck.objects.filter(state=LinkState.BROKEN)
    return broken.filter(item__in=items.values("pk")).count()


def _on_time(act: Act) -> bool:
    """On the day after the last one at the latest."""
    until = act.round.request.publish_until
    return until is None or timezone.localdate(act.at) <= until + timedelta(days=1)


def _thai(rows: list[list[str]]) -> list[list[str]]:
    return [[official_digits(row[0]), *map(to_thai_digits, row[1:])] for row in rows]
