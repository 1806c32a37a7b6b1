"""The country of an address, if the operator gave a database that knows it.

The database is a file in MaxMind's format and is read with the package ``maxminddb``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from govpub.conf import conf

_CODE = re.compile(r"[A-Z]{2}")


def country_of(address: str) -> str:
    """Two letters such as ``TH``; empty when it is not known."""
    if not conf.STATS_COUNTRY_DB:
        return ""
    try:
        found = _database(conf.STATS_COUNTRY_DB).get(address)
    except ValueError:  # not an address: a proxy is wrongly configured.
        return ""
    code = ((found or {}).get("country") or {}).get("iso_code", "")
    return code if _CODE.fullmatch(code) else ""


@lru_cache(maxsize=1)
def _database(path: str) -> Any:
    import maxminddb

    return maxminddb.open_database(path)
