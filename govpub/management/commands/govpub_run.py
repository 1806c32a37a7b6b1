from __future__ import annotations

import signal
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from govpub.conf import conf
from govpub.jobs import run_due_jobs


class Command(BaseCommand):
    help = "The scheduler: do what is due, again and again, until stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        stop = Event()
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, lambda *_signal: stop.set())
        while not stop.is_set():
            close_old_connections()
            for outcome in run_due_jobs():
                if outcome.error:
                    self.stderr.write(f"{outcome.name}: {outcome.error}")
                elif outcome.message:
                    self.stdout.write(f"{outcome.name}: {outcome.message}")
                if stop.is_set():
                    break
            stop.wait(conf.TICK_SECONDS)
