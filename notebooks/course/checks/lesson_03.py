"""The exercises of lesson 03: a frozen module that keeps a method, facts inside the file, a repaired input contract."""

import json
import random
import tempfile
import zipfile
from pathlib import Path

import torch

from course.digits import MEAN, STD, DigitNet, to_input, trained
from course.exercises import Option, Wrong, exercise, question
from course.workspace import workspace

TOLERANCE = 1e-4
"""Scores go up to about 30, where neighbouring float32 numbers lie 2e-6 apart: a reordered sum differs by a few."""


def _need_frozen(answer: object) -> torch.jit.ScriptModule:
    """Return `answer` if it is a frozen ScriptModule. Raises `Wrong` when it is something else."""
    if not isinstance(answer, torch.jit.ScriptModule):
        raise Wrong(f"expected a frozen module, got {type(answer).__name__}. Script the model, then freeze the result.")
    left = len(list(answer.parameters()))
    if left:
        raise Wrong(f"it is scripted but not frozen: it still has {left} parameters. Pass it to torch.jit.freeze.")
    return answer


def _run(call: object, *inputs: torch.Tensor) -> object:
    """Return `call(*inputs)`. Raises `Wrong` with the last line of a TorchScript error, which holds its cause."""
    try:
        with torch.no_grad():
            return call(*inputs)
    except RuntimeError as error:
        last = [line for line in str(error).splitlines() if line.strip()][-1]
        raise Wrong(f"TorchScript stopped: {last}") from error


def _need_scores(found: object, expected: torch.Tensor, what: str) -> None:
    if not isinstance(found, torch.Tensor):
        raise Wrong(f"{what} returned a {type(found).__name__}, expected a tensor.")
    if found.shape != expected.shape:
        raise Wrong(f"{what} returned the shape {list(found.shape)}, expected {list(expected.shape)}.")
    wrong = int((~torch.isclose(found.float(), expected, rtol=0, atol=TOLERANCE)).any(1).sum())
    if wrong:
        raise Wrong(f"{what} differs from the trained model on {wrong} of {len(expected)} images.")


@exercise(
    "3.1",
    hints=[
        "torch.jit.freeze keeps forward and drops every other method that you don't name.",
        'Pass the names as a list: torch.jit.freeze(scripted, preserved_attrs=["embed"]).',
    ],
)
def keep_a_method(answer: object) -> None:
    """Judge a frozen module that must keep its method `embed` (n x 1 x 28 x 28 -> n x 1568)."""
    module = _need_frozen(answer)
    if not hasattr(module, "embed"):
        raise Wrong("forward survived, but the method embed is gone: freeze drops what it isn't told to preserve.")
    model, inputs = trained(), torch.randn(5, 1, 28, 28)
    with torch.no_grad():
        scores, features = model(inputs), torch.flatten(model.features(inputs), 1)
    _need_scores(_run(module, inputs), scores, "forward")
    _need_scores(_run(module.embed, inputs), features, "embed")


@exercise(
    "3.3",
    hints=[
        "save: _extra_files={'facts.json': json.dumps(facts)}. load: a dict with the same key, filled in for you.",
        "torch.jit.load puts bytes into the dict you pass: json.loads(extra['facts.json']) turns them into facts.",
    ],
)
def ship_facts(answer: object) -> None:
    """Judge `answer(module, path, facts)`: it saves both to `path`, loads the file, returns (module, facts)."""
    if not callable(answer):
        raise Wrong(f"expected the function save_and_load, got {type(answer).__name__}.")
    facts = {"labels": [f"digit {n}" for n in random.sample(range(100), 10)], "mean": random.random()}
    model = trained()
    frozen = torch.jit.freeze(torch.jit.script(model))
    with tempfile.TemporaryDirectory(dir=workspace()) as folder:
        path = Path(folder, "digits.pt")
        returned = answer(frozen, str(path), json.loads(json.dumps(facts)) | {"std": (STD,)})
        if not path.is_file():
            raise Wrong("no file was saved at `path`: call torch.jit.save(module, path, ...).")
        with zipfile.ZipFile(path) as parts:
            kept = {name.partition("/extra/")[2]: parts.read(name) for name in parts.namelist() if "/extra/" in name}
    expected = facts | {"std": [STD]}
    _need_facts_in_file(kept, expected)
    if not isinstance(returned, tuple) or len(returned) != 2:
        raise Wrong(f"expected two things back, the loaded module and the facts; got {type(returned).__name__}.")
    module, told = returned
    if not isinstance(module, torch.jit.ScriptModule) or module is frozen:
        raise Wrong("the first thing returned must be the module that torch.jit.load gives you.")
    if isinstance(told, (bytes, str)):
        raise Wrong(f"the facts came back as {type(told).__name__}: turn them into a dict with json.loads.")
    if not isinstance(told, dict) or told != expected:
        raise Wrong("the facts returned aren't those in the file: read them from the dict that torch.jit.load filled.")
    inputs = torch.randn(5, 1, 28, 28)
    with torch.no_grad():
        _need_scores(_run(module, inputs), model(inputs), "the loaded module")


