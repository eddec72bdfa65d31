from .input import Validator
from .toolkit import RichToolkit, RichToolkitTheme

__all__ = ["RichToolkit", "RichToolkitTheme", "Validator"]
