from __future__ import annotations

from wagtail import hooks
from wagtail.models import Site

from home.setup import ensure_front_page


@hooks.register("register_govpub_setup")
def make_front_page(site: Site) -> str:
    return ensure_front_page(site)
