"""The small parts that carry the lessons: data, training, parity, self-assessment, the set-up check."""

import hashlib
import io
import json
from pathlib import Path

import pytest
import torch
from PIL import Image

from course import ROOT, digits, exercises, overview, selfcheck, setup_check
from course.exercises import NOT_ANSWERED, RIGHT, WRONG
from course.parity import ParityError, assert_parity


def test_the_digits_are_4000_and_1000_with_every_class_alike() -> None:
    for train, each in ((True, 400), (False, 100)):
        images, labels = digits.load_digits(train)
        assert images.shape == (10 * each, 28, 28)
        assert labels.bincount().tolist() == [each] * 10


def test_the_held_out_digits_were_not_trained_on() -> None:
    seen, _ = digits.load_digits(True)
    held_out, _ = digits.load_digits(False)
    assert not {image.numpy().tobytes() for image in seen} & {image.numpy().tobytes() for image in held_out}


def test_the_committed_weights_read_at_least_97_5_percent() -> None:
    images, labels = digits.load_digits(False)
    assert (digits.predict(digits.trained(), images) == labels).float().mean() >= 0.975


def test_training_twice_gives_the_same_weights() -> None:
    images, labels = digits.load_digits(True)
    first, second = (digits.train(images[:256], labels[:256], epochs=1).state_dict() for _ in range(2))
    assert all(torch.equal(first[name], second[name]) for name in first)


def test_a_digit_survives_its_png() -> None:
    image = digits.load_digits(False)[0][0]
    with Image.open(io.BytesIO(digits.to_png(image))) as opened:
        assert opened.size == (28, 28)
        assert list(opened.tobytes()) == image.flatten().tolist()


def test_parity_says_how_many_outputs_agree() -> None:
    x = torch.rand(20, 3)
    assert str(assert_parity(torch.sin, torch.sin, x)) == "same numbers: 20 of 20 outputs agree within 1e-05"


@pytest.mark.parametrize(
    ("candidate", "says"),
    [
        (lambda x: torch.where(torch.arange(20)[:, None] < 3, x + 0.5, x), "3 of 20 outputs differ"),
        (lambda x: x.sum(1), "shapes differ"),
        (lambda x: x.double(), "types differ"),
        (lambda x: x / 0 * 0, "20 of 20"),
        (lambda x: {"scores": x}, "returned a dict"),
    ],
)
def test_parity_names_the_difference(candidate, says: str) -> None:
    with pytest.raises(ParityError, match=says):
        assert_parity(lambda x: x, candidate, torch.rand(20, 3))


def test_parity_refuses_an_empty_comparison() -> None:
    with pytest.raises(ParityError, match="nothing to compare"):
        assert_parity(torch.sin, torch.sin, torch.rand(0, 3))


def stub(images): ...


def empty(images):
    """Say what it will do, and no more."""


