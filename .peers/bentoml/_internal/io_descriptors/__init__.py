from __future__ import annotations

from .base import IO_DESCRIPTOR_REGISTRY
from .base import IODescriptor
from .base import from_spec
from .file import File
from .image import Image
from .json import JSON
from .multipart import Multipart
from .numpy import NumpyNdarray
from .pandas import PandasDataFrame
from .pandas import PandasSeries
from .text import Text

__all__ = [
    "IO_DESCRIPTOR_REGISTRY",
    "File",
    "Image",
    "IODescriptor",
    "JSON",
    "Multipart",
    "NumpyNdarray",
    "PandasDataFrame",
    "PandasSeries",
    "Text",
    "from_spec",
]
