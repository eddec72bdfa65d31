"""Every exercise is proved: each plausible wrong answer is told wrong for the right reason, the solution is right."""

import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from course.exercises import LETTERS, NOT_ANSWERED, RIGHT, WRONG, Exercise, Question, lesson

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))


def tags(cell: nbformat.NotebookNode) -> list[str]:
    return cell.metadata.get("tags", [])


def number_of(cell: nbformat.NotebookNode) -> str:
    return re.search(r"(?:Exercise|Question) (\d+\.\d+)", cell.source)[1]


def solution_of(cell: nbformat.NotebookNode) -> str:
    return re.search(r"```python\n(.*?)```", cell.source, re.DOTALL)[1]


def exercises_of(notebook: nbformat.NotebookNode) -> Iterator[tuple[str, list[int]]]:
    """Yield each exercise's number and the positions of its cells, from the header to the solution."""
    starts = [i for i, cell in enumerate(notebook.cells) if "exercise" in tags(cell)]
    for start in starts:
        length = 4 if "answer" in tags(notebook.cells[start + 1]) else 3
        yield number_of(notebook.cells[start]), list(range(start, start + length))


def said(cell: nbformat.NotebookNode) -> str:
    """Return the plain text of a cell's outputs."""
    return "\n".join(output.get("text") or output.get("data", {}).get("text/plain", "") for output in cell.outputs)


def run(client: NotebookClient, position: int, source: str) -> str:
    """Run `source` in the place of the cell at `position` and return what it printed or displayed."""
    cell = nbformat.v4.new_code_cell(source)
    client.nb.cells[position] = cell
    client.execute_cell(cell, position)
    return said(cell)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_wrong_answers_are_told_wrong_and_solutions_right(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    number = int(path.stem[:2])
    wrong = importlib.import_module(f"wrong_answers.lesson_{number:02d}").WRONG
    code = {name: cells for name, cells in exercises_of(notebook) if len(cells) == 4}
    asked = {name for name, item in lesson(number).items() if isinstance(item, Exercise)}
    assert set(code) == set(wrong) == asked, "notebook, tests/wrong_answers and course/checks name the same exercises"
    client = NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}
    )
    client.reset_execution_trackers()
    with client.setup_kernel():
        answers = {cells[1]: name for name, cells in code.items()}
        checks = {cells[2] for cells in code.values()}
        for position, cell in enumerate(notebook.cells[: max(answers, default=0) + 1]):  # no answer needs what follows
            if cell.cell_type != "code" or position in checks:  # a check has run with its answers
                continue
            client.execute_cell(cell, position)
            name = answers.get(position)
            if name is None:
                continue
            check = notebook.cells[position + 1].source
            assert NOT_ANSWERED in run(client, position + 1, check), f"{name} as published is not answered"
            assert len(wrong[name]) >= 2, f"{name} needs two plausible wrong answers"
            for source, fragment in wrong[name]:
                run(client, position, source)
                verdict = run(client, position + 1, check)
                assert verdict.startswith(f"✗ {name} {WRONG}"), f"{name}: should be told wrong:\n{source}\n{verdict}"
                assert fragment in verdict, f"{name}: should say {fragment!r}:\n{source}\n{verdict}"
                assert "Hint:" in verdict, f"{name}: a wrong answer gets a hint"
            run(client, position, solution_of(notebook.cells[position + 2]))
            verdict = run(client, position + 1, check)
            assert verdict.startswith(f"✓ {name} {RIGHT}"), f"{name}: its solution should be right:\n{verdict}"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_questions_explain_every_option_and_their_solution_is_right(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    items = lesson(int(path.stem[:2]))
    cells = dict(exercises_of(notebook))
    assert list(cells) == list(items), "the notebook asks the exercises of its lesson, in order"
    for name, item in items.items():
        if not isinstance(item, Question):
            continue
        verdicts = [item.judge(letter) for letter in LETTERS[: len(item.options)]]
        assert [verdict.state for verdict in verdicts].count(RIGHT) == 1
        assert len({verdict.message for verdict in verdicts}) == len(verdicts), "each option has feedback of its own"
        solution = solution_of(notebook.cells[cells[name][-1]]).strip()
        letter = re.fullmatch(rf'choice\("{re.escape(name)}", "([A-H])"\)', solution)[1]
        assert item.judge(letter).state == RIGHT


def test_a_check_says_when_the_answer_cell_ended_in_an_error(tmp_path: Path) -> None:
    check = 'check("0.1", normalise)'
    sources = [
        "from course.selfcheck import check",
        "def normalise(images):\n    return images",
        "normalise = oops",
        check,
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    client = NotebookClient(
        notebook, allow_errors=True, kernel_name="python3", resources={"metadata": {"path": str(NOTEBOOKS[0].parent)}}
    )
    client.execute()
    assert "ended in NameError, so this judges an older answer" in said(notebook.cells[-1])