class StubModel(torch.nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.layer = torch.nn.Linear(2, 2)

    def forward(self, x): ...


@pytest.mark.parametrize("answer", [..., None, "", "torchserve ...", {"a": ...}, ["b", ...], stub, empty, StubModel])
def test_a_stub_is_not_answered(answer: object) -> None:
    assert exercises.find("0.1").judge(answer).state == NOT_ANSWERED


@pytest.mark.parametrize("answer", [7, lambda images: print(), lambda: 0, lambda images: 1 / 0, torch.rand])
def test_whatever_a_learner_writes_is_told_wrong_and_never_raises(answer: object) -> None:
    verdict = exercises.find("0.1").judge(answer)
    assert verdict.state == WRONG
    assert verdict.message


def test_a_check_may_say_more_than_well_done() -> None:
    said = [exercises.Exercise("9.9", lambda answer, told=told: told, ()).judge(7) for told in ("12 times", None)]
    assert [(verdict.state, verdict.message) for verdict in said] == [(RIGHT, "12 times"), (RIGHT, "well done.")]


def test_hints_grow_with_the_tries(capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = []
    monkeypatch.setattr(selfcheck, "display", shown.append)
    for _ in range(3):
        selfcheck.check("0.1", lambda images: images)
    assert len(shown[0].hint) < len(shown[1].hint) == len(shown[2].hint)


def test_progress_survives_the_kernel_and_a_damaged_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "kept.json"
    monkeypatch.setenv("COURSE_PROGRESS", str(file))
    monkeypatch.setattr(selfcheck, "display", lambda shown: None)
    selfcheck.check("0.1", lambda images: (images[:, None] / 255 - 0.1307) / 0.3081)
    assert json.loads(file.read_text()) == {"0.1": RIGHT}
    assert repr(selfcheck.progress()).startswith("Lesson 00: 1 of 4 right   ✓ 0.1")
    file.write_text("{half a fi")
    assert repr(selfcheck.progress()).startswith("Lesson 00: 0 of 4 right")


def test_the_overview_has_a_bar_for_every_lesson_and_says_what_is_next() -> None:
    nothing = overview.overview()
    assert "Nothing is answered yet" in nothing
    for number, verdict in {"0.1": RIGHT, "0.2": RIGHT, "0.3": WRONG}.items():
        selfcheck._keep(exercises.Verdict(number, verdict, ""))
    lines = overview.overview().splitlines()
    lessons = sorted((ROOT / "notebooks").glob("*.ipynb"))
    assert [line[:2] for line in lines[: len(lessons)]] == [path.name[:2] for path in lessons]
    assert "2 of  4 right   to mend: 0.3" in lines[0]
    assert lines[0].count("█") == overview.WIDTH // 2
    assert lines[-1] == "Next: 00_start_here.ipynb"


def test_strict_mode_fails_the_cell_of_an_answer_that_is_not_right(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_STRICT", "1")
    monkeypatch.setattr(selfcheck, "display", lambda shown: None)
    selfcheck.check("0.1", lambda images: (images[:, None] / 255 - 0.1307) / 0.3081)
    selfcheck.choice("0.2", "b")
    for fails in (
        lambda: selfcheck.check("0.1", ...),
        lambda: selfcheck.choice("0.2", "A"),
        lambda: selfcheck.choice("0.2"),
    ):
        with pytest.raises(AssertionError):
            fails()


def test_a_click_on_an_option_shows_its_feedback(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = []
    monkeypatch.setattr(selfcheck, "display", shown.append)
    selfcheck.choice("0.2")
    radio = shown[0].children[1]
    radio.value = "A"
    assert "holds no code" in shown[0].feedback.value
    radio.value = "B"
    assert "0.2 right" in shown[0].feedback.value
    assert "A. The network" in shown[0]._repr_mimebundle_()["text/plain"]


def test_an_unknown_exercise_says_which_there_are() -> None:
    with pytest.raises(KeyError, match=r"0\.1, 0\.2, 0\.3, 0\.4"):
        selfcheck.check("0.9", 1)


def test_the_set_up_check_is_content_here(capsys: pytest.CaptureFixture) -> None:
    assert setup_check.check_setup()
    assert "FAIL" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("breaking", "item", "remedy"),
    [
        (
            lambda patch, folder: patch.setattr("sys.version_info", (3, 9, 1)),
            "Python 3.11",
            "PYTHON=python3.12 make lab",
        ),
        (lambda patch, folder: patch.setitem(__import__("sys").modules, "yaml", None), "packages", "make setup"),
        (lambda patch, folder: patch.setenv("JAVA_HOME", str(folder)), "Java", "make setup"),
        (lambda patch, folder: patch.setenv("PATH", str(folder)), "commands", "make setup"),
        (lambda patch, folder: patch.setattr(digits, "ROOT", folder), "digits", "git checkout data"),
        (
            lambda patch, folder: patch.setattr(digits.trained, "__defaults__", (folder,)),
            "weights",
            "git checkout data",
        ),
        (lambda patch, folder: patch.setattr("tempfile.tempdir", str(folder / "gone")), "room", "TMPDIR"),
    ],
    ids=["python", "package", "java", "commands", "digits", "weights", "room"],
)
def test_the_set_up_check_names_what_is_missing_and_the_remedy(breaking, item, remedy, tmp_path, capsys):
    with pytest.MonkeyPatch.context() as patch:
        breaking(patch, tmp_path)
        fine = setup_check.check_setup()
    assert not fine
    failed = [line for line in capsys.readouterr().out.splitlines() if line.startswith("FAIL")]
    assert len(failed) == 1
    assert item in failed[0]
    assert remedy in failed[0]


def test_the_committed_digits_are_those_of_the_script() -> None:
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sorted((ROOT / "data/MNIST/raw").iterdir())))
    assert digest.hexdigest() == "31528bcdd484d5027eff1297efe62afd61483435719964dc059888274e8f8622"
