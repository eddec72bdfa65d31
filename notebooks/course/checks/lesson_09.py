"""The exercises of lesson 09."""

import contextlib
import hashlib
import json
import random
import secrets
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Self
from unittest import mock

from course.exercises import Option, Wrong, exercise, must_be_a_function, question
from course.server_config import draw_ports
from course.workspace import workspace

DROP, SILENT = "drop", "silent"
"""Acts of a `Stage`: cut the connection, and hold it without a word."""

SLACK = 4.0
"""Seconds by which an answer may be late, since the machine may be busy."""

LONG = 300.0
"""Seconds that a client is given on a `Clock`, where a pause takes no time."""

ENOUGH = 120
"""Pauses that tell how a client pauses. After that many, a `Clock` jumps by `LONG`."""

question(
    "9.1",
    "The batch raised, so the poison's client got a 503. What does its code do next?",
    Option("It reports the picture as broken.", "From a 503 it can't know that: 503 says the server couldn't."),
    Option("It asks for a new token.", "A refused token gets a 400, not a 503."),
    Option("Nothing, the request is over.", "Its code asks again after any 503, and a 503 invites it to."),
    Option("It sends the poison again, into another batch.", "And that batch gets a 503 too, and so on.", right=True),
)

question(
    "9.5",
    "What ends the use of the leaked token soonest, with no outage?",
    Option("Wait: tokens run out.", "That leaves the finder 50 minutes, a long time for a program."),
    Option(
        "Renew it with the API key, and let your clients read the new one.",
        "The old one is refused from then on.",
        right=True,
    ),
    Option("Remove it from the repository.", "It stays in the history, in clones, and with whoever saw it."),
    Option("Scale the model to 0 workers.", "That ends your own clients' answers; the token stays good."),
)


@dataclass(frozen=True)
class Seen:
    """A request that came to a `Stage`."""

    path: str
    token: str
    body: bytes


class _Quiet(ThreadingHTTPServer):
    def handle_error(self, *args: object) -> None:
        """Print nothing: a client that was told nothing for long is often gone when it gets its answer."""


class Stage:
    """A small server on 127.0.0.1 that plays one act a request, the last one for ever.

    An act is a status, a pair of a status and a body (bytes, or what goes into JSON), `DROP` or `SILENT`, or a function
    from a `Seen` to one of these. After `release()` every request gets 200 at once, so that a client that never gives
    up comes to an end. A context manager.
    """

    def __init__(self, *acts: object) -> None:
        self.acts = list(acts)
        self.seen: list[Seen] = []
        self._lock, self._over = threading.Lock(), threading.Event()
        self._server = _Quiet(("127.0.0.1", 0), _handler_of(self))
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    @property
    def address(self) -> str:
        """Where clients ask."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def release(self) -> None:
        """Let everybody go."""
        self._over.set()

    def act(self, seen: Seen) -> object:
        """Return what to play for this request; wait here when that is silence."""
        with self._lock:
            self.seen.append(seen)
            act = self.acts[min(len(self.seen), len(self.acts)) - 1]
        act = act(seen) if callable(act) else act
        if act == SILENT:
            self._over.wait(60)
        return 200 if self._over.is_set() else act

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.release()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def _handler_of(stage: Stage) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = 10

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            act = stage.act(Seen(self.path, self.headers.get("Authorization", ""), body))
            if act == DROP:
                self.close_connection = True
                return
            status, content = act if isinstance(act, tuple) else (act, {"code": act, "digit": len(body) % 10})
            text = content if isinstance(content, bytes) else json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def do_GET(self) -> None:
            self.do_POST()

        def log_message(self, *args: object) -> None:
            """Write no line for each request."""

    return Handler


@dataclass
class Outcome:
    """What a learner's function did."""

    returned: object = None
    raised: BaseException | None = None
    late: bool = False


class Clock:
    """The time as one thread sees it while this is a context: its sleeps are noted in `pauses`, and take no time."""

    def __init__(self) -> None:
        self.pauses: list[float] = []
        self._thread: int | None = None
        self._ahead = 0.0
        self._patches = contextlib.ExitStack()

    def mine(self) -> None:
        """Be the time of the thread that calls this."""
        self._thread = threading.get_ident()

    def __enter__(self) -> Self:
        for name in ("monotonic", "time", "perf_counter"):
            self._patches.enter_context(mock.patch.object(time, name, self._shifted(getattr(time, name))))
        self._patches.enter_context(mock.patch.object(time, "sleep", self._noted(time.sleep)))
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._patches.close()

    def _shifted(self, real: Callable[[], float]) -> Callable[[], float]:
        return lambda: real() + self._ahead * (threading.get_ident() == self._thread)

    def _noted(self, real: Callable[[float], None]) -> Callable[[float], None]:
        def sleep(seconds: float) -> None:
            if threading.get_ident() != self._thread:
                real(seconds)
                return
            self.pauses.append(seconds)
            self._ahead += LONG if len(self.pauses) > ENOUGH else seconds

        return sleep


