"""Where the time of the tuned TorchServe goes at saturation: frontend, worker and client, and within the worker."""

import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

import psutil
from clients import Pictures
from rounds import first_answer
from servers import Server, wait_until_right

from course.workspace import workspace

GROUPS = [
    ("decoding", r"decode_png|frombuffer|preprocess"),
    ("inference", r"\binference\b|_call_impl"),
    ("reading its messages", r"retrieve_msg|_retrieve_|retrieve_buffer|retrieve_int|recv"),
    ("answering", r"create_predict_response|postprocess|send|dumps"),
]
"""A worker's sample belongs to the first group that one of its frames' names matches, from the innermost outwards."""

REST = "the rest"


def group_of(stack: str) -> str:
    """Return the group of one stack, as py-spy writes it: `outer (file:line);inner (file:line)`."""
    for frame in reversed(stack.split(";")):
        for name, pattern in GROUPS:
            if re.search(pattern, frame.split(" (")[0]):
                return name
    return REST


def shares(raw: str) -> dict[str, float]:
    """Return each group's share of py-spy's raw samples, of 1 in all. Raises ValueError when there are none."""
    counts: Counter[str] = Counter()
    for line in raw.splitlines():
        stack, _, count = line.rpartition(" ")
        counts[group_of(stack)] += int(count)
    if not (total := sum(counts.values())):
        raise ValueError("py-spy took no sample")
    return {name: counts[name] / total for name in [*(name for name, _ in GROUPS), REST]}


def times(pid: int) -> tuple[float, float]:
    """Return the seconds of processor time that a process has taken: as itself, and in the system for it."""
    used = psutil.Process(pid).cpu_times()
    return used.user, used.system


def roles(server: Server) -> dict[str, int]:
    """Return the process ids of the Java frontend and of the worker."""
    lines = {pid: " ".join(psutil.Process(pid).cmdline()) for pid in server.pids()}
    marks = {"frontend": "org.pytorch.serve.ModelServer", "worker": "model_service_worker"}
    return {role: next(pid for pid, line in lines.items() if mark in line) for role, mark in marks.items()}


def profile(server: Server, pictures: Pictures, measure, clients: int, seconds: float) -> dict:
    """Start `server`, load it, and return where the time goes; end it.

    Processor time is taken while a load of `seconds` runs, py-spy's samples during a second load. It stays None, with
    the reason, where py-spy may not look at the worker: on macOS it needs root.
    """
    try:
        server.start()
        wait_until_right(server, first_answer(server, pictures))
        pids = roles(server)
        load_of = (server.url, server.token, pictures, clients)
        measure(*load_of, seconds)  # Java compiles what runs often: let it
        before = {role: times(pid) for role, pid in pids.items()}
        began = time.monotonic()
        sample = measure(*load_of, seconds)
        took = time.monotonic() - began
        after = {role: times(pid) for role, pid in pids.items()}
        cores = {
            role: {kind: (after[role][i] - before[role][i]) / took for i, kind in enumerate(("user", "system"))}
            for role in pids
        }
        worker, reason = sampled(pids["worker"], seconds, measure, *load_of)
        return {
            "clients": clients, "requests_per_second": sample.requests_per_second, "cores": cores,
            "client_share": sample.client_share, "worker": worker, "reason": reason,
        }  # fmt: skip
    finally:
        server.stop()


def sampled(pid: int, seconds: float, measure, *load_of):
    """Return the shares of the worker's groups while `measure(*load_of, seconds)` loads it, or None and the reason."""
    load = threading.Thread(target=measure, args=(*load_of, seconds + 1))
    load.start()
    with tempfile.TemporaryDirectory(dir=workspace()) as folder:
        raw = Path(folder, "raw")
        spy = Path(sys.executable).with_name("py-spy")
        command = [str(spy), "record", "--pid", str(pid), "--duration", str(max(1, round(seconds))), "--rate", "250"]
        command += ["--format", "raw", "--nonblocking", "--output", str(raw)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=seconds + 60)
            if done.returncode or not raw.exists():
                return None, f"py-spy said: {done.stderr.strip()[-200:]} (it may need root: sudo make bench)"
            return shares(raw.read_text()), None
        except (OSError, subprocess.TimeoutExpired, ValueError) as error:
            return None, f"py-spy: {error}"
        finally:
            load.join()
