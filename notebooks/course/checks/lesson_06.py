"""The exercises of lesson 06."""

import contextlib
import re
from collections.abc import Callable
from urllib.parse import urlsplit

import requests
import torch

from course.archive import digits_archive
from course.checks.kept import kept_server
from course.checks.listening import responses
from course.digits import distort, load_digits, to_png
from course.exercises import Option, Wrong, exercise, question
from course.server import ServerError, TorchServe

question(
    "6.1",
    "What is the main advantage of a TorchScript file over a state_dict?",
    Option("It makes the model more accurate.", "The numbers stay the same: lessons 01 to 03 proved that every time."),
    Option(
        "It trains faster, on a GPU and on a CPU.",
        "It is made after training, for running the model elsewhere. Training stays in Python.",
    ),
    Option(
        "It holds the network too: it runs without Python.",
        "Lesson 03 ran it from C++ with the same numbers.",
        right=True,
    ),
    Option("It is smaller.", "It holds the same weights, so its size is about the same. Compare the two files."),
)

question(
    "6.2",
    "A model's forward has an `if` that depends on its input. Do you trace or script it?",
    Option(
        "Script it, or at least the part with the `if`.",
        "The compiler reads the source and keeps both branches.",
        right=True,
    ),
    Option("Trace it with an example that is typical.", "The branch that the example takes is all a trace ever does."),
    Option(
        "Trace it twice, once for each branch, into the same file.",
        "A file holds one graph. You would have to choose between two files yourself, with the same `if`.",
    ),
    Option("Either: both keep the `if`.", "A trace loses it, and only a TracerWarning tells you. See lesson 01."),
)

EXTENSIONS = {
    ".pt": "is the model that --serialized-file puts into the archive, without its handler.",
    ".pth": "holds a state_dict, by custom. That is no deployment yet, as lesson 00 showed.",
    ".zip": "is what the archive is inside, but TorchServe does not look for that name.",
    ".tar": "is no format of the archiver. It writes a zip under another name.",
    ".tar.gz": "is what the archiver writes with --archive-format tgz, which this course does not use.",
    ".tgz": "is what the archiver writes with --archive-format tgz, under the name .tar.gz.",
    ".py": "is the handler, before it is archived.",
}


@exercise("6.3", hints=["Look at the command line that `server.start()` printed.", "Model ARchive, three letters."])
def archive_extension(answer: object) -> None:
    if not isinstance(answer, str):
        raise Wrong(f'the answer is a string such as ".xyz"; yours is of type {type(answer).__name__}.')
    given = answer.strip()
    if given == ".mar":
        return
    if given == "mar":
        raise Wrong("nearly: an extension begins with its dot.")
    if given.lower() in ("mar", ".mar"):
        raise Wrong("nearly: in small letters, with its dot.")
    if given.lower().endswith(".mar"):
        raise Wrong(f"{given!r} is a file name; only its extension was asked for.")
    key = given.lower() if given.startswith(".") else f".{given.lower()}"
    if key in EXTENSIONS:
        raise Wrong(f"{key} {EXTENSIONS[key]}")
    raise Wrong(f"{given!r:.40} is not the extension of the file in the command line above.")


LINES = {"initialize": "B", "preprocess": "C", "inference": "D", "postprocess": "A"}


@exercise("6.4", hints=["Follow one picture: bytes to tensor, tensor to scores, scores to answers.",
                        "What happens once, when the worker starts, is `initialize`."])  # fmt: skip
def three_methods(answer: object) -> None:
    asked = [method for method in LINES if method != "initialize"]
    if not isinstance(answer, dict) or set(answer) != set(asked):
        yours = ", ".join(map(str, answer)) if isinstance(answer, dict) else f"of type {type(answer).__name__}"
        raise Wrong(f"the answer is a dict with the keys {', '.join(asked)}; yours: {yours}.")
    letters = {method: str(letter).strip().upper() for method, letter in answer.items()}
    for method, letter in letters.items():
        if letter not in LINES.values():
            raise Wrong(f"{method}: a value is one letter of A, B, C, D; {answer[method]!r} is not.")
    if len(set(letters.values())) < len(asked):
        raise Wrong("two methods have the same letter: each line belongs to one method.")
    wrong = [method for method in asked if letters[method] != LINES[method]]
    for method in wrong:
        if letters[method] == "B":
            raise Wrong(f"{method} runs for every batch; loading the model happens once, in `initialize`.")
    if len(wrong) == 2:
        raise Wrong(f"{wrong[0]} and {wrong[1]} are swapped.")
    if wrong:
        raise Wrong("all three have another one's line: which runs before the model, and which after it?")


@exercise("6.5", hints=["scheme://machine:port/predictions/name: the first of the three default ports.",
                        "In `my_classifier=classifier.mar`, clients use what stands on the left."])  # fmt: skip
