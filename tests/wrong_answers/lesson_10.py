"""Plausible wrong answers to the exercises of lesson 10, each with a fragment of what the check must say."""

LIMIT = """
class Limit(nn.Module):
    def forward(self, x):
        {forward}


limited = {answer}
"""
COND = "return torch.cond(x.max() > 1, lambda x: x / x.max(), lambda x: x.clone(), (x,))"
EXPORTED = 'export(Limit(), (inputs[:8],), dynamic_shapes={"x": {0: Dim("batch")}})'

FLEXIBLE = "digits = to_input(load_digits(train=False)[0])\nflexible = "
EXPORT = 'export(trained(), (digits[:{count}],), dynamic_shapes={{"x": {{0: {dim}}}}})'

PICTURE = "to_input(load_digits(train=False)[0][:1])"

WRONG: dict[str, list[tuple[str, str]]] = {
    "10.1": [
        (LIMIT.format(forward="return x / x.max()", answer=EXPORTED), "it is divided all the same"),
        (LIMIT.format(forward="return x.clone()", answer=EXPORTED), "it isn't divided"),
        (
            LIMIT.format(forward=COND.replace("x.max() > 1", "x.abs().max() > 1"), answer=EXPORTED),
            "it is divided all the same",
        ),
        (
            LIMIT.format(forward="return x / x.abs().max().clamp(min=1)", answer=EXPORTED),
            "not the largest without its sign",
        ),
        (LIMIT.format(forward=COND, answer="export(Limit(), (inputs[:8],))"), "refuses a batch of 5"),
        (
            LIMIT.format(forward="return x / x.amax(1, keepdim=True).clamp(min=1)", answer=EXPORTED),
            "each row is divided by its own",
        ),
        (LIMIT.format(forward=COND, answer="Limit()"), "is the model"),
        (LIMIT.format(forward=COND, answer=EXPORTED + ".module()"), "without .module()"),
        (LIMIT.format(forward="return x / x.max()", answer="torch.jit.trace(Limit(), inputs[:8])"), "is TorchScript"),
        (
            LIMIT.format(
                forward=COND.replace(
                    "> 1, lambda x: x / x.max(), lambda x: x.clone()", "> 1, lambda x: x.clone(), lambda x: x / x.max()"
                ),
                answer=EXPORTED,
            ),
            "both have changed places",
        ),
        (
            LIMIT.format(forward="return torch.where(x > 1, x / x.max(), x)", answer=EXPORTED),
            "expected x / x.max() above 1",
        ),
        (
            LIMIT.format(forward=COND, answer=EXPORTED.replace('Dim("batch")', 'Dim("batch", max=8)')),
            "refuses a batch of 40",
        ),
        (LIMIT.format(forward=COND.replace("x.clone()", "x"), answer=EXPORTED), "the input itself comes back"),
        (LIMIT.format(forward=COND.replace("x.max() > 1", "x.max() > 0.5"), answer=EXPORTED), "divided all the same"),
        (LIMIT.format(forward=COND.replace("x.max() > 1", "x.mean() > 1"), answer=EXPORTED), "it isn't divided"),
        (LIMIT.format(forward=COND.replace("x.max() > 1", "x[0].max() > 1"), answer=EXPORTED), "it isn't divided"),
        (
            LIMIT.format(forward=COND, answer=EXPORTED.replace("(inputs[:8],)", '(), {"x": inputs[:8]}')),
            "by its place",
        ),
    ],
    "10.2": [
        (FLEXIBLE + "export(trained(), (digits[:8],))", "refuses a batch of 1"),
        (FLEXIBLE + EXPORT.format(count=8, dim='Dim("batch")'), "and 65 too"),
        (FLEXIBLE + EXPORT.format(count=8, dim='Dim("batch", max=32)'), "refuses a batch of 64"),
        (FLEXIBLE + EXPORT.format(count=8, dim='Dim("batch", min=8, max=64)'), "refuses a batch of 1"),
        (FLEXIBLE + EXPORT.format(count=1, dim="Dim.AUTO"), "refuses a batch of 2"),
        (FLEXIBLE + EXPORT.format(count=64, dim="Dim.STATIC"), "refuses a batch of 1"),
        (FLEXIBLE + EXPORT.format(count=8, dim='Dim("batch", max=64)') + ".module()", "without .module()"),
        (
            FLEXIBLE + EXPORT.format(count=8, dim='Dim("batch", max=64)').replace("trained()", "DigitNet().eval()"),
            "gets other scores",
        ),
        (FLEXIBLE + "trained()", "is the model"),
        (
            "class Wiped(DigitNet):\n    def forward(self, x):\n        return super().forward(x.zero_())\n\n\n"
            "wiped = Wiped().eval()\n"
            "_ = wiped.load_state_dict(trained().state_dict())\n"
            + FLEXIBLE
            + EXPORT.format(count=8, dim='Dim("batch", max=64)').replace("trained()", "wiped"),
            "changed its own input",
        ),
    ],
    "10.4": [
        (f"bug = (3, {PICTURE} * 0.2)", "right for any picture"),
        (f"bug = (5, {PICTURE} * 0.2)", "meant to be fixed"),
        (f"bug = (6, {PICTURE} * 0.2)", "What does the network get?"),
        (f"bug = (2, {PICTURE} * 0.2)", "computes nothing"),
        (f"bug = (4, {PICTURE})", "answers as promised"),
        ("bug = (4, torch.zeros(1, 1, 28, 28))", "of one shade"),
        (f"bug = (4, {PICTURE}[0])", "1 x 1 x 28 x 28"),
        ("bug = (4, load_digits(train=False)[0][:1].unsqueeze(1))", "normalised floats"),
        (f"bug = (4, {PICTURE}.to_sparse())", "a plain tensor"),
        (f"bug = (4, {PICTURE} * float('nan'))", "infinite or NaN"),
        (f"bug = (0, {PICTURE} * 0.2)", "is the heading"),
        ("bug = 4", "two things"),
        (f"bug = ('4', {PICTURE} * 0.2)", "the number of a line"),
        (f"bug = (40, {PICTURE} * 0.2)", "no line 40"),
    ],
}
