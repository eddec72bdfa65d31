"""The machine that is measured: its name for the figure, and the memory of processes."""

import os
import platform
import re
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import psutil


def processor() -> str:
    """Return the processor's name, as the system tells it."""
    try:
        found = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    except OSError:
        found = None
    return found[1] if found else platform.processor() or platform.machine()


def describe() -> dict[str, object]:
    """Return what this machine is."""
    return {
        "processor": processor(),
        "cores": os.cpu_count(),
        "memory_gb": round(psutil.virtual_memory().total / 1e9),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
    }


def in_a_line(machine: dict[str, object]) -> str:
    """Return the machine in one line: what `describe` found."""
    return "{processor}, {cores} cores, {memory_gb} GB, {system}, Python {python}".format(**machine)


def versions(names: Iterable[str], folder: Path | None = None) -> dict[str, str]:
    """Return the installed versions of packages; those in `folder`, which pip filled with --target, first."""
    found = {}
    for name in names:
        beside = list(folder.glob(f"{name}-*.dist-info")) if folder else []
        try:
            found[name] = beside[0].name.split("-")[1].removesuffix(".dist") if beside else version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def memory(pids: Iterable[int]) -> float:
    """Return the memory of processes in MB: PSS, so that shared pages count once; where there is no PSS, RSS."""
    total = 0
    for pid in pids:
        try:
            total += proportional(pid)
        except (psutil.Error, OSError):  # it has just ended
            continue
    return total / 1e6


def proportional(pid: int) -> int:
    """Return a process's PSS in bytes, or its RSS where the system has none (macOS)."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return psutil.Process(pid).memory_info().rss
    return int(re.search(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)[1]) * 1024
