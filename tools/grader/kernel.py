"""A kernel that is watched while it runs a cell, and killed, not asked, when it breaks a limit."""

import ast
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import zmq
from jupyter_client import BlockingKernelClient
from jupyter_client.connect import write_connection_file
from limits import Limits, told
from watch import Foul, Watch

PASSED_ON = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "LD_LIBRARY_PATH", "CXX", "CPATH", "LIBRARY_PATH", "SDKROOT")
"""What a learner's code gets of the grader's environment: what finds programs and compilers, and no secrets."""

LONGEST_MESSAGE = 3
"""How many times the output limit one message of a kernel may be long; a longer one is refused unread."""

LAG = 20.0
"""Seconds that a cell's output may come after its end; output that comes later, or never, was too much."""

STARTS_WITHIN = 120.0
"""Seconds until a kernel that does not answer is given up; it takes one, or some on a busy machine."""

ENDS_WITHIN = 10.0
"""Seconds that a kernel which closes its connections may take to end."""


class Abandoned(Exception):  # noqa: N818 - nobody waits for the result any more
    """The grader has gone, or was told to stop."""


@dataclass(frozen=True)
class Reply:
    """How a cell ended: the type and text of its error, "" for none, and the value that was asked for."""

    error: str
    text: str
    value: object = None

    def __str__(self) -> str:
        return f"{self.error}: {self.text}" if self.text else self.error


def environment(folder: Path) -> dict[str, str]:
    """Return the environment of a run in `folder`: no tokens of the grader's, no place outside to write to."""
    passed = {name: os.environ[name] for name in (*PASSED_ON, "COURSE_GRADER_RUN") if name in os.environ}
    places = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder / "tmp"))
    # One thread each: as many runs as there are cores go on at the same time.
    own = {"HOME": str(folder / "home"), "COURSE_PROGRESS": str(folder / "progress.json"), "OMP_NUM_THREADS": "1"}
    return passed | places | own


class Kernel:
    """A fresh kernel in `folder`/notebooks. A context manager; whoever uses it ends the processes that are left.

    Raises Foul from `run` when the cell breaks a limit or ends the kernel, Abandoned when the grader goes.
    """

    def __init__(self, folder: Path, limits: Limits) -> None:
        self._folder, self._limits = folder, limits
        self._watch = Watch(str(folder), limits)

    def __enter__(self) -> Self:
        connection, place = str(self._folder / "tmp" / "kernel.json"), str(self._folder / "tmp" / "kernel")
        # Sockets in the folder, not ports: no other run can take them in between, and no other user can see them.
        write_connection_file(connection, transport="ipc", ip=place, key=os.urandom(16).hex().encode())
        confine = str(Path(__file__).with_name("confine.py"))
        command = [sys.executable, "-P", confine, str(self._folder), str(self._limits.disk)]
        command += [sys.executable, "-m", "ipykernel_launcher", "-f", connection, "--HistoryManager.enabled=False"]
        self._process = subprocess.Popen(
            command, cwd=self._folder / "notebooks", env=environment(self._folder), start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._client = BlockingKernelClient()
        self._client.load_connection_file(connection)
        self._client.context.setsockopt(zmq.MAXMSGSIZE, LONGEST_MESSAGE * self._limits.output)
        self._client.start_channels(stdin=False, hb=False, control=False)
        self._poller = zmq.Poller()
        sockets = [self._client.shell_channel.socket, self._client.iopub_channel.socket]
        self._monitors = [socket.get_monitor_socket(zmq.EVENT_DISCONNECTED) for socket in sockets]
        for source in (*sockets, *self._monitors, sys.stdin.fileno()):
            self._poller.register(source, zmq.POLLIN)
        while True:  # ready when it answers and its output arrives: the two channels connect one after the other
            self._wait(self._client.kernel_info(), STARTS_WITHIN, needs_idle=False)
            if self._client.iopub_channel.socket.poll(200):
                return self

    def __exit__(self, *exc_info: object) -> None:
        self._process.kill()
        self._process.wait()
        self._client.stop_channels()

    def run(self, source: str, seconds: float, *, silent: bool = False, value_of: str = "") -> Reply:
        """Run `source` as a cell for at most `seconds`, and return how it ended.

        silent: the cell is the grader's own. value_of: an expression to evaluate after it; its value is made of
        strings, lists, tuples and dicts.
        """
        wanted = {"value": value_of} if value_of else {}
        request = self._client.execute(source, silent=silent, user_expressions=wanted, allow_stdin=False)
        content = self._wait(request, seconds)
        if content["status"] != "ok":
            return Reply(str(content.get("ename", "an error")), str(content.get("evalue", "")))
        told_back = content.get("user_expressions", {}).get("value", {})
        if value_of and told_back.get("status") != "ok":
            raise Foul("left a kernel that no longer answers the grader")
        return Reply("", "", ast.literal_eval(told_back["data"]["text/plain"]) if value_of else None)

    def _wait(self, request: str, seconds: float, *, needs_idle: bool = True) -> dict:
        """Return the content of the reply to `request`, when its output has come too."""
        deadline = time.monotonic() + seconds
        content, idle, size = None, not needs_idle, 0
        while content is None or not idle:
            ready = dict(self._poller.poll(200))
            if sys.stdin.fileno() in ready:
                raise Abandoned
            if self._client.shell_channel.socket in ready:
                message = self._client.get_shell_msg(timeout=0)
                if message["parent_header"].get("msg_id") == request:
                    content, deadline = message["content"], time.monotonic() + LAG
            if self._client.iopub_channel.socket in ready:
                parts = self._client.iopub_channel.socket.recv_multipart()
                size += sum(map(len, parts))
                idle = idle or self._is_idle(parts, request)
            refused = any(monitor in ready for monitor in self._monitors) and not self._is_ending()
            if refused or size > self._limits.output or (content is not None and time.monotonic() > deadline):
                raise Foul(f"printed more than {told(self._limits.output)}")
            self._watch.look()
            if content is None and self._process.poll() is not None:
                raise Foul(f"ended its kernel ({self._how_it_ended()})")
            if time.monotonic() > deadline:
                raise Foul(f"did not end within {seconds:g} s")
        return content

    def _is_idle(self, parts: list[bytes], request: str) -> bool:
        if sum(map(len, parts)) > 10_000:
            return False
        _, frames = self._client.session.feed_identities(parts)
        message = self._client.session.deserialize(frames)
        answers = message["parent_header"].get("msg_id") == request
        return answers and message["content"].get("execution_state") == "idle"

    def _is_ending(self) -> bool:
        """Tell whether a broken connection is due to the end of the kernel, and not to a message that was too long."""
        try:
            self._process.wait(ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            return False
        return True

    def _how_it_ended(self) -> str:
        code = self._process.returncode
        return f"signal {-code}" if code < 0 else f"exit status {code}"
