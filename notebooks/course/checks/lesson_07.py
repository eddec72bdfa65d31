"""The exercises of lesson 07."""

import contextlib
import inspect
import json
import numbers
import os
import random
import string
import subprocess
import sys
import textwrap
from collections import Counter
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from pathlib import Path

import requests

from course.archive import DIGIT_HANDLER, build_archive, save_digits_model
from course.checks.kept import kept_server, must_do, registered
from course.checks.listening import responses
from course.digits import load_digits, to_png
from course.exercises import Option, Wrong, exercise, must_be_a_function, question
from course.load import NO_ANSWER, Load
from course.server import ServerError, TorchServe
from course.workspace import workspace

OLD = "1.0"
"""The version that a check's server has from its start."""

question(
    "7.1",
    "`POST /models` answers 405. What is missing?",
    Option("The management token.", "That lock answers 400, as the first curl line showed. This caller got past it."),
    Option(
        "The option --enable-model-api when the server was started.",
        "Without it the server takes no archive from anybody, whatever their token.",
        right=True,
    ),
    Option("The archive in the model store.", "An archive that isn't there makes a 404, once the call is allowed."),
    Option("Another method: PUT.", "PUT scales and sets the default. Registering is a POST."),
)

question(
    "7.6",
    "How does a gRPC client notice that the handler refused its file?",
    Option(
        "The call raises an error with a code of gRPC's.",
        "That happens when TorchServe itself refuses, as without a token. Here the handler did.",
    ),
    Option("The call's status is 415.", "415 is a status of HTTP; gRPC has codes of its own, such as NOT_FOUND."),
    Option("It reads the answer: the call itself succeeds.", "The handler's 415 stands in the JSON.", right=True),
    Option("It gets no answer.", "It gets one, with a sentence on what was wrong. It has to look."),
)


@cache
def _store() -> tuple[Path, str, str]:
    """Return a model store, the name of an archive in it with a version nobody can guess, and that version."""
    store = workspace() / "check_07"
    store.mkdir()
    new = f"{random.randint(2, 9)}.{random.randint(1, 9)}"
    save_digits_model(store / "digits.pt")
    for name, version in {"first": OLD, "second": new}.items():
        build_archive(
            name, handler=DIGIT_HANDLER, serialized_file=store / "digits.pt", version=version, export_path=store,
            config={"batchSize": 8, "maxBatchDelay": 5},
        )  # fmt: skip
    return store, "second.mar", new


def _server() -> contextlib.AbstractContextManager[TorchServe]:
    """Run a server that takes new models and has version 1.0 of `digits`, with one worker, and nothing else."""
    return kept_server({"digits": "first.mar"}, _store()[0], options=("--enable-model-api",), restore=_restore)


def _restore(server: TorchServe) -> None:
    """Bring the server of an earlier check back to what it had at its start. Raises ServerError where that fails."""
    states = {model["modelVersion"]: [worker["status"] for worker in model["workers"]] for model in _versions(server)}
    if states.get(OLD) != ["READY"]:
        if OLD in states:
            raise ServerError(f"version {OLD} has workers of state {states[OLD]}")
        first = {"url": "first.mar", "model_name": "digits", "initial_workers": 1, "synchronous": True}
        must_do(server.manage("POST", "/models", **first))
    must_do(server.manage("PUT", f"/models/digits/{OLD}/set-default"))
    for version in states.keys() - {OLD}:
        must_do(server.manage("DELETE", f"/models/digits/{version}"))
    for name in registered(server) - {"digits"}:
        must_do(server.manage("DELETE", f"/models/{name}"))


def _refusal(refused: requests.Response) -> str:
    """Return what the server said to the call that it refused, and a word on the usual cause."""
    try:
        said = refused.json()["message"]
    except (ValueError, KeyError):
        said = refused.reason
    call = f"{refused.request.method} {refused.request.path_url.partition('?')[0]}"
    told = f"{call} was refused with {refused.status_code}: {said}"
    if "Token Authorization" in said:
        header = refused.request.headers.get("Authorization")
        return f"{told}. " + ("The call had no Authorization header." if header is None else "Is it `Bearer ` + token?")
    return told


def _run(function: Callable[..., object], seen: list, *args: object) -> object:
    """Return what the learner's function returns. Raises `Wrong` with the server's words where it refused a call."""
    try:
        found = function(*args)
    except Exception:
        if seen and isinstance(seen[-1], requests.Response) and not seen[-1].ok:
            raise Wrong(_refusal(seen[-1])) from None
        raise
    refused = [call for call in seen if isinstance(call, requests.Response) and not call.ok]
    refused = [call for call in refused if call.request.method != "GET"]  # it may look whether something is gone
    if refused:
        raise Wrong(_refusal(refused[0]))
    return found


