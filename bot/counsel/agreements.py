"""What the rows of ICE's workbook say of 287(g) agreements.

ICE leaves the county of many agencies out, or mistypes it. What our table knows of an agency, it
knows better than the list: where its agreement holds, and what kind of agency it is.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import zipcodes

from bot.counsel.importing import Reading, Row, Terms, folded
from bot.counsel.policy import county_key

AGREEMENTS = Terms(
    columns=(
        *("state", "county", "county_fips", "agency", "agency_type"),
        *("model", "signed", "status", "source", "source_date"),
    ),
    owns={"status": "active"},
    alike=(("state", "agency", "model", "county"), ("state", "agency", "model")),
    delicate={},
    order=("state", "county", "agency", "model", "signed"),
    title="{state} {agency}, {county}: {model}",
)

_MODELS = {
    "jail enforcement model": "JEM",
    "warrant service officer": "WSO",
    "warrant service officer model": "WSO",
    "task force model": "TFM",
}
_TYPES = {
    "state agency": "state",
    "state": "state",
    "county": "county",
    "municipality": "municipality",
    "judicial district": "district",
}
_OURS = "; county: ours"
_DAY = re.compile(r"(\d{1,4})[/-](\d{1,2})[/-](\d{1,4})(?: 00:00:00)?")
# In a cell without the format of a date, Excel counts days; these are from 1995 to 2064.
_FIRST_DAY = date(1899, 12, 30)
_SERIAL_DAYS = range(35_000, 60_000)


class Agreements:
    """Gathers the agreements of a workbook, and what is wrong or odd in it."""

    def __init__(self, as_of: date, states: Mapping[str, str], table: Iterable[Row]) -> None:
        self._as_of = as_of
        self._states = states
        self._rows: dict[tuple[str, ...], Row] = {}
        self._faults: list[str] = []
        self._doubts: list[str] = []
        self._known: dict[tuple[str, str], list[Row]] = defaultdict(list)
        self._fips: dict[tuple[str, str], str] = {}
        entries = zipcodes.list_all()  # type: ignore[no-untyped-call]
        self._counties = {
            (state, county_key(county)): county
            for state, county in sorted({(one["state"], one["county"]) for one in entries})
        }
        for row in table:
            county = row["state"], county_key(row["county"])
            self._known[row["state"], folded(row["agency"])].append(row)
            self._counties[county] = row["county"]
            self._fips[county] = row["county_fips"] or self._fips.get(county, "")

    def take(self, number: int, cells: dict[str, str]) -> None:
        """Take a row of the sheet."""
        state = self._states.get(folded(cells["STATE"]).removeprefix("commonwealth of the "), "")
        model = _MODELS.get(folded(cells["SUPPORT TYPE"]), "")
        agency, signed = cells["LAW ENFORCEMENT AGENCY"], _day(cells["SIGNED"])
        wrong = [
            f"{column} such as {example}"
            for column, example, value in (
                ("a STATE", "ALABAMA", state),
                ("a LAW ENFORCEMENT AGENCY", "Autauga County Sheriff's Office", agency),
                ("a SUPPORT TYPE", "Jail Enforcement Model", model),
                ("a day in SIGNED", "3/17/2025", signed),
            )
            if not value
        ]
        if wrong or signed is None:
            self._faults.append(f"row {number}: expected {', and '.join(wrong)}")
            return
        row = {
            "state": state,
            "agency": agency,
            "model": model,
            "signed": signed.isoformat(),
            "status": "active",
            "source": f"ICE list of {self._as_of}",
            "source_date": self._as_of.isoformat(),
        }
        if signed > self._as_of:
            self._doubts.append(f"row {number}: {state} {agency}: signed after the day of the list")
        for place in self._places(number, row, cells):
            self._keep(number, row | place)

    def reading(self) -> Reading:
        """Return what was read."""
        return Reading(
            as_of=self._as_of,
            rows=tuple(self._rows.values()),
            faults=tuple(self._faults),
            doubts=tuple(self._doubts),
        )

    def _keep(self, number: int, row: Row) -> None:
        key = (row["state"], folded(row["agency"]), row["model"], county_key(row["county"]))
        other = self._rows.setdefault(key, row)
        if other is not row:
            self._doubts.append(f"row {number}: {AGREEMENTS.titled(row)}: stands there twice")
            other["signed"] = max(other["signed"], row["signed"])

    def _places(self, number: int, row: Row, cells: dict[str, str]) -> list[Row]:
        """Return where an agreement holds: once for each county of a district."""
        state, agency, listed = row["state"], row["agency"], cells["COUNTY"]
        known = self._known[state, folded(agency)]
        county = self._counties.get((state, county_key(listed)), "")
        kind = _kind(known, cells.get("TYPE", ""))
        if kind == "state":
            if not known:
                self._doubts.append(
                    f"row {number}: {state} {agency}: new, and of the state; "
                    "does its agreement hold in the whole state?"
                )
            return [{"county": "", "county_fips": "", "agency_type": kind}]
        ours = {one["county"] for one in known if one["source"].endswith(_OURS)}
        if ours:
            if county and county_key(county) not in map(county_key, ours):
                self._doubts.append(
                    f"row {number}: {state} {agency}: the list says {county}, "
                    f"and we keep {', '.join(sorted(ours))}"
                )
            return [self._place(row, one, kind, _OURS) for one in sorted(ours)]
        if county:
            return [self._place(row, county, kind)]
        if named := self._county_named_in(state, agency):
            return [self._place(row, named, kind, _OURS)]
        self._faults.append(
            f"row {number}: {state} {agency}: expected a COUNTY of {state}. Add a row for the "
            f"agency, with its county and a source that ends in '{_OURS}', to the table"
        )
        return []

    def _place(self, row: Row, county: str, kind: str, note: str = "") -> Row:
        place = {"county": county, "agency_type": kind, "source": row["source"] + note}
        fips = self._fips.get((row["state"], county_key(county)), "")
        return place | {"county_fips": fips}

    def _county_named_in(self, state: str, agency: str) -> str:
        """Return the county whose name an agency bears, as most sheriffs' offices do."""
        found = re.match(r"(.+? (?:County|Parish|Borough))\b", agency, re.IGNORECASE)
        return self._counties.get((state, county_key(found[1])), "") if found else ""


def _kind(known: Iterable[Row], listed: str) -> str:
    """Return what kind of agency it is; none of the whole state where we know its county."""
    kinds = [row["agency_type"] for row in known if row["agency_type"]]
    kind = _TYPES.get(folded(listed), "")
    if kind == "state" and any(row["county"] for row in known):
        kind = ""
    return kinds[0] if kinds else kind


def _day(text: str) -> date | None:
    """Read a day as Excel keeps it, or as people type it in the United States."""
    if text.isdecimal() and int(text) in _SERIAL_DAYS:
        return _FIRST_DAY + timedelta(days=int(text))
    found = _DAY.fullmatch(text)
    if not found:
        return None
    first, second, third = map(int, found.groups())
    if len(found[1]) == len("2025"):
        year, month, day = first, second, third
    else:
        month, day, year = first, second, third if third > 99 else 2000 + third  # noqa: PLR2004
    try:
        return date(year, month, day)
    except ValueError:
        return None
