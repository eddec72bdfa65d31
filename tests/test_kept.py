"""A check's server is used again only where it is as good as a new one, and it never stays for long."""

import time

import psutil
import pytest

from course.checks import kept
from course.checks.kept import end_kept_server, kept_server
from course.server import ServerError
from course.watchdog import alive


@pytest.fixture(autouse=True)
def nothing_stays():
    yield
    end_kept_server()


def gone(server) -> bool:
    """Tell whether the server is stopped; its own folder goes last."""
    with pytest.raises(ServerError, match="not running"):
        _ = server.folder
    return not server.running


def test_the_next_check_gets_the_same_server_restored(tmp_path):
    restored = []
    with kept_server({}, tmp_path, restore=restored.append) as first:
        pids = set(first.pids())
        assert not restored, "a new one needs no restoring"
    assert first.running
    with kept_server({}, tmp_path, restore=restored.append) as second:
        assert second is first
        assert set(second.pids()) == pids
        assert restored == [first]


def test_an_answer_told_wrong_keeps_it_and_an_interrupt_ends_it(tmp_path):
    with pytest.raises(ValueError, match="a learner's"), kept_server({}, tmp_path) as server:
        raise ValueError("a learner's")
    assert server.running
    with pytest.raises(KeyboardInterrupt), kept_server({}, tmp_path) as same:
        raise KeyboardInterrupt
    assert same is server
    assert gone(server)


def test_at_most_one_stays_and_none_that_cannot_be_restored_or_is_old(tmp_path, monkeypatch):
    def refuse(server):
        raise ServerError("it refused")

    with kept_server({}, tmp_path) as first:
        processes = [psutil.Process(pid) for pid in first.pids()]
    with kept_server({}, tmp_path, options=("--enable-model-api",)) as other:
        assert gone(first)
        assert processes and not any(map(alive, processes))
    with kept_server({}, tmp_path, options=("--enable-model-api",), restore=refuse) as new:
        assert gone(other)
    monkeypatch.setattr(kept, "AGE", 0.0)
    with kept_server({}, tmp_path, options=("--enable-model-api",)) as young:
        assert gone(new)
    assert young.running


def test_it_ends_when_no_check_comes_and_not_while_one_runs(tmp_path, monkeypatch):
    monkeypatch.setattr(kept, "IDLE", 0.2)
    with kept_server({}, tmp_path) as server:
        pass
    deadline = time.monotonic() + 60
    while server.running and time.monotonic() < deadline:
        time.sleep(0.05)
    end_kept_server()  # waits for the one that is ending it
    assert gone(server)
    monkeypatch.setattr(kept, "IDLE", 3600.0)
    with kept_server({}, tmp_path) as server:
        kept._kept.timer = None
    kept._kept._idle()  # a timer of an earlier check, too late to be cancelled
    assert server.running
