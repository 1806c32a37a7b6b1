"""ZIP archives that come out the same whenever they are written."""

from __future__ import annotations

import zipfile
from datetime import datetime

from govpub.thai.dates import BANGKOK


def archive_entry(name: str, at: datetime) -> zipfile.ZipInfo:
    """An entry that carries the moment ``at`` (in Bangkok), not that of writing."""
    # ZIP knows no year before 1980 and no odd second.
    moment = max(at.astimezone(BANGKOK).timetuple()[:6], (1980, 1, 1, 0, 0, 0))
    entry = zipfile.ZipInfo(name, moment)
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
