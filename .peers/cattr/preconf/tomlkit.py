"""Preconfigured converters for tomlkit."""
from cattrs.preconf.tomlkit import configure_converter, make_converter, TomlkitConverter

__all__ = ["configure_converter", "make_converter", "TomlkitConverter"]
