from ._internal.ray import deployment

__all__ = ["deployment"]
