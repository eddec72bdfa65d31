"""The exercises of lesson 01, and how the checks of the next lessons run a compiled model."""

import re
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path

import torch
from torch import nn

from course.checks.lesson_00 import kind, need_function
from course.digits import DigitNet, distort, load_digits, to_input, trained
from course.exercises import Option, Wrong, exercise, question
from course.workspace import workspace


class Reader(nn.Module):
    """The model of exercise 1.2 as the lesson shows it: a light picture is inverted before it is read."""

    def __init__(self, net: nn.Module) -> None:
        super().__init__()
        self.net = net

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return scores (1 x 10) for one picture `x` (1 x 1 x 28 x 28)."""
        if x.mean() > 1.2:
            x = 2.4 - x
        return self.net(x)


def _trace(model: nn.Module, example: torch.Tensor) -> torch.jit.ScriptModule:
    """Trace `model` without showing the learner what the tracer warns of."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return torch.jit.trace(model, example)


def _images(count: int) -> torch.Tensor:
    """Return `count` digits (uint8, count x 28 x 28) that nobody has seen: held-out ones, distorted at random."""
    images, _ = load_digits(train=False)
    return distort(images[torch.randperm(len(images))[:count]])


def run_compiled(call: Callable, *inputs: object, name: str = "TorchScript") -> object:
    """Return `call(*inputs)`. Raises `Wrong` with `name` and the line of a TorchScript error that holds its cause."""
    try:
        with torch.no_grad():
            return call(*inputs)
    except Exception as error:
        lines = [line.strip() for line in str(error).splitlines() if line.strip()] or [type(error).__name__]
        causes = [line for line in lines if re.match(r"[\w.]*(Error|Exception): ", line)]
        raise Wrong(f"{name} stopped: {plain((causes or lines[:1])[-1])}") from error


def plain(line: str) -> str:
    """Return a line of a TorchScript error without the names and addresses that only the compiler knows."""
    return re.sub(r"__torch__\.(\w+\.)*| \(of Python compilation unit at: \w+\)", "", line)


def _must_be_compiled(answer: object) -> None:
    if isinstance(answer, nn.Module) and not isinstance(answer, torch.jit.ScriptModule):
        raise Wrong(f"that is an eager {type(answer).__name__}: give it and an example input to `torch.jit.trace`.")
    if not isinstance(answer, (torch.jit.ScriptModule, torch.jit.ScriptFunction)):
        raise Wrong(f"the answer must be a traced model; yours is {kind(answer)}.")


@exercise("1.1", hints=["The softmax must be a step of the module that you trace, not a call after it.",
                        "`nn.Sequential(trained(), ...)` puts a second step behind the network.",
                        "The classes are dimension 1 of the scores. Trace it all, in eval mode."])  # fmt: skip
def trace_with_softmax(answer: object) -> None:
    _must_be_compiled(answer)
    reference = nn.Sequential(trained(), nn.Softmax(dim=1)).eval()
    for count in (1, 3, 50):
        inputs = to_input(_images(count))
        found, again = (run_compiled(answer, inputs.clone()) for _ in range(2))
        expected = run_compiled(reference, inputs)
        if not isinstance(found, torch.Tensor) or found.shape != expected.shape:
            shape = f"has shape {list(found.shape)}" if isinstance(found, torch.Tensor) else f"is {kind(found)}"
            raise Wrong(
                f"a batch of {count} must give a tensor of shape {list(expected.shape)}; what yours gives {shape}."
            )
        found, again = found.to(expected.dtype), again.to(expected.dtype)
        if found.isnan().any():
            raise Wrong(f"for a batch of {count} the answer holds NaN, which is no probability.")
        if not torch.equal(found, again):
            raise Wrong("the same digits get different answers twice: it was traced in training mode.")
        sums = found.sum(1)
        if not torch.allclose(sums, torch.ones(count), atol=1e-4):
            raise Wrong(
                f"for a batch of {count} the ten numbers of a digit must sum to 1; yours sum to {sums[0].item():.2f}. "
                "Is there a softmax, and over the classes?"
            )
        if torch.allclose(found, expected.softmax(1), atol=1e-5):
            raise Wrong("the softmax is applied twice: softmax of a softmax makes all ten probabilities alike.")
        if not torch.allclose(found, expected, atol=1e-5):
            raise Wrong("these are probabilities, but not the trained model's in eval mode: start from `trained()`.")


@exercise("1.2", hints=["Which pictures take the branch that the example, a dark one, didn't take?",
                        "`255 - images[0]` is a light picture; `to_input` wants a batch: `images[:1]`."])  # fmt: skip
