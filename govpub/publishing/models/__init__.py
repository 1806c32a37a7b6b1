from .appointment import Appointment, RoleGroup, sync_groups
from .file_text import ExtractedText, FileProblem
from .form_words import FormWords, Signing
from .ledger import LedgerEntry, LedgerHead
from .mixins import (
    PublicationManager,
    PublicationMixin,
    PublicationQuerySet,
    StructuralPageMixin,
    controlled_types,
    is_below_hidden,
    outside_hidden_branches,
)
from .office import OfficeSettings
from .outbox import MailStatus, OutboxMail
from .procedure_settings import OfficeHoliday, ProcedureSettings
from .reminder import ReminderKind, StepReminder
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
    "ExtractedText",
    "FileProblem",
    "FormWords",
    "HeadApprovalTask",
    "LedgerEntry",
    "LedgerHead",
    "MailStatus",
    "NumberSeries",
    "OfficeHoliday",
    "OfficeSettings",
    "OutboxMail",
    "ProcedureSettings",
    "ProcedureStep",
    "PublicationManager",
    "PublicationMixin",
    "PublicationQuerySet",
    "PublicationRequest",
    "PublicationRequestQuerySet",
    "ReminderKind",
    "RoleGroup",
    "Round",
    "RoundFile",
    "Signing",
    "StepReminder",
    "StructuralPageMixin",
    "WebmasterCheckTask",
    "controlled_types",
    "is_below_hidden",
    "outside_hidden_branches",
    "sync_groups",
]
