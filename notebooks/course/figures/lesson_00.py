"""The figures of lesson 00."""

import matplotlib.pyplot as plt
import torch
from matplotlib.patches import FancyBboxPatch

from course.figures import BLUE, GRAY, GREEN, ORANGE, show


def request_path() -> None:
    """Draw what happens between a client's PNG and its JSON answer."""
    _, ax = plt.subplots(figsize=(9.5, 2.9))
    ax.set(xlim=(-0.4, 19.3), ylim=(0, 5))
    ax.axis("off")
    boxes = [
        (0.1, 3.0, "client", "curl, requests,\na phone", GRAY),
        (4.6, 3.2, "frontend", "Java: checks the\ntoken, queues", BLUE),
        (9.3, 3.2, "batch", "jobs that wait for\na free worker", BLUE),
        (14.0, 4.8, "worker process", "preprocess  →  inference\n→  postprocess", GREEN),
    ]
    for left, width, name, text, colour in boxes:
        ax.add_patch(FancyBboxPatch((left, 1.9), width, 2.1, boxstyle="round,pad=0.12", fc="white", ec=colour, lw=2))
        ax.text(left + width / 2, 3.45, name, ha="center", weight="bold")
        ax.text(left + width / 2, 2.45, text, ha="center", va="center", fontsize=9)
    for start, end in ((3.25, 4.45), (7.95, 9.15), (12.65, 13.85)):
        ax.annotate("", (end, 2.95), (start, 2.95), arrowprops={"arrowstyle": "->", "lw": 1.8})
    ax.text(3.85, 3.1, "PNG", ha="center", fontsize=9)
    ax.annotate(
        "", (1.6, 1.7), (16.4, 1.7),
        arrowprops={"arrowstyle": "->", "lw": 1.8, "connectionstyle": "bar,fraction=-0.06", "color": ORANGE},
    )  # fmt: skip
    ax.text(9, 0.35, 'answer: {"digit": 7, "confidence": ...}', ha="center", fontsize=9)
    ax.text(16.4, 4.5, "your handler, your model", ha="center", fontsize=9, style="italic")
    ax.text(8.6, 4.5, "TorchServe's own", ha="center", fontsize=9, style="italic")
    show("Diagram: a PNG goes from the client through frontend, batch and worker process; a JSON answer comes back.")


def digits(images: torch.Tensor, labels: torch.Tensor) -> None:
    """Draw `images` (uint8, n x 28 x 28) in rows of ten, each under its label (int64, n)."""
    rows = -(-len(images) // 10)
    _, axes = plt.subplots(rows, 10, figsize=(9, 1.15 * rows), squeeze=False)
    for ax, image, label in zip(axes.flat, images, labels, strict=False):
        ax.imshow(image, cmap="gray")
        ax.set_title(int(label), fontsize=10)
    for ax in axes.flat:
        ax.axis("off")
    show(f"{len(images)} handwritten digits, each under its label: {', '.join(str(int(label)) for label in labels)}.")


def confusion(labels: torch.Tensor, predicted: torch.Tensor) -> None:
    """Draw how often each digit (int64, n) was read as which (int64, n); the title gives the accuracy."""
    counts = torch.zeros(10, 10, dtype=torch.int64)
    counts.index_put_((labels, predicted), torch.ones_like(labels), accumulate=True)
    _, ax = plt.subplots(figsize=(5.4, 5))
    ax.imshow(counts, cmap="Blues", vmax=counts.max())
    for (row, column), count in [((r, c), int(counts[r, c])) for r in range(10) for c in range(10)]:
        if count:
            ax.text(column, row, count, ha="center", va="center", color="white" if row == column else "black")
    right = int((labels == predicted).sum())
    ax.set(
        xticks=range(10), yticks=range(10), xlabel="read as", ylabel="true digit",
        title=f"{right} of {len(labels)} held-out digits read right",
    )  # fmt: skip
    show("Grid of ten by ten: true digits down, what they were read as across; the right answers lie on the diagonal.")
