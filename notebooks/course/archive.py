"""Building `.mar` archives with the real `torch-model-archiver` command."""

import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterable
from pathlib import Path

import torch
import yaml

from course import ROOT, digits
from course.workspace import workspace

MODEL_STORE = ROOT / "model_store"
"""Where archives are built and where TorchServe looks for them."""

DIGIT_HANDLER = ROOT / "handlers" / "digit_handler.py"
"""The handler of the digits archive."""

DIGITS_CONFIG = {"deviceType": "cpu", "minWorkers": 1, "maxWorkers": 2, "batchSize": 8, "maxBatchDelay": 5}
"""The `model-config.yaml` of the digits archive. `maxBatchDelay` is in milliseconds."""


class ArchiveError(RuntimeError):
    """The archiver refused; the message holds its own words and what to do about them."""


def build_archive(
    model_name: str,
    *,
    handler: str | Path,
    serialized_file: str | Path | None = None,
    model_file: str | Path | None = None,
    extra_files: Iterable[str | Path] = (),
    version: str = "1.0",
    export_path: str | Path = MODEL_STORE,
    config: dict | None = None,
) -> Path:
    """Build `<export_path>/<model_name>.mar` and return its path; an older one is replaced in one step.

    `handler` is a file or the name of one of TorchServe's own handlers, `config` becomes `model-config.yaml`. The
    archiver gets a temporary folder of its own, since it deletes whatever is called `$TMPDIR/<model_name>`.

    Raises:
        ArchiveError: with the archiver's own message, when it fails.
    """
    export_path = Path(export_path)
    export_path.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=workspace()) as folder:
        command = ["torch-model-archiver", "--model-name", model_name, "--version", version]
        command += ["--handler", str(handler), "--export-path", folder, "--force"]
        if serialized_file is not None:
            command += ["--serialized-file", str(serialized_file)]
        if model_file is not None:
            command += ["--model-file", str(model_file)]
        if extra_files:
            command += ["--extra-files", ",".join(str(file) for file in extra_files)]
        if config is not None:
            config_file = Path(folder, "model-config.yaml")
            config_file.write_text(yaml.safe_dump(config), encoding="utf-8")
            command += ["--config-file", str(config_file)]
        environment = os.environ | {"TMPDIR": folder, "TEMP": folder, "TMP": folder}
        run = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
        built = Path(folder, f"{model_name}.mar")
        if run.returncode != 0 or not built.exists():
            raise ArchiveError(explain(run.stderr or run.stdout))
        arriving = (
            export_path / f".{os.getpid()}-{threading.get_ident()}-{built.name}"
        )  # on the same disk: replaced whole
        return shutil.move(built, arriving).replace(export_path / built.name)


def explain(output: str) -> str:
    """Return the archiver's own last words, from its `output`, and what to do about them."""
    lines = [line for line in output.splitlines() if line.strip()]
    words = lines[-1] if lines else "it said nothing"
    if "No such file" in output or "does not exist" in output or "not exist" in output:
        remedy = "Check that each file you named exists; the archiver's paths start at the working directory."
    elif "required" in output:
        remedy = "Give the missing option; `torch-model-archiver --help` lists them."
    else:
        remedy = "Compare the options with `torch-model-archiver --help`."
    return f"torch-model-archiver could not build the archive.\n  It says: {words}\n  What to do: {remedy}"


def save_digits_model(path: str | Path) -> None:
    """Write the trained `DigitNet` as TorchScript, traced and frozen, to `path`."""
    example = torch.zeros(1, 1, 28, 28)
    torch.jit.freeze(torch.jit.trace(digits.trained(), example)).save(str(path))


def digits_archive() -> Path:
    """Return `model_store/digits.mar`; build it first where it is missing or older than what it is made from.

    Two processes may ask at the same time: each builds in a folder of its own, and the last one finished stays.
    """
    archive = MODEL_STORE / "digits.mar"
    sources = [DIGIT_HANDLER, digits.WEIGHTS, Path(digits.__file__), Path(__file__)]
    if archive.exists() and archive.stat().st_mtime >= max(source.stat().st_mtime for source in sources):
        return archive
    with tempfile.TemporaryDirectory(dir=workspace()) as folder:
        model = Path(folder, "digits.pt")
        save_digits_model(model)
        return build_archive("digits", handler=DIGIT_HANDLER, serialized_file=model, config=DIGITS_CONFIG)
