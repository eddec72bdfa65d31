"""The exercises of lesson 03: a frozen module that keeps a method, facts inside the file, a repaired input contract."""

import json
import random
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import torch

from course.checks.lesson_00 import kind, need_function, slips
from course.checks.lesson_01 import run_compiled
from course.digits import STD, DigitNet, to_input, trained
from course.exercises import Option, Wrong, exercise, question
from course.workspace import workspace

TOLERANCE = 1e-4
"""Scores go up to about 30, where neighbouring float32 numbers lie 2e-6 apart: a reordered sum differs by a few."""


def _need_frozen(answer: object) -> torch.jit.ScriptModule:
    """Return `answer` if it is a frozen ScriptModule. Raises `Wrong` when it is something else."""
    if not isinstance(answer, torch.jit.ScriptModule):
        raise Wrong(f"expected a frozen module; yours is {kind(answer)}. Script the model, then freeze the result.")
    left = len(list(answer.parameters()))
    if left:
        raise Wrong(f"it is scripted but not frozen: it still has {left} parameters. Pass it to torch.jit.freeze.")
    return answer


def _need_scores(found: object, expected: torch.Tensor, what: str) -> None:
    if not isinstance(found, torch.Tensor):
        raise Wrong(f"{what} must return a tensor; what it returned is {kind(found)}.")
    if found.shape != expected.shape:
        raise Wrong(f"{what} returned the shape {list(found.shape)}, expected {list(expected.shape)}.")
    wrong = int((~torch.isclose(found.float(), expected, rtol=0, atol=TOLERANCE)).any(1).sum())
    if wrong:
        raise Wrong(f"{what} gives other numbers than the original model on {wrong} of {len(expected)} images.")


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
    _need_scores(run_compiled(module, inputs), scores, "forward")
    _need_scores(run_compiled(module.embed, inputs), features, "embed")


@exercise(
    "3.3",
    hints=[
        "Both ways go through _extra_files, a dictionary from a file's name to what is in it, as the cells above show.",
        "save: _extra_files={'facts.json': json.dumps(facts)}. load: a dict with the same key, filled in for you.",
        "torch.jit.load puts bytes into the dict you pass: json.loads(extra['facts.json']) turns them into facts.",
    ],
)
def ship_facts(answer: object) -> None:
    """Judge `answer(module, path, facts)`: it saves both to `path`, loads the file, returns (module, facts)."""
    need_function(answer, "save_and_load")
    facts = {"labels": [f"digit {n}" for n in random.sample(range(100), 10)], "mean": random.random()}
    model = DigitNet().eval()
    frozen = torch.jit.freeze(torch.jit.script(model))
    with tempfile.TemporaryDirectory(dir=workspace()) as folder:
        path = Path(folder, "digits.pt")
        returned = _save_and_load(answer, frozen, str(path), json.loads(json.dumps(facts)) | {"std": (STD,)})
        if not path.is_file():
            raise Wrong("no file was saved at `path`: call torch.jit.save(module, path, ...).")
        with zipfile.ZipFile(path) as parts:
            kept = {name.partition("/extra/")[2]: parts.read(name) for name in parts.namelist() if "/extra/" in name}
    expected = facts | {"std": [STD]}
    _need_facts_in_file(kept, expected)
    if isinstance(returned, ValueError):
        raise Wrong("the file is right, but json.loads got no JSON to read. Does load's dict have the key facts.json?")
    if not isinstance(returned, (tuple, list)) or len(returned) != 2:
        got = f"{len(returned)} of them" if isinstance(returned, (tuple, list)) else kind(returned)
        raise Wrong(f"expected two things back, the loaded module and the facts; what came back is {got}.")
    module, told = returned
    if isinstance(told, torch.jit.ScriptModule):
        raise Wrong("the two things returned have changed places: the module comes first, then the facts.")
    if not isinstance(module, torch.jit.ScriptModule) or module is frozen:
        raise Wrong("the first thing returned must be the module that torch.jit.load gives you.")
    if isinstance(told, (bytes, str)):
        raise Wrong(f"the facts came back as {type(told).__name__}: turn them into a dict with json.loads.")
    if not isinstance(told, dict) or told != expected:
        raise Wrong("the facts returned aren't those in the file: read them from the dict that torch.jit.load filled.")
    inputs = torch.randn(5, 1, 28, 28)
    with torch.no_grad():
        _need_scores(run_compiled(module, inputs), model(inputs), "the loaded module")


def _save_and_load(answer: Callable, *arguments: object) -> object:
    """Return `answer(*arguments)`, or the error of json.loads: the file tells its cause. Raises `Wrong` for save's."""
    try:
        return answer(*arguments)
    except json.JSONDecodeError as error:
        return error
    except TypeError as error:
        if "incompatible function arguments" not in str(error):
            raise
        raise Wrong(
            "torch.jit.save refuses its arguments: what _extra_files holds must be a str or bytes, not a dict. "
            "What makes text of a dict?"
        ) from error


def _need_facts_in_file(kept: dict[str, bytes], expected: dict) -> None:
    if not kept:
        raise Wrong(
            "the file holds no extra facts.json, nor any other extra file: where do the facts go when you save?"
        )
    if "facts.json" not in kept:
        raise Wrong(f"the file holds no extra facts.json, but {', '.join(sorted(kept))}: mind the name.")
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
    for count in (6, 1, 9):
        images = torch.randint(0, 256, (count, 28, 28), dtype=torch.uint8)
        found = run_compiled(module, images.clone())
        model = trained()
        with torch.no_grad():
            for slip, because in slips(images):
                if _same(found, model(slip)):
                    raise Wrong(f"it runs, and its answers are wrong: {because}")
            _need_scores(found, model(to_input(images)), f"raw_digits, given {count} images,")


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
        "No: the cell above read the same digits with one thread and with all.",
    ),
    Option(
        "One thread uses less memory, so the model fits into the cache.",
        "The threads of a process share the same weights. What costs time is handing out the work, and waiting for it.",
    ),
)
