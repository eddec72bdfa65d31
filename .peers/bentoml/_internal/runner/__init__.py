from .runnable import Runnable
from .runner import Runner

__all__ = ["Runner", "Runnable"]
