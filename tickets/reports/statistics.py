"""The few statistics reports need."""

from datetime import timedelta
from math import sqrt
from statistics import NormalDist, median

# The normal distribution's 97.5 % point: 95 % lie within it to both sides.
Z_95 = NormalDist().inv_cdf(0.975)


def wilson(hits: int, number: int) -> tuple[float, float]:
    """Answer between which shares the true one lies with 95 % confidence, from 0 to 1.

    The score interval of Wilson (1927): unlike the usual one it never leaves 0 to 1, and it stays honest
    for few answers. hits: of `number`, which is at least 1.
    """
    share, weight = hits / number, Z_95**2 / number
    centre = (share + weight / 2) / (1 + weight)
    half = Z_95 * sqrt(share * (1 - share) / number + weight / (4 * number)) / (1 + weight)
    return max(0.0, centre - half), min(1.0, centre + half)


def median_duration(durations: list[timedelta]) -> timedelta | None:
    """Answer the middle one of these, or between the two; None without any."""
    if not durations:
        return None
    return timedelta(seconds=median(duration.total_seconds() for duration in durations))
