"""The small process that stands between a notebook and its TorchServe, so that no server outlives its kernel.

It is run as a script, in a session of its own, with the parent's process id as its only argument, and makes the
server's folder itself, so that there is no moment at which a killed parent could leave one behind:

    watchdog -> parent   the folder's path, a line
    parent -> watchdog   {"command": [...], "env": {...}}, a line of JSON
    watchdog -> parent   the server's process id, a line; it is also the id of the server's process group

From then on it waits for its input to end or for its parent to change: both mean that the parent stopped the server
or is gone, however it went. It ends the server's process group, removes the folder and exits. When the server dies
by itself, the rest of its group is ended at once and the folder, with the logs, stays until the parent goes.
"""

import contextlib
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import psutil

GRACE = 1.0
"""Seconds from SIGTERM to SIGKILL. Workers go at once; Java would wait longer, for clients that are no longer there."""

POLL = 0.1
"""Seconds between two looks at the parent and at the server."""

LONGEST_FOLDER = 70
"""Characters: the worker's socket lies in the folder, and macOS allows such a path 103 in all."""


def members(group: int) -> list[int]:
    """Return the ids of the processes of a process group that are still running (zombies are not)."""
    found = []
    for pid in psutil.pids():
        with contextlib.suppress(OSError, psutil.Error):
            if os.getpgid(pid) == group and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
                found.append(pid)
    return found


def end_group(leader: subprocess.Popen) -> None:
    """End all of the leader's process group: SIGTERM, `GRACE` seconds, SIGKILL.

    The leader is reaped last: until then nobody else can get its id, so nobody else can be hit.
    """
    deadline = time.monotonic() + GRACE
    signum = signal.SIGTERM
    while members(leader.pid):
        with contextlib.suppress(ProcessLookupError, PermissionError):  # macOS refuses a group of zombies
            os.killpg(leader.pid, signum)
        patience = deadline if signum == signal.SIGTERM else time.monotonic() + 0.5
        while members(leader.pid) and time.monotonic() < patience:
            time.sleep(0.02)
        signum = signal.SIGKILL
    leader.wait()


def make_folder() -> str:
    """Make the server's folder and return its path; in /tmp when the usual place has too long a name for sockets."""
    usual = os.path.realpath(tempfile.gettempdir())
    return tempfile.mkdtemp(prefix="ts-", dir=usual if len(usual) <= LONGEST_FOLDER else "/tmp")


def remove(folder: str) -> None:
    """Remove the folder, and once more when something was just being written into it."""
    for _ in range(5):
        shutil.rmtree(folder, ignore_errors=True)
        if not os.path.exists(folder):
            return


class Parent:
    """The process at the other end of the pipe."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.gone = False
        for signum in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            signal.signal(signum, self._end)

    def _end(self, signum: int, frame: object) -> None:
        self.gone = True

    def read(self) -> bytes:
        """Wait up to `POLL` seconds for input and return it; set `gone` when there will be no more."""
        # A child that the parent forked may hold the pipe open after the parent's death: hence the look at getppid.
        if os.getppid() != self.pid:
            self.gone = True
        elif select.select([0], [], [], POLL)[0]:
            data = os.read(0, 65536)
            self.gone = self.gone or not data
            return data
        return b""

    def tell(self, line: object) -> None:
        """Send one line."""
        try:
            os.write(1, f"{line}\n".encode())
        except OSError:
            self.gone = True


def ended(leader: subprocess.Popen) -> bool:
    """Tell whether the server has ended, without reaping it."""
    try:
        return psutil.Process(leader.pid).status() == psutil.STATUS_ZOMBIE
    except psutil.ZombieProcess:
        return True


def main() -> None:
    """Make the folder, run the server in it, and clear both away when the parent goes."""
    parent = Parent(int(sys.argv[1]))
    folder = make_folder()
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
                order["command"], cwd=folder, env={**os.environ, **order["env"]}, process_group=0,
                stdin=subprocess.DEVNULL, stdout=console, stderr=subprocess.STDOUT,
            )  # fmt: skip
        parent.tell(leader.pid)
        while not parent.gone and not ended(leader):
            parent.read()
        end_group(leader)
        leader = None
        while not parent.gone:
            parent.read()
    finally:
        if leader is not None:
            end_group(leader)
        remove(folder)


if __name__ == "__main__":
    main()
