"""OpenDP, a library that others have looked at: what it says of our noise.

It is too large to be part of the environment: `.ci/run` installs it. Elsewhere its tests are left
out, and say so.
"""

from typing import Any

import pytest


class OpenDP:
    """Draws noise, and computes what it promises."""

    def __init__(self, library: Any) -> None:
        self._library = library
        self._library.enable_features("contrib")

    def draw(self, scale: float, count: int) -> list[int]:
        """Draw noise."""
        drawn: list[int] = self._mechanism(scale)([0] * count)
        return drawn

    def spent(self, scale: float, moved: int) -> float:
        """Return the ε of a table whose cells one person moves by so much altogether."""
        return float(self._mechanism(scale).map(moved))

    def _mechanism(self, scale: float) -> Any:
        numbers = self._library.vector_domain(self._library.atom_domain(T=int))
        return self._library.m.make_laplace(numbers, self._library.l1_distance(T=int), scale=scale)


def open_dp() -> OpenDP:
    """Return OpenDP. Without it a test is left out."""
    return OpenDP(pytest.importorskip("opendp.prelude"))
