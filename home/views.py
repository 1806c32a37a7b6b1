from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from wagtail.models import Site

from govpub.templatetags.govpub import DISPLAY_CHOICES
from home.content import site_map
from home.models import PolicyPage
from home.policies import POLICIES

YEAR = 365 * 24 * 60 * 60  # seconds


# A choice of letters and colours harms nobody; a token in every page would cost every
# reader a cookie before they have chosen anything.
@csrf_exempt
@require_POST
def display_preferences(request: HttpRequest) -> HttpResponse:
    """Remember the reader's text size or colours for a year, and go back."""
    response = HttpResponseRedirect(_way_back(request))
    for name, choices in DISPLAY_CHOICES.items():
        value = request.POST.get(name, "")
        if value in choices:
            response.set_cookie(
                f"gp_{name}",
                value,
                max_age=YEAR,
                secure=request.is_secure(),
                httponly=True,
                samesite="Lax",
            )
    return response


@require_safe
def policy(request: HttpRequest, slug: str) -> HttpResponse:
    """One of the website's policies: the office's own wording once it is public."""
    site = Site.find_for_request(request)
    if slug not in POLICIES or site is None:
        raise Http404
    own = PolicyPage.of(site, slug)
    if own is not None and own.is_public:
        return redirect(own.in_language(get_language()).get_url(request))
    language = "en" if get_language() == "en" else "th"
    title = POLICIES[slug]
    context = {
        "title": title,
        "breadcrumbs": [(title, None)],
        "layout": "home/policies/layout.html",
    }
    return render(request, f"home/policies/{language}/{slug}.html", context)


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """All sections of the site on one page, with the newest items of each."""
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    title = _("Site map")
    context = {
        "title": title,
        "breadcrumbs": [(title, None)],
        "sections": site_map(site),
        "policies": [
            (reverse("home:policy", args=[slug]), name)
            for slug, name in POLICIES.items()
        ],
    }
    return render(request, "home/sitemap.html", context)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What a search engine may read: everything public but the search itself."""
    return render(request, "home/robots.txt", content_type="text/plain; charset=utf-8")


def _way_back(request: HttpRequest) -> str:
    """The address in ``next`` if it is on this site, and else the home page."""
    target = request.POST.get("next", "")
    allowed = url_has_allowed_host_and_scheme(
        target, {request.get_host()}, require_https=request.is_secure()
    )
    return target if allowed else reverse("wagtail_serve", args=[""])
