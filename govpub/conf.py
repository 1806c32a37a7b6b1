"""Every ``GOVPUB_*`` setting, with its type and its default, in one place.

What an office should change itself is a Wagtail site setting in the admin
(``OfficeSettings``), not a Django setting.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings

# name -> (type, default, meaning). The system checks and the documentation read it.
SETTINGS: dict[str, tuple[type, Any, str]] = {
    "UPLOAD_MAX_MB": (int, 50, "Largest attachment an officer may add, in megabytes."),
    "UPLOAD_EXTENSIONS": (
        tuple,
        ("pdf", "docx", "xlsx", "pptx", "odt", "ods", "csv", "txt", "zip"),
        "File types an attachment may have.",
    ),
    "PERIOD_MAX_YEARS": (
        int,
        10,
        "Longest publication period an officer may ask for, in years.",
    ),
    "DUE_SOON_MINUTES": (
        int,
        2,
        "How long before its time is up a step counts as due soon, in minutes.",
    ),
    "SENDFILE_HEADER": (
        str,
        "",
        'How the server in front is told which file to send: "X-Accel-Redirect" '
        '(nginx) or "X-Sendfile" (Apache); empty: the application sends it.',
    ),
    "SENDFILE_URL": (
        str,
        "/govpub-files/",
        "Internal address at which nginx finds MEDIA_ROOT.",
    ),
    "TICK_SECONDS": (
        int,
        60,
        "Pause between two passes of the scheduler, in seconds.",
    ),
    "ROBOT_USERNAME": (
        str,
        "govpub-robot",
        "Name of the user in whose name the scheduler acts.",
    ),
    "LINK_CHECK": (
        bool,
        True,
        "Whether the scheduler looks if links to other websites still answer.",
    ),
    "STATS_DIR": (
        str,
        "",
        "Folder of the visits not yet counted; empty: spool, beside MEDIA_ROOT.",
    ),
    "STATS_SPOOL_MB": (
        int,
        64,
        "Room for visits not yet counted, in megabytes; then visits are lost.",
    ),
    "STATS_STORE": (
        str,
        "govpub.stats.store.database.DatabaseStore",
        "Class that keeps visits; for several nodes the one in store.redis.",
    ),
    "STATS_REDIS_URL": (
        str,
        "redis://127.0.0.1:6379/0",
        "Where the Redis store keeps visits.",
    ),
    "STATS_NODE": (
        str,
        "",
        "Name of this computer when several count for one database.",
    ),
    "STATS_PAGES_BY": (
        str,
        "server",
        'Who counts pages: "server", or "beacon" behind a cache or CDN.',
    ),
    "STATS_ADDRESS_HEADER": (
        str,
        "REMOTE_ADDR",
        "Key of request.META with the visitor's address, as the proxy sets it.",
    ),
    "STATS_COUNTRY_DB": (
        str,
        "",
        "Path of a country database (.mmdb); empty: countries are not counted.",
    ),
    "STATS_HOURLY_DAYS": (
        int,
        90,
        "How long numbers are kept by the hour, in days; by the day for ever.",
    ),
    "SURVEY_ANSWERS_PER_NETWORK": (
        int,
        60,
        "Survey answers one network may give in ten minutes; more are kept apart.",
    ),
}


class Conf:
    """Reads each setting when asked, so that ``override_settings`` works."""

    def _read(self, name: str) -> Any:
        return getattr(settings, f"GOVPUB_{name}", SETTINGS[name][1])

    @property
    def UPLOAD_MAX_MB(self) -> int:
        return self._read("UPLOAD_MAX_MB")

    @property
    def UPLOAD_EXTENSIONS(self) -> Sequence[str]:
        return self._read("UPLOAD_EXTENSIONS")

    @property
    def PERIOD_MAX_YEARS(self) -> int:
        return self._read("PERIOD_MAX_YEARS")

    @property
    def DUE_SOON_MINUTES(self) -> int:
        return self._read("DUE_SOON_MINUTES")

    @property
    def SENDFILE_HEADER(self) -> str:
        return self._read("SENDFILE_HEADER")

    @property
    def SENDFILE_URL(self) -> str:
        return self._read("SENDFILE_URL")

    @property
    def TICK_SECONDS(self) -> int:
        return self._read("TICK_SECONDS")

    @property
    def ROBOT_USERNAME(self) -> str:
        return self._read("ROBOT_USERNAME")

    @property
    def LINK_CHECK(self) -> bool:
        return self._read("LINK_CHECK")

    @property
    def STATS_DIR(self) -> str:
        return self._read("STATS_DIR")

    @property
    def STATS_SPOOL_MB(self) -> int:
        return self._read("STATS_SPOOL_MB")

    @property
    def STATS_STORE(self) -> str:
        return self._read("STATS_STORE")

    @property
    def STATS_REDIS_URL(self) -> str:
        return self._read("STATS_REDIS_URL")

    @property
    def STATS_NODE(self) -> str:
        return self._read("STATS_NODE")

    @property
    def STATS_PAGES_BY(self) -> str:
        return self._read("STATS_PAGES_BY")

    @property
    def STATS_ADDRESS_HEADER(self) -> str:
        return self._read("STATS_ADDRESS_HEADER")

    @property
    def STATS_COUNTRY_DB(self) -> str:
        return self._read("STATS_COUNTRY_DB")

    @property
    def STATS_HOURLY_DAYS(self) -> int:
        return self._read("STATS_HOURLY_DAYS")

    @property
    def SURVEY_ANSWERS_PER_NETWORK(self) -> int:
        return self._read("SURVEY_ANSWERS_PER_NETWORK")


conf = Conf()
