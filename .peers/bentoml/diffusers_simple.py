from __future__ import annotations

from ._internal.frameworks.diffusers_runners import stable_diffusion
from ._internal.frameworks.diffusers_runners import stable_diffusion_xl

__all__ = ["stable_diffusion", "stable_diffusion_xl"]
