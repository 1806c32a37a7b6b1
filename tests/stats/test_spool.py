from __future__ import annotations

import contextlib
import errno
import multiprocessing
import os
import signal
import sys
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govpub.stats import spool as spool_module
from govpub.stats.hits import (
    DamagedLine,
    Event,
    Hit,
    from_line,
    one_line,
    search_term,
    to_line,
)
from govpub.stats.spool import Spool, SpoolFull, read_lines, remove_if_abandoned

AT = 1_790_000_000
HIT = Hit(AT, 3, Event.VIEW, "/ข่าว/", 9, 2**62, "mobile", "th", "TH", "moph.go.th", 1)


def spool_in(path, room=64 << 20):
    return Spool(path, room, "node")


def test_a_line_gives_back_its_hit():
    assert from_line(to_line(HIT).rstrip(b"\n")) == HIT


@given(st.text())
def test_any_text_fits_in_one_line(text):
    hit = HIT._replace(key=one_line(text))
    line = to_line(hit)
    assert line.count(b"\n") == 1
    assert from_line(line[:-1]) == hit


@given(st.integers(0, len(to_line(HIT)) - 2))
def test_a_torn_line_is_damaged_alone_and_in_front_of_another(length):
    torn = to_line(HIT)[:length]
    with pytest.raises(DamagedLine):
        from_line(torn)
    if torn:
        with pytest.raises(DamagedLine):
            from_line(torn + to_line(HIT)[:-1])


@given(st.binary(max_size=200))
def test_rubbish_is_damaged_or_a_sane_hit_but_no_other_error(line):
    with contextlib.suppress(DamagedLine):
        from_line(line)


def test_a_search_term_is_one_spelling_of_the_question():
    assert search_term("  Budget\t 2567 ") == "budget 2567"


@pytest.mark.parametrize(
    "typed", ["1-2345-67890-12-3", "0812345678", "somchai@example.go.th"]
)
def test_a_search_that_names_a_person_is_not_kept(typed):
    assert search_term(typed) == "…"


def test_lines_are_read_once_from_where_the_last_reading_ended(tmp_path):
    spool = spool_in(tmp_path)
    spool.append(b"one\n")
    (path,) = spool.segments()
    assert read_lines(path, 0, 1000) == ([b"one"], 4)
    spool.append(b"two\n")
    assert read_lines(path, 4, 1000) == ([b"two"], 8)


