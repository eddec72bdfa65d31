"""The figures of lesson 07."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import torch
from IPython.display import display
from matplotlib.axes import Axes

from course.figures import BLUE, GRAY, ORANGE, VERMILION, show, with_alt
from course.load import Reply

LOOKS = {"1.0": (BLUE, "", "-"), "2.0": (ORANGE, "///", "--"), "failed": (VERMILION, "xxx", ":")}
"""Version -> colour, hatching, line style; "failed" stands for answers that name no version."""

BINS = 24
"""Bars along the time axis."""

ALT = "Two curves for each version, over time: its answers a second, and which share of them was unsure."
"""What the live metrics show."""

WINDOW = 40
"""How many of a version's newest answers make its share of right ones."""

FEWEST = 10
"""A share of fewer answers than this is not drawn."""


def _version(reply: Reply) -> str:
    return "failed" if reply.failed else reply.answer["version"]


def versions(replies: Sequence[Reply], events: Mapping[str, float]) -> None:
    """Draw who answered when: bars of requests by version over time, and the share of right answers below.

    `events` are lines to draw: what happened -> when, in seconds since the load began.
    """
    end = max(reply.ended for reply in replies)
    width = end / BINS
    middles = [(number + 0.5) * width for number in range(BINS)]
    _, (top, bottom) = plt.subplots(2, 1, figsize=(9.5, 4.6), sharex=True, height_ratios=[3, 2])
    floor = [0] * BINS
    for name in sorted({_version(reply) for reply in replies}):
        colour, hatch, line = LOOKS[name]
        own = [reply for reply in replies if _version(reply) == name]
        counts = [0] * BINS
        for reply in own:
            counts[min(int(reply.ended / width), BINS - 1)] += 1
        label = name if name == "failed" else f"version {name}"
        top.bar(middles, counts, width * 0.9, bottom=floor, color=colour, hatch=hatch, edgecolor="white", label=label)
        floor = [below + count for below, count in zip(floor, counts, strict=True)]
        if name != "failed":
            bottom.plot(*_share_of_right(own, gap=3 * width), color=colour, linestyle=line, linewidth=2, label=label)
    top.set(ylabel="requests")
    bottom.set(xlabel="seconds", ylabel=f"right of the\nlast {WINDOW} answers", ylim=(0.6, 1.03), xlim=(0, end))
    bottom.yaxis.set_major_formatter("{x:.0%}")
    _mark(top, bottom, events)
    for axes in (top, bottom):
        axes.legend(loc="upper left", bbox_to_anchor=(1, 1), frameon=False)
    told = f"with {' and '.join(events)} marked; below, the share of right answers of each version"
    show(f"Bars of requests by version over time, {told}.")


def _share_of_right(replies: Sequence[Reply], gap: float) -> tuple[list[float], list[float]]:
    """Return times and shares to plot, interrupted where a version had no answer for `gap` seconds."""
    times, shares = [], []
    for number in range(FEWEST, len(replies)):
        if replies[number].ended - replies[number - 1].ended > gap:
            times.append(replies[number].ended)
            shares.append(float("nan"))
        newest = replies[max(0, number + 1 - WINDOW) : number + 1]
        times.append(replies[number].ended)
        shares.append(sum(reply.right for reply in newest) / len(newest))
    return times, shares


def _mark(top: Axes, bottom: Axes, events: Mapping[str, float]) -> None:
    """Draw the events as lines through both axes, with their names above."""
    height = top.get_ylim()[1]
    top.set_ylim(0, height)
    for name, when in events.items():
        for axes in (top, bottom):
            axes.axvline(when, color="black", linestyle="--", linewidth=1)
        top.text(when, height * 1.02, name, ha="center", va="bottom", fontsize=9)


class LiveMetrics:
    """A figure that grows while samples of the server's counters are added to it.

    Left, answers a second by version; right, which share of the newest answers was unsure. Both are differences
    between two samples, since a counter only ever grows.
    """

    def __init__(self) -> None:
        self._figure, self._axes = plt.subplots(1, 2, figsize=(9.5, 3.2))
        self._samples: list[tuple[float, dict[str, float], dict[str, float]]] = []
        plt.close(self._figure)  # or the cell would show it once more at its end
        data, metadata = with_alt(self._figure, ALT)
        self._view = display(data, metadata=metadata, raw=True, display_id=True)

    def add(self, when: float, answers: Mapping[str, float], unsure: Mapping[str, float]) -> None:
        """Add what the counters said at `when` (seconds), by version, and draw the figure anew."""
        self._samples.append((when, dict(answers), dict(unsure)))
        left, right = self._axes
        for axes in self._axes:
            axes.clear()
        for name in sorted(self._samples[-1][1]):
            colour, _, line = LOOKS[name]
            times, rates, shares = [], [], []
            for before, after in zip(self._samples, self._samples[1:], strict=False):
                new = after[1].get(name, 0) - before[1].get(name, 0)
                times.append(after[0])
                rates.append(new / (after[0] - before[0]))
                shares.append((after[2].get(name, 0) - before[2].get(name, 0)) / new if new else float("nan"))
            for axes, values in ((left, rates), (right, shares)):
                axes.plot(times, values, color=colour, linestyle=line, marker=".", label=f"version {name}")
        left.set(xlabel="seconds", ylabel="answers a second", ylim=(0, None))
        right.set(xlabel="seconds", ylabel="unsure answers", ylim=(-0.03, 1.03))
        right.yaxis.set_major_formatter("{x:.0%}")
        right.legend(loc="upper right", frameon=False)
        data, metadata = with_alt(self._figure, ALT)
        self._view.update(data, metadata=metadata, raw=True)


def attributions(images: torch.Tensor, truth: torch.Tensor, answers: Sequence[dict]) -> None:
    """Draw digits (uint8, n x 28 x 28; `truth`: int64, n) and, below each, which pixels spoke for what was served."""
    _, rows = plt.subplots(2, len(images), figsize=(9.5, 3.9), squeeze=False)
    strongest = 0.7 * max(abs(x) for answer in answers for row in answer["attributions"] for x in row)
    for column, (image, label, answer) in enumerate(zip(images, truth.tolist(), answers, strict=True)):
        top, bottom = rows[0][column], rows[1][column]
        top.imshow(image, cmap="gray")
        wrong = "" if answer["digit"] == label else f", is {label}"
        top.set_title(f"served: {answer['digit']}{wrong}", fontsize=10)
        heat = torch.tensor(answer["attributions"])
        drawn = bottom.imshow(heat, cmap="PuOr_r", vmin=-strongest, vmax=strongest)
        for sign in (1, -1):
            for place in (sign * heat).flatten().topk(8).indices.tolist():
                row, column_ = divmod(place, heat.shape[1])
                if sign * heat[row, column_] > 0.15 * strongest:
                    ink = "white" if abs(heat[row, column_]) > 0.75 * strongest else "black"
                    sign_text = "+" if sign > 0 else "-"
                    bottom.text(column_, row, sign_text, ha="center", va="center", fontsize=8, color=ink)
        for axes in (top, bottom):
            axes.set(xticks=[], yticks=[])
            axes.spines[:].set(visible=True, color=GRAY)
    bar = plt.colorbar(drawn, ax=rows[1].tolist(), ticks=[-strongest, 0, strongest], shrink=0.9)
    bar.ax.set_yticklabels(["against (-)", "neither", "for it (+)"])
    show(
        f"{len(images)} digits, each above a map of the pixels that spoke for what was served, and of those against it."
    )
