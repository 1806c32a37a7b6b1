"""Works from any directory: ``gunicorn -c site/gunicorn.conf.py``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

_site = Path(__file__).resolve().parent
wsgi_app = "config.wsgi:application"
pythonpath = f"{_site.parent},{_site}"
workers = 2


def traffic_log(directory: str) -> dict[str, Any]:
    """Logging of every request for the operator; no part of the statistics."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "plain": {"format": "%(message)s"},
            "error": {"format": "[%(process)d] [%(levelname)s] %(message)s"},
        },
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "error"},
            "traffic": {
                "class": "govpub.stats.traffic_log.DailyFileHandler",
                "formatter": "plain",
                "directory": directory,
                "keep_days": int(os.environ.get("TRAFFIC_LOG_DAYS", "90")),
            },
        },
        "root": {"level": "INFO", "handlers": ["stderr"]},
        "loggers": {
            "gunicorn.access": {
                "level": "INFO",
                "handlers": ["traffic"],
                "propagate": False,
            }
        },
    }


# Two addresses: what the server in front saw, and the server in front.
access_log_format = '%({x-forwarded-for}i)s %(h)s %(t)s "%(r)s" %(s)s %(b)s "%(a)s"'
if _directory := os.environ.get("TRAFFIC_LOG_DIR"):
    logconfig_dict = traffic_log(_directory)
