"""Clients that keep asking until they are told to stop, with whatever way to ask a lesson gives them."""

from collections.abc import Callable
from dataclasses import dataclass

from course.load import Clients


@dataclass(frozen=True)
class Asked:
    """What became of one request: times in seconds since the storm began."""

    began: float
    ended: float
    retries: int
    who: str
    """Who answered."""
    right: bool


class Storm(Clients):
    """`clients` threads that call `ask(number)` for one request after another. A context manager.

    ask: returns how often it sent the request again, who answered, and whether the answer is right. What it raises
        ends its client, is kept in `lost`, and raised by nobody.
    pause: seconds between two requests of a client.
    """

    def __init__(self, ask: Callable[[int], tuple[int, str, bool]], clients: int = 4, *, pause: float = 0.02) -> None:
        super().__init__(clients)
        self._ask, self._pause = ask, pause
        self._asked: list[Asked] = []
        self.lost: list[Exception] = []
        """One for each request that got no answer."""

    @property
    def asked(self) -> list[Asked]:
        """What has been answered so far, in the order of the answers."""
        with self._news:
            return list(self._asked)

    def wait(self, count: int, timeout: float = 120.0) -> None:
        """Wait for `count` further answers. Raises TimeoutError when they don't come in time."""
        with self._news:
            goal = len(self._asked) + count
            if not self._news.wait_for(lambda: len(self._asked) >= goal, timeout):
                raise TimeoutError(f"{goal - len(self._asked)} of {count} answers are missing after {timeout:g} s")

    def _run(self) -> None:
        while not self._stop.is_set():
            number = self._next()
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
