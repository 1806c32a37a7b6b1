"""Compiles catalogues; needs Babel only, so that the build can load it by its path."""

from __future__ import annotations

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_catalogues(folder: Path) -> list[Path]:
    """Writes a ``.mo`` beside each ``<language>/LC_MESSAGES/*.po`` that is newer.

    Returns what was written. Several processes may do so at once: each writes a file
    of its own and then puts it in place whole.
    """
    stale = [po for po in sorted(folder.glob("*/LC_MESSAGES/*.po")) if _is_stale(po)]
    return [_compile(po) for po in stale]


def _is_stale(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return not mo.exists() or mo.stat().st_mtime <= po.stat().st_mtime


def _compile(po: Path) -> Path:
    with po.open("rb") as source:
        catalogue = read_po(source, locale=po.parts[-3])
    mo = po.with_suffix(".mo")
    fresh = mo.with_suffix(f".mo.{os.getpid()}")
    with fresh.open("wb") as target:
        write_mo(target, catalogue)
    return fresh.replace(mo)
