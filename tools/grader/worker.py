"""One run of one lesson of one learner, in a process of its own: a line of JSON in, a line of JSON for each step out.

The grader starts it; whatever a submission does to this process or to its memory, the grader and the other runs live
on. When the input ends, because the grader stops or was killed, the run is given up. Whatever happens, at the end no
process of the run is left, detached ones included, and its folder is gone.
"""

import hashlib
import json
import os
import sys
from pathlib import Path

from kernel import Abandoned, Kernel
from limits import Limits, told
from watch import Foul, end_all_below, remove, stand_guard

SECONDS_OF_PROBE = 60.0
"""Seconds that a look into the kernel may take; it needs some hundredths, unless an answer keeps all cores busy."""


LONGEST = 2000
"""Characters of a message; a page shows fewer."""


class Run:
    """The steps of a job, run one after another in one kernel."""

    def __init__(self, job: dict, kernel: Kernel) -> None:
        self.kernel, self.limits = kernel, Limits(**job["limits"])
        self.tell = Teller(job["password"])
        self.folder, self.digests, self.steps = Path(job["folder"]), job["digests"], job["steps"]
        self._name = f"_{os.urandom(8).hex()}"
        source = Path(__file__).with_name("probe.py").read_text()
        kernel.run(
            "import builtins as _b\n"
            f"_s = {{'__builtins__': dict(vars(_b)), '__name__': 'probe'}}\n"
            f"exec(compile({source!r}, 'probe.py', 'exec'), _s)\n"
            f"{self._name} = _s['Probe']({job['lesson']}, globals())\n"
            "del _b, _s",
            self.limits.course_cell, silent=True,
        )  # fmt: skip

    def all(self) -> None:
        """Run the steps and tell of each; stop at the first that breaks a limit or the kernel."""
        failed = set()
        for position, step in enumerate(self.steps):
            if step["kind"] == "check" and step["exercise"] in failed:
                continue
            self.tell(position, "begins")
            try:
                event = self.one(step)
            except Foul as foul:
                self.tell(position, "foul", message=str(foul))
                return
            if step["kind"] == "answer" and event["event"] == "raised":
                failed.add(step["exercise"])
            self.tell(position, **event)

    def one(self, step: dict) -> dict:
        """Run one step and return what to tell of it. Raises `Foul`."""
        if step["kind"] == "course":
            return ended(self.kernel.run(step["source"], self.limits.course_cell))
        self._ask("arm" if step["kind"] == "check" else "before")
        reply = self.kernel.run(step["source"], self.limits.cell)
        if "File too large" in reply.text and reply.error == "OSError":
            raise Foul(f"wrote more than {told(self.limits.disk)} to disk")
        found = self._ask("after")
        if found["changed"]:
            raise Foul(f"changed what the course's own check relies on ({', '.join(found['changed'])})")
        if changed := self._changed_files():
            raise Foul(f"changed or removed the course's own files ({', '.join(changed[:3])})")
        if step["kind"] != "check" or reply.error:
            return ended(reply)
        verdicts = [verdict for verdict in found["verdicts"] if verdict[0] == step["exercise"]]
        return {"event": "judged", "verdict": [part[:LONGEST] for part in verdicts[-1]] if verdicts else None}

    def _ask(self, method: str) -> object:
        return self.kernel.run("", SECONDS_OF_PROBE, silent=True, value_of=f"{self._name}.{method}()").value

    def _changed_files(self) -> list[str]:
        return [name for name, digest in self.digests.items() if digest_of(self.folder / name) != digest]


def digest_of(path: Path) -> str:
    """Return the fingerprint of a file, "" when it is not there."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def ended(reply: object) -> dict:
    """Return what to tell of a cell that ended by itself."""
    return {"event": "raised", "message": str(reply)[:LONGEST]} if reply.error else {"event": "ran"}


class Teller:
    """Sends lines to the grader; `password` tells them from what a submission may have got into the same pipe."""

    def __init__(self, password: str) -> None:
        self._password = password

    def __call__(self, position: int, event: str, **more: object) -> None:
        """Send what happened at a step."""
        line = json.dumps({"position": position, "event": event, **more})
        print(f"\n{self._password} {line}", flush=True)


def main() -> None:
    """Run the job that stands in the first line of the input."""
    stand_guard()
    job = json.loads(sys.stdin.buffer.raw.readline())
    try:
        with Kernel(Path(job["folder"]), Limits(**job["limits"])) as kernel:
            Run(job, kernel).all()
    except Foul as foul:  # before the first step: the kernel did not start
        Teller(job["password"])(-1, "foul", message=str(foul))
    except (Abandoned, BrokenPipeError):
        pass
    finally:
        end_all_below()
        remove(job["folder"])


if __name__ == "__main__":
    main()
