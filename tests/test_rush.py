"""The load client for speed: it counts what it should, tells failures apart, and always ends."""

import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler

import pytest

from course.load import NO_ANSWER
from course.rush import rush
from loopback import listening


class Digits(BaseHTTPRequestHandler):
    """Answers each body, a digit as text, with that digit; "x" with 503, "!" by hanging up, "?" not in time."""

    protocol_version = "HTTP/1.1"
    timeout = 5.0
    closing = threading.Event()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if body == "!":
            self.close_connection = True
            return
        if body == "?":
            self.closing.wait(10)
            self.close_connection = True
            return
        authorized = self.headers.get("Authorization") == "Bearer secret"
        answer = (f'{{"digit": {body}}}' if body != "x" else "no worker").encode()
        self.send_response((503 if body == "x" else 200) if authorized else 400)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        for part in (answer[:3], answer[3:]):  # an answer may come in pieces
            self.wfile.write(part)
            self.wfile.flush()
        if self.path.endswith("/reset"):
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()  # at once, and without a word: the client may be sending already
            self.close_connection = True

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def digits() -> Iterator[str]:
    Digits.closing.clear()
    with listening(Digits) as address:
        try:
            yield f"{address}/predictions/digits"
        finally:
            Digits.closing.set()


@pytest.fixture
def url() -> Iterator[str]:
    with digits() as url:
        yield url


def test_right_wrong_and_failed_answers_are_told_apart(url):
    found = rush(url, [b"1", b"2", b"x", b"!"], [1, 7, 3, 4], token="secret", clients=3, seconds=0.1, warm_up=0)
    kinds = {reply.number % 4: (reply.status, reply.right) for reply in found.replies}
    assert kinds == {0: (200, True), 1: (200, False), 2: (503, False), 3: (NO_ANSWER, False)}
    assert len(found.failed) == sum(reply.number % 4 in (2, 3) for reply in found.replies)
    assert not found.all_right


def test_throughput_and_latency_are_those_of_the_answers(url):
    found = rush(url, [b"5"], [5], token="secret", clients=4, seconds=0.3, warm_up=0.05)
    assert found.all_right
    assert found.throughput == pytest.approx(len(found.replies) / found.seconds)
    assert found.latency(50) <= found.latency(99) <= found.latency(100)
    assert found.latency(100) == max(reply.latency for reply in found.replies)
    assert 0 < found.client_share <= 1.5


def test_it_measures_longer_until_there_are_enough_answers(url):
    assert len(rush(url, [b"5"], [5], token="secret", clients=2, seconds=0, warm_up=0, least=50).replies) >= 50


def test_a_request_without_an_answer_is_given_up_and_the_rush_ends(url):
    began = time.monotonic()
    found = rush(url, [b"?"], [0], token="secret", clients=2, seconds=0.1, warm_up=0, least=2, timeout=0.3)
    assert {reply.status for reply in found.replies} == {NO_ANSWER}
    assert time.monotonic() - began < 5


def test_a_server_that_resets_connections_costs_requests_and_not_the_rush(url):
    found = rush(f"{url}/reset", [b"8", b"9"], [8, 9], token="secret", clients=3, seconds=0.5, warm_up=0)
    assert {reply.status for reply in found.replies} == {200, NO_ANSWER}
    assert all(reply.right == (reply.status == 200) for reply in found.replies)
    assert len({reply.number for reply in found.replies}) == len(found.replies)


def test_nobody_listening_is_an_error_at_once():
    with digits() as url:
        pass
    with pytest.raises(ConnectionError):
        rush(url, [b"1"], [1], token="secret")
