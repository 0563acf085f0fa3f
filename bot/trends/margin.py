"""How far noise reaches: the band around a number, and the least number that is more than noise.

A number on a page is one noised cell or the sum of several. Its noise is the sum of theirs, whose
distribution is computed exactly from its characteristic function.
"""

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

# How often an empty cell looks like a number: it takes 23, 28 and 56 at scales of 4, 5 and 10.
RARE = 0.0021
# A band is left 1 time in 20. It reaches three times the scale of the noise in one cell.
OUTSIDE = 0.05
# How many standard deviations out the distribution is computed.
_REACH = 12

# The scales of noise, and in how many cells of a sum each of them is.
Noise = tuple[tuple[float, int], ...]


@lru_cache(maxsize=4096)
def threshold(noise: Noise) -> int:
    """Return the least number that noise alone reaches only rarely."""
    tail = _tail(noise)
    return int(np.argmax(tail <= RARE))


@lru_cache(maxsize=4096)
def band(noise: Noise) -> int:
    """Return the distance from the truth that noise rarely exceeds, in either direction."""
    tail = _tail(noise)
    return int(np.argmax(2 * tail <= OUTSIDE)) - 1


def deviation(noise: Noise) -> float:
    """Return the standard deviation of noise."""
    return float(np.sqrt(sum(cells * _variance(scale) for scale, cells in noise)))


def noise_of(cells: Mapping[float, int]) -> Noise:
    """Return noise from the number of cells at each scale."""
    return tuple(sorted(cells.items()))


def _variance(scale: float) -> float:
    a = np.exp(-1 / scale)
    return float(2 * a / (1 - a) ** 2)


def _tail(noise: Noise) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return for each n from 0 how likely it is that noise is at least n.

    Noise of the scale s has the characteristic function (1 - a)² / (1 - 2a cos t + a²) with
    a = exp(-1 / s); of a sum it is their product, and the Fourier transform of that its
    distribution.
    """
    reach = max(32, int(_REACH * deviation(noise)))
    angles = 2 * np.pi * np.arange(2 * reach) / (2 * reach)
    characteristic = np.ones(2 * reach)
    for scale, cells in noise:
        a = np.exp(-1 / scale)
        characteristic *= ((1 - a) ** 2 / (1 - 2 * a * np.cos(angles) + a * a)) ** cells
    likely = np.fft.fft(characteristic).real / (2 * reach)
    above: np.ndarray[tuple[int], np.dtype[np.float64]] = np.cumsum(likely[:reach][::-1])[::-1]
    return above
