"""Plausible wrong answers to the exercises of lesson 01: (what replaces the answer cell, what the verdict must say)."""

WRONG: dict[str, list[tuple[str, str]]] = {
    "1.1": [
        ("reader = nn.Sequential(trained(), nn.Softmax(dim=1)).eval()", "eager Sequential"),
        ("reader = torch.jit.trace(trained(), digits[:1])", "must sum to 1"),
        ("reader = torch.jit.trace(nn.Sequential(trained(), nn.Softmax(dim=0)), digits[:1])", "over the classes"),
        (
            "reader = torch.jit.trace(nn.Sequential(trained(), nn.Softmax(dim=1)).train(), digits[:1],"
            " check_trace=False)",
            "traced in training mode",
        ),
        ("reader = torch.jit.trace(nn.Sequential(DigitNet().eval(), nn.Softmax(1)), digits[:1])", "not the trained"),
        (
            "reader = torch.jit.trace(nn.Sequential(trained(), nn.Softmax(1), nn.Softmax(1)), digits[:1])",
            "applied twice",
        ),
        ("reader = torch.jit.trace(nn.Sequential(trained(), nn.Softmax(1)), digits[:1])(digits)", "of type Tensor"),
        (
            "class Reader(nn.Sequential):\n"
            "    def forward(self, x):\n"
            "        return super().forward(x.view(int(x.shape[0]), 1, 28, 28))\n"
            "with_softmax = Reader(trained(), nn.Softmax(1)).eval()\n"
            "reader = torch.jit.trace(with_softmax, digits[:1])",
            "TorchScript stopped: RuntimeError: shape '[1, 1, 28, 28]' is invalid",
        ),
    ],
    "1.2": [
        ("lie = digits[5:6]", "tells the truth"),
        ("lie = 255 - images[:1]", "float32 of shape [1, 1, 28, 28]"),
        ("lie = 7", "a tensor; yours is of type int"),
        ("lie = torch.full((1, 1, 28, 28), torch.nan)", "NaN or infinity"),
        ("lie = 2.4 - digits", "reads one picture"),
    ],
    "1.4": [
        (
            "def deploy(weights):\n"
            "    model = DigitNet()\n"
            "    model.load_state_dict(torch.load(weights, weights_only=True))\n"
            "    return torch.jit.trace(model, digits[:1], check_trace=False).eval()\n",
            "recorded dropout in training mode",
        ),
        ("def deploy(weights):\n    return torch.jit.trace(trained(), digits[:1])\n", "ignores its argument"),
        (
            "def deploy(weights):\n"
            "    model = DigitNet()\n"
            "    model.load_state_dict(torch.load(weights, weights_only=True))\n"
            "    model.dropout.eval()\n"
            "    return torch.jit.trace(model, digits[:1])\n",
            "batch norm",
        ),
        ("def deploy(weights):\n    return trained(weights)\n", "eager DigitNet"),
        ("def deploy(weights):\n    torch.jit.trace(trained(weights), digits[:1])\n", "`deploy` returns None"),
        ("deploy = torch.jit.trace(trained(), digits[:1])\n", "yours is a model"),
        ("def deploy(weights):\n    return torch.jit.trace(DigitNet().eval(), digits[:1])\n", "weights loaded before"),
    ],
}
