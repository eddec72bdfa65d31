"""A load client: threads that keep asking a model server, judge every answer, and always end."""

import http.client
import json
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

NO_ANSWER = 0
"""The status of a request that got no HTTP answer: refused, cut off, or not in time."""


class LoadError(RuntimeError):
    """The load did not come as far as it was asked to; the message says how far it came."""


@dataclass(frozen=True)
class Reply:
    """What became of one request."""

    number: int
    """The request's number, from 0: the order in which requests were sent, by all clients together."""
    began: float
    """When it was sent, in seconds since the load began."""
    ended: float
    """When its answer was complete, or given up, in seconds since the load began."""
    status: int
    """The HTTP status; `NO_ANSWER` when there was none."""
    right: bool
    """Whether the answer is what was expected."""
    answer: object
    """The body, decoded where it is JSON, else its text; a description of the error when there was no answer."""

    @property
    def failed(self) -> bool:
        """Whether the client did not get what it asked for: every status but 200."""
        return self.status != http.client.OK

    @property
    def latency(self) -> float:
        """Seconds from sending to the end of the answer."""
        return self.ended - self.began


def same_digit(answer: object, expected: object) -> bool:
    """Tell whether an answer of the digit handler names the `expected` digit."""
    return isinstance(answer, dict) and answer.get("digit") == expected


class Clients:
    """`count` threads that run `_run` until the `with` block ends; leaving it waits for what they are waiting for."""

    def __init__(self, count: int) -> None:
        self._sent = 0
        self._news = threading.Condition()
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._run, name=f"load-{i}", daemon=True) for i in range(count)]
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

    def now(self) -> float:
        """Return the seconds since the block was entered: the clock of every time that is kept."""
        return time.monotonic() - self._start

    def _next(self) -> int:
        """Return the number of the next request, from 0, for all clients together."""
        with self._news:
            number, self._sent = self._sent, self._sent + 1
        return number

    def _run(self) -> None:
        raise NotImplementedError


class Load(Clients):
    """Clients that ask `url` for one picture after another, until the `with` block ends.

    url: where predictions are asked for.
    bodies, expected: what is sent, over and over, and what each of it should be answered.
    token: the inference token, sent as `Authorization: Bearer`.
    clients: threads; each has a connection of its own and sends its next request when its last one is answered.
    rate: requests a second of all clients together, at the most; None is as fast as answers come.
    judge: called as `judge(answer, expected)`; tells whether an answer is right.
    timeout: seconds after which a request without an answer counts as failed.

    Leaving the block ends every thread, after the request it is waiting for. Raises ValueError for nothing to send.
    """

    def __init__(
        self,
        url: str,
        bodies: Sequence[bytes],
        expected: Sequence[object],
        *,
        token: str,
        clients: int = 4,
        rate: float | None = None,
        judge: Callable[[object, object], bool] = same_digit,
        timeout: float = 30.0,
    ) -> None:
        if not bodies or len(bodies) != len(expected):
            raise ValueError(f"{len(bodies)} bodies and {len(expected)} expected answers: give at least one, and pairs")
        super().__init__(clients)
        self._url = urlsplit(url)
        self._work = list(zip(bodies, expected, strict=True))
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/octet-stream"}
        self._rate, self._judge, self._timeout = rate, judge, timeout
        self._replies: list[Reply] = []

    @property
    def replies(self) -> list[Reply]:
        """What has come so far, in the order in which it came."""
        with self._news:
            return list(self._replies)

    @property
    def failed(self) -> list[Reply]:
        """The replies that failed so far."""
        return [reply for reply in self.replies if reply.failed]

    def wait(self, count: int, timeout: float = 60.0) -> list[Reply]:
        """Wait until `count` further requests, all sent from now on, are answered; return their replies.

        Raises LoadError when that takes longer than `timeout` seconds.
        """
        with self._news:
            first = self._sent
        return self._collect(lambda reply: reply.number >= first, count, timeout)

    def drain(self, timeout: float = 60.0) -> None:
        """Wait until every request that was sent before this call is answered.

        Raises LoadError when that takes longer than `timeout` seconds.
        """
        with self._news:
            first = self._sent
        self._collect(lambda reply: reply.number < first, first, timeout)

    def _collect(self, wanted: Callable[[Reply], bool], count: int, timeout: float) -> list[Reply]:
        deadline = time.monotonic() + timeout
        found: list[Reply] = []
        seen = 0
        with self._news:
            while True:
                found += filter(wanted, self._replies[seen:])
                seen = len(self._replies)
                if len(found) >= count:
                    return found
                left = deadline - time.monotonic()
                if left <= 0 or not self._news.wait(left):
                    raise LoadError(f"{len(found)} of {count} requests were answered in {timeout:g} s")

    def _run(self) -> None:
        connection = http.client.HTTPConnection(self._url.hostname, self._url.port, timeout=self._timeout)
        try:
            while not self._stop.is_set():
                number = self._next()
                if self._rate and self._stop.wait(max(0.0, number / self._rate - self.now())):
                    return
                self._ask(connection, number)
        finally:
            connection.close()

    def _ask(self, connection: http.client.HTTPConnection, number: int) -> None:
        body, expected = self._work[number % len(self._work)]
        began = self.now()
        try:
            connection.request("POST", self._url.path, body, self._headers)
            response = connection.getresponse()
            status, answer = response.status, _decode(response.read())
        except (OSError, http.client.HTTPException) as error:
            connection.close()  # the next request opens it anew
            status, answer = NO_ANSWER, f"{type(error).__name__}: {error}"
        right = status == http.client.OK and self._judge(answer, expected)
        reply = Reply(number, began, self.now(), status, right, answer)
        with self._news:
            self._replies.append(reply)
            self._news.notify_all()


def _decode(body: bytes) -> object:
    try:
        return json.loads(body)
    except ValueError:
        return body.decode(errors="replace")
