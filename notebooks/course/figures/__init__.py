"""Every figure of the course, one module a lesson, in one style.

Colours are Okabe and Ito's, which the colour-blind can tell apart; no figure tells anything by colour alone.
"""

import matplotlib.pyplot as plt
from cycler import cycler

BLUE, ORANGE, GREEN, VERMILION, SKY, PURPLE, GRAY = (
    "#0072B2", "#E69F00", "#009E73", "#D55E00", "#56B4E9", "#CC79A7", "#767676",
)  # fmt: skip

plt.rcParams.update(
    {
        "axes.prop_cycle": cycler(color=[BLUE, ORANGE, GREEN, VERMILION, SKY, PURPLE, GRAY]),
        "axes.spines.top": False,
        "axes.spines.right": False,
        "figure.dpi": 110,
        "figure.constrained_layout.use": True,
        "font.size": 10,
    }
)
