"""Works from any directory: ``gunicorn -c site/gunicorn.conf.py``."""

from __future__ import annotations

from pathlib import Path

_site = Path(__file__).resolve().parent
wsgi_app = "config.wsgi:application"
pythonpath = f"{_site.parent},{_site}"
workers = 2
