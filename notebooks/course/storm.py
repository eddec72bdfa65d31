"""Clients that keep asking until they are told to stop, with whatever way to ask a lesson gives them."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True)
class Asked:
    """What became of one request: times in seconds since the storm began."""

    began: float
    ended: float
    retries: int
    who: str
    """Who answered."""
    right: bool


class Storm:
    """`clients` threads that call `ask(number)` for one request after another. A context manager.

    ask: returns how often it sent the request again, who answered, and whether the answer is right. What it raises
        ends its client, is kept in `lost`, and raised by nobody.
    pause: seconds between two requests of a client.
    """

    def __init__(self, ask: Callable[[int], tuple[int, str, bool]], clients: int = 4, *, pause: float = 0.02) -> None:
        self._ask, self._pause = ask, pause
        self._asked: list[Asked] = []
        self.lost: list[Exception] = []
        """One for each request that got no answer."""
        self._sent = 0
        self._news = threading.Condition()
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._run, daemon=True) for _ in range(clients)]
        self._start = 0.0

    def __enter__(self) -> Self:
        self._start = time.monotonic()
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    @property
    def asked(self) -> list[Asked]:
        """What has been answered so far, in the order of the answers."""
        with self._news:
            return list(self._asked)

    def now(self) -> float:
        """Return the seconds since the storm began."""
        return time.monotonic() - self._start

    def wait(self, count: int, timeout: float = 120.0) -> None:
        """Wait for `count` further answers. Raises TimeoutError when they don't come in time."""
        with self._news:
            goal = len(self._asked) + count
            if not self._news.wait_for(lambda: len(self._asked) >= goal, timeout):
                raise TimeoutError(f"{goal - len(self._asked)} of {count} answers are missing after {timeout:g} s")

    def _run(self) -> None:
        while not self._stop.is_set():
            with self._news:
                number, self._sent = self._sent, self._sent + 1
            began = self.now()
            try:
                retries, who, right = self._ask(number)
            except Exception as error:
                self.lost.append(error)
                return
            with self._news:
                self._asked.append(Asked(began, self.now(), retries, who, right))
                self._news.notify_all()
            self._stop.wait(self._pause)
