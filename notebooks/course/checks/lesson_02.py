"""What the exercises of lesson 02, "Script a model", must fulfil."""

import io
import itertools
import subprocess
import sys
import tempfile
from collections.abc import Callable

import torch
from torch import Tensor, nn

from course.checks.lesson_00 import kind
from course.checks.lesson_01 import plain, run_compiled
from course.digits import load_digits, to_input, trained
from course.exercises import Option, Wrong, exercise, question
from course.workspace import workspace

LEAST = 0.9
"""The probability below which exercise 2.4 wants a digit rejected."""


@exercise(
    "2.1",
    hints=[
        "How often to halve depends on the values, so the model must ask them again after each halving. Which kind of "
        "loop does that?",
        "The condition looks at the value furthest from 0, whatever its sign: while x.abs().max() > 1.",
        "Write x = x / 2 in the loop, return x after it, and script an instance: torch.jit.script(Halve()).",
    ],
)
@torch.no_grad()
def loop_is_scripted(halve: object) -> None:
    """`halve` is scripted, and halves its input until no value is further from 0 than 1."""
    _must_be_scripted(halve, "halve")
    _must_end(halve)
    for largest, spread in itertools.product((0.7, 3.0, -3.0, 1.0, 4.0, 50.0, -900.0), (0.2, 0.9)):
        x = (torch.rand(2, 3) * 2 - 1) * spread * largest
        x[torch.randint(2, ()), torch.randint(3, ())] = largest
        given, expected = x.clone(), x.clone()
        while expected.abs().max() > 1:
            expected = expected / 2
        found = run_compiled(halve, given, name="on an input of shape [2, 3] halve")
        if not torch.equal(given, x):
            raise Wrong("halve changed its own input: x /= 2 works in place. Make a new tensor: x = x / 2.")
        _must_be_tensor(found, expected, "halve")
        found = found.to(expected.dtype)
        if not torch.allclose(found, expected):
            must, is_now = expected.abs().max().item(), found.abs().max().item()
            why = "Its other values must be halved as often as that one."
            if is_now > 1:
                why = "It isn't halved often enough: does a loop ask all the values each time, negative ones too?"
            elif is_now < must:
                why = "It is halved too often: a value that is 1 from 0, or nearer, stays."
            raise Wrong(
                f"for an input whose value furthest from 0 is {largest:g}, that of the answer must be {must:.3f} "
                f"from 0, and is {is_now:.3f}. {why}"
            )


