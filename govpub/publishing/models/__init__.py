from .appointment import Appointment, RoleGroup, sync_groups
from .form_words import FormWords, Signing
from .ledger import LedgerEntry, LedgerHead
from .mixins import (
    PublicationManager,
    PublicationMixin,
    PublicationQuerySet,
    StructuralPageMixin,
)
from .office import OfficeSettings
from .outbox import MailStatus, OutboxMail
from .request import (
    Act,
    NumberSeries,
    PublicationRequest,
    PublicationRequestQuerySet,
    Round,
)
from .round_file import RoundFile
from .step import ProcedureStep
from .tasks import HeadApprovalTask, WebmasterCheckTask

__all__ = [
    "Act",
    "Appointment",
    "FormWords",
    "HeadApprovalTask",
    "LedgerEntry",
    "LedgerHead",
    "MailStatus",
    "NumberSeries",
    "OfficeSettings",
    "OutboxMail",
    "ProcedureStep",
    "PublicationManager",
    "PublicationMixin",
    "PublicationQuerySet",
    "PublicationRequest",
    "PublicationRequestQuerySet",
    "RoleGroup",
    "Round",
    "RoundFile",
    "Signing",
    "StructuralPageMixin",
    "WebmasterCheckTask",
    "sync_groups",
]
