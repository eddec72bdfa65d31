"""Plausible wrong answers to the exercises of lesson 08: (what replaces the answer cell, what the verdict must say)."""

P99 = "sorted(times)[math.ceil(0.99 * len(times)) - 1]"
CHOOSE = """import math, statistics
def choose(measured, limit):
    good = {{name: rate for name, (rate, times) in measured.items() if {keep}}}
    return {best}
"""
BEST = "max(good, key=good.get, default=None)"


def choose(keep: str = f"{P99} <= limit", best: str = BEST) -> str:
    """Return the source of a `choose` with these parts."""
    return CHOOSE.format(keep=keep, best=best)


def tuned(handler: str, workers: int = 1, batch_size: int = 32, max_batch_delay: int = 1) -> str:
    """Return the source of a set-up; only such are wrong for sure on a busy machine as on an idle one."""
    return f"tuned = {dict(handler=handler, workers=workers, batch_size=batch_size, max_batch_delay=max_batch_delay)}"


FAKE = """from lean_handler import LeanHandler


class FakeHandler(LeanHandler):
    def inference(self, data):
        return data[:, 0, 0, :10]
"""

RAISING = """from lean_handler import LeanHandler


class RaisingHandler(LeanHandler):
    def inference(self, data):
        raise RuntimeError("not today")
"""

WRONG: dict[str, list[tuple[str, str]]] = {
    "8.3": [
        ('patience = {"batch_size": 32, "max_batch_delay": 500}', "a client alone waits"),
        ('patience = {"batch_size": 1, "max_batch_delay": 2000}', "64 clients get batches of 1"),
        ('patience = {"batch_size": 32}', "lacks the key 'max_batch_delay'"),
        ('patience = {"batch_size": 32, "max_batch_delay": 0.5}', "must be a whole number"),
        ('patience = {"batch_size": 32, "max_batch_delay": 0}', "stays tiny"),
        ("patience = 32", "must be a dict"),
    ],
    "8.4": [
        (choose(keep="True"), "its p99 is over the limit"),
        (choose(keep="statistics.mean(times) <= limit"), "its p99 is over the limit"),
        (choose(keep="statistics.median(times) <= limit"), "its p99 is over the limit"),
        (choose(keep=f"{P99} <= limit".replace("0.99", "0.98")), "its p99 is over the limit"),
        (choose(keep=f"{P99} <= limit".replace("0.99", "0.995")), "outliers don't count"),
        (choose(keep=f"{P99} < limit"), "'at most' includes that"),
        (choose(keep=f"1000 * {P99} <= limit"), "you chose None"),
        (choose(keep="max(times) <= limit"), "outliers don't count"),
        (choose(best="min(good, key=good.get, default=None)"), "answers the fewest"),
        (choose(best="max(good, key=good.get)"), "raised ValueError: return None"),
        (choose(best="max(good.values(), default=None)"), "return its name"),
        ("choose = 'C'", "must be a function"),
    ],
    "8.5": [
        (tuned("first_handler.py", workers=2, batch_size=1, max_batch_delay=100), "times the guide's throughput"),
        (tuned("one_thread_handler.py", workers=4, batch_size=1), "Your batches hold 1 at the most"),
        (tuned("lean_handler.py", batch_size=128, max_batch_delay=2000), "max_batch_delay"),
        (
            f'from pathlib import Path\nPath("raising_handler.py").write_text({RAISING!r})\n'
            + tuned("raising_handler.py"),
            "RuntimeError: not today",
        ),
        (
            f'from pathlib import Path\nPath("fake_handler.py").write_text({FAKE!r})\n' + tuned("fake_handler.py"),
            "a fast wrong answer is no answer",
        ),
        (tuned("fast_handler.py"), "is none"),
        ('tuned = {"handler": "lean_handler.py"}', "lacks the key 'workers'"),
        (tuned("lean_handler.py", workers=100), "from 1 to 32"),
    ],
}
