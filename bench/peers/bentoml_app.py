"""BentoML: two workers with adaptive batching.

An API that batches takes a list, and each client sends a list of one: base64 in JSON is the quickest form of a picture
that such an API reads (a file in a form would first be written to disk).
Tried: one worker (half as much at 64 clients), a plain `def` (as much), two workers without batches, and a raw PNG
without batches (BentoML writes it to a file).
"""

import base64

import bentoml
from reader import Reader


@bentoml.service(workers=2, traffic={"timeout": 60}, logging={"access": {"enabled": False}}, metrics={"enabled": False})
class Digits:
    """Answers a list of one PNG with `[{"digit": 7}]`."""

    def __init__(self) -> None:
        self.reader = Reader()

    # 1,000 ms is the longest that anybody may wait, not a delay: BentoML's dispatcher adapts its window to the load.
    @bentoml.api(route="/predictions/digits", batchable=True, max_batch_size=64, max_latency_ms=1000)
    async def predict(self, images: list[str]) -> list[dict[str, int]]:
        """Return the digit in each PNG (base64)."""
        return [{"digit": digit} for digit in self.reader.read([base64.b64decode(image) for image in images])]
