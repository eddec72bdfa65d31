"""Ray Serve: one replica that reads batches, behind HAProxy where Ray has it (Linux). BENCH_PORT: where it listens.

Ray's own performance guide names the two switches that `setups.py` sets: RAY_SERVE_THROUGHPUT_OPTIMIZED and
RAY_SERVE_ENABLE_HA_PROXY. Requests are taken on 127.0.0.1 only; Ray's inner ports and HAProxy's statistics listen on
every interface, and Ray has no setting against it.
"""

import json
import os
import signal
import sys

import ray
from ray import serve
from reader import Reader
from starlette.requests import Request
from starlette.responses import Response

BATCH = 64


# max_ongoing_requests is 5 by default: batches would never fill.
@serve.deployment(max_ongoing_requests=1000, logging_config={"enable_access_log": False, "log_level": "WARNING"})
class Digits:
    """Answers a PNG, the request's body, with `{"digit": 7}`."""

    def __init__(self) -> None:
        self.reader = Reader()

    @serve.batch(max_batch_size=BATCH, batch_wait_timeout_s=0.001)
    async def read(self, files: list[bytes]) -> list[int]:
        """Return the digit in each PNG."""
        return self.reader.read(files)

    async def __call__(self, request: Request) -> Response:
        """Answer one request."""
        digit = await self.read(await request.body())
        return Response(json.dumps({"digit": digit}), media_type="application/json")


def main() -> None:
    """Start a cluster of this machine alone, deploy, and end both on SIGTERM."""
    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, lambda *_: sys.exit(0))
    here = {"PYTHONPATH": os.path.dirname(os.path.abspath(__file__))}
    ray.init(
        _temp_dir=os.environ["TMPDIR"], _node_ip_address="127.0.0.1", include_dashboard=False, num_cpus=4,
        object_store_memory=80 * 2**20, configure_logging=False, runtime_env={"env_vars": here},
    )  # fmt: skip
    try:
        serve.start(http_options={"host": "127.0.0.1", "port": int(os.environ["BENCH_PORT"])})
        serve.run(Digits.bind(), route_prefix="/predictions/digits")
        signal.pause()
    finally:
        serve.shutdown()
        ray.shutdown()


if __name__ == "__main__":
    main()
