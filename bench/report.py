"""What was measured, as JSON and as the table of bench/README.md."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from machine import in_a_line
from setups import SetUp
from spread import summary

BEGIN, END = "<!-- begin: written by make bench -->", "<!-- end: written by make bench -->"

FIELDS = ("requests_per_second", "p50_ms", "p99_ms", "client_share", "client_us")


def entry(setup: SetUp, found: Mapping) -> dict:
    """Return what `rounds.run` found for one set-up, with its medians and spread; `summary` is None without rounds."""
    rounds = found["rounds"]
    base = {"key": setup.key, "label": setup.label, "setting": setup.setting, "reason": found["reason"]}
    if not rounds:
        return base | {"rounds": [], "summary": None}
    loads = []
    for same in zip(*(each["loads"] for each in rounds), strict=True):
        load = {"clients": same[0]["clients"], "errors": sum(each["errors"] for each in same)}
        loads.append(load | {field: summary([each[field] for each in same]) for field in FIELDS})
    whole = {field: summary([each[field] for each in rounds]) for field in ("cold_start_s", "memory_mb")}
    return base | {"rounds": rounds, "summary": whole | {"loads": loads}}


def load_at(result: Mapping, clients: int) -> Mapping | None:
    """Return an entry's summary for one number of clients, or None."""
    loads = result["summary"]["loads"] if result["summary"] else []
    return next((load for load in loads if load["clients"] == clients), None)


def people(count: int) -> str:
    """Return how many clients, in words."""
    return f"{count:,} client{'s' * (count > 1)}"


def rounds_of(results: Mapping) -> str:
    """Return how many rounds there were, in words: "medians of 3 rounds"."""
    return f"medians of {results['rounds']} rounds" if results["rounds"] > 1 else "a single round"


def number(value: float) -> str:
    """Return a number with three digits that count: 3,412 or 27.1 or 0.82."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def with_spread(values: Mapping[str, float]) -> str:
    """Return a median, with the least and the greatest round behind it where they differ."""
    middle, least, most = (number(values[name]) for name in ("median", "min", "max"))
    return middle if least == most else f"{middle} ({least} to {most})"


def row(cells: Sequence[str]) -> str:
    """Return one row of a Markdown table."""
    return "| " + " | ".join(cells) + " |"


def per_count(results: Sequence[Mapping], counts: Sequence[int], cell) -> list[str]:
    """Return a table with a column for each number of clients; `cell(load)` writes its cells."""
    lines = [row(["", *map(people, counts)]), row(["---"] * (len(counts) + 1))]
    for result in results:
        loads = [load_at(result, count) for count in counts]
        lines.append(row([result["label"], *(cell(load) if load else "-" for load in loads)]))
    return lines


def ratios(results: Sequence[Mapping], counts: Sequence[int]) -> list[str]:
    """Return how many times the guide's throughput, and the best peer's, the tuned TorchServe reaches."""
    by_key = {result["key"]: result for result in results}
    peers = [result for key, result in by_key.items() if key not in ("guide", "tuned", "in_process")]
    lines = []
    for count in counts:
        rate = {key: load["requests_per_second"]["median"] for key in by_key if (load := load_at(by_key[key], count))}
        if "tuned" not in rate:
            continue
        if rate.get("guide"):
            lines.append(f"- {people(count)}: {number(rate['tuned'] / rate['guide'])} times the guide's set-up")
        if best := max((peer for peer in peers if rate.get(peer["key"])), key=lambda p: rate[p["key"]], default=None):
            times = number(rate["tuned"] / rate[best["key"]])
            lines.append(f"- {people(count)}: {times} times the best peer, {best['label']}")
    return ["Tuned TorchServe answers, of what others answer:", "", *lines, ""] if lines else []


def table(results: Mapping) -> str:
    """Return the generated part of bench/README.md: what was measured, where, how, and all numbers."""
    rows, counts = results["setups"], results["clients"]
    spread = "median of the rounds (least to greatest)"
    lines = [
        f"Measured {results['date']} on {in_a_line(results['machine'])}. Rounds: {results['rounds']}, "
        f"interleaved, {results['seconds']:g} s for each number of clients. Client: {results['client']['name']}; "
        f"{results['client']['checked_by']}. The rule for settings: {results['rule']}.",
        "",
        *(["**" + results["note"] + "**", ""] if results.get("note") else []),
        f"Right answers a second, {spread}:",
        "",
        *per_count(rows, counts, lambda load: with_spread(load["requests_per_second"])),
        "",
        "Milliseconds until an answer, p50 / p99, medians:",
        "",
        *per_count(rows, counts, lambda load: " / ".join(number(load[p]["median"]) for p in ("p50_ms", "p99_ms"))),
        "",
        "Errors, all rounds together:",
        "",
        *per_count(rows, counts, lambda load: f"{load['errors']:,}"),
        "",
        "What the client itself took: share of one core, and microseconds a request, medians:",
        "",
        *per_count(
            [each for each in rows if each["key"] != "in_process"],
            counts,
            lambda load: f"{load['client_share']['median']:.0%}, {number(load['client_us']['median'])} µs",
        ),
        "",
        row(["", "setting", "memory, MB", "cold start, s", "not measured, because"]),
        row(["---"] * 5),
    ]
    for each in rows:
        whole = each["summary"]
        cells = [with_spread(whole[field]) if whole else "-" for field in ("memory_mb", "cold_start_s")]
        lines.append(row([each["label"], each["setting"], *cells, (each["reason"] or "").replace("|", "/")]))
    lines += ["", *ratios(rows, counts), *profile_lines(results["profile"])]
    lines.append("Versions: " + ", ".join(f"{name} {version}" for name, version in results["versions"].items()) + ".")
    return "\n".join(lines)


def profile_lines(profile: Mapping | None) -> list[str]:
    """Return the profile in words and numbers."""
    if not profile:
        return []
    parts = [f"{role} {sum(kinds.values()):.2f}" for role, kinds in profile["cores"].items()]
    text = f"Profile of the tuned TorchServe at {profile['clients']} clients, in cores: {', '.join(parts)}, "
    text += f"client {profile['client_share']:.2f}."
    if profile["worker"]:
        text += " Of the worker's busy time: " + ", ".join(f"{n} {s:.0%}" for n, s in profile["worker"].items()) + "."
    else:
        text += f" The worker's own time could not be sampled: {profile['reason']}."
    return [text, ""]


def write(results: Mapping, folder: Path, readme: Path) -> None:
    """Write results.json to `folder`, and the table between the markers of `readme`, which is made where missing."""
    (folder / "results.json").write_text(json.dumps(results, indent=1, allow_nan=False) + "\n")
    text = readme.read_text() if readme.exists() else f"{BEGIN}\n{END}\n"
    head, _, rest = text.partition(BEGIN)
    tail = rest.partition(END)[2]
    readme.write_text(f"{head}{BEGIN}\n\n{table(results)}\n\n{END}{tail}")
