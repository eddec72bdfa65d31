"""A TorchServe handler that reads handwritten digits from almost anything a client may send.

The archive carries one TorchScript model (normalised digits, batch x 1 x 28 x 28 in; ten scores, batch x 10 out).
TorchServe hands the handler a batch of requests and calls its three steps in turn:

    preprocess     requests to one tensor of all the pictures that could be read
    inference      that tensor to scores
    postprocess    scores to one answer a request, in the order the requests came in

A request that can't be read gets a 4xx of its own, with one sentence that says why. Its batch-mates never notice.

TorchServe wants exactly one class in this file; all the rest are functions, in the order of a picture's way from
request to tensor. They report trouble by raising TorchServe's own `PredictionException(sentence, status)`.
"""

import base64
import io
import json
import logging
import math
import os
import warnings
from http import HTTPStatus
from urllib.parse import unquote_to_bytes

import numpy as np
import torch
from PIL import Image
from ts.torch_handler.base_handler import BaseHandler
from ts.utils.util import PredictionException

logger = logging.getLogger(__name__)

MEAN, STD = 0.1307, 0.3081
"""Mean and standard deviation of MNIST's pixels, scaled to 0..1: the model was trained on pixels normalised so."""

SIDE, DIGIT_SIDE = 28, 20
"""MNIST fits each digit into 20 x 20 pixels and centres it in a picture of 28 x 28."""

FIELDS = ("data", "body", "image")
"""Where a picture may lie: a raw request arrives as `body`, form fields and JSON keys by their own names."""

FORMATS = ("PNG", "JPEG", "GIF", "BMP", "WEBP")
MAGIC_BYTES = (b"\x89PNG", b"\xff\xd8", b"GIF8", b"BM", b"RIFF")
"""Pillow opens some 40 formats. A public server tries only these five, told by their first bytes."""

MAX_BYTES = 8 * 2**20
MAX_PIXELS = 4096 * 4096
MAX_SIDE = 8192
MAX_INSTANCES = 64
"""What one request may hold. A picture's size is checked before it is decoded, so memory and time are bounded."""

WORK_SIDE = 1024
"""Pictures with a longer side than this are reduced right after decoding."""

MIN_CONTRAST = 20
"""A picture whose strongest ink differs less than this (of 255) from its background is blank."""

NOISE = 0.2
"""Ink weaker than this part of the strongest is paper grain or JPEG noise, no part of the digit."""

UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""How a picture must be turned, by its EXIF orientation (tag 274: how the camera was held)."""

ACCEPTED_IMAGES = "accepted are PNG, JPEG, GIF, BMP and WebP images"
ACCEPTED_REQUESTS = (
    'accepted are an image as the request\'s body, a form or JSON with one field "data", "body" or "image" '
    'that holds an image or its base64, and JSON {"instances": [...]}'
)
ACCEPTED_PIXELS = "accepted are rows of equally many numbers from 0 (black) to 255 (white)"
ACCEPTED_SIZES = f"accepted are up to {MAX_PIXELS:,} pixels a request and {MAX_SIDE:,} pixels a side"


class DigitHandler(BaseHandler):
    """Answers each picture with `{"digit": 7, "confidence": 0.998, "probabilities": [ten numbers]}`."""

    def initialize(self, context):
        """Load the archive's TorchScript model, optimise it and run it once, so that no client waits for that."""
        torch.set_num_threads(1)  # a worker is a process of its own: their threads would only fight over the cores
        Image.MAX_IMAGE_PIXELS = MAX_PIXELS
        self.context = context
        self.manifest = context.manifest
        self.device = torch.device("cpu")
        path = os.path.join(context.system_properties["model_dir"], self.manifest["model"]["serializedFile"])
        self.load_network(path)
        self.inference(torch.zeros(1, 1, SIDE, SIDE))
        self.initialized = True

    def load_network(self, path):
        """Load the TorchScript file at `path`: `self.network` for explanations, `self.model` to answer with.

        A subclass overrides it to serve another kind of file.
        """
        self.network = torch.jit.load(path, map_location=self.device).eval()  # explanations need its gradients
        self.model = torch.jit.optimize_for_inference(self.network)  # frozen first where it isn't; has no gradients

    def preprocess(self, data):
        """Turn a batch of requests into one tensor of all the pictures that can be read.

        What `postprocess` needs to know of each request is kept in `self.requests`: the row of its picture in the
        tensor, a list of rows for `instances`, the error for a request that can't be read, or a finished answer.

        Args:
            data: a list of dicts, one a request: its fields' values by name.

        Returns:
            Normalised digits (float32, n x 1 x 28 x 28). n is 0 when no request can be read.
        """
        digits, self.requests = [], []
        for index, fields in enumerate(data):
            try:
                if self._asks(index, "explain") and not hasattr(self, "get_insights"):
                    raise PredictionException("This model offers no explanations; ask for a prediction.", 400)
                if self._asks(index, "describe"):
                    self.requests.append(self.describe_handle())
                    continue
                new = guarded_read(fields)
            except PredictionException as error:
                self.requests.append(error)
                continue
            if isinstance(new, list):
                self.requests.append(list(range(len(digits), len(digits) + len(new))))
                digits.extend(new)
            else:
                self.requests.append(len(digits))
                digits.append(new)
        self.digits = normalise(digits)
        return self.digits

    @torch.inference_mode()
    def inference(self, data):
        """Return scores (float32, n x 10) for normalised digits (float32, n x 1 x 28 x 28)."""
        if len(data) == 0:
            return torch.zeros(0, 10)
        return self.model(data)

    def postprocess(self, data):
        """Turn scores (float32, n x 10) into a list of answers, one for each request of the batch, in its order."""
        rows = torch.softmax(data.double(), dim=1).tolist()
        return [self._answer(index, request, rows) for index, request in enumerate(self.requests)]

    def describe_handle(self):
        """Return what the management API tells under `GET /models/digits?customized=true`."""
        return {"reads": ACCEPTED_REQUESTS, "images": ACCEPTED_IMAGES, "sizes": ACCEPTED_SIZES}

    def _answer(self, index, request, rows):
        """Return the answer to the request at `index` of the batch, and set its status where it isn't 200."""
        self.context.set_response_content_type(index, "application/json")
        try:
            if isinstance(request, PredictionException):
                raise request
            if isinstance(request, dict):
                return request
            if isinstance(request, list):
                return {"predictions": [self._read(index, row, rows) for row in request]}
            return self._read(index, request, rows)
        except PredictionException as error:
            code = int(error.error_code)
            self.context.set_response_status(code, HTTPStatus(code).phrase, index)
            return {"code": code, "message": error.message}

    def _read(self, index, row, rows):
        """Return the answer for the picture in `row` of the tensor, explained where the request at `index` asks so.

        A subclass explains: its `get_insights(tensor_data, data, target)`, as TorchServe calls it, gets one normalised
        digit (float32, 1 x 1 x 28 x 28), None, and the digit that was read, and returns what goes into JSON.
        """
        answer = prediction(rows[row])
        if self._asks(index, "explain"):
            answer["attributions"] = self.get_insights(self.digits[row : row + 1], None, answer["digit"])
        return answer

    def _asks(self, index, what):
        """Tell whether a request asks for something else than a prediction; TorchServe says so in a header."""
        return bool(self.context.request_processor) and self.context.get_request_header(index, what) == "True"

    # A client can send those headers too. BaseHandler would then treat its whole batch so; `preprocess` looks at each
    # request by itself.
    def _is_explain(self):
        return False

    def _is_describe(self):
        return False


def prediction(probabilities):
    """Return the answer for one picture, given its ten probabilities (floats).

    Raises:
        PredictionException: 500, when the model gave no numbers. NaN isn't valid JSON, so it must not get out.
    """
    if not all(map(math.isfinite, probabilities)):
        raise PredictionException("The model itself failed: its scores for this picture are not numbers.", 500)
    confidence = max(probabilities)
    return {"digit": probabilities.index(confidence), "confidence": confidence, "probabilities": probabilities}


