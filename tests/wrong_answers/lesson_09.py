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
    "timeout": "left",
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
    return {result}
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


HEAD = "import hashlib\nfrom pathlib import Path\n\n\ndef trusted(path, known):\n    path = Path(path)\n"
HASH = "hashlib.sha256(path.read_bytes()).hexdigest()"

WRONG: dict[str, list[tuple[str, str]]] = {
    "9.2": [
        (AS_FOUND, "a broken connection, then a 200, your client raised ConnectionError"),
        (ask(done="response.status_code == 200"), "sent the request again: no 4xx gets better"),
        (ask(done="response.status_code != 503"), "returned a 500"),
        (ask(errors="requests.Timeout"), "raised ConnectionError"),
        (ask(timeout="None"), "stays silent, your client never ended"),
        (ask(over="retries > 9999"), "never ended"),
        (ask(pause="0"), "pause between two"),
        (ask(pause="min(0.4, 0.05 * 2**retries)"), "add jitter"),
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
        (healthy(timeout=""), "no answer after 5 seconds"),
        (healthy(errors="requests.Timeout"), "raised ConnectionError"),
        ("healthy = True", "must be a function"),
    ],
    "9.4": [
        (HEAD + "    return path.name in known and path.is_file()", "one bit changed"),
        (HEAD + "    return path.is_file()", "a file whose name is unknown"),
        (HEAD + f"    return path.is_file() and {HASH} in known.values()", "under the name of another"),
        (HEAD + f"    return known.get(path.name) == {HASH}", "raised FileNotFoundError"),
        (HEAD + f"    return path.is_file() and known[path.name] == {HASH}", "raised KeyError"),
    ],
}
