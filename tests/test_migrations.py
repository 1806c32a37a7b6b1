"""The migrations say what the models say, and can be taken back."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunPython, RunSQL

OURS = ("govpub", "home")


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_every_app_with_tables_has_its_migrations():
    for app in apps.get_app_configs():
        if app.name.split(".")[0] in OURS and list(app.get_models()):
            assert import_module(f"{app.name}.migrations.0001_initial")


def test_every_step_can_be_taken_back():
    loader = MigrationLoader(None)
    for (label, name), migration in loader.disk_migrations.items():
        if label.split("_")[0] not in OURS:
            continue
        for operation in migration.operations:
            if isinstance(operation, RunPython | RunSQL):
                assert operation.reversible, f"{label}.{name}: {operation.describe()}"


def test_the_plugin_depends_on_no_app_of_the_site():
    loader = MigrationLoader(None)
    for (label, _name), migration in loader.disk_migrations.items():
        if label.startswith("govpub"):
            assert "home" not in {app for app, _ in migration.dependencies}
