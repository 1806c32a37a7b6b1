from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.utils import translation

from wagtail.models import Site

from govpub.seed.run import set_up
from govpub.stats.store.database import spool_directory
from home.demo import accounts, office
from home.demo.load import load

# Ctrl-C, a polite end, and a closed window, which Windows does not tell.
ENDS = [
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP")
    if hasattr(signal, name)
]
GUIDE_TH = """
ระบบตัวอย่างพร้อมใช้งาน
  เว็บไซต์ของหน่วยงาน    http://localhost:{port}/
  ระบบหลังบ้าน           http://localhost:{port}/admin/
  บัญชีผู้ใช้              {names}
  รหัสผ่านของทุกบัญชี      {password}

ลองทำตามขั้นตอนการเผยแพร่ข้อมูล
  1. เข้าสู่ระบบด้วย officer เพิ่มข่าวใน "ข่าวประชาสัมพันธ์" แล้วกด "เสนอขอเผยแพร่"
  2. เข้าสู่ระบบด้วย head เปิดคำขอที่รอพิจารณา อนุญาต หรือไม่อนุญาตพร้อมเหตุผล
  3. เข้าสู่ระบบด้วย webmaster ตรวจสอบแล้วนำขึ้นเว็บไซต์ หรือแจ้งกลับเจ้าหน้าที่
  4. เปิดดูบนเว็บไซต์ ให้คะแนนความพึงพอใจ ดูสถิติที่ /statistics/
"""
GUIDE_EN = """
The demo is ready
  Website   http://localhost:{port}/
  Admin     http://localhost:{port}/admin/
  Accounts  {names}
  Password  {password} (all accounts)

Try the procedure: as officer add news and propose it; as head allow it, or not, with
reasons; as webmaster put it on the website; then look at it as a citizen.
Ctrl-C ends the website and the scheduler.
"""


class Command(BaseCommand):
    help = "Set up the demonstration office in var/ and serve it on this machine."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--no-serve", action="store_true", help="set up, but do not serve"
        )
        parser.add_argument(
            "--reset", action="store_true", help="throw the demo's data away first"
        )

    def handle(
        self,
        *args: Any,
        port: int = 8000,
        no_serve: bool = False,
        reset: bool = False,
        **options: Any,
    ) -> None:
        if not settings.DEBUG:
            raise CommandError(
                "The demo has well-known passwords; it does not run with production "
                "settings."
            )
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        if reset:
            self._reset()
        # What the set-up writes is the office's content: in the office's language.
        with translation.override("th"):
            self._build(port)
        words = {
            "port": port,
            "names": " ".join(accounts.USERNAMES),
            "password": accounts.PASSWORD,
        }
        self.stdout.write(GUIDE_TH.format(**words) + GUIDE_EN.format(**words))
        if not no_serve:
            self._serve(port)

    def _build(self, port: int) -> None:
        call_command("migrate", verbosity=0)
        site = Site.objects.get(is_default_site=True)
        office.describe(site, port)
        for line in set_up(site):
            self.stdout.write(f"· {line}")
        site.refresh_from_db()
        accounts.ensure_accounts(site)
        for line in load(site):
            self.stdout.write(f"· {line}")

    def _reset(self) -> None:
        database = settings.DATABASES["default"]
        if database["ENGINE"] != "django.db.backends.sqlite3":
            raise CommandError("--reset only throws away the demo's own SQLite file.")
        connections.close_all()
        path = Path(database["NAME"])
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        for folder in (settings.MEDIA_ROOT, spool_directory()):
            shutil.rmtree(folder, ignore_errors=True)

    def _serve(self, port: int) -> None:
        """The website here, the scheduler beside it; both end together."""
        # Whoever ends this process, or closes its window, ends the scheduler too. The
        # scheduler itself hears no Ctrl-C, which could come while it still starts.
        for end in ENDS:
            signal.signal(end, signal.default_int_handler)
        scheduler = subprocess.Popen(  # noqa: S603
            [sys.executable, sys.argv[0], "govpub_run"], start_new_session=True
        )
        try:
            call_command("runserver", f"127.0.0.1:{port}", use_reloader=False)
        finally:
            # A second one, of the impatient, must not leave the scheduler behind.
            for second in ENDS:
                signal.signal(second, signal.SIG_IGN)
            scheduler.terminate()
            scheduler.wait()
