"""A real Ray cluster for a notebook: a head and nodes, each on a machine of `course.hosts`, gone with the kernel."""

import contextlib
import json
import logging
import os
import re
import secrets
import shutil
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Self

import psutil

from course.hosts import Hosts
from course.server_config import draw_ports

STARTED = "Ray runtime started."
"""What `ray start --block` prints when its node has joined the cluster."""

BARE_HEAD = ("--include-dashboard=false", "--no-monitor")
"""What a head needn't run for this: the dashboard, and the autoscaler of machines."""

TRIES = 3
"""How often the start of a node is tried."""

OBJECT_STORE = 80_000_000
"""Bytes of shared memory for each node's objects, near Ray's least: pictures are small."""

QUIET = {
    "RAY_USAGE_STATS_ENABLED": "0",  # Ray sends statistics home unless it is told not to
    "RAY_AUTH_MODE": "token",  # off by default: whoever reaches the port could run code
    "RAY_DISABLE_IMPORT_WARNING": "1",
    "RAY_SERVE_LOG_TO_STDERR": "0",
    "RAY_worker_register_timeout_seconds": "180",  # a busy machine takes long to import torch
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
    "no_proxy": "*",
    "OMP_NUM_THREADS": "1",
}
"""What every process of the cluster, and the driver in the notebook, finds in its environment."""


NODE = "COURSE_NODE"
"""The environment variable that tells a replica the name of its node."""


class ClusterError(RuntimeError):
    """The cluster could not be started; the message holds what Ray said."""


