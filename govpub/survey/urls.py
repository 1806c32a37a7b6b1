from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from govpub.survey import rating_views, result_views, views

app_name = "govpub_survey"
urlpatterns: list[URLPattern | URLResolver] = [
    path("statistics/survey/", views.form, name="form"),
    path("statistics/survey/thanks/", views.thanks, name="thanks"),
    path("statistics/survey/results/", result_views.results, name="results"),
    path("statistics/survey/results.csv", result_views.results_csv, name="csv"),
    path("statistics/survey/results.json", result_views.results_json, name="json"),
    path("statistics/survey/rate/", rating_views.rate, name="rate"),
    path("statistics/survey/rated/", rating_views.rated, name="rated"),
]
