"""Noise without floats: the exact discrete Laplace distribution, from the system's randomness.

The algorithms 1 and 2 of Canonne, Kamath and Steinke, "The Discrete Gaussian for Differential
Privacy" (2020). They only draw whole numbers below a bound. So no number is rounded, and none of
its last bits tells what it was before the noise.
"""

import secrets
from collections.abc import Callable
from fractions import Fraction

# Draws a whole number from 0 to below a bound, each as likely as the others.
Below = Callable[[int], int]


def discrete_laplace(scale: Fraction, below: Below = secrets.randbelow) -> int:
    """Draw a whole number n with a probability proportional to exp(-|n| / scale)."""
    t, s = scale.numerator, scale.denominator
    while True:
        start = below(t)
        if not _happens_exp(start, t, below):
            continue
        rounds = 0
        while _happens_exp(1, 1, below):
            rounds += 1
        size = (start + t * rounds) // s
        is_negative = below(2) == 0
        # Otherwise 0 would come twice as often as it should: as 0, and as minus 0.
        if size or not is_negative:
            return -size if is_negative else size


def _happens_exp(numerator: int, denominator: int, below: Below) -> bool:
    """Tell whether an event of probability exp(-x) happens, for a fraction x from 0 to 1."""
    k = 1
    while below(denominator * k) < numerator:
        k += 1
    return k % 2 == 1
