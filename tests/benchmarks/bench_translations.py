"""What the Thai pack costs: at the first Thai request of a process, and afterwards.

Run ``python tests/benchmarks/bench_translations.py``. Each figure is the median of
fresh processes with the pack divided by that of processes without it; times are of the
processor. Most of the pack is read while the process starts, where words are needed.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 7
CHILD = """
import os, resource, sys, time
from django.conf import settings
settings.LOCALE_PATHS  # settings are read before the clock starts
if os.environ["PACK"] == "no":
    settings.LOCALE_PATHS = []
started = time.process_time()
import django
django.setup()
ready = time.process_time()
from django.utils import translation
translation.activate("th")
translation.gettext("Save")
first = time.process_time()
for _ in range(2000):
    with translation.override("en"):
        translation.gettext("Save")
    translation.gettext("Save")
switched = time.process_time()
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(ready - started, first - ready, (switched - first) / 4000, memory * 1024)
"""
NAMES = ("start of the process", "first Thai string", "switch of language", "memory")


def measure(pack: str) -> list[float]:
    """Three times in seconds of the processor, and bytes, of one fresh process."""
    env = os.environ | {
        "PACK": pack,
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
    }
    child = subprocess.run(
        [sys.executable, "-c", CHILD], env=env, capture_output=True, check=True
    )
    return [float(figure) for figure in child.stdout.split()]


def main() -> None:
    measure("yes")  # warms the disk
    rounds = [(measure("no"), measure("yes")) for _ in range(ROUNDS)]
    without, with_pack = zip(*rounds, strict=True)
    for index, name in enumerate(NAMES):
        base = median(run[index] for run in without)
        ours = median(run[index] for run in with_pack)
        shown = f"{base:.3g} -> {ours:.3g}"
        print(f"{name}: {ours / base:.2f} times ({shown})")
    for mo in sorted(ROOT.glob("*/locale/th/LC_MESSAGES/*.mo")):
        print(f"{mo.relative_to(ROOT)}: {mo.stat().st_size / 1024:.0f} KB")


if __name__ == "__main__":
    main()
