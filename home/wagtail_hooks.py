from __future__ import annotations

from django.urls import URLPattern

from wagtail import hooks
from wagtail.models import Site

from home import policy_admin
from home.setup import ensure_front_page


@hooks.register("register_govpub_setup")
def make_front_page(site: Site) -> str:
    return ensure_front_page(site)


@hooks.register("register_admin_urls")
def register_policies() -> list[URLPattern]:
    return policy_admin.urlpatterns


hooks.register("register_settings_menu_item", policy_admin.menu_item)
