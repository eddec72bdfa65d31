"""The figures of lesson 03: a graph before and after freezing, and latency by number of threads."""

import contextlib
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from statistics import mean

import matplotlib.pyplot as plt
import torch

from course.figures import BLUE, GRAY, ORANGE, VERMILION, show

TIMES = "\N{MULTIPLICATION SIGN}"


def graph_before_and_after(before: torch.jit.ScriptModule, after: torch.jit.ScriptModule) -> None:
    """Draw the operators of two modules in order, and count the kinds of nodes in their inlined graphs.

    An operator of `before` that freezing folded away is drawn dashed; `after` may hold no operator that `before` has
    not, and must keep their order.
    """
    _, (chain, bars) = plt.subplots(2, 1, figsize=(9.5, 6), height_ratios=[1, 1.9])
    old, new = _operators(before), _operators(after)
    left = iter([*new, ""])
    upcoming = next(left)
    for x, name in enumerate(old):
        kept = name == upcoming
        _box(chain, (x, 1), name, edgecolor=GRAY if kept else VERMILION, linestyle="-" if kept else "--")
        if kept:
            _box(chain, (x, 0), name, edgecolor=BLUE, linestyle="-")
            upcoming = next(left)
    chain.set(xlim=(-0.5, len(old) - 0.5), ylim=(-0.5, 1.5), yticks=[1, 0], xticks=[])
    chain.set_yticklabels([f"scripted: {len(old)}", f"frozen: {len(new)}"])
    chain.tick_params(length=0)
    chain.spines[:].set_visible(False)
    chain.set_title("Operators, in order (dashed: gone after freezing)")
    _bars(bars, _kinds(before), _kinds(after))
    show(f"{len(old)} operators of the scripted model above the {len(new)} of the frozen one; bars count their nodes.")


def _nodes(module: torch.jit.ScriptModule) -> list[str]:
    return [node.kind() for node in module.inlined_graph.nodes()]


def _operators(module: torch.jit.ScriptModule) -> list[str]:
    return [kind.removeprefix("aten::") for kind in _nodes(module) if kind.startswith("aten::")]


def _kinds(module: torch.jit.ScriptModule) -> Counter:
    return Counter(kind if kind.startswith("prim::") else "aten:: operators" for kind in _nodes(module))


def _box(axes: plt.Axes, where: tuple[int, int], text: str, **style: str) -> None:
    box = {"boxstyle": "round,pad=0.35", "facecolor": "white", "linewidth": 1.6, **style}
    axes.text(*where, text, ha="center", va="center", fontsize=7.5, bbox=box)


def _bars(axes: plt.Axes, before: Counter, after: Counter) -> None:
    kinds = sorted(before | after, key=lambda kind: before[kind])
    for shift, counts, colour, hatch, label in (
        (0.2, before, GRAY, "", f"scripted: {before.total()} nodes"),
        (-0.2, after, BLUE, "//", f"frozen: {after.total()} nodes"),
    ):
        widths = [counts[kind] for kind in kinds]
        drawn = axes.barh([i + shift for i in range(len(kinds))], widths, 0.4, color=colour, hatch=hatch,
                          edgecolor="white", label=label)  # fmt: skip
        axes.bar_label(drawn, padding=3)
    axes.set(yticks=range(len(kinds)), xlabel="number of nodes in the graph", title="Nodes, by kind")
    axes.set_yticklabels(kinds)
    axes.tick_params(axis="y", length=0)
    axes.legend(frameon=False, loc="lower right")


