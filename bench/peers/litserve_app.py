"""LitServe: one worker that reads batches, two processes of the HTTP server. BENCH_PORT says where it listens.

Tried: one HTTP process (less), no batches (far less), and fast_queue, ZeroMQ instead of a queue of multiprocessing (no
clear difference).
"""

import os
from typing import Annotated

import litserve
from fastapi import Body
from reader import Reader


class DigitAPI(litserve.LitAPI):
    """Answers a PNG, the request's body, with `{"digit": 7}`."""

    def setup(self, device):
        """Load the model, in the worker."""
        self.reader = Reader()

    # Without a type of its own, LitServe takes JSON or forms: base64 of a PNG would be a third larger, and slower.
    def decode_request(self, request: Annotated[bytes, Body(media_type="application/octet-stream")]):
        """Hand on the body; decoding happens in a batch."""
        return request

    def batch(self, inputs):
        """Leave the batch a list: the default would try to stack it."""
        return inputs

    def predict(self, x):
        """Return the digit in each PNG of the batch."""
        return self.reader.read(x)

    def unbatch(self, output):
        """Hand the digits on one by one."""
        return output

    def encode_response(self, output):
        """Return what becomes the answer's JSON."""
        return {"digit": output}


if __name__ == "__main__":
    api = DigitAPI(max_batch_size=64, batch_timeout=0.001, api_path="/predictions/digits")
    server = litserve.LitServer(api, accelerator="cpu", workers_per_device=1)
    server.run(
        host="127.0.0.1", port=int(os.environ["BENCH_PORT"]), num_api_servers=2, log_level="warning",
        generate_client_file=False, access_log=False,
    )  # fmt: skip
