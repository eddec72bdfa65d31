"""The figures of lesson 11."""

from collections.abc import Callable, Mapping, Sequence

import matplotlib.pyplot as plt

from course.figures import BLUE, GRAY, GREEN, ORANGE, PURPLE, SKY, VERMILION, show
from course.storm import Asked

NODES = {"node 1": (BLUE, "o"), "node 2": (ORANGE, "^"), "node 3": (GREEN, "s")}
"""Node -> colour and marker."""


def machines(isolated: bool) -> None:
    """Draw the machines, and what runs on each."""
    _, axes = plt.subplots(figsize=(9.5, 3.2))
    _box(axes, (0, 2.1), 9.2, "head: your notebook, the proxy that clients ask, the controller", BLUE)
    for number in range(3):
        _box(axes, (3.1 * number, 0.2), 3.0, f"node {number + 1}: 1 CPU\nreplicas", list(NODES.values())[number][0])
        axes.annotate(
            "", (3.1 * number + 1.5, 1.15), (3.1 * number + 1.5, 2.1), arrowprops={"arrowstyle": "<->", "color": GRAY}
        )
    how = "each with an address and a loopback of its own" if isolated else "all on one loopback, with different ports"
    axes.set(xlim=(-0.1, 9.4), ylim=(0, 3.2))
    axes.set_title(how, fontsize=10)
    axes.axis("off")
    show("A box for the head with the proxy and the controller, joined to three boxes, one for each node.")


def _box(axes: plt.Axes, place: tuple[float, float], width: float, text: str, colour: str) -> None:
    axes.add_patch(plt.Rectangle(place, width, 0.95, facecolor="white", edgecolor=colour, linewidth=2))
    axes.text(place[0] + width / 2, place[1] + 0.47, text, ha="center", va="center")


def rows(timeline: Sequence[Asked], marks: Mapping[str, float], alt: str) -> None:
    """Draw each request at the time it was sent, in the row of whoever answered it, with its latency above.

    `marks`: what happened -> when, in seconds on the requests' clock.
    """
    names = sorted({reply.who for reply in timeline})
    _, (top, bottom) = plt.subplots(2, 1, figsize=(9.5, 4.2), sharex=True, height_ratios=[3, 2])
    looks = [(BLUE, "o"), (ORANGE, "^"), (GREEN, "s"), (PURPLE, "D")]
    for place, name in enumerate(names):
        colour, marker = looks[place % len(looks)]
        own = [(reply.began, reply.ended - reply.began) for reply in timeline if reply.who == name]
        top.scatter(*zip(*own, strict=True), s=10, color=colour, marker=marker, label=name)
        bottom.scatter([began for began, _ in own], [place] * len(own), s=40, color=colour, marker="|")
    again = [(reply.began, reply.ended - reply.began) for reply in timeline if reply.retries]
    if again:
        top.scatter(*zip(*again, strict=True), s=70, facecolor="none", edgecolor=VERMILION, label="sent again")
    for what, when in marks.items():
        for axes in (top, bottom):
            axes.axvline(when, color="black", linestyle="--", linewidth=1)
        top.text(when, 1.03, what, transform=top.get_xaxis_transform(), ha="center", va="bottom", fontsize=9)
    top.set(yscale="log", ylabel="seconds to\nan answer")
    bottom.set(xlabel="seconds, when the request was sent", yticks=range(len(names)), ylim=(-0.6, len(names) - 0.4))
    bottom.set_yticklabels(names)
    top.legend(loc="upper left", bbox_to_anchor=(1, 1), frameon=False)
    show(alt)


def scaling(measured: Mapping[int, tuple[float, Mapping[str, float]]], model: Mapping[int, float]) -> None:
    """Draw throughput, measured and modelled, and CPU time a request, by the number of replicas.

    `measured`: replicas -> requests a second, and CPU seconds a request by kind of process.
    """
    _, (left, right) = plt.subplots(1, 2, figsize=(9.5, 3.4))
    counts = sorted(measured)
    rates = [measured[count][0] for count in counts]
    bars = left.bar(counts, rates, 0.6, color=SKY, edgecolor="black", label="measured")
    left.bar_label(bars, [f"{rate:.0f}" for rate in rates], padding=2)
    left.plot(counts, [model[count] for count in counts], color=VERMILION, marker="x", linestyle="--", label="model")
    left.set(xlabel="replicas", ylabel="requests a second", xticks=counts, ylim=(0, 1.3 * max(*rates, *model.values())))
    left.legend(frameon=False, ncols=2, loc="upper left")
    floor = [0.0] * len(counts)
    for kind, colour, hatch in (("proxy", BLUE, ""), ("replica", ORANGE, "//"), ("other", GRAY, "..")):
        values = [1000 * measured[count][1][kind] for count in counts]
        right.bar(counts, values, 0.6, bottom=floor, color=colour, hatch=hatch, edgecolor="white", label=kind)
        floor = [below + value for below, value in zip(floor, values, strict=True)]
    right.set(xlabel="replicas", ylabel="CPU ms a request", xticks=counts)
    right.legend(frameon=False, loc="upper left", bbox_to_anchor=(1, 1))
    show("Two bar charts by number of replicas: requests a second with the model beside them, and CPU time a request.")


def hundred(rate: Callable[[int, int], float], breaks: Mapping[str, float]) -> None:
    """Draw what the model says up to 100 machines, with one proxy and with one a machine, and what would break when.

    `rate(replicas, proxies)`: requests a second. `breaks`: a bound -> requests a second at which it is reached.
    """
    _, axes = plt.subplots(figsize=(9.5, 3.6))
    counts = [1, 2, 3, 5, 8, 12, 20, 30, 45, 70, 100]
    axes.plot(counts, [rate(count, 1) for count in counts], color=BLUE, marker="o", label="one proxy")
    axes.plot(counts, [rate(count, count) for count in counts], color=GREEN, marker="^", label="a proxy a machine")
    for (name, bound), style in zip(breaks.items(), ("--", ":", "-."), strict=False):
        axes.axhline(bound, color=VERMILION, linestyle=style, linewidth=1)
        axes.annotate(name, (counts[-1], bound), (0, 6), textcoords="offset points", ha="right", color=VERMILION)
    axes.set(xscale="log", yscale="log", xlabel="machines, one replica each", ylabel="requests a second (model)")
    axes.set_xticks([1, 3, 10, 30, 100], ["1", "3", "10", "30", "100"])
    axes.legend(frameon=False, loc=(0.03, 0.62))
    show("Modelled requests a second up to 100 machines, with one proxy and with one a machine, and bounds as lines.")
