"""A small Wagtail site that counts its visits in one of several ways, or in none.

Not a benchmark: ``bench_stats_requests`` loads it. django-hitcount is there where it is
installed.
"""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

VARIANTS = ("none", "ours", "naive row", "hitcount")
MODULE = "tests.benchmarks.stats_variants"


def configure(folder: Path, variant: str) -> None:
    import dj_database_url
    import django
    from django.conf import settings

    from tests.stats.small_site import APPS

    own = f"sqlite:///{folder / 'db.sqlite3'}"
    database = dj_database_url.parse(os.environ.get("DATABASE_URL", own))
    if database["ENGINE"].endswith("sqlite3"):
        pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
        database["OPTIONS"] = {"init_command": pragmas, "timeout": 20}
    database["CONN_MAX_AGE"] = 60
    middleware = [
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    ]
    extra = ["django.contrib.sessions", "wagtail.contrib.redirects"]
    if variant == "ours":
        middleware.insert(0, "govpub.stats.middleware.VisitCounter")
    if variant == "naive row":
        middleware.append(f"{MODULE}.naive")
    if variant == "hitcount":
        middleware.append(f"{MODULE}.hitcount")
    if importlib.util.find_spec("hitcount"):
        extra.append("hitcount")
    settings.configure(
        INSTALLED_APPS=[*APPS, *extra, "tests.benchmarks.bench_stats_naive"],
        MIGRATION_MODULES=dict.fromkeys(
            [name.rpartition(".")[2] for name in [*APPS, *extra]]
            + ["govpub_stats", "wagtailcore", "wagtaildocs", "wagtailimages"]
            + ["wagtailsearch", "wagtailadmin", "wagtailusers", "wagtailredirects"]
        ),
        DATABASES={"default": database},
        MIDDLEWARE=middleware,
        ROOT_URLCONF="wagtail.urls",
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                    ]
                },
            }
        ],
        MEDIA_ROOT=folder / "media",
        STATIC_URL="/static/",
        ALLOWED_HOSTS=["*"],
        LANGUAGE_CODE="en",
        TIME_ZONE="Asia/Bangkok",
        USE_TZ=True,
        WAGTAIL_SITE_NAME="bench",
        WAGTAILADMIN_BASE_URL="http://localhost",
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        SECRET_KEY="only-for-benchmarks",
    )
    django.setup()


def naive(get_response):
    from tests.benchmarks.bench_stats_naive.models import NaiveHit

    def middleware(request):
        response = get_response(request)
        if request.method == "GET" and response.status_code == 200:
            NaiveHit.objects.create(
                path=request.path,
                address=request.META["REMOTE_ADDR"],
                user_agent=request.META.get("HTTP_USER_AGENT", ""),
                referrer=request.META.get("HTTP_REFERER", ""),
            )
        return response

    return middleware


def hitcount(get_response):
    from hitcount.models import HitCount
    from hitcount.views import HitCountMixin

    from wagtail.models import Page

    def middleware(request):
        response = get_response(request)
        page = Page.objects.get(slug="read")
        HitCountMixin.hit_count(request, HitCount.objects.get_for_object(page))
        return response

    return middleware


def application():
    configure(Path(os.environ["BENCH_FOLDER"]), os.environ["BENCH_VARIANT"])
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


def prepare(folder: Path) -> None:
    """The tables and a page; in a process of its own."""
    configure(folder, "none")
    from django.core.management import call_command

    from wagtail.models import Locale, Page, Site

    call_command("migrate", run_syncdb=True, verbosity=0)
    if Site.objects.exists():
        return
    Locale.objects.create(language_code="en")
    root = Page.add_root(title="Root", slug="root")
    front = root.add_child(instance=Page(title="Front", slug="front"))
    front.add_child(instance=Page(title="Read", slug="read"))
    Site.objects.create(hostname="x", root_page=front, is_default_site=True)


def nothing(get_response):
    def middleware(request):
        return get_response(request)

    return middleware
