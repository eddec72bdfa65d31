"""The exercises of lesson 04."""

import base64
import io
import json
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from course.archive import save_digits_model
from course.digits import load_digits, predict, to_png, trained
from course.exercises import Option, Wrong, exercise, question
from course.harness import Answer, LocalHandler
from course.workspace import workspace


@exercise("4.1", hints=["`torch.softmax(scores, dim=1)` makes probabilities of each row; `max(1)` gives both you need.",
                        "`.tolist()` makes plain numbers of a tensor. Go through both lists with `zip`."])  # fmt: skip
def answers_of_scores(answer: object) -> None:
    for count in (1, 7):
        scores = torch.randn(count, 10) * 5
        found = answer(scores.clone())
        if not isinstance(found, list):
            raise Wrong(f"TorchServe wants a list, one item a request; yours is a {type(found).__name__}.")
        if len(found) != count:
            raise Wrong(f"{count} rows of scores need {count} answers, in their order; yours are {len(found)}.")
        confidences, digits = torch.softmax(scores, dim=1).max(1)
        for item, digit, confidence in zip(found, digits.tolist(), confidences.tolist(), strict=True):
            _judge_answer(item, digit, confidence)


def _judge_answer(item: object, digit: int, confidence: float) -> None:
    if not isinstance(item, dict) or set(item) != {"digit", "confidence"}:
        raise Wrong(f'each answer is a dict with the keys "digit" and "confidence"; one of yours is {item!r}.')
    try:
        json.dumps(item)
    except TypeError as error:
        raise Wrong(f"an answer must become JSON: {error}. Make plain Python numbers of it.") from error
    if type(item["digit"]) is not int or type(item["confidence"]) is not float:
        kinds = f"{type(item['digit']).__name__} and {type(item['confidence']).__name__}"
        raise Wrong(f"the digit is an int and the confidence a float; yours are {kinds}.")
    if item["digit"] != digit:
        raise Wrong(f"the digit is the column of the highest score: {digit}, not {item['digit']}.")
    if not 0 <= item["confidence"] <= 1:
        raise Wrong(f"a confidence is a probability, 0 to 1; yours is {item['confidence']:.2f}. Is that the raw score?")
    if abs(item["confidence"] - confidence) > 1e-3:
        raise Wrong(
            f"the confidence should be {confidence:.3f}, yours is {item['confidence']:.3f}. "
            "Softmax runs over the ten scores of one request (dim=1)."
        )


question(
    "4.2",
    "A batch of three requests comes in. What must postprocess return?",
    Option(
        "A tensor with three rows.",
        "TorchServe refuses it: Invalid model predict output. It wants a Python list.",
    ),
    Option(
        "A list of the items that worked; failed ones are left out.",
        "Then its length isn't the batch's: number of batch response mismatched, and all three clients get a 503.",
    ),
    Option(
        "One dict with the key predictions.",
        "A dict isn't a list: nobody could tell which part of it belongs to which of the three clients.",
    ),
    Option(
        "A list of three items that can become JSON.",
        "One item a request, in their order: strings, bytes, or what json.dumps can write.",
        right=True,
    ),
)


@exercise("4.3", hints=["Ask for each type in turn: is it a dict, then look inside; is it a str, then decode base64.",
                        "`Image.open(io.BytesIO(content))` gives the image. `.convert(\"L\")` makes it gray, whatever "
                        "it was; `.resize((28, 28))` comes after."])  # fmt: skip
def picture_of_value(answer: object) -> None:
    images, _ = load_digits(train=False)
    for digit in images[torch.randperm(len(images))[:3]]:
        gray = Image.fromarray(digit.numpy())
        for kind, image in {
            "a gray": gray,
            "an RGB": gray.convert("RGB"),
            "an RGBA": gray.convert("RGBA"),
            "a 56 x 56": gray.resize((56, 56)),
            "a 40 x 56": gray.resize((40, 56)),
            "a 14 x 14": gray.resize((14, 14)),
        }.items():
            content = _png(image)
            text = base64.b64encode(content).decode()
            for form, value in {
                "bytearray": bytearray(content),
                "bytes": content,
                "base64 str": text,
                "dict with base64": {"data": text},
            }.items():
                _judge_picture(answer, value, gray, f"{kind} PNG as {form}")


def _judge_picture(answer: object, value: object, expected: Image.Image, what: str) -> None:
    try:
        found = answer(value)
    except Exception as error:
        raise Wrong(f"for {what}, your code raised {type(error).__name__}: {error}") from error
    if not isinstance(found, Image.Image):
        raise Wrong(f"for {what}, `picture` must return a PIL image; yours is a {type(found).__name__}.")
    if found.mode != "L":
        raise Wrong(f'for {what}, the image must be gray, of mode "L"; yours is {found.mode!r}.')
    if found.size != (28, 28):
        raise Wrong(f"for {what}, the image must be 28 x 28; yours is {found.size[0]} x {found.size[1]}.")
    difference = np.abs(np.asarray(found, dtype=float) - np.asarray(expected, dtype=float)).mean()
    if difference > 25:
        raise Wrong(f"for {what}, size and mode are right, but the pixels are not those of the digit that was sent.")


