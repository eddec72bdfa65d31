"""What can be told of a cell's source without running it."""

import ast
import functools
from collections.abc import Iterator

from IPython.core.inputtransformer2 import TransformerManager

LONGEST = 200_000
"""Characters of a cell that is still looked into; nobody types more."""


@functools.lru_cache(maxsize=10_000)
def tree(source: str) -> ast.Module | None:
    """Return the syntax tree of a cell, magics included; None when it is no Python."""
    if len(source) > LONGEST:
        return None
    try:
        return ast.parse(TransformerManager().transform_cell(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def same(one: str, other: str) -> bool:
    """Tell whether two cells differ in comments, blank lines and layout at most."""
    if one.strip() == other.strip():
        return True
    first, second = tree(one), tree(other)
    try:
        return first is not None and second is not None and ast.dump(first) == ast.dump(second)
    except RecursionError:
        return False


def is_blank(source: str) -> bool:
    """Tell whether a cell holds no statement."""
    found = tree(source)
    return found is not None and not found.body


def calls(source: str, name: str) -> Iterator[ast.Call]:
    """Yield the calls of the function `name` in a cell, in order."""
    found = tree(source)
    for node in ast.walk(found) if found else ():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
            yield node


def number_of(call: ast.Call) -> str:
    """Return the exercise that `check("1.2", ...)` or `choice("1.2")` is about; "" when it isn't written literally."""
    first = call.args[0] if call.args else None
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""


def only_call(source: str, name: str) -> str | None:
    """Return the exercise of a cell that does nothing but call `name`; None for any other cell."""
    found = tree(source)
    if found is None or len(found.body) != 1 or not isinstance(found.body[0], ast.Expr):
        return None
    call = found.body[0].value
    is_it = isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == name
    return number_of(call) if is_it else None


def letters(source: str, number: str) -> list[str | None]:
    """Return the letter of each `choice(number, letter)` in a cell; None for one that isn't written literally."""
    found: list[str | None] = []
    for call in calls(source, "choice"):
        for given in [*call.args[1:2], *(keyword.value for keyword in call.keywords if keyword.arg == "answer")]:
            written = given.value if isinstance(given, ast.Constant) else ...
            if number_of(call) == number and written is not None:  # None leaves the question open
                found.append(written if isinstance(written, str) else None)
    return found


def binds(source: str) -> set[str]:
    """Return the names that a cell defines, assigns or imports outside functions and classes."""
    found = tree(source)
    names: set[str] = set()
    waiting: list[ast.AST] = list(found.body) if found else []
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.add(node.name)
            continue
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            names |= {alias.asname or alias.name for alias in node.names}
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        waiting += ast.iter_child_nodes(node)
    return names
