"""Plausible wrong answers to the exercises of lesson 09: (what replaces the answer cell, what the verdict must say)."""

ASK = """def ask(url, body, headers, seconds):
    deadline = time.monotonic() + seconds
    for retries in itertools.count():
        left = max(0.05, deadline - time.monotonic())
        try:
            response = requests.post(url, data={body}, headers={headers}, timeout={timeout})
            if {done}:
                return {result}
        except {errors}:
            pass
        pause = {pause}
        if {over}:
            raise {end}
        time.sleep(pause)
"""
PARTS = {
    "body": "body",
    "headers": "headers",
    "timeout": "min(seconds / 3, left)",
    "done": "response.status_code not in {500, 503, 507}",
    "result": "response",
    "errors": "(requests.ConnectionError, requests.Timeout)",
    "pause": "random.uniform(0, min(1, 0.05 * 2**retries))",
    "over": "time.monotonic() + pause > deadline",
    "end": "TimeoutError",
}


def ask(**parts: str) -> str:
    """Return the source of an `ask` with these parts."""
    return ASK.format(**(PARTS | parts))


AS_FOUND = """def ask(url, body, headers, seconds):
    while True:
        response = requests.post(url, data=body, headers=headers)
        if response.status_code == 200:
            return response
"""

HEALTHY = """def healthy(address, token, model):
    try:
        headers = {{"Authorization": f"Bearer {{token}}"}}
        answer = requests.get({url}, headers=headers{timeout})
    except {errors}:
        return False
    if answer.status_code != 200:
        return False
    try:
        return {result}
    except (ValueError, LookupError, TypeError):
        return False
"""
STATES = '[worker["status"] == "READY" for worker in answer.json()[0]["workers"]]'


def healthy(
    url: str = 'f"{address}/models/{model}"',
    timeout: str = ", timeout=3",
    errors: str = "requests.RequestException",
    result: str = f"any({STATES})",
) -> str:
    """Return the source of a `healthy` with these parts."""
    return HEALTHY.format(url=url, timeout=timeout, errors=errors, result=result)


POLLING = """def healthy(address, token, model):
    deadline = time.monotonic() + 4
    while time.monotonic() < deadline:
        try:
            headers = {"Authorization": f"Bearer {token}"}
            answer = requests.get(f"{address}/models/{model}", headers=headers, timeout=1)
            if any(worker["status"] == "READY" for worker in answer.json()[0]["workers"]):
                return True
        except (requests.RequestException, LookupError, TypeError):
            pass
        time.sleep(0.1)
    return False
"""

HEAD = "import hashlib\nfrom pathlib import Path\n\n\ndef trusted(path, known):\n    path = Path(path)\n"
HASH = "hashlib.sha256(path.read_bytes()).hexdigest()"

WRONG: dict[str, list[tuple[str, str]]] = {
    "9.2": [
        (AS_FOUND, "a broken connection, then a 200, your client raised ConnectionError"),
        ("def ask(*given):\n    return ask_again(*given)[0]", "asked only once in 1.5 seconds"),
        (ask(done="response.status_code == 200"), "sent the request again: no 4xx gets better"),
        (ask(done="response.status_code in {200, 400, 404, 413, 415}"), "sent the request again"),
        (ask(result="response.raise_for_status() or response"), "Return such a response"),
        (ask(done="response.status_code != 503"), "returned a 500"),
        (ask(errors="requests.Timeout"), "raised ConnectionError"),
        (ask(timeout="None"), "no more than what is left"),
        (ask(timeout="10"), "no more than what is left"),
        (ask(timeout="left"), "asked only once in 1.5 seconds"),
        (ask(errors="requests.ConnectionError"), "should raise TimeoutError in the end; it raised ReadTimeout"),
        (ask(over="retries > 9999"), "then raise TimeoutError"),
        (ask(over="retries > 5"), "gave up after 7 tries"),
        (ask(pause="0"), "Pause between two requests"),
        (ask(pause="random.uniform(0.1, 0.2)"), "don't grow"),
        (ask(pause="random.uniform(0.9, 1.1) * 0.3 * 4**retries"), "with a bound for the pause"),
        (ask(pause="random.uniform(0.99, 1.01) * min(0.4, 0.05 * 2**retries)"), "add jitter"),
        (ask(pause="min(0.4, 0.05 * 2**retries)"), "add jitter"),
        ("from time import sleep\n\n\n" + ask().replace("time.sleep(", "sleep("), "called `time.sleep` 0 times"),
        (ask(end="RuntimeError"), "should raise TimeoutError"),
        (ask(result="response.json()"), "return the response itself"),
        (ask(headers="{}"), "`headers` each time"),
        ("ask = 'again'", "must be a function"),
    ],
    "9.3": [
        (healthy(url='f"{address}/ping"', result="True"), "/ping speaks of the frontend"),
        (healthy(result="True"), "starts anew, expected False"),
        (healthy(result=f"all({STATES})"), "one that starts anew, expected True"),
        (healthy(result=STATES), "returned a list"),
        (healthy(result='answer.json()[0]["workers"][-1]["status"] == "READY"'), "one that goes, expected True"),
        (healthy(result=f'sum({STATES}) >= answer.json()[0]["minWorkers"]'), "of the three it should have"),
        (healthy(timeout=""), "no answer after 5 seconds"),
        (healthy(timeout=", timeout=8"), "no answer after 5 seconds"),
        (healthy().replace("Bearer ", ""), "The server refused the token"),
        (healthy().replace("(ValueError, LookupError, TypeError)", "ValueError"), "describes no model, your function"),
        (healthy().replace("(ValueError, LookupError, TypeError)", "(LookupError, TypeError)"), "speaks no JSON, your"),
        (POLLING, "ask once, the balancer comes again"),
        (healthy(errors="requests.Timeout"), "raised ConnectionError"),
        ("healthy = True", "must be a function"),
    ],
    "9.4": [
        (HEAD + "    return path.name in known and path.is_file()", "one bit changed"),
        (HEAD + "    return path.is_file()", "a file whose name is unknown"),
        (HEAD + f"    return path.is_file() and {HASH} in known.values()", "under the name of another"),
        (HEAD + f"    return known.get(path.name) == {HASH}", "raised FileNotFoundError"),
        (HEAD + f"    return path.is_file() and known[path.name] == {HASH}", "raised KeyError"),
        (
            HEAD + f"    return ({HASH} if path.is_file() else None) == known.get(path.name)",
            "unknown name without a file",
        ),
        (
            HEAD + f"    return path.is_file() and (path.name, {HASH}) == next(iter(known.items()))",
            "your build, expected",
        ),
        (HEAD + "    return path.is_file() and hashlib.sha256(path)", "raised TypeError: "),
        (HEAD.replace("    path = Path(path)\n", "") + "    return path.is_file()", "it may be text or a Path"),
        (HEAD + "    while path.is_file():\n        pass\n    return False", "did not end in 10 seconds"),
    ],
}
