"""Put limits on this process, then become another program: `confine.py FOLDER FILE_BYTES PROGRAM ARGUMENTS...`.

Everywhere: no file grows beyond FILE_BYTES, no core dumps. On Linux with Landlock (5.19 and later), also: files can be
changed in FOLDER only, and other processes can't be attached to or, from Linux 6.12 on, be sent signals. Reading and
the network stay open, which is one reason why a grader belongs in a container.
"""

import contextlib
import ctypes
import os
import resource
import sys

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # the same numbers on every architecture
NO_NEW_PRIVILEGES = 38
WRITE_FILE, TRUNCATE, REFER = 1 << 1, 1 << 14, 1 << 13
REMOVE_AND_MAKE = sum(1 << bit for bit in range(4, 13))
SCOPES = 0b11  # no signals and no abstract sockets to processes outside

DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/tty", "/dev/ptmx", "/dev/pts", "/dev/shm")
"""What programs write to besides their files; `!command` in a cell needs a terminal, PyTorch may share memory."""


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def version() -> int:
    """Return the version of Landlock that this system offers; 0 where it is of no use to a grader."""
    if sys.platform != "linux":
        return 0
    found = ctypes.CDLL(None).syscall(CREATE_RULESET, None, 0, 1)
    return found if found >= 2 else 0  # version 1 forbids to move files between folders, which lessons do


def write_only_in(folder: str) -> None:
    """Let this process, and all that come of it, change files in `folder` only. Raises OSError when that fails."""
    offered = version()
    rights = WRITE_FILE | REMOVE_AND_MAKE | REFER | (TRUNCATE if offered >= 3 else 0)
    libc = ctypes.CDLL(None, use_errno=True)
    ruleset = _Ruleset(rights, 0, SCOPES)
    size = 24 if offered >= 6 else 8
    handle = _done(libc.syscall(CREATE_RULESET, ctypes.byref(ruleset), ctypes.c_size_t(size), 0))
    for path in (folder, *DEVICES):
        with contextlib.suppress(FileNotFoundError):
            opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
            allowed = rights if os.path.isdir(path) else rights & (WRITE_FILE | TRUNCATE)
            _done(libc.syscall(ADD_RULE, handle, 1, ctypes.byref(_Beneath(allowed, opened)), 0))
            os.close(opened)
    _done(libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0))
    _done(libc.syscall(RESTRICT_SELF, handle, 0))
    os.close(handle)


def _done(result: int) -> int:
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def main() -> None:
    """Confine this process and run the program in its place."""
    folder, size, *command = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(size), int(size)))
    if version():
        write_only_in(folder)
    os.execv(command[0], command)


if __name__ == "__main__":
    main()
