"""What lesson 05 archives, and the six broken archives of its clinic. (Reading this file spoils exercise 5.4.)"""

import inspect
import json
import tempfile
from pathlib import Path

from course.archive import build_archive, save_digits_model
from course.digits import WEIGHTS, DigitNet
from course.workspace import workspace

SMALL_HANDLER = """import io

import torch
from PIL import Image
from torchvision.transforms.functional import to_tensor
from ts.torch_handler.base_handler import BaseHandler


class SmallHandler(BaseHandler):
    def preprocess(self, data):
        pixels = [to_tensor(Image.open(io.BytesIO(row["body"]))) for row in data]
        return (torch.stack(pixels) - 0.1307) / 0.3081

    def postprocess(self, scores):
        return [{"digit": digit} for digit in scores.argmax(1).tolist()]
"""
"""The lesson's first handler: like many, it leaves loading to `BaseHandler`."""

LABELLED_HANDLER = """from small_handler import SmallHandler


class LabelledHandler(SmallHandler):
    def initialize(self, context):
        super().initialize(context)
        self.sure = context.model_yaml_config["sure"]

    def postprocess(self, scores):
        best = scores.softmax(1).max(1)
        pairs = zip(best.values.tolist(), best.indices.tolist())
        return [{"digit": self.mapping[str(i)] if p >= self.sure else "unsure"} for p, i in pairs]
"""
"""The lesson's second handler: it needs the first one's file, labels, and a key of its own in model-config.yaml."""

WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


def lay_out(folder: Path) -> None:
    """Write into `folder` everything that the lesson archives, under the names that it uses."""
    save_digits_model(folder / "digits.pt")
    (folder / "weights.pt").write_bytes(WEIGHTS.read_bytes())
    (folder / "digit_net.py").write_text("import torch\nfrom torch import nn\n\n\n" + inspect.getsource(DigitNet))
    (folder / "small_handler.py").write_text(SMALL_HANDLER)
    (folder / "labelled_handler.py").write_text(LABELLED_HANDLER)
    (folder / "index_to_name.json").write_text(json.dumps(dict(enumerate(WORDS))))
    (folder / "model-config.yaml").write_text("deviceType: cpu\nsure: 0.9\n")
    (folder / "model_store").mkdir()


def build_clinic(store: str | Path) -> dict[int, Path]:
    """Build six broken archives into the folder `store`; return them by their numbers."""
    with tempfile.TemporaryDirectory(dir=workspace()) as name:
        folder = Path(name)
        lay_out(folder)
        (folder / "digits.pth").write_bytes((folder / "digits.pt").read_bytes())
        (folder / "reader.py").write_text("from digit_tools import centre  # noqa: F401\n" + SMALL_HANDLER)
        (folder / "labels.py").write_text(SMALL_HANDLER + f"\n\nclass Labels:\n    words = {WORDS}\n")
        patients = {
            1: {"handler": "small_handler.py", "serialized_file": "digits.pth"},
            2: {"handler": "reader.py", "serialized_file": "digits.pt"},
            3: {"handler": "small_handler.py", "serialized_file": "digits.pt", "model_file": "digits.pt"},
            4: {"handler": "labels.py", "serialized_file": "digits.pt"},
            5: {"handler": "small_handler.py", "serialized_file": "digits.pt", "model_file": "digit_net.py"},
            6: {"handler": "small_handler.py", "serialized_file": "weights.pt"},
        }
        return {
            number: build_archive(
                f"patient_{number}", export_path=store, **{option: folder / file for option, file in files.items()}
            )
            for number, files in patients.items()
        }
