"""Plausible wrong answers to the exercises of lesson 02: (what replaces the answer cell, what the verdict must say)."""

HALVE = """
class Halve(nn.Module):
    def forward(self, x):
        while x.abs().max() > 1:
            x = x / 2
        return x
"""

CACHE = """
class FixedCache(nn.Module):
    mean: Tensor | None

    def __init__(self):
        super().__init__()
        self.mean = None

    def forward(self, x):
        mean = self.mean
        if mean is None:
            mean = x.mean()
            self.mean = mean
        return x - mean
"""

ROWS = """
def fixed_rows(x):
    best: list[int] = []
    for row in x:
        best.append(int(row.argmax()))
    return best
"""

CHOOSE = """
class FixedChoose(nn.ModuleList):
    def forward(self, x, i: int):
        chosen = x
        for k, layer in enumerate(self):
            if k == i:
                chosen = layer(x)
        return chosen
"""

CLINIC = f"{CACHE}\n{ROWS}\n{CHOOSE}\nclinic = [FixedCache, fixed_rows, FixedChoose]\n"

SHOWN = """return self.show(x - mean)

    @torch.jit.ignore
    def show(self, x: Tensor) -> Tensor:
        return x
"""

CAREFUL = """
class Careful(nn.Module):
    def __init__(self, reader, least):
        super().__init__()
        self.reader, self.least = reader, least

    def forward(self, x):
        best, digit = self.reader(x).softmax(1).max(1)
        if float(best) < self.least:
            return -1
        return int(digit)

traced_reader = torch.jit.trace(trained(), torch.zeros(1, 1, 28, 28))
careful = torch.jit.script(Careful(traced_reader, 0.9))
"""


def changed(source: str, old: str, new: str) -> str:
    """Return `source` with its one `old` replaced by `new`."""
    assert source.count(old) == 1, old
    return source.replace(old, new)


WRONG: dict[str, list[tuple[str, str]]] = {
    "2.1": [
        (f"{HALVE}\nhalve = torch.jit.trace(Halve(), torch.tensor([3.0, -0.5]))\n", "halve is traced"),
        (f"{HALVE}\nhalve = Halve()\n", "not a scripted model"),
        (f"{HALVE}\nhalve = Halve\n", "the class itself"),
        (f"{changed(HALVE, 'while', 'if')}\nhalve = torch.jit.script(Halve())\n", "It isn't halved often enough"),
        (f"{changed(HALVE, 'x = x / 2', 'x /= 2')}\nhalve = torch.jit.script(Halve())\n", "changed its own input"),
        (f"{changed(HALVE, '.abs()', '')}\nhalve = torch.jit.script(Halve())\n", "value furthest from 0 is -3"),
        (f"{changed(HALVE, '> 1', '>= 1')}\nhalve = torch.jit.script(Halve())\n", "a value that is 1 from 0"),
        (f"{changed(HALVE, 'abs().max()', 'norm()')}\nhalve = torch.jit.script(Halve())\n", "It is halved too often"),
        (f"{changed(HALVE, 'x / 2', 'x * 2')}\nhalve = torch.jit.script(Halve())\n", "hasn't ended after 10 seconds"),
        (f"{changed(HALVE, 'return x', 'return x.view(2)')}\nhalve = torch.jit.script(Halve())\n", "halve stopped"),
        (f"{HALVE}\nhalve = torch.jit.script(Halve())(torch.tensor([3.0, -0.5]))\n", "of type Tensor"),
    ],
    "2.3": [
        (changed(CLINIC, "    mean: Tensor | None\n", ""), "FixedCache does not compile: Wrong type for attribute"),
        (changed(CLINIC, "            self.mean = mean\n", ""), "the second call must subtract the mean of the first"),
        (changed(CLINIC, "best: list[int] = []", "best = []"), "fixed_rows does not compile: Could not match type int"),
        (
            changed(changed(CLINIC, "best: list[int] = []", "best = []"), "int(row.argmax())", "row.argmax()"),
            "an item of yours is of type Tensor",
        ),
        (changed(CLINIC, "            if k == i:\n                chosen = layer(x)", "            chosen = layer(x)"),
         "that of layer 0 alone"),
        (changed(CLINIC, "clinic = [FixedCache,", "clinic = [FixedCache(),"), "the classes themselves"),
        (changed(CLINIC, ", FixedChoose]", "]"), "must be the list"),
        (changed(CLINIC, "[FixedCache, fixed_rows,", "[fixed_rows, FixedCache,"), "in this order"),
        (changed(CLINIC, "[FixedCache, fixed_rows, FixedChoose]", "[FixedChoose, fixed_rows, FixedCache]"),
         "have changed places"),
        (changed(CLINIC, "return x - mean", "return x - self.mean"), "Optional[Tensor], which may still be None"),
        (changed(CLINIC, "return x - mean\n", SHOWN), "Could not export Python function call 'show'"),
        (changed(CLINIC, "int(row.argmax())", "int(row.argmin())"), "fixed_rows must return ["),
        (changed(changed(CLINIC, "list[int]", "list[float]"), "int(row", "float(row"), "of type float"),
        (changed(CLINIC, "def forward(self, x):", "@torch.jit.ignore\n    def forward(self, x):"),
         "has no attribute 'forward'"),
    ],
    "2.4": [
        (changed(CAREFUL, "float(best) <", "float(best) >"), "has probability"),
        (changed(CAREFUL, "softmax(1).max(1)", "softmax(0).max(1)"), "the place of the best of the ten scores"),
        (changed(CAREFUL, "return -1", "raise ValueError('not sure')"), "careful stopped: builtins.ValueError"),
        (changed(CAREFUL, ".softmax(1)", ""), "must give -1"),
        (changed(CAREFUL, "traced_reader, 0.9", "traced_reader, 0.5"), "must give -1"),
        (changed(changed(CAREFUL, "int(digit)", "digit"), "return -1", "return digit * 0 - 1"), "of type Tensor"),
        (changed(CAREFUL, "torch.jit.script(Careful(traced_reader, 0.9))", "Careful(traced_reader, 0.9)"),
         "not a scripted model"),
    ],
}  # fmt: skip
