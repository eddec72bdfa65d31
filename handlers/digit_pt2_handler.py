"""The digit handler for a `.pt2`: an exported program, or one that AOTInductor compiled. All else is `DigitHandler`'s.

TorchServe's own handlers load no `.pt2`. Give the archiver this file as the handler, and `digit_handler.py` among the
extra files.
"""

import os
import zipfile

import torch
from digit_handler import DigitHandler


class DigitPt2Handler(DigitHandler):
    """Answers as `DigitHandler` does, from a `.pt2` file."""

    def load_network(self, path):
        """Load the `.pt2` at `path`: what AOTInductor compiled as machine code, anything else as a graph."""
        self.network = load_compiled(path) if is_compiled(path) else torch.export.load(path).module()
        self.model = self.network


def is_compiled(path):
    """Tell whether the `.pt2` at `path` holds what AOTInductor compiled."""
    with zipfile.ZipFile(path) as parts:
        return any("/aotinductor/" in name for name in parts.namelist())


def load_compiled(path):
    """Load what AOTInductor compiled; unpack it beside `path`, and let it check its inputs.

    PyTorch unpacks the library into the temporary folder, and a worker that is killed leaves it there. Beside the
    model it goes when TorchServe removes the model.
    """
    os.environ.setdefault("AOTI_RUNTIME_CHECK_INPUTS", "1")  # read at the first call; else it trusts every shape
    before = os.environ.get("TMPDIR")
    os.environ["TMPDIR"] = os.path.dirname(os.path.abspath(path))
    try:
        return torch._inductor.aoti_load_package(path)
    finally:
        if before is None:
            del os.environ["TMPDIR"]
        else:
            os.environ["TMPDIR"] = before
