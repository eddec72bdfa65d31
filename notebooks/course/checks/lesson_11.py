"""The exercises of lesson 11."""

import random
import re
import subprocess
import tempfile
from collections.abc import Mapping
from numbers import Real
from pathlib import Path

from course.balancer import find_haproxy
from course.exercises import Option, Wrong, exercise, must_be_a_function, question
from course.workspace import workspace

question(
    "11.1",
    "`@serve.batch(max_batch_size=8)` is set, `max_ongoing_requests` is left out. How large do batches get?",
    Option("Up to 8, as the decorator says.", "It sets what a batch may hold, not how many requests come in."),
    Option(
        "Up to 5: the replica never holds more.",
        "The default lets 5 requests into a replica; the others wait at the proxy.",
        right=True,
    ),
    Option("Up to 10, the decorator's default.", "That is the default of `max_batch_size`, which was set to 8."),
    Option("One: a replica is one process.", "It is asynchronous: many requests wait in it for their batch."),
)

question(
    "11.3",
    "A node's power fails while one of its replicas has a request in its hands. Who makes sure that it is answered?",
    Option("Ray: it runs lost tasks again.", "Ray can repeat tasks; Serve doesn't repeat a request that was begun."),
    Option(
        "The controller: it starts a new replica.", "That serves later requests. The one in hand died with its node."
    ),
    Option("The client: it asks again.", "Only it knows that the request may be sent twice.", right=True),
    Option("The proxy: it holds a copy until the answer is out.", "It passes requests on, and passes an error back."),
)


@exercise("11.4", hints=["One line a key: read it from `config`, mind the unit, write it under Serve's name.",
                         "maxBatchDelay is in milliseconds, batch_wait_timeout_s in seconds.",
                         "max_ongoing_requests must be at least the batch size, or no batch is full."])  # fmt: skip
def to_serve(answer: object) -> None:
    function = must_be_a_function(answer, "to_serve")
    for _ in range(5):
        least, size, delay = random.randint(1, 4), random.randint(6, 200), random.randint(1, 900)
        config = {"minWorkers": least, "maxWorkers": least + random.randint(1, 5), "batchSize": size}
        config |= {"maxBatchDelay": delay, "responseTimeout": random.randint(5, 200)}
        found = function(dict(config))
        if not isinstance(found, Mapping):
            raise Wrong(f"return a dict; yours returned a {type(found).__name__}.")
        _compare(found, "max_batch_size", size, config)
        if _is(found.get("batch_wait_timeout_s"), delay):
            raise Wrong(f"{delay} milliseconds became {delay} seconds: divide maxBatchDelay by 1000.")
        _compare(found, "batch_wait_timeout_s", delay / 1000, config)
        scaling = found.get("autoscaling_config")
        if not isinstance(scaling, Mapping):
            raise Wrong("`autoscaling_config` must be a dict with min_replicas and max_replicas.")
        _compare(scaling, "min_replicas", config["minWorkers"], config)
        _compare(scaling, "max_replicas", config["maxWorkers"], config)
        _compare(found, "request_timeout_s", config["responseTimeout"], config)
        if "num_replicas" in found:
            raise Wrong("num_replicas and autoscaling_config exclude each other: leave num_replicas out.")
        if "max_ongoing_requests" not in found:
            raise Wrong("the key 'max_ongoing_requests' is missing.")
        ongoing = found["max_ongoing_requests"]
        if not isinstance(ongoing, int) or isinstance(ongoing, bool):
            raise Wrong(f"max_ongoing_requests must be an int; yours is {ongoing!r}.")
        if ongoing < size:
            raise Wrong(f"max_ongoing_requests is {ongoing!r} and batchSize {size}: no batch could ever be full.")


def _is(found: object, expected: float) -> bool:
    return isinstance(found, Real) and not isinstance(found, bool) and abs(found - expected) <= 1e-9 * (1 + expected)


def _compare(found: Mapping, key: str, expected: float, config: Mapping) -> None:
    if key not in found:
        raise Wrong(f"the key {key!r} is missing.")
    if not _is(found[key], expected):
        raise Wrong(f"for {config}, {key} should be {expected}; yours is {found[key]!r}.")


@exercise("11.2", hints=["Two bounds: one holds for few clients, one for many. The smaller one counts.",
                         "One client alone gets 1 / sum(demands). The slowest station gives 1 / max(demands).",
                         "min(clients / sum(demands), 1 / max(demands))"])  # fmt: skip
