from .assessment import AssessmentDate
from .call import VerificationCall
from .digest import Digest
from .ending import Ending, EndKind
from .extension import Extension, ExtensionStatus
from .failure import DueFailure
from .retention import RetentionRule
from .settings import UpkeepSettings, WhileExtending
from .verification import Correction, Verification

# What an office's Web Master keeps in the admin.
TABLES = (RetentionRule, AssessmentDate, UpkeepSettings)

__all__ = [
    "TABLES",
    "AssessmentDate",
    "Correction",
    "Digest",
    "DueFailure",
    "EndKind",
    "Ending",
    "Extension",
    "ExtensionStatus",
    "RetentionRule",
    "UpkeepSettings",
    "Verification",
    "VerificationCall",
    "WhileExtending",
]
