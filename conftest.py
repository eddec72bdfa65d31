"""Settings for every test run: what a learner has answered so far must not change what a notebook prints."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from xdist.scheduler import LoadFileScheduling


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let tests/test_mutated.py send more requests than usual, or others."""
    parser.addoption("--mutated", type=int, default=10_000, help="how many mutated requests are sent (10000)")
    parser.addoption("--seed", type=int, default=0, help="which mutated requests are sent (0)")


def pytest_configure(config: pytest.Config) -> None:
    """Give the run an empty progress file of its own, and no strictness; the kernels of nbval inherit both."""
    folder = tempfile.mkdtemp(prefix="progress-")
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    os.environ["COURSE_PROGRESS"] = os.path.join(folder, "progress.json")
    os.environ.pop("COURSE_STRICT", None)


class FilesAndLessons(LoadFileScheduling):
    """Give a worker a file at a time, so that a notebook keeps its kernel; but the exercises a lesson at a time.

    One worker with the exercises of all lessons would still be busy with them when the others have long been done.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return nodeid if file.endswith("test_exercises.py") else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> FilesAndLessons:
    """Hand out the tests by `FilesAndLessons`."""
    return FilesAndLessons(config, log)


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


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests have measured; they say so with `record_property("measured", text)`."""
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for text in [text for name, text in report.user_properties if name == "measured" and report.when == "call"]:
            terminalreporter.section(report.nodeid)
            terminalreporter.write_line(text)
