"""Look after the processes of a run: what they use while they run, and that none is left when it ends."""

import contextlib
import ctypes
import os
import shutil
import subprocess
import sys
import time

import psutil
from limits import Limits, told

PAUSE = 0.5
"""Seconds between two looks at what a run uses."""

PATIENCE = 20.0
"""Seconds after which killed processes that are still there are given up: only a broken kernel driver holds them."""

SUBREAPER, DUMPABLE = 36, 4
"""The prctl that makes this process the parent of every orphan below it, and the one that lets others look into it."""


class Foul(Exception):  # noqa: N818 - what a submission did, not an error of the grader
    """A submission broke a limit, or its kernel; the message says what it did, as in "used more than 4 GB"."""


def stand_guard() -> None:
    """Make this process the parent of every orphan below it, and closed to those that look into it (Linux only).

    A submission that could open this process's output would write verdicts of its own there.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
        ctypes.CDLL(None).prctl(DUMPABLE, 0, 0, 0, 0)


class Watch:
    """The limits on what a run uses in `folder` and in all processes below this one."""

    def __init__(self, folder: str, limits: Limits) -> None:
        self.folder, self.limits = folder, limits
        self._next = 0.0

    def look(self) -> None:
        """Raise `Foul` when the run uses too much; cheap to call often, since it looks twice a second."""
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + PAUSE
        processes = psutil.Process().children(recursive=True)
        if len(processes) > self.limits.processes:
            raise Foul(f"started more than {self.limits.processes} processes")
        if self._memory(processes, "rss") > self.limits.memory and self._own_memory(processes) > self.limits.memory:
            raise Foul(f"used more than {told(self.limits.memory)} of memory")
        self._look_at_disk()

    def _memory(self, processes: list[psutil.Process], kind: str) -> int:
        total = 0
        for process in processes:
            with contextlib.suppress(psutil.Error):
                info = process.memory_info() if kind == "rss" else process.memory_full_info()
                total += getattr(info, kind)
        return total

    def _own_memory(self, processes: list[psutil.Process]) -> int:
        """Return the memory in use with shared pages counted once, which takes longer to find out."""
        return self._memory(processes, "pss" if sys.platform == "linux" else "uss")

    def _look_at_disk(self) -> None:
        size = count = 0
        folders = [self.folder]
        while folders:
            with contextlib.suppress(OSError), os.scandir(folders.pop()) as entries:
                for entry in entries:
                    count += 1
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
                    else:
                        with contextlib.suppress(OSError):
                            size += entry.stat(follow_symlinks=False).st_blocks * 512
            if count > self.limits.files:
                raise Foul(f"made more than {self.limits.files:,} files")
        if size > self.limits.disk:
            raise Foul(f"wrote more than {told(self.limits.disk)} to disk")


def end_all_below() -> None:
    """Kill every process below this one, however it detached itself, and wait until all are gone."""
    deadline = time.monotonic() + PATIENCE
    while (processes := psutil.Process().children(recursive=True)) and time.monotonic() < deadline:
        _kill(processes)
        _reap()
        time.sleep(0.02)


def end_all_of(marker: str) -> None:
    """Kill every process that carries `marker` ("NAME=value") in its environment: what a lost run left behind."""
    name, _, value = marker.partition("=")
    for _ in range(100):
        found = []
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error, OSError):
                if process.pid != os.getpid() and process.environ().get(name) == value:
                    found.append(process)
        found = [process for process in found if _is_alive(process)]
        if not found:
            return
        _kill(found)
        time.sleep(0.02)


def _is_alive(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def _kill(processes: list[psutil.Process]) -> None:
    for stop in (True, False):  # all are stopped before the first is killed, so that none can start another
        for process in processes:
            with contextlib.suppress(psutil.Error):
                process.suspend() if stop else process.kill()


def _reap() -> None:
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def remove(folder: str) -> None:
    """Remove `folder`, whatever a submission made of it: endless nesting, folders that may not be opened."""
    for _ in range(3):
        subprocess.run(["rm", "-rf", folder], stderr=subprocess.DEVNULL, check=False)
        if not os.path.lexists(folder):
            return
        subprocess.run(["chmod", "-R", "u+rwx", folder], stderr=subprocess.DEVNULL, check=False)
    shutil.rmtree(folder, ignore_errors=True)
