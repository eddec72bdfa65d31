"""A load client for speed: many clients in one thread, which cost the machine as little as Python can."""

import http.client
import json
import math
import selectors
import socket
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from course.load import NO_ANSWER, Reply, same_digit

HEAD_END = b"\r\n\r\n"
LENGTH = b"content-length:"


@dataclass(frozen=True)
class Rush:
    """What `rush` measured."""

    replies: list[Reply]
    """Every request that was answered, or given up, while it measured; times are those of `time.monotonic()`."""
    began: float
    """When measuring began: after the warm-up."""
    seconds: float
    """How long it measured."""
    client_share: float
    """Which part of one core the clients themselves took, from 0 to 1."""
    others: list[Reply]
    """The requests of the warm-up, and those that were still on their way when measuring ended."""

    @property
    def throughput(self) -> float:
        """Answers a second; a request that failed is no answer."""
        return sum(not reply.failed for reply in self.replies) / self.seconds

    @property
    def failed(self) -> list[Reply]:
        """The requests that did not get a 200."""
        return [reply for reply in self.replies if reply.failed]

    @property
    def all_right(self) -> bool:
        """Whether there were answers and each is what was expected."""
        return bool(self.replies) and all(reply.right for reply in self.replies)

    @property
    def mean_latency(self) -> float:
        """The mean of the seconds that a request took."""
        return sum(reply.latency for reply in self.replies) / len(self.replies)

    def latency(self, percent: float) -> float:
        """Return the seconds within which `percent` of 100 requests were answered. Raises ValueError without any."""
        ordered = sorted(reply.latency for reply in self.replies)
        if not ordered:
            raise ValueError(f"no request was answered in {self.seconds:g} s, so there is no latency")
        return ordered[max(0, math.ceil(percent / 100 * len(ordered)) - 1)]


class _Client:
    """One connection, which has at most one request on its way."""

    def __init__(self, address: tuple[str, int]) -> None:
        self.address = address
        self.socket: socket.socket | None = None
        self.number = -1
        self.began = 0.0
        self.received = b""

    def connect(self, selector: selectors.BaseSelector) -> None:
        self.close(selector)
        self.socket = socket.create_connection(self.address, timeout=10)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        selector.register(self.socket, selectors.EVENT_READ, self)

    def close(self, selector: selectors.BaseSelector) -> None:
        if self.socket is not None:
            selector.unregister(self.socket)
            self.socket.close()
            self.socket = None

    def complete(self) -> tuple[int, bytes] | None:
        """Return the status and the body of the answer once it is complete."""
        end = self.received.find(HEAD_END)
        if end < 0:
            return None
        head = self.received[:end].lower()
        start = head.index(LENGTH) + len(LENGTH)
        length = int(head[start:].split(b"\r\n", 1)[0])
        body = self.received[end + len(HEAD_END) :]
        return (int(head[9:12]), body) if len(body) >= length else None


