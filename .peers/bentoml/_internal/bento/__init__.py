from .bento import Bento
from .bento import BentoStore

__all__ = ["Bento", "BentoStore"]
