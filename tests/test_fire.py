"""Servers under fire: hostile clients and hostile archives, on the real TorchServe, on 127.0.0.1 only.

What other tests prove is not repeated here. In tests/test_server.py: a body beyond the limit gets 413, a call without a
token is refused. In tests/test_soak.py: full load, killed workers. In tests/test_mutated.py: mutated requests.
"""

import json
import os
import re
import shutil
import signal
import socket
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import grpc
import psutil
import pytest
import requests

from course.archive import build_archive, digits_archive
from course.digits import load_digits, to_png
from course.load import Load
from course.server import TorchServe

PATIENCE = 60.0

GATED = """
import time
from pathlib import Path

folder = Path({folder!r})


def handle(data, context):
    if not data:
        return None
    deadline = time.monotonic() + 30
    while (folder / "closed").exists() and time.monotonic() < deadline:
        (folder / "inside").touch()
        time.sleep(0.02)
    with (folder / "answered").open("a") as answered:
        answered.write("x" * len(data))
    return ["ok"] * len(data)
"""


def wait_for(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "not in time"
        time.sleep(0.02)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("besieged") / "store"
    folder.mkdir()
    shutil.copy(digits_archive(), folder)
    return folder


@pytest.fixture(scope="module")
def server(store: Path) -> Iterator[TorchServe]:
    with TorchServe({"digits": "digits.mar"}, store, workers=2, options=["--enable-model-api"]) as running:
        # two workers: the archive's own config says one
        running.manage("PUT", "/models/digits", min_worker=2, max_worker=2, synchronous=True)
        yield running


@pytest.fixture(scope="module")
def picture() -> bytes:
    return to_png(load_digits(train=False)[0][0])


def call(method: str, url: str, authorization: str | None = None, **kwargs: object) -> requests.Response:
    headers = {} if authorization is None else {"Authorization": authorization}
    with requests.Session() as session:
        session.trust_env = False
        return session.request(method, url, headers=headers, timeout=PATIENCE, **kwargs)


def ready(server: TorchServe) -> list[int]:
    workers = server.manage("GET", "/models/digits").json()[0]["workers"]
    return [worker["pid"] for worker in workers if worker["status"] == "READY"]


# --- who can reach it -------------------------------------------------------------------------------------------------


def open_doors(server: TorchServe) -> tuple[set[tuple[str, int]], set[Path]]:
    """Return the addresses and ports, and the Unix sockets, at which any process of the server listens or receives."""
    doors, sockets = set(), set()
    for pid in server.pids():
        try:
            connections = psutil.Process(pid).net_connections("all")
        except psutil.NoSuchProcess:  # killed just now
            continue
        for connection in connections:
            if connection.family == socket.AF_UNIX:
                sockets |= {Path(connection.laddr)} if connection.laddr else set()
            elif connection.status == psutil.CONN_LISTEN or connection.type == socket.SOCK_DGRAM:
                doors.add((connection.laddr.ip.removeprefix("::ffff:"), connection.laddr.port))
    return doors, sockets


def test_nothing_listens_beyond_127_0_0_1_under_load_and_while_a_worker_restarts(server):
    images, labels = load_digits(train=False)
    url = f"{server.inference_address}/predictions/digits"
    addresses = (server.inference_address, server.management_address, server.metrics_address)
    ports = {int(address.rsplit(":", 1)[1]) for address in addresses}
    ports |= {server.grpc_inference_port, server.grpc_management_port}
    with Load(url, [to_png(images[0])], [labels[0].item()], token=server.inference_token) as load:
        load.wait(50)
        before = seen = ready(server)
        doors, sockets = open_doors(server)
        assert doors == {("127.0.0.1", port) for port in ports}
        os.kill(before[0], signal.SIGKILL)
        while before[0] in seen or len(seen) < 2:
            found = open_doors(server)
            doors, sockets = doors | found[0], sockets | found[1]
            load.wait(1)
            seen = ready(server)
        load.wait(50)
    last = open_doors(server)
    assert doors | last[0] == {("127.0.0.1", port) for port in ports}
    assert len(last[1]) >= 2, "Java talks to its workers through Unix sockets"
    for path in sockets | last[1]:
        assert path.resolve().is_relative_to(server.folder.resolve()), path
    assert server.folder.stat().st_mode & 0o077 == 0, "nobody else on this machine reaches the workers' sockets"


def test_other_addresses_of_this_machine_refuse(server):
    addresses = [address.address for interface in psutil.net_if_addrs().values() for address in interface
                 if address.family == socket.AF_INET and not address.address.startswith("127.")]  # fmt: skip
    for address in [*addresses, "127.0.0.2"]:
        for _, port in open_doors(server)[0]:
            with pytest.raises(OSError), socket.create_connection((address, port), timeout=2):
                pytest.fail(f"{address}:{port} let somebody in")


# --- tokens -----------------------------------------------------------------------------------------------------------


def test_a_token_is_good_for_its_own_address_only(server):
    inference, management, api = server.inference_token, server.management_token, server.api_token
    for address, path, wrong in (
        (server.inference_address, "/ping", [management, api]),
        (server.management_address, "/models", [inference, api]),
        (server.management_address, "/token?type=management", [inference, management]),
    ):
        for token in [*wrong, "", "x", inference[:-1], f"{management} {inference}"]:
            assert call("GET", address + path, f"Bearer {token}").status_code == 400, (path, token)
    assert call("GET", f"{server.inference_address}/ping", inference).status_code == 400  # no Bearer
    assert call("GET", f"{server.inference_address}/ping?token={inference}").status_code == 400
    assert call("GET", f"{server.inference_address}/ping", f"Bearer {inference}").status_code == 200


def test_an_expired_token_is_refused_on_both_addresses_and_a_renewed_one_is_not(store):
    with TorchServe({}, store, config={"token_expiration_min": "0.02"}) as hasty:
        old = hasty.inference_token, hasty.management_token

        def statuses(inference: str, management: str) -> tuple[int, int]:
            ping = call("GET", f"{hasty.inference_address}/ping", f"Bearer {inference}")
            models = call("GET", f"{hasty.management_address}/models", f"Bearer {management}")
            return ping.status_code, models.status_code

        wait_for(lambda: statuses(*old) == (400, 400))
        for kind in ("inference", "management"):
            assert hasty.manage("GET", "/token", type=kind).status_code == 200  # the API key does not run out
        assert statuses(hasty.inference_token, hasty.management_token) == (200, 200)
        assert statuses(*old) == (400, 400)


INFERENCE = "/org.pytorch.serve.grpc.inference.InferenceAPIsService/"
MANAGEMENT = "/org.pytorch.serve.grpc.management.ManagementAPIsService/"
DIGITS = b"\x0a\x06digits"
"""A gRPC message whose first field is a model's name."""


def grpc_status(port: int, method: str, token: str | None, message: bytes = b"") -> str:
    """Call a method with a message that is encoded already, and return its status, for example "PERMISSION_DENIED"."""
    metadata = [("protocol", "gRPC")] + ([("authorization", f"Bearer {token}")] if token else [])
    with grpc.insecure_channel(f"127.0.0.1:{port}", options=[("grpc.enable_http_proxy", 0)]) as channel:
        try:
            channel.unary_unary(method)(message, timeout=PATIENCE, metadata=metadata)
        except grpc.RpcError as error:
            return error.code().name
    return "OK"


def test_grpc_asks_for_the_same_tokens(server):
    inference, management, api = server.inference_token, server.management_token, server.api_token
    for method in (f"{INFERENCE}Ping", f"{INFERENCE}Predictions"):
        for token in (None, "x", management, api):
            assert grpc_status(server.grpc_inference_port, method, token, DIGITS) == "PERMISSION_DENIED", method
        assert (
            grpc_status(server.grpc_inference_port, method, inference, DIGITS[: 0 if "Ping" in method else None])
            == "OK"
        )
    for token in (None, "x", inference, api):
        for method in ("ListModels", "DescribeModel", "ScaleWorker", "UnregisterModel"):
            status = grpc_status(server.grpc_management_port, MANAGEMENT + method, token, DIGITS)
            assert status == "PERMISSION_DENIED", method
    assert grpc_status(server.grpc_management_port, f"{MANAGEMENT}DescribeModel", management, DIGITS) == "OK"
    assert len(ready(server)) == 2


def test_grpc_has_no_management_at_the_inference_port(server):
    for method in ("ListModels", "DescribeModel", "RegisterModel", "ScaleWorker", "UnregisterModel", "SetDefault"):
        for token in (server.inference_token, server.management_token):
            status = grpc_status(server.grpc_inference_port, MANAGEMENT + method, token, DIGITS)
            assert status == "UNIMPLEMENTED", method


# --- calls and names that lead elsewhere ------------------------------------------------------------------------------


def test_management_calls_are_no_business_of_the_inference_address(server):
    calls = [("GET", "/models"), ("GET", "/models/digits"), ("POST", "/models?url=digits.mar&model_name=stranger"),
             ("PUT", "/models/digits?min_worker=0"), ("PUT", "/models/digits/1.0/set-default"),
             ("DELETE", "/models/digits"), ("GET", "/token?type=inference")]  # fmt: skip
    for token in (server.inference_token, server.management_token, server.api_token):
        for method, path in calls:
            answer = call(method, server.inference_address + path, f"Bearer {token}")
            assert answer.status_code in (400, 404, 405), (method, path)
    models = server.manage("GET", "/models").json()["models"]
    assert [model["modelName"] for model in models] == ["digits"]
    assert len(server.manage("GET", "/models/digits").json()[0]["workers"]) == 2


NAMES = [
    "..",
    "../digits",
    "..%2fdigits",
    "%2e%2e%2fdigits",
    "..%5cdigits",
    "digits/../../models",
    "digits%00",
    "/etc/hosts",
]


def raw_status(address: str, path: str, token: str) -> int:
    """Ask without a library that tidies the path up."""
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=PATIENCE) as connection:
        head = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n"
        connection.sendall(head.encode())
        return int(connection.makefile("rb").readline().split()[1])


