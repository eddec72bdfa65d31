"""`make soak` on the real TorchServe, for a minute instead of ten: at full load, with killed workers, with a leak."""

import re
import subprocess
import sys
from pathlib import Path

from course.archive import DIGIT_HANDLER, build_archive, save_digits_model

ROOT = Path(__file__).parents[1]
LEAKING = """
from digit_handler import DigitHandler


class LeakingHandler(DigitHandler):
    kept = []

    def preprocess(self, data):
        self.kept.extend(bytes([len(self.kept) % 256]) * 1024 for _ in data)
        return super().preprocess(data)
"""


def soak(*options: str) -> tuple[int, str]:
    """Return the exit code of `make soak` with these options, and what it printed."""
    command = [sys.executable, str(ROOT / "tools" / "soak.py"), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout


def test_a_minute_at_full_load_loses_nothing_and_memory_stays_flat(record_property):
    code, said = soak("--seconds", "60", "--warm-up", "15")
    record_property("measured", said)
    assert code == 0, said
    assert re.search(r"requests [\d,]{5,}, .* lost 0, wrong 0$", said, re.MULTILINE)
    assert [line.split("  ")[0] for line in said.splitlines() if line.endswith("  flat")] == [
        "worker 1", "worker 2", "Java, heap after a full collection", "Java, outside of its heap",
    ]  # fmt: skip


def test_a_worker_that_keeps_a_kilobyte_of_each_request_is_not_flat(tmp_path, record_property):
    (tmp_path / "leaking_handler.py").write_text(LEAKING)
    save_digits_model(tmp_path / "digits.pt")
    parts = {"serialized_file": tmp_path / "digits.pt", "extra_files": [DIGIT_HANDLER], "export_path": tmp_path}
    config = {"minWorkers": 1, "maxWorkers": 1, "batchSize": 16, "maxBatchDelay": 1}
    archive = build_archive("leaking", handler=tmp_path / "leaking_handler.py", config=config, **parts)
    code, said = soak("--archive", str(archive), "--seconds", "15", "--warm-up", "5")
    record_property("measured", said)
    assert code == 1, said
    assert "lost 0, wrong 0" in said
    assert re.search(r"^worker 1 .* NOT flat$", said, re.MULTILINE)
    assert said.endswith("NOT well: see above.\n")


def test_every_answer_comes_and_is_right_while_a_worker_is_killed_every_five_seconds(record_property):
    code, said = soak("--seconds", "60", "--kill-every", "5")
    record_property("measured", said)
    assert code == 0, said
    assert re.search(r"killed 12 of 12; answers [\d,]{3,}; lost 0, wrong 0$", said, re.MULTILINE)
    for what in ("to the next answer", "to all workers READY"):
        assert re.search(rf"seconds from a kill {what}: +least [\d.]+, median [\d.]+, most [\d.]+$", said, re.MULTILINE)


def test_wrong_answers_are_counted(tmp_path):
    """A handler that is always sure of a 7 answers, but wrongly, and the soak says so."""
    (tmp_path / "seven.py").write_text("def handle(data, context):\n    return [{'digit': 7}] * len(data or [])\n")
    config = {"minWorkers": 1, "maxWorkers": 1, "batchSize": 16, "maxBatchDelay": 1}
    archive = build_archive("seven", handler=tmp_path / "seven.py", export_path=tmp_path, config=config)
    code, said = soak("--archive", str(archive), "--seconds", "4", "--warm-up", "1")
    assert code == 1, said
    asked, wrong = (
        int(found.replace(",", "")) for found in re.search(r"requests ([\d,]+),.*wrong (\d+)", said).groups()
    )
    assert 0.8 * asked < wrong < asked
