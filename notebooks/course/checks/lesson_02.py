"""What the exercises of lesson 02, "Script a model", must fulfil."""

import copy
from collections.abc import Callable

import torch
from torch import Tensor, nn

from course.digits import load_digits, to_input, trained
from course.exercises import Option, Wrong, exercise, question

LEAST = 0.9
"""The probability below which exercise 2.4 wants a digit rejected."""


@exercise(
    "2.1",
    hints=[
        "How often to halve depends on the values, so the model needs a loop that asks them: while x.abs().max() > 1.",
        "Write x = x / 2 in the loop, return x after it, and script an instance: torch.jit.script(Halve()).",
    ],
)
@torch.no_grad()
def loop_is_scripted(halve: object) -> None:
    """`halve` is scripted, and halves its input until no value is further from 0 than 1."""
    _must_be_scripted(halve, "halve")
    for largest in (0.7, 3.0, -3.0, 50.0, -900.0):
        x = (torch.rand(5) * 0.4 - 0.2) * largest
        x[torch.randint(5, ())] = largest
        given, expected = x.clone(), x.clone()
        while expected.abs().max() > 1:
            expected = expected / 2
        found = halve(given)
        if not torch.equal(given, x):
            raise Wrong("halve changed its own input: x /= 2 works in place. Make a new tensor: x = x / 2.")
        _must_be_tensor(found, expected, "halve")
        if not torch.allclose(found, expected):
            raise Wrong(
                f"for an input whose value furthest from 0 is {largest:g}, that of the answer must be as far as "
                f"{expected.abs().max():.3f}, and is {found.abs().max():.3f}: is it a loop that asks the values?"
            )


@exercise(
    "2.3",
    hints=[
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
    if not (isinstance(cache, type) and isinstance(choose, type)):
        raise Wrong("put the classes themselves into the list, not instances: [FixedCache, fixed_rows, FixedChoose].")
    _check_cache(cache)
    _check_rows(rows)
    _check_choose(choose)


def _check_cache(cache: type[nn.Module]) -> None:
    model = cache()
    if not isinstance(model, nn.Module):
        raise Wrong("FixedCache must stay an nn.Module.")
    for kind, candidate in (("scripted", _compiled(model, "FixedCache")), ("eager", cache())):
        first, second = torch.randn(6) + 3, torch.randn(6) - 3
        for call, x in (("first", first), ("second", second)):
            expected, found = x - first.mean(), candidate(x.clone())
            _must_be_tensor(found, expected, f"{kind} FixedCache")
            if not torch.allclose(found, expected, atol=1e-5):
                raise Wrong(
                    f"{kind} FixedCache: the {call} call must subtract the mean of the first call's input, "
                    f"{first.mean():.3f}; it subtracted {(x - found).mean():.3f}."
                )


def _check_rows(rows: Callable) -> None:
    for kind, candidate in (("scripted", _compiled(rows, "fixed_rows")), ("eager", rows)):
        for count in (1, 4):
            x = torch.randn(count, 5)
            expected, found = x.argmax(1).tolist(), candidate(x.clone())
            if isinstance(found, list) and any(isinstance(item, Tensor) for item in found):
                raise Wrong(f"{kind} fixed_rows returns a list of tensors; the eager original returns a list of int.")
            if found != expected:
                raise Wrong(f"{kind} fixed_rows must return {expected} for {count} row(s), and returned {found!r}.")


def _check_choose(choose: type[nn.Module]) -> None:
    model = choose([nn.Linear(4, 2) for _ in range(3)])
    layers = list(model.children())
    if not isinstance(model, nn.Module) or len(layers) != 3:
        raise Wrong("FixedChoose must take a list of three layers, as Choose does: it is an nn.ModuleList.")
    for kind, candidate in (("scripted", _compiled(model, "FixedChoose")), ("eager", model)):
        for i, layer in enumerate(layers):
            x = torch.randn(5, 4)
            expected, found = layer(x), candidate(x.clone(), i)
            _must_be_tensor(found, expected, f"{kind} FixedChoose")
            if not torch.allclose(found, expected, atol=1e-5):
                raise Wrong(f"{kind} FixedChoose: for i={i} the answer must be that of layer {i} alone, and it isn't.")


@exercise(
    "2.4",
    hints=[
        "self.reader(x) returns scores; .softmax(1).max(1) turns them into the best probability and its digit.",
        "Both must become plain numbers: if float(best) < self.least: return -1, and otherwise return int(digit).",
    ],
)
@torch.no_grad()
def wrapper_is_scripted(careful: object) -> None:
    """`careful` is scripted; it returns the digit of one image as an int, or -1 below a probability of 0.9."""
    _must_be_scripted(careful, "careful")
    reference = trained()
    seen = {"accepted": 0, "rejected": 0}
    for x in _easy_and_hard_digits():
        probability, digit = reference(x).softmax(1).max(1)
        if abs(probability.item() - LEAST) < 1e-3:
            continue  # too near the limit to tell right from rounding
        kind = "rejected" if probability < LEAST else "accepted"
        expected = -1 if kind == "rejected" else int(digit)
        found = careful(x.clone())
        if not isinstance(found, int):
            raise Wrong(f"careful must return an int, and returned a {type(found).__name__}: use int(digit).")
        if found != expected:
            raise Wrong(
                f"an image whose best digit, {int(digit)}, has probability {probability.item():.3f} must give "
                f"{expected}, and gave {found}."
            )
        seen[kind] += 1
    assert min(seen.values()) > 5, seen


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
        raise Wrong(f"{name} is a {type(model).__name__}, not a scripted model: use torch.jit.script.")


def _must_be_tensor(found: object, expected: Tensor, name: str) -> None:
    if not isinstance(found, Tensor):
        raise Wrong(f"{name} must return a tensor, and returned a {type(found).__name__}.")
    if found.shape != expected.shape:
        raise Wrong(f"{name} must return the shape {list(expected.shape)}, and returned {list(found.shape)}.")


def _compiled(thing: object, name: str) -> Callable:
    """Return `thing` scripted (a module is copied first). Raises `Wrong` with the line that names the error."""
    try:
        return torch.jit.script(copy.deepcopy(thing))
    except Exception as error:
        lines = [line.strip() for line in str(error).splitlines() if line.strip() and not line.startswith("aten::")]
        if lines and lines[0].startswith("Can't redefine method"):
            raise Wrong(f"{name} failed to compile before: run the cell above again, then this one.") from None
        raise Wrong(f"{name} does not compile: {(lines or [type(error).__name__])[0]}") from None


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
