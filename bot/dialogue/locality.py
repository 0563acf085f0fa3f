"""What is known of the place where a caller is: the state's law, 287(g) agreements, detention."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.counsel.detention import Facilities
from bot.counsel.places import Place, ZipCode
from bot.counsel.policy import Agreement, LocalPolicy, Policies, StateLaw
from bot.dialogue.reply import Line, Phrase
from bot.handbook import phrases
from bot.handbook.topics import TopicId
from bot.languages import Language

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
    # No lawyer signs what is told of a place: it is withheld where only signed texts are served.
    is_told: bool = True

    def matters_for(self, topic: TopicId | None) -> bool:
        """Whether the answer on a topic depends on the place."""
        return self.is_told and (topic in POLICY or topic == DETENTION)

    def lines(
        self, topic: TopicId, place: Place, zip_code: ZipCode, language: Language
    ) -> Iterator[Line]:
        """Yield what a topic's answer says of a place."""
        if topic == DETENTION:
            yield from self._detention(place, zip_code, language)
        else:
            yield from _policy(self.policies.of(place), language)

    def _detention(self, place: Place, zip_code: ZipCode, language: Language) -> Iterator[Line]:
        near = self.facilities.nearest(place)
        if near:
            values = {"zip_code": zip_code.digits}
            yield Phrase(phrases.FACILITIES, language, values)
        for one in near:
            facility = {
                "name": one.facility.name,
                "city": one.facility.city,
                "state": one.facility.state,
                "miles": str(max(1, round(one.miles))),
            }
            yield Phrase(phrases.FACILITY, language, facility)


def _policy(policy: LocalPolicy, language: Language) -> Iterator[Line]:
    yield _law(policy.law, policy.place, language)
    listed = {"date": policy.listed_on.isoformat(), "county": policy.place.county}
    if policy.agreements:
        yield Phrase(phrases.AGREEMENTS, language, listed)
        yield from (_agreement(one, language) for one in policy.agreements[:AGREEMENTS_IN_A_TEXT])
        if more := len(policy.agreements) - AGREEMENTS_IN_A_TEXT:
            values = {"count": str(more)}
            yield from (Phrase(phrases.AGREEMENTS_MORE, language, values),) if more > 0 else ()
    elif policy.place.county:
        yield Phrase(phrases.NO_AGREEMENT, language, listed)
    if policy.agreements or policy.place.county:
        yield Phrase(phrases.POLICY_CREDIT, language)


def _law(law: StateLaw | None, place: Place, language: Language) -> Phrase:
    """Say a state's law as what has been, never as the law today; a doubtful one is not said."""
    if law is None or not law.may_be_told:
        name = law.name if law else place.state
        return Phrase(phrases.STATE_UNSURE, language, {"state": name})
    if law.posture == "none":
        return Phrase(phrases.STATE_SILENT, language, {"state": law.name})
    values = {"state": law.name, "law": law.law, "year": law.year}
    return Phrase(_POSTURES[law.posture], language, values)


def _agreement(agreement: Agreement, language: Language) -> Phrase:
    return Phrase(_MODELS[agreement.model], language, {"agency": agreement.agency})
