"""The figures of lesson 99."""

import matplotlib.pyplot as plt
import torch

from course.figures import BLUE, show


def ink(images: torch.Tensor, labels: torch.Tensor) -> None:
    """Draw the share of pixels that are ink in `images` (uint8, n x 28 x 28), by digit; labels (int64, n)."""
    shares = [(images[labels == digit] > 0).float().mean().item() for digit in range(10)]
    _, ax = plt.subplots(figsize=(9, 3))
    ax.bar(range(10), shares, color=BLUE)
    ax.set(xticks=range(10), xlabel="digit", ylabel="share of ink")
    show("Ten bars, one for each digit: the share of the pixels that are ink in its pictures.")
