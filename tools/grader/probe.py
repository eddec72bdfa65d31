"""Runs inside the learner's kernel: lends check cells the course's own check, and tells what an answer tampered with.

The worker executes this source in a namespace of its own with a copy of the builtins, so that an answer which replaces
`isinstance` does not fool it. A snapshot holds, object by object, what a verdict depends on: every name of the `course`
modules, their functions' code, defaults and closures, their classes' methods, the registered exercises, and whatever
those functions call by name in other modules (`torch.allclose`, `requests.Session`). Two snapshots around an answer
must hold the same objects.

What this does not catch: code that runs in the same process as its judge, and knows this file, can restore what it
changed before the second snapshot, read the expected answer from the check's frame, return objects that lie about
being equal, or rewrite this object itself. Nothing in one process can prevent that; reading the answer can.
"""

import builtins
import dis
import sys
from collections.abc import Iterator
from types import CodeType, FunctionType, ModuleType

LENT = ("check", "choice", "progress")
OPERATORS = {"__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__", "__sub__", "__bool__", "__torch_function__"}
METHODS = (FunctionType, classmethod, staticmethod, property)


class Probe:
    """The grader's ears in the kernel of lesson `number`; `names` is the namespace that the cells run in."""

    def __init__(self, number: int, names: dict) -> None:
        from course import selfcheck
        from course.exercises import lesson

        lesson(number)
        self._names, self._check, self._verdicts = names, selfcheck.check, selfcheck.verdicts
        self._genuine = {"check": self._lent_check, "choice": selfcheck.choice, "progress": selfcheck.progress}
        self._course = selfcheck.__file__.rpartition("selfcheck")[0]
        self._heard: list[tuple[str, str, str]] = []
        self._writes: dict[ModuleType, set[str]] = {}
        self._before: dict[str, list] = {}

    def before(self) -> None:
        """Remember what verdicts depend on."""
        self._before = self._snapshot()

    def arm(self) -> None:
        """Give the next cell the course's own `check`, whatever an answer has made of that name."""
        self.before()
        self._heard.clear()
        self._names.update(self._genuine)

    def after(self) -> dict[str, list]:
        """Return what has changed since `before`, and the verdicts since `arm`: (number, state, message) each."""
        return {"changed": self._changed()[:5], "verdicts": list(self._heard)}

    def _lent_check(self, number: str, answer: object) -> None:
        self._verdicts.pop(number, None)  # an older verdict must not stand in for this one
        self._check(number, answer)
        verdict = self._verdicts[number]
        self._heard.append((number, str(verdict.state), str(verdict.message)))

    def _changed(self) -> list[str]:
        now = self._snapshot()
        changed = [label for label, parts in self._before.items() if not _same(parts, now.get(label, []))]
        for label in now.keys() - self._before.keys():
            home = f"module {label.rpartition('.')[0]}"
            if label.startswith("module "):
                origin = getattr(now[label][0].__spec__, "origin", None) or ""
                if not origin.startswith(self._course):
                    changed.append(label)
            elif home in self._before:  # a name that was not there may hide a built-in one
                changed.append(label)
        return sorted(changed, key=lambda label: (not label.startswith("course"), label))

    def _snapshot(self) -> dict[str, list]:
        found: dict[str, list] = {}
        for label, module in sorted(sys.modules.items()):
            if label == "course" or label.startswith("course."):
                found[f"module {label}"] = [module]
                if isinstance(module, ModuleType):
                    self._look_into(label, module, found)
        found |= {f"builtins: {name}": _parts(value) for name, value in vars(builtins).items() if callable(value)}
        registry = sys.modules["course.exercises"]._lessons
        for items in list(registry.values()):
            for number, item in items.items():
                found[f"exercise {number}"] = [item, *map(_parts, vars(item).values())]
        return found

    def _look_into(self, label: str, module: ModuleType, found: dict[str, list]) -> None:
        names = vars(module)
        codes = list(_codes(names.values(), label))
        if module not in self._writes:  # what the module's own functions assign may change
            steps = (step for code in codes for step in dis.get_instructions(code))
            self._writes[module] = {step.argval for step in steps if step.opname == "STORE_GLOBAL"}
        called = {name for code in codes for name in code.co_names}
        places = [value for value in names.values() if isinstance(value, (type, ModuleType))]
        if "torch" in names:
            places.append(names["torch"].Tensor)
        for place in places:
            home = place.__name__ if isinstance(place, ModuleType) else place.__module__
            if not home.startswith("course"):
                for name in called | OPERATORS:
                    value = _attribute(place, name)
                    if callable(value) and not isinstance(value, ModuleType):
                        found[f"{place.__name__}: {name}"] = _parts(value)
        for name, value in list(names.items()):
            is_submodule = isinstance(value, ModuleType) and value.__name__.startswith("course.")
            if not (name.startswith("__") or name in self._writes[module] or is_submodule):
                found[f"{label}.{name}"] = _parts(value)


def _attribute(place: type | ModuleType, name: str) -> object:
    """Return an attribute as it is stored, without running any code of its own."""
    for home in getattr(place, "__mro__", [place]):
        if name in vars(home):
            return vars(home)[name]
    return None


def _parts(value: object, depth: int = 4) -> list:
    """Return the objects that make `value` behave as it does; a function may close over itself, hence `depth`."""
    if not depth:
        return [value]
    if isinstance(value, (classmethod, staticmethod)):
        return [value, *_parts(value.__func__, depth - 1)]
    if isinstance(value, property):
        return [value, _parts(value.fget, depth - 1)]
    if isinstance(value, FunctionType):
        closure = [_parts(cell.cell_contents, depth - 1) for cell in value.__closure__ or () if _is_filled(cell)]
        return [value, value.__code__, value.__defaults__, *(value.__kwdefaults__ or {}).values(), *closure]
    if isinstance(value, type) and value.__module__.startswith("course"):
        methods = [(name, entry) for name, entry in vars(value).items() if isinstance(entry, METHODS)]
        return [value, *(part for name, entry in methods for part in (name, _parts(entry, depth - 1)))]
    return [value]


def _is_filled(cell: object) -> bool:
    try:
        return cell.cell_contents is not None
    except ValueError:
        return False


def _same(one: object, other: object) -> bool:
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return one is other or (type(one) is str and type(other) is str and one == other)


def _codes(values: Iterator[object], label: str) -> Iterator[CodeType]:
    """Yield the code of every function and method that the module `label` defines, and of those inside them."""
    waiting = []
    for value in list(values):
        entries = list(vars(value).values()) if isinstance(value, type) and value.__module__ == label else [value]
        waiting += [part for entry in entries for part in _flat(_parts(entry)) if isinstance(part, CodeType)]
    seen = set()
    while waiting:
        code = waiting.pop()
        if code not in seen:
            seen.add(code)
            waiting += [constant for constant in code.co_consts if isinstance(constant, CodeType)]
            yield code


def _flat(parts: list) -> Iterator[object]:
    for part in parts:
        if isinstance(part, list):
            yield from _flat(part)
        else:
            yield part
