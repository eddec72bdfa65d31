"""The load client and the router: they count every failure, send what they should, and leave no thread behind."""

import json
import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest

from course.load import NO_ANSWER, Load, LoadError
from course.router import Router
from course.storm import Storm
from loopback import listening


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


@pytest.fixture
def url() -> Iterator[str]:
    before = set(threading.enumerate())
    with listening(Digits) as address:
        yield f"{address}/predictions/digits"
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
    with listening(Digits) as closed:
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
    with listening(Digits) as closed:
        pass
    with Router(closed, lambda number: "1.0") as router, Load(router.url, [b"3"], [3], token="secret") as load:
        load.wait(3)
    assert {reply.status for reply in load.replies} == {502}


def test_a_storm_keeps_what_was_asked_and_what_was_lost():
    def ask(number):
        if number == 30:
            raise TimeoutError("no answer")
        return 0, "one" if number % 2 else "two", number % 5 != 0

    with Storm(ask, clients=2, pause=0) as storm:
        storm.wait(40)
    assert [str(error) for error in storm.lost] == ["no answer"]
    assert {asked.who for asked in storm.asked} == {"one", "two"}
    assert 0 < sum(not asked.right for asked in storm.asked) < len(storm.asked)
    assert all(0 <= asked.began <= asked.ended <= storm.now() for asked in storm.asked)


def test_a_storm_whose_clients_are_all_lost_does_not_wait_for_ever():
    def ask(number):
        raise ValueError("no")

    with Storm(ask, clients=2) as storm, pytest.raises(TimeoutError, match="3 of 3 answers are missing"):
        storm.wait(3, timeout=0.2)
    assert len(storm.lost) == 2
