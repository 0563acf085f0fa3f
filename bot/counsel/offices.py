"""What the rows of EOIR's roster say of offices: name, address, telephone, recognition."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import regex
import zipcodes

from bot.counsel.importing import Row, Terms, folded

OFFICES = Terms(
    columns=("name", "city", "state", "zip", "phone", "kind", "source", "source_date"),
    owns={"kind": "recognized"},
    alike=(
        ("name", "zip", "phone"),
        ("name", "zip"),
        ("name", "phone"),
        ("phone", "zip"),
        ("name", "city", "state"),
    ),
    delicate={"phone": "checked_on"},
    order=("state", "city", "name"),
    title="{state} {city}, {name}",
)

_SOURCE = "EOIR Recognition and Accreditation roster"

# "Principal Office", "Durham Extension Office"; the roster also writes "Extention office".
_LABEL = regex.compile(r"\b(?:principal|exten[st]ion|satellite)\s+office$", regex.IGNORECASE)
_ADDRESS = regex.compile(
    r"(?:^|,)\s*(?P<city>[^,]*[^,\s\d])[,\s]+"
    r"(?P<state>[A-Z]{2}|D\.\s?C\.)[,.\s]+(?P<zip>\d{5})(?:-\d{4})?$"
)
# Ten digits; neither an area code nor an exchange begins with 0 or 1.
_PHONE = regex.compile(
    r"(?:(?:tele)?phone|tel)?[^\dA-Z]*(?:1[^\dA-Z]*)?"
    r"([2-9]\d\d)[^\dA-Z]*([2-9]\d\d)[^\dA-Z]*(\d{4})(?!\d).*",
    regex.IGNORECASE,
)
_NEARLY_PHONE = regex.compile(r"(?:(?:tele)?phone|tel)?\W*(?:\d\W*){7,}", regex.IGNORECASE)
_DATE = regex.compile(r"(\d{1,2})/(\d{1,2})/(?:20)?(\d\d)\b")
_SHORT = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the roster's table of organizations."""

    where: str
    organization: str
    expires: str
    status: str

    @property
    def is_whole(self) -> bool:
        """Whether it begins an organization; other rows are headings, or go on after a page."""
        return bool(self.expires or self.status)


