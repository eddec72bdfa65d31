"""Errors of torch.export as short as they can be: without the graph it prints, and the paths of this machine."""

import contextlib
import io
import re


class plain_errors(contextlib.redirect_stderr):  # noqa: N801 - a context manager, named as contextlib names them
    """Raise what the block raises, of its own type, with its message but without what differs in every run.

    Left out are the frames inside PyTorch, the graph so far that `torch.export` prints to stderr, and the path of the
    temporary file that Jupyter makes of a cell.
    """

    def __init__(self) -> None:
        super().__init__(io.StringIO())

    def __exit__(self, kind: type | None, error: BaseException | None, trace: object) -> None:
        """Restore stderr, and raise the error anew."""
        super().__exit__(kind, error, trace)
        if isinstance(error, Exception):
            error.args = (re.sub(r'File "[^"]*", line', "Cell, line", str(error)),)
            raise error.with_traceback(None) from None
