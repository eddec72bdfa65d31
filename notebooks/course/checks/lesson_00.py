"""The exercises of lesson 00, and what the checks of the next lessons borrow from it."""

import contextlib
import io
import sys
from collections.abc import Callable
from types import CodeType

import torch

from course.digits import MEAN, STD, distort, load_digits, to_input, trained
from course.exercises import Option, Wrong, exercise, question


def kind(value: object) -> str:
    """Return what `value` is, to be put after "yours is": `None`, `the class Reader`, `of type int`."""
    if value is None:
        return "None"
    return f"the class {value.__name__}" if isinstance(value, type) else f"of type {type(value).__name__}"


def need_function(answer: object, name: str) -> None:
    """Raise `Wrong` unless `answer` is something that can be called, and not a class."""
    if isinstance(answer, type) or not callable(answer):
        raise Wrong(f"`{name}` must be a function; yours is {kind(answer)}.")


def slips(images: torch.Tensor) -> list[tuple[torch.Tensor, str]]:
    """Return what `images` (uint8, n x 28 x 28) become by each common slip in normalising, and what to say to it."""
    raw = images.unsqueeze(1).float()
    x = raw / 255
    return [
        (raw, "the pixels are still 0 to 255, and not normalised."),
        ((raw - MEAN) / STD, "mean and deviation are those of pixels from 0 to 1; divide the bytes by 255 first."),
        (x, "the pixels are 0 to 1, but not normalised; mean and deviation are missing."),
        (x - MEAN, "the mean is subtracted, but the division by the deviation is missing."),
        (x - MEAN / STD, "only the mean is divided by the deviation, as `/` comes before `-`; brackets are missing."),
        ((x - STD) / MEAN, "mean and deviation have changed places."),
        ((x - x.mean()) / x.std(), "these are the images' own mean and deviation; use 0.1307 and 0.3081 for all."),
    ]  # fmt: skip


@exercise("0.1", hints=["A pixel is 0 to 255. Divide first, then subtract the mean, then divide by the deviation.",
                        "`images.unsqueeze(1)` adds the channel; `.float()` makes floats of the bytes."])  # fmt: skip
def normalise(answer: object) -> None:
    need_function(answer, "normalise")
    for count in (5, 1, 8):
        images = torch.randint(0, 256, (count, 28, 28), dtype=torch.uint8)
        found, expected = answer(images.clone()), to_input(images)
        if not isinstance(found, torch.Tensor):
            forgot = " Did you forget `return`?" if found is None else ""
            raise Wrong(f"`normalise` must return a tensor; what yours returns is {kind(found)}.{forgot}")
        if found.shape != expected.shape:
            raise Wrong(
                f"images of shape {list(images.shape)} must become {list(expected.shape)}, with a channel; "
                f"yours become {list(found.shape)}."
            )
        if found.dtype != torch.float32:
            raise Wrong(f"the network reads float32; yours is {found.dtype}.")
        for slip, because in slips(images):
            if torch.allclose(found, slip, atol=1e-5):
                raise Wrong(because)
        off = ~torch.isclose(found, expected, rtol=0, atol=1e-5)
        if off.any():
            pixel, right, wrong = (x[off][0].item() for x in (images.unsqueeze(1), expected, found))
            raise Wrong(
                f"shape and type are right, the numbers aren't: a pixel of {pixel} must become {right:.3f}, "
                f"and became {wrong:.3f}."
            )
    if to_input.__code__ in _functions_called(answer, images):
        raise Wrong("the numbers are right, but they come from `to_input`. Write its three steps yourself.")


def _functions_called(function: Callable, images: torch.Tensor) -> set[CodeType]:
    """Return the code of every Python function that runs while `function(images)` does."""
    called, before = set(), sys.getprofile()
    sys.setprofile(lambda frame, event, _: called.add(frame.f_code))
    try:
        function(images.clone())
    finally:
        sys.setprofile(before)
    return called


question(
    "0.2",
    "What does data/digitnet.pth hold?",
    Option(
        "The network: its weights and its forward method.", "The file holds no code at all: look at its keys again."
    ),
    Option("Names and tensors, nothing else.", "Yes. Without the Python class nobody can run it.", right=True),
    Option("A graph that any language can execute.", "That is what lesson 01 makes. A state_dict has no graph."),
    Option(
        "The pickled class DigitNet.", "torch.save(model) would pickle a reference to the class; a state_dict doesn't."
    ),
)


@exercise("0.3", hints=["Call it twice on the same image. Which layer answers differently each time in training mode?",
                        "`.eval()` once after loading, `to_input` on a batch of one, `argmax`, `int`."])  # fmt: skip
def repair_classify(answer: object) -> None:
    need_function(answer, "classify")
    images = _clear_digits()
    with contextlib.redirect_stdout(io.StringIO()):  # 400 lines, if it prints one each time
        found, again = ([answer(image.clone()) for image in images] for _ in range(2))
    if others := [digit for digit in found if not isinstance(digit, int)]:
        raise Wrong(f"`classify` must return an int such as 7; what yours returns is {kind(others[0])}.")
    if found != again:
        raise Wrong("the same image gets different answers: dropout is on, so the model is still in training mode.")
    model = trained()
    with torch.no_grad():
        expected = model(to_input(images)).argmax(1).tolist()
        for slip, because in slips(images):
            if found != expected and found == model(slip).argmax(1).tolist():
                raise Wrong(f"the model is in eval mode now, but its input isn't what it was trained on: {because}")
    if wrong := sum(a != b for a, b in zip(found, expected, strict=True)):
        raise Wrong(
            f"{wrong} of {len(images)} answers differ from the trained model's. Does yours have the weights "
            "in `WEIGHTS`, is it in eval mode, and is its input normalised?"
        )


@torch.no_grad()
def _clear_digits() -> torch.Tensor:
    """Return 200 digits (uint8, 200 x 28 x 28) that nobody has seen; the first ones are misread unless normalised."""
    held_out, _ = load_digits(train=False)
    images, model = distort(held_out[torch.randperm(len(held_out))[:600]]), trained()
    scores = model(to_input(images))
    misread = model(images.unsqueeze(1).float()).argmax(1) != scores.argmax(1)
    best = scores.topk(2).values
    clear = best[:, 0] - best[:, 1] > 0.01  # no rounding decides which digit it is
    return torch.cat([images[clear & misread][:20], images[clear & ~misread]])[:200]


question(
    "0.4",
    "A request carries a PNG. Where is it turned into a tensor?",
    Option(
        "In the frontend, before the job queue.",
        "The frontend is a Java program: it moves bytes, and knows nothing of tensors.",
    ),
    Option("In the client.", "It could be, but this client sends the PNG as it is."),
    Option(
        "In the archive.",
        "The archive is a file, so it computes nothing. It brings your handler and your model to the worker.",
    ),
    Option(
        "In the handler, inside a worker process.",
        "Yes. The handler is your Python code; each worker process runs a copy of its own.",
        right=True,
    ),
)