def normalise(digits):
    """Stack pictures (float32, 28 x 28, 0..255) into the tensor that the model reads (n x 1 x 28 x 28)."""
    if not digits:
        return torch.zeros(0, 1, SIDE, SIDE)
    return (torch.from_numpy(np.stack(digits)).unsqueeze(1) / 255 - MEAN) / STD


# ---- Requests ----------------------------------------------------------------------------------------------------


def guarded_read(fields):
    """Do as `read_request`, but never raise anything else than a `PredictionException`.

    The last resort for what nobody foresaw. It guards the reading of one request only: errors of the model are no
    fault of a client and must not look like one.
    """
    try:
        return read_request(fields)
    except PredictionException:
        raise
    except Exception as error:
        logger.exception("A request could not be read for a reason that the handler does not know")
        sentence = f"The request could not be read ({type(error).__name__}); {ACCEPTED_REQUESTS}."
        raise PredictionException(sentence, 400) from error


def read_request(fields):
    """Return the digit (float32, 28 x 28, 0..255) that a request holds, or a list of digits for `instances`.

    Args:
        fields: the request as TorchServe hands it over: values by field name, a raw body under `body`.
    """
    value = parse_json(only_picture(fields, "The request"))
    if isinstance(value, dict) and "instances" in value:
        return read_instances(value["instances"])
    return read_picture(value, MAX_PIXELS)


def only_picture(fields, owner):
    """Return the one value among `fields` (a dict) that lies under an accepted name; `owner` is for the message."""
    found = [name for name in FIELDS if name in fields]
    if not found:
        sentence = (
            f'{owner} has no field "data", "body" or "image" (curl sends one with -T or -F data=@FILE, not with -d)'
        )
        raise PredictionException(f"{sentence}; {ACCEPTED_REQUESTS}.", 400)
    if len(found) > 1:
        raise PredictionException(f"{owner} has several pictures ({', '.join(found)}); send one a request.", 400)
    return fields[found[0]]


def parse_json(value):
    """Return what JSON text stands for, and any other value as it is.

    TorchServe has decoded JSON already if the request said it was JSON and if it was right.
    """
    if not isinstance(value, (str, bytes, bytearray, memoryview)):
        return value
    text = to_bytes(value).lstrip()
    if not text.startswith((b"{", b"[")):
        return value
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise PredictionException(f"The request's JSON can't be parsed; {ACCEPTED_REQUESTS}.", 400) from error


