"""The grader: a class with one honest learner and many who cheat, crash and loop; each gets their own result."""

import csv
import importlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import psutil
import pytest

from course.exercises import find
from course.watchdog import alive
from test_exercises import exercises_of, solution_of

ROOT = Path(__file__).parents[1]
GRADER = ROOT / "tools" / "grader"
sys.path.insert(0, str(GRADER))

import confine  # noqa: E402 - it lies in the grader's folder
import grading  # noqa: E402
import lessons  # noqa: E402
import limits  # noqa: E402
import merge  # noqa: E402
import watch  # noqa: E402
from notebook import parse  # noqa: E402

NOTEBOOKS = sorted((ROOT / "notebooks").glob("0*.ipynb"))
START, TRACE = NOTEBOOKS[:2]
RIGHT = "def normalise(images):\n    return (images.unsqueeze(1).float() / 255 - 0.1307) / 0.3081\n"
WRONG = "def normalise(images):\n    return images\n"
TIMEOUT = 8
SLEEP = f"sleep 8639{os.getpid()}"
DETACH = f"import subprocess\nsubprocess.Popen('env -i setsid {SLEEP} &', shell=True, start_new_session=True)\n"
OWN_CHECK = (
    "def check(number, answer): print({'verdicts': [('0.1', 'right', 'well done.')]}, '✓ 0.1 right: well done.')"
)
SWALLOW = """
def normalise(images):
    while True:
        try:
            while True: pass
        except BaseException: pass
"""
FORGE = """
import os
line = '{"position": 8, "event": "judged", "verdict": ["0.1", "right", "well done."]}'
try:
    open(f"/proc/{os.getppid()}/fd/1", "w").write(line)
except OSError:
    pass
"""
INJECT = "import os\nraise ValueError(('<script>alert(1)</script>', 'SECRET_TOKEN' in os.environ) * 50)"
FILL = "with open('big', 'wb') as file:\n    for _ in range(1000):\n        file.write(bytes(10**6))"
LATE = "def normalise(images):\n    torch.allclose = lambda *a, **k: True\n    return images"

Edit = Callable[[nbformat.NotebookNode], None]


def cell_of(raw: nbformat.NotebookNode, number: str, kind: str) -> nbformat.NotebookNode:
    """Return the "answer" or "check" cell of an exercise; for a question, its only code cell is the check."""
    positions = dict(exercises_of(raw))[number]
    return raw.cells[positions[1] if kind == "answer" else positions[-2]]


def answers(sources: dict[str, str]) -> Edit:
    def edit(raw: nbformat.NotebookNode) -> None:
        for number, source in sources.items():
            cell_of(raw, number, "answer").source = source

    return edit


def answer(source: str) -> Edit:
    return answers({"0.1": source})


def everything(raw: nbformat.NotebookNode) -> None:
    for positions in dict(exercises_of(raw)).values():
        place = positions[1] if len(positions) == 4 else positions[-2]
        raw.cells[place].source = solution_of(raw.cells[positions[-1]])


def all_wrong(raw: nbformat.NotebookNode) -> None:
    answer(importlib.import_module("wrong_answers.lesson_00").WRONG["0.1"][0][0])(raw)
    cell_of(raw, "0.2", "check").source = 'choice("0.2", "C")'


def without_checks(raw: nbformat.NotebookNode) -> None:
    answer(DETACH + RIGHT)(raw)
    raw.cells = [cell for cell in raw.cells if "check" not in cell.metadata.get("tags", [])]


def with_edited_check(raw: nbformat.NotebookNode) -> None:
    answer(WRONG)(raw)
    cell_of(raw, "0.1", "check").source = 'print("✓ 0.1 right: well done.")'


def with_edited_progress(raw: nbformat.NotebookNode) -> None:
    raw.cells[-1].source = 'print("Lesson 00: 4 of 4 right   ✓ 0.1  ✓ 0.2  ✓ 0.3  ✓ 0.4")'


