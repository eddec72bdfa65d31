"""The results as a CSV file for a spreadsheet, and as a page for people."""

import csv
import io
import os
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import jinja2
from grading import ERROR, NOT_ANSWERED, NOT_HANDED_IN, RESULTS, RIGHT, WRONG, Graded, Result
from lessons import Lesson, exercises
from submissions import Submission

MARKS = exercises.MARKS | {ERROR: "!", NOT_HANDED_IN: "–"}  # noqa: RUF001 - a dash, as long as a mark
COLOURS = exercises.COLOURS | {ERROR: "#7b2d8b", NOT_HANDED_IN: "#767676"}

LONGEST = 400
"""Characters of a message in the report."""

COLUMNS = ("learner", "lesson", "exercise", "result", "message", "remarks")

_ENVIRONMENT = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True, lstrip_blocks=True
)
_PAGE = _ENVIRONMENT.get_template("page.html")  # read now: what a submission does to the disk comes too late


@dataclass(frozen=True)
class Row:
    """One learner: what they handed in, and their graded lessons in the order of the course."""

    submission: Submission
    lessons: list[Graded]

    @property
    def learner(self) -> str:
        """The name of the learner's folder, in characters that can be shown."""
        return clean(self.submission.learner)

    @property
    def results(self) -> list[Result]:
        """The results of all lessons."""
        return [result for graded in self.lessons for result in graded.results]

    @property
    def counts(self) -> Counter[str]:
        """How many exercises are right, wrong and so on."""
        return Counter(result.result for result in self.results)


def clean(text: str) -> str:
    """Return a learner's text in one line, without colour and control codes, cut where it is too long."""
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text.encode("utf-8", "replace").decode())
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 4]} ..."


def write(out: Path, rows: list[Row], lessons: list[Lesson], notes: list[str]) -> list[Path]:
    """Write `grades.csv` and `index.html` into the folder `out` and return their paths."""
    texts = {"grades.csv": as_csv(rows), "index.html": as_page(rows, lessons, notes)}
    out.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        new = out / f".{name}.{os.getpid()}"
        new.write_text(text, encoding="utf-8", newline="")
        new.replace(out / name)
    return [out / name for name in texts]


def as_csv(rows: list[Row]) -> str:
    """Return a row for each learner and exercise. The remarks on a lesson stand in each of its rows."""
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(COLUMNS)
    for row in rows:
        for graded in row.lessons:
            for result in graded.results:
                remarks = "; ".join([*result.remarks, *graded.remarks])
                cells = (result.learner, result.lesson, result.exercise, result.result, result.message, remarks)
                writer.writerow([_harmless(clean(cell)) for cell in cells])
    return table.getvalue()


def _harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@")) else cell


def as_page(rows: list[Row], lessons: list[Lesson], notes: list[str]) -> str:
    """Return the page: it needs no other file and no network."""
    by_exercise = {number: [] for lesson in lessons for number in lesson.tasks}
    for row in rows:
        for result in row.results:
            by_exercise[result.exercise].append(result)
    return _PAGE.render(
        rows=rows, lessons=lessons, notes=notes, results=RESULTS, marks=MARKS, colours=COLOURS, clean=clean,
        right=RIGHT, quiet=(RIGHT, NOT_ANSWERED, NOT_HANDED_IN),
        classes={result: result.replace(" ", "-") for result in RESULTS},
        counts={number: Counter(result.result for result in found) for number, found in by_exercise.items()},
        stumbles={number: _stumble(found) for number, found in by_exercise.items()},
    )  # fmt: skip


def _stumble(results: list[Result]) -> str:
    """Return what most of those who went wrong were told."""
    told = Counter(clean(result.message) for result in results if result.result in (WRONG, ERROR))
    message, count = next(iter(told.most_common(1)), ("", 0))
    return f"{message} ({count} times)" if count > 1 else message
