"""The exercises of lesson 09."""

import hashlib
import json
import random
import secrets
import tempfile
import threading
import time
from collections import Counter
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

MOST = 60
"""Requests that a client with pauses can't send in the 3 seconds it gets."""

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

    An act is a status, a pair of a status and what goes into JSON, `DROP` or `SILENT`, or a function from a `Seen` to
    one of these. After `release()` every request gets 200 at once, so that a client that never gives up comes to an
    end. A context manager.
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
            text = json.dumps(content).encode()
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
    thread: int | None = None
    """The id of the thread in which it ran."""


def _run(stage: Stage | None, patience: float, function: Callable[..., object], *args: object) -> Outcome:
    """Call the function and say what it did; `late` when that took longer than `patience` seconds."""
    outcome = Outcome()

    def call() -> None:
        try:
            outcome.returned = function(*args)
        except BaseException as error:  # a learner's code may raise anything, SystemExit too
            outcome.raised = error

    thread = threading.Thread(target=call, daemon=True)
    thread.start()
    thread.join(patience)
    outcome.thread = thread.ident
    outcome.late = thread.is_alive()
    if stage is not None and outcome.late:
        stage.release()
        thread.join(SLACK)
    return outcome


def _told(error: BaseException) -> str:
    return f"{type(error).__name__}: {str(error)[:150]}"


