"""The figures of lesson 06."""

import re

import matplotlib.pyplot as plt
import torch
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from course.figures import BLUE, GREEN, VERMILION, show

COLUMNS = 20
"""Digits in a row of the mosaic."""


def exchange(verbose: str, body: str) -> None:
    """Draw one HTTP request beside its answer.

    `verbose` is what `curl --verbose` wrote to stderr (`> ` before what was sent, `< ` before what came), `body` is
    the answer's body, JSON. Headers that say nothing of interest here are left out.
    """
    sent = [line[2:] for line in verbose.splitlines() if line.startswith("> ") and line[2:].strip()]
    came = [line[2:] for line in verbose.splitlines() if line.startswith("< ") and line[2:].strip()]
    sent = [line for line in sent if not line.lower().startswith("expect")]
    sent = [re.sub("(Bearer) .*", r"\1 (your token)", line) for line in sent]
    came = [line for line in came if re.match(r"HTTP/\S+ [2-5]|content", line, re.IGNORECASE)]
    answer = re.sub(r"\[.*\]", "[ten numbers]", " ".join(body.split()), flags=re.DOTALL)
    rows = max(len(sent), len(came) + answer.count(", ")) + 3
    _, (left, right) = plt.subplots(1, 2, figsize=(9.5, 0.7 + 0.25 * rows))
    _message(left, "Request: from curl to the frontend", sent, ["(the bytes of the picture)"], rows=rows, colour=BLUE)
    lines = answer.replace(", ", ",\n  ").split("\n")
    _message(right, "Answer: from the frontend to curl", came, lines, rows=rows, colour=GREEN)
    show("Two boxes: the HTTP request that curl sent, and the answer with its status, headers and JSON.")


def _message(axes: Axes, title: str, head: list[str], body: list[str], *, rows: int, colour: str) -> None:
    """Write an HTTP message into `axes`: its head, an empty line, its body."""
    axes.set_title(title, loc="left", fontsize=10)
    axes.set(xlim=(0, 54), ylim=(rows - 0.3, -0.7), xticks=[], yticks=[])
    axes.spines[:].set(visible=True, color=colour, linewidth=2)
    for row, line in enumerate([*head, "", *body]):
        axes.text(
            1, row, line, family="DejaVu Sans Mono", fontsize=8.5, va="center", weight="bold" if row == 0 else None
        )


def served(images: torch.Tensor, truth: torch.Tensor, answers: list[dict]) -> None:
    """Draw what was served for `images` (uint8, n x 28 x 28), whose labels are `truth` (int64, n).

    Left, a mosaic of the images in which wrong answers are framed and told; right, the confidence of each answer.
    """
    wrong = [index for index, answer in enumerate(answers) if answer["digit"] != int(truth[index])]
    rows = -(-len(images) // COLUMNS)
    canvas = torch.zeros(rows * COLUMNS, 28, 28, dtype=torch.uint8)
    canvas[: len(images)] = images
    mosaic = canvas.view(rows, COLUMNS, 28, 28).transpose(1, 2).reshape(rows * 28, COLUMNS * 28)
    _, (left, right) = plt.subplots(1, 2, figsize=(9.5, 3.4), width_ratios=[2, 1])
    left.imshow(mosaic, cmap="gray")
    left.axis("off")
    left.set_title(f"{len(images) - len(wrong)} of {len(images)} answers are right")
    for index in wrong:
        row, column = divmod(index, COLUMNS)
        left.add_patch(Rectangle((column * 28, row * 28), 28, 28, fill=False, ec=VERMILION, lw=2))
        told = f"served {answers[index]['digit']}, is {int(truth[index])}"
        side = "right" if column > COLUMNS // 2 else "left"
        place = (column * 28 - 4, row * 28 + 14) if side == "right" else (column * 28 + 32, row * 28 + 14)
        left.text(*place, told, ha=side, va="center", fontsize=8.5, bbox={"fc": "white", "ec": VERMILION, "pad": 2})
    kinds = {"right": (BLUE, "o", [i for i in range(len(answers)) if i not in wrong]), "wrong": (VERMILION, "X", wrong)}
    for name, (colour, marker, chosen) in kinds.items():
        confidence = [answers[index]["confidence"] for index in chosen]
        right.scatter(confidence, chosen, c=colour, marker=marker, s=18 if name == "right" else 70, label=name)
    right.set(xlim=(0, 1.03), xlabel="confidence of the answer", ylabel="number of the digit")
    right.legend(title="answer", loc="lower left")
    right.set_title("How sure was it?")
    show(f"{len(images)} digits as sent, {len(wrong)} of them framed as wrong, beside the confidence of every answer.")
