"""Load one artefact, call it, and print how long that took: `artefacts.py` runs this file in a process of its own.

It imports numpy and nothing else before the clock starts, and nothing of the course.
"""

import importlib
import json
import sys
import time
from collections.abc import Callable
from types import ModuleType

import numpy as np

SECONDS = 0.15
"""How long each pair of batch and threads is called for."""


def main(order: dict) -> None:
    """Do what `order` says, and print the times in seconds, as JSON."""
    inputs = np.load("inputs.npy")
    marks = [time.perf_counter()]
    library = importlib.import_module(order["library"])
    marks.append(time.perf_counter())
    sys.path.insert(0, ".")
    load = getattr(importlib.import_module("loaders"), order["loader"])
    to_batch = library.from_numpy if order["library"] == "torch" else np.asarray
    model = load_with(load, library, order["path"], 1)
    marks.append(time.perf_counter())
    model(to_batch(inputs[:1]))
    marks.append(time.perf_counter())
    steps = ("import", "load", "first call")
    start = {step: end - begin for step, begin, end in zip(steps, marks, marks[1:], strict=False)}
    parts = [np.asarray(model(to_batch(part))) for part in np.array_split(inputs, 4)]
    np.save(order["scores"], np.concatenate(parts))
    calls = []
    for threads in order["threads"]:
        model = load_with(load, library, order["path"], threads)
        for size in order["batches"]:
            batch = to_batch(inputs[:size])
            model(batch)  # the first call after a change sets up the threads
            calls.append((size, threads, times_of(model, batch)))
    print(json.dumps({"start": start, "calls": calls, "torch": "torch" in sys.modules}))


def load_with(load: Callable, library: ModuleType, path: str, threads: int) -> Callable:
    """Return what `load` makes of the file at `path`, to run with so many threads and without gradients."""
    if library.__name__ == "torch":
        library.set_num_threads(threads)
        library.set_grad_enabled(False)
    return load(library, path, threads)


def times_of(model: Callable, batch: object) -> list[float]:
    """Return how long each call of `model` with `batch` took, in seconds, until `SECONDS` are over."""
    times: list[float] = []
    end = time.perf_counter() + SECONDS
    while not times or time.perf_counter() < end:
        start = time.perf_counter()
        model(batch)
        times.append(time.perf_counter() - start)
    return times


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
