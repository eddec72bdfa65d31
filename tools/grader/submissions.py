"""Find what each learner handed in: one folder per learner, the notebooks anywhere below it."""

import contextlib
import json
import os
from dataclasses import dataclass, field
from pathlib import Path

from lessons import Lesson
from notebook import Notebook, UnreadableError, parse

LARGEST = 50_000_000
"""Bytes of a notebook that is still read; one with all of its figures has less than one million."""

NOT_LOOKED_INTO = {".ipynb_checkpoints", ".git", ".venv", "__MACOSX", "node_modules"}


class UsageError(Exception):
    """The command can't do what was asked; the message says why, and what to do."""


@dataclass
class Submission:
    """What one learner handed in.

    notebooks: by lesson, the notebook, or why it can't be read. remarks: by lesson, what to say of its file.
    notes: what to say of the folder. claims: exercise -> state in a `.progress.json`, which is not believed.
    """

    learner: str
    notebooks: dict[int, Notebook | str] = field(default_factory=dict)
    remarks: dict[int, list[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    claims: dict[str, str] = field(default_factory=dict)


def find_learners(folder: Path, out: Path) -> tuple[list[Path], list[str]]:
    """Return the learners' folders in `folder`, in order, and what to say of whatever else lies there.

    `out`, the folder for the grades, is no learner's. Raises UsageError when there is nothing to grade.
    """
    if not folder.is_dir():
        there = "is not a folder" if folder.exists() else "does not exist"
        raise UsageError(f"{folder} {there}; name the folder that holds one folder per learner.")
    try:
        entries = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        raise UsageError(f"{folder} can't be read: {error.strerror}.") from error
    found, notes = [], []
    for path in entries:
        if path.is_symlink():
            notes.append(f"{path.name} is a symbolic link, and was not followed.")
        elif not path.is_dir():
            notes.append(f"{path.name} is not a learner's folder: put it, unpacked, into a folder with their name.")
        elif path.resolve() != out.resolve():
            found.append(path)
    if not found:
        told = "".join(f"\n  {note}" for note in notes[:10])
        raise UsageError(f"{folder} holds no learner's folder; it needs one per learner, with their notebooks.{told}")
    return found, notes


def read_submission(folder: Path, lessons: list[Lesson]) -> Submission:
    """Return what lies in a learner's folder. Whatever can't be read is told in it; nothing is raised."""
    submission = Submission(folder.name)
    notebooks: list[Path] = []

    def unreadable(error: OSError) -> None:
        submission.notes.append(f"{_inside(Path(error.filename), folder)} can't be read: {error.strerror}.")

    for top, folders, files in os.walk(folder, onerror=unreadable):
        links = [name for name in folders + files if Path(top, name).is_symlink()]
        submission.notes += [f"{_inside(Path(top, name), folder)} is a symbolic link: ignored." for name in links]
        folders[:] = sorted(set(folders) - NOT_LOOKED_INTO - set(links))
        for name in sorted(set(files) - set(links)):
            path = Path(top, name)
            if name.lower().endswith(".ipynb") and not name.startswith("._"):
                notebooks.append(path)
            elif name == ".progress.json":
                submission.claims |= _claims(path)
    known: set[Path] = set()
    for lesson in lessons:
        known |= _take(submission, folder, lesson, notebooks)
    for path in sorted(set(notebooks) - known):
        submission.notes.append(f"{_inside(path, folder)} has no lesson's name: ignored.")
    if not known:
        submission.notes.append("No notebook of this course was found in the folder.")
    return submission


def _take(submission: Submission, folder: Path, lesson: Lesson, notebooks: list[Path]) -> set[Path]:
    """Add the file for `lesson` to the submission; return all that bear its name.

    The exact name goes before "01_trace_a_model (1).ipynb"; then what lies higher; then the alphabet.
    """
    named = [path for path in notebooks if lesson.stem in path.name]
    named.sort(key=lambda path: (path.name != lesson.name, len(path.parts), str(path)))
    if not named:
        return set()
    remarks = submission.remarks.setdefault(lesson.number, [])
    if len(named) > 1:
        others = ", ".join(_inside(path, folder) for path in named[1:])
        remarks.append(f"{_inside(named[0], folder)} is graded; there are also {others}.")
    elif named[0].name != lesson.name:
        remarks.append(f"{_inside(named[0], folder)} was taken for {lesson.name}.")
    try:
        submission.notebooks[lesson.number] = parse(_content(named[0]))
    except UnreadableError as error:
        submission.notebooks[lesson.number] = f"{_inside(named[0], folder)} can't be read: {error}."
    return set(named)


def _content(path: Path) -> str:
    try:
        if not path.is_file():
            raise UnreadableError("it is no regular file")
        if path.stat().st_size > LARGEST:
            raise UnreadableError(f"it is larger than {LARGEST // 1_000_000} MB")
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UnreadableError(str(error.strerror)) from error
    except UnicodeDecodeError as error:
        raise UnreadableError("it is no text") from error


def _claims(path: Path) -> dict[str, str]:
    with contextlib.suppress(UnreadableError, ValueError, RecursionError):
        claimed = json.loads(_content(path))
        if isinstance(claimed, dict):
            return {number: state for number, state in claimed.items() if isinstance(state, str)}
    return {}


def _inside(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name
