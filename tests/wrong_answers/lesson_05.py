"""Plausible wrong answers to the exercises of lesson 05: (what replaces the answer cell, what the verdict must say)."""

READER = "torch-model-archiver --model-name reader --version 2.0 --handler small_handler.py --export-path model_store"
EAGER = "torch-model-archiver --model-name eager --version 1.0 --handler labelled_handler.py"
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
        (f"command = '{READER} --serialized-file \"digits.pt --force'", "No closing quotation"),
    ],
    "5.2": [
        (f"config = {CONFIG.replace('batchSize', 'batch_size')!r}", "the key is batchSize"),
        (f"config = {CONFIG.replace('20', '0.02')!r}", "maxBatchDelay is read as 0.02, a float"),
        (f"config = {CONFIG.replace('20', '200')!r}", "counts milliseconds"),
        (f"config = {CONFIG.replace('0.9', repr('0.9'))!r}", "'0.9', a str"),
        (f"config = {CONFIG.replace(': ', '=')!r}", "as plain text"),
        (f"config = {CONFIG.replace('sure: 0.9', '')!r}", "no key 'sure'"),
        (f"config = {CONFIG.replace('minWorkers', ' minWorkers')!r}", "no YAML"),
        ("config = {'batchSize': 8}", "is a string; yours is a dict"),
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
        (f"repaired = '{EAGER} --model-file digit_net.py --extra-files small_handler.py'", "a prediction fails"),
    ],
}
