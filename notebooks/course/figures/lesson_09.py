"""The figures of lesson 09."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt

from course.figures import BLUE, ORANGE, show

Answered = tuple[float, float, int, bool]
"""A request: when it was sent and when it was answered (seconds), how often it was sent again, and if it is right."""


def recovery(storms: Mapping[str, tuple[Sequence[Answered], float]]) -> None:
    """Draw each request's time to its answer, over the time it was sent, with the kill at zero.

    `storms`: name -> its requests, and when a worker was killed (seconds, on the requests' clock).
    """
    _, rows = plt.subplots(len(storms), 1, figsize=(9.5, 2.5 * len(storms)), sharex=True, sharey=True, squeeze=False)
    for axes, (name, (replies, killed)) in zip(rows[:, 0], storms.items(), strict=True):
        once = [(began - killed, ended - began) for began, ended, retries, _ in replies if not retries]
        again = [(began - killed, ended - began) for began, ended, retries, _ in replies if retries]
        axes.scatter(*zip(*once, strict=True), s=22, color=BLUE, marker=".", label="sent once")
        if again:
            sent, took = zip(*again, strict=True)
            axes.scatter(sent, took, s=55, color=ORANGE, marker="^", edgecolor="black", label="sent again", zorder=3)
            ends = [sum(pair) for pair in again]
            axes.hlines(took, sent, ends, color=ORANGE, linewidth=1.5, label="... until its answer", zorder=2)
        end = max(ended for _, ended, _, _ in replies) - killed
        place = axes.get_xaxis_transform()
        axes.axvline(0, color="black", linestyle="--", linewidth=1)
        axes.text(0, 1.04, "worker killed", transform=place, ha="center", va="bottom", fontsize=9)
        axes.axvline(end, 0, 0.12, color="black", linewidth=1)
        axes.text(end, 0.04, " all answered", transform=place, va="bottom", fontsize=9)
        axes.set(yscale="log", ylabel="seconds to\nan answer", ylim=(2e-3, 60))
        axes.set_title(name, loc="right", fontsize=10)
        axes.legend(loc="upper left", bbox_to_anchor=(1, 1), frameon=False)
    rows[-1, 0].set(xlabel="seconds since the kill, when the request was sent")
    show("For each request, when it was sent and how long its answer took, around a worker's death; " + _told(storms))


def _told(storms: Mapping[str, object]) -> str:
    return f"a row each for {' and '.join(storms)}, with requests that were sent again as triangles."
