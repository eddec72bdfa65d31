"""Plausible wrong answers to the exercises of lesson 07: (what replaces the answer cell, what the verdict must say)."""

ADD = """def add_version(address, token, archive):
    headers = {headers}
    params = {params}
    requests.post(f"{{address}}/models", params=params, headers=headers, timeout=120)
    described = requests.get(f"{{address}}/models/digits/all", headers=headers, timeout=60).json()
    return {result}
"""
BEARER = '{"Authorization": f"Bearer {token}"}'
PARAMS = '{"url": archive, "model_name": "digits", "initial_workers": 1, "synchronous": "true"}'
RESULT = 'sorted(model["modelVersion"] for model in described)'


def add(headers: str = BEARER, params: str = PARAMS, result: str = RESULT) -> str:
    """Return the source of an `add_version` with these parts."""
    return ADD.format(headers=headers, params=params, result=result)


HEAD = "def deploy(manage, archive, old, new, drain):\n"
REGISTER = '    manage("POST", "/models", url=archive, model_name="digits", initial_workers=1, synchronous=True)\n'
SWITCH = '    manage("PUT", f"/models/digits/{new}/set-default")\n'
DRAIN = "    drain()\n"
DELETE = '    manage("DELETE", f"/models/digits/{old}")\n'
NO_WORKER = REGISTER.replace("initial_workers=1", "initial_workers=0")

SHARE = """def unsure_share(text, version):
    counts = {{"DigitAnswers": 0.0, "DigitUnsure": 0.0}}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            if {condition}:
                {count}
    return {result}
"""


def share(
    condition: str = 'family.name in counts and sample.labels["ModelVersion"] == version',
    count: str = "counts[family.name] += sample.value",
    result: str = 'counts["DigitUnsure"] / counts["DigitAnswers"] if counts["DigitAnswers"] else 0.0',
) -> str:
    """Return the source of an `unsure_share` with these parts."""
    return SHARE.format(condition=condition, count=count, result=result)


BY_NAME = """def unsure_share(text, version):
    families = {family.name: family for family in text_string_to_metric_families(text)}
    counts = {
        name: sum(sample.value for sample in families[name].samples if sample.labels["ModelVersion"] == version)
        for name in ("DigitAnswers", "DigitUnsure")
    }
    return counts["DigitUnsure"] / counts["DigitAnswers"] if counts["DigitAnswers"] else 0.0
"""

USER = "def version_for(user, percent):\n    "
ARRIVAL = """def version_for(user, percent, places={}):
    place = places.setdefault(user, 37 * len(places) % 100)
    return "2.0" if place < percent else "1.0"
"""

WRONG: dict[str, list[tuple[str, str]]] = {
    "7.2": [
        (add(headers="{}"), "no Authorization header"),
        (add(headers='{"Authorization": token}'), "Is it `Bearer ` + token?"),
        (add(params=PARAMS.replace('"model_name": "digits", ', "")), "a new model, 'second'"),
        (add(params=PARAMS.replace("true", "false")), "not READY"),
        (add(params=PARAMS.replace("1", "0")), "has no worker"),
        (add(params=PARAMS.replace("1", "2")), "has 2 workers"),
        (add(params=PARAMS.replace("initial_workers", "min_worker")), "no call named `initial_workers`"),
        (add(result="described"), "your function returned"),
        ("def add_version(address, token, archive):\n    return ['1.0', '2.0']", "no POST to /models"),
        ("add_version = 'POST /models'", "must be a function"),
    ],
    "7.3": [
        (USER + 'return "2.0" if hash(user) % 100 < percent else "1.0"', "another process disagrees"),
        (ARRIVAL, "another process disagrees"),
        (
            USER + "import socket, zlib\n    place = zlib.crc32((socket.gethostname() + user).encode()) % 100\n"
            '    return "2.0" if place < percent else "1.0"',
            "on another machine: let nothing",
        ),
        (USER + 'import random\n    return "2.0" if random.random() * 100 < percent else "1.0"', "on the second call"),
        (USER + 'return "2.0" if len(user) * 37 % 100 < percent else "1.0"', "of 100 users got 2.0"),
        (USER + "import zlib\n    return zlib.crc32(user.encode()) % 100 < percent", 'must return "1.0" or "2.0"'),
        (
            USER + "import zlib\n    place = (zlib.crc32(user.encode()) + 61 * percent) % 100\n"
            '    return "2.0" if place < percent else "1.0"',
            "went back to 1.0",
        ),
        (
            "from zlib import crc32\n\n\n" + USER + 'return "2.0" if crc32(user.encode()) % 100 < percent else "1.0"',
            "Import inside the function",
        ),
    ],
    "7.4": [
        (share(condition="family.name in counts"), "all versions together"),
        (share(condition='sample.name in counts and sample.labels["ModelVersion"] == version'), "DigitAnswers_total"),
        (share(result='counts["DigitUnsure"]'), "not a share"),
        (share(result='100 * counts["DigitUnsure"] / counts["DigitAnswers"]'), "in percent"),
        (share(result='counts["DigitUnsure"] / counts["DigitAnswers"]'), "with no answer yet"),
        (share(count="counts[family.name] = sample.value"), "expected"),
        (share(condition='sample.labels["ModelVersion"] == version'), "KeyError"),
        (share(result="str(counts)"), "a share is a number"),
        (share(condition='family.name in counts and sample.labels["ModelVersion"].startswith(version)'), "also has"),
        (BY_NAME, "where the text has no DigitUnsure, your code raised KeyError"),
        (share(condition="False"), "does it read `text`"),
    ],
    "7.5": [
        (HEAD + DELETE + NO_WORKER + SWITCH, "a time without any version"),
        (HEAD + NO_WORKER + SWITCH + DRAIN + DELETE, "with 503"),
        (HEAD + REGISTER + SWITCH + DRAIN, "still registered"),
        (HEAD + REGISTER + DRAIN + DELETE + SWITCH, "Cannot remove default version"),
        (HEAD + REGISTER, "the default is still 1.0"),
        (HEAD + REGISTER + SWITCH + DELETE, "earlier requests"),
        (HEAD + REGISTER.replace("True", "False") + SWITCH + DRAIN + DELETE, "had a READY worker"),
        (HEAD + REGISTER.replace('model_name="digits", ', "") + SWITCH + DRAIN + DELETE, "a new model, 'second'"),
    ],
}
