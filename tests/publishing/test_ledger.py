"""The ledger: whoever changes, removes or exchanges a record is found out."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from govpub.publishing import procedure
from govpub.publishing.ledger import append, faults
from govpub.publishing.models import Act, LedgerEntry, LedgerHead, Round
from tests.drafts import draft_news, published_news

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(office, people):
    """An office with six records: two items that went through the procedure."""
    # Without those of its appointments and rules, so that the numbers are small.
    sql("DELETE FROM govpub_publishing_ledgerentry")
    sql("DELETE FROM govpub_publishing_ledgerhead")
    for _ in range(2):
        published_news(office, people)
    assert LedgerEntry.objects.filter(site=office).count() == 6
    return office


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def entry(site, sequence):
    return LedgerEntry.objects.get(site=site, sequence=sequence)


def found(site):
    return [(fault.sequence, fault.problem) for fault in faults(site)]


def verify(*arguments):
    out = StringIO()
    try:
        call_command("govpub_verify", *arguments, stdout=out, stderr=out)
    except SystemExit as end:
        return end.code, out.getvalue()
    return 0, out.getvalue()


def test_an_untouched_ledger_is_without_fault(kept):
    code, text = verify()
    assert code == 0
    assert "6" in text
    assert LedgerHead.objects.get(site=kept).hash[:12] in text


def test_each_act_is_recorded_with_all_it_says(kept, people):
    data = entry(kept, 3).data
    act = Act.objects.get(ledger_entry=entry(kept, 3))
    assert data["outcome"] == "put_up"
    assert data["person"] == "webmaster"
    assert data["position"] == "position of webmaster"
    assert data["request"] == "1/" + str(act.round.request.fiscal_year)
    assert data["digest"] == act.round.digest
    assert data["details"]["checks"] == dict.fromkeys(
        ("accurate", "complete", "current"), True
    )


def test_a_record_is_only_ever_added(kept):
    record = entry(kept, 2)
    with pytest.raises(TypeError):
        record.save()
    with pytest.raises(TypeError):
        record.delete()
    with pytest.raises(TypeError):
        LedgerEntry.objects.update(action="x")
    with pytest.raises(TypeError):
        LedgerEntry.objects.all().delete()


@pytest.mark.parametrize(
    "change",
    [
        "action = 'x'",
        "data = '{}'",
        "hash = repeat('0', 64)",
        "at = '2020-01-01 00:00'",
    ],
)
def test_a_changed_record_is_named(kept, change):
    if connection.vendor == "sqlite":
        change = change.replace("repeat('0', 64)", "'0'")
    sql(
        f"UPDATE govpub_publishing_ledgerentry SET {change} WHERE id = %s",  # noqa: S608
        entry(kept, 4).pk,
    )
    (fault,) = found(kept)
    assert fault[0] == 4
    code, text = verify("--site", kept.hostname)
    assert code == 1
    assert "4" in text


@pytest.mark.parametrize("sequence", [1, 3, 6])
def test_a_removed_record_is_missed(kept, sequence):
    sql(
        "DELETE FROM govpub_publishing_ledgerentry WHERE id = %s",
        entry(kept, sequence).pk,
    )
    assert found(kept)[0][0] == sequence
    assert verify()[0] == 1


def test_a_removed_tail_is_missed(kept):
    sql("DELETE FROM govpub_publishing_ledgerentry WHERE sequence > 3")
    assert found(kept)[0][0] == 4


def test_a_removed_ledger_is_missed(kept):
    sql("DELETE FROM govpub_publishing_ledgerentry")
    sql("DELETE FROM govpub_publishing_ledgerhead")
    assert len(found(kept)) == 6
    assert verify()[0] == 1


def test_records_in_another_order_are_named(kept):
    third, fourth = entry(kept, 3).pk, entry(kept, 4).pk
    table = "UPDATE govpub_publishing_ledgerentry SET sequence = %s WHERE id = %s"
    for sequence, key in ((99, third), (3, fourth), (4, third)):
        sql(table, sequence, key)
    (fault,) = found(kept)
    assert fault[0] == 3
    assert "ตำแหน่ง" in fault[1] or "place" in fault[1]


def test_a_forged_record_that_fits_in_itself_breaks_the_next(kept):
    """Its own fingerprint was made anew; the record after it remembers the old one."""
    forged = entry(kept, 4)
    forged.data = {**forged.data, "words": "ปลอม"}
    sql(
        "UPDATE govpub_publishing_ledgerentry SET data = %s, hash = %s WHERE id = %s",
        json.dumps(forged.data),
        forged.fingerprint(),
        forged.pk,
    )
    assert [sequence for sequence, _ in found(kept)] == [4, 5]


@pytest.mark.parametrize(
    "change", [{"person": "คนอื่น"}, {"words": "x"}, {"acting": True}, {"details": {}}]
)
def test_an_act_that_was_changed_is_named(kept, change):
    act = Act.objects.get(ledger_entry=entry(kept, 3))
    Act.objects.filter(pk=act.pk).update(**change)
    ((sequence, problem),) = found(kept)
    assert sequence == 3
    assert next(iter(change)) in problem
    assert act.round.request.code in problem
    assert verify()[0] == 1


def test_a_round_that_was_changed_is_named(kept):
    Round.objects.filter(pk=Round.objects.first().pk).update(form={"topic": "อื่น"})
    assert [sequence for sequence, _ in found(kept)] == [1, 2, 3]


def test_an_act_past_the_procedure_has_no_record(kept):
    act = Act.objects.first()
    act.pk = None
    act.save()
    assert [sequence for sequence, _ in found(kept)] == [0]


def test_each_office_has_a_ledger_of_its_own(kept, second_office):
    append(second_office, "x", {})
    sql("DELETE FROM govpub_publishing_ledgerentry WHERE site_id = %s", kept.pk)
    assert found(kept)
    assert found(second_office) == []
    assert verify("--site", second_office.hostname)[0] == 0
    assert verify()[0] == 1


def test_an_unknown_office_is_told(office):
    with pytest.raises(CommandError):
        call_command("govpub_verify", "--site", "nowhere.example")


def test_deleting_a_person_leaves_the_ledger_whole(office, people):
    request = procedure.propose(draft_news(office, people.officer), by=people.officer)
    Act.objects.update(user=None)
    assert request.acts.get().user is None
    assert found(office) == []


@pytest.mark.parametrize("words", ["ก\0ข", "ก\ud800ข"])
def test_words_no_database_can_keep_are_refused(office, people, words):
    request = procedure.propose(draft_news(office, people.officer), by=people.officer)
    with pytest.raises(procedure.ProcedureError):
        procedure.refuse(request, by=people.head, words=words)
    request.refresh_from_db()
    assert request.status == "proposed"
    assert LedgerEntry.objects.filter(action="act").count() == 1
