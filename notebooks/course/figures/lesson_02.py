"""The figures of lesson 02, "Script a model"."""

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch
from torch import Tensor

from course.figures import BLUE, GRAY, GREEN, ORANGE, PURPLE, VERMILION, show

TOLERANCE = 1e-4
HEIGHTS = (52, 36, 20, 5.5)  # of the rows of the decision tree


def draw_answers(inputs: Tensor, answers: dict[str, Tensor]) -> None:
    """Draw each model's first output over the sum of its input, one panel a model; what differs is crossed.

    `inputs` is n x features; `answers` maps a model's name to its outputs (n x outputs), the first is the reference.
    """
    sums = inputs.sum(1)
    reference = next(iter(answers.values()))
    figure, panels = plt.subplots(1, len(answers), figsize=(9.5, 3.4), sharey=True)
    for axes, (name, found) in zip(panels, answers.items(), strict=True):
        wrong = ((found - reference).abs() > TOLERANCE).any(1)
        axes.axvline(0, color=GRAY, linestyle="--", linewidth=1)
        axes.scatter(sums[~wrong], found[~wrong, 0], s=9, color=BLUE, alpha=0.6, linewidths=0, label="same as eager")
        if wrong.any():
            axes.scatter(sums[wrong], found[wrong, 0], s=16, color=VERMILION, marker="x", linewidths=0.9, label="wrong")
        told = "the reference" if found is reference else f"{int(wrong.sum())} of {len(found):,} wrong"
        axes.set(title=f"{name}: {told}", xlabel="sum of the input")
    panels[0].set_ylabel("first output")
    handles = {
        label: handle for axes in panels for handle, label in zip(*axes.get_legend_handles_labels(), strict=True)
    }
    figure.legend(handles.values(), handles.keys(), loc="outside lower center", ncols=2, frameon=False, markerscale=2)
    show(f"First output against the sum of the input, a panel each: {', '.join(answers)}; wrong answers are crosses.")


def draw_decision(wrong: dict[str, int]) -> None:
    """Draw how to choose between trace, script, mix and leave.

    `wrong` holds the wrong answers measured, out of 1,000, of `"DigitNet traced"`, `"Gate traced"`, `"Gate scripted"`
    and `"Gate mixed"`.
    """
    _, axes = plt.subplots(figsize=(9.5, 4.9))
    axes.set(xlim=(0, 100), ylim=(0, 58))
    axes.axis("off")
    axes.set_title("Which tool? (the numbers: wrong answers of 1,000)")
    questions = [
        "Must it run as TorchScript\n(C++, or a server that loads it)?",
        "Does a value or size of the input\ndecide which code runs?",
        "Does the source compile,\nwith small repairs?",
    ]
    leaves = [
        ("LEAVE for torch.export", "the successor of TorchScript", PURPLE),
        ("TRACE", f"DigitNet traced: {wrong['DigitNet traced']}   (Gate traced: {wrong['Gate traced']})", BLUE),
        ("SCRIPT", f"Gate scripted: {wrong['Gate scripted']}", GREEN),
        ("MIX: trace it, script the branch", f"Gate mixed: {wrong['Gate mixed']}", ORANGE),
    ]
    for row, text in enumerate(questions):
        y = HEIGHTS[row]
        _box(axes, (20, y), 34, text, GRAY)
        _arrow(axes, [(37.5, y), (57.5, y)], "yes" if row == 2 else "no")
        if row < 2:
            _arrow(axes, [(20, y - 5.4), (20, HEIGHTS[row + 1] + 5.4)], "yes")
    _arrow(axes, [(20, HEIGHTS[2] - 5.4), (20, HEIGHTS[3]), (57.5, HEIGHTS[3])], "no")
    for y, (name, measured, colour) in zip(HEIGHTS, leaves, strict=True):
        _box(axes, (78, y), 40, f"{name}\n{measured}", colour)
    show("Decision tree: three questions lead to leaving TorchScript, to tracing, to scripting, or to mixing both.")


def _box(axes: Axes, centre: tuple[float, float], width: float, text: str, colour: str) -> None:
    corner = (centre[0] - width / 2, centre[1] - 4.5)
    style = {"boxstyle": "round,pad=0.3", "facecolor": "white", "edgecolor": colour, "linewidth": 2.5}
    axes.add_patch(FancyBboxPatch(corner, width, 9, **style))
    axes.text(*centre, text, ha="center", va="center", fontsize=10.5, linespacing=1.4)


def _arrow(axes: Axes, points: list[tuple[float, float]], label: str) -> None:
    *_, before, end = points
    axes.plot(*zip(*points, strict=True), color="black", linewidth=1.2)
    axes.annotate("", end, before, arrowprops={"arrowstyle": "-|>", "color": "black", "linewidth": 1.2})
    beside = 3 if before[0] == end[0] else 0  # a short, upright arrow has its label beside it
    x, y = (before[0] + end[0]) / 2 + beside, (before[1] + end[1]) / 2
    axes.text(x, y, label, ha="center", va="center", backgroundcolor="white", fontsize=10)