def _run(
    stage: Stage | None, patience: float, function: Callable[..., object], *args: object, clock: Clock | None = None
) -> Outcome:
    """Call the function, by that clock, and say what it did; `late` when that took longer than `patience` seconds."""
    outcome = Outcome()

    def call() -> None:
        if clock is not None:
            clock.mine()
        try:
            outcome.returned = function(*args)
        except BaseException as error:  # a learner's code may raise anything, SystemExit too
            outcome.raised = error

    thread = threading.Thread(target=call, daemon=True)
    thread.start()
    thread.join(patience)
    outcome.late = thread.is_alive()
    if stage is not None and outcome.late:
        stage.release()
        thread.join(SLACK)
    return outcome


def _told(error: BaseException) -> str:
    return f"{type(error).__name__}: {str(error)[:150]}"


@exercise("9.2", hints=["Compare it with ask_again and its four rules: what, when, how soon, how long.",
                        "Return every response whose status is not 500, 503 or 507; catch ConnectionError and Timeout "
                        "of requests; compare with a deadline before each pause; timeout=min(seconds / 3, left).",
                        "time.sleep(random.uniform(0, min(1, 0.05 * 2**retries))) is a pause that grows, has a bound "
                        "and is random."])  # fmt: skip
def ask(answer: object) -> None:
    function = must_be_a_function(answer, "ask")
    body, headers = secrets.token_bytes(random.randint(20, 400)), {"Authorization": f"Bearer {secrets.token_hex(4)}"}
    call = _Call(function, body, headers)
    call.gets(200, [200], "a healthy server")
    call.gets(200, [503, 200], "a 503, then a 200")
    call.gets(200, [DROP, 200], "a broken connection, then a 200")
    call.gets(200, [500, 507, 200], "the 500 and the 507 of dead workers, then a 200")
    for status in random.sample([400, 404, 413, 415], 2) + random.sample([401, 403, 405, 409, 410, 422], 1):
        call.gets(status, [status, 200], f"a {status}")
    call.gives_up_on_silence()
    _judge_pauses([call.pauses() for _ in range(4)])


@dataclass(frozen=True)
class _Call:
    """A learner's client, and what it is to send."""

    function: Callable
    body: bytes
    headers: dict[str, str]

    def gets(self, status: int, acts: Sequence[object], what: str) -> None:
        """Raise `Wrong` unless the client returns the first response with `status`, and asks no more after it."""
        with Stage(*acts) as stage:
            outcome = _run(stage, 20 + SLACK, self.function, f"{stage.address}/x", self.body, self.headers, 20)
            seen = list(stage.seen)
        if len(seen) > 1 and status != 200:
            raise Wrong(f"after {what}, your client sent the request again: no 4xx gets better by that.")
        if outcome.raised is not None:
            cure = "" if status == 200 else " Return such a response: whoever asked must see what was wrong."
            raise Wrong(f"with {what}, your client raised {_told(outcome.raised)}.{cure}")
        if outcome.late:
            raise Wrong(f"with {what}, your client did not end in its 20 seconds.")
        found = getattr(outcome.returned, "status_code", None)
        if found is None:
            raise Wrong(f"return the response itself; yours returned a {type(outcome.returned).__name__}.")
        if found != status:
            raise Wrong(f"with {what}, your client returned a {found}: that one may be sent again.")
        if any(request.body != self.body for request in seen):
            raise Wrong("the server did not get the `body` each time: data=body.")
        if any(request.token != self.headers["Authorization"] for request in seen):
            raise Wrong("the server did not get the `headers` each time: headers=headers.")

    def gives_up_on_silence(self, seconds: float = 1.5) -> None:
        """Raise `Wrong` unless the client asks a server that stays silent more than once, and raises in time."""
        what = "a server that accepts and stays silent"
        with Stage(SILENT) as stage:
            given = (f"{stage.address}/x", self.body, self.headers, seconds)
            outcome = _run(stage, seconds + SLACK, self.function, *given)
            count = len(stage.seen)
        if outcome.late:
            raise Wrong(
                f"with {what}, your client was still at it {SLACK:g} seconds after its {seconds:g} seconds were over: "
                "give each `requests.post` a `timeout`, no more than what is left, and then raise TimeoutError."
            )
        _must_raise_timeout(outcome, what)
        if count < 2:
            raise Wrong(
                f"with {what}, your client asked only once in {seconds:g} seconds: silence is to be asked again, and "
                "no try may take more than a third of `seconds`."
            )

    def pauses(self) -> list[float]:
        """Return the client's pauses with a server that says 503 for `LONG` seconds. Raises `Wrong` without any."""
        what = "a server that says 503 for ever"
        with Stage(503) as stage, Clock() as clock:
            given = (f"{stage.address}/x", self.body, self.headers, LONG)
            outcome = _run(stage, 10, self.function, *given, clock=clock)
            count = len(stage.seen)
        if len(clock.pauses) < count - 1:
            raise Wrong(
                f"with {what}, your client asked {count} times and called `time.sleep` {len(clock.pauses)} times: "
                "pause between two requests, with `time.sleep(...)`, which the check watches."
            )
        if outcome.late:
            raise Wrong(
                f"with {what}, your client never ended: raise TimeoutError when `seconds` are over, by "
                "`time.monotonic()`."
            )
        _must_raise_timeout(outcome, what)
        if len(clock.pauses) <= ENOUGH and sum(clock.pauses) < LONG / 2:
            raise Wrong(
                f"with {what}, your client gave up after {count} tries and {sum(clock.pauses):.3g} of its {LONG:g} "
                "seconds: go on until they are over, with a bound for the pause."
            )
        return clock.pauses


