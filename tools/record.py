"""Run notebooks and keep their outputs: `make execute`, or `.venv/bin/python tools/record.py notebooks/01*.ipynb`.

The outputs recorded here are what the tests compare with, so they are captured the way nbval captures them, and
whatever changes from run to run (timings, widget state, the Python version) is left out of the file.
"""

import os
import re
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from tqdm import tqdm

KEPT = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}


def record(path: Path) -> None:
    """Execute the notebook at `path` in its own folder and write it back with its outputs.

    Raises `nbclient.exceptions.CellExecutionError` when a cell fails that has no tag `raises-exception`; the file is
    then left as it was.
    """
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=600,
        kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}},
        coalesce_streams=True,
        record_timing=False,
        store_widget_state=False,
    )
    client.execute()
    shorten_paths(notebook)
    notebook.metadata = nbformat.from_dict(KEPT)
    nbformat.write(notebook, path)


def shorten_paths(notebook: nbformat.NotebookNode) -> None:
    """Cut this machine's folders out of tracebacks: `site-packages/torch/...` and `notebooks/course/...` remain."""
    errors = [output for cell in notebook.cells for output in cell.get("outputs", []) if output.output_type == "error"]
    for error in errors:
        error.traceback = [
            re.sub(r"~?/[^:\x1b\n]*/(?=(?:site-packages|notebooks)/)", "", line) for line in error.traceback
        ]


def main() -> None:
    """Record the notebooks named on the command line, or all of them."""
    paths = [Path(name).resolve() for name in sys.argv[1:]]
    paths = paths or sorted((Path(__file__).resolve().parents[1] / "notebooks").glob("*.ipynb"))
    with tempfile.TemporaryDirectory() as folder:
        os.environ["COURSE_PROGRESS"] = os.path.join(folder, "progress.json")
        os.environ["PYTEST_CURRENT_TEST"] = "recording"  # makes ipykernel capture output as it does under nbval
        for path in tqdm(paths, unit="notebook"):
            record(path)


if __name__ == "__main__":
    main()
