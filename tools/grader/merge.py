"""Put a learner's answers into the course's own notebook: checks and lesson from the course, answers from the learner.

Cells that the learner added, such as a helper function, keep their place.
"""

from dataclasses import dataclass, field

import syntax
from lessons import Lesson, Task
from letters import letter_of
from match import OWN_NAMES, added_cells, places_of
from notebook import Cell, Notebook


@dataclass(frozen=True)
class Step:
    """A cell to run. kind: "course", "added", "answer" or "check"; `exercise` is the one that it belongs to."""

    kind: str
    source: str
    exercise: str = ""
    may_raise: bool = False


@dataclass
class Merged:
    """What is to run, which exercises were answered, the letters of the questions, and remarks by exercise.

    Remarks under "" are about the whole lesson. An exercise without an answer has its published stub among the steps.
    """

    steps: list[Step] = field(default_factory=list)
    stubs: dict[str, str] = field(default_factory=dict)
    answered: list[str] = field(default_factory=list)
    letters: dict[str, str | None] = field(default_factory=dict)
    remarks: dict[str, list[str]] = field(default_factory=dict)

    def remark(self, exercise: str, text: str) -> None:
        """Add a remark, once."""
        said = self.remarks.setdefault(exercise, [])
        if text not in said:
            said.append(text)


def merge(lesson: Lesson, notebook: Notebook) -> Merged:
    """Return the course's lesson with the learner's answers in it."""
    merged = Merged()
    places = places_of(lesson, notebook.cells)
    source_at = {place: notebook.cells[position].source for position, place in places.items()}
    added = added_cells(notebook.cells, places)
    for place in range(-1, len(lesson.cells)):
        if place >= 0:
            _add_step(merged, lesson, place, source_at)
        for source in added.get(place, []):
            exercise = next((t.number for t in lesson.tasks.values() if t.answer and t.check > place), "")
            merged.steps.append(Step("added", source, exercise, may_raise=True))
            _remark_on_source(merged, exercise, source, "a cell that was added")
    for task in lesson.tasks.values():
        if task.answer is None:
            letter, remarks = letter_of(lesson.items[task.number], notebook)
            merged.letters[task.number] = letter
            for remark in remarks:
                merged.remark(task.number, remark)
        else:
            merged.stubs[task.number] = lesson.cells[task.answer].source
            if _is_answered(lesson, task, source_at, added):
                merged.answered.append(task.number)
        _remark_on_check(merged, lesson, task, source_at, notebook.cells)
    _remark_on_lesson(merged, lesson, source_at)
    return merged


def _add_step(merged: Merged, lesson: Lesson, place: int, source_at: dict[int, str]) -> None:
    cell = lesson.cells[place]
    task = next((task for task in lesson.tasks.values() if place in (task.answer, task.check)), None)
    if cell.kind != "code" or (task and task.answer is None):
        return  # questions are judged without a kernel
    if task is None:
        merged.steps.append(Step("course", cell.source, may_raise="raises-exception" in cell.tags))
    elif place == task.check:
        merged.steps.append(Step("check", cell.source, task.number))
    else:
        source = source_at.get(place, cell.source)
        changed = not syntax.same(source, cell.source) and not syntax.is_blank(source)
        kind = "answer" if changed else "course"
        merged.steps.append(Step(kind, source if changed else cell.source, task.number, may_raise=True))
        if changed:
            _remark_on_source(merged, task.number, source, "the answer")


def _is_answered(lesson: Lesson, task: Task, source_at: dict[int, str], added: dict[int, list[str]]) -> bool:
    stub = lesson.cells[task.answer].source
    source = source_at.get(task.answer, stub)
    in_between = any(added.get(place) for place in range(task.header, task.check))
    return in_between or not (syntax.same(source, stub) or syntax.is_blank(source))


def _remark_on_source(merged: Merged, exercise: str, source: str, what: str) -> None:
    for name in sorted(syntax.binds(source) & set(OWN_NAMES)):
        merged.remark(exercise, f"{what} defines a {name} of its own: it is not used")
    if "COURSE_PROGRESS" in source or "progress.json" in source:
        merged.remark(exercise, f"{what} names the progress file: it is not used for grading")


def _remark_on_check(
    merged: Merged, lesson: Lesson, task: Task, source_at: dict[int, str], cells: tuple[Cell, ...]
) -> None:
    name = "choice" if task.answer is None else "check"
    kept = source_at.get(task.check)
    if kept is None:
        kept = next((c.source for c in cells if syntax.only_call(c.source, name) == task.number), None)
    if task.answer is not None and task.answer not in source_at:
        merged.remark(task.number, "the answer cell was removed")
    if kept is None:
        merged.remark(task.number, "the check cell was removed; the course's own was used")
    elif name == "choice" and syntax.only_call(kept, name) == task.number:
        return  # a letter in it is how a question is answered
    elif not syntax.same(kept, lesson.cells[task.check].source):
        merged.remark(task.number, "the check cell was edited; the course's own was used")


def _remark_on_lesson(merged: Merged, lesson: Lesson, source_at: dict[int, str]) -> None:
    of_exercises = {place for task in lesson.tasks.values() for place in (task.answer, task.check)}
    own = [p for p, cell in enumerate(lesson.cells) if cell.kind == "code" and p not in of_exercises]
    edited = [p for p in own if p in source_at and not syntax.same(source_at[p], lesson.cells[p].source)]
    for what, places in ("edited", edited), ("removed", [p for p in own if p not in source_at]):
        if len(places) == len(own):
            merged.remark("", "it has none of the lesson's own cells; the course's were used")
        elif places:
            count = "a cell" if len(places) == 1 else f"{len(places)} cells"
            merged.remark("", f"{count} of the lesson itself {what}; the course's own were used")
        if any(syntax.only_call(lesson.cells[p].source, "progress") is not None for p in places):
            merged.remark("", f"progress() was {what}; it is not used for grading")