def _must_have_asked(server: TorchServe, seen: list[requests.Response]) -> None:
    if any(not call.url.startswith(server.management_address) for call in seen):
        raise Wrong("you asked another server: use the `address` that your function gets, no variable outside it.")


def _must_have_no_new_model(server: TorchServe) -> None:
    if extra := registered(server) - {"digits"}:
        raise Wrong(f"you registered a new model, {extra.pop()!r}, not a version of digits: give model_name.")


def _versions(server: TorchServe) -> list[dict]:
    """Return the descriptions of all versions of `digits`; [] when there is none."""
    answer = server.manage("GET", "/models/digits/all")
    return answer.json() if answer.ok else []


@exercise("7.2", hints=["One POST to /models with four parameters, then one GET to /models/digits/all.",
                        "The parameters are url, model_name, initial_workers and synchronous; "
                        "the header is Authorization: Bearer and the token."])  # fmt: skip
def add_version(answer: object) -> None:
    function = must_be_a_function(answer, "add_version")
    _, archive, new = _store()
    with _server() as server:
        with responses() as seen:
            try:
                found = _run(function, seen, server.management_address, server.management_token, archive)
            finally:  # the better word, also where the other server refused
                _must_have_asked(server, seen)
        _must_have_no_new_model(server)
        described = {model["modelVersion"]: model for model in _versions(server)}
        if new not in described:
            raise Wrong("nothing was registered: no POST to /models came through at the `address` your function got.")
        workers = described[new]["workers"]
        if not workers:
            raise Wrong(f"version {new} is registered, but has no worker: look at initial_workers.")
        if len(workers) > 1:
            raise Wrong(f"version {new} has {len(workers)} workers; the exercise asks for one: initial_workers=1.")
        if not any("initial_workers" in call.url for call in seen):
            raise Wrong(
                "no call named `initial_workers`, so the server's default decided; elsewhere that is another number."
            )
        if any(worker["status"] != "READY" for worker in workers):
            raise Wrong("your function returned while the worker was not READY: wait for it, with `synchronous`.")
        if server.manage("GET", "/models/digits").json()[0]["modelVersion"] != OLD:
            raise Wrong(f"version {new} is the default now; the exercise asks for no switch.")
        if found != sorted(described):
            raise Wrong(f"the versions are {sorted(described)}; your function returned {found!r}.")


@exercise("7.3", hints=["Turn the name into a number from 0 to 99 that depends on nothing but the name.",
                        "zlib.crc32(user.encode()) % 100 is such a number; compare it with percent."])  # fmt: skip
def version_for(answer: object) -> None:
    function = must_be_a_function(answer, "version_for")
    plain = inspect.unwrap(function)
    if not inspect.isfunction(plain) or plain.__name__ == "<lambda>":
        raise Wrong("write `version_for` with def, so that the check can run it in another process too.")
    letters = string.ascii_letters + "äß."
    users = ["".join(random.choices(letters, k=random.randint(3, 12))) for _ in range(5000)]
    some = sorted(random.sample(range(1, 100), 12))
    got = {percent: [function(user, percent) for user in users] for percent in (0, *some, 100)}
    odd = {version for versions in got.values() for version in versions} - {"1.0", "2.0"}
    if odd:
        raise Wrong(f'it must return "1.0" or "2.0"; yours returned {odd.pop()!r}.')
    if [function(user, some[0]) for user in users] != got[some[0]]:
        raise Wrong("the same user got another version on the second call: let only the name and percent decide.")
    for percent, versions in got.items():
        share = 100 * versions.count("2.0") / len(users)
        if abs(share - percent) > (4 if 0 < percent < 100 else 0):
            raise Wrong(f"with percent={percent}, {share:.4g} of 100 users got 2.0.")
    for small, large in pairwise(some):
        if any(before == "2.0" and after == "1.0" for before, after in zip(got[small], got[large], strict=True)):
            raise Wrong(f"as percent grew from {small} to {large}, some users went back to 1.0.")
    places = random.sample(range(len(users)), 200)  # in another order, too
    if _in_another_process(plain, [users[i] for i in places], some[6]) != [got[some[6]][i] for i in places]:
        raise Wrong(
            "another process disagrees about the same users, on another machine: let nothing but the name and percent "
            "decide. Is it hash()? Each process salts it anew."
        )


