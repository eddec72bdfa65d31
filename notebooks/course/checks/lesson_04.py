"""The exercises of lesson 04."""

import base64
import json
import random
import tempfile
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageOps

from course.archive import save_digits_model
from course.checks.batches import batches, judge_batch, png_of, without_addresses
from course.digits import load_digits
from course.exercises import Option, Wrong, exercise, question
from course.harness import LocalHandler
from course.workspace import workspace


@exercise("4.1", hints=["Two things are asked of each row: which column is the highest, and how probable it is.",
                        "`torch.softmax(scores, dim=1)` makes probabilities of each row; `max(1)` gives both you need.",
                        "`.tolist()` makes plain numbers of a tensor. Go through both lists with `zip`."])  # fmt: skip
def answers_of_scores(answer: object) -> None:
    _need_function(answer, "to_answers")
    for count in (1, random.randint(5, 9)):
        scores = torch.randn(count, 10) * 5
        found = answer(scores.clone())
        if not isinstance(found, list):
            raise Wrong(f"TorchServe wants a list, one item a request; {_kind(found)}.")
        if len(found) != count:
            raise Wrong(f"{count} rows of scores need {count} answers, in their order; yours are {len(found)}.")
        confidences, digits = torch.softmax(scores, dim=1).max(1)
        for item, digit, confidence in zip(found, digits.tolist(), confidences.tolist(), strict=True):
            _judge_answer(item, digit, confidence)


def _need_function(answer: object, name: str) -> None:
    if not callable(answer):
        raise Wrong(f"`{name}` must be a function; yours is of type {type(answer).__name__}.")


def _kind(found: object) -> str:
    return "yours gave None (is there a `return`?)" if found is None else f"yours is of type {type(found).__name__}"


def _judge_answer(item: object, digit: int, confidence: float) -> None:
    if not isinstance(item, dict) or set(item) != {"digit", "confidence"}:
        raise Wrong(f'each answer is a dict with the keys "digit" and "confidence"; one of yours is {item!r:.60}.')
    try:
        json.dumps(item)
    except TypeError as error:
        raise Wrong(f"an answer must become JSON: {error}. Make plain Python numbers of it.") from error
    if type(item["digit"]) is not int or not isinstance(item["confidence"], float):
        kinds = f"{type(item['digit']).__name__} and {type(item['confidence']).__name__}"
        raise Wrong(f"the digit is an int and the confidence a float, one of each a request; yours are {kinds}.")
    if item["digit"] != digit:
        raise Wrong(f"the digit is the column of the row's highest score: {digit}, not {item['digit']}.")
    if not 0 <= item["confidence"] <= 1:
        raise Wrong(f"a confidence is a probability, 0 to 1; yours is {item['confidence']:.2f}. Is that the raw score?")
    if abs(item["confidence"] - confidence) > 1e-3:
        told = f"the confidence should be {confidence:.3f}, yours is {item['confidence']:.3f}."
        raise Wrong(f"{told} Is it rounded? Or do the ten probabilities of one request not add up to 1?")


question(
    "4.2",
    "A batch of three requests comes in. What must postprocess return?",
    Option("A tensor with three rows.", "TorchServe refuses it: Invalid model predict output. It wants a Python list."),
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
    _need_function(answer, "picture")
    images, _ = load_digits(train=False)
    for digit in images[torch.randperm(len(images))[:3]]:
        gray = Image.fromarray(digit.numpy())
        for kind, image in {
            "a gray": gray,
            "an RGB": ImageOps.colorize(gray, "black", "cyan"),  # no channel of it alone is the gray image
            "an RGBA": gray.convert("RGBA"),
            "a 56 x 56": gray.resize((56, 56)),
            "a 40 x 56": gray.resize((40, 56)),
            "a 14 x 14": gray.resize((14, 14)),
        }.items():
            content = png_of(image)
            text = base64.b64encode(content).decode()
            for form, value in {
                "bytearray": bytearray(content),
                "bytes": content,
                "base64 str": text,
                "dict with base64": {"data": text},
            }.items():
                _judge_picture(answer, value, image.convert("L"), f"{kind} PNG as {form}")


def _judge_picture(answer: object, value: object, sent: Image.Image, what: str) -> None:
    try:
        found = answer(value)
    except Exception as error:
        raise Wrong(f"for {what}, your code raised {type(error).__name__}: {without_addresses(error)}") from error
    if not isinstance(found, Image.Image):
        raise Wrong(f"for {what}, `picture` must return a PIL image; {_kind(found)}.")
    if found.mode != "L":
        raise Wrong(f'for {what}, the image must be gray, of mode "L"; yours is {found.mode!r}.')
    if found.size != (28, 28):
        raise Wrong(f"for {what}, the image must be 28 x 28; yours is {found.size[0]} x {found.size[1]}.")
    ways = [way(sent, (28, 28)) for way in (Image.Image.resize, ImageOps.pad, ImageOps.fit)]
    wanted = np.asarray(ways, dtype=float)  # stretched, padded or cropped to a square: all are good answers
    off = np.abs(np.asarray(found, dtype=float) - wanted).mean((1, 2)) / wanted.mean((1, 2))
    if off.min() > 0.6:  # another filter or another gray makes at most 0.45; another digit, or none, 1 or so
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
            first = ("ts.torch_handler" in str(error) and error.__context__) or error  # lesson 05 tells of it
            why = " A handler's file defines one class." if "only one class" in str(error) else ""
            raise Wrong(f"your handler doesn't load: {type(first).__name__}: {first}.{why}") from error
    with local:
        for what, bad in batches():
            judge_batch(local, what, bad)


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
