"""Public addresses that are not pages of the tree."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from govpub.categories import feeds, views

app_name = "govpub_categories"
urlpatterns: list[URLPattern | URLResolver] = [
    path("search/", views.search, name="search"),
    path("procedure/", views.procedure, name="procedure"),
    path("oia/index/", views.clause_index, name="clause_index"),
    path("oia/request/", views.information_request, name="information_request"),
    path("feeds/news/", feeds.NewsFeed(), name="news_feed"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
]
