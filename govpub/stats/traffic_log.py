"""The operator's traffic log: optional, and never read by the statistics.

The Computer Crime Act has service providers keep traffic data for at least 90 days.
This handler writes one file a day and removes those that are older; the web server's
own logging uses it, for instance gunicorn's ``gunicorn.access``. Such a log holds
addresses of people: keep it where only the operator can read it.
"""

from __future__ import annotations

import logging
import os
from datetime import date, datetime, timedelta
from pathlib import Path

from govpub.thai.dates import BANGKOK


class DailyFileHandler(logging.Handler):
    """Appends each line to the file of its day in Bangkok.

    Several processes may share the folder: a line is one append, and nothing is ever
    renamed. Files are removed ``keep_days`` days after their day.
    """

    def __init__(self, directory: str, keep_days: int = 90) -> None:
        super().__init__()
        self._directory = Path(directory)
        self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._keep = timedelta(days=keep_days)
        self._day: date | None = None
        self._file = -1

    def emit(self, record: logging.LogRecord) -> None:
        try:
            day = datetime.fromtimestamp(record.created, BANGKOK).date()
            if day != self._day:
                self._turn_to(day)
            os.write(self._file, f"{self.format(record)}\n".encode())
        except Exception:
            self.handleError(record)

    def _turn_to(self, day: date) -> None:
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
        file = os.open(self._directory / f"traffic-{day}.log", flags, 0o600)
        self.close_file()
        self._file, self._day = file, day
        oldest = f"traffic-{day - self._keep}.log"
        for path in self._directory.glob("traffic-????-??-??.log"):
            if path.name < oldest:
                path.unlink(missing_ok=True)

    def close_file(self) -> None:
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def close(self) -> None:
        self.close_file()
        super().close()
