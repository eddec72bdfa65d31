from .base import BaseStyle
from .border import BorderedStyle
from .fancy import FancyStyle
from .minimal import MinimalStyle
from .tagged import TaggedStyle

__all__ = ["BaseStyle", "BorderedStyle", "TaggedStyle", "FancyStyle", "MinimalStyle"]
