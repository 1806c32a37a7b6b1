"""Asks a website whether an address is still there, as a polite visitor would.

First HEAD, and GET only where HEAD is not answered well; one request at a time, with a
limit of time, and never to an address inside the office's own network.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

TIMEOUT = 10  # seconds for each request
MOST_REDIRECTS = 5
AGENT = "govpub link check"
# Some servers refuse HEAD with these although the page is there.
ASK_AGAIN = {400, 403, 404, 405, 406, 429, 500, 501, 503}
REDIRECTS = {301, 302, 303, 307, 308}
# The server is there and says so: the address is not dead, only not for us.
NOT_FOR_US = {401, 403, 429}


@dataclass(frozen=True)
class Answer:
    """Whether an address answers, and in a few words what it said."""

    alive: bool
    words: str


def probe(address: str) -> Answer:
    """Whether ``address`` is there; whatever goes wrong is an answer, not an error."""
    try:
        status = _status("HEAD", address)
        if status in ASK_AGAIN:
            status = _status("GET", address)
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Answer(False, f"{type(error).__name__}: {error}"[:255])
    return Answer(status < 400 or status in NOT_FOR_US, f"HTTP {status}")


def _status(method: str, address: str) -> int:
    """The status at the end of the redirects; ``ValueError`` if it may not be asked."""
    for _hop in range(MOST_REDIRECTS + 1):
        status, location = _ask(method, address)
        if status not in REDIRECTS or not location:
            return status
        address = urljoin(address, location)
    raise ValueError("too many redirects")


def _ask(method: str, address: str) -> tuple[int, str]:
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(f"not an address of a website: {address}")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    host = parts.hostname.encode("idna").decode()
    connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT)
    # Connected here, so that the address that was looked at is the one that is asked.
    connection.sock = _connected(host, port, secure=parts.scheme == "https")
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request(method, _ascii(path), headers=_headers(parts.netloc))
        response = connection.getresponse()
        return response.status, response.getheader("Location", "")
    finally:
        connection.close()


def _connected(host: str, port: int, *, secure: bool) -> socket.socket:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    place = found[0][4]
    if not is_public(str(place[0])):
        raise ValueError(f"{host} is not on the public internet")
    plain = socket.create_connection((str(place[0]), port), timeout=TIMEOUT)
    if not secure:
        return plain
    return ssl.create_default_context().wrap_socket(plain, server_hostname=host)


def is_public(ip: str) -> bool:
    """Whether this is an address of the public internet."""
    return ipaddress.ip_address(ip).is_global


def _headers(host: str) -> dict[str, str]:
    return {"Host": host, "User-Agent": AGENT, "Accept": "*/*", "Connection": "close"}


def _ascii(path: str) -> str:
    """Thai letters in an address as they travel."""
    return "".join(
        char if char.isascii() and char > " " else _percent(char) for char in path
    )


def _percent(char: str) -> str:
    return "".join(f"%{octet:02X}" for octet in char.encode())
