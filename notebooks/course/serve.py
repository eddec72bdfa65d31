"""`make serve`: the whole flow for a terminal. It serves the digit model and prints the curl line that asks it."""

import shlex
import signal
import sys
import time
from urllib.request import getproxies_environment

from course.archive import digits_archive
from course.server import ServerError, TorchServe

SAMPLE = "data/samples/digit_7.png"
"""The picture that the curl line sends; the path starts at the project's folder."""

POLL = 0.5
"""Seconds between two looks at whether the server is still there."""


def curl_line(server: TorchServe) -> str:
    """Return the line that asks `server`, a running one, about `SAMPLE`: for a terminal in the project's folder."""
    line = ["curl", "-H", f"Authorization: Bearer {server.inference_token}", "-T", SAMPLE]
    if {"http", "all"} & set(getproxies_environment()):  # curl would ask the proxy for an address of this machine
        line += ["--noproxy", "127.0.0.1"]
    return shlex.join([*line, f"{server.inference_address}/predictions/digits"])


def serve() -> None:
    """Build the archive where needed, serve it, say how to ask, and return only when the server ended by itself.

    Raises KeyboardInterrupt on SIGINT and SIGTERM, `ServerError` when the server can't start; then nothing is left.
    """
    print("Starting TorchServe; this takes some seconds.", flush=True)
    with TorchServe({"digits": digits_archive().name}) as server:
        print("\nReady. Ask it in another terminal, opened in the project's folder:\n", flush=True)
        print(f"  {curl_line(server)}\n", flush=True)
        print("The token is good for 60 minutes. Ctrl-C ends everything.", flush=True)
        while server.running:
            time.sleep(POLL)


def main() -> int:
    """Serve until Ctrl-C or SIGTERM; return the exit status."""
    for signum in (signal.SIGINT, signal.SIGTERM):  # a shell starts background jobs with SIGINT ignored
        signal.signal(signum, signal.default_int_handler)
    try:
        serve()
    except KeyboardInterrupt:
        print("\nStopped. Nothing is left running.")
        return 0
    except ServerError as error:
        print(error, file=sys.stderr)
        return 1
    print("TorchServe ended by itself. Did somebody end it, or is the machine short of memory?", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
