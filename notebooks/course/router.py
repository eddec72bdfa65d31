"""A small router on this machine: one address for clients, and a version of the model for each request."""

import http.client
import threading
from collections import Counter
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from urllib.parse import urlsplit

IDLE = 5.0
"""Seconds after which a client's connection that sends nothing is closed, so that every thread ends."""

PATIENCE = 30.0
"""Seconds that the model server has to answer."""

PASSED_ON = ("Authorization", "Content-Type")
"""Headers of a request that the model server gets to see."""


class Router:
    """Passes each request on to the version of a model that `choose` names, and the answer back as it comes.

    target: where the model is asked, for example "http://127.0.0.1:21345/predictions/digits".
    choose: called as `choose(number)` with the request's number, from 0; returns a version, for example "2.0".

    A context manager. It listens on a free port of 127.0.0.1; leaving the block ends it and its threads, at the latest
    `IDLE` seconds after the last client went quiet. A target that does not answer makes a 502.
    """

    def __init__(self, target: str, choose: Callable[[int], str]) -> None:
        self.target = urlsplit(target)
        self.choose = choose
        self.passed: Counter[str] = Counter()
        """How many requests went to each version so far."""
        self._lock = threading.Lock()
        self._number = 0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(self))
        self._server.daemon_threads = False  # server_close then waits for them
        self._thread = threading.Thread(target=self._server.serve_forever, name="router", daemon=True)

    @property
    def url(self) -> str:
        """Where clients ask."""
        return f"http://127.0.0.1:{self._server.server_port}/predictions/{self.target.path.rpartition('/')[2]}"

    def version(self) -> str:
        """Choose the version for the next request."""
        with self._lock:
            version = self.choose(self._number)
            self._number += 1
            self.passed[version] += 1
            return version

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def _handler_of(router: Router) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"  # keeps a client's connection open for its next request
        timeout = IDLE
        disable_nagle_algorithm = True

        def setup(self) -> None:
            super().setup()
            self.upstream = http.client.HTTPConnection(router.target.hostname, router.target.port, timeout=PATIENCE)

        def finish(self) -> None:
            self.upstream.close()
            super().finish()

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = {name: self.headers[name] for name in PASSED_ON if name in self.headers}
            try:
                self.upstream.request("POST", f"{router.target.path}/{router.version()}", body, headers)
                response = self.upstream.getresponse()
                status, content = response.status, response.read()
                kind = response.headers.get("Content-Type", "application/json")
            except (OSError, http.client.HTTPException) as error:
                self.upstream.close()
                status, content, kind = 502, f"{type(error).__name__}: {error}".encode(), "text/plain"
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args: object) -> None:
            """Write no line for each request."""

    return Handler
