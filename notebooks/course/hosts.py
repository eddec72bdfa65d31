"""Several machines on this one: each runs programs of its own, has an address of its own, and can be switched off.

Where the system allows it (Linux, root with CAP_NET_ADMIN, the commands `ip`, `unshare` and `nsenter`), each is a
network namespace: a network card, a loopback and ports that nobody else sees, on a bridge of their own that leads
nowhere else. Elsewhere all of them share this machine's loopback, with different ports. Programs are kept by
`course.watchdog`; the namespaces have no names and live only as long as a process in them, so nothing is left behind
however a notebook ends.
"""

import atexit
import ctypes
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from course import watchdog

LOOPBACK = "127.0.0.1"
NETWORK = "10.77.0."
"""The first three numbers of the addresses in the closed network: nobody outside can see them, so none can clash."""

CLONE_NEWNET = 0x40000000
"""What `setns(2)` calls a network namespace; `os.setns` is new in Python 3.12."""

LONGEST_FOLDER = 20
"""Characters: Ray's sockets lie some 80 characters below the folder, and such a path may have 103 on macOS."""


class HostsError(RuntimeError):
    """The machines could not be made or have ended; the message says what to do."""


def can_isolate() -> bool:
    """Tell whether this process may make network namespaces with a card in each."""
    if sys.platform != "linux" or not all(map(shutil.which, ("ip", "unshare", "nsenter"))):
        return False
    probe = ["unshare", "--net", "ip", "link", "add", "one", "type", "veth", "peer", "name", "two"]
    bridge = ["unshare", "--net", "ip", "link", "add", "three", "type", "bridge"]
    return all(subprocess.run(command, capture_output=True, check=False).returncode == 0 for command in (probe, bridge))


