"""What an exercise is and how it is judged; `course/checks/lesson_NN.py` defines the exercises of each lesson."""

import contextlib
import dis
import html
import importlib.util
import inspect
import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass

NOT_ANSWERED, WRONG, RIGHT = "not answered", "wrong", "right"
MARKS = {NOT_ANSWERED: "○", WRONG: "✗", RIGHT: "✓"}
COLOURS = {NOT_ANSWERED: "#767676", WRONG: "#b8500b", RIGHT: "#0b6e99"}  # told apart by the colour-blind too
LETTERS = "ABCDEFGH"


class Wrong(Exception):  # noqa: N818 - a verdict, not an error
    """Raised by a check: its message names the learner's mistake."""


@dataclass(frozen=True)
class Verdict:
    """What a learner is told: one of three states, a message, perhaps a hint. Displays as a box, or as plain text."""

    number: str
    state: str
    message: str
    hint: str = ""

    def __repr__(self) -> str:
        text = f"{MARKS[self.state]} {self.number} {self.state}: {self.message}"
        return f"{text}\n  Hint: {self.hint}" if self.hint else text

    def _repr_html_(self) -> str:
        message = html.escape(self.message).replace("\n", "<br>")
        hint = f"<div><b>Hint:</b> {html.escape(self.hint)}</div>" if self.hint else ""
        return (
            f"<div role='status' style='border-left:5px solid {COLOURS[self.state]};padding:6px 12px;max-width:60em'>"
            f"<b>{MARKS[self.state]} {self.number} {self.state}</b><div>{message}</div>{hint}</div>"
        )


@dataclass(frozen=True)
class Exercise:
    """A code exercise: `test(answer)` raises `Wrong` when the answer is wrong; `hints` are told one after another.

    For a right answer, `test` may return a sentence to say in place of "well done."
    """

    number: str
    test: Callable[[object], str | None]
    hints: tuple[str, ...]

    def judge(self, answer: object) -> Verdict:
        """Return the verdict on `answer`; whatever a learner's code raises makes it wrong, with the error told."""
        if is_stub(answer):
            return Verdict(self.number, NOT_ANSWERED, "replace the ... above, run that cell, then this one again.")
        try:
            praise = self.test(answer)
        except Wrong as wrong:
            return Verdict(self.number, WRONG, str(wrong))
        except (Exception, SystemExit) as error:
            said = textwrap.shorten(str(error).strip() or "no message", 400)
            return Verdict(self.number, WRONG, f"your code raised {type(error).__name__}: {said}")
        return Verdict(self.number, RIGHT, praise or "well done.")


@dataclass(frozen=True)
class Option:
    """One answer to a concept question, and what to say to whoever picks it."""

    text: str
    feedback: str
    right: bool = False


@dataclass(frozen=True)
class Question:
    """A concept question; an answer is the letter of an option, `"A"` for the first."""

    number: str
    text: str
    options: tuple[Option, ...]
    hints = ()

    def judge(self, answer: object) -> Verdict:
        """Return the verdict on the letter `answer`, with that option's own feedback."""
        letters = LETTERS[: len(self.options)]
        answer = answer.strip().upper() if isinstance(answer, str) else answer
        if answer is None or answer is ...:
            return Verdict(self.number, NOT_ANSWERED, "pick one of the options.")
        if answer not in tuple(letters):
            return Verdict(self.number, WRONG, f"an answer is one letter of {', '.join(letters)}.")
        option = self.options[letters.index(answer)]
        return Verdict(self.number, RIGHT if option.right else WRONG, option.feedback)


_lessons: dict[int, dict[str, Exercise | Question]] = {}


def exercise(number: str, *, hints: list[str]) -> Callable[[Callable], Callable]:
    """Register the decorated `test(answer)` as the check of exercise `number`; see `Exercise`."""

    def register(test: Callable[[object], str | None]) -> Callable[[object], str | None]:
        _register(Exercise(number, test, tuple(hints)))
        return test

    return register


def question(number: str, text: str, *options: Option) -> None:
    """Register a concept question. Raises `ValueError` unless exactly one of its options is right."""
    if sum(option.right for option in options) != 1:
        raise ValueError(f"question {number} needs exactly one right option")
    _register(Question(number, text, options))


def _register(item: Exercise | Question) -> None:
    _lessons.setdefault(int(item.number.partition(".")[0]), {})[item.number] = item


def lesson(number: int) -> dict[str, Exercise | Question]:
    """Return the exercises and questions of a lesson by their numbers (`"1.2"`), in order; empty if there are none."""
    name = f"course.checks.lesson_{number:02d}"
    if importlib.util.find_spec(name):
        importlib.import_module(name)
    return dict(sorted(_lessons.get(number, {}).items(), key=lambda entry: int(entry[0].partition(".")[2])))


def find(number: str) -> Exercise | Question:
    """Return exercise `number`, such as `"1.2"`. Raises `KeyError` with the numbers there are."""
    items: dict[str, Exercise | Question] = {}
    with contextlib.suppress(ValueError, AttributeError):
        items = lesson(int(number.partition(".")[0]))
    if number not in items:
        raise KeyError(f"there is no exercise {number!r}; in that lesson there are: {', '.join(items) or 'none'}")
    return items[number]


def must_be_a_function(answer: object, name: str) -> Callable:
    """Return the answer. Raises `Wrong` when it can't be called; `name` is what the exercise calls it."""
    if not callable(answer):
        raise Wrong(f"`{name}` must be a function; yours is of type {type(answer).__name__}.")
    return answer


def is_stub(answer: object) -> bool:
    """Tell whether `answer` is not answered yet: `...`, nothing, or a function, class or list that holds `...`."""
    if answer is None or answer is ...:
        return True
    if isinstance(answer, str):
        return bool(re.search(r"(?<!\S)\.\.\.(?!\S)", answer)) or not answer.strip()
    if isinstance(answer, (list, tuple, set)):
        return any(item is ... for item in answer)
    if isinstance(answer, dict):
        return any(item is ... for item in answer.values())
    if inspect.isclass(answer):
        return any(is_stub(item) for item in vars(answer).values() if inspect.isfunction(item))
    return inspect.isfunction(answer) and _steps(answer) == _steps(_stub)


def _steps(function: Callable) -> list[tuple]:
    return [(step.opname, step.argval) for step in dis.get_instructions(function)]


def _stub() -> None: ...
