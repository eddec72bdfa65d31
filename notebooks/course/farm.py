"""Several TorchServes, each on a machine of `course.hosts`, and HAProxy in front of them."""

import json
import secrets
import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Self

import requests

from course import preflight, server_config
from course.balancer import find_haproxy
from course.hosts import LOOPBACK, Hosts

CONFIG = """
global
    maxconn 200
defaults
    mode http
    timeout connect 2s
    timeout client 60s
    timeout server 60s
frontend clients
    bind {address}
    http-request deny deny_status 401 unless {{ req.hdr(Authorization) -m str "Bearer {token}" }}
    default_backend torchserve
{backend}
"""

KEYRING = """
listen {name}
    bind unix@{socket}
    http-request set-header Authorization "Bearer {token}"
    server only {address}
"""
"""Each TorchServe draws a token of its own. So HAProxy asks clients for one token, and knows those of the servers."""


class FarmError(RuntimeError):
    """The servers could not be started; the message holds what they said."""


class Farm:
    """A TorchServe on each of the machines `numbers`, with the archive as the model `digits`. A context manager.

    startup_timeout: seconds until a start that does not succeed is given up.
    """

    def __init__(self, hosts: Hosts, archive: Path, numbers: Sequence[int], *, startup_timeout: float = 180.0) -> None:
        self.hosts, self.archive, self.numbers = hosts, Path(archive), list(numbers)
        self.startup_timeout = startup_timeout
        self.token = secrets.token_hex(16)
        """What clients of the balancer send as `Authorization: Bearer`."""
        self.address = ""
        """Where clients ask the balancer."""
        self._settings: dict[int, dict[str, str]] = {}

    def start(self) -> Self:
        """Start all TorchServes together; return when every worker is READY. Raises FarmError when one is not."""
        store = self.archive.parent
        if reason := preflight.obstacle({"digits": self.archive.name}, store, {}):
            raise FarmError(reason)
        try:
            for number in self.numbers:
                self._launch(number)
            for number in self.numbers:
                self._await(number)
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """Switch the machines off, and the balancer."""
        for number in [0, *self.numbers]:
            self.hosts.kill(number)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *exc_info: object) -> None:
        self.stop()

    def servers(self) -> list[str]:
        """Return the address of each server as HAProxy reaches it, its own token added: `unix@/.../ts1`."""
        return [f"unix@{self._socket(number)}" for number in self.numbers]

    def balance(self, backend: str) -> None:
        """Start HAProxy on the head with this backend, which must be called `torchserve`; set `address`.

        Returns when it lets a client through to a server. Raises FarmError with what it says when that fails.
        """
        place = f"{LOOPBACK}:{server_config.draw_ports(1)[0]}"
        text = CONFIG.format(address=place, token=self.token, backend=backend)
        for number in self.numbers:
            text += KEYRING.format(
                name=f"keyring{number}", socket=self._socket(number), token=self._token(number, "inference"),
                address=self._settings[number]["inference_address"].removeprefix("http://"),
            )  # fmt: skip
        path = self.hosts.folder / "haproxy.cfg"
        path.write_text(text)
        path.chmod(0o600)
        self.hosts.run(0, [find_haproxy(), "-db", "-f", str(path)], log="haproxy.log")
        self.address = f"http://{place}/predictions/digits"
        deadline = time.monotonic() + 30
        while not self._lets_through(place):
            if time.monotonic() > deadline or not self.hosts.pids(0):
                raise FarmError(f"HAProxy does not answer. It says: {(self.hosts.folder / 'haproxy.log').read_text()}")
            time.sleep(0.05)

    def kill(self, number: int) -> None:
        """Switch a machine off: SIGKILL to its TorchServe and every worker at once."""
        self.hosts.kill(number)

    def _lets_through(self, place: str) -> bool:
        return _status(f"http://{place}/ping", self.token) == 200

    def _socket(self, number: int) -> Path:
        return self.hosts.folder / f"ts{number}"

    def _launch(self, number: int) -> None:
        name = f"torchserve{number}"
        folder = self.hosts.folder / name
        (folder / "tmp").mkdir(parents=True)
        settings = server_config.make_config(self.archive.parent, 1, {})
        own = self.hosts.address(number)
        self._settings[number] = {key: value.replace(LOOPBACK, own) for key, value in settings.items()}
        (folder / "config.properties").write_text(server_config.properties(self._settings[number]))
        command = [str(shutil.which("torchserve")), "--foreground", "--ncs", "--model-store", str(self.archive.parent)]
        command += ["--models", f"digits={self.archive.name}", "--ts-config", "config.properties"]
        places = {"TEMP": folder / "tmp", "TMPDIR": folder / "tmp"}
        places |= {"LOG_LOCATION": folder / "logs", "METRICS_LOCATION": folder / "logs"}
        env = {key: str(place) for key, place in places.items()}
        self.hosts.run(number, command, env, log=f"{name}.log", cwd=name)

    def _await(self, number: int) -> None:
        deadline = time.monotonic() + self.startup_timeout
        while not self._ready(number):
            if time.monotonic() > deadline or not self.hosts.pids(number):
                tail = (self.hosts.folder / f"torchserve{number}.log").read_text(errors="replace").splitlines()[-15:]
                raise FarmError(f"TorchServe on machine {number} did not come up. It says:\n" + "\n".join(tail))
            time.sleep(0.1)

    def _ready(self, number: int) -> bool:
        try:
            token = self._token(number, "management")
            url = f"{self._settings[number]['management_address']}/models/digits"
            with requests.Session() as session:
                session.trust_env = False
                answer = session.get(url, headers={"Authorization": f"Bearer {token}"}, timeout=5)
            return answer.ok and [worker["status"] for worker in answer.json()[0]["workers"]] == ["READY"]
        except (OSError, ValueError, requests.RequestException):
            return False

    def _token(self, number: int, name: str) -> str:
        return json.loads((self.hosts.folder / f"torchserve{number}" / "key_file.json").read_text())[name]["key"]


def _status(url: str, token: str) -> int:
    try:
        with requests.Session() as session:
            session.trust_env = False
            return session.get(url, headers={"Authorization": f"Bearer {token}"}, timeout=5).status_code
    except requests.RequestException:
        return 0
