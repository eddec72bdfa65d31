"""Start runs, each in a process and a folder of its own, and clear away whatever is left of one."""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import uuid
from dataclasses import asdict
from pathlib import Path

from lessons import Files, Lesson
from limits import Limits
from merge import Step
from watch import end_all_of, remove

MARKER = "COURSE_GRADER_RUN"
"""The environment variable by which the processes of a run are known, when the process above them is lost."""

GRACE = 60.0
"""Seconds that a run may take beyond its limit before it is ended from outside, in case its worker was stopped."""

LONGEST_LINE = 100_000
"""Bytes of a line of the worker's; its messages are cut far below that."""

LONGEST_PLACE = 40
"""Characters of a temporary folder's name: sockets lie below it, and their names may have 103 in all."""


class Stopped(Exception):  # noqa: N818 - somebody asked for it
    """The grader was told to stop."""


class Runner:
    """Starts runs with copies of the course's files; may be used by many threads at the same time."""

    def __init__(self, files: Files, limits: Limits) -> None:
        self.limits = limits
        self._files, self._digests = files, files.digests
        self._lock = threading.Lock()
        self._running: set[subprocess.Popen] = set()
        self._stopped = False

    def run(self, lesson: Lesson, steps: list[Step], seconds: float) -> list[dict]:
        """Run the steps in a fresh kernel for at most `seconds` and return what the worker told of them.

        The last event is "foul" when a step broke a limit, its kernel, or the worker; its position is -1 when there
        was no step yet. Raises Stopped when the grader was told to stop, RuntimeError when the worker has a fault.
        """
        usual = tempfile.gettempdir()
        folder = Path(tempfile.mkdtemp(prefix="grade-", dir=usual if len(usual) <= LONGEST_PLACE else "/tmp"))
        marker = uuid.uuid4().hex
        try:
            self._files.write_to(folder)
            job = {"lesson": lesson.number, "folder": str(folder), "steps": [asdict(step) for step in steps]}
            job |= {"limits": asdict(self.limits), "digests": self._digests, "password": uuid.uuid4().hex}
            return self._talk(job, marker, seconds)
        finally:
            end_all_of(f"{MARKER}={marker}")
            remove(str(folder))

    def _talk(self, job: dict, marker: str, seconds: float) -> list[dict]:
        with tempfile.TemporaryFile() as complaints:
            worker = self._start(marker, complaints)
            late = threading.Event()
            timers = [threading.Timer(seconds, lambda: (late.set(), self._close(worker)))]
            timers += [threading.Timer(seconds + GRACE, worker.kill)]  # it may have been stopped by the submission
            for timer in timers:
                timer.start()
            try:
                with contextlib.suppress(OSError, ValueError):  # it may be gone, or was closed because it is late
                    worker.stdin.write(json.dumps(job).encode() + b"\n")
                    worker.stdin.flush()
                said = [line.split(b" ", 1) for line in iter(lambda: worker.stdout.readline(LONGEST_LINE), b"")]
                events = [json.loads(line[1]) for line in said if line[0] == job["password"].encode()]
                code = worker.wait()
            finally:
                for timer in timers:
                    timer.cancel()
                with self._lock:
                    self._running.discard(worker)
                    self._close(worker)
            if self._stopped:
                raise Stopped
            if late.is_set() or code < 0:
                used_up = f"was still running when the {self.limits.lesson:g} s for the lesson were used up"
                told = used_up if late.is_set() else "ended the process that watched over it"
                events.append({"position": events[-1]["position"] if events else -1, "event": "foul", "message": told})
            elif code > 0:
                complaints.seek(0)
                raise RuntimeError(f"the grader's worker failed: {complaints.read().decode(errors='replace')[-2000:]}")
            return events

    def _start(self, marker: str, complaints: object) -> subprocess.Popen:
        with self._lock:
            if self._stopped:
                raise Stopped
            worker = subprocess.Popen(
                [sys.executable, str(Path(__file__).with_name("worker.py"))], env=os.environ | {MARKER: marker},
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=complaints, start_new_session=True,
            )  # fmt: skip
            self._running.add(worker)
            return worker

    def stop(self) -> None:
        """Tell every run to end and clear up, and start no more."""
        with self._lock:
            self._stopped = True
            for worker in self._running:
                self._close(worker)

    @staticmethod
    def _close(worker: subprocess.Popen) -> None:
        with contextlib.suppress(OSError):
            worker.stdin.close()
