"""Grade one lesson of one learner: run it, and again without what broke the run, until every answer is judged."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from lessons import Lesson, exercises
from merge import Merged, Step, merge
from notebook import Notebook

RIGHT, WRONG, NOT_ANSWERED = exercises.RIGHT, exercises.WRONG, exercises.NOT_ANSWERED
ERROR, NOT_HANDED_IN = "error", "not handed in"
RESULTS = (RIGHT, WRONG, NOT_ANSWERED, ERROR, NOT_HANDED_IN)

Run = Callable[[Lesson, list[Step], float], list[dict]]


@dataclass(frozen=True)
class Result:
    """What became of one exercise of one learner; `result` is one of RESULTS."""

    learner: str
    lesson: str
    exercise: str
    result: str
    message: str = ""
    remarks: tuple[str, ...] = ()


@dataclass
class Graded:
    """The results of one lesson of one learner, and remarks on the notebook as a whole."""

    results: list[Result]
    remarks: list[str] = field(default_factory=list)


class Grading:
    """The lesson that is being graded: what was merged, what is judged already, and which steps are left out."""

    def __init__(self, lesson: Lesson, merged: Merged) -> None:
        self.lesson, self.merged = lesson, merged
        self.judged: dict[str, tuple[str, str]] = {}
        self.left_out: set[int] = set()

    @property
    def open(self) -> list[str]:
        """The exercises that were answered and are not judged yet."""
        return [number for number in self.merged.answered if number not in self.judged]

    def plan(self) -> dict[int, Step]:
        """Return the steps to run, by their position: up to the last check that is open, without what was left out."""
        steps = self.merged.steps
        checks = [i for i, step in enumerate(steps) if step.kind == "check" and step.exercise in self.open]
        last = max(checks, default=-1)
        planned = {}
        for position, step in enumerate(steps[: last + 1]):
            if step.kind == "check" and step.exercise not in self.open:
                continue
            if position not in self.left_out:
                planned[position] = step
            elif step.kind == "answer":
                planned[position] = replace(step, kind="course", source=self.merged.stubs[step.exercise])
        return planned

    def note(self, position: int, step: Step, event: dict) -> None:
        """Take in what the worker told of a step."""
        message = event.get("message", "")
        if event["event"] == "judged":
            self._judge(step, event["verdict"])
        elif event["event"] == "raised" and step.kind == "answer":
            self.judged.setdefault(step.exercise, (ERROR, message))
        elif event["event"] == "raised" and step.kind == "check":
            self.judged[step.exercise] = (ERROR, f"the check could not judge it: {message}")
        elif event["event"] == "raised" and step.kind == "added":
            self.merged.remark(step.exercise, f"a cell that was added raised {message}")
        elif event["event"] == "raised" and not step.may_raise:
            for number in self.open:
                self.merged.remark(number, f"a cell of the lesson, before its check, raised {message}")
        elif event["event"] == "foul":
            self._blame(position, step, message)

    def give_up(self, message: str) -> None:
        """Tell of every exercise that is still open why it can't be judged."""
        for number in self.open:
            self.judged[number] = (ERROR, message)

    def _judge(self, step: Step, verdict: tuple[str, str, str] | None) -> None:
        if verdict is None or verdict[1] not in RESULTS:
            self.judged[step.exercise] = (ERROR, "its check gave no verdict")
        elif "[Errno 27]" in verdict[2]:  # the check reports the limit on a file's size as the answer's own error
            self.judged[step.exercise] = (ERROR, f"the answer wrote too large a file: {verdict[2]}")
        else:
            self.judged[step.exercise] = (verdict[1], verdict[2])

    def _blame(self, position: int, step: Step, message: str) -> None:
        """Leave out the learner's cell that broke the run at `position`, so that the next run gets further."""
        at = [i for i in self.plan() if i <= position]
        own = [i for i in at if self.merged.steps[i].kind in ("answer", "added") and i not in self.left_out]
        of_exercise = [i for i in own if self.merged.steps[i].exercise == step.exercise]
        guilty = max(of_exercise or own, default=None)
        if step.kind in ("answer", "check"):
            who = "the answer" if step.kind == "answer" else "the answer, when its check called it,"
            self.judged[step.exercise] = (ERROR, f"{who} {message}")
        if guilty is None:
            self.give_up(f"the lesson itself could not be run here: a cell of it {message}")
            return
        culprit = self.merged.steps[guilty]
        self.left_out.add(guilty)
        if culprit.kind == "added":
            self.merged.remark(culprit.exercise, f"a cell that was added {message}, and was left out")
        elif step.kind == "course":
            told = f"after the answer, a cell of the lesson {message}; without the answer, the lesson goes on"
            self.judged[culprit.exercise] = (ERROR, told)


def grade(learner: str, lesson: Lesson, notebook: Notebook, run: Run, seconds: float) -> Graded:
    """Grade `notebook` as `learner`'s answers to `lesson`, in at most about `seconds`."""
    merged = merge(lesson, notebook)
    grading = Grading(lesson, merged)
    deadline = time.monotonic() + seconds
    while grading.open:
        if (left := deadline - time.monotonic()) <= 0:
            grading.give_up(f"not judged: the {seconds:g} s for the lesson were used up before it")
            break
        before = (len(grading.open), len(grading.left_out))
        planned = grading.plan()
        positions = list(planned)
        events = run(lesson, list(planned.values()), left)
        if events and events[-1]["position"] < 0:
            grading.give_up(f"no kernel could be started: it {events[-1]['message']}")
            break
        for place, event in {event["position"]: event for event in events}.items():
            grading.note(positions[place], planned[positions[place]], event)
        if before == (len(grading.open), len(grading.left_out)):
            grading.give_up("its run ended without a verdict")
    return Graded([_result(learner, grading, number) for number in lesson.tasks], merged.remarks.get("", []))


def _result(learner: str, grading: Grading, number: str) -> Result:
    lesson, merged = grading.lesson, grading.merged
    if number in merged.letters:
        verdict = lesson.items[number].judge(merged.letters[number])
        result, message = verdict.state, verdict.message
    else:
        result, message = grading.judged.get(number, (NOT_ANSWERED, "the answer cell is as it was published"))
    return Result(learner, lesson.stem, number, result, message, tuple(merged.remarks.get(number, ())))


def without_a_run(learner: str, lesson: Lesson, result: str, message: str) -> Graded:
    """Return the same result for every exercise of a lesson that can't be run."""
    return Graded([Result(learner, lesson.stem, number, result, message) for number in lesson.tasks])
