"""The smallest site that counts: for processes that tests start, load and kill.

Not a test. Its folder has the spool and an SQLite database, unless that of
``SMALL_SITE_DATABASE`` is used; with ``SMALL_SITE_REDIS`` visits are kept there.
Commands: ``prepare``, ``drain`` and ``drain_and_die`` until told to stop, ``numbers``.
``application`` is for a web server, which finds the folder in ``SMALL_SITE``.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
APPS = [
    "govpub",
    "govpub.stats",
    "wagtail.contrib.settings",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.users",
    "wagtail.admin",
    "wagtail",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
]
# Tables are made without migrations: the tests are about what is written into them.
LABELS = (
    "govpub govpub_stats wagtailcore wagtaildocs wagtailimages wagtailsearch "
    "wagtailadmin wagtailusers taggit auth contenttypes"
)


def set_up(folder: Path) -> None:
    """Configure Django in this process, and make the tables if there are none."""
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    import dj_database_url
    import django
    from django.conf import settings

    own = f"sqlite:///{folder / 'db.sqlite3'}"
    database = dj_database_url.parse(os.environ.get("SMALL_SITE_DATABASE") or own)
    if database["ENGINE"].endswith("sqlite3"):
        pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
        database["OPTIONS"] = {"init_command": pragmas, "transaction_mode": "IMMEDIATE"}
    settings.configure(
        INSTALLED_APPS=APPS,
        MIGRATION_MODULES=dict.fromkeys(LABELS.split()),
        DATABASES={"default": database},
        MIDDLEWARE=["govpub.stats.middleware.VisitCounter"],
        ROOT_URLCONF="tests.stats.small_site_urls",
        MEDIA_ROOT=folder / "media",
        STATIC_URL="/static/",
        ALLOWED_HOSTS=["*"],
        LANGUAGE_CODE="en",
        TIME_ZONE="Asia/Bangkok",
        USE_TZ=True,
        WAGTAIL_SITE_NAME="test",
        WAGTAILADMIN_BASE_URL="http://localhost",
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        SECRET_KEY="only-for-tests",
        **_store(),
    )
    django.setup()


def _store() -> dict[str, str]:
    address = os.environ.get("SMALL_SITE_REDIS")
    if not address:
        return {}
    return {
        "GOVPUB_STATS_STORE": "govpub.stats.store.redis.RedisStore",
        "GOVPUB_STATS_REDIS_URL": address,
    }


def make_office():
    """The tables and the one office of the site."""
    from django.core.management import call_command

    from wagtail.models import Locale, Page, Site

    call_command("migrate", run_syncdb=True, verbosity=0)
    Locale.objects.create(language_code="en")
    root = Page.add_root(title="Root", slug="root")
    return Site.objects.create(hostname="x", root_page=root, is_default_site=True)


def drain_until_told(folder: Path) -> None:
    from govpub.stats.rollup import drain

    (folder / "draining").touch()
    while not (folder / "stop").exists():
        try:
            drain()
        except Exception as error:  # as the scheduler does, which tries again.
            print("The drainer goes on after:", error, file=sys.stderr)
        time.sleep(0.2)


def drain_and_die(folder: Path) -> None:
    """Drainers that each are killed after a moment, in whatever they are doing."""
    from govpub.stats.rollup import drain

    (folder / "draining").touch()
    chance, kills = random.Random(7), 0
    while not (folder / "stop").exists():
        child = os.fork()
        if not child:
            while True:
                drain()
        time.sleep(chance.uniform(0.01, 0.4))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        assert status == signal.SIGKILL, "a drainer failed instead of being killed"
        kills += 1
    (folder / "kills").write_text(str(kills))


def numbers() -> str:
    """Views and visitors of all days, hours of a day added up, and losses."""
    from django.db.models import Sum

    from govpub.stats.models import DailyCount, HourlyCount, Kind, Loss
    from govpub.stats.rollup import drain

    drain()
    site = DailyCount.objects.filter(subject__kind=Kind.SITE)
    days = site.aggregate(views=Sum("views"), visitors=Sum("visitors"))
    hours = HourlyCount.objects.filter(subject__kind=Kind.SITE)
    views = hours.aggregate(views=Sum("views"))["views"]
    lost = Loss.objects.aggregate(hits=Sum("hits"))["hits"] or 0
    return f"{days['views']} {days['visitors']} {views} {lost}"


def application():
    set_up(Path(os.environ["SMALL_SITE"]))
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


def main(command: str, folder: Path) -> None:
    set_up(folder)
    if command == "prepare":
        make_office()
    elif command == "drain":
        drain_until_told(folder)
    elif command == "drain_and_die":
        drain_and_die(folder)
    else:
        print(numbers())


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
