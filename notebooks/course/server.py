"""TorchServe for a notebook: start it, wait until it is ready, ask it, stop it. Never an orphan, never a used port."""

import atexit
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

import psutil
import requests

from course import ROOT, preflight, server_config, watchdog, worker_log

POLL = 0.1
"""Seconds between two looks at a server that is starting."""

LOG_DELAY = 5.0
"""Seconds until a traceback that a worker has printed stands in the log, at the most."""

TRIES = 5
"""How often a start is tried when one of the ports it drew was taken between the draw and TorchServe's own bind."""

STARTED = "Model server started."
"""What TorchServe prints when all five ports are bound and the first models are registered."""

PORT_TAKEN = re.compile(r"Failed to bind|Address already in use|BindException", re.IGNORECASE)


class ServerError(RuntimeError):
    """The server could not be started or is not running; the message says what to do."""


class ModelLoadError(ServerError):
    """A worker could not load its model; the message is its own traceback and the usual cause."""


class _PortTakenError(ServerError):
    """Something took one of the ports before TorchServe did."""


class TorchServe:
    """A real TorchServe on ports and in a folder of its own, ended with the process that started it.

    models: name -> archive in `model_store`; may be empty.
    workers: worker processes per model.
    config: further lines of config.properties, for example {"max_request_size": "1000"}.
    options: further options of the command line, for example ["--enable-model-api"].
    startup_timeout: seconds until a start that neither succeeds nor fails is given up.

    Token authorization is on, every port is bound to 127.0.0.1, and only files of the model store can be loaded.
    Raises ValueError for a config or an option that would change that.
    """

    def __init__(
        self,
        models: Mapping[str, str],
        model_store: Path = ROOT / "model_store",
        *,
        workers: int = 1,
        config: Mapping[str, str] | None = None,
        options: Sequence[str] = (),
        startup_timeout: float = 120.0,
    ) -> None:
        self.models = dict(models)
        self.model_store = Path(model_store).resolve()
        self.workers = workers
        self.options = list(options)
        self.startup_timeout = startup_timeout
        self.command: list[str] = []
        """The exact command line that was run; its working directory was `folder`."""
        self._extra = {key: str(value) for key, value in (config or {}).items()}
        self._settings: dict[str, str] = {}
        self._folder: Path | None = None
        self._watchdog: subprocess.Popen | None = None
        self._leader: psutil.Process | None = None
        server_config.refuse_unsafe(self._extra, self.options)

    def start(self) -> Self:
        """Start the server, print its command line, and return when every worker of every model is READY.

        The line is printed as you would type it in `notebooks/`, with the config.properties of this server
        (`config_text`) in that folder; `command` holds it as it was run.

        Raises ModelLoadError when a worker can't load its model (within seconds of its death), ServerError when an
        archive or Java is missing, a port given in `config` is used, the server is already running or does not come up
        in `startup_timeout` seconds. Then, and after an interrupt, nothing is left running.
        """
        if self._watchdog is not None:
            raise ServerError("This server is already started: use it, or call stop() first.")
        if reason := preflight.obstacle(self.models, self.model_store, self._extra):
            raise ServerError(reason)
        for archive in self.models.values():
            if reason := preflight.flaw(self.model_store / archive):
                raise ModelLoadError(reason)
        print(self.command_line())
        for attempt in range(1, TRIES + 1):
            try:
                self._launch()
                self._wait_until_ready()
                return self
            except _PortTakenError:
                self.stop()
                if attempt == TRIES or server_config.chosen_ports(self._extra):
                    raise
            except BaseException:
                self.stop()
                raise
        raise AssertionError("unreachable")

    def stop(self) -> None:
        """End the server and wait until its processes and its folder are gone; do nothing when it is not running."""
        process = self._watchdog
        if process is None:
            return
        process.stdin.close()
        process.wait()
        process.stdout.close()
        self._watchdog = self._leader = self._folder = None
        atexit.unregister(self.stop)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *exc_info: object) -> None:
        self.stop()

    def predict(
        self,
        model: str,
        data: bytes | str | dict | list,
        *,
        content_type: str | None = None,
        version: str | None = None,
        timeout: float = 60.0,
    ) -> requests.Response:
        """Ask for a prediction and return the answer, whatever its status is.

        bytes are sent as they are, str as text/plain, a dict or a list as JSON; `content_type` overrides. Raises
        ServerError when the server is not running, requests.RequestException when no answer comes in `timeout` seconds.
        """
        if isinstance(data, (dict, list)):
            data, content_type = json.dumps(data).encode(), content_type or "application/json"
        elif isinstance(data, str):
            data, content_type = data.encode(), content_type or "text/plain; charset=utf-8"
        url = f"{self.inference_address}/predictions/{model}" + (f"/{version}" if version else "")
        headers = {"Content-Type": content_type} if content_type else {}
        return _request("POST", url, self.inference_token, data=data, headers=headers, timeout=timeout)

    def manage(self, method: str, path: str, *, timeout: float = 120.0, **params: object) -> requests.Response:
        """Call the management API: `manage("PUT", "/models/digits", min_worker=2, synchronous=True)`.

        The management token is sent, for `/token` the API key. Returns the answer, whatever its status is.
        """
        token = self.api_token if path.startswith("/token") else self.management_token
        query = {key: str(value).lower() if isinstance(value, bool) else value for key, value in params.items()}
        return _request(method, f"{self.management_address}/{path.lstrip('/')}", token, params=query, timeout=timeout)

    def why(self, model: str | None = None) -> str:
        """Return the newest traceback of a worker of `model` (of any when None), or a sentence when there is none.

        TorchServe writes its logs a little after it answers: while there is none, wait for one for up to 5 seconds.
        """
        deadline = time.monotonic() + LOG_DELAY
        while not (found := worker_log.last_traceback(self.folder / "logs" / "model_log.log", model)):
            if not self.running or time.monotonic() > deadline:
                break
            time.sleep(POLL)
        whose = f"of {model!r} " if model else ""
        return found or f"No worker {whose}has written a traceback since this server was started."

    def logs(self, name: str = "model_log") -> str:
        """Return the text of one log: model_log, ts_log, access_log, model_metrics or ts_metrics."""
        return worker_log.read(self.folder / "logs" / f"{name}.log")

    def pids(self) -> list[int]:
        """Return the ids of the server's processes: the command, its Java, its workers. [] when it is not running."""
        return watchdog.members(self._leader.pid) if self._leader else []

    @property
    def running(self) -> bool:
        """Whether the server's process is there; False too when it died by itself."""
        leader = self._leader
        return bool(leader and leader.is_running() and leader.status() != psutil.STATUS_ZOMBIE)

    @property
    def folder(self) -> Path:
        """The server's own folder: its logs, tokens, config.properties and unpacked models. It goes with the server."""
        if self._folder is None:
            raise ServerError("This server is not running: call start() first.")
        return self._folder

    @property
    def inference_address(self) -> str:
        """Where predictions are asked for, for example "http://127.0.0.1:21345"."""
        return self._setting("inference_address")

    @property
    def management_address(self) -> str:
        """Where models are described, registered and scaled."""
        return self._setting("management_address")

    @property
    def metrics_address(self) -> str:
        """Where Prometheus finds /metrics. TorchServe asks for no token there."""
        return self._setting("metrics_address")

    @property
    def grpc_inference_port(self) -> int:
        """The port of the gRPC inference API on 127.0.0.1."""
        return int(self._setting("grpc_inference_port"))

    @property
    def grpc_management_port(self) -> int:
        """The port of the gRPC management API on 127.0.0.1."""
        return int(self._setting("grpc_management_port"))

    @property
    def inference_token(self) -> str:
        """The token for predictions, as it is in key_file.json now (a renewal writes it anew)."""
        return self._token("inference")

    @property
    def management_token(self) -> str:
        """The token for the management API, as it is in key_file.json now."""
        return self._token("management")

    @property
    def api_token(self) -> str:
        """The key that renews the other two, as it is in key_file.json now."""
        return self._token("API")

    @property
    def config_text(self) -> str:
        """The text of this server's config.properties."""
        return (self.folder / "config.properties").read_text()

    def command_line(self) -> str:
        """Return the command line as you would type it in `notebooks/`: the same on every machine and in every run."""
        inside = self.model_store.is_relative_to(ROOT)
        store = os.path.relpath(self.model_store, ROOT / "notebooks") if inside else self.model_store.name
        return shlex.join(["torchserve", *self._arguments(store)])

    def _arguments(self, store: str) -> list[str]:
        models = ["--models", *(f"{name}={archive}" for name, archive in self.models.items())] if self.models else []
        tail = ["--ts-config", "config.properties", *self.options]
        return ["--foreground", "--ncs", "--model-store", store, *models, *tail]

    def _setting(self, key: str) -> str:
        return self._settings[key] if self.folder else ""

    def _token(self, name: str) -> str:
        try:
            return json.loads((self.folder / "key_file.json").read_text())[name]["key"]
        except (OSError, ValueError) as error:
            raise ServerError(f"TorchServe has no readable key_file.json ({error}): is it still running?") from error

    def _launch(self) -> None:
        surroundings = {key: value for key, value in os.environ.items() if key != "TS_CONFIG_FILE"}
        self._watchdog = subprocess.Popen(
            [sys.executable, "-P", watchdog.__file__, str(os.getpid())], env=surroundings, start_new_session=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        atexit.register(self.stop)
        folder = self._folder = Path(self._hear())
        (folder / "tmp").mkdir()
        self._settings = server_config.make_config(self.model_store, self.workers, self._extra)
        (folder / "config.properties").write_text(server_config.properties(self._settings))
        self.command = [str(shutil.which("torchserve")), *self._arguments(str(self.model_store))]
        places = {"TEMP": folder / "tmp", "TMPDIR": folder / "tmp"}
        places |= {"LOG_LOCATION": folder / "logs", "METRICS_LOCATION": folder / "logs"}
        order = {"command": self.command, "env": {key: str(place) for key, place in places.items()}}
        self._watchdog.stdin.write(json.dumps(order).encode() + b"\n")
        self._watchdog.stdin.flush()
        self._leader = psutil.Process(int(self._hear()))

    def _hear(self) -> str:
        line = self._watchdog.stdout.readline().decode().strip()
        if not line:
            raise ServerError(
                "The server's watchdog process ended at once: is the disk full, or the temp folder read-only?"
            )
        return line

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + self.startup_timeout
        while True:
            running = self.running  # looked up before the logs: what a dead server wrote is then complete
            told = worker_log.without_workers(worker_log.read(self.folder / "console.log"))
            if PORT_TAKEN.search(told):
                raise _PortTakenError(f"A port was taken while TorchServe started:\n{_tail(told)}")
            self._raise_if_a_worker_died(deadline)
            if not running:
                raise ServerError(f"TorchServe ended while it started:\n{_tail(told)}\nIs JAVA_HOME a working Java?")
            waiting = [model for model in self.models if not self._is_ready(model)]
            if not waiting and STARTED in told:
                return
            if time.monotonic() > deadline:
                what = f"not READY after {self.startup_timeout:g} s: {', '.join(waiting) or 'TorchServe itself'}"
                raise ServerError(f"{what}. The end of its log:\n{_tail(self.logs('ts_log'))}")
            time.sleep(POLL)

    def _raise_if_a_worker_died(self, deadline: float) -> None:
        for thread, model, _ in worker_log.DEATH.findall(self.logs("ts_log")):
            # Its two streams are read by two threads, each of which says so when it has written all: wait for both.
            while time.monotonic() < deadline and self.running:
                ends = worker_log.DEATH.findall(self.logs("ts_log"))
                if {stream for other, _, stream in ends if other == thread} == {"out", "err"}:
                    break
                time.sleep(POLL)
            log = self.folder / "logs" / "model_log.log"
            raise ModelLoadError(f"A worker of {model!r} could not load it.\n{worker_log.describe_death(log, model)}")

    def _is_ready(self, model: str) -> bool:
        answer = self._answer(f"/models/{model}")
        if answer is None:
            return False
        if answer.status_code == 404:  # the API answers only after all archives were looked at
            problems = [line for line in self.logs("ts_log").splitlines() if re.search(r"\[(WARN|ERROR) *\]", line)]
            told = "\n".join(dict.fromkeys(problems))
            raise ModelLoadError(f"TorchServe did not accept the archive {self.models[model]}:\n{_tail(told)}")
        states = [worker["status"] for worker in answer.json()[0]["workers"]]
        return len(states) >= int(answer.json()[0]["minWorkers"]) and set(states) <= {"READY"}

    def _answer(self, path: str) -> requests.Response | None:
        try:
            return self.manage("GET", path, timeout=5.0)
        except (ServerError, requests.RequestException):  # no key file yet, or nobody listens yet
            return None


def _request(
    method: str, url: str, token: str, headers: Mapping[str, str] | None = None, **kwargs
) -> requests.Response:
    with requests.Session() as session:
        session.trust_env = False  # no proxy stands between this machine and itself
        return session.request(method, url, headers={"Authorization": f"Bearer {token}", **(headers or {})}, **kwargs)


def _tail(text: str, lines: int = 25) -> str:
    return "\n".join(text.strip().splitlines()[-lines:])