@pytest.mark.parametrize("name", NAMES)
def test_a_model_name_that_is_a_path_leads_nowhere(server, name):
    predictions = raw_status(server.inference_address, f"/predictions/{name}", server.inference_token)
    described = raw_status(server.management_address, f"/models/{name}", server.management_token)
    assert 400 <= predictions < 500
    assert 400 <= described < 500


@pytest.mark.parametrize("url", ["../outside.mar", "sub/../../outside.mar", "..%2foutside.mar", "..\\outside.mar"])
def test_an_archive_name_that_leaves_the_model_store_is_refused(server, store, url):
    shutil.copy(store / "digits.mar", store.parent / "outside.mar")
    refused = server.manage("POST", "/models", url=url, model_name="stranger", initial_workers=0)
    assert 400 <= refused.status_code < 500
    assert "stranger" not in server.manage("GET", "/models").text


def test_an_archive_cannot_write_outside_of_its_own_folder(server, store):
    with zipfile.ZipFile(store / "digits.mar") as good, zipfile.ZipFile(store / "slip.mar", "w") as slip:
        for name in good.namelist():
            slip.writestr(name, good.read(name))
        for depth in range(1, 5):
            slip.writestr("../" * depth + "slipped.txt", "out")
    answer = server.manage("POST", "/models", url="slip.mar", model_name="slip", initial_workers=0)
    assert list(server.folder.rglob("slipped.txt")) + list(store.parent.rglob("slipped.txt")) == []
    assert 400 <= answer.status_code < 600
    assert "slip" not in server.manage("GET", "/models").text
    (store / "slip.mar").unlink()