class Offices:
    """Gathers the offices of the roster, and what is wrong or odd in it."""

    def __init__(self, as_of: date, today: date) -> None:
        self.faults: list[str] = []
        self.doubts: list[str] = []
        self.addresses = 0
        self._rows: list[Row] = []
        self._as_of = as_of
        self._today = today
        self._postal = _PostalService()
        # The organization whose offices are being read, and the last of them.
        self._where = ""
        self._name = ""
        self._concern = ""
        self._is_left_out = False
        self._lines: list[str] = []
        self._office: Row | None = None

    def take(self, entry: Entry) -> None:
        """Take the next row."""
        lines = [" ".join(line.split()) for line in entry.organization.splitlines()]
        lines = [line for line in lines if line]
        if entry.is_whole:
            self.finish()
            self._where = entry.where
            self._judge(entry)
            # A row without text goes on about the office above it.
            self._office = None if lines else self._office
        elif not (self._lines or any(map(_is_of_an_office, lines)) or _begins_with_phone(lines)):
            return  # the name of a state or a city
        self._lines += lines
        self._take_offices()

    def finish(self) -> None:
        """End an organization: what is left over is not an office."""
        if self._lines and (self._office is None or any(map(_LABEL.search, self._lines))):
            self._fault("expected an address that ends like Laramie, WY 82070")
        elif self._lines:
            self.doubts.append(f"{self._where}: what stands below the address was not read")
        self._lines = []

    def unique(self) -> tuple[Row, ...]:
        """Return the offices, each once."""
        return tuple({tuple(row.values()): row for row in self._rows}.values())

    def _judge(self, entry: Entry) -> None:
        """Note how the recognition stands."""
        status, expires = " ".join(entry.status.split()), _DATE.search(entry.expires)
        is_pending = "*" in entry.expires or "pending" in f"{entry.expires}{status}".casefold()
        day = _day(expires)
        self._concern, self._is_left_out = "", False
        if not status or day is None:
            self._fault(
                "expected a Recognition Expiration Date such as 02/09/24, "
                "and an Organization Status such as Active"
            )
            self._is_left_out = True
        elif not status.casefold().startswith("active"):
            self._concern = f"its status is {status}, so it is left out"
            self._is_left_out = True
        elif day < self._today and not is_pending:
            self._concern = f"its recognition expired on {day}"

    def _take_offices(self) -> None:
        """Take every office whose address is there; what is left may go on on the next page."""
        if self._office:
            self._take_phone(self._office)
        while ends := [at for at, line in enumerate(self._lines) if _ADDRESS.search(line)]:
            block, self._lines = self._lines[: ends[0] + 1], self._lines[ends[0] + 1 :]
            self._take_office(block)

    def _take_office(self, block: list[str]) -> None:
        self.addresses += 1
        address = _ADDRESS.search(block[-1])
        label = next((at for at, line in enumerate(block) if _LABEL.search(line)), None)
        if address is None or label is None:
            self._fault("expected Principal Office or Extension Office above the address")
            return
        # Further offices of an organization may stand without its name.
        self._name = " ".join(block[:label]) or self._name
        if not self._name:
            self._fault("expected the name of an organization above its office")
            return
        self._office = {
            "name": self._name,
            "city": address["city"],
            "state": regex.sub(r"\W", "", address["state"]),
            "zip": address["zip"],
            "phone": "",
            "kind": "recognized",
            "source": _SOURCE,
            "source_date": self._as_of.isoformat(),
        }
        self._take_phone(self._office)
        concerns = [self._concern]
        if not self._is_left_out:
            self._rows.append(self._office)
            concerns.append(self._postal.concern(self._office))
        for concern in filter(None, concerns):
            self._doubt(self._office, concern)

    def _take_phone(self, office: Row) -> None:
        if not _begins_with_phone(self._lines):
            return
        if found := _PHONE.fullmatch(self._lines.pop(0)):
            office["phone"] = office["phone"] or "-".join(found.groups())
        else:
            self._doubt(office, "its telephone number cannot be one, so it is left out")

    def _fault(self, message: str) -> None:
        self.faults.append(f"{self._where}: {message}")

    def _doubt(self, office: Row, concern: str) -> None:
        title = f"{office['state']} {office['city']}, {office['name']}"
        self.doubts.append(f"{self._where}: {title}: {concern}")


class _PostalService:
    """Knows which ZIP codes there are, and what lies in them."""

    def __init__(self) -> None:
        entries = zipcodes.list_all()  # type: ignore[no-untyped-call]
        self._codes = {entry["zip_code"]: entry for entry in entries if entry["active"]}

    def concern(self, office: Row) -> str:
        """Return what does not fit in an address, if anything."""
        code, city, state = office["zip"], office["city"], office["state"]
        there = self._codes.get(code)
        if there is None:
            return f"there is no ZIP code {code}"
        if there["state"] != state:
            return f"ZIP code {code} is in {there['state']}"
        cities = (there["city"], *there["acceptable_cities"], *there["unacceptable_cities"])
        if _plain(city) not in map(_plain, cities):
            return f"ZIP code {code} is in {there['city']}"
        return ""


def _is_of_an_office(line: str) -> bool:
    return bool(_LABEL.search(line) or _ADDRESS.search(line))


def _begins_with_phone(lines: Sequence[str]) -> bool:
    return bool(lines and (_PHONE.fullmatch(lines[0]) or _NEARLY_PHONE.fullmatch(lines[0])))


def _day(found: "regex.Match[str] | None") -> date | None:
    try:
        month, day, year = map(int, found.groups()) if found else (0, 0, 0)
        return date(2000 + year, month, day)
    except ValueError:
        return None


def _plain(city: str) -> str:
    return " ".join(_SHORT.get(word, word) for word in folded(city).split())
