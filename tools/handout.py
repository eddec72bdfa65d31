"""`make handout`: a copy of the course for learners, its notebooks without solutions.

The copy works by itself: `make lab` in it sets everything up. Solutions are removed by nbconvert, by their tag.
"""

import shutil
import sys
from pathlib import Path

from nbconvert import NotebookExporter
from nbconvert.preprocessors import TagRemovePreprocessor

ROOT = Path(__file__).resolve().parents[1]
PARTS = (
    "Makefile", "README.md", "LICENSE", "LICENSE-text", "CONTRIBUTING.md", "docs", "requirements.in",
    "requirements.txt", "environment.yml", "pyproject.toml", "conftest.py", "data", "handlers", "tools",
    "model_store/README.md", "notebooks/course", "bench", "deploy",
)  # fmt: skip
"""What a learner needs besides the notebooks; whatever else lies in the folder, such as submissions, stays here."""

LEFT_OUT = shutil.ignore_patterns("__pycache__", "full", "*.mar")


def stop(sentence: str) -> None:
    """End with one sentence that says what happened and what to do."""
    sys.exit(f"handout: {sentence}")


def without_solutions(path: Path) -> str:
    """Return the text of the notebook at `path` without the cells that are tagged `solution`."""
    exporter = NotebookExporter()
    exporter.register_preprocessor(TagRemovePreprocessor(remove_cell_tags={"solution"}), enabled=True)
    return exporter.from_filename(str(path))[0]


def make_handout(target: Path) -> None:
    """Write the copy into `target`, a folder that is empty or not there yet."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        stop(f"{target} is there already: remove it, or name another folder, as in `make handout HANDOUT=../class`")
    for part in PARTS:
        source, copy = ROOT / part, target / part
        copy.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, copy, ignore=LEFT_OUT)
        else:
            shutil.copy(source, copy)
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        (target / "notebooks" / path.name).write_text(without_solutions(path), encoding="utf-8")


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    make_handout(folder)
    print(f"The course without its solutions is in {folder}: zip it for your learners; they start it with `make lab`.")
