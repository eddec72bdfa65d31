"""The figures of lesson 01."""

import re
from textwrap import dedent

import matplotlib.pyplot as plt
import numpy as np
import torch
from matplotlib.axes import Axes

from course.figures import BLUE, GRAY, VERMILION, show


def error_histograms(errors: dict[str, torch.Tensor], tolerance: float = 1e-5) -> None:
    """Draw one histogram for each model: how far its trace is from eager mode on every input (n, absolute errors).

    The axis of errors is logarithmic; errors below 1e-8, zero included, are counted in its first bin. Answers that
    are further apart than `tolerance` are hatched.
    """
    bins = np.linspace(-8.5, 1.5, 41)
    _, panels = plt.subplots(1, len(errors), figsize=(9, 3.1), sharex=True, sharey=True, squeeze=False)
    for axes, (name, values) in zip(panels[0], errors.items(), strict=True):
        logs = np.log10(values.detach().numpy().clip(1e-8))
        wrong = logs > np.log10(tolerance)
        axes.hist(logs[~wrong], bins, color=BLUE)
        axes.hist(logs[wrong], bins, color="white", edgecolor=VERMILION, hatch="////")
        axes.axvline(np.log10(tolerance), color=GRAY, linestyle="--")
        axes.set(title=f"{name}: {wrong.sum()} of {len(wrong)} wrong", xlabel="error against eager mode", yscale="log")
        axes.set(xticks=range(-8, 1, 2), xticklabels=["1e-8\nor 0", "1e-6", "1e-4", "1e-2", "1"], ylim=(0.7, 2500))
    panels[0][0].text(np.log10(tolerance) + 0.15, 900, f"tolerance {tolerance:g}", color=GRAY)
    panels[0][0].set_ylabel("inputs (log scale)")
    show(f"Histograms of the errors of {' and '.join(errors)} against eager mode, with the tolerance marked.")


def erased_branch(source: str, code: str) -> None:
    """Draw the `source` of a forward method beside the `.code` of its trace, with what the trace lost marked.

    A line counts as lost when it decides something (`if`, `else`) or uses a `self.name` that the trace doesn't.
    """
    kept = set(re.findall(r"self\.(\w+)", code))
    lines = dedent(source).strip().splitlines()
    lost = [bool(re.match(r"\s*(if|else)\b", s) or set(re.findall(r"self\.(\w+)", s)) - kept) for s in lines]
    compiled = code.strip().splitlines()
    rows = max(len(lines), len(compiled))
    _, (left, right) = plt.subplots(1, 2, figsize=(9, 0.45 + 0.27 * rows))
    _panel(left, "What you wrote", lines, lost, rows)
    _panel(right, "What was recorded: .code", compiled, [False] * len(compiled), rows)
    show(f"Source beside its trace: {sum(lost)} of {len(lines)} lines of the source are marked as not recorded.")


def _panel(axes: Axes, title: str, lines: list[str], lost: list[bool], rows: int) -> None:
    """Write `lines` of code into `axes`, which has room for `rows`; mark those that are `lost`."""
    axes.set_title(title, loc="left")
    axes.set(xlim=(0, 44), ylim=(rows - 0.4, -0.6), xticks=[], yticks=[], facecolor="#f7f7f7")
    axes.spines[:].set_visible(False)
    for row, (line, gone) in enumerate(zip(lines, lost, strict=True)):
        axes.text(0.7, row, line, family="DejaVu Sans Mono", fontsize=10, va="center")
        if gone:
            axes.text(1, row, "✗", color=VERMILION, va="center", weight="bold", fontsize=12)
            axes.text(43.5, row, "not recorded", color=VERMILION, va="center", ha="right", style="italic")
