"""Learners share a host: what `make class` measures, on a small class."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_learners_who_start_at_once_all_get_their_answer_and_leave_nothing_behind() -> None:
    command = [sys.executable, str(ROOT / "tools" / "class_size.py"), "4"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Right answers: 4 of 4" in done.stdout
    assert "Left behind: 0 processes" in done.stdout
