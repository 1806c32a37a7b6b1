from __future__ import annotations

from django.urls import URLPattern, path

from wagtail import hooks

from govpub.categories import admin

admin.register()


@hooks.register("register_admin_urls")
def register_roll_over() -> list[URLPattern]:
    address = "govpub/responsibilities/roll-over/"
    return [path(address, admin.roll_over_view, name="govpub_roll_over")]
