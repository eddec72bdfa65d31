"""The course's data and its model: MNIST digits, and a small convolutional network that reads them."""

import io
from pathlib import Path

import torch
from PIL import Image
from torch import nn
from torch.nn import functional as F
from torchvision.datasets import MNIST
from tqdm.auto import tqdm

from course import ROOT

WEIGHTS = ROOT / "data" / "digitnet.pth"
"""The trained weights that every lesson starts from: the `state_dict` of a `DigitNet`."""

MEAN, STD = 0.1307, 0.3081
"""Mean and standard deviation of MNIST's pixels, scaled to 0..1. Source: torchvision's MNIST examples."""


class DigitNet(nn.Module):
    """Two convolutions with batch norm, one linear layer: 28 x 28 gray digits in, ten class scores out."""

    def __init__(self) -> None:
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(1, 16, 5, padding=2), nn.BatchNorm2d(16), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(16, 32, 5, padding=2), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2),
        )  # fmt: skip
        self.dropout = nn.Dropout(0.25)
        self.classifier = nn.Linear(32 * 7 * 7, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return scores (batch x 10, before softmax) for normalised digits `x` (batch x 1 x 28 x 28, float32)."""
        x = self.features(x)
        x = torch.flatten(x, 1)
        return self.classifier(self.dropout(x))


def load_digits(train: bool, *, full: bool = False) -> tuple[torch.Tensor, torch.Tensor]:
    """Return images (uint8, n x 28 x 28, 0 is black) and labels (int64, n): 4,000 to train, 1,000 held out.

    With `full=True` you get all 60,000 and 10,000 instead; torchvision downloads them once, into `data/full`.
    """
    root = ROOT / "data" / "full" if full else ROOT / "data"
    dataset = MNIST(root, train=train, download=full)
    return dataset.data, dataset.targets


def to_input(images: torch.Tensor) -> torch.Tensor:
    """Turn images (uint8, n x 28 x 28) into what `DigitNet` reads (float32, n x 1 x 28 x 28, normalised)."""
    return (images.unsqueeze(1).float() / 255 - MEAN) / STD


def to_png(image: torch.Tensor) -> bytes:
    """Return one image (uint8, 28 x 28) as the bytes of a gray PNG file."""
    buffer = io.BytesIO()
    Image.fromarray(image.numpy()).save(buffer, format="PNG")
    return buffer.getvalue()


def distort(images: torch.Tensor) -> torch.Tensor:
    """Return `images` (uint8, n x 28 x 28) each turned, sheared, scaled and moved a little at random, same shape."""
    n = len(images)
    angle, shear, scale, dx, dy = (torch.rand(5, n) * 2 - 1) * torch.tensor([[0.2], [0.2], [0.12], [0.2], [0.2]])
    scale = 1 + scale
    rows = [scale * angle.cos(), shear - scale * angle.sin(), dx, scale * angle.sin(), scale * angle.cos(), dy]
    grid = F.affine_grid(torch.stack(rows, 1).view(n, 2, 3), [n, 1, 28, 28], align_corners=False)
    return F.grid_sample(images.unsqueeze(1).float(), grid, align_corners=False).squeeze(1).to(torch.uint8)


def train(images: torch.Tensor, labels: torch.Tensor, *, epochs: int = 10, seed: int = 0) -> DigitNet:
    """Train a new `DigitNet` on images (uint8, n x 28 x 28) and labels (int64, n); return it in eval mode.

    Every digit is distorted a little each time it is seen, so the network sees more variety than the data holds. The
    same arguments give the same weights on the same machine: one seed, and one thread, since sums are rounded
    differently when threads share them.
    """
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    model = DigitNet().train()
    optimizer = torch.optim.AdamW(model.parameters())
    batches = -(-len(images) // 64)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 1e-2, epochs=epochs, steps_per_epoch=batches)
    for _ in tqdm(range(epochs), desc="training", unit="epoch"):
        for batch in torch.randperm(len(images)).split(64):
            loss = F.cross_entropy(model(to_input(distort(images[batch]))), labels[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    torch.set_num_threads(threads)
    return model.eval()


@torch.no_grad()
def predict(model: nn.Module, images: torch.Tensor) -> torch.Tensor:
    """Return the digit (int64, n) that `model` reads in each of `images` (uint8, n x 28 x 28)."""
    return model(to_input(images)).argmax(1)


def trained(weights: Path = WEIGHTS) -> DigitNet:
    """Return a `DigitNet` in eval mode with the course's trained weights."""
    model = DigitNet()
    model.load_state_dict(torch.load(weights, weights_only=True))
    return model.eval()
