from __future__ import annotations

from django.urls import path

from govpub.evidence import board_views, views

app_name = "govpub_evidence"
urlpatterns = [
    path("forms/<int:year>/<int:number>/", views.form_page, name="form"),
    path("forms/<int:year>/<int:number>.pdf", views.form_file, name="form_pdf"),
    path("evidence/<int:year>/", board_views.year_page, name="year"),
    path("verify/", views.verify, name="verify_any"),
    path("verify/<str:code>/", views.verify, name="verify"),
]
