"""The server that checks keep between two tries: a learner's next try needn't wait for a start."""

import contextlib
import io
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import requests

from course.server import ServerError, TorchServe

IDLE = 300.0
"""Seconds without a check after which the kept server is ended: it holds some hundred MB."""

AGE = 1800.0
"""Seconds after which a server isn't used again: its tokens are good for an hour."""


class _Kept:
    """At most one server in this process, what it was started with, and when."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.server: TorchServe | None = None
        self.kind: tuple = ()
        self.began = 0.0
        self.timer: threading.Timer | None = None

    def end(self) -> None:
        with self.lock:
            server, self.server = self.server, None
            if server is not None:
                server.stop()

    def end_when_idle(self) -> None:
        self.timer = threading.Timer(IDLE, self._idle)
        self.timer.daemon = True
        self.timer.start()

    def _idle(self) -> None:
        with self.lock:
            if threading.current_thread() is self.timer:  # no check has come in between
                self.end()


_kept = _Kept()


def end_kept_server() -> None:
    """End the kept server; do nothing when there is none."""
    _kept.end()


@contextlib.contextmanager
def kept_server(
    models: Mapping[str, str], model_store: Path, *, options: tuple[str, ...] = (),
    restore: Callable[[TorchServe], None] = lambda server: None,
) -> Iterator[TorchServe]:  # fmt: skip
    """Run the block with a server of these models: the kept one where it was started with the same, else a new one.

    models, model_store, options: as in `TorchServe`.
    restore: makes a used server what a new one would be. Where it raises ServerError or a RequestException, the block
        gets a new server.

    The server stays for the next check, for `IDLE` seconds at the most, and goes with this process, however that ends.
    A check that needs another server ends it, and so does an interrupt. Raises ServerError when none can be started.
    """
    kind = (tuple(models.items()), Path(model_store), options)
    with _kept.lock:
        if _kept.timer:
            _kept.timer.cancel()
            _kept.timer = None
        try:
            if not _is_fit(kind, restore):
                _kept.end()
                server = TorchServe(models, model_store, options=options)
                with contextlib.redirect_stdout(io.StringIO()):  # its command line
                    server.start()
                _kept.server, _kept.kind, _kept.began = server, kind, time.monotonic()
            yield _kept.server
        except Exception:
            raise
        except BaseException:
            _kept.end()
            raise
        finally:
            if _kept.server is not None:
                _kept.end_when_idle()


def _is_fit(kind: tuple, restore: Callable[[TorchServe], None]) -> bool:
    """Tell whether the kept server is of this kind and young, runs, and could be restored."""
    server = _kept.server
    if server is None or _kept.kind != kind or not server.running or time.monotonic() - _kept.began > AGE:
        return False
    try:
        restore(server)
    except (ServerError, requests.RequestException):
        return False
    return True


def must_do(answer: requests.Response) -> requests.Response:
    """Return the answer of a management call. Raises ServerError when the server refused it."""
    if not answer.ok:
        raise ServerError(f"{answer.request.method} {answer.request.path_url} was refused: {answer.text}")
    return answer


def registered(server: TorchServe) -> set[str]:
    """Return the names of the server's models. Raises ServerError when it does not tell."""
    return {model["modelName"] for model in must_do(server.manage("GET", "/models")).json()["models"]}
