"""Plausible wrong answers to lesson 99, and what their verdicts must say."""

WRONG = {
    "99.1": [
        ("def ink(images):\n    return images.float().mean().item() / 255", "mean brightness"),
        ("def ink(images):\n    return (images > 0).float().mean()", "must return a float"),
    ],
}
