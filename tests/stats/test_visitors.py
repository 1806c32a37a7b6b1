from __future__ import annotations

import threading

from govpub.stats.bangkok import day_number
from govpub.stats.visitors import SALT_BYTES, DailySalt, SaltFile, visitor_hash

SALT = b"s" * SALT_BYTES
MIDNIGHT = 1_790_010_000 // 86400 * 86400 - 7 * 3600  # in Bangkok


def test_the_same_browser_at_the_same_address_is_one_visitor():
    assert visitor_hash(SALT, 1, "192.0.2.1", "A") == visitor_hash(
        SALT, 1, "192.0.2.1", "A"
    )


def test_address_browser_office_and_salt_all_matter():
    hashes = {
        visitor_hash(SALT, 1, "192.0.2.1", "A"),
        visitor_hash(SALT, 1, "192.0.2.2", "A"),
        visitor_hash(SALT, 1, "192.0.2.1", "B"),
        visitor_hash(SALT, 2, "192.0.2.1", "A"),
        visitor_hash(b"t" * SALT_BYTES, 1, "192.0.2.1", "A"),
    }
    assert len(hashes) == 5
    assert all(0 < number < 1 << 63 for number in hashes)


def test_a_household_has_many_ipv6_addresses_and_is_one():
    first = visitor_hash(SALT, 1, "2001:db8:1:2:aaaa::1", "A")
    assert first == visitor_hash(SALT, 1, "2001:db8:1:2:bbbb::9", "A")
    assert first != visitor_hash(SALT, 1, "2001:db8:1:3:aaaa::1", "A")


def test_an_ipv4_address_written_as_ipv6_is_the_same():
    assert visitor_hash(SALT, 1, "::ffff:192.0.2.1", "A") == visitor_hash(
        SALT, 1, "192.0.2.1", "A"
    )


def test_what_is_no_address_is_hashed_as_it_is():
    assert visitor_hash(SALT, 1, "not:an:address", "\ud800") > 0


def test_processes_share_the_salt_of_the_day(tmp_path):
    one, two = SaltFile(tmp_path), SaltFile(tmp_path)
    assert one.fetch(5) == two.fetch(5)
    assert len(one.fetch(5)) == SALT_BYTES


def test_ten_processes_that_start_at_midnight_agree(tmp_path):
    salts, barrier = [], threading.Barrier(10)

    def fetch():
        barrier.wait()
        salts.append(SaltFile(tmp_path).fetch(5))

    threads = [threading.Thread(target=fetch) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(salts)) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["salt-5"]


def test_a_new_day_has_a_new_salt_and_the_old_one_is_destroyed(tmp_path):
    file = SaltFile(tmp_path)
    old = file.fetch(5)
    assert file.fetch(6) != old
    assert [path.name for path in tmp_path.iterdir()] == ["salt-6"]
    assert old not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


def test_a_salt_is_overwritten_before_it_is_removed(tmp_path):
    file = SaltFile(tmp_path)
    old = file.fetch(5)
    held = (tmp_path / "salt-5").open("rb")
    file.destroy_before(6)
    assert held.read() == bytes(len(old))


def test_what_a_killed_process_left_of_a_salt_is_destroyed_too(tmp_path):
    (tmp_path / "salt-5.0123abcd").write_bytes(SALT)
    SaltFile(tmp_path).destroy_before(6)
    assert not list(tmp_path.iterdir())


def test_the_day_changes_at_midnight_in_bangkok():
    assert day_number(MIDNIGHT) == day_number(MIDNIGHT - 1) + 1
    assert day_number(MIDNIGHT) == day_number(MIDNIGHT + 86399)


def test_a_process_asks_for_the_salt_once_a_day():
    asked = []
    salt = DailySalt(lambda day: asked.append(day) or bytes([day % 256]))
    for moment in (MIDNIGHT - 2, MIDNIGHT - 1, MIDNIGHT, MIDNIGHT + 1):
        salt.at(moment)
    assert asked == [day_number(MIDNIGHT) - 1, day_number(MIDNIGHT)]
