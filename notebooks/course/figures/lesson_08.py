"""The figures of lesson 08."""

from collections.abc import Mapping

import matplotlib.pyplot as plt
from matplotlib.axis import Axis
from matplotlib.ticker import LogLocator, NullLocator

from course.figures import BLUE, GRAY, GREEN, ORANGE, SKY, VERMILION, show
from course.rush import Rush

PERCENTILES = {50: ("o", BLUE), 95: ("s", ORANGE), 99: ("^", VERMILION)}
"""Percentile -> marker, colour."""

DRAWN = 36
"""Requests in a timeline."""


def _logarithmic(axis: Axis) -> None:
    """Label an axis of powers of ten with plain numbers."""
    axis.set_major_locator(LogLocator(subs=(1.0, 3.0)))
    axis.set_major_formatter("{x:,g}")
    axis.set_minor_locator(NullLocator())


def settings(measured: Mapping[str, Rush]) -> None:
    """Draw throughput, as a bar and as a multiple of the first, and three percentiles of the latency, by setting."""
    names = list(measured)
    rates = [result.throughput for result in measured.values()]
    _, (left, right) = plt.subplots(1, 2, figsize=(10, 1.1 + 0.42 * len(names)), sharey=True)
    left.barh(names, rates, color=SKY, edgecolor="black", linewidth=0.6)
    for row, rate in enumerate(rates):
        times = rate / rates[0]
        left.text(rate, row, f" x {times:.1f}" if times < 10 else f" x {times:.0f}", va="center", fontsize=9)
    left.set(xlabel="answers a second", xlim=(0, 1.18 * max(rates)))
    left.invert_yaxis()
    for row, result in enumerate(measured.values()):
        spread = [1000 * result.latency(percent) for percent in PERCENTILES]
        right.plot(spread, [row] * len(spread), color=GRAY, linewidth=1, zorder=1)
        for value, (percent, (marker, colour)) in zip(spread, PERCENTILES.items(), strict=True):
            label = f"p{percent}" if row == 0 else None
            right.scatter(value, row, marker=marker, color=colour, edgecolor="black", linewidth=0.5, s=48, label=label)
    right.set(xlabel="latency in ms, log scale", xscale="log")
    low, high = right.get_xlim()
    room = 1.5 if high / low > 10 else 4
    right.set_xlim(low / room, high * room)
    _logarithmic(right.xaxis)
    right.grid(axis="x", color="#dddddd")
    right.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=3, frameon=False)
    show(f"Answers a second as bars, and p50, p95 and p99 of the latency as markers, for: {', '.join(names)}.")


def workers(curves: Mapping[str, Mapping[int, Rush]]) -> None:
    """Draw throughput and p99 by number of workers, a line for each handler."""
    _, axes = plt.subplots(1, 2, figsize=(10, 3.3))
    looks = [(VERMILION, "o", "-"), (BLUE, "s", "--")]
    for (name, points), (colour, marker, line) in zip(curves.items(), looks, strict=True):
        counts = sorted(points)
        for axis, values in zip(axes, ([points[n].throughput for n in counts],
                                       [1000 * points[n].latency(99) for n in counts]), strict=True):  # fmt: skip
            axis.plot(range(len(counts)), values, color=colour, marker=marker, linestyle=line, label=name)
            axis.set_xticks(range(len(counts)), counts)
    for axis, what in zip(axes, ("answers a second", "p99 in ms"), strict=True):
        axis.set(xlabel="workers", ylabel=f"{what}, log scale", yscale="log")
        _logarithmic(axis.yaxis)
        axis.grid(axis="y", color="#dddddd")
    axes[0].legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, frameon=False)
    show(f"Two lines each of answers a second and of p99, by number of workers: {' and '.join(curves)}.")


def timeline(measured: Mapping[str, Rush]) -> None:
    """Draw for each of some requests how long it waited for its batch and when the handler worked on that batch.

    Answers must hold `batch`: when the handler began and ended with it, by the clock of `time.monotonic()`.
    """
    _, all_axes = plt.subplots(1, len(measured), figsize=(10, 4.4), squeeze=False)
    for axes, (name, result) in zip(all_axes[0], measured.items(), strict=True):
        replies = sorted((r for r in result.replies if not r.failed), key=lambda reply: reply.began)[:DRAWN]
        batches = sorted({tuple(reply.answer["batch"]) for reply in replies})
        start = replies[0].began
        for row, reply in enumerate(replies):
            began, ended = reply.answer["batch"]
            number = batches.index((began, ended))
            odd = number % 2
            axes.plot([1000 * (reply.began - start), 1000 * (began - start)], [row, row], color=GRAY, linewidth=1.4)
            axes.barh(row, 1000 * (ended - began), left=1000 * (began - start), height=0.85, linewidth=0.6,
                      color=ORANGE if odd else GREEN, hatch="////" if odd else "", edgecolor="black")  # fmt: skip
            axes.annotate(str(number + 1), (1000 * (ended - start), row), (3, 0), fontsize=7, va="center",
                          textcoords="offset points")  # fmt: skip
        axes.set(title=name, xlabel="milliseconds", ylabel="requests, in the order of sending")
        axes.set_yticks([])
        axes.invert_yaxis()
    told = "each request a line until its batch begins, and a bar while it is handled"
    show(f"Timelines of {' and of '.join(measured)}: {told}.")
