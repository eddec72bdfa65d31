"""The rules that every notebook and the project around it keep; CONTRIBUTING.md tells them."""

import json
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
HEADINGS = ["## What you'll do", "## What you'll learn", "## What you'll need", "## What you learned"]
HEADINGS += ["## In practice", "## Further reading"]
EXERCISE = {"exercise", "answer", "check", "solution"}
TAGS = EXERCISE | {"raises-exception", "nbval-ignore-output", "needs-compiler", "needs-haproxy"}

notebooks = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def read(path: Path) -> nbformat.NotebookNode:
    return nbformat.read(path, as_version=4)


def tags(cell: nbformat.NotebookNode) -> set[str]:
    return set(cell.metadata.get("tags", []))


def prose(notebook: nbformat.NotebookNode) -> str:
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def code(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


@notebooks
def test_every_cell_was_executed_in_order(path: Path) -> None:
    counts = [cell.execution_count for cell in code(read(path))]
    assert counts == list(range(1, len(counts) + 1))


@notebooks
def test_errors_stand_only_where_they_are_expected(path: Path) -> None:
    failing = [cell for cell in code(read(path)) if any(o.output_type == "error" for o in cell.outputs)]
    expected = [cell for cell in code(read(path)) if "raises-exception" in tags(cell)]
    assert [cell.source for cell in failing] == [cell.source for cell in expected]
    assert expected, "a lesson shows one failure on purpose"


@notebooks
def test_no_output_shows_this_machine(path: Path) -> None:
    text = json.dumps([cell.outputs for cell in code(read(path))])
    text = re.sub(r'"image/png": "[^"]*"|\\u001b\[[0-9;]*m', "", text)  # no pictures, no colour codes
    for name, pattern in {
        "an absolute path": r"(?<![\w.:/])/(home|root|Users|work|tmp|opt|usr|var|private)/",
        "an address of memory": r"\b0x[0-9a-f]{6,}",
        "an ipykernel file": r"ipykernel_\d+",
        "a mangled name, which changes when a cell is run twice": r"torch_mangle",
    }.items():
        found = re.search(pattern, text)
        assert not found, f"{name}: ...{text[max(0, found.start() - 80) : found.end() + 80]}..."


@notebooks
def test_it_has_the_headings_of_a_lesson(path: Path) -> None:
    text = prose(read(path))
    positions = [text.find(heading) for heading in HEADINGS]
    assert -1 not in positions, f"missing: {[h for h, p in zip(HEADINGS, positions, strict=True) if p < 0]}"
    assert positions == sorted(positions), "the headings come in the order of HEADINGS"
    assert text.startswith("# ")


@notebooks
def test_it_says_how_long_it_and_its_exercises_take(path: Path) -> None:
    notebook = read(path)
    tasks = [cell.source for cell in notebook.cells if "exercise" in tags(cell)]
    told = re.search(r"(\d+) minutes, and (\d+) for the exercises", notebook.cells[0].source)
    assert int(told[1]) <= 30
    assert int(told[2]) == sum(int(re.search(r"(\d+) min$", task.splitlines()[0])[1]) for task in tasks)
    row = rf"\({re.escape(f'notebooks/{path.name}')}\) \| {told[1]} \+ {told[2]} \|"
    assert re.search(row, (ROOT / "README.md").read_text()), "README's table says the same"
    row = f"\n| {path.name[:2]} | {told[1]} + {told[2]} | "
    assert row in (ROOT / "docs" / "INSTRUCTORS.md").read_text(), "the instructor's table says the same"


@notebooks
def test_the_lesson_before_leads_to_it_and_it_leads_back(path: Path) -> None:
    number = NOTEBOOKS.index(path)
    if number:
        before = NOTEBOOKS[number - 1]
        assert re.search(rf"\[Next: [^]]+\]\({path.name}\)", read(before).cells[0].source)
        assert re.search(rf"\[Previous: [^]]+\]\({before.name}\)", read(path).cells[0].source)


@notebooks
def test_its_length_is_that_of_a_lesson(path: Path) -> None:
    notebook = read(path)
    words = len(prose(notebook).split())
    own = [cell for cell in notebook.cells if not tags(cell) & EXERCISE]
    assert len(notebook.cells) >= 25
    assert len(own) <= 50, f"{len(own)} cells besides those of the exercises"
    assert 900 <= words <= 2400, f"{words} words"
    assert all(len(cell.source.splitlines()) <= 15 for cell in code(notebook))


@notebooks
def test_every_exercise_has_its_cells_in_a_row(path: Path) -> None:
    kinds = [next(iter(tags(cell) & EXERCISE), "") for cell in read(path).cells]
    words = " ".join(kind for kind in kinds if kind)
    groups = re.findall(r"exercise(?: answer)? check solution", words)
    assert " ".join(groups) == words
    row = re.compile(r"exercise (?:answer )?check solution")
    assert len(row.findall(" ".join(kind or "-" for kind in kinds))) == len(groups)
    assert len(groups) >= 3
    assert sum("answer" not in group for group in groups) >= 2, "two concept questions"


@notebooks
def test_exercises_say_how_hard_they_are_and_hide_their_solution(path: Path) -> None:
    for cell in read(path).cells:
        if "exercise" in tags(cell):
            assert re.match(
                r"### (Exercise|Question) \d+\.\d+ (· break it, fix it )?· [●○]{3} · \d+ min\n", cell.source
            )
        if "solution" in tags(cell):
            assert re.match(r"<details>\s*<summary>Solution</summary>\n\n", cell.source)
            assert cell.source.rstrip().endswith("</details>")
            assert len(re.findall(r"```python\n.*?```", cell.source, re.DOTALL)) == 1


@notebooks
def test_nothing_is_left_to_write(path: Path) -> None:
    module = f"lesson_{path.name[:2]}.py"
    parts = [ROOT / "notebooks" / "course" / folder / module for folder in ("checks", "figures")]
    texts = [path.read_text(), *(part.read_text() for part in parts)]
    assert not [line for text in texts for line in text.splitlines() if "TODO" in line]


@notebooks
def test_tags_are_known_and_an_ignored_output_has_its_reason(path: Path) -> None:
    cells = code(read(path))
    ignored = [cell for cell in cells if "nbval-ignore-output" in tags(cell)]
    assert all(cell.metadata.get("reason") for cell in ignored)
    assert len(ignored) <= 0.2 * len(cells), "nbval must have something to compare"
    assert set().union(*map(tags, read(path).cells)) <= TAGS


@notebooks
def test_it_closes_with_progress(path: Path) -> None:
    assert code(read(path))[-1].source.strip() == "progress()"


@notebooks
def test_every_figure_has_its_alternative_text_and_is_described_below(path: Path) -> None:
    notebook = read(path)
    figures = [o for cell in code(notebook) for o in cell.outputs if "image/png" in o.get("data", {})]
    for figure in figures:
        alt = figure.metadata.get("image/png", {}).get("alt", "")
        assert len(alt.split()) >= 8, "draw it with course.figures.show(alt)"
        assert figure.data["text/plain"] == alt
    assert prose(notebook).count("Figure: ") + prose(notebook).count("Figures: ") >= len(figures) - 1


@notebooks
def test_it_holds_nothing_of_what_somebody_clicked(path: Path) -> None:
    assert set(read(path).metadata) == {"kernelspec"}, "record it with make execute"


def anchors(path: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub and JupyterLab make them."""
    text = prose(read(path)) if path.suffix == ".ipynb" else path.read_text()
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles} | {
        title.replace(" ", "-") for title in titles
    }


PAGES = [*NOTEBOOKS, *sorted(ROOT.glob("*.md")), *sorted(ROOT.glob("*/README.md")), *sorted(ROOT.glob("docs/*.md"))]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_to_a_file_or_heading_leads_somewhere(path: Path) -> None:
    text = prose(read(path)) if path.suffix == ".ipynb" else path.read_text()
    text = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r'(?:src|href)="([^"]+)"', text):
        if re.match(r"https?://|mailto:", target):
            continue
        name, _, anchor = target.partition("#")
        page = (path.parent / name).resolve() if name else path
        assert page.exists(), f"{target} does not exist"
        assert not anchor or anchor in anchors(page), f"{target}: no such heading"


@pytest.mark.parametrize("command", [["ruff", "check", "."], ["ruff", "format", "--check", "."]], ids=" ".join)
def test_ruff_is_content(command: list[str]) -> None:
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_spelling_is_right_in_code_and_notebooks(tmp_path: Path) -> None:
    for path in NOTEBOOKS:
        (tmp_path / f"{path.stem}.md").write_text("\n".join(cell.source for cell in read(path).cells))
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True)
    kept = [
        str(ROOT / name)
        for name in listed.stdout.decode().splitlines()
        if name.endswith((".py", ".md", ".yml", ".toml"))
    ]
    command = [sys.executable, "-m", "codespell_lib", str(tmp_path), *(kept or [str(ROOT / "README.md")])]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
