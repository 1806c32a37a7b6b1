"""One public page, for the load tests."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import path


def page(request, number):
    return HttpResponse("<p>hello", headers={"Content-Length": "8"})


urlpatterns = [path("page/<int:number>/", page)]
