"""Plausible wrong answers to the exercises of lesson 05: (what replaces the answer cell, what the verdict must say)."""

READER = "torch-model-archiver --model-name reader --version 2.0 --handler small_handler.py --export-path model_store"
EAGER = "torch-model-archiver --model-name words --version 1.0 --handler labelled_handler.py"
EAGER += " --serialized-file weights.pt --config-file model-config.yaml --export-path model_store"
CONFIG = "deviceType: cpu\nminWorkers: 1\nmaxWorkers: 1\nbatchSize: 8\nmaxBatchDelay: 20\nsure: 0.9\n"

WRONG: dict[str, list[tuple[str, str]]] = {
    "5.1": [
        (f"command = '{READER} --serialized-file digits.pt'", "already exists"),
        (
            f"command = '{READER} --model-file digits.pt --serialized-file digits.pt --force'",
            "No module named 'digits'",
        ),
        (f"command = '{READER} --serialized-file weights.pt --force'", "constants.pkl"),
        (f"command = '{READER} --serialized-file digits.pt --force'.replace('2.0', '1.0')", "its version is 1.0"),
        (f"command = '{READER} --serialized-file digits.pt --force'.replace('reader', 'digits')", "store/digits.mar"),
        ("command = 'torch-model-archiver --model-name reader --handler small_handler.py'", "required: -v/--version"),
        ("command = 'torchserve --start'", "starts with the word"),
        ("command = ('torch-model-archiver', '-f')", "must be a string"),
        (f"command = '{READER} --serialized-file \"digits.pt --force'", "into words: No closing quotation"),
        (f"command = '!{READER} --serialized-file digits.pt --force'", "yours with ['!torch-model-archiver']"),
        (f"command = '{READER} --force'", "it holds no weights"),
        (f"command = '{READER} --model-file digit_net.py --serialized-file weights.pt --force'", "with an eager model"),
        (f"command = '{READER} --serialized-file digits.pt --force --archive-format tgz'", "It wrote no .mar file"),
        (
            f"command = '{READER} --serialized-file digits.pt --force'.replace('small_handler.py', 'base_handler')",
            "Is it the right handler",
        ),
    ],
    "5.2": [
        (f"config = {CONFIG.replace('batchSize', 'batch_size')!r}", "no program knows the key 'batch_size'"),
        (
            f"config = {CONFIG.replace('20', '0.02')!r}",
            "milliseconds the first request of a batch waits at most. It is read as 0.02, of type float",
        ),
        (f"config = {CONFIG.replace('20', '200')!r}", "200 is not what the task asks for"),
        (f"config = {CONFIG.replace('0.9', repr('0.9'))!r}", "'0.9', of type str"),
        (f"config = {CONFIG.replace(': ', '=')!r}", "finds no keys with values"),
        (f"config = {CONFIG.replace('sure: 0.9', '')!r}", "no key says how much confidence the handler wants"),
        (f"config = {CONFIG.replace('minWorkers', ' minWorkers')!r}", "no YAML near line 2: "),
        (f"config = {CONFIG.replace('batchSize', 'BatchSize')!r}", "no program knows the key 'BatchSize'"),
        (f"config = {CONFIG.replace('minWorkers', 'workers')!r}", "no key says how many workers there are at least"),
        ("config = {'batchSize': 8}", "is a string; yours is of type dict"),
    ],
    "5.4": [
        ('diagnosis = {1: "C", 2: "E", 3: "A", 4: "F", 5: "B", 6: "D"}', "4 of 6 are right. Patient 1:"),
        ('diagnosis = {1: "D", 2: "A", 3: "E", 4: "F", 5: "B", 6: "C"}', "one traceback up"),
        ('diagnosis = {1: "D", 2: "E", 3: "B", 4: "F", 5: "A", 6: "C"}', "is no module"),
        ('diagnosis = {1: "G", 2: "E", 3: "A", 4: "F", 5: "B", 6: "C"}', "one letter from A to F"),
        ('diagnosis = {"1": "D"}', "keys 1 to 6"),
    ],
    "5.5": [
        (
            f"repaired = '{EAGER} --extra-files \"digit_net.py, small_handler.py, index_to_name.json\"'",
            "File does not exist:  small_handler.py",
        ),
        (
            f"repaired = '{EAGER} --extra-files digit_net.py,small_handler.py,index_to_name.json'",
            "constants.pkl",
        ),
        (
            f"repaired = '{EAGER} --extra-files small_handler.py,index_to_name.json'"
            ".replace('weights.pt', 'digits.pt')",
            "wants weights.pt",
        ),
        (f"repaired = '{EAGER} --model-file digit_net.py --extra-files index_to_name.json'", "labelled_handler"),
        (f"repaired = '{EAGER} --model-file digit_net.py --extra-files small_handler.py'", "with all its files?"),
    ],
}
