"""The limit: decode and infer in a loop, one thread, no server. It prints its results as a line of JSON.

Arguments: a file with the pictures as Python literals, seconds for each measurement, and the batch sizes.
"""

import ast
import json
import sys
import time
from pathlib import Path

from reader import Reader


def measure(reader: Reader, pictures: list[bytes], expected: list[int], size: int, seconds: float) -> dict:
    """Read batches of `size` for `seconds`; return pictures a second, seconds of each batch, and wrong answers."""
    took, wrong, number = [], 0, 0
    deadline = time.perf_counter() + seconds
    while not took or time.perf_counter() < deadline:
        chosen = [(number + offset) % len(pictures) for offset in range(size)]
        files = [pictures[index] for index in chosen]
        began = time.perf_counter()
        digits = reader.read(files)
        took.append(time.perf_counter() - began)
        wrong += sum(digit != expected[index] for digit, index in zip(digits, chosen, strict=True))
        number += size
    return {"size": size, "took": took, "wrong": wrong}


def main() -> None:
    """Measure each batch size in turn."""
    pictures, expected = ast.literal_eval(Path(sys.argv[1]).read_text())
    sizes = [int(size) for size in sys.argv[3:]]
    reader = Reader()
    first = reader.read(pictures[:1]) == expected[:1]
    print(json.dumps({"first": first}), flush=True)
    for size in sizes:
        measure(reader, pictures, expected, size, 0.3)
    print(json.dumps([measure(reader, pictures, expected, size, float(sys.argv[2])) for size in sizes]), flush=True)
    sys.stdin.read()  # until the bench has looked at its memory


if __name__ == "__main__":
    main()