class Elsewhere:
    """An address on this machine that counts who asks for an archive, and has none."""

    def __enter__(self) -> "Elsewhere":
        self.asked: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.append(self.path)
                self.send_error(404)

            def log_message(self, *args: object) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/stranger.mar"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})
        self._thread.start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def test_a_remote_archive_is_not_even_asked_for(server):
    with Elsewhere() as elsewhere:
        for url in (elsewhere.url, elsewhere.url.replace("http", "HTTP"), f"file:///x@{elsewhere.url}"):
            refused = server.manage("POST", "/models", url=url, model_name="stranger", initial_workers=0)
            assert 400 <= refused.status_code < 500, url
        assert elsewhere.asked == []
    assert "stranger" not in server.manage("GET", "/models").text


def test_with_torchserves_own_default_a_remote_archive_is_fetched(store):
    default = {"allowed_urls": "file://.*|http(s)?://.*"}
    with Elsewhere() as elsewhere, TorchServe({}, store, options=["--enable-model-api"], config=default) as careless:
        careless.manage("POST", "/models", url=elsewhere.url, model_name="stranger", initial_workers=0)
        assert elsewhere.asked == ["/stranger.mar"]


# --- slow ones --------------------------------------------------------------------------------------------------------


def test_clients_that_send_one_byte_a_second_do_not_hold_up_the_others(server, picture):
    host, port = server.inference_address.removeprefix("http://").split(":")
    head = f"POST /predictions/digits HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {server.inference_token}\r\n"
    message = head.encode() + b"Content-Length: 500\r\n\r\n" + picture
    enough, slow = threading.Event(), []

    def drip(connection: socket.socket) -> None:
        for number in range(20):
            connection.sendall(message[number : number + 1])
            if enough.wait(1):
                return

    try:
        for _ in range(40):  # more than the frontend has threads
            slow.append(socket.create_connection((host, int(port)), timeout=PATIENCE))
        threads = [threading.Thread(target=drip, args=(connection,)) for connection in slow]
        for thread in threads:
            thread.start()
        statuses = {server.predict("digits", picture, timeout=10).status_code for _ in range(50)}
    finally:
        enough.set()
        for thread in threads:
            thread.join()
        for connection in slow:
            connection.close()
    assert statuses == {200}