class Hosts:
    """`count` machines and, in front of them, machine 0: the one you sit at. A context manager.

    isolated: whether each gets a network namespace; None is wherever that can be done.

    While it is open and isolated, the thread that opened it, and every thread and process it starts, is on machine 0:
    its 127.0.0.1 is that of machine 0, and no other network can be reached. Raises HostsError when the machines can't
    be made.
    """

    _entered = False
    """Whether this process sits at a machine 0: from there, no others can be made."""

    def __init__(self, count: int = 3, *, isolated: bool | None = None) -> None:
        self.count = count
        self.isolated = can_isolate() if isolated is None else isolated
        self.folder = Path()
        """A folder for what the machines' programs write; it goes with them."""
        self._watchdog: subprocess.Popen | None = None
        self._lock = threading.Lock()
        self._holders: list[int] = []
        self._running: dict[int, list[int]] = {}
        self._home: int | None = None

    def start(self) -> Self:
        """Make the machines. Raises HostsError when that fails; nothing is left then, nor after an interrupt."""
        if self._watchdog is not None:
            raise HostsError("These machines are already there: use them, or call stop() first.")
        if self.isolated and Hosts._entered:
            raise HostsError("You sit at other machines already: restart the kernel, or call stop() of those first.")
        try:
            self._launch()
            if self.isolated:
                self._connect()
                self._enter()
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """End everything that runs on the machines, and wait until it is gone; do nothing when there is none."""
        if self._home is not None:
            _set_network(self._home)
            os.close(self._home)
            self._home, Hosts._entered = None, False
        if self._watchdog is not None:
            self._watchdog.stdin.close()
            self._watchdog.wait()
            self._watchdog.stdout.close()
        self._watchdog, self._holders, self._running = None, [], {}
        atexit.unregister(self.stop)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *exc_info: object) -> None:
        self.stop()

    def address(self, host: int) -> str:
        """Return the IP address of a machine: its own one, or 127.0.0.1 for all where they are not isolated."""
        return f"{NETWORK}{host + 1}" if self.isolated else LOOPBACK

    def run(
        self, host: int, command: Sequence[str], env: Mapping[str, str] | None = None, *, log: str, cwd: str = ""
    ) -> int:
        """Run a program on a machine until it ends or the machine does; return the id of its process group.

        What it prints goes to the file `log` in `folder`; it runs there, or in the folder `cwd` below.
        """
        words = [*self._inside(host), *command]
        pid = self._order({"command": words, "env": dict(env or {}), "log": log, "cwd": cwd})
        self._running.setdefault(host, []).append(pid)
        return pid

    def kill(self, host: int) -> None:
        """Switch a machine off: SIGKILL to every process on it, as when its power fails. Then it runs anew, empty."""
        for pid in self._running.pop(host, []):
            self._order({"kill": pid})

    def pids(self, host: int) -> list[int]:
        """Return the ids of the processes that run on a machine."""
        groups = self._running.get(host, [])
        found = {pid for group in groups for pid in watchdog.members(group)}
        return sorted(found.union(*({process.pid for process in watchdog.offspring(group)} for group in groups)))

    def _launch(self) -> None:
        surroundings = {key: value for key, value in os.environ.items() if key != "TS_CONFIG_FILE"}
        self._watchdog = subprocess.Popen(
            [sys.executable, "-P", watchdog.__file__, str(os.getpid()), str(LONGEST_FOLDER)],
            env=surroundings, start_new_session=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        atexit.register(self.stop)
        self.folder = Path(self._hear())

    def _order(self, order: dict) -> int:
        if self._watchdog is None:
            raise HostsError("These machines are not running: call start() first.")
        with self._lock:
            self._watchdog.stdin.write(json.dumps(order).encode() + b"\n")
            self._watchdog.stdin.flush()
            return int(self._hear())

    def _hear(self) -> str:
        if line := self._watchdog.stdout.readline().decode().strip():
            return line
        raise HostsError("The watchdog process ended: is the disk full, or a program missing?")

    def _inside(self, host: int) -> list[str]:
        return ["nsenter", f"--net=/proc/{self._holders[host]}/ns/net"] if self.isolated else []

    def _connect(self) -> None:
        """Make a namespace a machine, each held by a process that only waits, and a bridge in that of machine 0."""
        for host in range(self.count + 1):
            # `echo` comes from inside the new namespace: before that, /proc/PID/ns/net may still be the old one.
            wait = ["unshare", "--net", "sh", "-c", "echo ready; exec tail -f /dev/null"]
            log = self.folder / f"holder{host}.log"
            self._holders.append(self._order({"command": wait, "env": {}, "log": log.name}))
            self._await_ready(log)
        self._ip(0, "link", "add", "bridge", "type", "bridge")
        self._plug(0, "bridge")
        for host in range(1, self.count + 1):
            ends = ["link", "add", f"port{host}", "type", "veth", "peer", "name", "eth0"]
            self._ip(0, *ends, "netns", str(self._holders[host]))
            self._ip(0, "link", "set", f"port{host}", "master", "bridge", "up")
            self._plug(host, "eth0")

    def _plug(self, host: int, card: str) -> None:
        self._ip(host, "addr", "add", f"{self.address(host)}/24", "dev", card)
        self._ip(host, "link", "set", card, "up")
        self._ip(host, "link", "set", "lo", "up")

    def _await_ready(self, log: Path) -> None:
        for _ in range(3000):
            if text := log.read_text():
                break
            threading.Event().wait(0.01)
        if text.strip() != "ready":
            raise HostsError(f"A network namespace could not be made ({text.strip()}): use Hosts(isolated=False).")

    def _ip(self, host: int, *words: str) -> None:
        done = subprocess.run([*self._inside(host), "ip", *words], capture_output=True, text=True, check=False)
        if done.returncode:
            raise HostsError(f"ip {' '.join(words)} failed: {done.stderr.strip()}. Use Hosts(isolated=False).")

    def _enter(self) -> None:
        self._home = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
        with _opened(f"/proc/{self._holders[0]}/ns/net") as network:
            _set_network(network)
        Hosts._entered = True


@contextmanager
def _opened(path: str) -> Iterator[int]:
    file = os.open(path, os.O_RDONLY)
    try:
        yield file
    finally:
        os.close(file)


def _set_network(file: int) -> None:
    """Move this thread, and what it starts from now on, into the network namespace that `file` stands for."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.setns(file, CLONE_NEWNET):
        raise HostsError(f"The network could not be entered: {os.strerror(ctypes.get_errno())}")
