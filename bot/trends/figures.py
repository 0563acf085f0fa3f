"""A number as it may be shown: with its band, or "fewer than" its threshold."""

from dataclasses import dataclass
from math import ceil

from bot.trends.margin import Noise, band, deviation, threshold


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of questions, with noise.

    What is not more than noise has no value: it cannot be shown by mistake. It is "fewer than"
    its threshold, which is never 0.
    """

    value: int | None
    band: int
    threshold: int

    @classmethod
    def of(cls, value: int, noise: Noise) -> "Figure":
        """Return what may be shown of a sum of released cells."""
        least = threshold(noise)
        return cls(value if value >= least else None, band(noise), least)

    @property
    def is_shown(self) -> bool:
        """Whether it is more than noise."""
        return self.value is not None

    @property
    def low(self) -> int:
        """The lower end of the band."""
        return max(0, (self.value or 0) - self.band)

    @property
    def high(self) -> int:
        """The upper end of the band."""
        return (self.threshold if self.value is None else self.value) + self.band

    def each(self, weeks: int) -> "Figure":
        """Return the figure of several weeks as that of each, on an average."""
        value = None if self.value is None else round(self.value / weeks)
        return Figure(value, ceil(self.band / weeks), ceil(self.threshold / weeks))


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, from 0 to 1, with its band."""

    value: float
    band: float


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of released cells over some weeks, before it is decided whether it may be shown."""

    value: int
    noise: Noise
    weeks: int

    @property
    def figure(self) -> Figure:
        """What may be shown of it."""
        return Figure.of(self.value, self.noise)

    @property
    def rate(self) -> float:
        """How many questions a week it is."""
        return self.value / self.weeks

    @property
    def variance(self) -> float:
        """The variance of its rate: that of the noise, and of people, who ask by chance."""
        return (deviation(self.noise) ** 2 + max(0, self.value)) / self.weeks**2
