"""`make soak`: minutes at full load, or of killed workers, on the real TorchServe: is an answer lost or wrong?

At full load it also asks whether memory is flat. Each picture is one of the held-out digits, and each answer is
compared with what the eager model reads. The handler is the course's own, tuned as lesson 08 does: one thread a worker,
a frozen model, batches of up to 16 that wait for a millisecond.

    make soak                                      ten minutes at full load
    make soak ARGS="--seconds 60 --kill-every 5"   a minute in which a worker is killed every five seconds
    make soak ARGS="--archive my_model.mar"        with another archive that answers as the digit handler does

What was found is printed, and the exit code is 1 if anything was lost, wrong or not flat.

A worker's memory is what it has for itself (USS): pages that it shares come and go with what else runs here. A growing
process is no sign of a leak in Java: its heap fills up until the next collection, and what it frees outside of the heap
goes back to the system by fits and starts. So two parts are looked at: what a full collection leaves in the heap, and
what Java itself counts as allocated outside of it (its native memory tracking, network buffers included). Before that
there is a warm-up, with answers that count as all others do: caches fill, Java's compiler runs.
"""

import argparse
import itertools
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import linear_regression, median

import nbformat
import psutil
import requests

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "notebooks"))

from course.archive import DIGIT_HANDLER, build_archive, save_digits_model  # noqa: E402
from course.digits import load_digits, predict, to_png, trained  # noqa: E402
from course.rush import rush  # noqa: E402
from course.server import TorchServe  # noqa: E402
from course.workspace import workspace  # noqa: E402

JAVA = "-Xms512m -Xmx512m -XX:NativeMemoryTracking=summary"
"""A heap of one length, since Java's notes about its heap grow with it; and Java is to count its own memory."""

PASSING = ("Java Heap", "Compiler", "Arena Chunk")
"""Parts of that count which are no sign of a leak: the heap is looked at by itself, and Java's compiler takes and
returns some megabytes at a time."""

ROUNDS = 12
"""How often memory is looked at after the warm-up, at equal distances."""

GROWTH = 4.0
"""Megabytes. Memory is flat when the least-squares line through it, twice its standard error added to its slope, rises
by less over all that was measured. One kB kept for each request is 4 MB after 4,000 requests: some seconds of load."""

PATIENCE = 60.0
"""Seconds for an answer of a client that asks again, and for a worker to come back."""


# ---- What is asked -------------------------------------------------------------------------------------------------


def tuned_archive(workers: int) -> Path:
    """Build the digits archive with lesson 08's settings into a temporary folder, and return its path."""
    model = workspace() / "digits.pt"
    save_digits_model(model)
    config = {"deviceType": "cpu", "minWorkers": workers, "maxWorkers": workers, "batchSize": 16, "maxBatchDelay": 1}
    parts = {"handler": DIGIT_HANDLER, "serialized_file": model, "config": config}
    return build_archive("digits", export_path=workspace() / "store", **parts)


def questions() -> tuple[list[bytes], list[int]]:
    """Return the 1,000 held-out digits as PNG files, and the digit that the eager model reads in each."""
    images = load_digits(train=False)[0]
    return [to_png(image) for image in images], predict(trained(), images).tolist()


def ask_again_of_the_lesson() -> Callable:
    """Return `ask_again`, the client that asks again, as lesson 09 teaches it."""
    cells = nbformat.read(ROOT / "notebooks" / "09_survive_failure.ipynb", as_version=4).cells
    [source] = [cell.source for cell in cells if cell.source.startswith("def ask_again")]
    names = {"itertools": itertools, "random": random, "requests": requests, "time": time}
    exec(source, names)
    return names["ask_again"]


def ready(server: TorchServe, model: str) -> list[int]:
    """Return the process ids of the model's workers that are READY."""
    workers = server.manage("GET", f"/models/{model}").json()[0]["workers"]
    return [worker["pid"] for worker in workers if worker["status"] == "READY"]


# ---- Memory --------------------------------------------------------------------------------------------------------


@dataclass
class Memory:
    """What one process has over time: minutes since the load began, and megabytes."""

    name: str
    minutes: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)

    def line(self) -> tuple[float, float]:
        """Return the slope of the least-squares line, and its standard error, in megabytes a minute."""
        slope, start = linear_regression(self.minutes, self.megabytes)
        pairs = list(zip(self.minutes, self.megabytes, strict=True))
        off = sum((megabytes - start - slope * minutes) ** 2 for minutes, megabytes in pairs)
        middle = sum(self.minutes) / len(pairs)
        spread = sum((minutes - middle) ** 2 for minutes in self.minutes)
        return slope, (off / (len(pairs) - 2) / spread) ** 0.5

    @property
    def flat(self) -> bool:
        """Whether the line rises by less than `GROWTH`, even if it is steeper by twice its standard error."""
        slope, error = self.line()
        return (slope + 2 * error) * (self.minutes[-1] - self.minutes[0]) < GROWTH

    def __str__(self) -> str:
        slope, error = self.line()
        verdict = "flat" if self.flat else "NOT flat"
        ends = f"{self.megabytes[0]:9.1f} {self.megabytes[-1]:9.1f}"
        return f"{self.name:34} {ends} {slope:+9.3f} +- {error:.3f}  {verdict}"


