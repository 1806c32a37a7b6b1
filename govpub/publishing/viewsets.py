"""Tables that the Web Master looks after in the admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wagtail.admin.viewsets.model import ModelViewSet

from govpub.publishing.models import Appointment, ProcedureStep


class AppointmentViewSet(ModelViewSet):
    """Who holds which role of the office, from when to when."""

    model = Appointment
    icon = "user"
    menu_label = _("Appointments")
    menu_order = 210
    add_to_admin_menu = False
    add_to_settings_menu = True
    list_display = ["user", "role", "position", "acting", "valid_from", "valid_until"]
    list_filter = ["site", "role", "acting"]
    form_fields = [
        "site",
        "user",
        "role",
        "position",
        "unit",
        "acting",
        "order_number",
        "valid_from",
        "valid_until",
    ]
    inspect_view_enabled = True


class ProcedureStepViewSet(ModelViewSet):
    """The rows of the procedure table, with the office's target times."""

    model = ProcedureStep
    icon = "list-ol"
    menu_label = _("Steps of the procedure")
    menu_order = 220
    add_to_settings_menu = True
    list_display = ["order", "step", "responsible", "target_minutes"]
    list_filter = ["site"]
    form_fields = ["site", "order", "step", "text", "responsible", "target_minutes"]
