"""The figures of lesson 04."""

import io

import matplotlib.pyplot as plt
import numpy as np
import torch
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from PIL import Image

from course.figures import BLUE, GRAY, GREEN, SKY, VERMILION, show


def life(rows: list[dict], tensor: torch.Tensor, scores: torch.Tensor, answers: list[dict]) -> None:
    """Draw what a batch is at each step of a handler's life; each panel shows the first request's part of it.

    `rows` hold a PNG each under `body`; `tensor` is n x 1 x 28 x 28 (float32), `scores` are n x 10 (float32).
    """
    content = bytes(rows[0]["body"])
    image = np.asarray(Image.open(io.BytesIO(content)))
    figure, axes = plt.subplots(1, 5, figsize=(9.5, 3.1))
    _caption(axes[0], "TorchServe gives", f"list of {len(rows)} dicts", f'["body"]: {type(rows[0]["body"]).__name__}')
    lines = [content[start : start + 5].hex(" ") for start in range(0, 35, 5)]
    _text(axes[0], "\n".join([*lines, f"... {len(content)} bytes"]))
    _caption(axes[1], "→ Pillow decodes", f"{image.dtype}, {' x '.join(map(str, image.shape))}", "0 to 255")
    axes[1].imshow(image, cmap="gray")
    _caption(
        axes[2], "→ preprocess", f"{_name(tensor)},\n{_shape(tensor)}", f"{tensor.min():.2f} to {tensor.max():.2f}"
    )
    axes[2].imshow(tensor[0, 0], cmap="gray")
    _caption(axes[3], "→ inference", f"{_name(scores)}, {_shape(scores)}", "score of each digit")
    best = int(scores[0].argmax())
    bars = axes[3].barh(range(10), scores[0], color=[BLUE if digit == best else SKY for digit in range(10)])
    bars[best].set_hatch("//")
    axes[3].axvline(0, color=GRAY, lw=0.8)
    axes[3].set(yticks=range(10), xticks=[])
    axes[3].invert_yaxis()
    axes[3].set_box_aspect(1)
    _caption(axes[4], "→ postprocess", f"list of {len(answers)} {type(answers[0]).__name__}s", "becomes JSON")
    _text(axes[4], "\n".join(map(str, answers)))
    for ax in axes[1:3]:
        ax.set(xticks=[], yticks=[])
    figure.get_layout_engine().set(wspace=0.08)
    show("Five panels: a PNG's bytes, the decoded digit, the normalised tensor, ten scores as bars, the answers.")


def _name(tensor: torch.Tensor) -> str:
    return str(tensor.dtype).removeprefix("torch.")


def _shape(tensor: torch.Tensor) -> str:
    return " x ".join(map(str, tensor.shape))


def _caption(ax: Axes, step: str, what: str, note: str) -> None:
    ax.set_title(step, fontsize=11, weight="bold")
    ax.set_xlabel(f"{what}\n{note}", fontsize=9)


def _text(ax: Axes, text: str) -> None:
    ax.text(0.5, 0.5, text, ha="center", va="center", transform=ax.transAxes, fontsize=9, family="monospace")
    ax.set(xticks=[], yticks=[])
    ax.spines[:].set_visible(True)
    ax.set_box_aspect(1)


def heat_maps(maps: dict[str, dict[tuple[str, str], tuple[int, int]]], count: int) -> None:
    """Draw one heat map for each handler in `maps`: (kind of image, way of sending) -> (how many right, status).

    `count` is how many digits were sent for each cell. Besides its colour, a cell carries a mark and a number.
    """
    _, axes = plt.subplots(1, len(maps), figsize=(9.5, 5), sharey=True)
    for ax, (name, results) in zip(np.atleast_1d(axes), maps.items(), strict=True):
        kinds = list(dict.fromkeys(kind for kind, _ in results))
        sendings = list(dict.fromkeys(sending for _, sending in results))
        states = np.array([[_state(*results[kind, sending], count) for sending in sendings] for kind in kinds])
        ax.imshow(states, cmap=ListedColormap(["#F2F2F2", VERMILION, GREEN]), vmin=0, vmax=2, aspect="auto")
        for row, kind in enumerate(kinds):
            for column, sending in enumerate(sendings):
                right, status = results[kind, sending]
                text = (f"{status}", f"✗ {right}", f"✓ {right}")[states[row, column]]
                ax.text(column, row, text, ha="center", va="center", fontsize=8.5, weight="bold")
        ax.set_xticks(range(len(sendings)), sendings, rotation=40, ha="right", rotation_mode="anchor")
        ax.set_yticks(range(len(kinds)), kinds)
        ax.set_xticks(np.arange(len(sendings) - 1) + 0.5, minor=True)
        ax.set_yticks(np.arange(len(kinds) - 1) + 0.5, minor=True)
        ax.grid(which="minor", color="white", lw=2)
        ax.tick_params(which="both", length=0)
        ax.spines[:].set_visible(False)
        ax.set(title=f"{name}: {int((states == 2).sum())} of {states.size} pairs work", xlabel="way of sending")
    np.atleast_1d(axes)[0].set_ylabel("kind of image")
    show(f"A map of kinds of image against ways of sending for each of {' and '.join(maps)}: which pairs work.")


def _state(right: int, status: int, count: int) -> int:
    """Return 2 if all digits were read right, 1 if all were answered but not all were right, 0 if any failed."""
    if status != 200:
        return 0
    return 2 if right == count else 1