def with_helper(raw: nbformat.NotebookNode) -> None:
    answer("def normalise(images):\n    return helped(images)\n")(raw)
    at = dict(exercises_of(raw))["0.1"][1]
    helper = nbformat.v4.new_code_cell(RIGHT.replace("normalise", "helped"))
    scratch = nbformat.v4.new_code_cell("1 / 0")
    raw.cells[at:at] = [helper, scratch]


def in_a_cell_of_its_own(raw: nbformat.NotebookNode) -> None:
    at = dict(exercises_of(raw))["0.1"][2]
    raw.cells.insert(at, nbformat.v4.new_code_cell(RIGHT))


def without_ids_and_tags(raw: nbformat.NotebookNode) -> None:
    answer(RIGHT)(raw)
    for cell in raw.cells:
        del cell["id"]
        cell.metadata = {}
    raw.nbformat_minor = 4


def clicked(raw: nbformat.NotebookNode) -> None:
    """Answer 0.2 as JupyterLab saves a click, and 0.4 by its letter."""
    from course.selfcheck import _Radio

    models = {}
    for number, index in (("0.2", 1), ("0.4", None)):
        title, radio, feedback = _Radio(find(number), None).children
        radio.index = index
        models[f"box-{number}"] = {"children": [f"IPY_MODEL_{number}-{name}" for name in ("title", "radio", "told")]}
        for name, widget in (("title", title), ("radio", radio), ("told", feedback)):
            models[f"{number}-{name}"] = widget.get_state()
    state = {name: {"model_name": "", "state": model} for name, model in models.items()}
    saved = {"application/vnd.jupyter.widget-state+json": {"state": state, "version_major": 2, "version_minor": 0}}
    raw.metadata["widgets"] = json.loads(json.dumps(saved, default=str))
    cell_of(raw, "0.4", "check").source = "choice('0.4', \"d\")  # my guess"


CLASS: dict[str, tuple[Path, Edit]] = {
    "ada": (TRACE, everything),
    "bob": (START, all_wrong),
    "nobody": (START, answers({})),
    "=1+1": (START, answer(INJECT)),
    "loops": (TRACE, answers({"1.1": "while True:\n    pass", "1.2": "lie = to_input(255 - images[:1])"})),
    "swallows": (START, answer(SWALLOW)),
    "exits": (START, answer("import os\nos._exit(7)")),
    "fills the disk": (START, answer(FILL)),
    "prints": (START, answer("for _ in range(1000): print('x' * 10**6)")),
    "no checks": (START, without_checks),
    "own check": (START, with_edited_check),
    "own progress": (START, with_edited_progress),
    "redefines": (START, answer(f"{WRONG}\n{OWN_CHECK}\n{FORGE}")),
    "patches judge": (
        START,
        answer("import course.exercises as e\ne.Exercise.judge = lambda self, a: e.Verdict(self.number, 'right', '')"),
    ),
    "patches late": (START, answer(LATE)),
    "deletes": (START, answer("import shutil\nshutil.rmtree('course')")),
    "kills upwards": (START, answer("import os\nos.kill(os.getppid(), 9)\nimport time; time.sleep(5)")),
    "helper": (START, with_helper),
    "clicked": (START, clicked),
}  # fmt: skip


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder with a short name, as the runs' sockets lie below it; it must be empty when the grader has ended."""
    with tempfile.TemporaryDirectory(prefix="g", dir="/tmp") as folder:
        place = Path(folder, "t")
        place.mkdir()
        yield place


def surroundings(place: Path) -> dict[str, str]:
    # PyTorch makes a folder for its compiler as soon as it is imported: beside the place, as it isn't the grader's.
    return os.environ | {"TMPDIR": str(place), "TORCHINDUCTOR_CACHE_DIR": str(place.parent / "c")}


def run_grader(*arguments: object, place: Path) -> subprocess.CompletedProcess:
    env = surroundings(place) | {"SECRET_TOKEN": "s3cret"}
    command = [sys.executable, str(GRADER), *map(str, arguments)]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


