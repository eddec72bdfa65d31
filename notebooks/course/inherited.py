"""Two TorchScript files as you may inherit them in lesson 10: bugs inside, and no source beside them.

Read the lesson first: it finds the bugs in the files themselves. Here is how they came about.
"""

import warnings
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

from course.digits import load_digits, to_input, trained

BLACK, WHITE = -0.4242, 2.8215
"""The normalised values of a black and of a white pixel."""

READ_ME = "Reads digits (n x 1 x 28 x 28, normalised), light on dark or dark on light. Answers ten scores each."
STRETCHER_READ_ME = "Reads digits (n x 1 x 28 x 28, normalised), however pale: it stretches each picture's contrast."


class Reader(nn.Module):
    """Reads light digits on dark ground; inverts a picture that is light on the whole."""

    def __init__(self) -> None:
        super().__init__()
        self.net = trained()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return scores (n x 10) for normalised digits `x` (n x 1 x 28 x 28)."""
        if x.mean() > 1.2:  # a trace keeps what its example did
            x = 2.4 - x
        x = torch.flatten(self.net.features(x), 1)
        return self.net.classifier(F.dropout(x, 0.25))  # its `training` is True unless told: .eval() can't reach it


class Stretcher(nn.Module):
    """Reads pale digits: it stretches a picture from black to white first."""

    def __init__(self) -> None:
        super().__init__()
        self.net = trained()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return scores (n x 10) for normalised digits `x` (n x 1 x 28 x 28)."""
        ink = x - x.amin((1, 2, 3), keepdim=True)
        ink = ink / ink.max().item()  # a number, so a trace keeps that of its example
        return self.net(ink * (WHITE - BLACK) + BLACK)


def write_reader(path: str | Path) -> None:
    """Write the `Reader` as somebody traced it, on one dark digit on light ground, to `path`."""
    light = 2.4 - to_input(load_digits(train=False)[0][:1])
    _write(Reader(), light, path, READ_ME)


def write_stretcher(path: str | Path) -> None:
    """Write the `Stretcher` as somebody traced it, on one digit of full contrast, to `path`."""
    _write(Stretcher(), to_input(load_digits(train=False)[0][:1]), path, STRETCHER_READ_ME)


def _write(model: nn.Module, example: torch.Tensor, path: str | Path, read_me: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # whoever made it saw the tracer's warnings, and did the same
        traced = torch.jit.trace(model.eval(), example, check_trace=False)
    traced.save(str(path), _extra_files={"README.txt": read_me})
