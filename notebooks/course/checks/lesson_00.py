"""The exercises of lesson 00."""

import torch

from course.digits import load_digits, to_input, trained
from course.exercises import Option, Wrong, exercise, question


@exercise("0.1", hints=["A pixel is 0 to 255. Divide first, then subtract the mean, then divide by the deviation.",
                        "`images.unsqueeze(1)` adds the channel; `.float()` makes floats of the bytes."])  # fmt: skip
def normalise(answer: object) -> None:
    images = torch.randint(0, 256, (5, 28, 28), dtype=torch.uint8)
    found, expected = answer(images.clone()), to_input(images)
    if not isinstance(found, torch.Tensor):
        raise Wrong(f"`normalise` returns a {type(found).__name__}, not a tensor. Did you forget `return`?")
    if found.shape != expected.shape:
        raise Wrong(f"five images must become {list(expected.shape)}, with a channel; yours is {list(found.shape)}.")
    if found.dtype != torch.float32:
        raise Wrong(f"the network reads float32; yours is {found.dtype}.")
    if torch.allclose(found, (images.unsqueeze(1).float() - 0.1307) / 0.3081):
        raise Wrong("the mean and the deviation are those of pixels from 0 to 1; divide the bytes by 255 first.")
    if torch.allclose(found, images.unsqueeze(1).float() / 255):
        raise Wrong("the pixels are now 0 to 1, but not normalised: subtract the mean, divide by the deviation.")
    if not torch.allclose(found, expected, atol=1e-5):
        raise Wrong("shape and type are right, the numbers aren't: (pixel / 255 - mean) / deviation.")


question(
    "0.2",
    "What does data/digitnet.pth hold?",
    Option(
        "The network: its weights and its forward method.", "The file holds no code at all: look at its keys again."
    ),
    Option("Names and tensors, nothing else.", "Without the Python class nobody can run it.", right=True),
    Option("A graph that any language can execute.", "That is what lesson 01 makes. A state_dict has no graph."),
    Option(
        "The pickled class DigitNet.", "torch.save(model) would pickle a reference to the class; a state_dict doesn't."
    ),
)


@exercise("0.3", hints=["Call it twice on the same image. Which layer answers differently each time in training mode?",
                        "`.eval()` once after loading, `to_input` on a batch of one, `argmax`, `int`."])  # fmt: skip
def repair_classify(answer: object) -> None:
    images, labels = load_digits(train=False)
    chosen = torch.randperm(len(images))[:200]
    found = [answer(image.clone()) for image in images[chosen]]
    if not all(isinstance(digit, int) for digit in found):
        raise Wrong(f"`classify` must return an int such as 7; yours returned a {type(found[0]).__name__}.")
    expected = trained()(to_input(images[chosen])).argmax(1).tolist()
    again = [answer(image.clone()) for image in images[chosen]]
    if found != again:
        raise Wrong("the same image gets different answers: the model is still in training mode, its dropout is on.")
    wrong = sum(a != b for a, b in zip(found, expected, strict=True))
    right = sum(a == b for a, b in zip(found, labels[chosen].tolist(), strict=True))
    if wrong:
        raise Wrong(
            f"{wrong} of 200 answers differ from the trained model's ({right} of 200 are right). "
            "Is the model in eval mode, and is its input made by `to_input`?"
        )


question(
    "0.4",
    "A request carries a PNG. Where is it turned into a tensor?",
    Option(
        "In the frontend, before the job queue.", "The frontend is Java: it moves bytes and knows nothing of tensors."
    ),
    Option("In the client.", "It could be, but this client sends the PNG as it is."),
    Option("In the archive.", "The archive is a file: the worker unpacks your handler and your model from it."),
    Option(
        "In the handler, inside a worker process.", "The handler is your Python code, one copy a worker.", right=True
    ),
)
