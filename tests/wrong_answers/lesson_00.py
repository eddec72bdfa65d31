"""Plausible wrong answers to lesson 00, and what their verdicts must say."""

WRONG = {
    "0.1": [
        (
            "def normalise(images):\n    return (images.unsqueeze(1).float() - 0.1307) / 0.3081",
            "divide the bytes by 255",
        ),
        ("def normalise(images):\n    return (images.float() / 255 - 0.1307) / 0.3081", "with a channel"),
        ("def normalise(images):\n    (images.unsqueeze(1).float() / 255 - 0.1307) / 0.3081", "forget `return`"),
        ("def normalise(images):\n    return images.unsqueeze(1).float() / 255", "not normalised"),
    ],
    "0.3": [
        (
            "model = DigitNet()\nmodel.load_state_dict(torch.load(WEIGHTS))\n\n"
            "def classify(image):\n    return model(to_input(image.unsqueeze(0))).argmax(1).item()",
            "training mode",
        ),
        (
            "model = DigitNet()\nmodel.load_state_dict(torch.load(WEIGHTS))\nmodel.eval()\n\n"
            "def classify(image):\n    return model(image.view(1, 1, 28, 28).float()).argmax(1)",
            "must return an int",
        ),
        (
            "model = DigitNet().eval()\n\n"
            "def classify(image):\n    return model(to_input(image.unsqueeze(0))).argmax(1).item()",
            "differ from the trained model's",
        ),
    ],
}
