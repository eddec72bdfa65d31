from .connector import ASGIApplicationConnector

__all__ = ["ASGIApplicationConnector"]