def _must_raise_timeout(outcome: Outcome, what: str) -> None:
    if not isinstance(outcome.raised, TimeoutError):
        did = "returned" if outcome.raised is None else f"raised {_told(outcome.raised)}"
        raise Wrong(f"with {what}, your client should raise TimeoutError in the end; it {did}.")


def _judge_pauses(runs: Sequence[Sequence[float]]) -> None:
    """Raise `Wrong` unless the pauses of each run grow up to a bound and differ by chance."""
    late = [pause for run in runs for pause in run[len(run) // 2 : -1] or run]  # the last may be cut at the deadline
    early = [pause for run in runs for pause in run[:2]]
    usual = statistics.mean(late)
    if usual < 0.05:
        raise Wrong(
            f"your pauses stay at {usual:.2g} seconds: a server in trouble is asked all the time. Pause between two "
            "requests, for longer each time."
        )
    if runs[0][:-1] == runs[1][: len(runs[0]) - 1] or max(late) - min(late) < 0.1 * usual:
        raise Wrong("your pauses are the same each time, so all clients come back at once: add jitter.")
    if max(late) > LONG / 10:
        raise Wrong(f"your pauses grow to {max(late):.0f} seconds: give them a bound, of a second or two.")
    if usual < 1.5 * statistics.mean(early):
        raise Wrong(
            "your pauses don't grow, so a server in trouble is asked as often as in the beginning: double them."
        )


@exercise("9.3", hints=["Ask GET /models/ and the model's name, with the token as `Bearer`, and a timeout below 5.",
                        "Catch requests.RequestException; without a 200 return False; "
                        'then any(worker["status"] == "READY" ...).',
                        "A 200 may hold anything: read it inside `try`, too, and catch ValueError, LookupError and "
                        "TypeError."])  # fmt: skip
def healthy(answer: object) -> None:
    function = must_be_a_function(answer, "healthy")
    model, token = "m" + secrets.token_hex(3), secrets.token_hex(4)
    cases = [
        ("one READY worker", _describing(model, token, ["READY"]), True),
        ("one worker that starts anew", _describing(model, token, ["UNLOADING"]), False),
        ("one READY worker and one that starts anew", _describing(model, token, ["UNLOADING", "READY"]), True),
        ("one READY worker and one that goes", _describing(model, token, ["READY", "UNLOADING"]), True),
        ("one READY worker of the three it should have", _describing(model, token, ["READY"], least=3), True),
        ("no worker at all", _describing(model, token, [], least=0), False),
        ("another model only", _describing("other", token, ["READY"]), False),
        ("another token", _describing(model, secrets.token_hex(5), ["READY"]), False),
        ("an answer of 500", 500, False),
        ("a 200 that describes no model", (200, random.choice([{"status": "Healthy"}, [], "READY", None])), False),
        ("a 200 from something that speaks no JSON", (200, b"<html>READY</html>"), False),
        ("a connection that breaks", DROP, False),
    ]
    for what, act, expected in cases:
        with Stage(act) as stage:
            outcome = _run(stage, 5 + SLACK, function, stage.address, token, model)
            seen = list(stage.seen)
        if outcome.late:
            raise Wrong(f"with {what}, your function had no answer after 5 seconds.")
        if len(seen) > 3:
            raise Wrong(f"with {what}, it was asked {len(seen)} times: ask once, the balancer comes again by itself.")
        _must_say(expected, outcome, what, _cause(model, token, seen))
    with Stage(SILENT) as stage:
        outcome = _run(stage, 7.5, function, stage.address, token, model)
    what = "a server that stays silent"
    if outcome.late:
        raise Wrong(f"with {what}, your function had no answer after 5 seconds: ask once, with a `timeout` below 5.")
    _must_say(False, outcome, what, "")
    nobody = f"http://127.0.0.1:{draw_ports(1)[0]}"
    _must_say(False, _run(None, 5 + SLACK, function, nobody, token, model), "nobody listening", "")


def _describing(model: str, token: str, states: Sequence[str], least: int = 1) -> Callable[[Seen], object]:
    """Return an act: a management address with one model, whose workers are in these states."""
    workers = [{"id": str(9000 + number), "status": state} for number, state in enumerate(states)]

    def act(seen: Seen) -> object:
        if seen.token != f"Bearer {token}":
            return 400, {"code": 400, "message": "Token Authorization failed."}
        if seen.path == "/ping":
            return 200, {"status": "Healthy"}
        if _path(seen) != f"/models/{model}":
            return 404, {"code": 404, "message": f"Model not found: {_path(seen).rpartition('/')[2]}"}
        return 200, [{"modelName": model, "minWorkers": least, "workers": workers}]

    return act


def _path(seen: Seen) -> str:
    return seen.path.partition("?")[0]


def _cause(model: str, token: str, seen: Sequence[Seen]) -> str:
    """Say what was asked instead of the model, if that may be the mistake."""
    paths = set(map(_path, seen))
    if not paths:
        return " It did not ask the server at `address`."
    if "/ping" in paths:
        return " /ping speaks of the frontend, not of a model: ask /models/ and its name."
    if f"/models/{model}" not in paths:
        return f" It asked {', '.join(sorted(paths))}: ask /models/ and its name."
    if any(request.token != f"Bearer {token}" for request in seen):
        return " The server refused the token: send it as the header `Authorization: Bearer ...`."
    return ""


def _must_say(expected: bool, outcome: Outcome, what: str, cause: str) -> None:
    if outcome.raised is not None:
        raise Wrong(f"with {what}, your function raised {_told(outcome.raised)}.{cause}")
    if not isinstance(outcome.returned, bool):
        raise Wrong(f"with {what}, your function returned a {type(outcome.returned).__name__}, not True or False.")
    if outcome.returned != expected:
        raise Wrong(f"with {what}, expected {expected}, found {outcome.returned}.{cause}")


@exercise("9.4", hints=["hashlib.sha256(content).hexdigest() is what to compare with.",
                        "There are three ways to False: name not in `known`, no file, another hash."])  # fmt: skip
def trusted(answer: object) -> None:
    function = must_be_a_function(answer, "trusted")
    with tempfile.TemporaryDirectory(dir=workspace()) as name:
        folder = Path(name)
        names = [f"{secrets.token_hex(3)}.mar" for _ in range(3)]
        contents = [secrets.token_bytes(2000) for _ in names]
        for file, content in zip(names, contents, strict=True):
            (folder / file).write_bytes(content)
        first, second, third = (folder / file for file in names)
        hashes = [hashlib.sha256(content).hexdigest() for content in contents]
        known = {names[0]: hashes[0], names[1]: hashes[1], "gone.mar": secrets.token_hex(32)}
        for path in first, second:
            _judge(function, path, known, True, "a file from your build")
        _judge(function, third, known, False, "a file whose name is unknown")
        _judge(function, folder / "stranger.mar", known, False, "an unknown name without a file")
        changed = bytearray(contents[0])
        changed[random.randrange(100, 1900)] ^= 1
        first.write_bytes(changed)
        _judge(function, first, known, False, "a known name and size, with one bit changed")
        second.write_bytes(contents[0])
        _judge(function, second, known, False, "the content of one known file under the name of another")
        _judge(function, folder / "gone.mar", known, False, "a known name without a file")


def _judge(function: Callable, path: Path, known: dict[str, str], expected: bool, what: str) -> None:
    cause = " Compare SHA-256 of the file's content, as hex, with what `known` says for its name." if expected else ""
    outcomes = []
    for given in (str(path), path):
        outcomes.append(_run(None, 10, function, given, dict(known)))
        if outcomes[-1].late:
            raise Wrong(f"for {what}, your function did not end in 10 seconds: does its loop end with the file?")
    for outcome, other, kind in (*outcomes, "text"), (*outcomes[::-1], "a Path"):
        if isinstance(outcome.raised, (OSError, KeyError)):
            raise Wrong(f"for {what}, your function raised {_told(outcome.raised)}; it should return False.")
        if outcome.raised is not None:
            cure = "" if other.raised else f" `path` was {kind}; it may be text or a Path."
            raise Wrong(f"for {what}, your function raised {_told(outcome.raised)}.{cure}")
        _must_say(expected, outcome, what, cause)