def bound(answer: object) -> None:
    function = must_be_a_function(answer, "bound")
    cases = []
    drawn = [random.uniform(0.001, 0.05) for _ in range(random.randint(2, 5))]
    fixed = [(clients, demands) for demands in ([0.01] * 4, [0.05, 0.001, 0.001]) for clients in (1, 2, 3, 4, 5)]
    for clients, demands in [*fixed, *((clients, drawn) for clients in (1, 2, 5, 40, 1000))]:
        found = function(clients, list(demands))
        if not isinstance(found, Real) or isinstance(found, bool):
            raise Wrong(f"return a number; yours returned a {type(found).__name__}: put it into float().")
        cases.append((clients, demands, found, clients / sum(demands), 1 / max(demands)))
    if all(_is(found, max(few, many)) for *_, found, few, many in cases):
        raise Wrong("you took the larger of the two bounds; both hold, so the smaller one counts.")
    for clients, demands, found, few, many in cases:
        if _is(found, min(few, many)):
            continue
        told = f"for {clients} clients and demands {[round(demand, 4) for demand in demands]}"
        if _is(found, few):
            raise Wrong(f"{told}, the slowest station can't keep up: it serves one request in max(demands) seconds.")
        if _is(found, many):
            raise Wrong(f"{told}, so few clients can't keep the slowest station busy: each waits for its own answer.")
        raise Wrong(f"{told}, expected {min(few, many):.4g} a second, found {float(found):.4g}.")


@exercise("11.5", hints=["One line for each address: server NAME ADDRESS check.",
                         "With `check` after the address, HAProxy asks the server if it is alive.",
                         "`option redispatch` lets a request whose connection failed go elsewhere."])  # fmt: skip
def backend(answer: object) -> None:
    function = must_be_a_function(answer, "backend")
    for count in (1, 3, 5):
        addresses = [f"10.{random.randint(0, 255)}.{n}.{random.randint(1, 254)}:{8080 + n}" for n in range(count)]
        text = function(list(addresses))
        if not isinstance(text, str):
            raise Wrong(f"return the text of the backend; yours returned a {type(text).__name__}.")
        lines = [line.split("#")[0].split() for line in text.splitlines()]
        servers = [line for line in lines if line[:1] == ["server"]]
        if [line for line in lines if line[:1] == ["backend"]] != [["backend", "torchserve"]]:
            raise Wrong("the first line names it: `backend torchserve`, and there is one backend only.")
        if sorted(line[2] for line in servers if len(line) > 2) != sorted(addresses):
            raise Wrong(f"for {count} addresses, there must be one `server NAME ADDRESS ...` line for each of them.")
        if len({line[1] for line in servers}) < count:
            raise Wrong("two servers have the same name: number them.")
        default = [word for line in lines[: lines.index(servers[0])] if line[:1] == ["default-server"] for word in line]
        if not all("check" in line + default for line in servers):
            raise Wrong("a server without `check` keeps its share of the requests when it is dead.")
        if idle := {"disabled", "backup"} & {word for line in servers for word in line + default}:
            raise Wrong(f"a server with `{idle.pop()}` gets no requests while the others live.")
        for wanted, why in LINES.items():
            if not any(" ".join(line) in wanted.split(" or ") for line in lines):
                raise Wrong(f"there is no line `{wanted}`: {why}.")
        _accepted(text)


LINES = {
    "balance roundrobin or balance leastconn": "all servers should get requests, whoever asks",
    "retries 3": "a connection that failed is tried again, three times",
    "option redispatch": "a request is tried again only on the server that is dead",
    "option httpchk GET /ping": "a check only opens a connection, and asks for nothing",
}
"""What exercise 11.5 asks for: a line -> what is the case without it."""

AROUND = """defaults
    mode http
    timeout connect 1s
    timeout client 1s
    timeout server 1s
listen probe
    bind unix@{socket}
"""
"""What HAProxy needs around a backend to read it: a configuration without any listener is none."""


def _accepted(text: str) -> None:
    """Raise `Wrong` with HAProxy's own words when there is one and it refuses the text."""
    haproxy = find_haproxy()
    if haproxy is None:
        return
    with tempfile.TemporaryDirectory(dir=workspace()) as folder:
        path = Path(folder, "haproxy.cfg")
        path.write_text(AROUND.format(socket=Path(folder, "s")) + text + "\n")
        done = subprocess.run([haproxy, "-c", "-f", path], capture_output=True, text=True, check=False)
    if done.returncode:
        told = re.findall(r"(?:ALERT|error).*?: (.*)", done.stderr)
        said = re.sub(r"config : parsing \[\S*:(\d+)\]", _line_of_the_answer, told[0] if told else done.stderr)
        raise Wrong(f"HAProxy refuses it: {said[:300]}")


def _line_of_the_answer(place: re.Match) -> str:
    return f"line {int(place[1]) - AROUND.count(chr(10))}"
