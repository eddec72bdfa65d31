"""What a learner's client and the server said to each other while a check ran it."""

import contextlib
from collections.abc import Iterator
from unittest import mock

import requests


@contextlib.contextmanager
def responses() -> Iterator[list[requests.Response]]:
    """Collect the responses that `requests` receives within the block."""
    seen: list[requests.Response] = []
    send = requests.Session.send

    def keep(self: requests.Session, request: requests.PreparedRequest, **kwargs: object) -> requests.Response:
        response = send(self, request, **kwargs)
        seen.append(response)
        return response

    with mock.patch.object(requests.Session, "send", keep):
        yield seen