def count_cores() -> int:
    """Return how many processor cores this process may use."""
    if hasattr(os, "sched_getaffinity"):  # Linux: a container may get fewer than the machine has
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def thread_settings(cores: int) -> list[int]:
    """Return the numbers of threads worth trying on `cores` cores: 1, 2, half, all, and twice as many as there are."""
    return sorted({1, 2, max(1, cores // 2), cores, 2 * cores})


@contextlib.contextmanager
def busy_neighbours(count: int) -> Iterator[None]:
    """Keep `count` other processes computing meanwhile, as the other workers of a server do.

    They end with the block, and by themselves when this process is gone or after a minute.
    """
    loop = (
        "import os, sys, time\nend = time.monotonic() + 60\n"
        "while os.getppid() == int(sys.argv[1]) and time.monotonic() < end:\n    sum(range(10000))"
    )
    command = [sys.executable, "-c", loop, str(os.getpid())]
    with contextlib.ExitStack() as stack:
        for _ in range(count):
            neighbour = stack.enter_context(subprocess.Popen(command))
            stack.callback(neighbour.kill)
        yield


@torch.no_grad()
def latency_by_threads(
    model: torch.nn.Module, batches: dict[str, torch.Tensor], settings: list[int], *, seconds: float = 3.0
) -> dict[str, dict[int, float]]:
    """Return the mean time of a call, in seconds: for each of `batches` (name -> input), threads -> time.

    It runs for about `seconds` altogether, and leaves PyTorch's number of threads as it was. The settings take turns,
    so that whatever else the machine does meanwhile hits all of them.
    """
    rounds, kept = 4, torch.get_num_threads()
    share = seconds / (rounds * len(batches) * len(settings))
    times: dict[str, dict[int, list[float]]] = {name: {n: [] for n in settings} for name in batches}
    try:
        for _ in range(rounds):
            for threads in settings:
                torch.set_num_threads(threads)
                for name, batch in batches.items():
                    model(batch)  # the first call after a change sets up the threads
                    times[name][threads] += _calls(model, batch, share)
    finally:
        torch.set_num_threads(kept)
    return {name: {n: mean(calls) for n, calls in by.items()} for name, by in times.items()}


def _calls(model: torch.nn.Module, batch: torch.Tensor, seconds: float) -> list[float]:
    times: list[float] = []
    while sum(times) < seconds:
        start = time.perf_counter()
        model(batch)
        times.append(time.perf_counter() - start)
    return times


def draw_latency(alone: dict[str, dict[int, float]], busy: dict[str, dict[int, float]], cores: int) -> None:
    """Draw two measurements (batch -> threads -> seconds a call) as multiples of each batch's time on one thread."""
    figure, panels = plt.subplots(1, 2, figsize=(9.5, 4.4), sharey=True)
    titles = ("your machine as it is now", "beside a busy program on every core")
    for axes, latency, title in zip(panels, (alone, busy), titles, strict=True):
        _draw_panel(axes, latency, cores)
        axes.set_title(title, fontsize=10)
    panels[0].set_ylabel(f"time of a call ({_times(1)}: with 1 thread)\nlower is faster")
    panels[0].legend(frameon=False, loc="upper left")
    first = next(iter(busy))
    worst = max(busy[first], key=busy[first].get)
    ratio = _times(busy[first][worst] / busy[first][1])
    told = "no setting is slower than 1 thread" if worst == 1 else f"{worst} threads take {ratio} the time of 1 thread"
    figure.suptitle(f"On a busy machine, {first}: {told}")
    show("Time of a call by number of threads, for each batch: left the machine as it is, right beside busy programs.")


def _draw_panel(axes: plt.Axes, latency: dict[str, dict[int, float]], cores: int) -> None:
    styles = [(ORANGE, "o", "-", 9), (BLUE, "s", "--", -16)]
    for (name, by), (colour, marker, line, shift) in zip(latency.items(), styles, strict=True):
        ratios = [seconds / by[1] for seconds in by.values()]
        axes.plot(range(len(by)), ratios, line, marker=marker, markersize=8, color=colour, label=name)
        for x, ratio in enumerate(ratios[1:], 1):
            axes.annotate(_times(ratio), (x, ratio), (0, shift), textcoords="offset points", ha="center")
    axes.axhline(1, color=GRAY, linewidth=1)
    axes.set_yscale("log")
    axes.yaxis.set_major_formatter(lambda value, _: _times(value))
    axes.yaxis.set_minor_formatter("")
    axes.margins(x=0.12, y=0.25)
    axes.set_xticks(range(len(by)), [_named(n, cores) for n in by])
    axes.set_xlabel("threads PyTorch may use")


def _times(ratio: float) -> str:
    return f"{ratio:.2g}{TIMES}" if ratio < 10 else f"{ratio:.0f}{TIMES}"


def _named(threads: int, cores: int) -> str:
    text = f"{threads}"
    if threads == cores:
        text += "\n= cores"
    if threads == 2 * cores:
        text += f"\n= 2 {TIMES} cores"
    return text
