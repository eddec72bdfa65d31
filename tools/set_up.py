"""Build the course's environment in `.venv`, once: `make` calls this before everything else.

It returns at once when the environment is there and the lock has not changed. An install that failed or was
interrupted is started afresh by running the same command again; pip's cache keeps what was already downloaded.
Written for any Python from 3.7 on, so that one that is too old gets a sentence and not a SyntaxError.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
READY = os.path.join(VENV, ".ready")
LOCK = os.path.join(ROOT, "requirements.txt")
OLDEST, NEWEST = (3, 11), (3, 13)
HERE = f"{sys.version_info[0]}.{sys.version_info[1]}"


def stop(sentence):
    """End with one sentence that says what happened and what to do."""
    sys.exit("\nset-up: " + sentence)


def wanted():
    """Return the fingerprint of the lock, which `.ready` must hold."""
    with open(LOCK, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def is_ready():
    """Tell whether the environment was built completely, from this lock, here, and with the Python asked for."""
    try:
        with open(READY) as file:
            lock, version, place = file.read().splitlines()
    except (OSError, ValueError):
        return False
    right_python = "PYTHON" not in os.environ or version == HERE
    return lock == wanted() and place == VENV and right_python and os.path.exists(python())


def python():
    """Return the environment's own interpreter."""
    return os.path.join(VENV, "bin", "python")


def check_interpreter():
    """Stop when this Python can't build the environment."""
    if os.name == "nt":
        stop("Windows itself is not supported; install WSL2 (wsl --install) and run the same command inside it.")
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        stop(
            f"the course needs Python 3.11, 3.12 or 3.13, and {sys.executable} is {HERE}; install one of them "
            "and name it, as in PYTHON=python3.12 make lab"
        )
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        stop(
            "this Python has no venv module; on Debian and Ubuntu install it with "
            f"apt install python{HERE}-venv, then run the command again"
        )


def build():
    """Build the environment from nothing and install what the lock names."""
    shutil.rmtree(VENV, ignore_errors=True)
    print("set-up: installing the course's packages into .venv, once; this takes some minutes", flush=True)
    made = subprocess.run([sys.executable, "-m", "venv", VENV], capture_output=True, text=True, check=False)
    if made.returncode:
        stop("python -m venv failed, and said: " + (made.stdout + made.stderr).strip())
    install = [python(), "-m", "pip", "install", "--disable-pip-version-check", "-r", LOCK]
    pip = subprocess.Popen(install, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    last = []
    for line in pip.stdout:
        last = [*last[-19:], line]
        if line.startswith(("Collecting", "Installing")):
            print("  " + line.strip()[:110], flush=True)
    if pip.wait():
        explain("".join(last))
    write_lab_settings()


def write_lab_settings():
    """Keep JupyterLab from asking about news, and let it save with a notebook what was clicked in it.

    There may be no network, and a class should see the lesson first. `make grade` reads the clicks.
    """
    folder = os.path.join(VENV, "share", "jupyter", "lab", "settings")
    os.makedirs(folder, exist_ok=True)
    news = {"fetchNews": "false", "checkForUpdates": False}
    settings = {
        "@jupyterlab/apputils-extension:notification": news,
        "@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": True},
    }
    with open(os.path.join(folder, "overrides.json"), "w") as file:
        json.dump(settings, file)


def explain(said):
    """Stop with the reason why pip failed."""
    if "No space left" in said:
        stop("the disk is full: the packages need about 3 GB, 7 GB with the CUDA build; make room and run it again.")
    if any(sign in said for sign in ("NewConnectionError", "NameResolutionError", "from versions: none", "timed out")):
        stop(
            "pip can't reach its package index: connect to the network (or set pip's proxy) and run the command again."
        )
    stop(f"pip could not install the packages, and said last:\n{said}\nMend that and run the command again.")


def main():
    """Make sure that `.venv` is there and complete."""
    if is_ready():
        return
    check_interpreter()
    build()
    with open(READY, "w") as file:
        file.write("\n".join([wanted(), HERE, VENV]))
    print("set-up: done", flush=True)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        stop("interrupted; run the same command again to start the install afresh.")