@exercise("9.2", hints=["Compare it with ask_again and its four rules: what, when, how soon, how long.",
                        "Return every response whose status is not 500, 503 or 507; catch ConnectionError and Timeout "
                        "of requests; compare with a deadline before each pause.",
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
    for status in random.sample([400, 404, 413, 415], 2):
        call.gets(status, [status, 200], f"a {status}")
    call.gives_up([SILENT], "a server that accepts and stays silent")
    pauses = [call.gives_up([503], "a server that says 503 for ever", 3.0) for _ in range(2)]
    same = sum(one == other for one, other in zip(*pauses, strict=False))
    if same > min(map(len, pauses)) / 2:  # the last one may differ, where it was cut at the deadline
        raise Wrong("your pauses are the same each time, so all clients come back at once: add jitter.")


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
            raise Wrong(f"after {what}, your client raised {_told(outcome.raised)}.")
        if outcome.late:
            raise Wrong(f"after {what}, your client did not end in its 20 seconds.")
        found = getattr(outcome.returned, "status_code", None)
        if found is None:
            raise Wrong(f"return the response itself; yours returned a {type(outcome.returned).__name__}.")
        if found != status:
            raise Wrong(f"after {what}, your client returned a {found}: that one may be sent again.")
        if any(request.body != self.body for request in seen):
            raise Wrong("the server did not get the `body` each time: data=body.")
        if any(request.token != self.headers["Authorization"] for request in seen):
            raise Wrong("the server did not get the `headers` each time: headers=headers.")

    def gives_up(self, acts: Sequence[object], what: str, seconds: float = 1.5) -> list[float]:
        """Raise `Wrong` unless the client raises TimeoutError in time; return the pauses it made with time.sleep."""
        pauses: list[tuple[int, float]] = []
        sleep = time.sleep

        def noted(pause: float) -> None:
            pauses.append((threading.get_ident(), pause))
            sleep(pause)

        with Stage(*acts) as stage, mock.patch.object(time, "sleep", noted):
            given = (f"{stage.address}/x", self.body, self.headers, seconds)
            outcome = _run(stage, seconds + SLACK, self.function, *given)
            count = len(stage.seen)
        if outcome.late:
            raise Wrong(f"with {what}, your client never ended while the check watched; it had {seconds:g} seconds.")
        if count > MOST and acts == [503]:
            raise Wrong(
                f"with {what}, your client sent over {MOST} requests in {seconds:g} seconds: pause between two."
            )
        if not isinstance(outcome.raised, TimeoutError):
            did = "returned" if outcome.raised is None else f"raised {_told(outcome.raised)}"
            raise Wrong(f"with {what}, your client should raise TimeoutError in the end; it {did}.")
        if count < 2 and acts == [503]:
            raise Wrong(f"with {what}, your client asked only once in {seconds:g} seconds: begin with a shorter pause.")
        return [pause for thread, pause in pauses if thread == outcome.thread]  # others sleep too


@exercise("9.3", hints=["Ask GET /models/ and the model's name, with the token as `Bearer`, and a timeout below 5.",
                        "Catch requests.RequestException; without a 200 return False; "
                        'then any(worker["status"] == "READY" ...).'])  # fmt: skip
def healthy(answer: object) -> None:
    function = must_be_a_function(answer, "healthy")
    model, token = "m" + secrets.token_hex(3), secrets.token_hex(4)
    cases = [
        ("one READY worker", _describing(model, token, ["READY"]), True),
        ("one worker that starts anew", _describing(model, token, ["UNLOADING"]), False),
        ("one READY worker and one that starts anew", _describing(model, token, ["UNLOADING", "READY"]), True),
        ("no worker at all", _describing(model, token, []), False),
        ("another model only", _describing("other", token, ["READY"]), False),
        ("another token", _describing(model, secrets.token_hex(5), ["READY"]), False),
        ("an answer of 500", 500, False),
        ("a connection that breaks", DROP, False),
        ("a server that stays silent", SILENT, False),
    ]
    for what, act, expected in cases:
        with Stage(act) as stage:
            outcome = _run(stage, 5 + SLACK, function, stage.address, token, model)
            paths = Counter(request.path for request in stage.seen)
        if outcome.late:
            raise Wrong(f"with {what}, your function had no answer after 5 seconds: give requests a `timeout` below 5.")
        _must_say(expected, outcome, what, _cause(model, paths))
    nobody = f"http://127.0.0.1:{draw_ports(1)[0]}"
    _must_say(False, _run(None, 5 + SLACK, function, nobody, token, model), "nobody listening", "")


def _describing(model: str, token: str, states: Sequence[str]) -> Callable[[Seen], object]:
    """Return an act: a management address with one model, whose workers are in these states."""
    workers = [{"id": str(9000 + number), "status": state} for number, state in enumerate(states)]

    def act(seen: Seen) -> object:
        if seen.token != f"Bearer {token}":
            return 400, {"code": 400, "message": "Token Authorization failed."}
        if seen.path == "/ping":
            return 200, {"status": "Healthy"}
        if seen.path != f"/models/{model}":
            return 404, {"code": 404, "message": f"Model not found: {seen.path.rpartition('/')[2]}"}
        return 200, [{"modelName": model, "minWorkers": 1, "workers": workers}]

    return act


def _cause(model: str, paths: Counter) -> str:
    """Say what was asked instead of the model, if that may be the mistake."""
    if "/ping" in paths:
        return " /ping speaks of the frontend, not of a model: ask /models/ and its name."
    if not paths:
        return " It did not ask the server at `address`."
    return "" if f"/models/{model}" in paths else f" It asked {', '.join(paths)}: ask /models/ and its name."


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
        _judge(function, first, known, True, "a file from your build")
        _judge(function, third, known, False, "a file whose name is unknown")
        changed = bytearray(contents[0])
        changed[random.randrange(100, 1900)] ^= 1
        first.write_bytes(changed)
        _judge(function, first, known, False, "a known name and size, with one bit changed")
        second.write_bytes(contents[0])
        _judge(function, second, known, False, "the content of one known file under the name of another")
        _judge(function, folder / "gone.mar", known, False, "a known name without a file")


def _judge(function: Callable, path: Path, known: dict[str, str], expected: bool, what: str) -> None:
    for given in (str(path), path):
        try:
            found = function(given, dict(known))
        except (OSError, KeyError) as error:
            raise Wrong(f"for {what}, your function raised {type(error).__name__}; it should return False.") from error
        except (AttributeError, TypeError) as error:
            kind = type(given).__name__
            raise Wrong(
                f"with a {kind} as `path`, your function raised {_told(error)}; it may be text or a Path."
            ) from error
        if not isinstance(found, bool):
            raise Wrong(f"for {what}, your function returned a {type(found).__name__}, not True or False.")
        if found != expected:
            raise Wrong(f"for {what}, expected {expected}, found {found}.")
