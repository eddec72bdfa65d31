"""The exercises of lesson 05."""

import json
import os
import random
import shlex
import subprocess
import tempfile
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import torch
import yaml

from course.checks.clinic import lay_out
from course.digits import load_digits, to_input, to_png, trained
from course.exercises import Option, Wrong, exercise, question
from course.harness import LocalHandler
from course.workspace import workspace


def first_sentence(error: BaseException) -> str:
    """Return the type of `error` and the first sentence of what it says."""
    lines = str(error).strip().splitlines() or ["no message"]
    return f"{type(error).__name__}: {lines[0].split('. ')[0]}"


@contextmanager
def _built(command: object, folder: Path, archive: str) -> Iterator[LocalHandler]:
    """Run the learner's command in `folder`; load `model_store/<archive>` as a worker would."""
    if isinstance(command, str):
        try:
            command = shlex.split(command.replace("\\\n", " "))
        except ValueError as error:
            raise Wrong(f"a shell can't split this command into words: {error}.") from error
    if not isinstance(command, list) or not all(isinstance(word, str) for word in command):
        raise Wrong("the command must be a string, as you type it in a terminal, or a list of strings.")
    if command[:1] != ["torch-model-archiver"]:
        raise Wrong(f"the command starts with the word `torch-model-archiver`; yours with {command[:1]!r:.40}.")
    (folder / "tmp").mkdir()
    environment = os.environ | {"TMPDIR": str(folder / "tmp")}
    run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=60)
    if run.returncode:
        raise Wrong(f"the archiver refuses. It says: {archiver_words(run.stderr)}")
    mar = folder / "model_store" / archive
    if not zipfile.is_zipfile(mar):
        new = [str(path.relative_to(folder)) for path in folder.rglob("*.mar") if zipfile.is_zipfile(path)]
        where = f"It wrote {', '.join(sorted(new))}." if new else "It wrote no .mar file."
        raise Wrong(f"the command ran, but model_store/{archive} is not a new archive. {where}")
    with zipfile.ZipFile(mar) as opened:
        if "serializedFile" not in json.loads(opened.read("MAR-INF/MANIFEST.json"))["model"]:
            raise Wrong("the archive builds, but its manifest names no serializedFile: it holds no weights.")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            handler = LocalHandler(mar)
        except Exception as error:
            said = first_sentence(error)
            if "ts.torch_handler" in said and error.__context__:
                said = f"{first_sentence(error.__context__)} (reported as: {said})"
            raise Wrong(f"the archive builds, but the worker dies as it loads: {said}.") from error
    with handler:
        yield handler


NOISE = ("Traceback", "usage", "WARNING", "model_archiver.")
"""How lines begin that say nothing, or say again what the ERROR before them said."""


def archiver_words(stderr: str) -> str:
    """Return what the archiver says, without the Python traceback around it and without warnings."""
    lines = [line for line in stderr.splitlines() if line[:1].strip() and not line.startswith(NOISE)]
    return " ".join(dict.fromkeys(line.strip() for line in lines)) or "nothing"


def _ask(handler: LocalHandler, images: torch.Tensor) -> list:
    """Return the value of "digit" in the answer to each of `images` (uint8, n x 28 x 28)."""
    answers = handler.predict([{"body": to_png(image)} for image in images])
    if any(answer.status != 200 for answer in answers):
        told = handler.log.strip().splitlines() or ["no message"]
        raise Wrong(f"it loads, but a prediction fails: {told[-1]}. Is it the right handler, with all its files?")
    if not all(isinstance(answer.body, dict) and "digit" in answer.body for answer in answers):
        raise Wrong('it answers, but not with {"digit": ...}: is it the right handler?')
    return [answer.body["digit"] for answer in answers]


@exercise("5.1", hints=["Each thing that the task names is one option of the table above; replacing is one, too.",
                        "TorchScript brings its class along: leave --model-file out.",
                        "--model-name, --version, --handler, --serialized-file, --export-path have a value each; the "
                        "last, --force, has none."])  # fmt: skip
def archive_command(answer: object) -> None:
    with tempfile.TemporaryDirectory(dir=workspace()) as name:
        folder = Path(name)
        lay_out(folder)
        (folder / "model_store" / "reader.mar").write_text("an older archive")
        images = load_digits(train=False)[0][torch.randperm(1000)[:20]]
        with _built(answer, folder, "reader.mar") as handler:
            version = json.loads((handler.folder / "MAR-INF" / "MANIFEST.json").read_text())["model"]["modelVersion"]
            if version != "2.0":
                raise Wrong(f"the archive serves, but its version is {version}, not 2.0.")
            if not isinstance(handler.handler.model, torch.jit.ScriptModule):
                raise Wrong("the archive serves, but with an eager model: the task wants TorchScript, digits.pt.")
            if _ask(handler, images) != trained()(to_input(images)).argmax(1).tolist():
                raise Wrong("the archive answers, but not what the trained model does. Is it digits.pt?")


CONFIG = {
    "minWorkers": (1, "how many workers there are at least"),
    "maxWorkers": (1, "how many workers there are at most"),
    "batchSize": (8, "how many requests a batch holds at most"),
    "maxBatchDelay": (20, "how many milliseconds the first request of a batch waits at most"),
    "deviceType": ("cpu", "what the model runs on"),
    "sure": (0.9, "how much confidence the handler wants"),
}


