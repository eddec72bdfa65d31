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
        (
            "def normalise(images):\n    return images.unsqueeze(1).float() / 255 - 0.1307 / 0.3081",
            "brackets are missing",
        ),
        ("def normalise(images):\n    return (images.unsqueeze(1).float() / 255 - 0.3081) / 0.1307", "changed places"),
        (
            "def normalise(images):\n    x = images.unsqueeze(1) / 255\n    return (x - x.mean()) / x.std()",
            "images' own mean",
        ),
        ("def normalise(images):\n    return ((images[:, None] / 255 - 0.1307) / 0.3081).numpy()", "of type ndarray"),
        (
            "def normalise(images):\n    return (images.view(5, 1, 28, 28) / 255 - 0.1307) / 0.3081",
            "invalid for input of size",
        ),
        ("def normalise(images):\n    return batch[:5]", "shape and type are right"),
        ("def normalise(images):\n    return to_input(images)", "come from `to_input`"),
        ("normalise = (images[:5, None] / 255 - 0.1307) / 0.3081", "must be a function"),
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
        (
            "model = DigitNet()\nmodel.load_state_dict(torch.load(WEIGHTS))\nmodel.eval()\n\n"
            "def classify(image):\n    return model(image.view(1, 1, 28, 28).float()).argmax(1).item()",
            "still 0 to 255",
        ),
        (
            "answers = {image.numpy().tobytes(): int(label) for image, label in zip(held_out, truth)}\n\n"
            "def classify(image):\n    return answers[image.numpy().tobytes()]",
            "KeyError",
        ),
        ("def classify(image):\n    print(predict(revived, image[None]).item())", "what yours returns is None"),
    ],
}
