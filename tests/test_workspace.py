"""A notebook's temporary folder goes with its kernel."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from course.workspace import workspace

USER = "from course.workspace import workspace; (workspace() / 'file').touch(); print(workspace(), flush=True); input()"


def test_it_is_the_same_folder_on_every_call() -> None:
    assert workspace() == workspace()
    assert workspace().is_dir()


@pytest.mark.parametrize("signum", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT, None])
def test_nothing_of_it_is_left_when_its_process_is_gone(signum: int | None) -> None:
    cwd = Path(__file__).parents[1] / "notebooks"
    process = subprocess.Popen(
        [sys.executable, "-c", USER], cwd=cwd, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    folder = Path(process.stdout.readline().decode().strip())
    assert (folder / "file").exists()
    if signum is not None:
        process.send_signal(signum)
    process.communicate(timeout=30)
    deadline = time.monotonic() + 5
    while folder.exists():
        assert time.monotonic() < deadline, f"{folder} outlived its process"
        time.sleep(0.05)
