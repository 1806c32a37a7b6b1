from .checklist import PIECES, Cadence, Checklist, ChecklistItem, EvidenceLink
from .signature import SignaturePicture

__all__ = [
    "PIECES",
    "Cadence",
    "Checklist",
    "ChecklistItem",
    "EvidenceLink",
    "SignaturePicture",
]
