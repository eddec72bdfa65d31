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
    """Run the cells that need a C++ compiler or HAProxy (they say so), but compare nothing where there is none."""
    if os.environ.get("COURSE_CI"):
        return
    for tag, missing in {"needs-compiler": _no_compiler, "needs-haproxy": _no_haproxy}.items():
        needing = [item for item in items if hasattr(item, "cell") and tag in item.cell.metadata.get("tags", [])]
        if needing and (remedy := missing()):
            for item in needing:
                item.options["check"] = False
            print(f"\n{len(needing)} cells with the tag {tag} are not compared: {remedy}")


def _no_compiler() -> str:
    from course.cpp import HOW_TO_GET_A_COMPILER, find_compiler

    return "" if find_compiler() else HOW_TO_GET_A_COMPILER


def _no_haproxy() -> str:
    from course.balancer import HOW_TO_GET_HAPROXY, find_haproxy

    return "" if find_haproxy() else HOW_TO_GET_HAPROXY