def prediction_url(answer: object) -> None:
    if not isinstance(answer, str):
        raise Wrong(f"a URL is a string; yours is of type {type(answer).__name__}.")
    try:
        parts = urlsplit(answer.strip())
        port = parts.port
    except ValueError as error:
        raise Wrong(f"this is no URL: {error}. After the machine stands a colon, and a number for the port.") from error
    if parts.scheme == "https":
        raise Wrong("https needs a certificate, which nobody configured: by default TorchServe speaks http.")
    if parts.scheme != "http" or not parts.netloc:
        raise Wrong('a URL begins with its scheme and machine: "http://127.0.0.1:..."')
    if parts.hostname not in ("127.0.0.1", "localhost"):
        raise Wrong(f"the server runs on your own machine, 127.0.0.1 or localhost, not on {parts.hostname}.")
    _must_be_the_inference_port(port)
    path = parts.path.removesuffix("/")
    if path == "/predictions/my_classifier":
        return
    first, _, name = path.removeprefix("/").partition("/")
    if name.endswith(".mar") or first.endswith(".mar"):
        raise Wrong("the URL has the model's name; the file's name with .mar is of no use to a client.")
    if "classifier" in (name, first):
        raise Wrong("`classifier` is the archive's name; the model's name stands left of the `=`.")
    if path.startswith("/predictions/my_classifier/"):
        raise Wrong("a version may stand after the name, but nobody asked for one: leave it out.")
    if first == "my_classifier":
        raise Wrong("the path begins with what you want of the model: /predictions/ stands before its name.")
    if name == "my_classifier":
        raise Wrong(f"the first part of the path is predictions, not {first}.")
    if first == "predictions" and name:
        raise Wrong(f"no model is called {name!r} in that command: look left of the `=`.")
    raise Wrong(f"the path is /predictions/ and the model's name; yours is {parts.path!r:.60}.")


def _must_be_the_inference_port(port: int | None) -> None:
    if port is None:
        raise Wrong("without a port, http means port 80; TorchServe listens at another one.")
    if port == 8081:
        raise Wrong("8081 is the management address, which handles models. Predictions have a port of their own.")
    if port == 8082:
        raise Wrong("8082 is the metrics address. Predictions have a port of their own.")
    if port != 8080:
        raise Wrong(f"predictions are asked for at TorchServe's first default port, not at {port}.")


@exercise("6.6", hints=["Print `answer.status_code` and `answer.text` before you look for a digit in the answer.",
                        'The header is `f"Bearer {token}"`; `.decode()` makes text of bytes.'])  # fmt: skip
def repair_ask(answer: object) -> None:
    if not callable(answer):
        raise Wrong(f"`ask` must be a function; yours is of type {type(answer).__name__}.")
    images, _ = load_digits(train=False)
    pictures = [to_png(image) for image in distort(images[torch.randperm(len(images))[:5]])]
    archive = digits_archive()
    with contextlib.ExitStack() as stack:
        try:
            server = stack.enter_context(kept_server({"digits": archive.name}, archive.parent))
        except ServerError as error:
            raise Wrong(f"your client wasn't tried: the check's own server didn't start. {error}") from error
        before = _predictions(server)
        for png in pictures:
            expected = server.predict("digits", png).json()["digit"]
            with responses() as seen:
                found = _ask(answer, server, png, seen)
            if type(found) is not int:
                kind = "None. Is there a `return`?" if found is None else f"something of type {type(found).__name__}."
                raise Wrong(f"`ask` must return an int such as 7; yours returned {kind}")
            if found != expected:
                raise Wrong(f"the server reads the digit {expected} in a picture, and `ask` returned {found}.")
        if not seen and _predictions(server) - before < 2 * len(pictures):  # perhaps it asks without `requests`
            raise Wrong("the digits are right, but your client didn't ask the server for each of them.")


def _predictions(server: TorchServe) -> int:
    """Return how many predictions the server was asked for; it counts a request before it answers."""
    with requests.Session() as session:
        session.trust_env = False  # no proxy stands between this machine and itself
        text = session.get(f"{server.metrics_address}/metrics", timeout=60).text
    return sum(
        int(float(count)) for count in re.findall(r"^ts_inference_requests_total\{.*\} (\S+)$", text, re.MULTILINE)
    )


def _ask(ask: Callable[[str, str, bytes], object], server: TorchServe, png: bytes, seen: list) -> object:
    """Return what `ask` returns. Raises `Wrong` with the server's own words when the server refused the request."""
    error: Exception | None = None
    found = None
    try:
        found = ask(server.inference_address, server.inference_token, png)
    except Exception as raised:
        error = raised
    if seen and not seen[-1].url.startswith(server.inference_address):
        raise Wrong("your client asked another server: use the `address` that it is given.")
    if seen and not seen[-1].ok:
        raise Wrong(_explain(seen[-1]))
    if error:
        raise error
    return found


def _explain(refused: requests.Response) -> str:
    """Return the server's words on a refused request, and which part of the request they are about."""
    try:
        said = f"the server said {refused.status_code}: {refused.json()['message']}"
    except (ValueError, KeyError, TypeError):
        said = f"the server said {refused.status_code}."
    header = refused.request.headers.get("Authorization")
    if "Token Authorization" not in said:
        return said
    if header is None:
        return f"{said}. Your request had no Authorization header."
    if not header.lower().startswith("bearer"):
        return f"{said}. Your Authorization header lacks the word Bearer before the token."
    if not header.startswith("Bearer "):
        return f"{said}. The header is Bearer, one space, the token: a capital B, no colon."
    return f"{said}. Is it the `token` that `ask` was given?"
