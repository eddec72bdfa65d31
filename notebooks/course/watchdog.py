"""The small process that stands between a notebook and its servers, so that none of them outlives its kernel.

It is run as a script, in a session of its own, with the parent's process id as its argument (and perhaps the longest
name its folder may have). It makes the servers' folder itself, so that there is no moment at which a killed parent
could leave one behind:

    watchdog -> parent   the folder's path, a line
    parent -> watchdog   {"command": [...], "env": {...}, "log": "console.log", "cwd": "."}, a line of JSON: run this
    watchdog -> parent   the process id, a line; it is also the id of the command's process group
    parent -> watchdog   {"kill": id}: end that process group at once, with SIGKILL
    watchdog -> parent   the id again, a line, when nothing of the group is left

and so on. It waits for its input to end or for its parent to change: both mean that the parent stopped the servers or
is gone, however it went. It then ends every process group, and whatever else was started in there and left its group,
removes the folder and exits. When a server dies by itself, the rest of its group is ended at once, and the folder, with
the logs, stays until the parent goes.
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
import threading
import time

import psutil

GRACE = 1.0
"""Seconds from SIGTERM to SIGKILL. Workers go at once; Java would wait longer, for clients that are no longer there."""

POLL = 0.1
"""Seconds between two looks at the parent and at the server."""

LONGEST_FOLDER = 70
"""Characters: the worker's socket lies in the folder, and macOS allows such a path 103 in all."""

MARK = "COURSE_WATCHDOG_FOLDER"
"""A variable in the environment of everything that is started: the folder, which no two watchdogs share."""


def members(group: int) -> list[int]:
    """Return the ids of the processes of a process group that are still running (zombies are not)."""
    found = []
    for pid in psutil.pids():
        with contextlib.suppress(OSError, psutil.Error):
            if os.getpgid(pid) == group and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
                found.append(pid)
    return found


def offspring(group: int) -> set[psutil.Process]:
    """Return what a process group's members have started, however deep, and wherever it has gone since."""
    found: set[psutil.Process] = set()
    for pid in members(group):
        with contextlib.suppress(psutil.Error):
            found.update(psutil.Process(pid).children(recursive=True))
    return found


def alive(process: psutil.Process) -> bool:
    """Tell whether a process is still the one that it was, and no zombie."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def end_group(leader: subprocess.Popen, grace: float = GRACE) -> None:
    """End the leader's process group and all it has started: SIGTERM, `grace` seconds, SIGKILL; without grace at once.

    Ray gives each of its workers a process group of its own. The leader is reaped last: until then nobody else can get
    its id, so nobody else can be hit.
    """
    started: set[psutil.Process] = set()

    def left() -> bool:
        started.update(offspring(leader.pid))
        return bool(members(leader.pid)) or any(map(alive, started))

    deadline = time.monotonic() + grace
    signum = signal.SIGTERM if grace else signal.SIGKILL
    while left():
        with contextlib.suppress(ProcessLookupError, PermissionError):  # macOS refuses a group of zombies
            os.killpg(leader.pid, signum)
        for process in filter(alive, started):
            with contextlib.suppress(psutil.Error):
                process.send_signal(signum)
        patience = deadline if signum == signal.SIGTERM else time.monotonic() + 0.5
        while left() and time.monotonic() < patience:
            time.sleep(0.02)
        signum = signal.SIGKILL
    leader.wait()


def marked(folder: str) -> list[psutil.Process]:
    """Return what was started in `folder` and still runs: it is of this session, or its environment names the folder.

    One of the two holds even for a program that makes itself a session, and for one that overwrites its environment.
    """
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(OSError, psutil.Error):
            if process.pid == os.getpid() or process.status() == psutil.STATUS_ZOMBIE:
                continue
            if os.getsid(process.pid) == os.getpid() or process.environ().get(MARK) == folder:
                found.append(process)
    return found


def end_strays(folder: str) -> None:
    """End what has left its process group: a program may make itself a session of its own."""
    for _ in range(100):
        strays = marked(folder)
        for process in strays:
            with contextlib.suppress(psutil.Error):
                process.kill()
        if not strays:
            return
        psutil.wait_procs(strays, timeout=0.1)


def make_folder(longest: int) -> str:
    """Make the servers' folder and return its path; in /tmp when the usual place has too long a name for sockets."""
    usual = os.path.realpath(tempfile.gettempdir())
    return tempfile.mkdtemp(prefix="ts-", dir=usual if len(usual) <= longest else "/tmp")


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


def start(order: dict, folder: str) -> subprocess.Popen:
    """Run a command in the folder, as the leader of a process group of its own."""
    own = os.path.join(folder, order.get("cwd", ""))
    with open(os.path.join(folder, order.get("log", "console.log")), "wb") as console:
        return subprocess.Popen(
            order["command"], cwd=own, env={**os.environ, MARK: folder, **order["env"]}, process_group=0,
            stdin=subprocess.DEVNULL, stdout=console, stderr=subprocess.STDOUT,
        )  # fmt: skip


def main() -> None:
    """Make the folder, run the servers in it, and clear all away when the parent goes."""
    parent = Parent(int(sys.argv[1]))
    folder = make_folder(int(sys.argv[2]) if len(sys.argv) > 2 else LONGEST_FOLDER)
    leaders: dict[int, subprocess.Popen] = {}
    try:
        parent.tell(folder)
        told = b""
        while not parent.gone:
            told += parent.read()
            while b"\n" in told and not parent.gone:
                line, _, told = told.partition(b"\n")
                order = json.loads(line)
                if "kill" in order:
                    if leader := leaders.pop(order["kill"], None):
                        end_group(leader, grace=0)
                    parent.tell(order["kill"])
                else:
                    leader = start(order, folder)
                    leaders[leader.pid] = leader
                    parent.tell(leader.pid)
            for pid in [pid for pid, leader in leaders.items() if ended(leader)]:
                end_group(leaders.pop(pid))
    finally:
        threads = [threading.Thread(target=end_group, args=[leader]) for leader in leaders.values()]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        end_strays(folder)
        remove(folder)


if __name__ == "__main__":
    main()