class Grades:
    """What the grader wrote."""

    def __init__(self, folder: Path, ended: subprocess.CompletedProcess) -> None:
        self.ended = ended
        self.text = (folder / "grades.csv").read_text()
        self.page = (folder / "index.html").read_text()
        self.rows = {(row["learner"], row["exercise"]): row for row in csv.DictReader(self.text.splitlines())}

    def of(self, learner: str, exercise: str = "0.1") -> tuple[str, str, str]:
        row = self.rows[learner, exercise]
        return row["result"], row["message"], row["remarks"]


@pytest.fixture(scope="module")
def grades(tmp_path_factory: pytest.TempPathFactory, place: Path) -> Grades:
    """Grade the whole class, once."""
    folder = tmp_path_factory.mktemp("class")
    for learner, (path, edit) in CLASS.items():
        raw = nbformat.read(path, as_version=4)
        edit(raw)
        (folder / learner / "notebooks").mkdir(parents=True)
        (folder / learner / "notebooks" / path.name).write_text(json.dumps(raw))
    (folder / "own progress" / ".progress.json").write_text(json.dumps({"0.1": "right", "0.3": "right"}))
    (folder / "torn").mkdir()
    (folder / "torn" / START.name).write_text('{"cells": [')
    (folder / "empty").mkdir()
    (folder / "empty" / "essay.ipynb").write_text("{}")
    (folder / "twice" / "old").mkdir(parents=True)
    for name in ("twice", "twice/old"):
        (folder / name / START.name).write_text(START.read_text())
    (folder / "alice_00_start_here.ipynb").write_text("{}")
    (folder / "link").symlink_to(ROOT)
    out = folder / "grades"
    return Grades(out, run_grader(folder, "--out", out, "--timeout", TIMEOUT, place=place))


def test_all_solutions_are_right_and_an_honest_learner_is_not_touched_by_the_others(grades: Grades) -> None:
    assert grades.ended.returncode == 0, grades.ended.stderr
    assert [grades.of("ada", number)[0] for number in ("1.1", "1.2", "1.3", "1.4", "1.5")] == ["right"] * 5
    assert all(grades.of("ada", number)[2] == "" for number in ("1.1", "1.2", "1.3", "1.4", "1.5"))


def test_a_wrong_answer_has_the_message_of_the_check(grades: Grades) -> None:
    said = importlib.import_module("wrong_answers.lesson_00").WRONG["0.1"][0][1]
    result, message, _ = grades.of("bob")
    assert (result, said in message) == ("wrong", True)
    assert grades.of("bob", "0.2")[:2] == ("wrong", find("0.2").judge("C").message)
    assert grades.of("bob", "0.4")[0] == "not answered"


def test_a_notebook_as_published_is_not_answered_and_a_missing_one_not_handed_in(grades: Grades) -> None:
    assert [grades.of("nobody", number)[0] for number in ("0.1", "0.2", "0.3", "0.4")] == ["not answered"] * 4
    assert grades.of("nobody", "1.1")[0] == "not handed in"
    assert len(grades.rows) == len({learner for learner, _ in grades.rows}) * len({e for _, e in grades.rows})


ERRORS = {
    "'=1+1": "ValueError: ('<script>alert(1)</script>', False, '<script>",
    "swallows": f"the answer, when its check called it, did not end within {TIMEOUT} s",
    "exits": "the answer ended its kernel (exit status 7)",
    "fills the disk": "the answer wrote more than 500 MB to disk",
    "prints": "the answer printed more than 10 MB",
    "patches judge": "changed what the course's own check relies on (course.exercises.Exercise",
    "patches late": "changed what the course's own check relies on (torch: allclose",
    "deletes": "changed or removed the course's own files (notebooks/course/__init__.py",
    "kills upwards": "",
    "torn": "00_start_here.ipynb can't be read: it is no JSON",
}


@pytest.mark.parametrize("learner", ERRORS)
def test_what_breaks_or_cheats_is_an_error_that_says_so(grades: Grades, learner: str) -> None:
    result, message, _ = grades.of(learner)
    assert (result, ERRORS[learner] in message) == ("error", True), message