@exercise("4.4", hints=["Put the `try` inside the loop, around one request; outside, one failure still ends them all.",
                        "Keep in `self.bad` which indexes failed, empty it at the start of each batch, and put their "
                        "answers back in their places in `postprocess`.",
                        "When nothing can be read, `torch.stack([])` fails: return an empty batch."])  # fmt: skip
def one_bad_picture(answer: object) -> None:
    if not isinstance(answer, str):
        raise Wrong(f"the check reads your handler's source, a str; it got a {type(answer).__name__}.")
    with tempfile.TemporaryDirectory(dir=workspace()) as folder:
        file, model = Path(folder, "careful_handler.py"), Path(folder, "digits.pt")
        file.write_text(answer, encoding="utf-8")
        save_digits_model(model)
        try:
            local = LocalHandler(file, serialized_file=model)
        except Exception as error:
            raise Wrong(f"your handler doesn't load: {type(error).__name__}: {error}") from error
    with local:
        for what, bad in _poisons():
            _judge_batch(local, what, bad)
        _judge_batch(local, "an image cut off", {0: _cut_off(), 1: b"no image", 2: b""})
        _judge_batch(local, "nothing bad, after a bad batch", {})


def _poisons() -> Iterator[tuple[str, dict[int, bytes | None]]]:
    """Yield what is bad and the bad requests by their place in a batch of three; `None` is one without an image."""
    yield "nothing bad", {}
    first, second, third = torch.randperm(3).tolist()
    yield "bytes that are no image", {first: bytes(torch.randint(0, 256, (200,)).tolist())}
    yield "an image cut off", {second: _cut_off()}
    yield "a request without an image", {third: None}
    yield "two bad requests", {first: b"no image", third: _cut_off()}


def _judge_batch(local: LocalHandler, what: str, bad: dict[int, bytes | None]) -> None:
    images, _ = load_digits(train=False)
    digits = torch.randperm(10)[:3].tolist()  # all different, so that a wrong order shows
    read = predict(trained(), images)
    images = torch.stack([random.choice(images[read == digit]) for digit in digits])
    rows = [{"body": bytearray(to_png(image))} for image in images]
    for index, content in bad.items():
        rows[index] = {} if content is None else {"body": bytearray(content)}
    seen = len(local.log)
    answers = local.predict(rows)
    told = local.log[seen:].strip().splitlines()
    cause = f" The log ends with: {told[-1].partition(' <')[0].rstrip('.')}." if told else ""
    place = f"in a batch of three with {what}, request"
    for index in sorted(set(range(3)) - set(bad)):
        answer, digit = answers[index], digits[index]
        if answer.status != 200:
            why = "One bad image fails its mates." if bad else "Good images must be answered."
            if answer.status < 500 and not bad:
                why += " Your `except` may catch an error of your own code, such as a missing import: print it."
            raise Wrong(f"{place} {index} is a good image and gets {answer.status}. {why}{cause}")
        if not isinstance(answer.body, dict) or answer.body.get("digit") != digit:
            raise Wrong(f"{place} {index} should get digit {digit}; it gets {answer.body!r}. Is the order right?")
    for index in sorted(bad):
        _judge_bad(answers[index], f"{place} {index}", cause)


def _judge_bad(answer: Answer, place: str, cause: str) -> None:
    if answer.status == 200:
        raise Wrong(f"{place} is bad, yet its client gets a 200 with {answer.body!r}. Set its status.")
    if not 400 <= answer.status < 500:
        raise Wrong(f"{place} is bad and should get a 4xx; it gets {answer.status}, as if the server failed.{cause}")


def _png(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, format="PNG")
    return buffer.getvalue()


def _cut_off() -> bytes:
    """Return the first half of a PNG: its header is fine, so opening works, and decoding fails."""
    images, _ = load_digits(train=False)
    content = to_png(images[int(torch.randint(len(images), ()))])
    return content[: len(content) // 2]


question(
    "4.5",
    "Which of a handler's three main methods does what?",
    Option(
        "preprocess loads the model, inference decodes the image, postprocess computes the scores.",
        "Loading is initialize's work, once a worker. inference only calls the model.",
    ),
    Option(
        "preprocess checks the token, inference runs the model, postprocess sends the HTTP answer.",
        "Tokens and HTTP are the frontend's work. Your code never sees them.",
    ),
    Option(
        "preprocess makes a tensor of requests, inference makes scores of it, postprocess makes answers of them.",
        "One batch passes through all three, and `handle` calls them in that order.",
        right=True,
    ),
    Option(
        "Each of them answers one request; TorchServe calls them once for every request of a batch.",
        "They are called once a batch: that is why data is a list, and why one bad image can fail its mates.",
    ),
)
