"""Settings for every test run: what a learner has answered so far must not change what a notebook prints."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Give the run an empty progress file of its own, and no strictness; the kernels of nbval inherit both."""
    folder = tempfile.mkdtemp(prefix="progress-")
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    os.environ["COURSE_PROGRESS"] = os.path.join(folder, "progress.json")
    os.environ.pop("COURSE_STRICT", None)


@pytest.fixture(autouse=True)
def progress_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test a progress file of its own, so that its answers change no notebook's output."""
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "progress.json"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where there is no C++ compiler, run the cells that need one (they say so) without comparing what they print."""
    cells = [item for item in items if hasattr(item, "cell")]
    needing = [item for item in cells if "needs-compiler" in item.cell.metadata.get("tags", [])]
    if not needing or os.environ.get("COURSE_CI"):
        return
    from course.cpp import HOW_TO_GET_A_COMPILER, find_compiler

    if find_compiler() is None:
        for item in needing:
            item.options["check"] = False
        print(f"\n{len(needing)} cells that need one are not compared: {HOW_TO_GET_A_COMPILER}")
