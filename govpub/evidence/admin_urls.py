"""Addresses in the admin, below ``/admin/govpub/evidence/``."""

from __future__ import annotations

from django.urls import path

from govpub.evidence import (
    admin_views,
    board_gaps,
    board_views,
    pack_views,
    supervision_views,
)

app_name = "govpub_evidence_admin"
urlpatterns = [
    path("papers/<int:pk>/", admin_views.print_view, name="print"),
    path("papers/<int:pk>/form.pdf", admin_views.form_file, name="form"),
    path("papers/<int:pk>/memo.pdf", admin_views.memo_file, name="memo"),
    path("papers/blank.pdf", admin_views.blank_form_file, name="blank"),
    path(
        "supervision/", supervision_views.SupervisionView.as_view(), name="supervision"
    ),
    path(
        "supervision/<int:year>/<int:quarter>/",
        supervision_views.SupervisionView.as_view(),
        name="supervision_of",
    ),
    path("packs/", pack_views.PacksView.as_view(), name="packs"),
    path("packs/<int:pk>.zip", pack_views.download, name="pack"),
    path("board/", board_views.BoardView.as_view(), name="board"),
    path("board/import/", board_views.import_list, name="import"),
    path("board/<int:pk>/", board_views.BoardView.as_view(), name="board_of"),
    path("board/<int:pk>/clone/", board_views.clone_list, name="clone"),
    path("board/items/<int:pk>/", board_views.ItemView.as_view(), name="item"),
    path(
        "board/items/<int:pk>/propose/",
        board_gaps.ProposeView.as_view(),
        name="propose",
    ),
    path("board/items/<int:pk>/proposed/", board_gaps.proposed, name="proposed"),
]
