"""TorchServe as lesson 08 tunes it: its lean handler, in one class. One thread, a frozen model, torchvision decodes."""

import torch
from torchvision.io import ImageReadMode, decode_png
from ts.torch_handler.base_handler import BaseHandler


class TunedHandler(BaseHandler):
    """Answers each PNG (gray, 28 x 28) with `{"digit": 7}`; one bad picture fails its whole batch."""

    def initialize(self, context):
        """Load the archive's model, optimise it and run it, so that no client waits for that."""
        torch.set_num_threads(1)
        super().initialize(context)
        self.model = torch.jit.optimize_for_inference(self.model)
        for _ in range(3):
            self.inference(torch.zeros(1, 1, 28, 28))

    def preprocess(self, data):
        """Return normalised digits (float32, n x 1 x 28 x 28) for a batch of requests."""
        files = [torch.frombuffer(row["body"], dtype=torch.uint8) for row in data]
        digits = torch.stack([decode_png(file, ImageReadMode.GRAY) for file in files])
        return (digits / 255 - 0.1307) / 0.3081

    def postprocess(self, data):
        """Return an answer for each row of scores (float32, n x 10)."""
        return [{"digit": digit} for digit in data.argmax(1).tolist()]