@pytest.fixture(scope="module")
def gated(store: Path) -> Path:
    """A folder with a gate for the archives `patient` and `plain`."""
    folder = store.parent / "gate"
    folder.mkdir()
    handler = folder / "gated.py"
    handler.write_text(GATED.format(folder=str(folder)))
    for name, own in {"plain": {}, "patient": {"clientTimeoutInMills": 500}}.items():
        config = {"minWorkers": 1, "maxWorkers": 1, **own}
        build_archive(name, handler=handler, export_path=store, config=config)
    return folder


@pytest.fixture
def closed(gated: Path) -> Iterator[Path]:
    for name in ("inside", "answered"):
        (gated / name).unlink(missing_ok=True)
    (gated / "closed").touch()
    yield gated
    (gated / "closed").unlink(missing_ok=True)


def test_the_worker_still_computes_for_a_client_that_gave_up(server, closed):
    server.manage("POST", "/models", url="plain.mar", synchronous=True)
    with pytest.raises(requests.Timeout):
        server.predict("plain", b"1", timeout=1)
    assert (closed / "inside").exists()
    (closed / "closed").unlink()
    wait_for((closed / "answered").exists)
    server.manage("DELETE", "/models/plain")


def test_a_late_answer_is_dropped_and_the_client_told_nothing(server, closed):
    """That is what clientTimeoutInMills does: 500 here, and the answer comes after a second."""
    server.manage("POST", "/models", url="patient.mar", synchronous=True)
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(server.predict, "patient", b"1", timeout=4)
        wait_for((closed / "inside").exists)
        threading.Event().wait(1)
        (closed / "closed").unlink()
        wait_for((closed / "answered").exists)
        with pytest.raises(requests.Timeout):
            asked.result()
    wait_for(lambda: re.search("Drop response for inference request .* client timeout", server.logs("ts_log")))
    assert server.predict("patient", b"1").text == "ok"
    server.manage("DELETE", "/models/patient")


def test_the_pending_requests_of_a_full_queue_tell_it_from_a_missing_worker(server):
    described = server.manage("GET", "/models/digits").json()[0]
    assert set(described["jobQueueStatus"]) == {"remainingCapacity", "pendingRequests"}
    assert json.dumps(described["workers"]) != "[]"
