"""`make class LEARNERS=10`: what a class costs one host, measured with so many kernels and TorchServes at once.

Each learner is a real kernel that starts a server with the digit model and asks it once, as lesson 06 does. Memory is
what a process has for itself plus its share of what it has in common with others (PSS; on macOS, its own part only).
"""

import os
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import nbformat
import psutil
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "notebooks"))

from course.archive import digits_archive  # noqa: E402
from course.watchdog import alive  # noqa: E402

START = """
from pathlib import Path
import torch
from course.server import TorchServe
server = TorchServe({"digits": "digits.mar"})
server.start()
"""
ASK = """
png = Path("../data/samples/digit_7.png").read_bytes()
print("reads", server.predict("digits", png).json()["digit"])
"""


@dataclass
class Learner:
    """One kernel and its server: seconds from the start of both to READY, and bytes of memory by kind of process."""

    seconds: float = 0.0
    right: bool = False
    memory: dict[str, int] = field(default_factory=dict)
    processes: list[psutil.Process] = field(default_factory=list)


def kind_of(process: psutil.Process) -> str:
    """Return what a process of a learner's is: kernel, Java, worker, or one of the small ones."""
    line = " ".join(process.cmdline())
    names = {"ipykernel_launcher": "kernel", "org.pytorch.serve.ModelServer": "Java", "model_service_worker": "worker"}
    return next((name for sign, name in names.items() if sign in line), "others")


def memory_of(process: psutil.Process) -> int:
    """Return the bytes of memory that this process adds to the machine's load."""
    info = process.memory_full_info()
    return getattr(info, "pss", info.uss)


def attend(barrier: threading.Barrier) -> Learner:
    """Be one learner: start a kernel and a server, ask it once, and be measured when all others have come so far."""
    learner = Learner()
    cells = [nbformat.v4.new_code_cell(source) for source in (START, ASK)]
    notebook = nbformat.v4.new_notebook(cells=cells)
    resources = {"metadata": {"path": str(ROOT / "notebooks")}}
    client = NotebookClient(notebook, timeout=900, kernel_name="python3", resources=resources)
    began = time.monotonic()
    try:
        with client.setup_kernel():
            client.execute_cell(cells[0], 0)
            learner.seconds = time.monotonic() - began
            client.execute_cell(cells[1], 1)
            learner.right = "reads 7" in str(cells[1].outputs)
            barrier.wait()
            kernel = psutil.Process(client.km.provisioner.process.pid)
            learner.processes = [kernel, *kernel.children(recursive=True)]
            for process in learner.processes:
                kind = kind_of(process)
                learner.memory[kind] = learner.memory.get(kind, 0) + memory_of(process)
            barrier.wait()
    except BaseException:
        barrier.abort()  # the others must not wait for this one
        raise
    return learner


def main() -> None:
    """Measure as many learners as the command line says, and print what they cost."""
    count = int(sys.argv[1])
    digits_archive()
    barrier = threading.Barrier(count)
    with ThreadPoolExecutor(count) as pool:
        learners = [attending.result() for attending in [pool.submit(attend, barrier) for _ in range(count)]]
    left = [process for learner in learners for process in learner.processes]
    deadline = time.monotonic() + 30
    while (left := list(filter(alive, left))) and time.monotonic() < deadline:
        time.sleep(0.1)
    seconds = sorted(learner.seconds for learner in learners)
    machine = f"{os.cpu_count()} cores, {psutil.virtual_memory().total / 1e9:.0f} GB"
    print(f"{count} learners at once on {machine}, each with a kernel and a TorchServe of one worker")
    print(f"READY after: first {seconds[0]:.0f} s, median {median(seconds):.0f} s, last {seconds[-1]:.0f} s")
    kinds = {kind: median(each.memory.get(kind, 0) for each in learners) / 1e6 for kind in learners[0].memory}
    parts = ", ".join(f"{kind} {size:.0f} MB" for kind, size in kinds.items())
    print(f"Memory of one learner: {parts}; together {sum(kinds.values()):.0f} MB")
    print(f"Right answers: {sum(learner.right for learner in learners)} of {count}")
    print(f"Left behind: {len(left)} processes")


if __name__ == "__main__":
    main()