def _in_another_process(function: Callable[[str, int], str], users: list[str], percent: int) -> list[str]:
    """Return the function's answers from a process of its own, whose hash() has another salt, its host another name."""
    source = textwrap.dedent(inspect.getsource(function))
    program = (
        "from __future__ import annotations\nimport functools, hashlib, json, platform, random, socket, sys, zlib\n"
    )
    program += "socket.gethostname = platform.node = lambda: 'elsewhere'\nfrom functools import cache, lru_cache\n"
    program += f"{source}\n"
    program += "users, percent = json.load(sys.stdin)\n"
    program += f"json.dump([{function.__name__}(user, percent) for user in users], sys.stdout)"
    run = subprocess.run(
        [sys.executable, "-c", program], input=json.dumps([users, percent]), capture_output=True, text=True,
        check=False, timeout=60, env=os.environ | {"PYTHONHASHSEED": str(random.randint(1, 10**6))},
    )  # fmt: skip
    if run.returncode:
        told = f"in another process it fails: {run.stderr.strip().splitlines()[-1]}"
        raise Wrong(f"{told}. Import inside the function; helpers go inside too.")
    return json.loads(run.stdout)


Counts = dict[str, dict[str, dict[str, int]]]
"""Metric -> version -> machine -> how many."""


def _counts(versions: list[str], machines: list[str]) -> Counts:
    """Return random counts of four versions: the third has no unsure answer, the fourth no answer at all."""
    answers = {version: {machine: random.randint(50, 900) for machine in machines} for version in versions[:3]}
    unsure = {
        version: {machine: random.randint(5, count - 5) for machine, count in answers[version].items()}
        for version in versions[:2]
    }
    return {"DigitAnswers": answers, "DigitUnsure": unsure}


def _metrics_text(counts: Counts) -> str:
    """Return what /metrics would say of these counts, in a random order, and of one metric more."""
    families = [[
        "# HELP ts_inference_requests_total Torchserve prometheus counter metric with unit: Count",
        "# TYPE ts_inference_requests_total counter",
        'ts_inference_requests_total{model_name="digits",model_version="default",hostname="a",} 7.0',
    ]]  # fmt: skip
    for metric, versions in counts.items():
        samples = [
            f'{metric}{{ModelVersion="{version}",ModelName="digits",Level="Model",Hostname="{machine}",}} {count}.0'
            for version, machines in versions.items()
            for machine, count in machines.items()
        ]
        random.shuffle(samples)
        families.append([f"# HELP {metric} with unit: Count", f"# TYPE {metric} counter", *samples])
    random.shuffle(families)
    return "\n".join(line for family in families for line in family) + "\n"


@exercise("7.4", hints=["text_string_to_metric_families(text) yields families of samples with name, labels, value.",
                        "By family.name, add up the values whose label ModelVersion is the version; "
                        "divide only if there were answers."])  # fmt: skip
def unsure_share(answer: object) -> None:
    function = must_be_a_function(answer, "unsure_share")
    for machines in (["a"], ["a", "b"]):
        versions = [*random.sample(["1.0", "1.0.1", "11.0"], 3), "2.0"]  # each text holds another's
        counts = _counts(versions, machines)
        text = _metrics_text(counts)
        answers, unsure = ({version: sum(own.values()) for version, own in counts[name].items()} for name in counts)
        for kind, version in zip(("", "", "no unsure answer", "no answer"), versions, strict=True):
            expected = unsure.get(version, 0) / answers.get(version, 1)
            found = _share(function, text, version, f"for a version with {kind} yet" if kind else "")
            if abs(found - expected) < 1e-9:
                continue
            if not found:
                raise Wrong(f"found 0 where {expected:.3f} was expected{_why_nothing(function)}")
            if abs(found - sum(unsure.values()) / sum(answers.values())) < 1e-9:
                raise Wrong("your share is that of all versions together: look at the label ModelVersion.")
            if abs(found - unsure.get(version, 0)) < 1e-9:
                raise Wrong("that is a number of answers, not a share: divide by all answers of the version.")
            if abs(found - 100 * expected) < 1e-9:
                raise Wrong("that is in percent; a share goes from 0 to 1.")
            told = " reported by two machines: add them up" if len(machines) == 2 else ""
            raise Wrong(
                f"for version {version}, which has {kind or 'answers'}{told}, expected {expected:.3f}, found "
                f"{found:.3f}; the text also has versions {', '.join(sorted(set(answers) - {version}))}."
            )
    for names in (["DigitAnswers"], []):
        text = _metrics_text({name: counts[name] for name in names})
        what = f"where the text has no {'counter of the handler' if not names else 'DigitUnsure'}"
        if found := _share(function, text, versions[0], what):
            raise Wrong(f"{what}, expected 0.0, found {found:.3f}.")


