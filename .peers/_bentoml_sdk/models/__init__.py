from .base import BentoModel
from .base import Model
from .huggingface import HuggingFaceModel

__all__ = ["Model", "BentoModel", "HuggingFaceModel"]
