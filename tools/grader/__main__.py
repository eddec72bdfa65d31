"""Grade what learners handed in: `make grade SUBMISSIONS=folder`, or `.venv/bin/python tools/grader FOLDER`.

FOLDER holds one folder per learner, with their notebooks anywhere below it. The lessons, the checks and the files are
this course's; answers, and cells that were added, are the learner's. This RUNS THE LEARNERS' CODE on this machine. Each
run has a copy of the course, limits and, on a recent Linux, no other place to write to; but it can read what you can
read, and it has the network. So grade in a container or under an account that may be thrown away.
"""

import argparse
import os
import signal
import sys
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import replace
from pathlib import Path

import confine
import psutil
import report
from grading import ERROR, NOT_HANDED_IN, RESULTS, Graded, grade, without_a_run
from lessons import Files, Lesson, read_lessons
from limits import MB, Limits
from runs import Runner, Stopped
from submissions import Submission, UsageError, find_learners, read_submission
from tqdm import tqdm

MEMORY_OF_A_RUN = 2_000 * MB
"""Bytes that one run needs at its worst, when a lesson compiles C++; no more runs than fit go on at a time."""

WARNING = (
    "grade: this runs the learners' code on this machine. Do it in a container, or under an account that may be "
    "thrown away."
)


def options(arguments: list[str]) -> argparse.Namespace:
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(prog="grade", description=__doc__.partition("\n")[0])
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    jobs = max(1, min(cores, psutil.virtual_memory().total // MEMORY_OF_A_RUN))
    parser.add_argument("submissions", help="the folder that holds one folder per learner")
    parser.add_argument("--out", default="grades", help="the folder for grades.csv and index.html (%(default)s)")
    parser.add_argument("--timeout", type=positive, default=Limits.cell, help="seconds for an answer (%(default)g)")
    parser.add_argument("--jobs", type=positive, default=jobs, help="runs at the same time (%(default)g here)")
    return parser.parse_args(arguments)


def positive(text: str) -> float:
    """Return a number above zero. Raises argparse.ArgumentTypeError for any other text."""
    try:
        number = float(text)
    except ValueError:
        number = 0
    if not 0 < number < 1e6:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number above 0")
    return number


def grade_all(
    submissions: list[Submission], lessons: list[Lesson], runner: Runner, jobs: int
) -> dict[tuple[str, int], Graded]:
    """Grade every lesson of every learner, `jobs` at a time, and return what came out by learner and lesson.

    Raises KeyboardInterrupt, when nothing is left running.
    """
    graded, pending = {}, {}
    pool = ThreadPoolExecutor(jobs)
    try:
        for submission in submissions:
            for lesson in lessons:
                key = (submission.learner, lesson.number)
                notebook = submission.notebooks.get(lesson.number)
                if notebook is None:
                    graded[key] = without_a_run(submission.learner, lesson, NOT_HANDED_IN, "")
                elif isinstance(notebook, str):
                    graded[key] = without_a_run(submission.learner, lesson, ERROR, notebook)
                else:
                    seconds = runner.limits.lesson
                    task = pool.submit(grade, submission.learner, lesson, notebook, runner.run, seconds)
                    pending[task] = (submission.learner, lesson)
        for task in tqdm(as_completed(pending), total=len(pending), unit="notebook", desc="grading", mininterval=0.5):
            learner, lesson = pending[task]
            graded[learner, lesson.number] = _result_of(task, learner, lesson)
    except KeyboardInterrupt:
        runner.stop()
        raise
    finally:
        pool.shutdown(cancel_futures=True)
    return graded


def _result_of(task: Future, learner: str, lesson: Lesson) -> Graded:
    try:
        return task.result()
    except Stopped:
        raise KeyboardInterrupt from None
    except Exception as error:  # a fault of the grader in one run must not cost the others their grades
        return without_a_run(learner, lesson, ERROR, f"the grader failed: {type(error).__name__}: {error}")


def join(submission: Submission, lessons: list[Lesson], graded: dict[tuple[str, int], Graded]) -> report.Row:
    """Return a learner's row, with remarks on files, and on a progress file that says more than was found."""
    row = report.Row(submission, [graded[submission.learner, lesson.number] for lesson in lessons])
    for lesson, found in zip(lessons, row.lessons, strict=True):
        found.remarks[:0] = submission.remarks.get(lesson.number, [])
        for position, result in enumerate(found.results):
            if submission.claims.get(result.exercise) == "right" != result.result:
                remark = "the .progress.json that was handed in says right; it is not used for grading"
                found.results[position] = replace(result, remarks=(*result.remarks, remark))
    return row


def main() -> None:
    """Grade, write the report, say where it is. Ends with status 2 and a sentence when it was used wrongly."""
    chosen = options(sys.argv[1:])
    if not chosen.submissions:
        raise UsageError("name the folder that holds one folder per learner: make grade SUBMISSIONS=folder")
    out = Path(chosen.out).expanduser()
    folders, notes = find_learners(Path(chosen.submissions).expanduser(), out)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{out} can't be made for the grades: {error.strerror}.") from error
    print(WARNING, flush=True)
    if not confine.version():
        print("grade: this system has no Landlock (Linux 5.19 or later), so that code can change any file of yours.")
    lessons = read_lessons()
    submissions = [read_submission(folder, lessons) for folder in folders]
    limits = Limits(cell=chosen.timeout, course_cell=max(chosen.timeout, Limits.course_cell))
    runner = Runner(Files.read(), limits)
    graded = grade_all(submissions, lessons, runner, int(chosen.jobs) or 1)
    rows = [join(submission, lessons, graded) for submission in submissions]
    paths = report.write(out, rows, lessons, notes)
    for row in rows:
        print(f"  {row.learner}: " + ", ".join(f"{row.counts[kind]} {kind}" for kind in RESULTS if row.counts[kind]))
    for note in notes:
        print(f"  not graded: {report.clean(note)}")
    print("written: " + " and ".join(map(str, paths)))


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        main()
    except UsageError as error:
        print(f"grade: {error}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        print("grade: interrupted; nothing was written, and nothing is left running.", file=sys.stderr)
        sys.exit(130)
