"""Plausible wrong answers to the exercises of lesson 11: (what replaces the answer cell, what the verdict must say)."""

TO_SERVE = """def to_serve(config):
    return {{
        "max_batch_size": {size},
        "batch_wait_timeout_s": {delay},
        "max_ongoing_requests": {ongoing},
        "autoscaling_config": {{"min_replicas": {least}, "max_replicas": {most}}},
        "request_timeout_s": {patience},
    }}
"""
PARTS = {
    "size": 'config["batchSize"]',
    "delay": 'config["maxBatchDelay"] / 1000',
    "ongoing": '2 * config["batchSize"]',
    "least": 'config["minWorkers"]',
    "most": 'config["maxWorkers"]',
    "patience": 'config["responseTimeout"]',
}


def to_serve(**parts: str) -> str:
    """Return the source of a `to_serve` with these parts."""
    return TO_SERVE.format(**(PARTS | parts))


BACKEND = """def backend(addresses):
    lines = [{head}{redispatch}]
    for number, address in enumerate(addresses):
        lines.append(f"    server {name} {{address}}{check}")
    return {result}
"""


def backend(
    head: str = '"backend torchserve", "    balance leastconn"',
    redispatch: str = ', "    retries 3", "    option redispatch", "    option httpchk GET /ping"',
    name: str = "ts{number}",
    check: str = " check",
    result: str = '"\\n".join(lines)',
) -> str:
    """Return the source of a `backend` with these parts."""
    return BACKEND.format(head=head, redispatch=redispatch, name=name, check=check, result=result)


WRONG: dict[str, list[tuple[str, str]]] = {
    "11.4": [
        (to_serve(delay='config["maxBatchDelay"]'), "divide maxBatchDelay by 1000"),
        (to_serve(ongoing="5"), "no batch could ever be full"),
        (to_serve(least='config["maxWorkers"]', most='config["minWorkers"]'), "min_replicas should be"),
        (to_serve(ongoing='config["batchSize"], "num_replicas": 2'), "exclude each other"),
        (to_serve(ongoing="64.0"), "must be an int"),
        (to_serve(size="8"), "max_batch_size should be"),
        (to_serve(patience='config["responseTimeout"] / 1000'), "request_timeout_s should be"),
        ("def to_serve(config):\n    return config", "'max_batch_size' is missing"),
        ("to_serve = {'max_batch_size': 8}", "must be a function"),
    ],
    "11.2": [
        ("def bound(clients, demands):\n    return clients / sum(demands)", "the slowest station can't keep up"),
        ("def bound(clients, demands):\n    return 1 / max(demands)", "so few clients can't keep"),
        (
            "def bound(clients, demands):\n    return max(clients / sum(demands), 1 / max(demands))",
            "both hold, so the smaller one counts",
        ),
        ("def bound(clients, demands):\n    return min(clients / max(demands), 1 / sum(demands))", "expected"),
        ("def bound(clients, demands):\n    return str(clients)", "return a number"),
        (
            "def bound(clients, demands):\n"
            "    return clients / sum(demands) if clients < len(demands) else 1 / max(demands)",
            "the slowest station can't keep up",
        ),
    ],
    "11.5": [
        (backend(check=""), "without `check`"),
        (backend(redispatch=', "    retries 3", "    option httpchk GET /ping"'), "no line `option redispatch`"),
        (backend(redispatch=', "    retries 3", "    option redispatch"'), "no line `option httpchk GET /ping`"),
        (backend(head='"backend torchserve", "    balance source"'), "whoever asks"),
        (backend(head='"backend digits", "    balance leastconn"'), "`backend torchserve`"),
        (backend(check=" check backup"), "gets no requests while the others live"),
        (
            backend(check="", result='"\\n".join([*lines, "    default-server check"])'),
            "without `check`",
        ),
        (backend(name="ts"), "the same name"),
        (backend(result='"\\n".join(lines[:-1])'), "one `server NAME ADDRESS ...` line for each"),
        (backend(head='"    balance leastconn"'), "names it"),
        (backend(head='"backend torchserve", "    balance leastconn", "    stay awake"'), "refuses it: line 3"),
        (backend(result="lines"), "return the text"),
    ],
}
