from .checklist import PIECES, Cadence, Checklist, ChecklistItem, EvidenceLink
from .pack import EvidencePack, PackState
from .signature import SignaturePicture
from .supervision import SupervisionReport

__all__ = [
    "PIECES",
    "Cadence",
    "Checklist",
    "ChecklistItem",
    "EvidenceLink",
    "EvidencePack",
    "PackState",
    "SignaturePicture",
    "SupervisionReport",
]
