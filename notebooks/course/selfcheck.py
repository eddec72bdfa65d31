"""Self-assessment in a notebook: `check` an answer, offer a `choice`, show `progress`.

None of them raises at a learner. With `COURSE_STRICT=1` in the environment (an instructor's grader) whatever is not
right fails its cell instead.
"""

import contextlib
import dataclasses
import html
import json
import os
import re
from pathlib import Path

import ipywidgets
from IPython import get_ipython
from IPython.display import display

from course import ROOT
from course.exercises import COLOURS, LETTERS, MARKS, NOT_ANSWERED, RIGHT, WRONG, Question, Verdict, find, lesson

verdicts: dict[str, Verdict] = {}
"""The last verdict on each exercise in this kernel; `make grade` reads it after every check."""

_tries: dict[str, int] = {}
_lesson_in_use = 0


def check(number: str, answer: object) -> None:
    """Show whether `answer` solves exercise `number`; the hints grow with the tries."""
    _use(number)
    exercise = find(number)
    verdict = exercise.judge(answer)
    if failed := _error_of_the_cell_before():
        stale = f"the cell before this one ended in {failed}, so this judges an older answer. "
        verdict = dataclasses.replace(verdict, message=stale + verdict.message)
    elif verdict.state == WRONG:
        _tries[number] = _tries.get(number, 0) + 1
        verdict = dataclasses.replace(verdict, hint=" ".join(exercise.hints[: _tries[number]]))
    display(verdict)
    _settle(verdict)


def _error_of_the_cell_before() -> str:
    """Return the type of the error that ended the cell run before the current one; "" when there was none."""
    result = getattr(get_ipython(), "last_execution_result", None)
    error = result and (result.error_in_exec or result.error_before_exec)
    return type(error).__name__ if error else ""


def choice(number: str, answer: str | None = None) -> None:
    """Show concept question `number` as radio buttons; every option has its own feedback.

    A letter as the second argument answers it in the notebook itself, where a grader reads it: `choice("1.3", "B")`.
    """
    _use(number)
    question = find(number)
    if not isinstance(question, Question):
        raise TypeError(f"exercise {number} asks for code: write check({number!r}, your_answer)")
    display(_Radio(question, answer))
    _settle(question.judge(answer))


class _Radio(ipywidgets.VBox):
    """The radio buttons of a question; where there is no widget view, its text stands in."""

    def __init__(self, question: Question, answer: str | None) -> None:
        self.question, self.verdict = question, question.judge(answer)
        options = [
            (f"{letter}. {option.text.replace('`', '')}", letter)
            for letter, option in zip(LETTERS, question.options, strict=False)
        ]
        text = re.sub(r"`([^`]*)`", r"<code>\1</code>", html.escape(question.text))
        title = ipywidgets.HTML(f"<b>{question.number}</b> {text}")
        given = answer if answer in [letter for _, letter in options] else None
        radio = ipywidgets.RadioButtons(options=options, value=given, layout={"width": "auto", "max_width": "none"})
        self.feedback = ipywidgets.HTML(self.verdict._repr_html_() if answer else "")
        radio.observe(self._picked, "value")
        super().__init__([title, radio, self.feedback])

    def _picked(self, change: dict) -> None:
        self.verdict = self.question.judge(change["new"])
        self.feedback.value = self.verdict._repr_html_()
        _keep(self.verdict)

    def _repr_mimebundle_(self, **kwargs: object) -> dict:
        bundle = super()._repr_mimebundle_(**kwargs)
        options = [f"  {letter}. {option.text}" for letter, option in zip(LETTERS, self.question.options, strict=False)]
        told = [] if self.verdict.state == NOT_ANSWERED else [repr(self.verdict)]
        bundle["text/plain"] = "\n".join([f"{self.question.number} {self.question.text}", *options, *told])
        return bundle


@dataclasses.dataclass(frozen=True)
class Progress:
    """How far a learner is in a lesson: exercise number -> state. Displays as a bar, or as plain text."""

    lesson: int
    states: dict[str, str]

    def __repr__(self) -> str:
        right = sum(state == RIGHT for state in self.states.values())
        marks = "  ".join(f"{MARKS[state]} {number}" for number, state in self.states.items())
        return f"Lesson {self.lesson:02d}: {right} of {len(self.states)} right   {marks}"

    def _repr_html_(self) -> str:
        colours = [COLOURS[RIGHT] if state == RIGHT else "transparent" for state in self.states.values()]
        parts = "".join(
            f"<div style='flex:1;border:1px solid #767676;background:{colour}'></div>" for colour in colours
        )
        return f"<div>{html.escape(repr(self))}<div style='display:flex;width:24em;height:12px'>{parts}</div></div>"


def progress(number: int | None = None) -> Progress:
    """Return how far the learner is in lesson `number`, by default the one in use. It survives a kernel restart."""
    number = _lesson_in_use if number is None else number
    kept = _read()
    return Progress(number, {name: kept.get(name, NOT_ANSWERED) for name in lesson(number)})


def _use(number: str) -> None:
    global _lesson_in_use  # noqa: PLW0603 - a notebook is one lesson, and so is its kernel
    _lesson_in_use = int(number.partition(".")[0])


def _settle(verdict: Verdict) -> None:
    verdicts[verdict.number] = verdict
    _keep(verdict)
    if os.environ.get("COURSE_STRICT") == "1" and verdict.state != RIGHT:
        raise AssertionError(repr(verdict))


def _file() -> Path:
    return Path(os.environ.get("COURSE_PROGRESS", ROOT / ".progress.json"))


def _read() -> dict[str, str]:
    try:
        kept = json.loads(_file().read_text())
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _keep(verdict: Verdict) -> None:
    if verdict.state == NOT_ANSWERED:
        return
    kept = _read() | {verdict.number: verdict.state}
    with contextlib.suppress(OSError):  # a read-only folder costs the learner the bar, not the lesson
        new = _file().with_suffix(f".{os.getpid()}.tmp")
        new.write_text(json.dumps(kept, indent=1, sort_keys=True))
        new.replace(_file())