def read_instances(instances):
    """Return the digits (float32, 28 x 28, 0..255) of a JSON list; one bad picture fails the whole request."""
    if not isinstance(instances, list) or not instances:
        raise PredictionException(f'"instances" must be a list of 1 to {MAX_INSTANCES} pictures.', 400)
    if len(instances) > MAX_INSTANCES:
        sentence = f'"instances" holds {len(instances):,} pictures; accepted are up to {MAX_INSTANCES} a request.'
        raise PredictionException(sentence, 413)
    digits = []
    for number, instance in enumerate(instances):
        try:
            digits.append(read_picture(instance, MAX_PIXELS // len(instances)))
        except PredictionException as error:
            raise PredictionException(f"instances[{number}]: {error.message}", error.error_code) from error
    return digits


def read_picture(value, max_pixels):
    """Return one digit (float32, 28 x 28, 0..255).

    Args:
        value: an image file's bytes, their base64 as text, a list of rows of pixels, or a dict with one of these
            under `data`, `body`, `image` or `b64`.
        max_pixels: how large a picture may be.
    """
    if isinstance(value, dict):
        named = {"data" if name == "b64" else name: content for name, content in value.items()}
        value = only_picture(named, "The JSON object")
    if isinstance(value, list):
        return to_digit(pixels_of_list(value, max_pixels))
    if isinstance(value, (str, bytes, bytearray, memoryview)):
        return to_digit(pixels_of_file(image_bytes(to_bytes(value)), max_pixels))
    sentence = f"A picture can't be given as {type(value).__name__}; {ACCEPTED_REQUESTS}."
    raise PredictionException(sentence, 400)


# ---- Bytes and text ----------------------------------------------------------------------------------------------


def to_bytes(value):
    """Return text or any kind of bytes as `bytes`."""
    return value.encode("utf-8", errors="replace") if isinstance(value, str) else bytes(value)


def image_bytes(content):
    """Return the bytes of an image file, given them or their base64 (in any of the forms that clients produce)."""
    if not content.strip():
        raise PredictionException(f"The request is empty; {ACCEPTED_REQUESTS}.", 400)
    if len(content) > MAX_BYTES * 4 // 3:
        raise PredictionException(f"The picture has {len(content):,} bytes; accepted are {MAX_BYTES:,}.", 413)
    if content.startswith(MAGIC_BYTES):
        return content
    if not content.isascii():
        raise PredictionException(f"The request holds no image of a known format; {ACCEPTED_IMAGES}.", 415)
    return decode_base64(content)


def decode_base64(text):
    """Return the bytes that base64 `text` (ASCII bytes) stands for: plain, URL-safe, wrapped, unpadded or a data URL.

    A form turns each `+` into a space unless the client escaped it, so a space within the text is a `+`.
    """
    if text[:5].lower() == b"data:":
        header, _, text = text.partition(b",")
        if not header.lower().endswith(b";base64"):
            sentence = 'The data URL must be written as "data:image/png;base64,..."; no other encoding is accepted.'
            raise PredictionException(sentence, 400)
        text = unquote_to_bytes(text)
    text = text.translate(bytes.maketrans(b"-_ ", b"+/+"), delete=b"\r\n\t\f\v").lstrip(b"+")
    digits = text.rstrip(b"=+") if b"=" in text[-8:] else text
    try:
        return base64.b64decode(digits + b"=" * (-len(digits) % 4), validate=True)
    except ValueError as error:
        sentence = f"The text is neither JSON nor valid base64; {ACCEPTED_REQUESTS}."
        raise PredictionException(sentence, 400) from error


# ---- Pixels ------------------------------------------------------------------------------------------------------


def check_size(width, height, max_pixels):
    """Refuse a picture of `width` x `height` pixels that is too large to decode.

    Raises:
        PredictionException: 413.
    """
    if width * height > max_pixels or max(width, height) > MAX_SIDE:
        sentence = f"The picture is too large ({width:,} x {height:,} pixels); {ACCEPTED_SIZES}."
        raise PredictionException(sentence, 413)


def pixels_of_list(rows, max_pixels):
    """Return the picture (float32, height x width x 1, 0..255) that a JSON list of rows of numbers stands for."""
    if not all(isinstance(row, list) and row and len(row) == len(rows[0]) for row in rows) or not rows:
        raise PredictionException(f"The list isn't a picture; {ACCEPTED_PIXELS}.", 400)
    check_size(len(rows[0]), len(rows), max_pixels)
    if not all(type(pixel) in (int, float) for row in rows for pixel in row):
        raise PredictionException(f"The list holds something else than numbers; {ACCEPTED_PIXELS}.", 400)
    if not all(0 <= pixel <= 255 for row in rows for pixel in row):  # NaN is not, either
        raise PredictionException(f"The list holds numbers out of range; {ACCEPTED_PIXELS}.", 422)
    return np.array(rows, dtype=np.float32)[:, :, np.newaxis]


def pixels_of_file(content, max_pixels):
    """Return the picture (float32, height x width x 1 or 3, 0..255) in the bytes of an image file.

    Only the first frame of an animation is read. Pillow decodes when it is asked for pixels: opening reads the header.
    """
    if not content.startswith(MAGIC_BYTES):
        raise PredictionException(f"The base64 stands for no image of a known format; {ACCEPTED_IMAGES}.", 415)
    try:
        with warnings.catch_warnings(), io.BytesIO(content) as file:
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file, formats=FORMATS) as image:
                check_size(*image.size, max_pixels)
                return decode(image)
    except PredictionException:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError, MemoryError) as error:
        raise PredictionException(f"The picture is too large; {ACCEPTED_SIZES}.", 413) from error
    except Exception as error:  # Pillow's decoders raise all sorts: OSError, SyntaxError, ValueError, struct.error ...
        sentence = f"The image is damaged, cut off or of an unknown format; {ACCEPTED_IMAGES}."
        raise PredictionException(sentence, 415) from error


