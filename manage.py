#!/usr/bin/env python
"""Run a management command of the ready-to-run site."""

import os
import sys
from pathlib import Path


def main() -> None:
    # "site/" is a folder, not a package: Python already owns the name "site".
    # It goes on the path so that "config" (settings, urls, wsgi) is importable.
    sys.path.insert(1, str(Path(__file__).resolve().parent / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")

    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
