"""The plugin in sites that are not ours, set up as ``docs/install.md`` says."""

from __future__ import annotations

import re
import shutil
import sys

import pytest

from tests.plugin.conftest import code_of, run

# One process of a parallel run shares the wheel and the sites that are made here.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("plugin")]

COMBINATIONS = (
    "",
    "stats",
    "survey",
    "publishing upkeep",
    "publishing categories",
)
# Only the tests' database need not survive a power cut.
FAST = """
DATABASES["default"]["OPTIONS"] = {"init_command": "PRAGMA synchronous=OFF"}
"""
ASK = """
from django.test import Client
for address in {addresses}:
    print(Client().get(address, headers={{"host": "localhost"}}).status_code)
"""
# One process: starting Django takes its time, too.
TRY = """
import django
django.setup()
from django.core.management import call_command
from django.test import Client
call_command("check")
call_command("makemigrations", check_changes=True, dry_run=True)
call_command("migrate", verbosity=0)
call_command("govpub_tick")
for address in ["/", "/admin/login/"]:
    print(Client().get(address, headers={"host": "localhost"}).status_code)
"""


class Project:
    """A project of ``wagtail start``."""

    def __init__(self, folder, installed):
        folder.mkdir()
        wagtail = (sys.executable, "-m", "wagtail.bin.wagtail")
        run(*wagtail, "start", "bare", folder, cwd=folder)
        self.folder = folder
        self.path = str(installed)
        self.append("bare/settings/base.py", FAST)

    def put_plugin_in(self):
        """By the book: what ``docs/install.md`` says, word by word."""
        self.append("bare/settings/base.py", code_of("install.md", "settings/base.py"))
        urls = code_of("install.md", "urls.py")
        (self.folder / "bare/urls.py").write_text(urls, encoding="utf-8")

    def append(self, path, text):
        with (self.folder / path).open("a", encoding="utf-8") as file:
            file.write(f"\n{text}")

    def manage(self, *command):
        return self.python("manage.py", *command)

    def python(self, *command, **environment):
        return run(
            sys.executable,
            *command,
            cwd=self.folder,
            PYTHONPATH=self.path,
            **environment,
        )

    def ask(self, addresses):
        """The status of each address, asked as an anonymous visitor."""
        answers = self.manage("shell", "-v0", "-c", ASK.format(addresses=addresses))
        return dict(zip(addresses, answers.split(), strict=True))


@pytest.fixture(scope="session")
def bare_database(tmp_path_factory, installed):
    """The site as it was before the plugin came; Wagtail's tables take longest."""
    project = Project(tmp_path_factory.mktemp("bare") / "project", installed)
    project.manage("migrate", "-v0")
    return project.folder / "db.sqlite3"


@pytest.fixture(scope="session")
def stranger(tmp_path_factory, installed, bare_database):
    project = Project(tmp_path_factory.mktemp("stranger") / "project", installed)
    shutil.copy(bare_database, project.folder)
    project.put_plugin_in()
    project.append("home/models.py", code_of("install.md", "models.py"))
    project.manage("makemigrations", "home")
    project.manage("migrate", "-v0")
    return project


def test_it_is_the_wheel_that_is_tested(stranger, installed):
    where = "import govpub; print(govpub.__file__)"
    answer = stranger.manage("shell", "-v0", "-c", where)
    assert answer.strip() == str(installed / "govpub/__init__.py")


def test_the_check_is_clean_and_no_migration_is_missing(stranger):
    assert "no issues" in stranger.manage("check")
    stranger.manage("makemigrations", "--check", "--dry-run")


def test_set_up_makes_the_office_and_a_second_time_changes_nothing(stranger):
    first = stranger.manage("govpub_setup")
    before = stranger.manage("dumpdata", "--exclude", "sessions")
    second = stranger.manage("govpub_setup")
    assert stranger.manage("dumpdata", "--exclude", "sessions") == before
    assert len(second.splitlines()) < len(first.splitlines())
    addresses = re.findall(r"/[\w-]+/", code_of("install.md", "addresses"))
    assert stranger.ask(addresses) == dict.fromkeys(addresses, "200")


def test_a_page_of_the_host_with_the_mixin_is_under_the_procedure(stranger):
    answer = stranger.manage(
        "shell",
        "-v0",
        "-c",
        "from home.models import NoticePage\n"
        "from django.contrib.auth.models import User\n"
        "boss = User(is_superuser=True, is_active=True)\n"
        "print(NoticePage().permissions_for_user(boss).can_publish())\n",
    )
    assert answer.strip() == "False"


@pytest.fixture(scope="session")
def parts(tmp_path_factory, installed):
    project = Project(tmp_path_factory.mktemp("parts") / "project", installed)
    project.put_plugin_in()
    return project


@pytest.mark.parametrize("apps", COMBINATIONS)
def test_some_of_its_apps_are_enough(apps, parts, bare_database, tmp_path):
    """A host may take the survey alone, or the procedure with pages of its own."""
    wanted = {"govpub", *(f"govpub.{name}" for name in apps.split())}
    name = f"with_{apps.replace(' ', '_')}"
    settings = (
        "from bare.settings.dev import *\n"
        f"WANTED = {wanted!r}\n"
        "INSTALLED_APPS = [\n"
        "    app for app in INSTALLED_APPS\n"
        "    if not app.startswith('govpub') or app in WANTED\n"
        "]\n"
        f"DATABASES['default']['NAME'] = {str(tmp_path / 'db.sqlite3')!r}\n"
    )
    shutil.copy(bare_database, tmp_path)
    if "stats" not in apps:
        settings += "MIDDLEWARE.remove('govpub.stats.middleware.VisitCounter')\n"
    if "publishing" not in apps:
        settings += (
            "del WAGTAIL_FINISH_WORKFLOW_ACTION\n"
            "MIDDLEWARE.remove('govpub.publishing.middleware.RecordsAreKept')\n"
        )
    parts.append(f"{name}.py", settings)
    said = parts.python("-c", TRY, DJANGO_SETTINGS_MODULE=name)
    assert "no issues" in said
    assert said.split()[-2:] == ["200", "200"]
