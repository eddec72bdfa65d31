"""Settings for every test run: what a learner has answered so far must not change what a notebook prints."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(autouse=True, scope="session")
def fresh_progress() -> Iterator[None]:
    """Give the run an empty progress file of its own, and no strictness; notebooks' kernels inherit both."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["COURSE_PROGRESS"] = str(Path(folder) / "progress.json")
        os.environ.pop("COURSE_STRICT", None)
        yield
