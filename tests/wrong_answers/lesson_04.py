"""Plausible wrong answers to lesson 04, and what their verdicts must say."""

_IMPORTS = """\
%%writefile careful_handler.py
import io
import torch
from PIL import Image
from torchvision.transforms.functional import normalize, to_tensor
from ts.torch_handler.base_handler import BaseHandler

"""

_READS_WITHIN_TRY = """\
class CarefulHandler(BaseHandler):
    def preprocess(self, data):
        self.count, self.bad = len(data), set()
        tensors = []
        for index, row in enumerate(data):
            try:
                image = Image.open(io.BytesIO(row["body"])).convert("L").resize((28, 28))
                tensors.append(normalize(to_tensor(image), [0.1307], [0.3081]))
            except Exception:
                self.bad.add(index)
        return torch.stack(tensors) if tensors else torch.zeros(0, 1, 28, 28)

"""

_ANSWERS_IN_PLACE = """\
    def postprocess(self, scores):
        digits = iter(scores.argmax(1).tolist())
        answers = []
        for index in range(self.count):
            if index in self.bad:
                self.context.set_response_status(415, "Unsupported Media Type", index)
                answers.append({"code": 415, "message": "send one image"})
            else:
                answers.append({"digit": next(digits)})
        return answers
"""

WRONG = {
    "4.1": [
        (
            "def to_answers(scores):\n"
            "    return [{'digit': int(s.argmax()), 'confidence': float(s.max())} for s in scores]",
            "raw score",
        ),
        (
            "def to_answers(scores):\n"
            "    return [{'digit': s.argmax(), 'confidence': s.max()} for s in scores.softmax(1)]",
            "must become JSON",
        ),
        (
            "def to_answers(scores):\n    best = scores.softmax(1).max(1)\n"
            "    return {'digit': best.indices.tolist(), 'confidence': best.values.tolist()}",
            "wants a list",
        ),
        (
            "def to_answers(scores):\n    p = scores.softmax(0)\n"
            "    return [{'digit': int(s.argmax()), 'confidence': p[i].max().item()} for i, s in enumerate(scores)]",
            "not add up to 1",
        ),
        (
            "def to_answers(scores):\n    return [{'digit': digit} for digit in scores.argmax(1).tolist()]",
            'the keys "digit" and "confidence"',
        ),
        (
            "def to_answers(scores):\n    best = scores.softmax(1).max(1)\n"
            "    return [{'digit': d, 'confidence': round(c, 1)} for c, d in zip(best.values.tolist(), "
            "best.indices.tolist())]",
            "the confidence should be",
        ),
        ("def to_answers(scores):\n    [{'digit': int(s.argmax())} for s in scores]", "is there a `return`?"),
        ("to_answers = [{'digit': 7, 'confidence': 0.998}]", "must be a function; yours is of type list"),
        (
            "def to_answers(scores):\n    best = scores.softmax(1).max(1)\n"
            "    return [{'digit': best.indices.tolist(), 'confidence': best.values.tolist()}] * len(scores)",
            "one of each a request; yours are list and list",
        ),
    ],
    "4.3": [
        (
            "def picture(value):\n    return Image.open(io.BytesIO(value)).convert('L').resize((28, 28))",
            "a gray PNG as base64 str, your code raised TypeError",
        ),
        (
            "def picture(value):\n    if isinstance(value, str):\n        value = base64.b64decode(value)\n"
            "    return Image.open(io.BytesIO(value)).convert('L').resize((28, 28))",
            "dict with base64, your code raised TypeError",
        ),
        (
            "def picture(value):\n    value = value['data'] if isinstance(value, dict) else value\n"
            "    value = base64.b64decode(value) if isinstance(value, str) else value\n"
            "    return Image.open(io.BytesIO(value)).resize((28, 28))",
            "an RGB PNG as bytearray, the image must be gray",
        ),
        (
            "def picture(value):\n    value = value['data'] if isinstance(value, dict) else value\n"
            "    value = base64.b64decode(value) if isinstance(value, str) else value\n"
            "    return Image.open(io.BytesIO(value)).convert('L')",
            "must be 28 x 28; yours is 56 x 56",
        ),
        (  # one channel of a coloured picture
            "def picture(value):\n    value = value['data'] if isinstance(value, dict) else value\n"
            "    value = base64.b64decode(value) if isinstance(value, str) else value\n"
            "    return Image.open(io.BytesIO(value)).getchannel(0).resize((28, 28))",
            "an RGB PNG as bytearray, size and mode are right, but the pixels",
        ),
        (  # a corner of a larger picture
            "def picture(value):\n    value = value['data'] if isinstance(value, dict) else value\n"
            "    value = base64.b64decode(value) if isinstance(value, str) else value\n"
            "    return Image.open(io.BytesIO(value)).convert('L').crop((0, 0, 28, 28))",
            "a 56 x 56 PNG as bytearray, size and mode are right, but the pixels",
        ),
        (
            "def picture(value):\n    return Image.open(io.BytesIO(value)).convert('L').thumbnail((28, 28))",
            "is there a `return`?",
        ),
    ],
    "4.4": [
        (  # the handler of the lesson as it was: everything fails together
            _IMPORTS + "class CarefulHandler(BaseHandler):\n    def preprocess(self, data):\n"
            "        images = [Image.open(io.BytesIO(row['body'])).convert('L').resize((28, 28)) for row in data]\n"
            "        return torch.stack([normalize(to_tensor(i), [0.1307], [0.3081]) for i in images])\n\n"
            "    def postprocess(self, scores):\n"
            "        return [{'digit': digit} for digit in scores.argmax(1).tolist()]\n",
            "One bad image fails its mates",
        ),
        (  # bad requests are left out of the list
            _IMPORTS + _READS_WITHIN_TRY + "    def postprocess(self, scores):\n"
            "        return [{'digit': digit} for digit in scores.argmax(1).tolist()]\n",
            "number of batch response mismatched",
        ),
        (  # a message, but no status
            _IMPORTS
            + _READS_WITHIN_TRY
            + "\n".join(line for line in _ANSWERS_IN_PLACE.splitlines() if "set_response_status" not in line),
            "Set its status",
        ),
        (  # the status of a server's fault
            _IMPORTS + _READS_WITHIN_TRY + _ANSWERS_IN_PLACE.replace("415", "500"),
            "as if the server failed",
        ),
        (  # nothing is left to stack when all three are bad
            _IMPORTS + _READS_WITHIN_TRY.replace(" if tensors else torch.zeros(0, 1, 28, 28)", "") + _ANSWERS_IN_PLACE,
            "non-empty TensorList",
        ),
        (  # answers of good requests first, errors last: the wrong clients get them
            _IMPORTS + _READS_WITHIN_TRY + "    def postprocess(self, scores):\n"
            "        for index in self.bad:\n            self.context.set_response_status(415, 'bad', index)\n"
            "        answers = [{'digit': digit} for digit in scores.argmax(1).tolist()]\n"
            "        return answers + [{'code': 415}] * len(self.bad)\n",
            "Is the order right?",
        ),
        (  # without an index, the status goes to the first of the batch
            _IMPORTS + _READS_WITHIN_TRY + _ANSWERS_IN_PLACE.replace('Type", index', 'Type"'),
            "A status went to the wrong request",
        ),
        (  # bad requests are remembered for ever
            _IMPORTS + _READS_WITHIN_TRY.replace("set()", "getattr(self, 'bad', set())") + _ANSWERS_IN_PLACE,
            "still know the bad ones of the batch before",
        ),
        (  # small gray pictures only
            _IMPORTS
            + _READS_WITHIN_TRY.replace('.convert("L").resize((28, 28))', "; image.load()")
            + _ANSWERS_IN_PLACE,
            "(RGB images of 56 x 56), request 0 is a good image and gets 503",
        ),
        (  # the model was trained on normalised pictures
            _IMPORTS
            + _READS_WITHIN_TRY.replace("normalize(to_tensor(image), [0.1307], [0.3081])", "to_tensor(image)")
            + _ANSWERS_IN_PLACE,
            "normalised, as in HastyHandler?",
        ),
        (_IMPORTS + _READS_WITHIN_TRY + _ANSWERS_IN_PLACE.replace("(415", '("415"'), "A status is an int"),
        (_IMPORTS + _READS_WITHIN_TRY + _ANSWERS_IN_PLACE.replace("415", "302"), "should get a 4xx; it gets 302"),
        (
            _IMPORTS + _READS_WITHIN_TRY + _ANSWERS_IN_PLACE.replace("next(digits)", "str(next(digits))"),
            "with an int; it gets {'digit': '",
        ),
        (  # TorchServe reports a failed import under another name
            _IMPORTS.replace("import io\n", "import io\nimport digit_tools\n") + _READS_WITHIN_TRY + _ANSWERS_IN_PLACE,
            "doesn't load: ModuleNotFoundError: No module named 'digit_tools'",
        ),
        (
            _IMPORTS + _READS_WITHIN_TRY + _ANSWERS_IN_PLACE + "\n\nclass Labels:\n    pass\n",
            "A handler's file defines one class",
        ),
    ],
}
