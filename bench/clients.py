"""The load: wrk where it is installed, else the course's own `rush`; and what it costs itself."""

import json
import math
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from course.load import same_digit
from course.rush import rush
from course.workspace import workspace

SCRIPT = Path(__file__).with_name("digits.lua")

TIMEOUT = 30.0
"""Seconds after which a request without an answer counts as an error."""

CHECKED_BY = {
    "wrk": "wrk counts statuses other than 2xx and 3xx, and failed connections. It can't tell which picture an answer "
    "belongs to, so right before and after each of its runs our own client asks with as many clients and compares "
    "every answer; its errors are added.",
    "own": "our own client compares every answer with what the model itself reads",
}
"""How answers are checked, by client."""


@dataclass(frozen=True)
class Sample:
    """One measurement: one server, one number of clients, one round."""

    clients: int
    requests_per_second: float
    """Answers a second that were no error."""
    p50_ms: float
    p99_ms: float
    errors: int
    """Wrong answers, statuses other than 200, requests without an answer."""
    requests: int
    """Requests measured, errors included."""
    client_share: float
    """Which part of one core the client took while it measured."""
    client_us: float
    """Microseconds of processor time that the client took for a request."""

    def as_dict(self) -> dict:
        """Return it for JSON."""
        return asdict(self)


@dataclass(frozen=True)
class Pictures:
    """What every server is asked: bodies to send in turn, and the digit that each must be answered."""

    bodies: Sequence[bytes]
    expected: Sequence[int]
    judge: Callable[[object, object], bool] = same_digit


def find_wrk() -> str | None:
    """Return wrk's path, or None where it isn't installed."""
    return shutil.which("wrk")


def whole_requests(url: str, token: str, bodies: Sequence[bytes]) -> list[bytes]:
    """Return the bytes of an HTTP request for each body: those that `rush` sends."""
    place = urlsplit(url)
    head = f"POST {place.path} HTTP/1.1\r\nHost: {place.netloc}\r\nAuthorization: Bearer {token}\r\n"
    head += "Content-Type: application/octet-stream\r\nContent-Length: "
    return [f"{head}{len(body)}\r\n\r\n".encode() + body for body in bodies]


def own(url: str, token: str, pictures: Pictures, clients: int, seconds: float, *, warm_up: float = 0.7) -> Sample:
    """Measure with `rush`: every answer is checked."""
    found = rush(
        url, pictures.bodies, pictures.expected, token=token, clients=clients, seconds=seconds, warm_up=warm_up,
        judge=pictures.judge, timeout=TIMEOUT,
    )  # fmt: skip
    errors = sum(not reply.right for reply in found.replies)
    count = len(found.replies)
    right = count - errors
    p50, p99 = (found.latency(percent) * 1e3 if count else math.nan for percent in (50, 99))
    cost = found.client_share * found.seconds / max(count, 1) * 1e6
    return Sample(clients, right / found.seconds, p50, p99, errors, count, found.client_share, cost)


def parse_wrk(output: str) -> dict[str, float]:
    """Return what `digits.lua` said at the end of wrk's `output`. Raises ValueError when it said nothing."""
    line = re.search(r"^bench: (\{.*\})$", output, re.MULTILINE)
    if not line:
        raise ValueError(f"wrk did not come to its end; it said: {output.strip()[-500:] or 'nothing'}")
    return json.loads(line[1])


def wrk_alone(url: str, token: str, pictures: Pictures, clients: int, seconds: float) -> Sample:
    """Measure with wrk, in whole seconds, with two threads where there are two clients or more."""
    with tempfile.TemporaryDirectory(dir=workspace()) as folder:
        for number, request in enumerate(whole_requests(url, token, pictures.bodies), 1):
            Path(folder, str(number)).write_bytes(request)
        command = [find_wrk(), f"-t{min(2, clients)}", f"-c{clients}", f"-d{max(1, round(seconds))}s"]
        command += [f"--timeout={TIMEOUT:g}s", "--latency", "-s", str(SCRIPT), url, "--", folder]
        said, used = run_and_count([*command, str(len(pictures.bodies))])
    found = parse_wrk(said)
    errors = sum(found[kind] for kind in ("status", "connect", "read", "write", "timeout"))
    answers, took = found["requests"], found["seconds"]
    rate = max(0, answers - found["status"]) / took
    p50, p99 = found["p50_us"] / 1e3, found["p99_us"] / 1e3
    return Sample(clients, rate, p50, p99, errors, answers, used / took, used / max(answers, 1) * 1e6)


def with_wrk(url: str, token: str, pictures: Pictures, clients: int, seconds: float) -> Sample:
    """Measure with wrk between two passes of our own client, which check every answer; their errors are added.

    The first pass warms the server up, too.
    """
    before = own(url, token, pictures, clients, 0.3)
    sample = wrk_alone(url, token, pictures, clients, seconds)
    settle(url, token, pictures)
    after = own(url, token, pictures, clients, 0.2, warm_up=0)
    return replace(sample, errors=sample.errors + before.errors + after.errors)


def settle(url: str, token: str, pictures: Pictures) -> None:
    """Wait until the server has worked off what wrk left in its queue when it hung up: until it takes one more request.

    Without it, those requests and the next pass together would overflow a queue that holds either. It gives up after
    `TIMEOUT` seconds: the next pass counts what is wrong.
    """
    deadline = time.monotonic() + TIMEOUT
    while time.monotonic() < deadline:
        found = rush(
            url, pictures.bodies, pictures.expected, token=token, clients=1, seconds=0, warm_up=0, least=1,
            judge=pictures.judge, timeout=TIMEOUT,
        )  # fmt: skip
        if not found.failed:
            return


def run_and_count(command: Sequence[str]) -> tuple[str, float]:
    """Run a command; return what it printed and the seconds of processor time it took. It ends with an interrupt."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        said = process.stdout.read()
        _, _, usage = os.wait4(process.pid, 0)
        process.returncode = 0  # it is reaped already
    finally:
        process.stdout.close()
        if process.returncode is None:
            process.kill()
            process.wait()
    return said, usage.ru_utime + usage.ru_stime


CLIENTS = {"wrk": with_wrk, "own": own}
"""The clients by name."""

ALONE = {"wrk": wrk_alone, "own": own}
"""The same clients for a profile: without passes that check."""
