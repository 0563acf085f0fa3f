"""What is known of the place where a caller is: the state's law, 287(g) agreements, detention."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.counsel.detention import Facilities
from bot.counsel.places import Place, Where, ZipCode
from bot.counsel.policy import Agreement, LocalPolicy, Policies, StateLaw
from bot.counsel.states import States
from bot.dialogue.offices import distance, outside
from bot.dialogue.reply import Line, Phrase
from bot.handbook import phrases
from bot.handbook.locale import day_in
from bot.handbook.topics import TopicId
from bot.languages import Language
from bot.trends.observation import Channel

# Where the answer depends on the place.
POLICY = frozenset(map(TopicId, ("local-police-ice", "detainer-what", "fingerprints")))
DETENTION = TopicId("find-detained")
AGREEMENTS_IN_A_TEXT = 3

_MODELS = {
    "JEM": phrases.AGREEMENT_IN_JAIL,
    "WSO": phrases.AGREEMENT_ON_WARRANTS,
    "TFM": phrases.AGREEMENT_IN_THE_STREET,
}
_POSTURES = {
    "limits": phrases.STATE_LIMITS,
    "mandates": phrases.STATE_MANDATES,
    "mixed": phrases.STATE_MIXED,
}


@dataclass(frozen=True, slots=True)
class Locality:
    """Writes what is known of a place."""

    policies: Policies
    facilities: Facilities
    states: States
    # No lawyer signs what is told of a place: it is withheld where only signed texts are served.
    is_told: bool = True

    def matters_for(self, topic: TopicId | None) -> bool:
        """Whether the answer on a topic depends on the place."""
        return self.is_told and (topic in POLICY or topic == DETENTION)

    def is_known(self, place: Place) -> bool:
        """Whether a place is known as well as can be: a town, in a state or a territory."""
        return not place.is_a_whole_state and self.states.of(place.state).is_at_home

    def lines(
        self, topic: TopicId, place: Place, where: Where, language: Language, channel: Channel
    ) -> Iterator[Line]:
        """Yield what a topic's answer says of a place."""
        state = self.states.of(place.state)
        name = self.states.name(place.state)
        zip_code = where.digits if isinstance(where, ZipCode) else ""
        values = {"zip_code": zip_code, "state": name}
        if zip_code and not state.is_at_home:
            yield from outside(state.kind, values, language)
        elif topic == DETENTION and place.is_a_whole_state:
            yield from self._detention_in(place.state, values, language)
        elif topic == DETENTION:
            yield from self._detention_near(place, values, language)
        else:
            yield from _policy(self.policies.of(place), name, language, channel)

    def _detention_in(
        self, state: str, values: Mapping[str, str], language: Language
    ) -> Iterator[Line]:
        some = self.facilities.in_state(state)
        if some:
            yield Phrase(phrases.FACILITIES_IN_STATE, language, values)
        for one in some:
            facility = {"name": one.name, "city": one.city}
            yield Phrase(phrases.FACILITY_IN_STATE, language, facility)

    def _detention_near(
        self, place: Place, values: Mapping[str, str], language: Language
    ) -> Iterator[Line]:
        near = self.facilities.nearest(place)
        if near:
            yield Phrase(phrases.FACILITIES, language, values)
        for one in near:
            facility: dict[str, str | Phrase] = {
                "name": one.facility.name,
                "city": one.facility.city,
                "state": one.facility.state,
                "distance": distance(one.miles, language),
            }
            yield Phrase(phrases.FACILITY, language, facility)


def _policy(
    policy: LocalPolicy, state: str, language: Language, channel: Channel
) -> Iterator[Line]:
    """Yield the law and the agreements; who published the list is for the eye."""
    yield _law(policy.law, state, language)
    listed = {"date": day_in(language, policy.listed_on), "county": policy.place.county}
    if policy.agreements:
        yield Phrase(phrases.AGREEMENTS, language, listed)
        yield from (_agreement(one, language) for one in policy.agreements[:AGREEMENTS_IN_A_TEXT])
        if more := len(policy.agreements) - AGREEMENTS_IN_A_TEXT:
            values = {"count": str(more)}
            yield from (Phrase(phrases.AGREEMENTS_MORE, language, values),) if more > 0 else ()
    elif policy.place.county:
        yield Phrase(phrases.NO_AGREEMENT, language, listed)
    if channel is not Channel.VOICE and (policy.agreements or policy.place.county):
        yield Phrase(phrases.POLICY_CREDIT, language)


def _law(law: StateLaw | None, state: str, language: Language) -> Phrase:
    """Say a state's law as what has been, never as the law today; a doubtful one is not said."""
    if law is None or not law.may_be_told:
        return Phrase(phrases.STATE_UNSURE, language, {"state": state})
    if law.posture == "none":
        return Phrase(phrases.STATE_SILENT, language, {"state": law.name})
    values = {"state": law.name, "law": law.law, "year": law.year}
    return Phrase(_POSTURES[law.posture], language, values)


def _agreement(agreement: Agreement, language: Language) -> Phrase:
    return Phrase(_MODELS[agreement.model], language, {"agency": agreement.agency})
