"""Tables that the Web Master looks after in the admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.viewsets.model import ModelViewSet

from govpub.publishing.models import Appointment, OfficeHoliday, ProcedureStep
from govpub.publishing.office_tables import OfficeForm, OfficeTable


class AppointmentViewSet(ModelViewSet):
    """Who holds which role of the office, from when to when."""

    model = Appointment
    icon = "user"
    menu_label = _("Appointments")
    menu_order = 210
    add_to_admin_menu = False
    add_to_settings_menu = True
    list_display = [
        "user",
        "role",
        "position",
        BooleanColumn("acting", label=_("acting")),
        "valid_from",
        "valid_until",
    ]
    list_filter = ["site", "role", "acting"]
    edit_handler = ObjectList(
        [
            FieldPanel(name)
            for name in (
                "site",
                "user",
                "role",
                "position",
                "unit",
                "acting",
                "order_number",
                "valid_from",
                "valid_until",
            )
        ]
    )
    inspect_view_enabled = True
    inspect_view_fields_exclude = ["id"]


class ProcedureStepTable(OfficeTable):
    """The rows of the procedure table, with the office's target times."""

    model = ProcedureStep
    icon = "list-ol"
    menu_label = _("Steps of the procedure")
    menu_order = 220
    list_display = ["order", "step", "responsible", "target_minutes"]
    list_filter = ["site"]
    edit_handler = ObjectList(
        [
            FieldPanel(name)
            for name in (
                "site",
                "order",
                "step",
                "text",
                "responsible",
                "target_minutes",
            )
        ],
        base_form_class=OfficeForm,
    )


class HolidayTable(OfficeTable):
    """Days on which the office is closed besides the national holidays."""

    model = OfficeHoliday
    icon = "calendar"
    menu_label = _("Further holidays")
    menu_order = 222
    list_display = ["day", "name"]
    list_filter = ["site"]
    edit_handler = ObjectList(
        [FieldPanel(name) for name in ("site", "day", "name")],
        base_form_class=OfficeForm,
    )
