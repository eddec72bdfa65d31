"""What TorchServe's workers wrote into its logs: their tracebacks, and the usual cause of each."""

import re
from dataclasses import dataclass, field
from pathlib import Path

LINE = re.compile(r"^\S+ \[\w+ *\] W-(\d+)-(.+)_([^_]+)-std(?:out|err) MODEL_LOG - (.*)$")
"""A line of model_log.log: time, level, thread (port, model, version, stream), and what the worker wrote."""

DEATH = re.compile(r"Stopped Scanner - (W-\d+-(.+)_[^_]+)-std(out|err)$", re.MULTILINE)
"""The line of ts_log.log that follows the last line of a worker's output: the worker is gone."""

BIRTH = "s_name_part0="
"""The first thing that a worker writes."""

TRACEBACK = "Traceback (most recent call last):"
LINKS = ("During handling of the above exception", "The above exception was the direct cause")
ENDS = ("Backend worker process died", "Failed to load model", "Invoking custom service failed", "Load model ")
"""Lines of TorchServe's own that stand between two tracebacks."""

RELAYED = re.compile(r"^RuntimeError: \d{3} - ", re.MULTILINE)
"""TorchServe's own report of a failure whose traceback stands just before it."""

USUAL_CAUSES = [
    (r"(?s)_load_pickled_model.*No module named", "--model-file takes a .py file with the model's class (an eager "
     "model); for TorchScript leave it out and give the .pt to --serialized-file alone."),
    (r"No module named '(?!ts\.)([\w.]+)'", "'{}' is imported, but it is neither installed in this environment nor in "
     "the archive: add it (pip install it, or archive your own file with --extra-files)."),
    (r"No module named 'ts\.torch_handler\.(\w+)'", "TorchServe could not import '{}.py' and looked for a handler of "
     "its own with that name: the real error is one traceback up, or the archive lacks the file."),
    (r"failed locating file constants\.pkl", "a state_dict is not TorchScript: it needs --model-file with the model's "
     "class, or save the model with torch.jit.save."),
    (r"No model weights could be loaded", "--serialized-file must end in .pt for TorchScript; other endings need "
     "--model-file or a handler that loads them."),
    (r"weights_only=True. with TorchScript archives", "the file is TorchScript, but --model-file says it is a "
     "state_dict: leave --model-file out."),
    (r"Error\(s\) in loading state_dict", "the weights do not belong to the class in --model-file."),
    (r"Expected only one class", "a handler file may define one class only (or a function called handle)."),
    (r"MemoryError|out of memory|can't allocate memory|Cannot allocate memory", "the machine has too little memory for "
     "this many workers: start fewer."),
    (r"FileNotFoundError|No such file or directory", "a file the handler opens is not in the archive: add it with "
     "--extra-files and open it below context.system_properties['model_dir']."),
]  # fmt: skip


@dataclass
class WorkerLife:
    """What one worker process wrote, from its start to its end."""

    model: str
    lines: list[str] = field(default_factory=list)

    def tracebacks(self) -> list[str]:
        """Return its Python tracebacks, oldest first; exceptions raised from one another stay together."""
        blocks: list[list[str]] = []
        block: list[str] | None = None
        for line in self.lines:
            if line == TRACEBACK and not (block and any(part.startswith(LINKS) for part in block[-2:])):
                block = []
                blocks.append(block)
            elif line.startswith(ENDS):
                block = None
            if block is not None:
                block.append(line)
        texts = ["\n".join(lines).strip() for lines in blocks if len(lines) > 1]
        return [text for text in texts if not RELAYED.search(text)] or texts


def read_lives(model_log: Path) -> list[WorkerLife]:
    """Return the life of every worker that wrote into `model_log`, the one that wrote last at the end."""
    current: dict[str, WorkerLife] = {}
    lives: list[WorkerLife] = []
    for line in read(model_log).splitlines():
        match = LINE.match(line)
        if match is None:
            continue
        port, model, _, text = match.groups()
        if port not in current or (text.startswith(BIRTH) and current[port].lines):
            current[port] = WorkerLife(model)
        life = current[port]
        life.lines.append(text)
        if not lives or lives[-1] is not life:
            lives = [other for other in lives if other is not life] + [life]
    return lives


def last_traceback(model_log: Path, model: str | None) -> str | None:
    """Return the newest traceback of a worker of `model` (of any model when None), or None when there is none."""
    for life in reversed(read_lives(model_log)):
        if model in (None, life.model) and (found := life.tracebacks()):
            return found[-1]
    return None


def usual_cause(traceback: str) -> str | None:
    """Return one sentence on what usually causes this traceback, or None when it is not a well-known one."""
    for pattern, cause in USUAL_CAUSES:
        if match := re.search(pattern, traceback):
            return cause.format(*match.groups())
    return None


def describe_death(model_log: Path, model: str) -> str:
    """Return why the worker of `model` that died first could not load: its own traceback, and the usual cause."""
    lives = [life for life in read_lives(model_log) if life.model == model]
    found = next((blocks[0] for life in lives if (blocks := life.tracebacks())), None)
    if found is not None:
        cause = usual_cause(found)
        return f"{found}\n\nUsual cause: {cause}" if cause else found
    said = "\n".join(lives[0].lines[-10:]) if lives else "(nothing)"
    return (
        "The worker process ended without a traceback: something called sys.exit or os._exit, a native library "
        f"crashed, or the system ended it for want of memory. Its last output:\n{said}"
    )


def read(path: Path) -> str:
    """Return a log's text, or "" when TorchServe has not made it yet."""
    return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""


def without_workers(log: str) -> str:
    """Return the lines of a log that TorchServe itself wrote: what a handler prints is no word of the server's."""
    return "\n".join(line for line in log.splitlines() if " MODEL_LOG - " not in line)
