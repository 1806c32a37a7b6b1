"""Compiles the catalogues whenever the package is built or installed editable.

Git keeps only the ``.po`` files. Hatch loads this file by its path; the wheel does
without it.
"""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        module = runpy.run_path(str(root / "govpub/thai/catalogue/compiling.py"))
        for folder in ("govpub/locale", "site/locale"):
            module["compile_catalogues"](root / folder)
