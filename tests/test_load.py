"""The load client and the router: they count every failure, send what they should, and leave no thread behind."""

import json
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from course.load import NO_ANSWER, Load, LoadError
from course.router import Router


class Digits(BaseHTTPRequestHandler):
    """Answers each body, a digit as text, with that digit and the path; "x" with 503, "!" by hanging up."""

    protocol_version = "HTTP/1.1"
    timeout = 5.0

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if body == "!":
            self.close_connection = True
            return
        authorized = self.headers.get("Authorization") == "Bearer secret"
        answer = json.dumps({"digit": int(body) if body != "x" else None, "path": self.path}).encode()
        self.send_response((503 if body == "x" else 200) if authorized else 400)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def listening() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Digits) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/predictions/digits"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def url() -> Iterator[str]:
    before = set(threading.enumerate())
    with listening() as url:
        yield url
    assert set(threading.enumerate()) <= before, "no thread is left"


def test_right_wrong_and_failed_answers_are_told_apart(url):
    with Load(url, [b"1", b"2", b"x", b"!"], [1, 7, 3, 4], token="secret", clients=2) as load:
        load.wait(40)
    kinds = {(reply.number % 4, reply.status, reply.right) for reply in load.replies}
    assert kinds == {(0, 200, True), (1, 200, False), (2, 503, False), (3, NO_ANSWER, False)}
    assert {reply.number % 4 for reply in load.failed} == {2, 3}
    assert sorted(reply.number for reply in load.replies) == list(range(len(load.replies)))


def test_a_wrong_token_fails_every_request(url):
    with Load(url, [b"1"], [1], token="guessed") as load:
        load.wait(5)
    assert len(load.failed) == len(load.replies)


def test_wait_returns_only_requests_that_were_sent_afterwards(url):
    with Load(url, [b"1"], [1], token="secret", clients=3, rate=500) as load:
        load.wait(20)
        now = load.now()
        assert all(reply.began >= now for reply in load.wait(20))


def test_drain_leaves_no_earlier_request_unanswered(url):
    with Load(url, [b"1"], [1], token="secret", clients=8) as load:
        load.wait(50)
        sent = load._sent
        load.drain()
        assert {reply.number for reply in load.replies} >= set(range(sent))


def test_a_rate_is_not_exceeded(url):
    with Load(url, [b"1"], [1], token="secret", clients=4, rate=100) as load:
        load.wait(30)
        assert len(load.replies) <= 100 * load.now() + 4


def test_a_load_that_gets_nowhere_says_so_and_ends(url):
    with listening() as closed:
        pass
    with Load(closed, [b"1"], [1], token="secret", rate=50) as load:
        assert all(reply.status == NO_ANSWER for reply in load.wait(3))
        with pytest.raises(LoadError, match="of 1000000 requests"):
            load.wait(1_000_000, timeout=0.1)


def test_nothing_to_send_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        Load("http://127.0.0.1:1/", [], [], token="secret")


def test_an_error_in_the_block_ends_the_threads(url):
    with pytest.raises(ZeroDivisionError), Load(url, [b"1"], [1], token="secret"):
        assert any(thread.name.startswith("load-") for thread in threading.enumerate())
        raise ZeroDivisionError
    assert not any(thread.name.startswith("load-") for thread in threading.enumerate())


def test_the_router_passes_each_request_to_the_version_that_was_chosen(url):
    with (
        Router(url, lambda number: "2.0" if number % 10 == 0 else "1.0") as router,
        Load(router.url, [b"3", b"x"], [3, 3], token="secret") as load,
    ):
        load.wait(100)
    paths = Counter(reply.answer["path"] for reply in load.replies)
    assert paths["/predictions/digits/2.0"] == router.passed["2.0"] == -(-len(load.replies) // 10)
    assert paths["/predictions/digits/1.0"] == router.passed["1.0"]
    assert {(reply.number % 2, reply.status) for reply in load.replies} == {(0, 200), (1, 503)}


def test_the_router_says_502_when_nobody_listens(url):
    with listening() as closed:
        pass
    with Router(closed, lambda number: "1.0") as router, Load(router.url, [b"3"], [3], token="secret") as load:
        load.wait(3)
    assert {reply.status for reply in load.replies} == {502}