@exercise("5.2", hints=["One key a line: name, colon, a space, value. All keys but the handler's own are in the table.",
                        "minWorkers, maxWorkers, batchSize, maxBatchDelay, deviceType, sure: six lines."])  # fmt: skip
def write_config(answer: object) -> None:
    if not isinstance(answer, str):
        raise Wrong(f"the text of a YAML file is a string; yours is of type {type(answer).__name__}.")
    try:
        config = yaml.safe_load(answer)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" near line {mark.line + 1}" if mark else ""
        raise Wrong(f"this is no YAML{where}: {getattr(error, 'problem', error)}.") from error
    if not isinstance(config, dict):
        raise Wrong("YAML finds no keys with values in this: write `batchSize: 8`, with a colon and a space.")
    plain = {_letters(key) for key in CONFIG}
    for key in config:
        if key not in CONFIG and _letters(key) in plain:
            raise Wrong(f"no program knows the key {key!r}, and none complains of it: how is it written above?")
    for key, (value, meaning) in CONFIG.items():
        if key not in config:
            raise Wrong(f"no key says {meaning}.")
        if type(config[key]) is not type(value):
            found = f"{config[key]!r}, of type {type(config[key]).__name__}"
            raise Wrong(f"{key} says {meaning}. It is read as {found}; it must be of type {type(value).__name__}.")
        if config[key] != value:
            raise Wrong(f"{key} says {meaning}. {config[key]!r} is not what the task asks for.")


def _letters(key: object) -> str:
    return "".join(filter(str.isalnum, str(key))).lower()


question(
    "5.3",
    "What does --model-file take?",
    Option(
        "The file with the weights.", "That is --serialized-file. Name it here too, and the worker tries to import it."
    ),
    Option("The .mar file to write.", "Its name comes from --model-name, its folder from --export-path."),
    Option(
        "A Python file with the model's class, for a TorchScript model.",
        "TorchScript carries its code along. With a class beside it, BaseHandler expects a state_dict and refuses.",
    ),
    Option(
        "A Python file with the model's class, for a state_dict.",
        "A state_dict holds names and tensors; the class has to come from somewhere.",
        right=True,
    ),
)

CAUSES = {1: "D", 2: "E", 3: "A", 4: "F", 5: "B", 6: "C"}
CLUES = {
    1: "BaseHandler found nothing that it could load. What is the serializedFile in its manifest called?",
    2: "TorchServe tried its own handlers, since yours could not be imported. The real error is one traceback up.",
    3: "A module was imported that is no module. Look at modelFile in its manifest.",
    4: "The message names what it found. How many did it expect?",
    5: "torch.load met TorchScript where it expected something else. What made BaseHandler call torch.load?",
    6: "constants.pkl is a part of every TorchScript file. So what kind of file is this?",
}


@exercise("5.4", hints=["`manifest(patients[1])` shows how the first one was packed.",
                        "Four causes show in the manifest; for two, read the error.",
                        "1, 3, 5 and 6 have the same handler: compare modelFile and serializedFile."])  # fmt: skip
def diagnose(answer: object) -> None:
    if not isinstance(answer, dict) or set(answer) != set(CAUSES):
        raise Wrong("the answer is a dict with the keys 1 to 6 and a letter for each.")
    answer = {key: value.strip().upper() if isinstance(value, str) else value for key, value in answer.items()}
    for number, letter in answer.items():
        if letter not in tuple("ABCDEF"):
            raise Wrong(f"patient {number}: a cause is one letter from A to F; yours is {letter!r}.")
    wrong = [number for number in CAUSES if answer[number] != CAUSES[number]]
    if wrong:
        raise Wrong(f"{6 - len(wrong)} of 6 are right. Patient {wrong[0]}: {CLUES[wrong[0]]}")


@exercise("5.5", hints=["First the list of extra files: the shell splits words at spaces, the archiver at commas.",
                        "weights.pt is a state_dict. Which option tells BaseHandler where its class is?",
                        "Keep all other options: they are right. digit_net.py wants one of its own."])  # fmt: skip
def repair_command(answer: object) -> None:
    with tempfile.TemporaryDirectory(dir=workspace()) as name:
        folder = Path(name)
        lay_out(folder)
        words = random.sample(["nil", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"], 10)
        (folder / "index_to_name.json").write_text(json.dumps(dict(enumerate(words))))
        (folder / "model-config.yaml").write_text("deviceType: cpu\nsure: 0.0\n")
        images = load_digits(train=False)[0][torch.randperm(1000)[:20]]
        with _built(answer, folder, "words.mar") as handler:
            if isinstance(handler.handler.model, torch.jit.ScriptModule):
                raise Wrong("it serves, but with the TorchScript model: your colleague wants weights.pt in there.")
            digits = trained()(to_input(images)).argmax(1).tolist()
            if _ask(handler, images) != [words[digit] for digit in digits]:
                raise Wrong("it loads, but its answers are not the words of index_to_name.json.")


question(
    "5.6",
    "A stranger mails you classifier.mar. When does their code run on your machine?",
    Option("Never: an archive is data.", "An archive holds a Python handler. You have just seen one act."),
    Option("As soon as a worker loads it.", "The import of the handler is enough; no request is needed.", right=True),
    Option("At the first prediction.", "Too late: the worker imported the handler long before, when it started."),
    Option(
        "Only if its weights are a pickle.",
        "A pickle would be one more way. The handler is plain Python and runs whatever the weights are.",
    ),
)
