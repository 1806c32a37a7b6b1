"""Countries are counted only when the operator gave a database that knows them."""

from __future__ import annotations

import ipaddress
import struct

import pytest
from django.http import HttpResponse
from django.urls import path

from govpub.stats import countries
from govpub.stats.countries import country_of
from govpub.stats.models import Kind, Subject


def hello(request):
    return HttpResponse("<p>hello")


urlpatterns = [path("hello/", hello)]


def text(value):
    return bytes([0x40 | len(value)]) + value.encode()


def unsigned(value):
    return b"\xa2" + struct.pack(">H", value)


def unsigned32(value):
    return b"\xc4" + struct.pack(">I", value)


def unsigned64(value):
    return b"\x08\x02" + struct.pack(">Q", value)


def mapping(**items):
    return bytes([0xE0 | len(items)]) + b"".join(
        text(key) + value for key, value in items.items()
    )


def database(path, network, code):
    """The smallest file of MaxMind's format: one network and its country."""
    network = ipaddress.ip_network(network)
    bits = [int(network[0]) >> (31 - n) & 1 for n in range(network.prefixlen)]
    count, nothing = len(bits), len(bits)
    tree = b""
    for number, bit in enumerate(bits):
        onward = number + 1 if number + 1 < count else count + 16
        left, right = (nothing, onward) if bit else (onward, nothing)
        tree += left.to_bytes(3, "big") + right.to_bytes(3, "big")
    data = mapping(country=mapping(iso_code=text(code)))
    metadata = mapping(
        node_count=unsigned32(count),
        record_size=unsigned(24),
        ip_version=unsigned(4),
        database_type=text("Test"),
        languages=bytes([0x00, 0x04]),
        binary_format_major_version=unsigned(2),
        binary_format_minor_version=unsigned(0),
        build_epoch=unsigned64(1),
        description=mapping(),
    )
    path.write_bytes(tree + bytes(16) + data + b"\xab\xcd\xefMaxMind.com" + metadata)


@pytest.fixture
def known(tmp_path, settings):
    pytest.importorskip("maxminddb", reason="the package maxminddb is not installed")
    database(tmp_path / "country.mmdb", "203.0.113.0/24", "TH")
    settings.GOVPUB_STATS_COUNTRY_DB = str(tmp_path / "country.mmdb")
    yield
    countries._database.cache_clear()


def test_without_a_database_no_country_is_known():
    assert country_of("203.0.113.7") == ""


@pytest.mark.parametrize(
    ("address", "country"),
    [("203.0.113.7", "TH"), ("198.51.100.1", ""), ("unknown", ""), ("", "")],
)
def test_the_database_is_asked(known, address, country):
    assert country_of(address) == country


@pytest.mark.django_db
def test_a_country_is_counted(known, person, drain, count_of, office, settings):
    settings.ROOT_URLCONF = __name__
    person(address="203.0.113.7").reads("/hello/")
    person(address="198.51.100.7").reads("/hello/")
    drain()
    assert count_of(Kind.COUNTRY, "TH") == (1, 0)


@pytest.mark.django_db
def test_without_a_database_none_is_counted(person, drain, office, settings):
    settings.ROOT_URLCONF = __name__
    person().reads("/hello/")
    drain()
    assert not Subject.objects.filter(kind=Kind.COUNTRY).exists()
