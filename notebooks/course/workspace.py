"""A folder for temporary files that goes when the notebook's kernel goes, however it goes."""

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

from course import watchdog


def workspace() -> Path:
    """Return this process's own temporary folder; it is removed when the process ends, even by kill -9.

    The same folder on every call. Raises OSError when there is no place to write to.
    """
    return _folder_of(os.getpid())


@cache
def _folder_of(pid: int) -> Path:
    # A watchdog that is never told what to run only keeps the folder, until the pipe to it ends with its parent.
    keeper = subprocess.Popen(
        [sys.executable, "-P", watchdog.__file__, str(pid)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    _keepers.append(keeper)
    folder = keeper.stdout.readline().decode().strip()
    if not folder:
        raise OSError("no temporary folder could be made: is the disk full, or the temp folder read-only?")
    return Path(folder)


_keepers: list[subprocess.Popen] = []
