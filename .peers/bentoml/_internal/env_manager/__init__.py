from .manager import EnvManager

__all__ = ["EnvManager"]