def test_threads_that_begin_together_are_all_kept(tmp_path):
    spool, barrier, refused = spool_in(tmp_path), threading.Barrier(16), []

    def append():
        barrier.wait()
        try:
            spool.append(b"x\n")
        except OSError as refusal:
            refused.append(refusal)

    threads = [threading.Thread(target=append) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not refused
    assert sum(len(read_lines(path, 0, 99)[0]) for path in spool.segments()) == 16


def test_half_a_line_waits_for_its_other_half(tmp_path):
    path = tmp_path / "x.hits"
    path.write_bytes(b"one\ntw")
    assert read_lines(path, 0, 1000) == ([b"one"], 4)


def test_a_removed_segment_has_no_lines(tmp_path):
    assert read_lines(tmp_path / "gone.hits", 7, 1000) == ([], 7)


def test_a_full_segment_is_followed_by_another(tmp_path, monkeypatch):
    monkeypatch.setattr(spool_module, "SEGMENT_BYTES", 10)
    spool = spool_in(tmp_path)
    for _ in range(6):
        spool.append(b"four\n")
    assert len(spool.segments()) == 3
    assert spool.size() == 30


def test_a_living_writers_segment_is_never_removed(tmp_path):
    spool = spool_in(tmp_path)
    spool.append(b"one\n")
    (path,) = spool.segments()
    assert not remove_if_abandoned(path, 4)
    spool.append(b"two\n")
    assert read_lines(path, 0, 1000)[0] == [b"one", b"two"]


def test_an_abandoned_segment_is_removed_once_it_is_read(tmp_path):
    spool = spool_in(tmp_path)
    spool.append(b"one\n")
    (path,) = spool.segments()
    del spool
    assert not remove_if_abandoned(path, 0)
    assert remove_if_abandoned(path, 4)
    assert not path.exists()


def test_a_torn_tail_does_not_keep_a_segment(tmp_path):
    path = tmp_path / "x.hits"
    path.write_bytes(b"one\ntw")
    assert remove_if_abandoned(path, 4)


def test_the_spool_stops_at_its_room_and_goes_on_when_there_is_room(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(spool_module, "SEGMENT_BYTES", 10)
    monkeypatch.setattr(spool_module, "RETRY_SECONDS", 0)
    spool = spool_in(tmp_path, room=20)
    for _ in range(4):
        spool.append(b"four\n")
    with pytest.raises(SpoolFull):
        spool.append(b"four\n")
    spool.segments()[0].unlink()
    spool.append(b"four\n")


def test_after_a_refusal_the_disk_is_left_alone_for_a_while(tmp_path):
    (tmp_path / "file").write_text("where the folder should be")
    spool = spool_in(tmp_path / "file" / "spool")
    with pytest.raises(NotADirectoryError):
        spool.append(b"x\n")
    with pytest.raises(SpoolFull):
        spool.append(b"x\n")


def test_nothing_is_written_behind_a_line_that_a_full_disk_tore(tmp_path, monkeypatch):
    spool = spool_in(tmp_path)
    spool.append(b"one\n")
    segment = spool._segment
    monkeypatch.setattr(type(segment), "write", lambda self, line: len(line) - 1)
    with pytest.raises(OSError, match="disk is full"):
        spool.append(b"two\n")
    monkeypatch.undo()
    spool.append(b"three\n")
    assert len(spool.segments()) == 2


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full (Linux)")
def test_a_really_full_disk_is_an_os_error():
    segment = spool_module.Segment.__new__(spool_module.Segment)
    spool_module.FileIO.__init__(segment, "/dev/full", "wb")
    segment.written = 0
    with pytest.raises(OSError, match="No space") as refusal:
        segment.append(b"x\n")
    assert refusal.value.errno == errno.ENOSPC


def _write_for_ever(directory, ready):
    spool = spool_in(directory)
    for number in range(10**9):
        spool.append(b"%d\n" % number)
        ready.value = number + 1


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of Unix")
def test_killing_the_writer_loses_nothing_that_was_appended(tmp_path):
    context = multiprocessing.get_context("fork")
    done = context.Value("l", 0)
    process = context.Process(target=_write_for_ever, args=(tmp_path, done))
    process.start()
    while done.value < 1000:
        pass
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    (path,) = spool_in(tmp_path).segments()
    lines, end = read_lines(path, 0, 1 << 30)
    assert [int(line) for line in lines] == list(range(len(lines)))
    assert done.value <= len(lines) <= done.value + 1
    assert remove_if_abandoned(path, end)


def _append_many(directory, name):
    spool = spool_in(directory)
    for number in range(2000):
        spool.append(b"%s %d\n" % (name, number))


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
def test_processes_and_drainer_together_lose_and_double_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(spool_module, "SEGMENT_BYTES", 4096)
    context = multiprocessing.get_context("fork")
    writers = [
        context.Process(target=_append_many, args=(tmp_path, b"w%d" % i))
        for i in range(4)
    ]
    for writer in writers:
        writer.start()
    offsets, seen = {}, []
    reader = spool_in(tmp_path)
    while any(w.is_alive() for w in writers) or reader.segments():
        for path in reader.segments():
            lines, offsets[path] = read_lines(path, offsets.get(path, 0), 5000)
            seen += lines
            remove_if_abandoned(path, offsets[path])
    assert len(seen) == len(set(seen)) == 8000
