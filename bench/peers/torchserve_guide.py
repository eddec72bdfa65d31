"""TorchServe as most guides set it up: lesson 08's first handler. Pillow decodes, torchvision normalises."""

import io

import torch
from PIL import Image
from torchvision.transforms.functional import normalize, to_tensor
from ts.torch_handler.base_handler import BaseHandler


class GuideHandler(BaseHandler):
    """Answers each PNG with `{"digit": 7}`; torch keeps its default number of threads."""

    def preprocess(self, data):
        """Return normalised digits (float32, n x 1 x 28 x 28) for a batch of requests."""
        images = [Image.open(io.BytesIO(row["body"])) for row in data]
        return torch.stack([normalize(to_tensor(image), [0.1307], [0.3081]) for image in images])

    def postprocess(self, data):
        """Return an answer for each row of scores (float32, n x 10)."""
        return [{"digit": digit} for digit in data.argmax(1).tolist()]
