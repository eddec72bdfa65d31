"""`make lab` and `make test` build the environment once, and say in one sentence what is wrong when they can't."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of what set-up needs, in a folder with a space in its name, with a lock of one small package."""
    folder = tmp_path / "a course"
    (folder / "tools").mkdir(parents=True)
    shutil.copy(ROOT / "tools" / "set_up.py", folder / "tools")
    shutil.copy(ROOT / "Makefile", folder)
    wheel = folder / "tiny-1.0-py3-none-any.whl"
    write_wheel(wheel)
    (folder / "requirements.txt").write_text("tiny==1.0\n")
    return folder


def write_wheel(path: Path) -> None:
    """Write a wheel of one empty module, so that no test needs the network."""
    import zipfile

    info = "tiny-1.0.dist-info"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr("tiny.py", "")
        wheel.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")


def set_up(project: Path, **more: str) -> subprocess.CompletedProcess:
    environment = {"PATH": "/usr/bin:/bin", "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": project.as_uri()} | more
    command = ["make", "setup", f"PYTHON={more.get('PYTHON', sys._base_executable)}"]
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)


def can_import_tiny(project: Path) -> bool:
    python = project / ".venv" / "bin" / "python"
    return python.exists() and not subprocess.run([python, "-c", "import tiny"], check=False).returncode


def test_it_installs_the_lock_once_and_again_when_the_lock_changed(project: Path) -> None:
    first, second = set_up(project), set_up(project)
    assert first.returncode == 0, first.stderr
    assert "installing" in first.stdout
    assert can_import_tiny(project)
    assert (second.returncode, second.stdout) == (0, "")
    (project / "requirements.txt").write_text("# another lock\ntiny==1.0\n")
    assert "installing" in set_up(project).stdout


def test_without_a_network_it_says_so_and_running_it_again_repairs_it(project: Path) -> None:
    wheel = next(project.glob("*.whl"))
    hidden = wheel.rename(wheel.with_suffix(".hidden"))
    failed = set_up(project)
    assert failed.returncode != 0
    assert "connect to the network" in failed.stderr
    assert "Traceback" not in failed.stderr
    (project / ".venv" / "bin" / "python").unlink()  # as if it had been interrupted even earlier
    hidden.rename(wheel)
    assert set_up(project).returncode == 0
    assert can_import_tiny(project)


def test_a_python_that_is_too_old_is_named_with_the_remedy(project: Path) -> None:
    code = (
        "import sys, runpy; sys.version_info = (3, 9, 18); sys.argv[0] = 'set_up'; "
        f"runpy.run_path({str(project / 'tools' / 'set_up.py')!r}, run_name='__main__')"
    )
    failed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert failed.returncode != 0
    assert "PYTHON=python3.12 make lab" in failed.stderr
    assert "Traceback" not in failed.stderr


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_a_python_without_venv_is_told_how_to_get_it(project: Path, module: str) -> None:
    code = (
        f"import sys, runpy; sys.modules[{module!r}] = None; "
        f"runpy.run_path({str(project / 'tools' / 'set_up.py')!r}, run_name='__main__')"
    )
    failed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert failed.returncode != 0
    assert "apt install python3" in failed.stderr
    assert "Traceback" not in failed.stderr


def test_every_pin_stands_in_the_lock_only() -> None:
    direct = [line.split("#")[0].strip() for line in (ROOT / "requirements.in").read_text().splitlines()]
    names = {re.split(r"==|\[", line)[0].lower().replace("_", "-") for line in direct if line}  # ray[serve] is ray
    lock = (ROOT / "requirements.txt").read_text().lower()
    locked = {line.split("==")[0] for line in lock.splitlines() if "==" in line and not line.startswith("#")}
    assert names <= locked
    assert all(line.partition("#")[2].strip() for line in (ROOT / "requirements.in").read_text().splitlines()[1:])
    assert "-r requirements.txt" in (ROOT / "environment.yml").read_text()
