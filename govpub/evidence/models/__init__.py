from .signature import SignaturePicture

__all__ = ["SignaturePicture"]
