"""Prove that two models give the same numbers: the one way every lesson does it."""

from collections.abc import Callable
from dataclasses import dataclass

import torch


class ParityError(AssertionError):
    """Two models differ; the message says on how many inputs, and by how much at worst."""


@dataclass(frozen=True)
class Parity:
    """The result of a comparison: `count` inputs compared, none further apart than `tolerance`."""

    count: int
    tolerance: float
    max_error: float
    """The largest absolute difference found. Don't print it: its last digits depend on the processor."""

    def __str__(self) -> str:
        return f"same numbers: {self.count} of {self.count} outputs agree within {self.tolerance:g}"

    __repr__ = __str__


@torch.no_grad()
def assert_parity(
    reference: Callable[[torch.Tensor], torch.Tensor],
    candidate: Callable[[torch.Tensor], torch.Tensor],
    inputs: torch.Tensor,
    *,
    tolerance: float = 1e-5,
) -> Parity:
    """Run both models on `inputs` (n x ...) and compare their outputs (n x ...) row by row.

    Returns a `Parity` when no number differs by more than `tolerance` (absolute). Raises `ParityError` when one does,
    when a number is NaN on one side only, or when the outputs differ in shape or type.
    """
    expected, found = reference(inputs), candidate(inputs)
    if not isinstance(found, torch.Tensor):
        raise ParityError(f"the candidate returned a {type(found).__name__}, not a tensor")
    if expected.shape != found.shape:
        raise ParityError(f"the shapes differ: expected {list(expected.shape)}, found {list(found.shape)}")
    if expected.dtype != found.dtype:
        raise ParityError(f"the types differ: expected {expected.dtype}, found {found.dtype}")
    if not len(inputs):
        raise ParityError("there is nothing to compare: the batch of inputs is empty")
    expected, found = expected.reshape(len(expected), -1), found.reshape(len(found), -1)
    same = torch.isclose(expected, found, rtol=0, atol=tolerance, equal_nan=True).all(1)
    error = (expected - found).abs().nan_to_num(nan=0.0 if same.all() else float("inf")).max().item()
    if not same.all():
        wrong = int((~same).sum())
        raise ParityError(f"{wrong} of {len(same)} outputs differ by more than {tolerance:g}; the worst by {error:.3g}")
    return Parity(len(same), tolerance, error)
