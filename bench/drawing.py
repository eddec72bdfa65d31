"""The bench's two figures, in the course's style."""

from collections.abc import Mapping
from pathlib import Path

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
from machine import in_a_line
from matplotlib.ticker import LogLocator, MaxNLocator, NullLocator
from report import load_at, number, people, rounds_of

from course.figures import BLUE, GRAY, GREEN, ORANGE, PURPLE, SKY, VERMILION


def comparison(results: Mapping, path: Path) -> None:
    """Draw answers a second, and p50 and p99 below, of each set-up, one column for each number of clients."""
    rows, counts = results["setups"], results["clients"]
    labels = [row["label"] for row in rows]
    places = range(len(rows))
    width = 3.1 * len(counts) + 1.8
    figure, axes = plt.subplots(2, len(counts), figsize=(width, 7.2), sharey=True, squeeze=False)
    colours = [
        VERMILION if r["key"] == "tuned" else GRAY if r["key"] in ("guide", "in_process") else BLUE for r in rows
    ]
    for column, count in enumerate(counts):
        rate, wait = axes[0][column], axes[1][column]
        for place, row, colour in zip(places, rows, colours, strict=True):
            load = load_at(row, count)
            if load is None:
                rate.text(0, place, " not measured", va="center", fontsize=8, color=GRAY)
                continue
            value = load["requests_per_second"]
            span = [[value["median"] - value["min"]], [value["max"] - value["median"]]]
            hatch = "//" if row["key"] == "tuned" else ".." if row["key"] == "in_process" else None
            rate.barh(place, value["median"], color=colour, xerr=span, hatch=hatch, edgecolor="white", ecolor="black")
            errors = f", {load['errors']:,} errors" if load["errors"] else ""
            rate.text(value["max"], place, f"  {number(value['median'])}{errors}", va="center", fontsize=8)
            for key, marker in (("p50_ms", "o"), ("p99_ms", "^")):
                middle = load[key]
                wait.plot([middle["min"], middle["max"]], [place, place], color=colour, linewidth=1)
                wait.plot(middle["median"], place, marker, color=colour)
        rate.set_title(people(count))
        rate.set_xlabel("right answers a second")
        rate.margins(x=0.35)
        rate.set_xlim(left=0)
        rate.xaxis.set_major_locator(MaxNLocator(4))
        rate.xaxis.set_major_formatter("{x:,g}")
        wait.set_xscale("log")
        wait.xaxis.set_major_locator(LogLocator(subs=(1.0, 3.0)))
        wait.xaxis.set_major_formatter("{x:,g}")
        wait.xaxis.set_minor_locator(NullLocator())
        wait.set_xlabel("ms until an answer: ● p50, ▲ p99")
        wait.grid(axis="x", which="major", alpha=0.3)
    axes[0][0].set_yticks(list(places), labels)
    axes[0][0].invert_yaxis()
    note = f"   {results['note']}" if results.get("note") else ""
    figure.suptitle(
        f"{in_a_line(results['machine'])}. {results['client']['name']}, {rounds_of(results)}, "
        f"lines: least to greatest.{note}",
        fontsize=9,
    )
    figure.savefig(path, bbox_inches="tight")
    plt.close(figure)


def profile(results: Mapping, path: Path) -> None:
    """Draw the cores that frontend, worker and client take, and what the worker does."""
    found = results["profile"]
    figure, (left, right) = plt.subplots(1, 2, figsize=(11, 3.2))
    kinds = {role: (each["user"], each["system"]) for role, each in found["cores"].items()}
    names = {"frontend": "frontend (Java)", "worker": "worker (Python)"}
    for place, (user, system) in enumerate(kinds.values()):
        left.barh(place, user, color=BLUE, label="as itself" if place == 0 else None)
        left.barh(place, system, left=user, color=ORANGE, hatch="//", edgecolor="white",
                  label="in the system for it" if place == 0 else None)  # fmt: skip
        left.text(user + system, place, f" {user + system:.2f}", va="center")
    left.barh(len(kinds), found["client_share"], color=GRAY, hatch="..", edgecolor="white", label="both (client)")
    left.text(found["client_share"], len(kinds), f" {found['client_share']:.2f}", va="center")
    left.set_yticks(range(len(kinds) + 1), [*(names[role] for role in kinds), f"client ({results['client']['name']})"])
    left.invert_yaxis()
    left.margins(x=0.15)
    left.set_xlabel(f"cores, of {results['machine']['cores']}")
    left.legend(fontsize=8, frameon=False)
    left.set_title(f"{found['clients']} clients, {number(found['requests_per_second'])} answers a second", fontsize=10)
    if found["worker"]:
        parts = list(found["worker"].items())
        for place, ((_, share), colour) in enumerate(zip(parts, [GREEN, BLUE, VERMILION, PURPLE, SKY], strict=True)):
            right.barh(place, share * 100, color=colour)
            right.text(share * 100, place, f" {share:.0%}", va="center")
        right.set_yticks(range(len(parts)), [name for name, _ in parts])
        right.invert_yaxis()
        right.margins(x=0.15)
        right.set_xlabel("% of the worker's busy time")
    else:
        right.axis("off")
        right.text(0, 0.5, "The worker could not be sampled:\n" + (found["reason"] or ""), wrap=True, fontsize=8)
    right.set_title("within the worker", fontsize=10)
    figure.suptitle(in_a_line(results["machine"]), fontsize=9)
    figure.savefig(path, bbox_inches="tight")
    plt.close(figure)
