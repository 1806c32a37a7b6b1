"""Side panels of apps in the page editor.

Wagtail 8 has a hook for everything around a page's editor but this; in one place, so
that a later Wagtail is easily followed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.views.pages.edit import EditView


def add_side_panel(panel: type[BaseSidePanel]) -> None:
    """Put a panel beside the others in the editor of every page."""
    original: Callable[..., Any] = EditView.get_side_panels

    @wraps(original)
    def get_side_panels(view: EditView) -> Any:
        panels = original(view)
        panels.append(panel(view.page, view.request))
        return panels

    EditView.get_side_panels = get_side_panels