def _need_facts_in_file(kept: dict[str, bytes], expected: dict) -> None:
    if "facts.json" not in kept:
        there = ", ".join(sorted(kept)) or "nothing"
        raise Wrong(f"the file holds no extra facts.json, but {there}: pass _extra_files to torch.jit.save.")
    try:
        facts = json.loads(kept["facts.json"])
    except ValueError:
        start = kept["facts.json"][:40].decode(errors="replace")
        raise Wrong(f"facts.json isn't JSON, it starts {start!r}: write it with json.dumps.") from None
    if facts != expected:
        raise Wrong("facts.json doesn't hold the facts that were passed in.")


@exercise(
    "3.4",
    hints=[
        "to_input in lesson 00 does three things: it adds a dimension, makes floats of 0..1, and normalises them.",
        "images.unsqueeze(1).float() / 255 is the first half; then subtract 0.1307 and divide by 0.3081.",
    ],
)
def read_raw_bytes(answer: object) -> None:
    """Judge a frozen module that scores raw digits (uint8, n x 28 x 28)."""
    module = _need_frozen(answer)
    images = torch.randint(0, 256, (6, 28, 28), dtype=torch.uint8)
    sent = images.clone()
    found = _run(module, sent)
    model: DigitNet = trained()
    with torch.no_grad():
        expected, scaled = model(to_input(images)), model(images.unsqueeze(1).float() / 255)
        unscaled = model((images.unsqueeze(1).float() - MEAN) / STD)
    for mistake, because in (
        (scaled, "the pixels are scaled to 0..1 but not normalised: subtract 0.1307 and divide by 0.3081."),
        (unscaled, "the pixels are normalised but not scaled to 0..1 first: divide by 255."),
    ):
        if _same(found, mistake):
            raise Wrong(f"it runs, and its answers are wrong: {because}")
    _need_scores(found, expected, "raw_digits")


def _same(found: object, scores: torch.Tensor) -> bool:
    return isinstance(found, torch.Tensor) and found.shape == scores.shape and torch.allclose(found, scores, atol=1e-2)


question(
    "3.2",
    "A colleague freezes a scripted model and then trains it for one more epoch. What happens?",
    Option(
        "It trains as before: freezing only speeds up inference.",
        "No: the cell that counted them shows 0 parameters after freezing. There is nothing left to train.",
    ),
    Option(
        "Batch norm keeps its statistics, everything else trains.",
        "No: batch norm is gone altogether. Its numbers are folded into the convolution before it.",
    ),
    Option(
        "The optimizer gets an empty list of parameters: the weights are constants of the graph now.",
        "Yes. Keep the model that trains, and freeze a copy for serving whenever it changes.",
        right=True,
    ),
    Option(
        "Training works after .train() is called on the frozen module.",
        "No: freezing wrote the eval branch of dropout and batch norm into the graph. There is no mode left to change.",
    ),
)

question(
    "3.5",
    "A server runs four workers on four cores, and each worker answers one image at a time. Why give each one thread?",
    Option(
        "Four workers with four threads each are 16 threads on four cores, which wait for each other.",
        "Yes. A small model on one image has too little work to share, and handing it out costs time each time.",
        right=True,
    ),
    Option(
        "PyTorch isn't thread-safe.",
        "It is for inference. The reason is time, not safety.",
    ),
    Option(
        "More threads change the answers.",
        "No: the cell above shows the same scores with one thread and with all.",
    ),
    Option(
        "One thread uses less memory, so the model fits into the cache.",
        "The threads of a process share the same weights. What costs time is handing out the work, and waiting for it.",
    ),
)
