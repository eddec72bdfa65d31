from __future__ import annotations

from ._internal.models.model import ModelSignature
from ._internal.types import ModelSignatureDict

__all__ = ["ModelSignature", "ModelSignatureDict"]
