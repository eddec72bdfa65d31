"""What a submission may use: seconds, bytes and processes. One place, so that the report can name them."""

import os
from dataclasses import dataclass

MB = 1_000_000


@dataclass(frozen=True)
class Limits:
    """The limits of one run: one lesson of one learner.

    cell: seconds for each cell of the learner's and each check. Answers of this course need a second, the check that
        starts a TorchServe ten; on a machine that is busy grading, several times that.
    course_cell: seconds for a cell of the course itself, which trains, compiles C++ and starts servers.
    lesson: seconds for all of a lesson, with the runs that a broken answer makes necessary.
    disk: bytes in all, and for one file, that a run may write.
    output: bytes that one cell may print or display.
    memory: bytes that all processes of a run may use at the same time.
    processes: how many processes may run at the same time; a lesson measures how a busy process per core slows it down.
    files: how many files a run may make.
    """

    cell: float = 120
    course_cell: float = 600
    lesson: float = 1800
    disk: int = 500 * MB
    output: int = 10 * MB
    memory: int = 4_000 * MB
    processes: int = 40 + 2 * (os.cpu_count() or 1)
    files: int = 20_000


def told(count: float) -> str:
    """Return a number of bytes in words: "500 MB", "4 GB"."""
    return f"{count / MB:g} MB" if count < 1000 * MB else f"{count / MB / 1000:g} GB"
