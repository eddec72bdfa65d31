"""A running server, as the bench sees it: an address, a token, its processes; and its end."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from pathlib import Path
from typing import Protocol, Self

import keeper
import psutil

from course.server import TorchServe
from course.server_config import draw_ports


class StartError(RuntimeError):
    """A server did not come up; the message says why, in its own words."""


class Server(Protocol):
    """What the bench asks of a server."""

    url: str
    token: str

    def start(self) -> Self:
        """Start it; raise an exception with the reason when it can't be."""

    def dead(self) -> str | None:
        """Return what it said last when it has ended by itself, else None."""

    def pids(self) -> list[int]:
        """Return the ids of its processes."""

    def stop(self) -> None:
        """End all of its processes and remove its folder."""


class Peer:
    """A server that is one command, on a port of its own, in a folder of its own, kept by `keeper`.

    command: what to run; `{port}` and `{folder}` in it, and in the values of `env`, are filled in.
    env: further environment variables. BENCH_PORT is always set.
    """

    def __init__(self, command: Sequence[str], env: Mapping[str, str], path: str = "/predictions/digits") -> None:
        self.command, self.env, self.path = list(command), dict(env), path
        self.token = "none"
        self.url = ""
        self._keeper: subprocess.Popen | None = None
        self._leader: psutil.Process | None = None
        self._folder = ""

    def start(self) -> Self:
        """Start the command and return at once: it need not listen yet."""
        self._keeper = subprocess.Popen(
            [sys.executable, "-P", keeper.__file__, str(os.getpid())],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        self._folder = self._hear()
        port = draw_ports(1)[0]
        self.url = f"http://127.0.0.1:{port}{self.path}"
        fill = {"port": port, "folder": self._folder}
        env = {"TMPDIR": self._folder, "BENCH_PORT": str(port)}
        env |= {key: value.format(**fill) for key, value in self.env.items()}
        order = {"command": [part.format(**fill) for part in self.command], "env": env}
        self._keeper.stdin.write(json.dumps(order).encode() + b"\n")
        self._keeper.stdin.flush()
        self._leader = psutil.Process(int(self._hear()))
        return self

    def _hear(self) -> str:
        line = self._keeper.stdout.readline().decode().strip()
        if not line:
            raise StartError(f"{self.command[0]} could not be run: is it there, and is there room in /tmp?")
        return line

    def dead(self) -> str | None:
        """Return what it said last when it has ended by itself, else None."""
        if self._leader and self._leader.is_running() and keeper.status(self._leader) != psutil.STATUS_ZOMBIE:
            return None
        return self.last_words()

    def last_words(self) -> str:
        """Return the last line of what the server printed."""
        lines = Path(self._folder, "console.log").read_text(errors="replace").strip().splitlines()
        return lines[-1].strip() if lines else "it ended without a word"

    def pids(self) -> list[int]:
        """Return the ids of the server's processes."""
        if self._leader is None or not self._leader.is_running():
            return []
        return [self._leader.pid, *(child.pid for child in self._leader.children(recursive=True))]

    def stop(self) -> None:
        """End the server and return when all of its processes are gone."""
        if self._keeper is not None:
            self._keeper.stdin.close()
            self._keeper.wait()
            self._keeper.stdout.close()
            self._keeper = self._leader = None


class Archived:
    """A TorchServe with one archive of `store`, started by the course's own `TorchServe`."""

    def __init__(self, archive: str, store: Path, workers: int) -> None:
        self._server = TorchServe({"digits": archive}, store, workers=workers)
        self.url = self.token = ""

    def start(self) -> Self:
        """Start TorchServe and return when its workers are READY."""
        with redirect_stdout(None):  # it would print its command line
            self._server.start()
        self.url = f"{self._server.inference_address}/predictions/digits"
        self.token = self._server.inference_token
        return self

    def dead(self) -> str | None:
        """Return its last traceback when it has ended by itself, else None."""
        return None if self._server.running else "TorchServe ended by itself"

    def pids(self) -> list[int]:
        """Return the ids of the command, its Java and its workers."""
        return self._server.pids()

    def stop(self) -> None:
        """End TorchServe; its folder goes too."""
        self._server.stop()


def wait_until_right(server: Server, ask, timeout: float = 120.0) -> None:
    """Wait until `ask()` is true: the server's first right answer.

    Raises StartError with the server's own last words when it ends, or is not there in `timeout` seconds.
    """
    deadline = time.monotonic() + timeout
    while not ask():
        if (words := server.dead()) is not None:
            raise StartError(words)
        if time.monotonic() > deadline:
            words = getattr(server, "last_words", str)()
            raise StartError(f"no right answer in {timeout:g} s; its last words: {words}")
        time.sleep(0.02)
