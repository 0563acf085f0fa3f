"""Who calls: numbers that reach nobody, and the countries that they pretend to be of."""

from dataclasses import dataclass

# Twilio keeps these numbers for tests: nobody has them, and nothing is sent to them.
LINE = "+15005550001"
CALLERS = tuple(f"+1500555000{last}" for last in range(6, 10))
DESK = "+15005550005"

NORTH_AMERICA = "+1"

# What Twilio writes in place of a number that is withheld.
WITHHELD = "anonymous"


@dataclass(frozen=True, slots=True)
class Price:
    """What Twilio asks for one segment of a text to a country, in ten-thousandths of a dollar."""

    segment: int
    source: str
    seen: str


# Twilio's list price for a text from a number of ten digits, as several price guides report it;
# phone companies add about a third of a cent. Their page itself was not read.
_LISTED = Price(
    83,
    "Twilio's list price, as reported by budgetforge.dev; carrier fees come on top",
    "2026-07-05",
)


@dataclass(frozen=True, slots=True)
class Country:
    """A country from which people write, and the price of an answer, where we know it."""

    code: str
    name: str
    prefix: str
    price: Price | None = None


# Of other countries than the first two we know no price, and show none.
COUNTRIES = (
    Country("US", "United States", NORTH_AMERICA, _LISTED),
    Country("CA", "Canada", NORTH_AMERICA, _LISTED),
    Country("MX", "Mexico", "+52"),
    Country("HT", "Haiti", "+509"),
    Country("BR", "Brazil", "+55"),
)


def number_of(caller: int, country: Country) -> str:
    """Return a caller's number: one of Twilio's for tests, or abroad one that nobody can have."""
    number = CALLERS[caller % len(CALLERS)]
    if country.prefix == NORTH_AMERICA:
        return number
    # Behind the prefix of these countries no number begins with a zero.
    return number.replace(f"{NORTH_AMERICA}500", f"{country.prefix}000", 1)


def country_of(code: str) -> Country:
    """Return a country by its code; the first if there is none of that code."""
    return next((one for one in COUNTRIES if one.code == code), COUNTRIES[0])