def test_an_answer_that_loops_does_not_cost_the_learner_the_others(grades: Grades) -> None:
    assert grades.of("loops", "1.1")[:2] == ("error", f"the answer did not end within {TIMEOUT} s")
    assert grades.of("loops", "1.2")[0] == "right"
    assert grades.of("loops", "1.4")[0] == "not answered"


def test_removed_and_edited_checks_are_told_and_replaced_by_the_courses_own(grades: Grades) -> None:
    assert grades.of("no checks") == ("right", "well done.", "the check cell was removed; the course's own was used")
    result, _, remarks = grades.of("own check")
    assert (result, remarks) == ("wrong", "the check cell was edited; the course's own was used")


def test_progress_that_was_faked_gains_nothing_and_is_told(grades: Grades) -> None:
    result, _, remarks = grades.of("own progress")
    assert result == "not answered"
    assert "progress() was edited; it is not used for grading" in remarks
    assert "the .progress.json that was handed in says right; it is not used for grading" in remarks


def test_a_check_of_the_learners_own_is_not_used_nor_a_verdict_that_is_printed(grades: Grades) -> None:
    result, _, remarks = grades.of("redefines")
    assert (result, remarks) == ("wrong", "the answer defines a check of its own: it is not used")


def test_cells_that_were_added_are_kept_and_may_fail(grades: Grades) -> None:
    result, _, remarks = grades.of("helper")
    assert (result, remarks) == ("right", "a cell that was added raised ZeroDivisionError: division by zero")


@pytest.mark.parametrize("edit", [without_ids_and_tags, in_a_cell_of_its_own, with_helper, without_checks])
def test_an_answer_is_found_wherever_the_learner_has_put_it(edit: Edit) -> None:
    raw = nbformat.read(START, as_version=4)
    edit(raw)
    course = lessons.read_lessons()[0]
    merged = merge.merge(course, parse(json.dumps(raw)))
    steps = [step for step in merged.steps if step.exercise == "0.1"]
    assert merged.answered == ["0.1"]
    assert [step.kind for step in steps][-1] == "check"
    assert "(images.unsqueeze(1).float() / 255 - 0.1307) / 0.3081" in "".join(step.source for step in steps)
    assert merged.remarks.get("", []) == []
    assert sum(step.kind == "course" for step in merged.steps) >= 10, "the lesson is the course's"


def test_what_broke_a_run_is_left_out_of_the_next_and_its_exercise_is_told_why() -> None:
    raw = nbformat.read(TRACE, as_version=4)
    answers({"1.1": "reader = 1", "1.2": "lie = 2", "1.4": "deploy = 3"})(raw)
    course = next(lesson for lesson in lessons.read_lessons() if lesson.number == 1)
    ran: list[list[str]] = []

    def run(lesson: lessons.Lesson, steps: list[merge.Step], seconds: float) -> list[dict]:
        """Stand in for a kernel: the lesson's cell after 1.2 ends it as long as the answer to 1.2 is there."""
        ran.append([step.source for step in steps])
        events = []
        for position, step in enumerate(steps):
            if step.kind == "course" and position > 2 and "lie = 2" in ran[-1][:position]:
                return [*events, {"position": position, "event": "foul", "message": "ended its kernel"}]
            judged = {"event": "judged", "verdict": (step.exercise, "right", "well done.")}
            events.append({"position": position, **(judged if step.kind == "check" else {"event": "ran"})})
        return events

    found = grading.grade("ada", course, parse(json.dumps(raw)), run, 60)
    results = {result.exercise: (result.result, result.message) for result in found.results}
    assert len(ran) == 2
    assert results["1.1"] == results["1.4"] == ("right", "well done.")
    assert results["1.2"][0] == "error"
    assert results["1.2"][1].startswith("after the answer, a cell of the lesson ended its kernel")
    assert "reader = 1" in ran[1] and 'check("1.1", reader)' not in ran[1], "what is judged is not judged again"