class _Clients:
    """All clients of one `rush`; they send one of `requests` after another."""

    def __init__(self, address: tuple[str, int], requests: Sequence[bytes], count: int, timeout: float) -> None:
        self.requests, self.timeout = requests, timeout
        self.selector = selectors.DefaultSelector()
        self.clients = [_Client(address) for _ in range(count)]
        self.waiting: deque[tuple[_Client, int]] = deque()  # in the order of sending, so the first is the oldest
        self.sent = 0
        self.done: list[tuple[int, float, float, int, bytes]] = []

    def send(self, client: _Client) -> None:
        if client.socket is None:
            client.connect(self.selector)
        client.number, client.received, client.began = self.sent, b"", time.monotonic()
        self.waiting.append((client, self.sent))
        request = self.requests[self.sent % len(self.requests)]
        self.sent += 1
        try:
            client.socket.sendall(request)  # smaller than the socket's buffer
        except OSError as error:  # the server closed it after its last answer: that request failed, the next goes anew
            self.done.append((client.number, client.began, time.monotonic(), NO_ANSWER, str(error).encode()))
            client.close(self.selector)
            self.send(client)

    def run(self, seconds: float, *, least: int = 0) -> None:
        """Ask for `seconds`, and longer while there are fewer than `least` answers, but no longer than `timeout`."""
        began, first = time.monotonic(), len(self.done)
        while (took := time.monotonic() - began) < seconds or (len(self.done) - first < least and took < self.timeout):
            self._turn(again=True)

    def drain(self) -> None:
        """Ask no more, and return when every request is answered or given up."""
        while self.waiting:
            self._turn(again=False)

    def _turn(self, *, again: bool) -> None:
        for key, _ in self.selector.select(0.01):
            self._receive(key.data, again)
        self._give_up(again)

    def _receive(self, client: _Client, again: bool) -> None:
        try:
            part = client.socket.recv(65536)
        except OSError:
            part = b""
        client.received += part
        answer = client.complete() if part else (NO_ANSWER, b"the server closed the connection")
        if answer is None:
            return
        self._finish(client, *answer, again=again)

    def _finish(self, client: _Client, status: int, body: bytes, *, again: bool) -> None:
        if client.number >= 0:
            self.done.append((client.number, client.began, time.monotonic(), status, body))
        client.number = -1
        if status == NO_ANSWER:
            client.close(self.selector)
        if again:
            self.send(client)

    def _give_up(self, again: bool) -> None:
        """Forget who is answered already, and fail whoever waits for longer than `timeout`."""
        while self.waiting:
            client, number = self.waiting[0]
            if client.number == number:
                if time.monotonic() - client.began < self.timeout:
                    return
                self._finish(client, NO_ANSWER, b"no answer in time", again=again)
            self.waiting.popleft()

    def close(self) -> None:
        for client in self.clients:
            client.close(self.selector)
        self.selector.close()


def rush(
    url: str,
    bodies: Sequence[bytes],
    expected: Sequence[object],
    *,
    token: str,
    clients: int = 32,
    seconds: float = 1.2,
    warm_up: float = 0.5,
    least: int = 20,
    judge: Callable[[object, object], bool] = same_digit,
    timeout: float = 30.0,
) -> Rush:
    """Let `clients` ask `url`, each for its next picture as soon as its last one is answered, and measure.

    bodies, expected: what is sent, over and over, and what each of it should be answered.
    token: the inference token, sent as `Authorization: Bearer`.
    seconds, warm_up: how long is measured, and how long clients ask before that. What is answered while measuring
        counts, whenever it was sent.
    least: where less than so many requests are answered in `seconds`, more time is taken, up to `timeout`. In the same
        way the warm-up goes on until each client was answered once, unless it is 0.
    judge: called as `judge(answer, expected)` after the measuring.
    timeout: seconds after which a request without an answer counts as failed.

    It returns when every request is answered or given up. Raises ConnectionError when nobody listens at `url`.
    """
    place = urlsplit(url)
    head = f"POST {place.path} HTTP/1.1\r\nHost: {place.netloc}\r\nAuthorization: Bearer {token}\r\n"
    head += "Content-Type: application/octet-stream\r\nContent-Length: "
    requests = [f"{head}{len(body)}\r\n\r\n".encode() + body for body in bodies]
    group = _Clients((place.hostname, place.port), requests, clients, timeout)
    try:
        for client in group.clients:
            group.send(client)
        group.run(warm_up, least=clients if warm_up else 0)
        first, began, used = len(group.done), time.monotonic(), time.thread_time()
        group.run(seconds, least=least)
        last, took, used = len(group.done), time.monotonic() - began, time.thread_time() - used
        group.drain()
    finally:
        group.close()
    replies = [_reply(done, expected[done[0] % len(bodies)], judge) for done in group.done]
    return Rush(replies[first:last], began, took, used / took, replies[:first] + replies[last:])


def _reply(done: tuple[int, float, float, int, bytes], expected: object, judge: Callable) -> Reply:
    number, began, ended, status, body = done
    try:
        answer = json.loads(body)
    except ValueError:
        answer = body.decode(errors="replace")
    return Reply(number, began, ended, status, status == http.client.OK and judge(answer, expected), answer)
