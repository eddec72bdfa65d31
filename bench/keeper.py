"""The small process between the bench and a server: when the bench ends, however it ends, nothing of it stays.

It is the course's watchdog (see `course.watchdog` for what it says and hears) with one difference: some servers put
their workers into process groups of their own, so it ends all that descends from the server, and not one group.
"""

import contextlib
import ctypes
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).parents[1] / "notebooks"))

from course.watchdog import Parent, remove

GRACE = 10.0
"""Seconds that a server has to end by itself after SIGTERM: Ray stops its cluster in that time."""

PR_SET_CHILD_SUBREAPER = 36


def adopt_orphans() -> None:
    """On Linux, become the parent of every descendant whose own parent ends, so that none gets out of sight."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def descendants(known: set[psutil.Process]) -> set[psutil.Process]:
    """Return who descends from this process and still runs; `known` are those seen before, which may be orphans."""
    found = known | set(psutil.Process().children(recursive=True))
    return {process for process in found if process.is_running() and status(process) != psutil.STATUS_ZOMBIE}


def status(process: psutil.Process) -> str:
    """Return a process's status; that of a zombie when it is gone."""
    try:
        return process.status()
    except psutil.Error:
        return psutil.STATUS_ZOMBIE


def end(leader: subprocess.Popen) -> None:
    """End the server and all that descends from it: SIGTERM to the server, `GRACE` seconds, then SIGKILL to all."""
    left = descendants(set())
    leader.terminate()
    deadline = time.monotonic() + GRACE
    while leader.poll() is None and time.monotonic() < deadline:
        left = descendants(left)
        time.sleep(0.05)
    while left := descendants(left):
        for process in left:
            with contextlib.suppress(psutil.Error):
                process.kill()
        psutil.wait_procs(left, timeout=1)
    leader.wait()


def main() -> None:
    """Make the folder, run the server in it, and clear both away when the bench goes."""
    parent = Parent(int(sys.argv[1]))
    adopt_orphans()
    folder = tempfile.mkdtemp(prefix="bench-", dir="/tmp")  # a short name: sockets lie in it
    leader = None
    try:
        parent.tell(folder)
        line = b""
        while not parent.gone and not line.endswith(b"\n"):
            line += parent.read()
        if parent.gone:
            return
        order = json.loads(line)
        with open(os.path.join(folder, "console.log"), "wb") as console:
            leader = subprocess.Popen(
                order["command"], cwd=folder, env={**os.environ, **order["env"]}, start_new_session=True,
                stdin=subprocess.DEVNULL, stdout=console, stderr=subprocess.STDOUT,
            )  # fmt: skip
        parent.tell(leader.pid)
        while not parent.gone:
            parent.read()
    finally:
        for signum in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            signal.signal(signum, signal.SIG_IGN)
        if leader is not None:
            end(leader)
        remove(folder)


if __name__ == "__main__":
    main()