def _share(function: Callable, text: str, version: str, what: str) -> float:
    """Return what the learner's function returns; errors are told with `what`, if that isn't ""."""
    try:
        found = function(text, version)
    except Exception as error:
        if what:
            raise Wrong(f"{what}, your code raised {type(error).__name__}: {error}.") from error
        raise
    if not isinstance(found, numbers.Real):
        raise Wrong(f"a share is a number{', ' + what if what else ''}; yours is a {type(found).__name__}.")
    return float(found)


def _why_nothing(function: Callable) -> str:
    """Guess why nothing was counted."""
    with contextlib.suppress(OSError, TypeError):
        if "sample.name" in inspect.getsource(function):
            return ": sample.name is DigitAnswers_total; `family.name` has no such ending."
    return ": does it read `text`, and all of its samples?"


@exercise("7.5", hints=["There are three mistakes: the order, the number of workers, and somebody who doesn't wait.",
                        "POST with initial_workers=1 and synchronous=True, set-default, drain(), DELETE."])  # fmt: skip
def deploy(answer: object) -> None:
    function = must_be_a_function(answer, "deploy")
    _, archive, new = _store()
    images, labels = load_digits(train=False)
    with _server() as server:
        load = Load(
            f"{server.inference_address}/predictions/digits", [to_png(image) for image in images[:100]],
            labels[:100].tolist(), token=server.inference_token, clients=6, rate=150, timeout=20,
        )  # fmt: skip
        seen: list[requests.Response | str] = []
        early: list[str] = []

        def manage(method: str, path: str, **params: object) -> requests.Response:
            if "set-default" in path and '"READY"' not in server.manage("GET", f"/models/digits/{new}").text:
                early.append(path)
            return server.manage(method, path, **params)

        with load:
            load.wait(30)
            trouble = None
            try:
                _run(function, seen, _recorded(manage, seen), archive, OLD, new, _recorded(load.drain, seen))
            except Wrong as wrong:
                trouble = wrong
            load.wait(60)
            default = server.manage("GET", "/models/digits")
            versions = [model["modelVersion"] for model in _versions(server)]
        _must_have_no_new_model(server)
        if early and not trouble and all(reply.status == NO_ANSWER for reply in load.failed):
            raise Wrong(
                f"you switched before {new} had a READY worker, so all clients waited for it: say synchronous=True, or "
                "look until it is READY."
            )
        if load.failed:
            raise Wrong(_lost(load, seen, trouble))
        if trouble:
            raise trouble
        if not default.ok or default.json()[0]["modelVersion"] != new:
            raise Wrong(f"no client noticed anything, not even the new version: the default is still {OLD}.")
        if OLD in versions:
            raise Wrong(f"no request failed, but {OLD} is still registered and keeps its memory: DELETE it at the end.")
        _must_drain_before_unregistering(seen)


def _recorded(function: Callable, seen: list) -> Callable:
    """Return the function, with what it returned appended to `seen` on each call: a response, or "drained"."""

    def recorded(*args: object, **kwargs: object) -> object:
        found = function(*args, **kwargs)
        seen.append("drained" if found is None else found)
        return found

    return recorded


def _lost(load: Load, seen: list, trouble: Wrong | None) -> str:
    """Say how many requests were lost and how, and what usually loses them so."""
    statuses = Counter(reply.status for reply in load.failed)
    told = f"{len(load.failed)} of your clients' requests failed"
    calls = [call for call in seen if call != "drained" and call.ok]
    done = [call.request.method for call in calls]
    if 404 in statuses or ("DELETE" in done and "POST" in done[done.index("DELETE") :]):
        cause = "since there was a time without any version. Bring the new one before you take the old one"
    elif 503 in statuses:
        cause = "with 503: the default was a version without a worker"
    elif NO_ANSWER in statuses or 500 in statuses:
        cause = (
            "or got no answer: their worker was ended. drain() waits for earlier requests: it comes after the switch, "
            "and before anything that ends the old worker"
        )
    else:
        cause = f"with {sorted(statuses)}"
    return f"{told} {cause}." + (f" Besides: {trouble}" if trouble else "")


def _must_drain_before_unregistering(seen: list) -> None:
    steps = ["drained" if call == "drained" else f"{call.request.method} {call.url}" for call in seen]
    switched = max(i for i, step in enumerate(steps) if "set-default" in step)
    gone = max(i for i, step in enumerate(steps) if step.startswith("DELETE"))
    if "drained" not in steps[switched:gone]:
        raise Wrong(
            "nothing failed this time, maybe by luck: call drain() between switch and DELETE, to wait for earlier "
            "requests."
        )
