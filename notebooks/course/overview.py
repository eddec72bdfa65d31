"""`make progress`: how far a learner is in the whole course, a bar for each lesson."""

from course import ROOT
from course.exercises import NOT_ANSWERED, RIGHT, WRONG
from course.selfcheck import progress

WIDTH = 20
"""Characters in a bar."""


def bar(right: int, count: int) -> str:
    """Return a bar of `WIDTH` characters for `right` of `count` exercises, with the numbers behind it."""
    full = WIDTH * right // count
    return f"{'█' * full}{'░' * (WIDTH - full)}  {right:2} of {count:2} right"


def overview() -> str:
    """Return one line for each lesson, one for the whole course, and what to do next."""
    lines, everything = [], []
    todo = ""
    for path in sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb")):
        states = progress(int(path.stem[:2])).states
        if not states:
            continue
        right = sum(state == RIGHT for state in states.values())
        wrong = [number for number, state in states.items() if state == WRONG]
        title = path.stem.replace("_", " ")
        lines.append(f"{title:28}{bar(right, len(states))}" + (f"   to mend: {', '.join(wrong)}" if wrong else ""))
        everything += states.values()
        todo = todo or (path.name if right < len(states) else "")
    lines.append(f"{'the whole course':28}{bar(everything.count(RIGHT), len(everything))}")
    if all(state == NOT_ANSWERED for state in everything):
        lines.append("Nothing is answered yet: `make lab` opens lesson 00.")
    else:
        lines.append(f"Next: {todo}" if todo else "You have solved all of it.")
    return "\n".join(lines)


if __name__ == "__main__":
    print(overview())
