"""Give a new site its front page; joins ``govpub_setup`` by hook."""

from __future__ import annotations

from django.utils.translation import gettext as _

from wagtail.models import Page, Site

from home.models import HomePage


def ensure_front_page(site: Site) -> str:
    """Replace Wagtail's welcome page; a front page with content stays as it is."""
    front = site.root_page
    if front.specific_class is not Page or front.get_children().exists():
        return ""
    root = Page.get_first_root_node()
    home = HomePage(title=site.site_name or "หน้าหลัก", slug=f"home-{site.pk}", live=True)
    root.add_child(instance=home)
    site.root_page = home
    site.save()
    front.delete()
    return _("The front page was made.")
