"""The exercises of lesson 10: a second branch, a flexible batch, a bug in an inherited file; two questions."""

import tempfile
from pathlib import Path

import torch
from torch import nn
from torch.export import ExportedProgram

from course import inherited
from course.checks.lesson_00 import kind
from course.digits import distort, load_digits, to_input, trained
from course.exercises import Option, Wrong, exercise, question
from course.workspace import workspace

MAX_BATCH = 64
"""The largest batch that exercise 10.2 asks for."""


def _need_program(answer: object, name: str) -> ExportedProgram:
    if isinstance(answer, ExportedProgram):
        if answer.example_inputs and answer.example_inputs[1]:
            raise Wrong(f"give the example of `{name}` by its place, export(model, (example,), ...), not by its name.")
        return answer
    if isinstance(answer, torch.jit.ScriptModule):
        raise Wrong(f"`{name}` is TorchScript. Use torch.export.export.")
    if isinstance(answer, torch.fx.GraphModule):
        raise Wrong(f"`{name}` is a module. The exported program itself is asked for, without .module().")
    if isinstance(answer, nn.Module) or (isinstance(answer, type) and issubclass(answer, nn.Module)):
        raise Wrong(f"`{name}` is the model; put what torch.export.export makes of it there.")
    raise Wrong(f"`{name}` must be what torch.export.export returns; yours is {kind(answer)}.")


def _run(module: nn.Module, x: torch.Tensor, name: str) -> torch.Tensor:
    """Return `module(x)`. Raises `Wrong` where its guards refuse the batch, or where it returns no tensor."""
    try:
        with torch.no_grad():
            found = module(x)
    except (AssertionError, RuntimeError, TypeError) as error:
        line = str(error).strip().splitlines()[0][:200]
        if "size()[0]" in line:
            said = f"`{name}` refuses a batch of {len(x)}: {line}"
            raise Wrong(f"{said}. Say in dynamic_shapes which sizes the first dimension may have.") from error
        raise Wrong(f"`{name}` fails on an input of shape {list(x.shape)}: {line}") from error
    if not isinstance(found, torch.Tensor):
        raise Wrong(f"the model must return a tensor; what yours returns is {kind(found)}.")
    return found


@exercise(
    "10.1",
    hints=[
        "torch.cond(question, one, other, (x,)) calls one function or the other; both are in the graph.",
        "Each branch must make a new tensor: `lambda x: x.clone()` for the one that leaves it as it is.",
        'The batch is dynamic as above: dynamic_shapes={"x": {0: Dim("batch")}}, with an example of several rows.',
    ],
)
def branch_is_exported(answer: object) -> None:
    """Judge an exported `Limit` (n x 4 -> n x 4): divides by the largest value where it is above 1."""
    program = _need_program(answer, "limited")
    module = program.module()
    for count in (5, 3, 1, 40):
        for extreme in (30.0, 1.5, 0.8, 0.2, -30.0):
            x = torch.rand(count, 4) * min(extreme, 0.9)
            x[-1, count % 4] = extreme
            given = x.clone()
            found = _run(module, given, "limited")
            largest = x.max()
            expected = x / largest if largest > 1 else x
            if found.shape != expected.shape:
                raise Wrong(f"{list(x.shape)} must become {list(expected.shape)}; it becomes {list(found.shape)}.")
            if not torch.equal(given, x):
                raise Wrong("`limited` changed its own input. Make a new tensor in each branch.")
            if found.dtype != x.dtype:
                raise Wrong(f"numbers of {x.dtype} must stay such; they become {found.dtype}.")
            if not torch.allclose(found, expected, atol=1e-5):
                raise Wrong(f"for an input whose largest value is {largest:.3g}, {_why(x, found, largest)}")
            if found.data_ptr() == given.data_ptr():
                raise Wrong("where it is not above 1, the input itself comes back; the compiler refuses such a branch.")
    graphs = [node for node in program.graph.nodes if node.target is torch.ops.higher_order.cond]
    return None if graphs else "the numbers are right. (Yours computes both sides each time; torch.cond only one.)"


def _why(x: torch.Tensor, found: torch.Tensor, largest: torch.Tensor) -> str:
    told = f"which is {'above' if largest > 1 else 'not above'} 1, the answer is wrong"
    if torch.allclose(found, x / largest, atol=1e-5):
        return f"{told}: it is divided all the same. Only one branch is in your program, or the question differs."
    if torch.allclose(found, x, atol=1e-5):
        return f"{told}: it isn't divided. Only one branch is in your program, or both have changed places."
    if torch.allclose(found, x / x.abs().max(), atol=1e-5):
        return f"{told}: it is the largest value that counts, not the largest without its sign."
    if torch.allclose(found, x / x.amax(1, keepdim=True).clamp(min=1), atol=1e-5):
        return f"{told}: each row is divided by its own largest value; Limit asks for that of all rows."
    return f"{told}: expected x / x.max() above 1, and x otherwise."


