"""The rounds: each set-up in turn is started, asked with every number of clients, weighed, and ended; then again."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import requests
from clients import Pictures, Sample
from machine import memory
from servers import Server, StartError, wait_until_right
from setups import PEERS, SetUp, missing, peer
from spread import percentile

from course.digits import load_digits, predict, to_png, trained
from course.server import ServerError


@dataclass(frozen=True)
class Plan:
    """How to measure each set-up."""

    measure: Callable[..., Sample]
    """The client: one of `clients.CLIENTS`."""
    clients: Sequence[int]
    seconds: float
    """Of each measurement."""
    rounds: int


def all_pictures(count: int = 200) -> Pictures:
    """Return held-out digits as PNGs, of all ten kinds, and what the model reads in each."""
    images = load_digits(train=False)[0]
    images = images[:: len(images) // count][:count]
    return Pictures([to_png(image) for image in images], predict(trained(), images).tolist())


def first_answer(server: Server, pictures: Pictures) -> Callable[[], bool]:
    """Return a function that asks once and tells whether the answer was right."""
    session = requests.Session()
    session.trust_env = False
    headers = {"Authorization": f"Bearer {server.token}", "Content-Type": "application/octet-stream"}

    def ask() -> bool:
        try:
            answer = session.post(server.url, data=pictures.bodies[0], headers=headers, timeout=10)
            return answer.ok and pictures.judge(answer.json(), pictures.expected[0])
        except (requests.RequestException, ValueError):
            return False

    return ask


def one_round(setup: SetUp, folder: Path, pictures: Pictures, plan: Plan) -> dict:
    """Start a set-up, measure it with each number of clients, and end it; return the round for JSON.

    The cold start is the time from launching the process to its first right answer. Raises StartError or ServerError
    with the reason when it does not start.
    """
    if setup.server is None:
        return loop_round(folder, pictures, plan)
    pictures = setup.pictures(pictures)
    server = setup.server(folder)
    try:
        began = time.monotonic()
        server.start()
        wait_until_right(server, first_answer(server, pictures))
        cold = time.monotonic() - began
        loads = [
            plan.measure(server.url, server.token, pictures, count, plan.seconds).as_dict() for count in plan.clients
        ]
        return {"cold_start_s": cold, "memory_mb": memory(server.pids()), "loads": loads}
    finally:
        server.stop()


def loop_round(folder: Path, pictures: Pictures, plan: Plan) -> dict:
    """Run the loop without a server, in batches as large as clients are many; return the round in the same form.

    Latency is how long a batch takes; there is no client, so it costs nothing.
    """
    file = folder / "pictures.txt"
    file.write_text(repr((list(pictures.bodies), list(pictures.expected))))
    server = peer(str(PEERS / "in_process.py"), str(file), str(plan.seconds), *map(str, plan.clients))(folder)
    began = time.monotonic()
    loop = subprocess.Popen(
        server.command, env=os.environ | server.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        if not (line := loop.stdout.readline()) or not json.loads(line)["first"]:
            raise StartError(f"the loop's first answer is not right: {line.strip() or 'it printed nothing'}")
        cold = time.monotonic() - began
        found = json.loads(loop.stdout.readline())
        used = memory([loop.pid])
    finally:
        loop.kill()
        loop.wait()
        loop.stdin.close()
        loop.stdout.close()
    return {"cold_start_s": cold, "memory_mb": used, "loads": [load_of(each) for each in found]}


def load_of(found: dict) -> dict:
    """Return what the loop measured for one size of batch, in the form of a `Sample`."""
    took, size = found["took"], found["size"]
    count = len(took) * size
    p50, p99 = (percentile(took, percent) * 1e3 for percent in (50, 99))
    rate = (count - found["wrong"]) / sum(took)
    return Sample(size, rate, p50, p99, found["wrong"], count, 0.0, 0.0).as_dict()


def run(setups: Sequence[SetUp], folder: Path, pictures: Pictures, plan: Plan) -> dict[str, dict]:
    """Measure all set-ups in interleaved rounds; return by key their rounds, and the reason of those that failed.

    What can't run or does not start is left out of later rounds, and its reason kept.
    """
    found = {setup.key: {"rounds": [], "reason": missing(setup)} for setup in setups}
    for number in range(1, plan.rounds + 1):
        for setup in setups:
            entry = found[setup.key]
            if entry["reason"]:
                continue
            say(f"round {number} of {plan.rounds}: {setup.label} ...")
            try:
                entry["rounds"].append(one_round(setup, folder, pictures, plan))
            except (StartError, ServerError, OSError, ValueError) as error:
                entry["reason"] = " ".join(str(error).split())[-300:] or type(error).__name__
                say(f"  failed: {entry['reason']}")
                continue
            loads = entry["rounds"][-1]["loads"]
            rates = ", ".join(f"{load['clients']}: {load['requests_per_second']:,.0f}/s" for load in loads)
            errors = sum(load["errors"] for load in loads)
            say(f"  {rates}; errors {errors}; cold start {entry['rounds'][-1]['cold_start_s']:.1f} s")
    return found


def say(line: str) -> None:
    """Print a line of progress, at once."""
    print(line, file=sys.stderr, flush=True)
