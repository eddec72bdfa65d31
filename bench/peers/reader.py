"""What every set-up but the guide's shares: the same model, the same lean decoding, so that servers are compared.

Decoding and the model are those of lesson 08's lean handler: torchvision's `decode_png`, a frozen and optimised
TorchScript model, one thread.
"""

import os
from collections.abc import Sequence

import torch
from torchvision.io import ImageReadMode, decode_png

MEAN, STD = 0.1307, 0.3081
"""Mean and standard deviation of MNIST's pixels, scaled to 0..1."""


class Reader:
    """The model of the file that BENCH_MODEL names (TorchScript), which reads digits from PNGs.

    One thread: wherever several processes share the cores, more only fight over them, and for a picture of 28 x 28
    pixels one is quickest even alone. Each peer's own advice is the same (OMP_NUM_THREADS=1 for more than one process).
    """

    def __init__(self) -> None:
        torch.set_num_threads(1)
        self.model = torch.jit.optimize_for_inference(torch.jit.load(os.environ["BENCH_MODEL"]).eval())
        for _ in range(3):  # the first runs of a TorchScript model compile it
            self.scores(torch.zeros(1, 1, 28, 28))

    @torch.inference_mode()
    def scores(self, digits: torch.Tensor) -> torch.Tensor:
        """Return scores (float32, n x 10) for normalised digits (float32, n x 1 x 28 x 28)."""
        return self.model(digits)

    def read(self, files: Sequence[bytes]) -> list[int]:
        """Return the digit in each of the PNG files (gray, 28 x 28).

        Raises RuntimeError for what is no PNG.
        """
        # A bytearray is writable, which torch wants of a buffer; bytes it would warn about.
        buffers = [torch.frombuffer(bytearray(file), dtype=torch.uint8) for file in files]
        digits = torch.stack([decode_png(buffer, ImageReadMode.GRAY) for buffer in buffers])
        return self.scores((digits / 255 - MEAN) / STD).argmax(1).tolist()