def decode(image):
    """Return the pixels (float32, height x width x 1 or 3, 0..255) of an opened image: upright, no transparency."""
    image.draft(None, (WORK_SIDE, WORK_SIDE))  # a JPEG can be decoded at 1/2, 1/4 or 1/8 of its size
    turn = UPRIGHT.get(image.getexif().get(274))
    deep = image.mode.startswith("I")  # 16 bits a pixel
    transparent = image.has_transparency_data
    image = image.convert("F" if deep else "RGBA" if transparent else "L" if image.mode in ("1", "L") else "RGB")
    image = image.reduce(math.ceil(max(image.size) / WORK_SIDE))
    if turn is not None:
        image = image.transpose(turn)
    pixels = np.asarray(image, dtype=np.float32)
    if deep:
        pixels = pixels / 257
    elif transparent:
        pixels = fill_transparency(pixels)
    return pixels.reshape(*pixels.shape[:2], -1)


def fill_transparency(pixels):
    """Lay a picture (float32, height x width x RGBA, 0..255) on white if its ink is dark, on black if it is light."""
    colours, opacity = pixels[:, :, :3], pixels[:, :, 3:] / 255
    brightness = (colours * opacity).mean() / max(opacity.mean(), 1e-6)
    ground = 255 if brightness < 128 else 0
    return colours * opacity + ground * (1 - opacity)


# ---- From a picture to a digit as MNIST shows it -----------------------------------------------------------------


def to_digit(pixels):
    """Return the digit (float32, 28 x 28, 0..255, white on black) in a picture (height x width x channels, 0..255).

    A white digit on black of 28 x 28 pixels, as MNIST's are, comes out exactly as it went in.

    Raises:
        PredictionException: 422 for a blank picture.
    """
    ground = background(pixels)
    ink = np.abs(pixels - ground).max(axis=2)
    strongest = float(ink.max())
    if strongest < MIN_CONTRAST:
        sentence = "The image is blank; accepted is a digit that stands out from its background (pixels are 0 to 255)."
        raise PredictionException(sentence, 422)
    if ink.shape != (SIDE, SIDE):
        ink = fit(ink)
    return ink * (255 / ink.max()) if ground.any() or pixels.shape[:2] != (SIDE, SIDE) else ink


def background(pixels):
    """Return the colour (float32, channels) of a picture's ground: the median of the pixels along its edges."""
    edges = [pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]]
    return np.median(np.concatenate(edges), axis=0)


def fit(ink):
    """Return the ink of a picture of any size (float32, height x width, 0 is none) as MNIST's digits were made.

    The digit is cut out, brought to 20 pixels on its longer side, and laid into 28 x 28 with its centre of mass in the
    middle. Source: Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits".
    """
    ink = np.where(ink < NOISE * ink.max(), 0, ink)
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    digit = np.ascontiguousarray(ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])
    scale = DIGIT_SIDE / max(digit.shape)
    height, width = (max(1, round(length * scale)) for length in digit.shape)
    digit = np.asarray(Image.fromarray(digit).resize((width, height), Image.Resampling.BOX))
    top = offset(digit.sum(axis=1))
    left = offset(digit.sum(axis=0))
    canvas = np.zeros((SIDE, SIDE), dtype=np.float32)
    canvas[top : top + height, left : left + width] = digit
    return canvas


def offset(weights):
    """Return where in 28 pixels to lay a strip of ink (weights, 1-D) so that its centre of mass is in the middle."""
    centre = float((weights * (np.arange(len(weights)) + 0.5)).sum() / weights.sum())
    return min(max(round(SIDE / 2 - centre), 0), SIDE - len(weights))
