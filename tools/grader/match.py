"""Tell which of a learner's cells is which of the course's, also where another tool has lost the cells' ids."""

import syntax
from lessons import HEADER, Lesson, Task
from notebook import Cell

OWN_NAMES = ("check", "choice", "progress")
"""What the course's cells call for an exercise; a cell that does nothing else is one of them, edited or not."""


def places_of(lesson: Lesson, cells: tuple[Cell, ...]) -> dict[int, int]:
    """Return, for the position of each of the learner's cells that is one of the course's, its position there."""
    by_id = {cell.id: place for place, cell in enumerate(lesson.cells) if cell.id}
    places: dict[int, int] = {}
    for position, cell in enumerate(cells):
        place = by_id.get(cell.id)
        if place is not None and place not in places.values() and cell.kind == lesson.cells[place].kind:
            places[position] = place
    for position, cell in enumerate(cells):
        if position not in places:
            equal = (place for place, other in enumerate(lesson.cells) if _is_copy(cell, other))
            if (place := next((place for place in equal if place not in places.values()), None)) is not None:
                places[position] = place
    for task in lesson.tasks.values():
        if task.answer is not None and task.answer not in places.values():
            position = _answer_by_exercise(lesson, task, cells, places)
            if position is not None:
                places[position] = task.answer
    return places


def _is_copy(cell: Cell, other: Cell) -> bool:
    return cell.kind == other.kind and cell.source.strip() == other.source.strip()


def _answer_by_exercise(lesson: Lesson, task: Task, cells: tuple[Cell, ...], places: dict[int, int]) -> int | None:
    """Return the position of an answer that has lost its id: tagged, above the check, or below the exercise's text."""
    tagged, above, below = [], [], []
    current = ""
    for position, cell in enumerate(cells):
        if cell.kind == "markdown" and (header := HEADER.search(cell.source)):
            current = header[1]
        is_check = places.get(position) == task.check or syntax.only_call(cell.source, "check") == task.number
        if cell.kind != "code" or is_check or position in places or _calls_the_course(cell.source):
            continue
        following = cells[position + 1] if position + 1 < len(cells) else Cell("", "")
        if syntax.only_call(following.source, "check") == task.number:
            above.append(position)
        if current == task.number:
            below.append(position)
            if "answer" in cell.tags:
                tagged.append(position)
    return next(iter([*tagged, *above, *below]), None)


def _calls_the_course(source: str) -> bool:
    return any(syntax.only_call(source, name) is not None for name in OWN_NAMES)


def added_cells(cells: tuple[Cell, ...], places: dict[int, int]) -> dict[int, list[str]]:
    """Return the code cells that the learner added, by the position in the course after which they stand."""
    added: dict[int, list[str]] = {}
    place = -1
    for position, cell in enumerate(cells):
        if position in places:
            place = places[position]
        elif cell.kind == "code" and not _calls_the_course(cell.source) and not syntax.is_blank(cell.source):
            added.setdefault(place, []).append(cell.source)
    return added
