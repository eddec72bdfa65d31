"""CONTRIBUTING.md's steps make a lesson that keeps every rule, and `make handout` a course without solutions."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "CONTRIBUTING.md").read_text()
WORDS = "Here stand words that somebody has written for the learner, in short sentences. "


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project in a folder with a space in its name, which shares this environment."""
    copy = tmp_path / "a course"
    ignored = shutil.ignore_patterns(".git", ".venv", ".*_cache", "__pycache__", "screenshots", "handout", "grades")
    shutil.copytree(ROOT, copy, ignore=ignored)
    environment = copy / ".venv"
    environment.mkdir()
    for part in Path(sys.prefix).iterdir():
        (environment / part.name).symlink_to(part)
    ready = (Path(sys.prefix) / ".ready").read_text().splitlines()
    (environment / ".ready").unlink()
    (environment / ".ready").write_text("\n".join([*ready[:2], str(environment)]))  # or make would build it anew
    return copy


def make(project: Path, command: str) -> subprocess.CompletedProcess:
    """Run a command line of the page in the project's folder, as a reader would in a terminal."""
    outside = ("PYTEST_", "COV_", "COURSE_", "MAKE")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(outside)}
    return subprocess.run(
        command, shell=True, cwd=project, env=environment, capture_output=True, text=True, check=False
    )


def test_following_the_page_makes_a_lesson_that_keeps_every_rule(project: Path) -> None:
    steps = re.findall(r"```sh\n\s*(.*?)\n\s*```", PAGE, re.DOTALL)
    assert [step.split()[:2] for step in steps] == [["make", "lesson"], ["make", "execute"], ["make", "test"]]
    files, record, prove = steps

    made = make(project, files)
    assert made.returncode == 0, made.stderr
    pages = [project / "README.md", project / "docs" / "INSTRUCTORS.md"]
    rows = [line for line in made.stdout.splitlines() if line.startswith("| 12 |")]
    for page, row in zip(pages, rows, strict=True):
        last = re.findall(r"^\| \d\d \|.*$", page.read_text(), re.MULTILINE)[-1]
        page.write_text(page.read_text().replace(last, f"{last}\n{row}"))
    before, link = re.search(r"second line of (\S+):\n\n(\[Next: .*\))", made.stdout).groups()
    notebook = nbformat.read(project / "notebooks" / before, as_version=4)
    start = "[Back to the start](00_start_here.ipynb)"
    notebook.cells[0].source = notebook.cells[0].source.replace(start, link, 1)
    nbformat.write(notebook, project / "notebooks" / before)
    held_back = make(project, """make test ARGS="-k 'left_to_write and 12_'" """)
    assert "test_nothing_is_left_to_write[12_count_ink]" in held_back.stdout
    assert held_back.returncode != 0

    written = [project / name for name in made.stdout.splitlines() if name.endswith((".ipynb", ".py"))]
    assert len(written) == 4
    for path in [*pages, *written]:
        path.write_text(path.read_text().replace("TODO: ", WORDS * 4 if path.suffix == ".ipynb" else ""))

    for step in (record, prove):
        done = make(project, step)
        assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert re.search(r"\d+ passed", done.stdout)


@pytest.mark.parametrize(
    ("name", "told"), [("", "is no name of a lesson"), ("count_ink", "two digits"), ("06_again", "already")]
)
def test_a_lesson_is_refused_a_name_that_no_lesson_can_have(project: Path, name: str, told: str) -> None:
    before = sorted(project.rglob("*.ipynb"))
    refused = make(project, f"make lesson NAME={name}")
    assert refused.returncode != 0
    assert told in refused.stderr
    assert "Traceback" not in refused.stderr
    assert sorted(project.rglob("*.ipynb")) == before


def test_the_handout_has_every_cell_but_the_solutions(tmp_path: Path) -> None:
    handout = tmp_path / "for my class"
    command = [sys.executable, str(ROOT / "tools" / "handout.py"), str(handout)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        ours = nbformat.read(path, as_version=4)
        theirs = nbformat.read(handout / "notebooks" / path.name, as_version=4)
        kept = [cell for cell in ours.cells if "solution" not in cell.metadata.get("tags", [])]
        assert theirs.cells == kept
        assert len(kept) < len(ours.cells)
        assert "<summary>Solution" not in (handout / "notebooks" / path.name).read_text()
    assert not (handout / "tests").exists()

    run = [sys.executable, "-m", "pytest", "-n", "0", "notebooks/02_script_a_model.ipynb"]
    proved = subprocess.run(run, cwd=handout, capture_output=True, text=True, check=False)
    assert proved.returncode == 0, proved.stdout[-3000:]

    lesson = [sys.executable, "tools/new_lesson.py", "12_count_ink"]
    refused = subprocess.run(lesson, cwd=handout, capture_output=True, text=True, check=False)
    assert refused.stderr.startswith("lesson: this is a handout")

    again = subprocess.run(command, capture_output=True, text=True, check=False)
    assert again.returncode != 0
    assert "is there already" in again.stderr