class Gauge:
    """Looks at the memory of a server's processes."""

    def __init__(self, server: TorchServe, model: str) -> None:
        [self._java] = [
            pid for pid in server.pids() if "org.pytorch.serve.ModelServer" in psutil.Process(pid).cmdline()
        ]
        self._workers = [psutil.Process(pid) for pid in sorted(ready(server, model))]
        names = [f"worker {number}" for number in range(1, len(self._workers) + 1)]
        names += ["Java, heap after a full collection", "Java, outside of its heap"]
        self.memories = [Memory(name) for name in names]

    def look(self, minutes: float) -> None:
        """Note what each has now, `minutes` after the load began. Raises psutil.NoSuchProcess when a worker is gone."""
        told = self._ask_java()
        heap = int(re.search(r"heap\s+total.*?used (\d+)K", told)[1])
        parts = re.findall(r"^-\s+(.+?) \(reserved=.*?committed=(\d+)KB", told, re.MULTILINE)
        native = sum(int(size) for name, size in parts if name not in PASSING)
        sizes = [worker.memory_full_info().uss / 1e6 for worker in self._workers]
        for memory, megabytes in zip(self.memories, [*sizes, heap * 1024 / 1e6, native * 1024 / 1e6], strict=True):
            memory.minutes.append(minutes)
            memory.megabytes.append(megabytes)

    def _ask_java(self) -> str:
        """Let Java collect all its garbage, and return what it then says of its memory."""
        questions = workspace() / "questions"
        questions.write_text("GC.run\nGC.heap_info\nVM.native_memory summary scale=KB\n")
        jcmd = Path(psutil.Process(self._java).exe()).with_name("jcmd")
        try:
            command = [str(jcmd), str(self._java), "-f", str(questions)]
            return subprocess.run(command, capture_output=True, text=True, check=True).stdout
        finally:  # Java would leave the socket there if it were killed; it makes another one when it is asked again
            Path(tempfile.gettempdir(), f".java_pid{self._java}").unlink(missing_ok=True)


# ---- Full load -----------------------------------------------------------------------------------------------------


def soak(server: TorchServe, model: str, seconds: float, clients: int, warm_up: float) -> bool:
    """Let `clients` ask as fast as they are answered, print what came of it in `seconds`, and tell if all is well."""
    pictures, read = questions()
    url = f"{server.inference_address}/predictions/{model}"
    gauge, asked, lost, wrong, loaded = Gauge(server, model), 0, 0, 0, 0.0
    lengths = [warm_up / 2, warm_up / 2] + [seconds / (ROUNDS - 1)] * (ROUNDS - 1)
    for number, length in enumerate(lengths, start=1):
        result = rush(url, pictures, read, token=server.inference_token, clients=clients, seconds=length, warm_up=0)
        replies = result.replies + result.others
        asked, loaded = asked + len(replies), loaded + result.seconds
        lost += sum(reply.failed for reply in replies)
        wrong += sum(not reply.failed and not reply.right for reply in replies)
        if number >= 2:
            gauge.look(loaded / 60)
    whom = f"{clients} clients, {len(ready(server, model))} workers"
    print(f"{loaded:.0f} s at full load, {warm_up:.0f} of them warm-up: {whom}")
    print(f"requests {asked:,}, {asked / loaded:,.0f} a second; lost {lost}, wrong {wrong}")
    print("MB, after the warm-up               at first   at last     a minute")
    print(*gauge.memories, sep="\n")
    print(f"flat: slope and two standard errors together make less than {GROWTH:g} MB in all that was measured")
    return lost == wrong == 0 and all(memory.flat for memory in gauge.memories)


# ---- Killed workers ------------------------------------------------------------------------------------------------


