"""How police, jails and the state work with ICE in a place, as far as lists and laws say."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

import regex
from pydantic import Field, model_validator

from bot.counsel.places import Place
from bot.counsel.tables import read_rows
from bot.files import Entry, Reader, line_of

# In a jail; in a jail, only to serve ICE's warrants; in ordinary policing.
Model = Literal["JEM", "WSO", "TFM"]

_WORDS = regex.compile(r"[a-z]+")
_ORNAMENTS = regex.compile(r"[\p{Mn}.'’]")
_KINDS_OF_COUNTY = regex.compile(
    r"\b(city and borough|municipality|county|parish|borough|census area|municipio|independent)\b"
    r"( of\b)?"
)


class StateLaw(Entry):
    """What a state's law has said about work with ICE. It is never told as the law today."""

    state: str = Field(pattern=r"^[A-Z]{2}$")
    name: str = Field(min_length=1)
    posture: Literal["limits", "mandates", "mixed", "none"]
    law: str = ""
    year: str = ""
    effect: str = Field(min_length=1)
    confidence: Literal["verified", "secondary", "weak", "memory", "unknown"]
    source: str = Field(min_length=1)
    seen: date | None = None
    reverify: str = ""

    @property
    def may_be_told(self) -> bool:
        """Whether callers may hear its effect; of any other they hear "ask a lawyer"."""
        return self.confidence in {"verified", "secondary"}


class StateLaws(Entry):
    """`content/places/state_laws.toml`."""

    laws: tuple[StateLaw, ...]


class Agreement(Entry):
    """A 287(g) agreement of an agency with ICE, as it holds in one county or in a whole state."""

    state: str = Field(pattern=r"^[A-Z]{2}$")
    county: str = ""
    county_fips: str = Field("", pattern=r"^(\d{5})?$")
    agency: str
    agency_type: Literal["state", "county", "municipality", "district", ""] = ""
    model: Model
    signed: date
    status: Literal["active", "ended"]
    source: str
    source_date: date

    @property
    def is_statewide(self) -> bool:
        """Whether it is that of a state police, a prison system or another agency of the state."""
        return self.agency_type == "state"

    @model_validator(mode="after")
    def _says_where(self) -> "Agreement":
        if bool(county_key(self.county)) == self.is_statewide:
            message = "county: needed, and only where agency_type is not state"
            raise ValueError(message)
        return self


@dataclass(frozen=True, slots=True)
class LocalPolicy:
    """What is known of a place. That no agreement is listed does not mean that nobody helps ICE."""

    place: Place
    law: StateLaw | None
    agreements: tuple[Agreement, ...]
    listed_on: date


class Policies:
    """Knows the laws of the states, and which agencies have agreements with ICE."""

    def __init__(self, laws: Iterable[StateLaw], agreements: Iterable[Agreement]) -> None:
        """Take at least one agreement: how old the list is must be known."""
        listed = tuple(agreements)
        self._laws = {law.state: law for law in laws}
        self._agreements: dict[tuple[str, str], list[Agreement]] = defaultdict(list)
        for one in sorted(listed, key=_jails_first):
            if one.status == "active":
                self._agreements[one.state, county_key(one.county)].append(one)
        self._listed_on = max(one.source_date for one in listed)

    def of(self, place: Place) -> LocalPolicy:
        """Return a place's policy: its county's agreements first, then those of the whole state."""
        county = county_key(place.county)
        here = self._agreements.get((place.state, county), []) if county else []
        statewide = self._agreements.get((place.state, ""), [])
        return LocalPolicy(
            place=place,
            law=self._laws.get(place.state),
            agreements=(*here, *statewide),
            listed_on=self._listed_on,
        )


def county_key(name: str) -> str:
    """Return what the spellings of a county's name have in common; nothing for no name.

    "St. Mary Parish" is "Saint Mary" and "LaSalle County" is "La Salle". But Roanoke City is not
    Roanoke County: the independent cities of Virginia lie in no county.
    """
    plain = unicodedata.normalize("NFKD", name).casefold()
    words = _WORDS.findall(_ORNAMENTS.sub("", plain))
    kept = _WORDS.findall(_KINDS_OF_COUNTY.sub(" ", " ".join(words)))
    if kept[:2] == ["city", "of"]:
        kept = [*kept[2:], "city"]
    return "".join({"saint": "st", "sainte": "ste"}.get(word, word) for word in kept)


def read_policies(reader: Reader) -> Policies | None:
    """Read the laws and the agreements; faults go to the reader."""
    laws = _read_laws(reader)
    path = reader.root / "places" / "agreements_287g.csv"
    agreements = read_rows(reader, path, Agreement)
    return Policies(laws.laws, agreements) if laws and agreements else None


def _read_laws(reader: Reader) -> StateLaws | None:
    path = reader.root / "places" / "state_laws.toml"
    laws = reader.read(path, StateLaws)
    seen: set[str] = set()
    for at, law in enumerate(laws.laws if laws else ()):
        if law.state in seen:
            line = line_of(path.read_text("utf-8"), ("laws", at, "state"))
            reader.fault(path, line, f"{law.state} stands here a second time")
        seen.add(law.state)
    return laws


def _jails_first(agreement: Agreement) -> tuple[int, str]:
    return get_args(Model).index(agreement.model), agreement.agency
