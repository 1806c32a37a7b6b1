"""Every letter there is, in Thai: whatever happens, nobody is written to in English."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core import mail
from django.utils import timezone

import wagtail.admin

from govpub.publishing import notices, reminders
from govpub.publishing.enums import Outcome, Step
from govpub.publishing.letters import Letter
from govpub.publishing.models import Act, OutboxMail, PublicationRequest
from govpub.publishing.models.reminder import ReminderKind
from govpub.upkeep import jobs, low_ratings
from govpub.upkeep import reminders as digests
from govpub.upkeep.models import Correction, DueFailure, Verification
from tests.drafts import published_news
from tests.thai.latin import Reader

pytestmark = pytest.mark.django_db
NOTIFICATIONS = (
    Path(wagtail.admin.__file__).parent / "templates/wagtailadmin/notifications"
)


@pytest.fixture
def request_(office, people):
    page = published_news(office, people, title="ประกาศ")
    return PublicationRequest.objects.get(page=page.pk)


def english_of(letters: dict[str, Letter]) -> dict[str, list[str]]:
    reader = Reader()
    found = {
        name: sorted(reader.english(f"{letter.subject}\n{letter.body}"))
        for name, letter in letters.items()
    }
    return {name: words for name, words in found.items() if words}


def test_every_act_that_is_told_is_told_in_thai(request_):
    told = sorted({*notices.TO_ROLE, *notices.TO_OFFICER})
    assert len(told) > 15
    letters = {}
    for outcome in told:
        act = Act(
            round=request_.current_round,
            step=Step.CONSIDER,
            outcome=outcome,
            person="officer",
            at=timezone.now(),
            words="เหตุผล",
        )
        letters[Outcome(outcome).name] = notices._letter(request_, act)
    assert english_of(letters) == {}


def test_every_reminder_is_in_thai(request_):
    letters = {}
    for status in reminders.TURN_OF:
        request_.status = status
        request_.due_at = timezone.now()
        for kind in ReminderKind:
            letters[f"{status} {kind}"] = reminders._letter(request_, kind)
    assert len(letters) >= 9
    assert english_of(letters) == {}


def test_everything_about_upkeep_is_in_thai(request_):
    failure = DueFailure(
        request=request_, error="ValueError: x", attempts=3, last_at=timezone.now()
    )
    verification = Verification(request=request_)
    correction = Correction(request=request_, verification=verification)
    duties = digests.Duties([request_], [request_], [correction])
    request_.verify_by = timezone.localdate()
    letters = {
        "failure": jobs._letter(request_, failure),
        "low rating": low_ratings._letter(request_, SimpleNamespace(n=12, mean=2.4)),
        "digest": digests._letter(duties, date(2026, 11, 24)),
    }
    assert english_of(letters) == {}


def test_what_is_really_written_is_in_thai(request_):
    letters = {
        f"{row.pk} {row.subject}": Letter(row.subject, row.body)
        for row in OutboxMail.objects.all()
    }
    assert len(letters) >= 3
    assert english_of(letters) == {}


def test_a_new_password_is_offered_in_thai(client, people):
    people.officer.set_password("old-password-9")
    people.officer.save()
    answer = client.post(
        "/admin/password_reset/",
        {"email": people.officer.email},
        HTTP_HOST="testserver",
    )
    assert answer.status_code == 302
    (message,) = mail.outbox
    assert english_of({"new password": Letter(message.subject, message.body)}) == {}


def test_wagtails_own_letters_say_nothing_but_what_is_translated():
    """Whatever stands in them outside the marks of the template language is English."""
    letters = sorted(NOTIFICATIONS.glob("*.txt"))
    assert len(letters) > 15
    # "#tab-notifications" is a part of an address.
    marks = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}|#tab-\w+", re.DOTALL)
    trans = re.compile(r"{%\s*blocktrans.*?{%\s*endblocktrans\w*\s*%}", re.DOTALL)
    written = {
        path.name: re.findall(
            "[A-Za-z]{2,}", marks.sub(" ", trans.sub(" ", path.read_text()))
        )
        for path in letters
    }
    assert {name: words for name, words in written.items() if words} == {}