def test_a_question_is_answered_by_a_click_or_by_a_letter(grades: Grades) -> None:
    assert grades.of("clicked", "0.2")[:2] == ("right", find("0.2").judge("B").message)
    assert grades.of("clicked", "0.4")[0] == "right"


def test_nothing_is_left_of_the_runs(grades: Grades, place: Path) -> None:
    assert grades.of("no checks")[0] == "right", "it has started a process and detached it"
    assert not [p for p in psutil.process_iter() if SLEEP.split()[1] in " ".join(command_of(p))]
    assert list(place.iterdir()) == []


def command_of(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def test_what_is_no_submission_is_said_and_costs_nobody_anything(grades: Grades) -> None:
    assert "alice_00_start_here.ipynb is not a learner's folder" in grades.ended.stdout
    assert "link is a symbolic link, and was not followed." in grades.ended.stdout
    assert "grades" not in {learner for learner, _ in grades.rows}, "the folder of the grades is no learner"
    assert grades.of("empty")[0] == "not handed in"
    assert "essay.ipynb has no lesson" in grades.page
    assert "00_start_here.ipynb is graded; there are also old/00_start_here.ipynb." in grades.of("twice")[2]


def test_the_terminal_warns_that_learners_code_runs_and_says_where_the_grades_are(grades: Grades) -> None:
    assert "this runs the learners' code on this machine. Do it in a container" in grades.ended.stdout
    assert "ada: 5 right" in grades.ended.stdout
    assert "index.html" in grades.ended.stdout
    assert "grading: 100%" in grades.ended.stderr


def test_a_learners_text_is_neither_markup_nor_a_formula(grades: Grades) -> None:
    assert "<script" not in grades.page
    assert "&lt;script&gt;alert(1)" in grades.page
    assert "'=1+1,00_start_here" in grades.text
    assert max(len(row["message"]) for row in grades.rows.values()) <= 400


class Table(HTMLParser):
    """Collects what a screen reader needs: captions, and headers with a scope."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_the_page_needs_no_network_and_its_tables_have_headers(grades: Grades) -> None:
    tags = Table(grades.page).tags
    loaded = [attrs for tag, attrs in tags if tag in ("script", "img", "link", "iframe") or "src" in attrs]
    assert loaded == []
    assert all("scope" in attrs for tag, attrs in tags if tag == "th")
    assert sum(tag == "caption" for tag, _ in tags) == sum(tag == "table" for tag, _ in tags)
    exercises = {exercise for _, exercise in grades.rows}
    for text in (f"ada: 5 of {len(exercises)} right", "Where learners stumble", "not handed in"):
        assert text in grades.page


ATTACKS = """
import sys
from pathlib import Path
source = Path(sys.argv[1]).read_text()
exec(compile(source, "probe.py", "exec"), space := {"__builtins__": dict(vars(__builtins__)), "__name__": "probe"})
probe = space["Probe"](0, globals())
import builtins, types, torch, course, course.exercises as exercises, course.selfcheck as selfcheck
from course.digits import DigitNet, load_digits, trained
genuine = selfcheck.check

def swap_code(): exercises.find("0.1").test.__code__ = (lambda answer: None).__code__
def replace_test(): object.__setattr__(exercises.find("0.1"), "test", lambda answer: None)
def rename_states(): exercises.WRONG = "right"
def shadow_builtin(): exercises.isinstance = lambda *a: True
def patch_torch(): torch.allclose = lambda *a, **k: True
def patch_tensor(): torch.Tensor.__eq__ = lambda *a: True
def patch_builtin(): builtins.all = lambda values: True
def fake_module(): sys.modules["course.server"] = types.ModuleType("course.server")
def swap_verdicts(): selfcheck.verdicts = {"0.1": "right"}
def honest():
    import warnings, torchvision, course.server
    warnings.simplefilter("ignore")
    torch.manual_seed(0); torch.jit.script(DigitNet()); trained()(torch.zeros(1, 1, 28, 28)); load_digits(True)
    genuine("0.1", None); genuine("0.1", lambda images: images)

probe.before(); honest(); print("honest", probe.after()["changed"])
for attack in (patch_torch, patch_tensor, fake_module, swap_verdicts, shadow_builtin, rename_states, replace_test,
               swap_code, patch_builtin):
    probe.before(); attack(); print(attack.__name__, bool(probe.after()["changed"]))
"""


def test_tampering_is_noticed_and_honest_work_is_not_taken_for_it(tmp_path: Path) -> None:
    command = [sys.executable, "-c", ATTACKS, str(GRADER / "probe.py")]
    surroundings = os.environ | {"PYTHONPATH": str(ROOT / "notebooks")}
    ended = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)
    lines = [line for line in ended.stdout.splitlines() if line.endswith(("[]", "]", "True", "False"))]
    assert lines[0] == "honest []", ended.stdout + ended.stderr
    assert len(lines) == 10, ended.stderr
    assert all(line.endswith(" True") for line in lines[1:]), lines


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("", "name the folder that holds one folder per learner"),
        ("missing", "does not exist"),
        ("file", "is not a folder"),
        ("void", "holds no learner's folder"),
    ],
)
def test_wrong_use_gets_a_sentence_and_a_status(tmp_path: Path, place: Path, given: str, said: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "void").mkdir()
    ended = run_grader(given and tmp_path / given, "--out", tmp_path / "grades", place=place)
    assert ended.returncode == 2
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not (tmp_path / "grades").exists()


def test_an_interrupt_leaves_nothing_running_and_nothing_behind(tmp_path: Path, place: Path) -> None:
    raw = nbformat.read(START, as_version=4)
    answer("while True: pass")(raw)
    (tmp_path / "ada").mkdir()
    nbformat.write(raw, tmp_path / "ada" / START.name)
    command = [sys.executable, str(GRADER), str(tmp_path), "--out", str(tmp_path / "grades")]
    grader = subprocess.Popen(command, env=surroundings(place), stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 120
    while not list(place.glob("grade-*/tmp/kernel-1")):
        assert time.monotonic() < deadline, "no run began"
        time.sleep(0.05)
    runs = psutil.Process(grader.pid).children(recursive=True)
    grader.send_signal(signal.SIGINT)
    _, said = grader.communicate(timeout=60)
    assert grader.returncode == 130
    assert "interrupted; nothing was written" in said
    assert runs and not any(map(alive, runs))
    assert list(place.iterdir()) == []
    assert not (tmp_path / "grades" / "grades.csv").exists()


@pytest.mark.parametrize(
    ("small", "said"),
    [({"memory": 1}, "of memory"), ({"processes": 0}, "more than 0 processes"), ({"files": 0}, "more than 0 files"),
     ({"disk": 1}, "to disk")],
)  # fmt: skip
def test_a_run_is_watched(tmp_path: Path, small: dict[str, int], said: str) -> None:
    (tmp_path / "file").write_text("text")
    with subprocess.Popen(["sleep", "60"]) as child:
        try:
            with pytest.raises(watch.Foul, match=said):
                watch.Watch(str(tmp_path), limits.Limits(**small)).look()
        finally:
            child.kill()


@pytest.mark.skipif(not confine.version(), reason="this system has no Landlock")
def test_a_run_can_write_to_its_own_folder_only(tmp_path: Path) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    outside.write_text("untouched")
    script = f"open({str(inside / 'file')!r}, 'w').write('yes')\nopen({str(outside)!r}, 'a').write('no')"
    command = [sys.executable, str(GRADER / "confine.py"), str(inside), "1000000", sys.executable, "-c", script]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "PermissionError" in ended.stderr
    assert (inside / "file").read_text() == "yes"
    assert outside.read_text() == "untouched"


def test_make_passes_the_folder_and_the_options(tmp_path: Path) -> None:
    command = ["make", "-n", "grade", "SUBMISSIONS=my class", "OUT=there", "TIMEOUT=9", "JOBS=3"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert 'tools/grader --out "there" --timeout 9 --jobs 3 -- "my class"' in told
