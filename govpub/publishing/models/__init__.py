from .appointment import Appointment, RoleGroup, sync_groups
from .mixins import (
    PublicationManager,
    PublicationMixin,
    PublicationQuerySet,
    StructuralPageMixin,
)
from .office import OfficeSettings
from .request import (
    Act,
    NumberSeries,
    PublicationRequest,
    PublicationRequestQuerySet,
    Round,
)
from .step import ProcedureStep
from .tasks import HeadApprovalTask, WebmasterCheckTask

__all__ = [
    "Act",
    "Appointment",
    "HeadApprovalTask",
    "NumberSeries",
    "OfficeSettings",
    "ProcedureStep",
    "PublicationManager",
    "PublicationMixin",
    "PublicationQuerySet",
    "PublicationRequest",
    "PublicationRequestQuerySet",
    "RoleGroup",
    "Round",
    "StructuralPageMixin",
    "WebmasterCheckTask",
    "sync_groups",
]