@dataclass
class Client(threading.Thread):
    """Asks one picture after another, each again until it is answered, until it is stopped."""

    url: str
    token: str
    work: list[tuple[bytes, int]]
    numbers: itertools.count
    stopped: threading.Event
    answers: list[tuple[float, float, bool]] = field(default_factory=list)
    """When it asked, when it was answered, and whether the answer was right."""
    lost: int = 0

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    __hash__ = threading.Thread.__hash__

    def run(self) -> None:
        """Ask until it is stopped."""
        ask_again, headers = ask_again_of_the_lesson(), {"Authorization": f"Bearer {self.token}"}
        while not self.stopped.is_set():
            picture, digit = self.work[next(self.numbers) % len(self.work)]
            began = time.monotonic()
            try:
                answer, _ = ask_again(self.url, picture, headers, seconds=PATIENCE)
            except TimeoutError:
                self.lost += 1
                continue
            right = answer.status_code == 200 and answer.json().get("digit") == digit
            self.answers.append((began, time.monotonic(), right))


def kill(server: TorchServe, model: str, seconds: float, every: float) -> bool:
    """Kill a worker every `every` seconds, or later where one takes longer to come back, while clients keep asking.

    Print what came of it, and tell whether all is well.
    """
    os.environ["no_proxy"] = "127.0.0.1"  # the lesson's client would ask a proxy
    count, workers = int(seconds // every), len(ready(server, model))
    stopped, numbers, work = threading.Event(), itertools.count(), list(zip(*questions(), strict=True))
    url = f"{server.inference_address}/predictions/{model}"
    clients = [Client(url, server.inference_token, work, numbers, stopped) for _ in range(4)]
    for client in clients:
        client.start()
    killed, back, began = [], [], time.monotonic()
    try:
        for number in range(count):
            stopped.wait(max(0.0, began + (number + 1) * every - time.monotonic()))
            pids = ready(server, model)
            os.kill(pids[number % workers], signal.SIGKILL)
            killed.append(time.monotonic())
            back.append(wait_until_back(server, model, pids, pids[number % workers]) - killed[-1])
    finally:
        stopped.set()
        for client in clients:
            client.join()
    answers = [answer for client in clients for answer in client.answers]
    lost, wrong = sum(client.lost for client in clients), sum(not right for *_, right in answers)
    first = [min((ended for asked, ended, _ in answers if asked >= when), default=float("inf")) for when in killed]
    waited = [answered - when for answered, when in zip(first, killed, strict=True)]
    print(f"{time.monotonic() - began:.0f} s, {len(clients)} clients that ask again, {workers} workers")
    print(f"killed {len(killed)} of {count}; answers {len(answers):,}; lost {lost}, wrong {wrong}")
    print(f"seconds from a kill to the next answer:   {told(waited)}")
    print(f"seconds from a kill to all workers READY: {told(back)}")
    print(f"the longest that a client waited for its answer: {max(ended - asked for asked, ended, _ in answers):.2f} s")
    return lost == wrong == 0 and len(killed) == count and max(waited) < PATIENCE


def wait_until_back(server: TorchServe, model: str, pids: list[int], killed: int) -> float:
    """Return when as many workers are READY as before one of them was killed. Raises TimeoutError after `PATIENCE`."""
    deadline = time.monotonic() + PATIENCE
    while killed in (now := ready(server, model)) or len(now) < len(pids):
        if time.monotonic() > deadline:
            raise TimeoutError(f"a killed worker was not back within {PATIENCE:g} s:\n{server.why(model)}")
        time.sleep(0.02)
    return time.monotonic()


def told(seconds: list[float]) -> str:
    """Return the least, the middle and the largest of some times as text."""
    return f"least {min(seconds):.2f}, median {median(seconds):.2f}, most {max(seconds):.2f}"


def main() -> int:
    """Do what the command line says; return the exit code."""
    parser = argparse.ArgumentParser(description="Minutes at full load, or of killed workers, on the real TorchServe.")
    parser.add_argument("--seconds", type=float, default=600, help="how long, after the warm-up (600)")
    parser.add_argument(
        "--warm-up", type=float, default=30, help="seconds at full load before memory is looked at (30)"
    )
    parser.add_argument("--clients", type=int, default=32, help="how many ask at the same time at full load (32)")
    parser.add_argument("--workers", type=int, default=2, help="worker processes of the built archive (2)")
    parser.add_argument("--archive", type=Path, help="another archive; its own model-config.yaml counts")
    parser.add_argument("--kill-every", type=float, metavar="SECONDS", help="kill a worker every SECONDS")
    wanted = parser.parse_args()
    archive = wanted.archive or tuned_archive(wanted.workers)
    with TorchServe({archive.stem: archive.name}, archive.parent, config={"vmargs": JAVA}) as server:
        if wanted.kill_every:
            well = kill(server, archive.stem, wanted.seconds, wanted.kill_every)
        else:
            well = soak(server, archive.stem, wanted.seconds, wanted.clients, wanted.warm_up)
    print("All is well." if well else "NOT well: see above.")
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