def _must_end(halve: torch.jit.ScriptModule) -> None:
    """Raise `Wrong` if `halve` runs for ever. A compiled loop hears no interrupt, so another process tries it first."""
    program = "import sys, torch; f = torch.jit.load(sys.argv[1]); print(flush=True); f(torch.tensor([3.0, -5.0]))"
    with tempfile.TemporaryDirectory(dir=workspace()) as folder:
        halve.save(f"{folder}/halve.pt")
        command = [sys.executable, "-c", program, f"{folder}/halve.pt"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
            try:
                child.stdout.readline()  # it is loaded
                child.wait(timeout=10)
            except subprocess.TimeoutExpired:
                raise Wrong(
                    "for [3.0, -5.0] the loop hasn't ended after 10 seconds: each round must bring the tensor that the "
                    "condition asks about nearer to 0. (If you try it: only a kernel restart ends a compiled loop.)"
                ) from None
            finally:
                child.kill()  # also when the learner interrupts the check


@exercise(
    "2.3",
    hints=[
        "The table under 'Which is whose, and the repair' has a line for each of the three. Repair one, look, go on.",
        "Annotate in the class what starts as None (mean: Tensor | None) and annotate the empty list (list[int]).",
        "After `mean = self.mean` the compiler can follow an `if mean is None:`; it can't follow self.mean itself. A "
        "ModuleList may be walked: for k, layer in enumerate(self).",
    ],
)
@torch.no_grad()
def clinic_is_repaired(clinic: object) -> None:
    """`clinic` holds FixedCache, fixed_rows, FixedChoose: each compiles, and does what the broken one did in eager."""
    if not isinstance(clinic, (list, tuple)) or len(clinic) != 3:
        raise Wrong("clinic must be the list [FixedCache, fixed_rows, FixedChoose]: the classes and the function.")
    cache, rows, choose = clinic
    if isinstance(cache, nn.Module) or isinstance(choose, nn.Module):
        raise Wrong("put the classes themselves into the list, not instances: [FixedCache, fixed_rows, FixedChoose].")
    if not (isinstance(cache, type) and isinstance(choose, type) and callable(rows)) or isinstance(rows, type):
        raise Wrong(
            "clinic must hold a class, a function and a class, in this order: FixedCache, fixed_rows, FixedChoose."
        )
    if issubclass(cache, nn.ModuleList):
        raise Wrong("FixedCache comes first in clinic, FixedChoose last: yours have changed places.")
    _check_cache(cache)
    _check_rows(rows)
    _check_choose(choose)


def _answer(state: str, name: str, candidate: Callable, *inputs: object) -> object:
    """Return what `candidate` answers; what the eager one raises is the learner's own error, and stays as it is."""
    return run_compiled(candidate, *inputs, name=f"{state} {name}") if state == "scripted" else candidate(*inputs)


def _check_cache(cache: type[nn.Module]) -> None:
    model = cache()
    if not isinstance(model, nn.Module):
        raise Wrong("FixedCache must stay an nn.Module.")
    for state, candidate in (("scripted", _compiled(model, "FixedCache")), ("eager", cache())):
        first, second = torch.randn(6) + 3, torch.randn(6) - 3
        for call, x in (("first", first), ("second", second)):
            expected, found = x - first.mean(), _answer(state, "FixedCache", candidate, x.clone())
            _must_be_tensor(found, expected, f"{state} FixedCache")
            if not torch.allclose(found, expected, atol=1e-5):
                raise Wrong(
                    f"{state} FixedCache: the {call} call must subtract the mean of the first call's input, "
                    f"{first.mean():.3f}; it subtracted {(x - found).mean():.3f}."
                )


def _check_rows(rows: Callable) -> None:
    for state, candidate in (("scripted", _compiled(rows, "fixed_rows")), ("eager", rows)):
        for count in (1, 4):
            x = torch.randn(count, 5)
            expected, found = x.argmax(1).tolist(), _answer(state, "fixed_rows", candidate, x.clone())
            if not isinstance(found, list):
                raise Wrong(f"{state} fixed_rows must return a list of int; what it returns is {kind(found)}.")
            if others := [item for item in found if type(item) is not int]:
                raise Wrong(f"{state} fixed_rows must return a list of int; an item of yours is {kind(others[0])}.")
            if found != expected:
                raise Wrong(f"{state} fixed_rows must return {expected} for {count} row(s), and returned {found}.")


def _check_choose(choose: type[nn.Module]) -> None:
    layers = [nn.Linear(4, 2) for _ in range(3)]
    model = choose(layers)
    if not isinstance(model, nn.Module):
        raise Wrong("FixedChoose must stay an nn.Module that is made from a list of layers, as Choose is.")
    for state, candidate in (("scripted", _compiled(model, "FixedChoose")), ("eager", model)):
        for i, layer in enumerate(layers):
            x = torch.randn(5, 4)
            expected, found = layer(x), _answer(state, "FixedChoose", candidate, x.clone(), i)
            _must_be_tensor(found, expected, f"{state} FixedChoose")
            if not torch.allclose(found, expected, atol=1e-5):
                raise Wrong(f"{state} FixedChoose: for i={i} the answer must be that of layer {i} alone, and it isn't.")


@exercise(
    "2.4",
    hints=[
        "The reader returns ten scores. What makes probabilities of them, and where do you compare the best one?",
        "self.reader(x) returns scores; .softmax(1).max(1) turns them into the best probability and its digit.",
        "Both must become plain numbers: if float(best) < self.least: return -1, and otherwise return int(digit).",
    ],
)
@torch.no_grad()
def wrapper_is_scripted(careful: object) -> None:
    """`careful` is scripted; it returns the digit of one image as an int, or -1 below a probability of 0.9."""
    _must_be_scripted(careful, "careful")
    reference = trained()
    for x in _easy_and_hard_digits():
        probability, digit = reference(x).softmax(1).max(1)
        if abs(probability.item() - LEAST) < 1e-3:
            continue  # too near the limit to tell right from rounding
        expected = -1 if probability < LEAST else int(digit)
        found = run_compiled(careful, x.clone(), name="careful")
        if not isinstance(found, int):
            raise Wrong(f"careful must return an int on both paths; what it returned is {kind(found)}.")
        if found != expected:
            why = "is it the softmax's probability that is compared, and with 0.9?"
            if found not in (-1, int(digit)):
                why = "-1 means not sure, and a digit is the place of the best of the ten scores."
            raise Wrong(
                f"an image whose best digit, {int(digit)}, has probability {probability.item():.3f} must give "
                f"{expected}, and gave {found}: {why}"
            )


def _easy_and_hard_digits() -> tuple[Tensor, ...]:
    """Return 60 random inputs (1 x 1 x 28 x 28): 30 digits, and 30 blends of two, which are hard to read."""
    images, _ = load_digits(train=False)
    picked = images[torch.randperm(len(images))[:90]].float()
    blends = (picked[30:60] + picked[60:]) / 2
    return to_input(torch.cat([picked[:30], blends])).split(1)


def _must_be_scripted(model: object, name: str) -> None:
    if isinstance(model, (torch.jit.TopLevelTracedModule, torch.jit.TracedModule)):
        raise Wrong(f"{name} is traced: the branch or loop took one example's path for ever. Use torch.jit.script.")
    if isinstance(model, type):
        raise Wrong(f"{name} is the class itself: script an instance, torch.jit.script({model.__name__}(...)).")
    if not isinstance(model, (torch.jit.ScriptModule, torch.jit.ScriptFunction)):
        raise Wrong(f"{name} is {kind(model)}, not a scripted model: use torch.jit.script.")


def _must_be_tensor(found: object, expected: Tensor, name: str) -> None:
    if not isinstance(found, Tensor):
        raise Wrong(f"{name} must return a tensor; what it returned is {kind(found)}.")
    if found.shape != expected.shape:
        raise Wrong(f"{name} must return the shape {list(expected.shape)}, and returned {list(found.shape)}.")


def _compiled(thing: object, name: str) -> Callable:
    """Return `thing` scripted, saved and loaded: nothing is left to Python. Raises `Wrong` with an error's key line."""
    try:
        return torch.jit.load(io.BytesIO(torch.jit.script(thing).save_to_buffer()))
    except Exception as error:
        lines = [line.strip(" .:") for line in str(error).splitlines() if not line.startswith("aten::")]
        line = next(filter(None, lines), type(error).__name__)
        if line.startswith("Can't redefine method"):
            raise Wrong(f"{name} failed to compile before: run the cell above again, then this one.") from None
        if "Optional[" in str(error):
            line += ": there is an Optional[Tensor], which may still be None, where a Tensor is needed"
        raise Wrong(f"{name} does not compile: {plain(line)}") from None


question(
    "2.2",
    "A scripted function starts with `def resize(x, size, names: list[str]):`. What is the type of `size`?",
    Option("int, as soon as you call it with an int.", "Types are settled when it compiles, before any call."),
    Option("None: it doesn't compile without a type.", "It compiles: a missing annotation has a fixed meaning."),
    Option("Any: the compiler leaves it open.", "TorchScript is statically typed; nothing is left open."),
    Option("Tensor.", "Yes: every argument without an annotation is a Tensor, whatever its name suggests.", right=True),
)

question(
    "2.5",
    "A model has an `if` that depends on its input's values, and both branches must work in production. Its source "
    "compiles. What do you do?",
    Option("Trace it with a typical input.", "The trace keeps only the branch that this input took."),
    Option("Trace it with check_inputs for both branches.", "That finds the fault and tells you; it can't repair it."),
    Option("Script it.", "Yes: the compiler reads the source, so both branches are in the graph.", right=True),
    Option("Save its state_dict.", "That holds weights only; the server would need the Python class as well."),
)
