"""The batches that exercise 4.4 sends to a learner's handler, and what it says about the answers."""

import io
import random
import re
from collections.abc import Iterator
from functools import cache

import torch
from PIL import Image

from course.digits import load_digits, to_input, to_png, trained
from course.exercises import Wrong
from course.harness import LocalHandler

LARGE = "RGB images of 56 x 56"


def batches() -> Iterator[tuple[str, dict[int, bytes | None]]]:
    """Yield what a batch holds and its bad requests by their places; `None` is one without an image."""
    yield "nothing bad", {}
    first, second, third = torch.randperm(3).tolist()
    yield "bytes that are no image", {first: bytes(torch.randint(0, 256, (200,)).tolist())}
    yield "nothing bad, after a bad one", {}
    yield "an image cut off", {second: _cut_off()}
    yield "a request without an image", {third: None}
    yield "two bad requests", {first: b"no image", third: _cut_off()}
    yield "bad requests only", {0: _cut_off(), 1: b"no image", 2: b""}
    yield LARGE, {}


def judge_batch(local: LocalHandler, what: str, bad: dict[int, bytes | None]) -> None:
    """Send one batch to the handler in `local`. Raises `Wrong` when a request doesn't get what it should."""
    count = 3 if len(bad) == 3 else random.randint(3, 5)
    digits = torch.randperm(10)[:count].tolist()  # all different, so that a wrong order shows
    rows = [{"body": bytearray(png_of(_picture_of(digit, large=what == LARGE)))} for digit in digits]
    for index, content in bad.items():
        rows[index] = {} if content is None else {"body": bytearray(content)}
    seen = len(local.log)
    try:
        answers = local.predict(rows)
    except Exception as error:
        raise Wrong(f"TorchServe can't send what you set: {error}. A status is an int, its phrase a str.") from error
    told = local.log[seen:].strip().splitlines()
    cause = f" The log ends with: {without_addresses(told[-1])}." if told else ""
    place = f"in a batch of {count} ({what}), request"
    for index in set(range(count)) - set(bad):
        status, body = answers[index].status, answers[index].body
        if status != 200:
            misplaced = any(answers[other].status == 200 for other in bad)
            why = _why_refused(status, what, bool(bad), misplaced)
            raise Wrong(f"{place} {index} is a good image and gets {status}. {why}{cause}")
        why = "Is the order right?" if bad else ""
        if not isinstance(body, dict) or type(body.get("digit")) is not int:
            wanted = f'{{"digit": {digits[index]}}}, with an int'
            raise Wrong(f"{place} {index} should get {wanted}; it gets {body!r:.60}. {why}")
        if body["digit"] != digits[index]:
            why = why or "Is it made gray, 28 x 28 and normalised, as in HastyHandler?"
            raise Wrong(f"{place} {index} should get digit {digits[index]}; it gets {body['digit']}. {why}")
    for index in bad:
        status, body = answers[index].status, answers[index].body
        if status == 200:
            raise Wrong(f"{place} {index} is bad, yet its client gets a 200 with {body!r:.60}. Set its status.")
        if not 400 <= status < 500:
            why = ", as if the server failed" if status >= 500 else ""
            raise Wrong(f"{place} {index} is bad and should get a 4xx; it gets {status}{why}.{cause}")


def _why_refused(status: int, what: str, bad: bool, misplaced: bool) -> str:
    if status >= 500:
        return "One bad image fails its mates." if bad else "Good images must be answered."
    if misplaced:
        return "A status went to the wrong request: its index is the third argument, and answers keep their order."
    if "after" in what:
        return "Does your handler still know the bad ones of the batch before?"
    if bad:
        return "One bad image fails its mates."
    return "Your `except` may catch an error of your own code, such as a missing import: print it."


@cache
def _sure() -> list[torch.Tensor]:
    """Return, for each digit, the held-out pictures (uint8, n x 28 x 28) that the model is sure of."""
    images, _ = load_digits(train=False)
    with torch.no_grad():
        confident = trained()(to_input(images)).softmax(1) > 0.99
    return [images[confident[:, digit]] for digit in range(10)]


def _picture_of(digit: int, *, large: bool) -> Image.Image:
    image = Image.fromarray(random.choice(_sure()[digit]).numpy())
    return image.convert("RGB").resize((56, 56), Image.Resampling.NEAREST) if large else image


def png_of(image: Image.Image) -> bytes:
    """Return `image` as a PNG file."""
    buffer = io.BytesIO()
    image.save(buffer, format="PNG")
    return buffer.getvalue()


def _cut_off() -> bytes:
    """Return the first half of a PNG: its header is fine, so opening works, and decoding fails."""
    images, _ = load_digits(train=False)
    content = to_png(images[int(torch.randint(len(images), ()))])
    return content[: len(content) // 2]


def without_addresses(text: object) -> str:
    """Return `text` without the addresses of objects, and without the full stop at its end."""
    return re.sub(r" ?<[^>]* at 0x\w+>", "", str(text)).rstrip(".")
