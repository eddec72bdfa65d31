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
        for again, colour, marker, label in ((False, BLUE, ".", "sent once"), (True, ORANGE, "^", "sent again")):
            own = [(began - killed, ended - began) for began, ended, retries, _ in replies if bool(retries) == again]
            if own:
                size = 60 if again else 22
                axes.scatter(*zip(*own, strict=True), s=size, color=colour, marker=marker, label=label, zorder=2 + again,
                             edgecolor="black" if again else "none", linewidth=0.7)  # fmt: skip
        end = max(ended for _, ended, _, _ in replies) - killed
        axes.axvline(0, color="black", linestyle="--", linewidth=1)
        axes.text(0, 1.02, "worker killed", transform=axes.get_xaxis_transform(), ha="center", va="bottom", fontsize=9)
        axes.axvspan(0, 0, color="none")
        axes.plot(end, 0.02, marker="|", color="black", transform=axes.get_xaxis_transform(), markersize=9)
        axes.annotate("all answered", (end, 0.02), xycoords=axes.get_xaxis_transform(), xytext=(4, 0),
                      textcoords="offset points", fontsize=9, va="bottom")  # fmt: skip
        axes.set(yscale="log", ylabel="seconds to\nan answer")
        axes.set_title(name, loc="left", fontsize=10)
        axes.legend(loc="upper left", bbox_to_anchor=(1, 1), frameon=False)
    rows[-1, 0].set(xlabel="seconds since the kill, when the request was sent")
    show("For each request, when it was sent and how long its answer took, around a worker's death; " + _told(storms))


def _told(storms: Mapping[str, object]) -> str:
    return f"a row each for {' and '.join(storms)}, with requests that were sent again as triangles."
