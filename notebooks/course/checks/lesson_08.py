"""The exercises of lesson 08."""

import contextlib
import math
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import requests
import torch

from course.archive import ArchiveError, build_archive
from course.checks.kept import kept_server, must_do, registered
from course.digits import load_digits, predict, to_png, trained
from course.exercises import Option, Wrong, exercise, must_be_a_function, question
from course.load import NO_ANSWER
from course.rush import Rush, rush
from course.server import ServerError, TorchServe
from course.workspace import workspace

FAIR = 0.5
"""Which part is asked for of what the course's own set-up reaches on this machine, in the same minute."""

CLEAR = 0.2, 0.9
"""A first round below or above that needs no second one."""

GIVEN = 10.0
"""Seconds after which a request to a learner's set-up counts as failed."""

ALONE = 0.2
"""Seconds in which a lone client must have its answer."""

TRIES = 3
"""How often a lone client asks, so that one hiccup of a busy machine makes no right answer wrong."""

PATIENCE = 3.0
"""Seconds that a lone client waits for an answer."""

GUIDE, SIGNING, COURSE = "check_guide_handler.py", "check_signing_handler.py", "check_course_handler.py"
HANDLERS = {
    GUIDE: """import io
import torch
from PIL import Image
from torchvision.transforms.functional import normalize, to_tensor
from ts.torch_handler.base_handler import BaseHandler


class GuideHandler(BaseHandler):
    def preprocess(self, data):
        images = [Image.open(io.BytesIO(row["body"])) for row in data]
        return torch.stack([normalize(to_tensor(image), [0.1307], [0.3081]) for image in images])

    def postprocess(self, scores):
        return [{"digit": digit} for digit in scores.argmax(1).tolist()]
""",
    COURSE: """import torch
from check_guide_handler import GuideHandler
from torchvision.io import ImageReadMode, decode_png


class CourseHandler(GuideHandler):
    def initialize(self, context):
        torch.set_num_threads(1)
        super().initialize(context)
        self.model = torch.jit.optimize_for_inference(self.model)

    def preprocess(self, data):
        files = [torch.frombuffer(row["body"], dtype=torch.uint8) for row in data]
        return (torch.stack([decode_png(file, ImageReadMode.GRAY) for file in files]) / 255 - 0.1307) / 0.3081
""",
    SIGNING: """from check_course_handler import CourseHandler


class SigningHandler(CourseHandler):
    def postprocess(self, scores):
        return [answer | {"size": len(scores)} for answer in super().postprocess(scores)]
""",
}
"""The handlers that checks run beside a learner's: file -> source."""

