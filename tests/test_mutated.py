"""10,000 requests that nobody wrote, on the real TorchServe: no 5xx, no worker lost, every refusal names its cause.

`make test ARGS="tests/test_mutated.py --mutated 20000 --seed 7"` sends more of them, or others.
"""

import http.client
import itertools
import json
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import psutil
import pytest

from course.archive import digits_archive
from course.server import TorchServe
from mutations import CLASSES, LIMIT, Mutant, frontend_cannot_decode, mutant, names_its_cause

MORE_MEMORY = 400
"""Megabytes that a worker may have at its peak beyond what it has after its first answers: the largest picture that is
accepted takes 260 of them (see `HEAVY` in tests/test_handler.py), and a batch of large bodies the rest."""


@pytest.fixture(scope="module")
def server() -> Iterator[TorchServe]:
    with TorchServe({"digits": digits_archive().name}, digits_archive().parent) as running:
        yield running


class Client:
    """One keep-alive connection that sends mutants and judges the answers."""

    def __init__(self, server: TorchServe) -> None:
        self.connection = http.client.HTTPConnection(urlsplit(server.inference_address).netloc, timeout=60)
        self.token = server.inference_token

    def ask(self, sent: Mutant) -> tuple[int, str, bytes]:
        """Return status, reason and body of the answer."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": sent.content_type}
        try:
            self.connection.request("POST", "/predictions/digits", sent.body, headers)
            response = self.connection.getresponse()
            return response.status, response.reason, response.read()
        except (http.client.HTTPException, ConnectionError):
            self.connection.close()
            if len(sent.body) <= LIMIT:
                raise
            return 413, "Request Entity Too Large", b""  # the server hung up on a body beyond its limit


def is_valid(answer: object) -> bool:
    """Tell whether this is the answer to one picture, or to several."""
    several = answer.get("predictions", [answer]) if isinstance(answer, dict) else []
    return bool(several) and all(
        one["digit"] in range(10) and len(one["probabilities"]) == 10 and abs(sum(one["probabilities"]) - 1) < 1e-6
        and one["probabilities"][one["digit"]] == one["confidence"] == max(one["probabilities"])
        for one in several
    )  # fmt: skip


def judge(sent: Mutant, status: int, reason: str, body: bytes) -> str:
    """Return what was wrong with an answer, in words; the kind of answer where nothing was."""
    if status == 413 and not body:
        return "beyond the limit" if len(sent.body) > LIMIT else "wrong: 413 within the limit"
    try:
        answer = json.loads(body)
    except ValueError:
        return f"wrong: {status} {reason} without JSON"
    if frontend_cannot_decode(sent, status, answer):
        return "frontend"
    if status not in sent.statuses or status not in (200, 400, 413, 415, 422):
        return f"wrong: {status} {answer}"
    if status == 200:
        return "read" if is_valid(answer) else f"wrong: not valid: {answer}"
    if not (answer["code"] == status and names_its_cause(answer["message"], sent.causes)):
        return f"wrong: names no cause of its class: {status} {answer}"
    return "refused"


def worker(server: TorchServe) -> psutil.Process:
    [model] = server.manage("GET", "/models/digits").json()
    [only] = model["workers"]
    assert only["status"] == "READY"
    return psutil.Process(only["pid"])


def test_whatever_is_sent_is_read_or_refused_with_its_cause(server, pytestconfig, record_property):
    count, seed = pytestconfig.getoption("--mutated"), pytestconfig.getoption("--seed")
    numbers, found, faults, most = itertools.count(), {name: Counter() for name in CLASSES}, [], 0
    lock, own = threading.Lock(), threading.local()
    before = worker(server)

    def ask(_: int) -> None:
        with lock:
            number = next(numbers)
        name, sent = mutant(seed, number)
        if not hasattr(own, "client"):
            own.client = Client(server)
        kind = judge(sent, *own.client.ask(sent))
        with lock:
            found[name][kind.split(":")[0]] += 1
            if kind.startswith("wrong"):
                faults.append(
                    f"--seed {seed}, number {number}, {name}: {kind[:600]}\n  {sent.content_type} {sent.body[:80]}"
                )

    with ThreadPoolExecutor(6) as pool:
        asked = pool.map(ask, range(count), chunksize=1)
        for done, _ in enumerate(asked):
            if done == 500:
                usual = before.memory_info().rss
            if done > 500 and done % 20 == 0:
                most = max(most, before.memory_info().rss)
    told = [
        f"{name}: {', '.join(f'{kind} {n:,}' for kind, n in sorted(kinds.items()))}" for name, kinds in found.items()
    ]
    grown = f"worker {usual / 1e6:.0f} MB after 500 requests, at most {(most - usual) / 1e6:+.0f} MB later"
    record_property("measured", "\n".join([f"{count:,} mutated requests, seed {seed}; {grown}", *told]))
    assert not faults, f"{len(faults)} answers are wrong:\n" + "\n".join(faults[:20])
    assert sum(sum(kinds.values()) for kinds in found.values()) == count
    assert worker(server) == before, "the same process, by its id and its time of birth"
    assert most - usual < MORE_MEMORY * 1e6
    assert "for a reason that the handler does not know" not in server.logs("model_log")


def test_the_same_seed_makes_the_same_requests_and_another_one_others():
    def some(seed: int) -> list[tuple[str, Mutant]]:
        return [mutant(seed, number) for number in range(2 * len(CLASSES))]

    assert some(1) == some(1)
    assert sum(one != other for one, other in zip(some(1), some(2), strict=True)) > len(CLASSES)