@exercise(
    "10.2",
    hints=[
        "An example of 1 fixes the size at 1 (0 and 1 are special to torch.export). Which other size could it have?",
        'Dim("batch", max=...) bounds a size from above; a lower bound would refuse one picture.',
        'export(trained(), (digits[:8],), dynamic_shapes={"x": {0: Dim("batch", max=64)}})',
    ],
)
def batch_is_flexible(answer: object) -> None:
    """Judge an exported DigitNet that takes batches of 1 to 64 and no more."""
    module = _need_program(answer, "flexible").module()
    images = to_input(distort(load_digits(train=False)[0][torch.randperm(1000)[: MAX_BATCH + 1]]))
    model = trained()
    for count in (1, 2, 17, MAX_BATCH):
        given = images[:count].clone()
        found = _run(module, given, "flexible")
        with torch.no_grad():
            expected = model(images[:count])
        if not torch.equal(given, images[:count]):
            raise Wrong("`flexible` changed its own input. Export trained() as it is.")
        if found.shape != expected.shape or not torch.allclose(found, expected, atol=1e-4):
            raise Wrong(f"a batch of {count} gets other scores than from trained(). Did you export that, in eval mode?")
    try:
        module(images)
    except (AssertionError, RuntimeError):
        return
    raise Wrong(f"it takes 1 to {MAX_BATCH}, and {MAX_BATCH + 1} too. Where do you say what the most is?")


@exercise(
    "10.4",
    hints=[
        "A trace keeps what a Python number was. Which line has a number that should depend on the picture?",
        "amin asks the picture. What does the division ask?",
        "The file is right for pictures like its example, of full contrast. Try a paler one: digits[:1] * 0.5.",
    ],
)
def bug_is_found(answer: object) -> None:
    """Judge (number of the line of `stretcher.code` with the bug, a picture that it makes go wrong)."""
    if not isinstance(answer, (tuple, list)) or len(answer) != 2:
        raise Wrong("`bug` must hold two things: (the number of the line, a picture).")
    line, picture = answer
    if type(line) is not int:
        raise Wrong(f"the first thing must be the number of a line, as printed; yours is {kind(line)}.")
    with tempfile.TemporaryDirectory(dir=workspace()) as folder:
        inherited.write_stretcher(Path(folder, "stretcher.pt"))
        stretcher = torch.jit.load(Path(folder, "stretcher.pt"))
    lines = stretcher.code.splitlines()
    if not 0 <= line < len(lines):
        raise Wrong(f"there is no line {line}.")
    if "torch.div" not in lines[line]:
        raise Wrong(f"line {line}, `{lines[line].strip()}`, {_innocent(lines[line])}")
    if not isinstance(picture, torch.Tensor) or tuple(picture.shape) != (1, 1, 28, 28):
        shape = list(picture.shape) if isinstance(picture, torch.Tensor) else kind(picture)
        raise Wrong(f"the line is right. The picture must be a tensor of 1 x 1 x 28 x 28; yours is {shape}.")
    if picture.is_meta or picture.layout != torch.strided or not picture.is_floating_point():
        raise Wrong("the line is right. The picture must be a plain tensor of normalised floats.")
    picture = picture.detach().float().cpu()
    if not picture.isfinite().all():
        raise Wrong("the line is right. No number of the picture may be infinite or NaN.")
    if picture.max() == picture.min():
        raise Wrong("the line is right. A picture of one shade has no contrast to stretch; take a digit.")
    with torch.no_grad():
        found, meant = stretcher(picture), inherited.Stretcher().eval()(picture)
    if not (found.softmax(1) - meant.softmax(1)).abs().max() > 0.01:
        raise Wrong(
            "the line is right. On your picture the file answers as promised, within 0.01. Take a digit whose contrast "
            "is much weaker than the example's."
        )


def _innocent(line: str) -> str:
    if line.startswith("def"):
        return "is the heading: it computes nothing of the picture."
    if "amin" in line:
        return "asks each picture for its darkest value: that is right for any picture."
    if "mul" in line or "sub" in line or "add" in line:
        return "has numbers that are meant to be fixed: what black and white are, or what the line above found."
    if "forward" in line or "return" in line:
        return "calls the network. What does the network get?"
    return "computes nothing of the picture."


question(
    "10.3",
    "A client sends 600 images at once to the package that was exported with max=512, compiled, and loaded plainly. "
    "What happens?",
    Option(
        "An error: the package keeps the bounds of the exported program.",
        "The exported program does. The compiled package looks at its input only where AOTI_RUNTIME_CHECK_INPUTS is 1.",
    ),
    Option(
        "It answers, since nothing checks; whether rightly, nobody promised.",
        "Yes. Here the answers happened to be right. With a wrong height, the process may crash or answer nonsense.",
        right=True,
    ),
    Option(
        "It answers the first 512.", "Nothing cuts the batch: the next cell shows as many answers as it sent images."
    ),
    Option(
        "It compiles itself again for the new size.",
        "torch.compile does so. AOTInductor compiles ahead of time (AOT), once, and the machine may have no compiler.",
    ),
)

question(
    "10.5",
    "You deliver one file to devices with processors of several makes. No Python there, no compiler, no PyTorch if it "
    "can be avoided. Which artefact?",
    Option(
        "The AOTInductor .pt2 that your laptop compiled.",
        "It is machine code for your laptop's processor, as its metadata says. Compile once for each kind, or choose "
        "another one.",
    ),
    Option(
        "The exported .pt2.",
        "torch.export.load and what it returns are Python. It is the file to keep, and to make others from.",
    ),
    Option(
        "The ONNX file.",
        "Yes. It holds a graph, not machine code, and ONNX Runtime is a library without torch and without Python.",
        right=True,
    ),
    Option(
        "The frozen TorchScript file.",
        "It would run, with all of libtorch. But TorchScript is deprecated: don't begin with it what must live long.",
    ),
)
