"""Preconfigured converters for pyyaml."""
from cattrs.preconf.pyyaml import configure_converter, make_converter, PyyamlConverter

__all__ = ["configure_converter", "make_converter", "PyyamlConverter"]
