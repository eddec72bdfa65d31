"""The set-up check of lesson 00: one line per thing the course needs, with the remedy where it is missing."""

import importlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable

PACKAGES = (
    "torch", "torchvision", "ts", "model_archiver", "yaml", "captum",
    "requests", "ipywidgets", "matplotlib", "nbval", "psutil",
)  # fmt: skip
"""What must import; `ts` is TorchServe's own name for itself."""

INSTALL = "run `make setup` in the project's folder, then restart the kernel (Kernel menu, Restart Kernel)"


class Missing(Exception):  # noqa: N818 - a finding, not an error
    """Something the course needs is missing; the message says what was found and what to do."""


def _python() -> None:
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        found = ".".join(map(str, sys.version_info[:2]))
        raise Missing(f"this kernel runs Python {found}: choose another with `PYTHON=python3.12 make lab`")


def _packages() -> None:
    for name in PACKAGES:
        try:
            importlib.import_module(name)
        except ImportError as error:
            raise Missing(f"`import {name}` fails ({error}): {INSTALL}") from error


def _java() -> None:
    java = os.path.join(os.environ.get("JAVA_HOME", ""), "bin", "java")
    try:
        subprocess.run([java, "-version"], check=True, capture_output=True, timeout=60)
    except (OSError, subprocess.SubprocessError) as error:
        raise Missing(f"{java} does not run ({error}): {INSTALL}") from error


def _commands() -> None:
    for name in ("torchserve", "torch-model-archiver"):
        if shutil.which(name) is None:
            raise Missing(f"the command {name} is not found: {INSTALL}")


def _digits() -> None:
    from course.digits import load_digits

    try:
        counts = [len(load_digits(train)[0]) for train in (True, False)]
    except (RuntimeError, OSError, ValueError) as error:
        raise Missing(f"data/MNIST/raw can't be read ({error}): restore it with `git checkout data`") from error
    if counts != [4000, 1000]:
        raise Missing(f"found {counts} digits instead of 4,000 and 1,000: restore them with `git checkout data`")


def _weights() -> None:
    from course.digits import trained

    try:
        trained()
    except Exception as error:  # torch.load raises whatever the damage makes it raise
        raise Missing(f"data/digitnet.pth can't be loaded ({error}): restore it with `git checkout data`") from error


def _room() -> None:
    folder = tempfile.gettempdir()
    free = shutil.disk_usage(folder).free if os.access(folder, os.W_OK) else 0
    if free < 500e6:
        raise Missing(
            f"{folder} has {free / 1e6:.0f} MB left that you may write to: make room for 500 MB, or set TMPDIR"
        )


ITEMS: dict[str, Callable[[], None]] = {
    "Python 3.11 to 3.13": _python,
    "the packages": _packages,
    "Java for TorchServe": _java,
    "the commands torchserve and torch-model-archiver": _commands,
    "5,000 digits": _digits,
    "the trained weights": _weights,
    "room for temporary files": _room,
}


def check_setup() -> bool:
    """Print OK or FAIL for everything in `ITEMS`, with the remedy after FAIL; return whether all is well."""
    missing = 0
    for name, look in ITEMS.items():
        try:
            look()
            print(f"OK    {name}")
        except Missing as why:
            missing += 1
            print(f"FAIL  {name}: {why}")
    print("You can start." if not missing else f"{missing} to mend before you start.")
    return not missing
