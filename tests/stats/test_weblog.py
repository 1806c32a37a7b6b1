"""Reading the lines of a web server's log."""

from __future__ import annotations

import pytest

from govpub.stats.weblog import BadLine, read_request

from .conftest import FIREFOX

LINE = (
    '203.0.113.7 - - [17/May/2015:10:05:03 +0000] "GET /a/?q=1 HTTP/1.1" 200 12 '
    f'"https://moph.go.th/x" "{FIREFOX}"\n'
)


def test_a_line_is_read_as_the_server_wrote_it():
    request = read_request(LINE.encode())
    assert request.address == "203.0.113.7"
    assert request.path == "/a/"
    assert request.at == 1431857103
    assert request.referrer == "https://moph.go.th/x"
    assert request.is_page
    assert request.is_read


@pytest.mark.parametrize(
    ("path", "page", "download"),
    [
        ("/", True, False),
        ("/a/b.html", True, False),
        ("/v1.2/", True, False),
        ("/x.PDF", False, True),
        ("/x.css", False, False),
        ("//favicon.ico", False, False),
        ("http://www.example.go.th/b", True, False),
        ("/admin/login/", False, False),
        ("/%E0%B8%81/", True, False),
    ],
)
def test_pages_and_downloads_are_told_by_their_ending(path, page, download):
    request = read_request(LINE.replace("/a/?q=1", path).encode())
    assert (request.is_page, request.is_download) == (page, download)


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\xff\xfe\n",
        LINE.replace("May", "Mai").encode(),
        LINE.replace("17/", "99/").encode(),
        LINE.replace("/a/?q=1", "http://[").encode(),
        LINE.replace(" 200 ", " twohundred ").encode(),
    ],
)
def test_what_is_no_line_is_a_bad_line(line):
    with pytest.raises(BadLine):
        read_request(line)
