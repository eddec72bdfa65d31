"""Measure a model in its several files, each in a fresh process that knows nothing but that file and how to load it."""

import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np
import torch

from course import artefact_probe


@dataclass(frozen=True)
class Artefact:
    """A file that holds the model: a function in the file of loaders reads it with `library`.

    `library` is "torch" or "onnxruntime". `python` says whether a program that runs it needs Python.
    """

    path: Path
    loader: str
    library: str
    python: bool


@dataclass(frozen=True)
class Measured:
    """What one artefact took. Times are in seconds.

    size: of the file, in bytes.
    start: "import" of its library, "load", "first call" (of one image).
    calls: (images a call, threads) -> median time of a call.
    scores: its answers (n x 10) to all the inputs.
    torch_imported: whether its process imported torch, which a program without PyTorch could not.
    """

    size: int
    start: dict[str, float]
    calls: dict[tuple[int, int], float]
    scores: torch.Tensor
    torch_imported: bool


def measure(
    artefacts: dict[str, Artefact],
    inputs: torch.Tensor,
    folder: Path,
    *,
    batches: Sequence[int] = (1, 64),
    threads: Iterable[int] = (1,),
    rounds: int = 2,
) -> dict[str, Measured]:
    """Measure each artefact on `inputs` (n x 1 x 28 x 28), `rounds` times, in turns; keep each one's fastest times.

    `folder` holds `loaders.py`, whose functions take the library, a path and a number of threads, and return what can
    be called with a batch: a tensor, or a numpy array for a library that is not torch. Each run is a fresh process, so
    nothing that another one imported or warmed up counts. The first round brings the files into the system's cache.

    Raises RuntimeError with the process's own words when a loader fails.
    """
    np.save(folder / "inputs.npy", inputs.numpy())
    order = {"batches": list(batches), "threads": sorted(set(threads))}
    runs = {name: [] for name in artefacts}
    for _ in range(rounds):
        for name, artefact in artefacts.items():
            runs[name].append(_run(artefact, folder, order))
    return {name: _best(artefact.path, runs[name], folder) for name, artefact in artefacts.items()}


def _run(artefact: Artefact, folder: Path, order: dict) -> dict:
    order = order | {"path": str(artefact.path), "loader": artefact.loader, "library": artefact.library}
    order["scores"] = f"{artefact.path.name}.npy"
    command = [sys.executable, "-P", artefact_probe.__file__, json.dumps(order)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{artefact.path.name} could not be measured:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout.splitlines()[-1])


def _best(path: Path, runs: list[dict], folder: Path) -> Measured:
    start = {step: min(run["start"][step] for run in runs) for step in runs[0]["start"]}
    calls = {(b, t): min(median(run["calls"][i][2]) for run in runs) for i, (b, t, _) in enumerate(runs[0]["calls"])}
    scores = torch.from_numpy(np.load(folder / f"{path.name}.npy"))
    return Measured(path.stat().st_size, start, calls, scores, runs[0]["torch"])