class Cluster:
    """A Ray cluster of a head, which schedules and runs no model, and `nodes` nodes with `cpus` CPUs each.

    hosts: the machines, already there: number 0 becomes the head, 1 to `nodes` the nodes.
    env: further environment variables for all its processes, for example {"PYTHONPATH": "..."}.
    startup_timeout: seconds until one try to start a node, which neither succeeds nor fails, is given up.

    A context manager. `start` also connects this process to the cluster (`ray.init`), as its driver. Ray asks for a
    token and sends no statistics; nothing listens on a network outside of the machines.
    """

    def __init__(
        self,
        hosts: Hosts,
        nodes: int = 3,
        *,
        cpus: int = 1,
        env: Mapping[str, str] | None = None,
        startup_timeout: float = 180.0,
    ) -> None:
        self.hosts, self.nodes, self.cpus = hosts, nodes, cpus
        self.startup_timeout = startup_timeout
        self._env = dict(env or {})
        self._before: dict[str, str | None] = {}
        self._port = 0
        self._starts = 0

    def start(self) -> Self:
        """Start the head, then all nodes at once, print the commands, and return when every node has joined.

        Raises ClusterError when a node ends or does not come up in time. Nothing of Ray is left running then.
        """
        try:
            self._surround()
            self._port = 6379 if self.hosts.isolated else draw_ports(1)[0]
            print(self.command_line(0))
            self._bring_up(0)
            print(f"{self.command_line(1)}  # and so on, on each of {self.nodes} nodes")
            self._bring_up(*range(1, self.nodes + 1))
            self._connect()
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """Disconnect, and switch off every machine that belongs to the cluster."""
        if "ray" in sys.modules:
            import ray

            logging.disable(logging.CRITICAL)
            try:
                ray.shutdown()
            finally:
                logging.disable(logging.NOTSET)
        for number in range(self.nodes + 1):
            self.hosts.kill(number)
        for key, value in self._before.items():
            if value is None:
                os.environ.pop(key, None)
            else:
                os.environ[key] = value
        self._before = {}

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *exc_info: object) -> None:
        self.stop()

    def name(self, number: int) -> str:
        """Return what a node is called in the lesson: "head", "node 1" and so on."""
        return f"node {number}" if number else "head"

    def kill(self, number: int) -> None:
        """Switch a node off: SIGKILL to all its processes at once, the raylet and every replica on it."""
        self.hosts.kill(number)

    def restart(self, number: int) -> None:
        """Start a node anew that was killed; return when it has joined."""
        self._bring_up(number)

    def command(self, number: int) -> list[str]:
        """Return the command that starts a node, the head for 0, as it is run on its machine."""
        own = str(self.hosts.address(number))
        head = f"{self.hosts.address(0)}:{self._port}"
        role = ["--head", f"--port={self._port}", "--num-cpus=0", *BARE_HEAD]
        role.append(f"--ray-client-server-port={draw_ports(1)[0]}")
        if number:
            role = [f"--address={head}", f"--num-cpus={self.cpus}", f"--resources={json.dumps({f'node{number}': 1})}"]
        folder = self.hosts.folder / str(number)
        agents = []
        if not self.hosts.isolated:  # one loopback for all: no two may use the same port
            agents = [f"--dashboard-agent-listen-port={draw_ports(1)[0]}"]
        return [
            str(Path(sys.executable).with_name("ray")), "start", "--block", *role, f"--node-ip-address={own}", *agents,
            f"--temp-dir={folder}", f"--object-store-memory={OBJECT_STORE}", f"--plasma-directory={folder}",
            f"--object-spilling-directory={folder}", "--disable-usage-stats", "--include-log-monitor=false",
        ]  # fmt: skip

    def command_line(self, number: int) -> str:
        """Return the options that matter of the command, the same on every machine and in every run."""
        words = [word for word in self.command(number)[1:] if re.match(r"start|--(head|num|resources|block)", word)]
        return " ".join(["ray", *words, *(["--address=HEAD"] if number else [])])

    @property
    def address(self) -> str:
        """Where Ray's head listens, for `ray.init`."""
        return f"{self.hosts.address(0)}:{self._port}"

    @property
    def token(self) -> str:
        """The token that every client of Ray itself must send. Serve's HTTP address asks for none."""
        return self._env["RAY_AUTH_TOKEN"]

    def replicas(self, number: int) -> list[int]:
        """Return the process ids of the replicas on a node."""
        return [pid for pid in self.hosts.pids(number) if "ServeReplica" in _title(pid)]

    def cpu_seconds(self) -> dict[str, float]:
        """Return the CPU seconds used so far by kind of process: "proxy", "replica", and "other".

        "other" is the rest of Ray, and this process: the clients. What has ended counts no more.
        """
        used = dict.fromkeys(("proxy", "replica", "other"), 0.0)
        for pid in [os.getpid(), *(pid for number in range(self.nodes + 1) for pid in self.hosts.pids(number))]:
            with contextlib.suppress(psutil.Error):
                title = _title(pid)
                kind = "proxy" if "ProxyActor" in title else "replica" if "ServeReplica" in title else "other"
                times = psutil.Process(pid).cpu_times()
                used[kind] += times.user + times.system
        return used

    def _surround(self) -> None:
        self._env.setdefault("RAY_AUTH_TOKEN", secrets.token_hex(32))
        for key, value in (QUIET | self._env).items():
            self._before.setdefault(key, os.environ.get(key))
            os.environ[key] = value
        if "ray" in sys.modules:  # it read the mode and the token when it was imported
            from ray._raylet import AuthenticationTokenLoader, Config

            Config.initialize("")
            AuthenticationTokenLoader.instance().reset_cache()

    def _bring_up(self, *numbers: int) -> None:
        """Start these nodes one after another, and again where that fails.

        Ray gives a node 30 seconds to start, which is no setting. A busy machine can take longer, all the more so when
        several start at once.
        """
        for number in numbers:
            for _ in range(TRIES):
                log = self._launch(number)
                if self._came_up(number, log):
                    break
                told = log.read_text(errors="replace").splitlines()
                self.hosts.kill(number)
            else:
                tail = "\n".join(told[-15:])
                raise ClusterError(f"Ray's {self.name(number)} did not start in {TRIES} tries. It says:\n{tail}")

    def _launch(self, number: int) -> Path:
        folder = self.hosts.folder / str(number)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        self._starts += 1
        log = f"ray{self._starts}.log"
        self.hosts.run(number, self.command(number), QUIET | self._env | {NODE: self.name(number)}, log=log)
        return self.hosts.folder / log

    def _came_up(self, number: int, log: Path) -> bool:
        """Wait until a node has joined; return False when it ended, or is not there after `startup_timeout`."""
        deadline = time.monotonic() + self.startup_timeout
        while self.hosts.pids(number) and time.monotonic() < deadline:
            if STARTED in log.read_text(errors="replace"):
                return True
            time.sleep(0.1)
        return False

    def _connect(self) -> None:
        import ray
        from ray import serve  # noqa: F401 - it sets up the logger that is silenced below

        for name in ("ray", "ray.serve"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        # Ray prints "node ... has been marked dead" into whichever cell runs just then; there is no setting for that.
        ray._private.worker.listen_error_messages = lambda *_: None
        ray.init(
            f"{self.hosts.address(0)}:{self._port}", _node_ip_address=self.hosts.address(0),
            _temp_dir=str(self.hosts.folder / "0"), log_to_driver=False, logging_level=logging.CRITICAL,
        )  # fmt: skip


def _title(pid: int) -> str:
    """Return what a process calls itself; "" when it has ended. Ray's workers name themselves `ray::...`."""
    try:
        return " ".join(psutil.Process(pid).cmdline()[:1])
    except psutil.Error:
        return ""
