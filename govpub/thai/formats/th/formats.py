"""Thai dates for Django's own formatting (``FORMAT_MODULE_PATH``).

The letter ``o`` (the ISO week-numbering year, used nowhere else here) prints the
Buddhist year in Thai: see ``govpub.thai.install``. ``Y`` and ``c`` stay common era.
"""

from __future__ import annotations

DATE_FORMAT = "j F o"
DATETIME_FORMAT = "j F o เวลา H:i น."
SHORT_DATE_FORMAT = "j M o"
SHORT_DATETIME_FORMAT = "j M o H:i น."
YEAR_MONTH_FORMAT = "F o"
MONTH_DAY_FORMAT = "j F"
TIME_FORMAT = "H:i น."
