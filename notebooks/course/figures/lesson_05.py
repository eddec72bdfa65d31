"""The figures of lesson 05."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

import matplotlib.pyplot as plt
from matplotlib.patches import Rectangle

from course.figures import BLUE, GRAY, GREEN, ORANGE, show

KINDS = {".pt": ("weights", BLUE), ".py": ("code", GREEN), ".yaml": ("settings", ORANGE), ".json": ("data", GRAY)}
"""File ending -> what kind of part it is, and its colour."""


def exploded_archive(archive: str | Path, purposes: Mapping[str, str]) -> None:
    """Draw the parts of the zip file `archive`: name, unpacked size, share of it, and what `purposes` says of each."""
    with zipfile.ZipFile(archive) as opened:
        parts = sorted(((part.file_size, part.filename) for part in opened.infolist()), reverse=True)
    size = Path(archive).stat().st_size / 1024
    total, rows = sum(size for size, _ in parts), len(parts)
    _, ax = plt.subplots(figsize=(9.5, 0.62 * rows + 0.7))
    ax.set(xlim=(-0.5, 31), ylim=(rows - 0.3, -0.95))
    ax.axis("off")
    middle = (rows - 1) / 2
    ax.add_patch(Rectangle((0, middle - 1.0), 3.7, 2.0, fc="white", ec="black", lw=2))
    ax.text(1.85, middle - 0.32, Path(archive).name, ha="center", va="center", weight="bold")
    ax.text(
        1.85,
        middle + 0.35,
        f"one zip file\n{size:.0f} KB",
        ha="center",
        va="center",
        fontsize=9,
    )
    for x, title in ((5.5, "part"), (12.4, "share of the unpacked size"), (20.2, "what it is for")):
        ax.text(x, -0.75, title, fontsize=9, style="italic")
    for row, (size, name) in enumerate(parts):
        kind, colour = KINDS[Path(name).suffix]
        ax.plot([3.7, 4.5, 5.3], [middle, row, row], color=GRAY, lw=1)
        ax.text(5.5, row, f"{name}", va="center", weight="bold", fontsize=9)
        ax.text(5.5, row + 0.36, kind, va="center", fontsize=8, color=colour)
        ax.add_patch(Rectangle((12.4, row - 0.17), 3.4, 0.34, fc="white", ec=GRAY, lw=0.8))
        ax.add_patch(Rectangle((12.4, row - 0.17), 3.4 * size / total, 0.34, fc=colour, ec=colour, lw=0.8))
        ax.text(16.0, row, f"{size / total:.1%} · {size / 1024:,.1f} KB", va="center", fontsize=9)
        ax.text(20.2, row, purposes[name], va="center", fontsize=9)
    show(f"The archive's {rows} parts with their share of its size and their purpose; {parts[0][1]} takes the most.")