def find_a_lie(answer: object) -> None:
    if not isinstance(answer, torch.Tensor):
        raise Wrong(f"the answer is an input of the model, a tensor; yours is {kind(answer)}.")
    if answer.shape != (1, 1, 28, 28) or answer.dtype != torch.float32:
        raise Wrong(
            f"the model reads one picture, float32 of shape [1, 1, 28, 28]; yours is {answer.dtype} of shape "
            f"{list(answer.shape)}. `to_input` makes one."
        )
    if not answer.isfinite().all():
        raise Wrong("your input holds NaN or infinity, which no picture does.")
    reader = Reader(trained()).eval()
    traced = _trace(reader, to_input(load_digits(train=False)[0][:1]))
    with torch.no_grad():
        eager, recorded = reader(answer), traced(answer)
    if torch.allclose(eager, recorded, atol=1e-5):
        raise Wrong(
            f"on this input the trace tells the truth: its mean is {answer.mean().item():.2f}, so the eager model "
            "takes the same branch as the example did."
        )
    if eager.argmax() == recorded.argmax():
        raise Wrong(f"the scores differ, but both read a {eager.argmax().item()}. Try another digit.")


question(
    "1.3",
    "You trace a model with an `if` on its input, and torch.jit.trace runs its default check. What does that prove?",
    Option(
        "Run again on the same example, the model records the same graph and gives the same numbers.",
        "Only the path that the example takes was looked at. Inputs for the other path go into check_inputs.",
        right=True,
    ),
    Option(
        "The traced model is right on every input.",
        "The check ran the example only; 294 other inputs of this lesson's 1,000 were wrong all the same.",
    ),
    Option(
        "Both branches are in the graph.",
        "The graph holds what ran. The other branch was never executed, so there was nothing to record.",
    ),
    Option(
        "The model has no control flow.",
        "It has an `if`, and the default check passed. Only the TracerWarning told you.",
    ),
)


@exercise("1.4", hints=["Which layers act differently in training, and when does the trace record how they act?",
                        "`.eval()` belongs before `torch.jit.trace`: load, eval, trace."])  # fmt: skip
def repair_deploy(answer: object) -> None:
    if isinstance(answer, nn.Module):
        raise Wrong("`deploy` must be the function that returns the traced model; yours is a model.")
    need_function(answer, "deploy")
    network = DigitNet()
    network(to_input(_images(64)))  # in training mode: batch norm gets statistics of its own
    network.eval()
    with tempfile.TemporaryDirectory(dir=workspace()) as folder:
        weights = Path(folder) / "other.pth"
        torch.save(network.state_dict(), weights)
        found = answer(weights)
    if found is None:
        raise Wrong("`deploy` returns None: return the traced model.")
    _must_be_compiled(found)
    inputs = to_input(_images(20))
    expected, known = (run_compiled(_one_by_one(model), inputs) for model in (network, trained()))
    first, second = (run_compiled(_one_by_one(found), inputs) for _ in range(2))
    if first.shape != expected.shape:
        raise Wrong(f"one digit must give scores of shape [1, 10], as the eager model does; yours {list(first.shape)}.")
    if not torch.equal(first, second):
        raise Wrong("the same digit still gets different answers: the trace has recorded dropout in training mode.")
    if torch.allclose(first, known, atol=1e-5):
        raise Wrong("`deploy` ignores its argument: it returns the course's model, whichever weights it is given.")
    if not torch.allclose(first, expected, atol=1e-5):
        raise Wrong(
            "the answers are repeatable, but not those of the network in eval mode with these weights. "
            "Is its batch norm in eval mode too, and are the weights loaded before the trace?"
        )


def _one_by_one(model: Callable) -> Callable:
    return lambda images: torch.cat([model(image) for image in images.split(1)])


question(
    "1.5",
    "A model runs a different layer, depending on an `if` about its input, and must be right on every input. "
    "What do you do?",
    Option(
        "Trace it with an example for each branch: torch.jit.trace(model, (first, second)).",
        "A tuple is the arguments of one call, not several examples. One trace records one path.",
    ),
    Option(
        "Trace it in train mode, so that nothing is fixed.",
        "Train mode has nothing to do with `if`. It bakes dropout in, as exercise 1.4 shows.",
    ),
    Option(
        "Trace it, and switch TracerWarning off, since the default check passes.",
        "The default check re-runs the same example; that warning was the only thing that told you.",
    ),
    Option(
        "Script it, or at least the part that branches: the compiler keeps the `if`.",
        "The condition is then evaluated on every call, as this lesson's script_if_tracing showed.",
        right=True,
    ),
)
