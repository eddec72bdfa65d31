"""The digit handler on Ray Serve: the same class and the same `.pt`, behind another engine.

Nothing of `digit_handler.py` is repeated here. A replica makes one `DigitHandler`, gives it what a TorchServe worker
would give it, and calls its `handle` with the same rows. What stands here is what TorchServe's frontend does in Java:
it turns HTTP into rows, and the statuses that the handler sets into HTTP.
"""

import asyncio
import json
import os
from pathlib import Path
from urllib.parse import parse_qsl

import torch
from digit_handler import DigitHandler
from ray import serve
from starlette.requests import Request
from starlette.responses import Response
from ts.context import Context, RequestProcessor

MAX_REQUEST = 6_553_500
"""Bytes of a body: TorchServe's default `max_request_size`. Serve has no such setting."""

NODE = "COURSE_NODE"
"""The environment variable with the name of the node that a replica runs on."""


@serve.deployment(
    num_replicas=1,
    max_ongoing_requests=32,  # requests in one replica's hands; the default, 5, could never fill a batch of 8
    ray_actor_options={"num_cpus": 1},
    health_check_period_s=1,
    health_check_timeout_s=30,
    graceful_shutdown_timeout_s=20,
    graceful_shutdown_wait_loop_s=0.2,  # how often a replica that stops looks if its requests are done; 2 s otherwise
)
class DigitDeployment:
    """Answers as TorchServe with `digits.mar` does.

    model: path of the TorchScript file; every node must be able to read it.
    version: what the header `X-Version` of each answer says.
    """

    def __init__(self, model: str, version: str = "1.0") -> None:
        self.version = version
        self.handler = DigitHandler()
        manifest = {"model": {"serializedFile": Path(model).name}}
        self.context = Context("digits", str(Path(model).parent), manifest, 8, None, "0.12.0", metrics=Times())
        self.handler.initialize(self.context)

    async def __call__(self, request: Request) -> Response:
        """Answer one HTTP request; Serve calls this for many of them at a time."""
        if request.method == "GET":
            return self._respond(200, self.handler.describe_handle())
        body = bytearray()
        async for part in request.stream():
            body += part
            if len(body) > MAX_REQUEST:
                return Response(status_code=413)
        status, answer, mates = await self.batch(to_row(request.headers.get("content-type", ""), bytes(body)))
        return self._respond(status, answer, {"X-Batch": str(mates)})

    @serve.batch(max_batch_size=8, batch_wait_timeout_s=0.005)
    async def batch(self, rows: list[dict]) -> list[tuple[int, dict, int]]:
        """Answer a batch of rows with a status, a body and the batch's size for each, in their order."""
        return await asyncio.to_thread(self._handle, rows)

    def check_health(self) -> None:
        """Run the model once: what raises here has the replica replaced.

        Nothing else of the handler may be used: it keeps its batch in itself, and one may be on its way.
        """
        self.handler.inference(torch.zeros(1, 1, 28, 28))

    def _handle(self, rows: list[dict]) -> list[tuple[int, dict, int]]:
        context = self.context
        context.request_ids = dict(enumerate(map(str, range(len(rows)))))
        context.request_processor = [RequestProcessor({}) for _ in rows]
        answers = self.handler.handle(rows, context)
        statuses = [context.get_response_status(index)[0] or 200 for index in range(len(rows))]
        return [(status, answer, len(rows)) for status, answer in zip(statuses, answers, strict=True)]

    def _respond(self, status: int, answer: dict, more: dict | None = None) -> Response:
        served = {"X-Version": self.version, "X-Node": os.environ.get(NODE, "")} | (more or {})
        return Response(json.dumps(answer), status, media_type="application/json", headers=served)


class Times:
    """Takes what a handler measures; Serve measures the same by itself, as `ray_serve_processing_latency_ms`."""

    def add_time(self, *_: object, **__: object) -> None:
        """Drop it."""


# ---- HTTP to rows, as TorchServe's frontend does it --------------------------------------------------------------


def to_row(content_type: str, body: bytes) -> dict:
    """Return the row that TorchServe's frontend and worker make of a request: values by field name."""
    kind, _, options = content_type.partition(";")
    kind = kind.strip().lower()
    if kind == "multipart/form-data":
        return multipart_fields(body, options)
    if kind == "application/x-www-form-urlencoded":
        line = body.splitlines()[0] if body.strip() else b""  # TorchServe drops what follows a line end, too
        return {name: bytearray(value.encode()) for name, value in parse_qsl(line.decode("latin-1"), True)}
    if kind == "application/json":
        try:
            return {"body": json.loads(body)}
        except (ValueError, RecursionError):
            return {"body": bytearray(body)}
    if kind.startswith("text/"):
        try:
            return {"body": body.decode()}
        except UnicodeDecodeError:
            pass
    return {"body": bytearray(body)}


def multipart_fields(body: bytes, options: str) -> dict:
    """Return the fields of a form by name; none of a form that has no end."""
    boundary = parameter(options, "boundary")
    _, *parts = (b"\r\n" + body).split(b"\r\n--" + boundary.encode())
    if not boundary or not parts or not parts.pop().startswith(b"--"):
        return {}
    fields = {}
    for part in parts:
        head, _, content = part.partition(b"\r\n\r\n")
        for line in head.decode("latin-1").splitlines():
            if line.lower().startswith("content-disposition:"):
                fields[parameter(line, "name")] = bytearray(content)
    return fields


def parameter(line: str, name: str) -> str:
    """Return a parameter of a header's value, such as `boundary`; "" when there is none."""
    for piece in line.split(";"):
        key, _, value = piece.strip().partition("=")
        if key.lower() == name:
            return value.strip('"')
    return ""
