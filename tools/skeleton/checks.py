"""The exercises of lesson 99."""

import torch

from course.exercises import Option, Wrong, exercise, question


@exercise("99.1", hints=["Which comparison tells a black pixel from one that is not?",
                        "The mean of zeros and ones is the share of ones; `.item()` makes a float."])  # fmt: skip
def share_of_ink(answer: object) -> None:
    images = torch.randint(0, 256, (5, 28, 28), dtype=torch.uint8) * (torch.rand(5, 28, 28) > torch.rand(())).byte()
    found, expected = answer(images.clone()), (images > 0).float().mean().item()
    if not isinstance(found, float):
        raise Wrong(f"`ink` must return a float; yours returned a {type(found).__name__}.")
    if abs(found - images.float().mean().item() / 255) < 1e-6:
        raise Wrong("that is the mean brightness: gray ink counts less than white ink in it.")
    if abs(found - expected) > 1e-6:
        raise Wrong(f"of these pixels {expected:.3f} are ink, and `ink` returned {found:.3f}.")


question(
    "99.2",
    "TODO: the question?",
    Option("TODO: a wrong answer.", "TODO: what is wrong with the first."),
    Option("TODO: the right answer.", "TODO: why it is right.", right=True),
    Option("TODO: another wrong answer.", "TODO: what is wrong with the third."),
)

question(
    "99.3",
    "TODO: the other question?",
    Option("TODO: the right answer.", "TODO: why it is right.", right=True),
    Option("TODO: a wrong answer.", "TODO: what is wrong with the second."),
    Option("TODO: another wrong answer.", "TODO: what is wrong with the third."),
)
