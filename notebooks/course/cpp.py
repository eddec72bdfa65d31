"""Build a C++ program against the libraries inside PyTorch's own wheel: no CMake, no second download."""

import os
import platform
import shlex
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import torch

TORCH = Path(torch.__file__).parent
"""PyTorch's installed folder: its C++ headers lie in `include`, its libraries in `lib`."""

HOW_TO_GET_A_COMPILER = (
    "skipped: there is no C++20 compiler here. Get one with `sudo apt install g++` (Debian, Ubuntu), "
    "`sudo dnf install gcc-c++` (Fedora) or `xcode-select --install` (macOS), then run this section again."
)
"""What a lesson says where it can't compile."""

KEEP_LIBTORCH = ("-ltorch",) if platform.system() == "Darwin" else ("-Xlinker", "--no-as-needed", "-ltorch")
"""What a program that loads an AOTInductor package is linked with: the package looks for `libtorch`, by name only.

The program itself calls nothing of that library, so Linux's linker would leave it out.
"""

_PROBE = "#include <concepts>\ntemplate <std::integral T> int f(T) { return 0; }\nint main() { return f(1); }\n"


class BuildError(RuntimeError):
    """The compiler refused the program; the message holds what it said."""


def find_compiler() -> list[str] | None:
    """Return the command of a C++20 compiler, as a list of words, or None if there is none.

    The environment variable `CXX` goes first, then `g++`, `c++`, `clang++`. PyTorch 2.14's headers need C++20.
    """
    if platform.system() == "Darwin" and not _succeeds(["xcode-select", "-p"]):
        return None  # without the command line tools, macOS has a `clang++` that only opens a dialog to install them
    for command in (shlex.split(os.environ.get("CXX", "")), ["g++"], ["c++"], ["clang++"]):
        if command and shutil.which(command[0]) and _knows_cpp20(command):
            return command
    return None


def _knows_cpp20(command: list[str]) -> bool:
    probe = [*command, "-std=c++20", "-fsyntax-only", "-x", "c++", "-"]
    return _succeeds(probe, _PROBE)


def _succeeds(command: list[str], text: str = "") -> bool:
    return subprocess.run(command, input=text, capture_output=True, text=True, check=False).returncode == 0


def compile_command(compiler: list[str], source: Path, program: Path, options: Sequence[str] = ()) -> list[str]:
    """Return the words of the command that builds `source` into `program`, to run without a shell.

    `options` are further words for the compiler, such as `KEEP_LIBTORCH`.

    `-Xlinker -rpath` writes the folder of PyTorch's libraries into the program, so it starts without
    `LD_LIBRARY_PATH`. It is used rather than `-Wl,-rpath,...`, which breaks on a folder with a comma in its name.
    """
    return [
        *compiler, "-std=c++20", f"-D_GLIBCXX_USE_CXX11_ABI={int(torch.compiled_with_cxx11_abi())}", str(source),
        "-I", f"{TORCH}/include", "-I", f"{TORCH}/include/torch/csrc/api/include",
        "-L", f"{TORCH}/lib", "-Xlinker", "-rpath", "-Xlinker", f"{TORCH}/lib",
        "-ltorch_cpu", "-lc10", *options, "-o", str(program),
    ]  # fmt: skip


def build(source: Path, program: Path, options: Sequence[str] = ()) -> Path | None:
    """Compile the C++ file `source` into `program` and return its path; this takes about half a minute.

    `options` are further words for the compiler, such as `KEEP_LIBTORCH`.

    Where there is no compiler, print how to get one and return None. Raises `BuildError` with the compiler's words
    when it refuses the source.
    """
    compiler = find_compiler()
    if compiler is None:
        print(HOW_TO_GET_A_COMPILER)
        return None
    command = compile_command(compiler, source, program, options)
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        raise BuildError(f"{' '.join(compiler)} could not build {source.name}; the first thing to mend is at the top:\n"
                         f"{done.stderr[:2000]}")  # fmt: skip
    print(f"built {program.name} from {source.name}")
    return program


def linked_libraries(program: Path) -> str:
    """Return the list of shared libraries that `program` loads, as `ldd` (on macOS `otool -L`) prints it."""
    tool = ["otool", "-L"] if platform.system() == "Darwin" else ["ldd"]
    return subprocess.run([*tool, str(program)], capture_output=True, text=True, check=True).stdout
