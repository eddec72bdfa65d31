"""`make serve`, run as a learner runs it: a program in one terminal, its curl line in another."""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).resolve().parents[1]
CURL = re.compile(r"^ +(curl .*)$")


class Program:
    """The program in a session of its own, as a terminal has one; a mark and a temp folder tell what is its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.mark = uuid.uuid4().hex
        self.process = subprocess.Popen(
            [sys.executable, "-m", "course.serve"], cwd=ROOT / "notebooks", start_new_session=True,
            env=os.environ | {"COURSE_TEST_MARK": self.mark, "TMPDIR": str(folder)},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip

    def read_until(self, pattern: re.Pattern[str]) -> re.Match[str]:
        read = []
        for line in self.process.stdout:
            read.append(line)
            if match := pattern.search(line.rstrip("\n")):
                return match
        raise AssertionError(f"the program ended before it printed {pattern.pattern}:\n{''.join(read)}")

    def processes(self) -> list[psutil.Process]:
        found = []
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error, OSError):
                marked = process.environ().get("COURSE_TEST_MARK") == self.mark
                if marked and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(process)
        return found

    def left_within(self, seconds: float) -> list[str]:
        deadline = time.monotonic() + seconds
        while (left := [*self.processes(), *self.folder.glob("ts-*")]) and time.monotonic() < deadline:
            time.sleep(0.05)
        return list(map(str, left))

    def end(self, signum: int) -> str:
        """Send the signal to the program alone, as `kill` does, and return the rest of what it prints."""
        self.process.send_signal(signum)
        return self.rest()

    def rest(self) -> str:
        """Wait for the end and return what is still unread; `communicate` would miss what is buffered already."""
        rest = self.process.stdout.read()
        self.process.wait(60)
        return rest


@pytest.fixture
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    running = Program(tmp_path_factory.mktemp("t"))
    yield running
    for process in [running.process, *running.processes()]:
        with contextlib.suppress(psutil.Error, OSError):
            process.kill()
    running.process.communicate()


def test_its_curl_line_gets_the_digit_and_ctrl_c_leaves_nothing(program: Program) -> None:
    line = program.read_until(CURL)[1]
    asked = subprocess.run(line, shell=True, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert json.loads(asked.stdout)["digit"] == 7
    names = [" ".join(process.cmdline()) for process in program.processes()]
    assert any("org.pytorch.serve.ModelServer" in name for name in names), "the mark finds the server's processes"
    assert list(program.folder.glob("ts-*")), "and its folder lies where the test looks for it"
    told = program.end(signal.SIGINT)
    assert "Ctrl-C ends everything" in told
    assert program.process.returncode == 0
    assert "Traceback" not in told
    assert program.left_within(5) == []


def test_sigterm_while_it_starts_leaves_nothing(program: Program) -> None:
    program.read_until(re.compile("^torchserve --foreground"))
    assert "Nothing is left running" in program.end(signal.SIGTERM)
    assert program.process.returncode == 0
    assert program.left_within(5) == []


def test_it_says_so_when_the_server_dies_by_itself(program: Program) -> None:
    program.read_until(re.compile("Ctrl-C ends everything"))
    java = [process for process in program.processes() if "org.pytorch.serve.ModelServer" in process.cmdline()]
    java[0].kill()
    assert "ended by itself" in program.rest()
    assert program.process.returncode == 1
    assert program.left_within(5) == []


def test_behind_a_proxy_the_line_asks_this_machine_directly(monkeypatch: pytest.MonkeyPatch) -> None:
    from course import serve

    class Running:
        inference_token, inference_address = "secret", "http://127.0.0.1:20001"

    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert serve.curl_line(Running()) == (
        "curl -H 'Authorization: Bearer secret' -T data/samples/digit_7.png --noproxy 127.0.0.1 "
        "http://127.0.0.1:20001/predictions/digits"
    )
