"""The course as it is published: its lessons, its exercises, and the files that every run gets a copy of."""

import hashlib
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from notebook import Cell, parse

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "notebooks"))

from course import exercises  # noqa: E402 - it lies beside the notebooks, and so is found from now on only

Item = exercises.Exercise | exercises.Question

HEADER = re.compile(r"^#+\s*(?:Exercise|Question)\s+(\d+\.\d+)\b", re.MULTILINE)
"""The first line of an exercise's text, wherever it was copied."""

COPIED = ("notebooks/course", "handlers", "data", "model_store", "deploy")
"""What a lesson reads or writes of the project."""

LEFT_OUT = re.compile(r"__pycache__|\.ipynb_checkpoints|^data/full/|\.mar$")


@dataclass(frozen=True)
class Task:
    """Where the cells of an exercise stand in the course's notebook; a question has no answer cell."""

    number: str
    header: int
    answer: int | None
    check: int


@dataclass(frozen=True)
class Lesson:
    """A lesson: its file's name, its cells, and its exercises by number, in order."""

    number: int
    name: str
    cells: tuple[Cell, ...]
    tasks: dict[str, Task]
    items: dict[str, Item]

    @property
    def stem(self) -> str:
        """The file's name without `.ipynb`."""
        return self.name.removesuffix(".ipynb")


def read_lessons() -> list[Lesson]:
    """Return the course's lessons that have exercises, in order."""
    paths = sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))
    lessons = [_read(int(path.name[:2]), path) for path in paths]
    return [lesson for lesson in lessons if lesson.tasks]


def _read(number: int, path: Path) -> Lesson:
    cells = parse(path.read_text(encoding="utf-8")).cells
    tasks = {}
    for header, cell in enumerate(cells):
        if "exercise" in cell.tags:
            after = header + 1
            answer = after if "answer" in cells[after].tags else None
            name = HEADER.search(cell.source)[1]
            tasks[name] = Task(name, header, answer, after if answer is None else after + 1)
    items = exercises.lesson(number)
    return Lesson(number, path.name, cells, tasks, {name: items[name] for name in tasks})


@dataclass(frozen=True)
class Files:
    """The course's files, by their path in the project: read once, so that no submission can change what others get."""

    contents: dict[str, bytes]

    @classmethod
    def read(cls) -> "Files":
        """Read the files that lessons use, about 5 MB."""
        paths = (path for folder in COPIED for path in sorted((ROOT / folder).rglob("*")) if path.is_file())
        names = {path.relative_to(ROOT).as_posix(): path for path in paths}
        return cls({name: path.read_bytes() for name, path in names.items() if not LEFT_OUT.search(name)})

    @property
    def digests(self) -> dict[str, str]:
        """The fingerprint of each file."""
        return {name: hashlib.sha256(content).hexdigest() for name, content in self.contents.items()}

    def write_to(self, folder: Path) -> None:
        """Write a copy of them into `folder`, with a home and a place for temporary files beside them."""
        for name, content in self.contents.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        for name in ("home", "tmp"):
            (folder / name).mkdir()
