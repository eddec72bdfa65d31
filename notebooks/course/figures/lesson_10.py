"""The figure of lesson 10: one model, as many artefacts as there are, measured."""

import matplotlib.pyplot as plt
from matplotlib.axes import Axes

from course.artefacts import Artefact, Measured
from course.figures import BLUE, GRAY, GREEN, ORANGE, SKY, show

HATCHES = {"import": "", "load": "//", "first call": "xx"}
COLOURS = {"import": SKY, "load": ORANGE, "first call": GREEN}


def artefacts(kinds: dict[str, Artefact], measured: dict[str, Measured], agree: dict[str, bool]) -> None:
    """Draw size, start and time of a call of each artefact, and say whether it agrees and whether it needs Python.

    Times of a call are multiples of the first artefact's with one thread. The dicts have the same names as keys.
    """
    _, panels = plt.subplots(2, 2, figsize=(10, 7.6), sharey=True)
    names = list(measured)
    _sizes(panels[0, 0], measured)
    _starts(panels[0, 1], measured)
    batches = sorted({batch for batch, _ in measured[names[0]].calls})
    for axes, batch in zip(panels[1], batches, strict=True):
        _calls(axes, measured, batch)
    labels = []
    for name in names:
        python = "needs Python" if kinds[name].python else "no Python"
        torch = "" if measured[name].torch_imported else ", no torch"
        labels.append(f"{name}\n{python}{torch}, {'same numbers' if agree[name] else 'OTHER NUMBERS'}")
    for axes in panels[:, 0]:
        axes.set_yticks(range(len(names)), labels, fontsize=8.5)
    for axes in panels.flat:
        axes.tick_params(axis="y", length=0)
        axes.margins(x=0.2)
    panels[0, 0].invert_yaxis()
    show(
        "A row for each artefact of one model, in four panels: size of the file; import, load and first call; time of "
        "a call of one image; time of a call of 64 images, with one thread and with all."
    )


def _sizes(axes: Axes, measured: dict[str, Measured]) -> None:
    bars = axes.barh(range(len(measured)), [m.size / 1e6 for m in measured.values()], 0.6, color=BLUE)
    axes.bar_label(bars, fmt="%.2f", padding=3, fontsize=9)
    axes.set(title="Size of the file", xlabel="megabytes")


def _starts(axes: Axes, measured: dict[str, Measured]) -> None:
    left = [0.0] * len(measured)
    for step, hatch in HATCHES.items():
        widths = [m.start[step] for m in measured.values()]
        axes.barh(
            range(len(measured)), widths, 0.6, left, color=COLOURS[step], hatch=hatch, edgecolor="white", label=step
        )
        left = [a + b for a, b in zip(left, widths, strict=True)]
    for row, total in enumerate(left):
        axes.text(total, row, f" {total:.2g}", va="center", fontsize=9)
    axes.set(title="From nothing to the first answer", xlabel="seconds")
    axes.legend(frameon=False, loc="lower center", bbox_to_anchor=(0.5, 1.1), ncols=3, fontsize=9)


def _calls(axes: Axes, measured: dict[str, Measured], batch: int) -> None:
    threads = sorted({count for size, count in next(iter(measured.values())).calls if size == batch})
    unit = next(iter(measured.values())).calls[batch, threads[0]]
    for count, marker, colour, shift in zip(threads, "os", (BLUE, ORANGE), (-0.14, 0.14), strict=False):
        times = [m.calls[batch, count] / unit for m in measured.values()]
        rows = [row + shift for row in range(len(measured))]
        axes.plot(times, rows, marker, color=colour, markersize=8, label=f"{count} thread" + "s" * (count > 1))
        for time, row in zip(times, rows, strict=True):
            axes.annotate(
                f"{time:.2f}" if time < 10 else f"{time:.0f}",
                (time, row),
                (7, 0),
                textcoords="offset points",
                va="center",
                fontsize=8.5,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5},
            )
    axes.axvline(1, color=GRAY, linewidth=1)
    axes.set_xscale("log")
    axes.xaxis.set_major_formatter("{x:g}")
    axes.xaxis.set_minor_formatter("")
    what = "one image" if batch == 1 else f"{batch} images"
    axes.set(title=f"Time of a call, {what}", xlabel="1 = the first row with one thread; left is faster")
    axes.legend(frameon=False, loc="upper center", bbox_to_anchor=(0.5, -0.14), ncols=2, fontsize=9)
