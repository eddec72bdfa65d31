"""Medians over rounds, and how far rounds lie apart."""

import math
from collections.abc import Sequence
from statistics import median


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the value that `percent` of 100 values don't exceed: the nearest rank. Raises ValueError for none."""
    if not values:
        raise ValueError("no values, so no percentile")
    ordered = sorted(values)
    return ordered[max(0, math.ceil(percent / 100 * len(ordered)) - 1)]


def summary(values: Sequence[float]) -> dict[str, float]:
    """Return the median, the least and the greatest of the values, one a round. Raises ValueError for none."""
    if not values:
        raise ValueError("no rounds, so no median")
    return {"median": median(values), "min": min(values), "max": max(values)}
