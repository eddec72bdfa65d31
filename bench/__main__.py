"""`make bench`: TorchServe and its peers, measured in one run. `ARGS="--help"` tells the options."""

import argparse
import datetime
import signal
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "notebooks"))

import drawing  # noqa: E402
import machine  # noqa: E402
import profiling  # noqa: E402
import report  # noqa: E402
import rounds  # noqa: E402
from clients import ALONE, CHECKED_BY, CLIENTS, find_wrk  # noqa: E402
from setups import BESIDE, SETUPS  # noqa: E402

from course.archive import save_digits_model  # noqa: E402
from course.workspace import workspace  # noqa: E402

RULE = "one setting a set-up for every number of clients, chosen for the most answers a second at 64 clients"


def names(text: str) -> list[str]:
    """Return a list given with commas."""
    return [part for part in text.split(",") if part]


def options(arguments: list[str]) -> argparse.Namespace:
    """Return the options of the command line; end with a sentence for one that can't be."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    keys = [setup.key for setup in SETUPS]
    parser.add_argument("--peers", type=names, default=keys, help=f"which set-ups, of {','.join(keys)}")
    parser.add_argument("--clients", type=lambda text: [int(n) for n in names(text)], default=[1, 16, 64, 256])
    parser.add_argument("--seconds", type=float, default=3.0, help="of each measurement")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--client", choices=CLIENTS, default="wrk" if find_wrk() else "own")
    parser.add_argument("--out", type=Path, help="a folder for all results; without it bench/ and docs/ get them")
    parser.add_argument("--note", default="", help="a sentence to print with the results")
    parser.add_argument("--no-profile", action="store_true")
    chosen = parser.parse_args(arguments)
    if unknown := set(chosen.peers) - set(keys):
        parser.error(f"no such set-up: {', '.join(sorted(unknown))}; there are {', '.join(keys)}")
    if chosen.client == "wrk" and not find_wrk():
        parser.error("wrk is not installed: install it, or take --client own")
    if chosen.rounds < 1 or chosen.seconds <= 0 or not chosen.clients or min(chosen.clients) < 1:
        parser.error("rounds, seconds and every number of clients must be more than 0")
    return chosen


def bench(chosen: argparse.Namespace) -> dict:
    """Measure what was chosen and return the results, as results.json holds them."""
    setups = [setup for setup in SETUPS if setup.key in chosen.peers]
    pictures = rounds.all_pictures()
    with tempfile.TemporaryDirectory(dir=workspace()) as name:
        folder = Path(name)
        save_digits_model(folder / "digits.pt")
        plan = rounds.Plan(CLIENTS[chosen.client], chosen.clients, chosen.seconds, chosen.rounds)
        found = rounds.run(setups, folder, pictures, plan)
        tuned = next((setup for setup in setups if setup.key == "tuned"), None)
        profile = None
        if tuned and found["tuned"]["rounds"] and not chosen.no_profile:
            rounds.say("profile of the tuned TorchServe ...")
            load = min(chosen.clients, key=lambda count: abs(count - 64))
            profile = profiling.profile(
                tuned.server(folder), pictures, ALONE[chosen.client], load, max(2, chosen.seconds)
            )
    packages = dict.fromkeys(["torch", "torchvision", *(name for setup in setups for name in setup.packages)])
    return {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "note": chosen.note,
        "machine": machine.describe(),
        "client": {"name": chosen.client, "checked_by": CHECKED_BY[chosen.client].rstrip(".")},
        "rule": RULE,
        "rounds": chosen.rounds,
        "seconds": chosen.seconds,
        "clients": chosen.clients,
        "versions": machine.versions(packages, BESIDE),
        "setups": [report.entry(setup, found[setup.key]) for setup in setups],
        "profile": profile,
    }


def main() -> int:
    """Measure, write JSON, table and figures; return 1 when something was wrong with an answer or a set-up failed."""
    chosen = options(sys.argv[1:])
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        results = bench(chosen)
    except KeyboardInterrupt:
        print("\nInterrupted. Nothing is left running, and nothing was written.", file=sys.stderr)
        return 130
    out, docs = (chosen.out, chosen.out) if chosen.out else (ROOT / "bench", ROOT / "docs")
    out.mkdir(parents=True, exist_ok=True)
    report.write(results, out, out / "README.md")
    drawing.comparison(results, docs / "bench.png")
    if results["profile"]:
        drawing.profile(results, docs / "bench_profile.png")
    print(report.table(results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
