"""`make lesson NAME=12_count_ink`: the four files of a new lesson, a small one that runs, for you to write over.

They are copies of `tools/skeleton`, whose lesson has the number 99. Every TODO in them marks words that are yours to
write; a test holds back a lesson that still has one.
"""

import re
import sys
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parents[1]
SKELETON = ROOT / "tools" / "skeleton"


def stop(sentence: str) -> None:
    """End with one sentence that says what happened and what to do."""
    sys.exit(f"lesson: {sentence}")


def title_of(notebook: Path) -> str:
    """Return the title of a lesson, from its notebook's first line."""
    return nbformat.read(notebook, as_version=4).cells[0].source.splitlines()[0].removeprefix("# ")


def fill(text: str, words: dict[str, str]) -> str:
    """Return `text` with every key of `words` replaced by its value."""
    for word, meant in words.items():
        text = text.replace(word, meant)
    return text


def make_lesson(name: str) -> None:
    """Write the four files of the lesson `name`, such as `12_count_ink`; print what else it needs, and where."""
    if not re.fullmatch(r"\d\d(_[a-z0-9]+)+", name):
        stop(f"{name!r} is no name of a lesson: two digits, then words, as in `make lesson NAME=12_count_ink`")
    if not (ROOT / "tests").is_dir():
        stop("this is a handout, without tests, in which no lesson can be made: clone the course itself")
    lessons = ROOT / "notebooks"
    others = sorted(lessons.glob("[0-9][0-9]_*.ipynb"))
    if taken := [other.name for other in others if other.name[:2] == name[:2]]:
        stop(f"there is a lesson {name[:2]} already, {taken[0]}: choose another number")
    before = max((other for other in others if other.stem < name), default=others[0])
    title = name[3:].replace("_", " ").capitalize()
    words = {"lesson_99": f"lesson_{name[:2]}", "lesson 99": f"lesson {name[:2]}", "99.": f"{int(name[:2])}."}
    words |= {"BEFORE_TITLE": title_of(before), "BEFORE_FILE": before.name, "TITLE": title}
    module = f"lesson_{name[:2]}.py"
    copies = {
        "checks.py": lessons / "course" / "checks" / module,
        "figures.py": lessons / "course" / "figures" / module,
        "wrong_answers.py": ROOT / "tests" / "wrong_answers" / module,
    }
    for source, copy in copies.items():
        copy.write_text(fill((SKELETON / source).read_text(encoding="utf-8"), words), encoding="utf-8")
    notebook = nbformat.read(SKELETON / "notebook.ipynb", as_version=4)
    for cell in notebook.cells:
        cell.source = fill(cell.source, words)
    nbformat.write(notebook, lessons / f"{name}.ipynb")
    for path in [lessons / f"{name}.ipynb", *copies.values()]:
        print(path.relative_to(ROOT))
    print("\nThe row for the table in README.md:\n")
    print(f"| {name[:2]} | [{title}](notebooks/{name}.ipynb) | 30 + 7 | TODO: what you can do after it |")
    print("\nThe row for the table in docs/INSTRUCTORS.md:\n")
    print(f"| {name[:2]} | 30 + 7 | TODO: what they can do after it | TODO: where they stumble, and what to say |")
    print(f"\nThe link for the second line of {before.name}:\n\n[Next: {title}]({name}.ipynb)")


if __name__ == "__main__":
    make_lesson(sys.argv[1] if len(sys.argv) > 1 else "")
