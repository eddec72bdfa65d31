"""Errors of torch.export as short as they can be: without the graph it prints, and the paths of this machine."""

import contextlib
import io
import re
from collections.abc import Iterator


@contextlib.contextmanager
def plain_errors() -> Iterator[None]:
    """Raise what the block raises, of its own type, with its message but without what differs in every run.

    Left out are the frames inside PyTorch, the graph so far that `torch.export` prints to stderr, and the path of the
    temporary file that Jupyter makes of a cell.
    """
    with contextlib.redirect_stderr(io.StringIO()):
        try:
            yield
        except Exception as error:
            error.args = (re.sub(r'File "[^"]*", line', "Cell, line", str(error)),)
            raise error.with_traceback(None) from None