OURS = {
    "guide": (GUIDE, {"workers": 2, "batch_size": 1, "max_batch_delay": 100}),
    "course": (
        COURSE,
        {"workers": min(4, max(1, (os.cpu_count() or 1) // 4)), "batch_size": 16, "max_batch_delay": 1},
    ),
}
"""What a learner's set-up is compared with: model -> handler, settings; the course's are those of the solution."""

question(
    "8.1",
    "64 clients each ask for one digit at a time; the server answers 100 a second. How long is the mean wait?",
    Option("10 ms.", "A hundredth of a second is the time between two answers. But 63 others stand in line as well."),
    Option("100 ms.", "Then each client would get 10 answers a second, and 64 of them 640."),
    Option("640 ms.", "64 clients share 100 answers a second: each gets one every 64/100 s.", right=True),
    Option("It depends on the model.", "The model decides on the 100 a second. With 64 in line, the wait follows."),
)

question(
    "8.2",
    "8 cores, torch's default of a thread for each, and 8 workers: how many threads compute under load?",
    Option("64, for 8 cores.", "Each worker is a process of its own and knows nothing of the others.", right=True),
    Option("8: torch shares them out.", "Inside one process, yes. Eight processes don't talk to each other."),
    Option("16.", "Workers and threads multiply; they don't add up."),
    Option("1: Python has a lock.", "Python's lock holds Python code. torch's threads are C++, and so not held."),
)


@cache
def _pictures() -> tuple[list[bytes], list[int]]:
    """Return the held-out digits as PNG files, and what the model reads in each."""
    images, _ = load_digits(train=False)
    return [to_png(image) for image in images], predict(trained(), images).tolist()


def _archive(handler: str) -> str:
    """Build an archive of the digit model and the file `handler` of the workspace; return the archive's name."""
    home = workspace()
    for name, source in HANDLERS.items():
        (home / name).write_text(source)
    torch.jit.trace(trained(), torch.zeros(1, 1, 28, 28)).save(str(home / "check_08.pt"))
    others = [path for path in sorted(home.glob("*_handler.py")) if path.name != handler]
    try:
        return build_archive(
            f"check_{Path(handler).stem}", handler=home / handler, serialized_file=home / "check_08.pt",
            extra_files=others, export_path=home / "check_08",
        ).name  # fmt: skip
    except ArchiveError as error:
        raise Wrong(str(error)) from error


@contextlib.contextmanager
def _server() -> Iterator[TorchServe]:
    """Run a server that takes what the check registers, and unregister it; only the models `OURS` stay."""
    (workspace() / "check_08").mkdir(exist_ok=True)
    with kept_server({}, workspace() / "check_08", options=("--enable-model-api",), restore=_restore) as server:
        try:
            yield server
        finally:  # at once: a learner's 32 workers are too many to keep
            with contextlib.suppress(ServerError, requests.RequestException):
                _restore(server)


def _restore(server: TorchServe) -> None:
    """Unregister whatever a check tried; the models `OURS` stay. Raises ServerError where that fails."""
    for name in registered(server) - set(OURS):
        must_do(server.manage("DELETE", f"/models/{name}"))


def _register(server: TorchServe, name: str, handler: str, *, workers: int = 1, **settings: int) -> None:
    """Register a model `name` that runs `handler`, with workers that are READY."""
    answer = server.manage(
        "POST", "/models", timeout=240, url=_archive(handler), model_name=name, initial_workers=workers,
        synchronous=True, **settings,
    )  # fmt: skip
    if not answer.ok:
        said = answer.json().get("message", answer.reason)
        raise Wrong(f"TorchServe refused {handler} with {settings}: {said}\n{server.why(name)}")


def _ask(server: TorchServe, name: str, **options: float) -> Rush:
    url = f"{server.inference_address}/predictions/{name}"
    return rush(url, *_pictures(), token=server.inference_token, **options)


def _must_have(answer: object, name: str, numbers: dict[str, range]) -> dict:
    """Return the answer if it is a dict with an integer in its range for each name of `numbers`."""
    if not isinstance(answer, dict):
        raise Wrong(f"`{name}` must be a dict; yours is a {type(answer).__name__}.")
    for key, allowed in numbers.items():
        if key not in answer:
            raise Wrong(f"`{name}` lacks the key {key!r}.")
        value = answer[key]
        if type(value) is not int or value not in allowed:
            never = (
                " With 0, a batch waits for nobody, and stays tiny." if value == 0 and key == "max_batch_delay" else ""
            )
            raise Wrong(f"{key} must be a whole number from {allowed[0]} to {allowed[-1]}; yours is {value!r}.{never}")
    return answer


SIZES, DELAYS, WORKERS = range(1, 513), range(1, 60_001), range(1, 33)


@exercise("8.3", hints=["Which of the two settings does a client without company wait for?",
                        "Keep the batch size, and let a batch wait for a few milliseconds at the most."])  # fmt: skip
def patience(answer: object) -> None:
    settings = _must_have(answer, "patience", {"batch_size": SIZES, "max_batch_delay": DELAYS})
    settings = {key: settings[key] for key in ("batch_size", "max_batch_delay")}
    with _server() as server:
        _register(server, "digits", SIGNING, **settings)
        best = _quickest_alone(server)
        if best > ALONE:
            told = f"its quickest answer took {best * 1000:.0f} ms" if best < PATIENCE else "it got no answer in 3 s"
            raise Wrong(f"a client alone waits: {told}. A batch that isn't full waits for the whole max_batch_delay.")
        crowd = _ask(server, "digits", clients=64, seconds=0.5)
    if crowd.failed or not crowd.all_right:
        raise Wrong("with 64 clients, some answers were wrong or missing.")
    largest = max(reply.answer["size"] for reply in crowd.replies)
    if largest < 8:
        raise Wrong(f"a client alone is answered at once, but 64 clients get batches of {largest} at the most.")


def _quickest_alone(server: TorchServe) -> float:
    """Return the seconds of the quickest of up to `TRIES` answers that a lone client gets, at most `PATIENCE`."""
    best = PATIENCE
    for picture in _pictures()[0][:TRIES]:
        began = time.monotonic()
        with contextlib.suppress(requests.Timeout):
            server.predict("digits", picture, timeout=PATIENCE)
            best = min(best, time.monotonic() - began)
        if best <= ALONE:
            break
    return best


Measured = dict[str, tuple[float, list[float]]]
"""Setting -> answers a second, latencies in seconds."""


def _measured(limit: float, *, exactly: bool = False) -> tuple[Measured, dict[str, str]]:
    """Return measurements of four settings, and the name of each by its kind.

    The p99 of three is within the limit; that of "right" is the limit itself if `exactly`.
    """
    count = random.randint(500, 2000)

    def sample(low: float, high: float, outliers: int = 0, far: float = 0.0) -> list[float]:
        times = [limit * random.uniform(low, high) for _ in range(count - outliers)]
        times += [limit * random.uniform(far, far + 1) for _ in range(outliers)]
        random.shuffle(times)
        return times

    right = sample(0.5, 0.9, outliers=7 * count // 1000, far=8)
    if exactly:
        slowest = sorted(right)[-5 * count // 100]
        right = [limit if slowest < latency < limit else latency for latency in right]
    kinds = {
        "long tail": (random.uniform(800, 900), sample(0.1, 0.2, outliers=round(0.015 * count), far=2)),
        "right": (random.uniform(600, 700), right),
        "calm": (random.uniform(300, 400), sample(0.3, 0.4)),
        "quickest": (random.uniform(100, 200), sample(0.02, 0.05)),
    }
    names = dict(zip(kinds, random.sample("ABCDEFGH", 4), strict=True))
    order = random.sample(list(kinds), 4)
    return {names[kind]: kinds[kind] for kind in order}, names


@exercise("8.4", hints=["Sort the latencies. Of 1,000, p99 is the 990th, so index 989; yours may be more or fewer.",
                        "Keep the settings whose p99 is within the limit, and take the one of most answers a second; "
                        "`max(..., default=None)`."])  # fmt: skip
def choose(answer: object) -> None:
    function = must_be_a_function(answer, "choose")
    for exactly in (False, False, False, False, True):
        limit = random.choice([0.0625, 0.125, 0.25, 0.5, 1.0])  # halves, so that no way to interpolate rounds
        measured, names = _measured(limit, exactly=exactly)
        found = function({name: (rate, list(times)) for name, (rate, times) in measured.items()}, limit)
        right = names["right"]
        if found == right:
            continue
        kind = next((kind for kind, name in names.items() if name == found), None)
        place = math.ceil(0.99 * len(measured[right][1]))
        p99 = f"p99 is the latency at place {place} of its {len(measured[right][1])}, sorted"
        told = {
            "long tail": f"its p99 is over the limit: 3 of 200 clients wait too long; {p99}",
            "calm": f"{right!r} keeps the limit, too, and answers more. Its few outliers don't count: {p99}",
            "quickest": "it keeps the limit, but answers the fewest; among those within the limit, throughput counts",
            None: f"{right!r} keeps the limit of {limit} seconds and answers the most; return its name",
        }[kind]
        if exactly and kind == "calm":
            told = f"the p99 of {right!r} is just the limit, and 'at most' includes that"
        raise Wrong(f"you chose {found!r}: {told}.")
    measured, _ = _measured(1.0)
    try:
        found = function(measured, 0.001)
    except Exception as error:
        told = f"when no setting keeps the limit, your function raised {type(error).__name__}"
        raise Wrong(f"{told}: return None.") from error
    if found is not None:
        raise Wrong(f"no setting kept the limit, and you chose {found!r}: return None.")


@exercise("8.5", hints=["Which handler file has every improvement of this lesson? And how large are its batches?",
                        "lean_handler.py, one worker (more, where cores are left for them), batches of 16, "
                        "delay 1 ms."])  # fmt: skip
def tuned(answer: object) -> str:
    setup = _must_have(answer, "tuned", {"workers": WORKERS, "batch_size": SIZES, "max_batch_delay": DELAYS})
    if "handler" not in setup:
        raise Wrong("`tuned` lacks the key 'handler'.")
    handler = setup["handler"]
    if not isinstance(handler, str) or not (workspace() / handler).is_file():
        raise Wrong(f"handler must be the name of a file that you wrote with %%writefile; {handler!r} is none.")
    if not handler.endswith("_handler.py"):
        raise Wrong(f"let the name of the file end in _handler.py; yours is {handler!r}.")
    settings = {key: setup[key] for key in ("workers", "batch_size", "max_batch_delay")}
    with _server() as server:
        for name, (ours, own) in OURS.items():
            if name not in registered(server):
                _register(server, name, ours, **own)
        _register(server, "tuned", handler, **settings)
        share, times = _compare(server, handler, settings)
    told = f"{times:.1f} times the guide's throughput" if times < 30 else "more than 30 times the guide's throughput"
    told += f", {share:.0%} of what the course's own set-up reaches here"
    if share >= FAIR:
        return f"well done: {told} and now."
    raise Wrong(f"{told}; {FAIR:.0%} are asked of you. {_missing(handler, settings)}")


def _compare(server: TorchServe, handler: str, settings: dict[str, int]) -> tuple[float, float]:
    """Return the throughput of "tuned" as a share of the course's, and as a multiple of the guide's: medians of rounds.

    All are measured in turn, so that whatever else the machine does meets all. One round is enough where it is clear,
    two where the third could not change the verdict. Raises `Wrong` when an answer is missing or wrong.
    """
    shares, multiples = [], []
    for _ in range(3):
        own = _ask(server, "tuned", seconds=0.7, warm_up=0.3, timeout=GIVEN)
        if own.failed:
            told = f"{len(own.failed)} requests failed; one of them got: {own.failed[0].answer}"
            late = all(reply.status == NO_ANSWER for reply in own.failed)
            raise Wrong(f"{told}\n{_missing(handler, settings) if late else server.why('tuned')}")
        if wrong := [reply for reply in own.replies if not reply.right]:
            expected = {"digit": _pictures()[1][wrong[0].number % len(_pictures()[1])]}
            raise Wrong(
                f"{len(wrong)} of {len(own.replies)} answers are not the model's: a fast wrong answer is no answer. "
                f"One of them is {wrong[0].answer!r} where {expected} was expected."
            )
        rates = {name: _ask(server, name, seconds=0.7, warm_up=0.3).throughput for name in OURS}
        shares.append(own.throughput / max(rates["course"], 0.1))
        multiples.append(own.throughput / max(rates["guide"], 0.1))
        if not CLEAR[0] < shares[0] < CLEAR[1] or (len(shares) == 2 and (min(shares) >= FAIR or max(shares) < FAIR)):
            break
    return statistics.median(shares), statistics.median(multiples)


def _missing(handler: str, settings: dict[str, int]) -> str:
    """Say what usually makes such a set-up slow."""
    if settings["max_batch_delay"] > 50:
        return f"A batch that isn't full waits for {settings['max_batch_delay']} ms: max_batch_delay."
    if (threads := _threads(handler)) > 1:
        return f"Each of your workers computes with {threads} threads: torch.set_num_threads(1)."
    if settings["batch_size"] < 8:
        return f"Your batches hold {settings['batch_size']} at the most: raise batch_size."
    return "Try fewer workers, larger batches, and a handler that decodes without Pillow."


def _threads(handler: str) -> int:
    """Return with how many threads a fresh process computes after it loaded the handler; 1 where that fails."""
    program = "import sys, torch\nsys.path[:0] = sys.argv[2:]\nfrom course.harness import LocalHandler\n"
    program += "told, tell = [torch.get_num_threads()], torch.set_num_threads\n"
    program += "torch.set_num_threads = lambda number: (told.append(number), tell(number))\n"
    program += "LocalHandler(sys.argv[1], serialized_file='check_08.pt')\nprint(told[-2])"  # the last is the harness's
    notebooks = str(Path(__file__).resolve().parents[2])
    command = [sys.executable, "-c", program, handler, str(workspace()), notebooks]
    run = subprocess.run(command, cwd=workspace(), capture_output=True, text=True, check=False, timeout=120)
    return int(run.stdout.split()[-1]) if run.returncode == 0 else 1
