"""What is said of the offices near a place: in one text, or by telephone one at a time."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from bot.counsel.directory import REACH_IN_MILES, Directory, Found, Office
from bot.counsel.places import Place, Where, ZipCode
from bot.counsel.states import States
from bot.dialogue.answers import Answers
from bot.dialogue.reply import Line, Phrase, Reply
from bot.handbook import phrases
from bot.handbook.topics import FIND_LAWYER
from bot.languages import Language
from bot.trends.observation import Channel

LINES_BY_PHONE = 2
# As many offices as so many segments hold, in the language of the text; but these in any language:
# an alphabet that costs more is no reason to help less.
SEGMENTS, OFFICES_AT_LEAST = 3, 2


@dataclass(frozen=True, slots=True)
class Offices:
    """Writes the lines on offices."""

    answers: Answers
    directory: Directory
    states: States
    segments: Callable[[Reply], int]
    today: Callable[[], date]

    def lines(self, where: Where, place: Place, language: Language) -> tuple[Line, ...]:
        """Return the offices of a place, as a text: as many as fit.

        Where none is near, legal aid and the nearest ones are told, whatever it costs.
        """
        found = self.directory.found(place)
        before = tuple(self._before(found, where, place, language, Channel.SMS))
        shown = len(found.offices)
        fewest = OFFICES_AT_LEAST if found.are_near or place.is_a_whole_state else shown
        while True:
            told = tuple(self._told(found.offices[:shown], place, language))
            if shown <= fewest or self.segments(Reply((*before, *told))) <= SEGMENTS:
                return (*before, *told)
            shown -= 1

    def _told(
        self, offices: tuple[Office, ...], place: Place, language: Language
    ) -> Iterator[Line]:
        yield from (self._office(one, place, language) for one in offices)
        if any(one.provider.kind == "legal-aid" for one in offices):
            yield Phrase(phrases.LEGAL_AID_LIMITS, language)
        nearer = place.is_a_whole_state and self.states.of(place.state).is_at_home
        yield Phrase(phrases.ASK_ZIP_NEARER if nearer else phrases.AFTER_OFFICES, language)

    def before(self, where: Where, place: Place, language: Language) -> Iterator[Line]:
        """Yield what is said by telephone before the first office."""
        found = self.directory.found(place)
        yield from self._before(found, where, place, language, Channel.VOICE)

    def one_by_one(self, place: Place, language: Language) -> tuple[tuple[Line, ...], ...]:
        """Return what is said of each office by telephone."""
        return tuple(
            tuple(self._spoken(office, place, language))
            for office in self.directory.found(place).offices
        )

    def _before(
        self, found: Found, where: Where, place: Place, language: Language, channel: Channel
    ) -> Iterator[Line]:
        """Yield how near the offices are, or else whom to ring first."""
        state = self.states.of(place.state)
        zip_code = where.digits if isinstance(where, ZipCode) else ""
        values: dict[str, str | Phrase] = {
            "zip_code": zip_code,
            "distance": Phrase(phrases.MILES_IN_WORDS, language, {"miles": str(REACH_IN_MILES)}),
            "state": self.states.name(place.state),
        }
        if found.are_near:
            yield Phrase(phrases.OFFICES, language, values)
            return
        if place.is_a_whole_state and found.offices:
            yield Phrase(phrases.OFFICES_IN_STATE, language, values)
            return
        if state.is_at_home and zip_code:
            yield Phrase(phrases.NO_OFFICE, language, values)
        else:
            yield from outside(state.kind, values, language) if zip_code else ()
            yield Phrase(phrases.NO_OFFICE_THERE, language)
        yield from self.answers.hotlines(
            FIND_LAWYER,
            language,
            channel,
            most=LINES_BY_PHONE,
            zone=place.time_zone,
            phone_first=True,
        )

    def _spoken(self, office: Office, place: Place, language: Language) -> Iterator[Line]:
        yield self._office(office, place, language)
        if office.provider.kind == "legal-aid":
            yield Phrase(phrases.LEGAL_AID_LIMITS, language)

    def _office(self, office: Office, place: Place, language: Language) -> Phrase:
        provider = office.provider
        is_old = provider.is_old(self.today())
        state = self.states.name(provider.state)
        values: dict[str, str | Phrase] = {
            "name": provider.name,
            "city": provider.city if provider.state == place.state else f"{provider.city}, {state}",
            "state": state,
            "phone": provider.phone,
        }
        if office.miles is not None:
            values["distance"] = distance(office.miles, language)
            said = phrases.OFFICE_CALL_FIRST if is_old else phrases.OFFICE
        elif provider.zip:
            said = phrases.OFFICE_IN_STATE_CALL_FIRST if is_old else phrases.OFFICE_IN_STATE
        else:
            said = phrases.LEGAL_AID_CALL_FIRST if is_old else phrases.LEGAL_AID
        return Phrase(said, language, values)


def distance(miles: float, language: Language) -> Phrase:
    """Say how far it is; nothing is nearer than a mile."""
    return Phrase(phrases.MILES, language, {"miles": str(max(1, round(miles)))})


def outside(kind: str, values: Mapping[str, str | Phrase], language: Language) -> Iterator[Line]:
    """Yield where a ZIP code is that lies outside the United States; nothing for one within."""
    if kind == "military":
        yield Phrase(phrases.MILITARY_ZIP, language, values)
    elif kind == "abroad":
        yield Phrase(phrases.ABROAD_ZIP, language, values)
