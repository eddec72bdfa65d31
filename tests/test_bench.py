"""The bench: its sums are right, nothing wrong counts as right, nothing missing is hidden, nothing stays running."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import clients
import machine
import psutil
import pytest
import report
import rounds
import spread
from profiling import group_of, shares
from servers import Peer
from setups import SETUPS, SetUp, missing, peer

from loopback import listening

ROOT = Path(__file__).parents[1]

needs_wrk = pytest.mark.skipif(not clients.find_wrk() and not os.environ.get("COURSE_CI"), reason="wrk isn't installed")


class Threes(BaseHTTPRequestHandler):
    """Reads a 3 in every picture; answers 503 when its path says so."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        answer = b'{"digit": 3}'
        self.send_response(503 if self.path == "/busy" else 200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def threes():
    with listening(Threes) as address:
        yield f"{address}/"


@pytest.fixture(scope="module")
def pictures() -> clients.Pictures:
    return rounds.all_pictures(50)


def bench(*arguments: str) -> subprocess.CompletedProcess:
    command = [sys.executable, str(ROOT / "bench"), *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def left_over(mark: str) -> list[list[str]]:
    """Return the command lines of processes that carry `mark` in their environment."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get("BENCH_TEST") == mark and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process.cmdline())
        except psutil.Error:
            continue
    return [line for line in found if line]


# ---- The sums ----------------------------------------------------------------------------------------------------


def test_the_middle_of_the_rounds_and_their_spread_are_told():
    assert spread.summary([5.0, 1.0, 3.0]) == {"median": 3.0, "min": 1.0, "max": 5.0}
    assert spread.summary([4.0, 2.0])["median"] == 3.0
    assert report.with_spread({"median": 3412.4, "min": 999.0, "max": 4000.0}) == "3,412 (999 to 4,000)"
    assert report.with_spread({"median": 27.1, "min": 27.1, "max": 27.1}) == "27.1"
    with pytest.raises(ValueError, match="no rounds"):
        spread.summary([])


def test_a_percentile_is_the_nearest_rank():
    hundred = [float(number) for number in range(100, 0, -1)]
    assert [spread.percentile(hundred, percent) for percent in (0, 50, 99, 100)] == [1, 50, 99, 100]
    assert spread.percentile([7.0], 99) == 7.0
    with pytest.raises(ValueError, match="no percentile"):
        spread.percentile([], 50)


def test_memory_counts_a_process_and_forgets_one_that_is_gone():
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    own = machine.memory([os.getpid(), gone.pid])
    assert 10 < own < psutil.Process().memory_info().rss / 1e6 * 1.1


def test_a_worker_s_samples_are_grouped_by_their_innermost_known_frame():
    raw = "main (a.py:1);handle (b.py:2);preprocess (c.py:3);decode_png (d.py:4) 6\n"
    raw += "main (a.py:1);retrieve_msg (m.py:2);_retrieve_buffer (m.py:9) 3\n"
    raw += "main (a.py:1);create_predict_response (m.py:5) 2\nmain (a.py:1);inference (b.py:7);forward (x.py:1) 8\n"
    raw += "main (a.py:1) 1\n"
    assert group_of("main (a.py:1);preprocess (c.py:3);stack (torch.py:1)") == "decoding"
    found = shares(raw)
    assert found["inference"] == pytest.approx(0.4)
    assert found["decoding"] == pytest.approx(0.3)
    assert found["reading its messages"] == pytest.approx(0.15)
    assert found["answering"] == pytest.approx(0.1)
    assert found["the rest"] == pytest.approx(0.05)


# ---- The clients -------------------------------------------------------------------------------------------------


def test_our_client_counts_a_wrong_digit_as_an_error_and_not_as_an_answer(threes, pictures):
    found = clients.own(threes, "none", pictures, 4, 0.3, warm_up=0)
    threes_of = [digit == 3 for digit in pictures.expected]
    assert 0 < sum(threes_of) < len(threes_of)
    assert 0 < found.errors < found.requests
    # The pictures are sent in turn, so of each turn the same part is right.
    assert found.errors / found.requests == pytest.approx(1 - sum(threes_of) / len(threes_of), abs=0.1)
    assert found.client_us > 0


@needs_wrk
def test_wrk_counts_statuses_and_says_its_latency_and_cost(threes, pictures):
    good = clients.wrk_alone(threes, "none", pictures, 4, 1)
    assert good.errors == 0
    assert good.requests > 0
    assert 0 < good.p50_ms <= good.p99_ms < 1100
    assert 0 < good.client_share < 2
    busy = clients.wrk_alone(f"{threes}busy", "none", pictures, 2, 1)
    assert busy.errors == busy.requests > 0
    assert busy.requests_per_second == 0


@needs_wrk
def test_with_wrk_the_passes_before_and_after_find_wrong_digits(threes, pictures):
    assert clients.with_wrk(threes, "none", pictures, 4, 1).errors > 0


@needs_wrk
def test_the_numbers_read_from_wrk_are_those_that_wrk_prints_itself(threes, tmp_path):
    (tmp_path / "1").write_bytes(clients.whole_requests(threes, "none", [b"x"])[0])
    command = [clients.find_wrk(), "-t2", "-c4", "-d1s", "--latency", "-s", str(clients.SCRIPT), threes]
    said, used = clients.run_and_count([*command, "--", str(tmp_path), "1"])
    found = clients.parse_wrk(said)
    assert f"{found['requests']} requests in" in said
    printed = {line.split()[0]: line.split()[1] for line in said.splitlines() if line.split()[0] in ("50%", "99%")}
    for name, key in {"50%": "p50_us", "99%": "p99_us"}.items():
        amount, unit = (
            (printed[name][:-2], printed[name][-2:]) if printed[name][-2] in "um" else (printed[name][:-1], "s")
        )
        assert float(amount) * {"us": 1, "ms": 1e3, "s": 1e6}[unit] == pytest.approx(found[key], rel=0.01)
    assert used > 0


def test_a_wrk_that_failed_is_told_in_its_own_words():
    with pytest.raises(ValueError, match="unable to connect"):
        clients.parse_wrk("unable to connect to 127.0.0.1:1 Connection refused\n")


# ---- What can't be measured is told -------------------------------------------------------------------------------


def test_a_peer_that_is_not_installed_is_in_the_table_with_its_reason(tmp_path, pictures):
    absent = SetUp("absent", "A peer", "none", peer("-c", "raise SystemExit"), ("no-such-package-here",))
    dead = SetUp("dead", "A dead peer", "none", peer("-c", "raise SystemExit('its model is | missing')"), ("torch",))
    assert missing(absent).startswith("not installed: no-such-package-here")
    plan = rounds.Plan(clients.own, [1], 0.1, 2)
    before = set(Path("/tmp").glob("bench-*"))
    found = rounds.run([absent, dead], tmp_path, pictures, plan)
    entries = [report.entry(setup, found[setup.key]) for setup in (absent, dead)]
    assert [entry["summary"] for entry in entries] == [None, None]
    assert entries[1]["reason"] == "its model is | missing"
    assert set(Path("/tmp").glob("bench-*")) <= before
    results = {
        "date": "today", "machine": machine.describe(), "rounds": 2, "seconds": 0.1, "clients": [1], "profile": None,
        "client": {"name": "own", "checked_by": "itself"}, "rule": "none", "versions": {}, "setups": entries,
    }  # fmt: skip
    text = report.table(results)
    assert "| A peer | none | - | - | not installed: no-such-package-here" in text
    assert "| A dead peer | none | - | - | its model is / missing |" in text


def test_an_unknown_set_up_is_refused_by_name():
    done = bench("--peers", "guide,nginx")
    assert done.returncode == 2
    assert "no such set-up: nginx" in done.stderr


# ---- The real command ---------------------------------------------------------------------------------------------


def test_a_short_run_measures_writes_everything_and_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("BENCH_TEST", str(tmp_path))
    before = set(Path("/tmp").glob("bench-*"))
    done = bench(
        "--seconds", "1", "--rounds", "1", "--clients", "1,4", "--peers", "tuned,fastapi,in_process",
        "--out", str(tmp_path / "out"),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    results = json.loads((tmp_path / "out" / "results.json").read_text())
    assert [entry["key"] for entry in results["setups"]] == ["tuned", "fastapi", "in_process"]
    for entry in results["setups"]:
        assert entry["reason"] is None
        assert [load["clients"] for load in entry["summary"]["loads"]] == [1, 4]
        for load in entry["rounds"][0]["loads"]:
            assert load["errors"] == 0
            assert load["requests"] > 0
            assert load["requests_per_second"] > 0
            assert 0 < load["p50_ms"] <= load["p99_ms"]
            assert (load["client_us"] > 0) == (entry["key"] != "in_process")
        assert entry["rounds"][0]["cold_start_s"] > 0
        assert entry["rounds"][0]["memory_mb"] > 50
    assert results["client"]["name"] == ("wrk" if shutil.which("wrk") else "own")
    assert set(results["profile"]["cores"]) == {"frontend", "worker"}
    assert all(sum(kinds.values()) > 0 for kinds in results["profile"]["cores"].values())
    worker = results["profile"]["worker"]
    assert results["profile"]["reason"] if worker is None else sum(worker.values()) == pytest.approx(1)
    table = (tmp_path / "out" / "README.md").read_text()
    assert machine.in_a_line(results["machine"]) in table
    assert "| TorchServe, tuned |" in table
    assert "times the best peer, FastAPI, 1 process" in table
    for name in ("bench.png", "bench_profile.png"):
        assert (tmp_path / "out" / name).read_bytes().startswith(b"\x89PNG")
    assert left_over(str(tmp_path)) == []
    assert set(Path("/tmp").glob("bench-*")) <= before


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGKILL], ids=["Ctrl-C", "kill -9"])
def test_nothing_stays_when_the_bench_is_ended_in_the_middle(signum, tmp_path):
    mark = str(tmp_path)
    (temporary := tmp_path / "tmp").mkdir()
    command = [sys.executable, str(ROOT / "bench"), "--peers", "fastapi2", "--clients", "1", "--seconds", "20"]
    marked = {"BENCH_TEST": mark, "TMPDIR": str(temporary)}
    running = subprocess.Popen(
        [*command, "--out", str(tmp_path / "out")], cwd=ROOT, env=os.environ | marked,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    try:
        wait_for(lambda: any("uvicorn" in line for line in left_over(mark)), 180)
        running.send_signal(signum)
        running.wait(180)
        assert not (tmp_path / "out").exists()
        wait_for(lambda: not left_over(mark) and not list(temporary.iterdir()), 30)
    finally:
        running.kill()
        running.communicate()


def test_a_server_whose_workers_left_its_group_is_ended_with_them(tmp_path, monkeypatch):
    monkeypatch.setenv("BENCH_TEST", str(tmp_path))
    child = "import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'], "
    child += "start_new_session=True); print('up', flush=True); time.sleep(600)"
    server = Peer([sys.executable, "-c", child], {})
    server.start()
    try:
        wait_for(lambda: len(server.pids()) == 2, 30)
    finally:
        server.stop()
    assert left_over(str(tmp_path)) == []


def wait_for(condition, seconds: float) -> None:
    """Return when `condition()` is true; fail when it isn't within `seconds`."""
    done = threading.Event()
    for _ in range(int(seconds / 0.1)):
        if condition():
            return
        done.wait(0.1)
    raise AssertionError(f"not within {seconds:g} s")


def test_every_set_up_has_a_key_and_says_its_setting():
    assert len({setup.key for setup in SETUPS}) == len(SETUPS) == 8
    assert all(setup.setting and setup.packages for setup in SETUPS)


def test_the_table_stands_between_its_markers_and_the_rest_stays(tmp_path):
    page = tmp_path / "README.md"
    page.write_text(f"# Before\n\n{report.BEGIN}\nof yesterday\n{report.END}\n\nAfter\n")
    results = json.loads((ROOT / "bench" / "results.json").read_text())
    for _ in range(2):
        report.write(results, tmp_path, page)
    text = page.read_text()
    assert text.startswith("# Before\n")
    assert text.endswith("\n\nAfter\n")
    assert "of yesterday" not in text
    assert text.count(report.BEGIN) == text.count(report.END) == text.count("Right answers a second") == 1


def test_the_committed_table_is_that_of_the_committed_results():
    results = json.loads((ROOT / "bench" / "results.json").read_text())
    assert report.table(results) in (ROOT / "bench" / "README.md").read_text()
