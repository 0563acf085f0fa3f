"""flask counsel near PLACE: who can help there, what the law is, and who says so."""

import json
from dataclasses import asdict, dataclass
from typing import Any

import click

from bot.counsel.directory import Office
from bot.counsel.places import Place, StateCode, Where, ZipCode
from bot.dialogue.conversation import Conversation, InboundMessage
from bot.handbook.topics import FIND_LAWYER, TopicId
from bot.languages import ENGLISH, Language
from bot.line import Tools
from bot.sms.pages import WHATSAPP
from bot.trends.observation import Channel

LOCAL_POLICE = TopicId("local-police-ice")


def near_command(tools: Tools) -> click.Command:
    """Return the command that looks a place up."""

    @click.command("near")
    @click.argument("place", metavar="ZIP")
    @click.option("--language", type=click.Choice(tools.languages.tags()), default=ENGLISH)
    @click.option("--json", "as_json", is_flag=True)
    def near(place: str, language: Language, *, as_json: bool) -> None:
        """Show the offices near a ZIP code (or of a state, as TX), the hotlines and the law."""
        where = ZipCode.find_in(place) or StateCode(place.upper())
        found = tools.directory.place(where)
        if found is None:
            for message in _told(tools, Conversation(language), place):
                click.echo(message, err=True)
            mend = "write five digits, such as 77002, or two letters of a state"
            message = f"{place}: there is no such ZIP code; {mend}"
            raise click.ClickException(message)
        known = _known(tools, found, language)
        if as_json:
            told = {"zip": getattr(where, "digits", ""), **asdict(known)}
            click.echo(json.dumps(told, ensure_ascii=False, default=str))
            return
        for line in _lines(tools, where, found, known, language):
            click.echo(line)

    return near


@dataclass(frozen=True, slots=True)
class _Known:
    place: dict[str, Any]
    offices: list[dict[str, Any]]
    hotlines: list[dict[str, Any]]
    policy: dict[str, Any]


def _known(tools: Tools, place: Place, language: Language) -> _Known:
    policy = tools.locality.policies.of(place)
    return _Known(
        place=asdict(place),
        offices=[_office(tools, one) for one in tools.directory.found(place).offices],
        hotlines=[
            {"name": one.named_in(language), "reach": one.reach, "run_by": one.run_by}
            for one in tools.hotlines.named(tools.handbook.topics[FIND_LAWYER].hotlines)
        ],
        policy={
            "law": policy.law.model_dump() if policy.law else None,
            "agreements": [one.model_dump() for one in policy.agreements],
            "listed_on": policy.listed_on,
        },
    )


def _office(tools: Tools, office: Office) -> dict[str, Any]:
    return {
        **office.provider.model_dump(),
        "miles": None if office.miles is None else round(office.miles, 1),
        "call_first": office.provider.is_old(tools.today()),
    }


def _lines(
    tools: Tools, where: Where, place: Place, known: _Known, language: Language
) -> tuple[str, ...]:
    """Return what callers are told, and below it who says so."""
    named = where.digits if isinstance(where, ZipCode) else tools.states.name(where)
    asked = Conversation(language, LOCAL_POLICE)
    sources = {f"{one['name']}: {one['source']}, {one['source_date']}" for one in known.offices}
    law = known.policy["law"]
    return (
        f"{named}: {place.city or 'no town'}, {place.county or 'no county'}, {place.state}",
        "",
        *_told(tools, Conversation(language), named),
        "",
        *_told(tools, asked, named),
        "",
        *sorted(sources),
        *((f"{law['name']}: {law['source']}, {law['seen'] or 'undated'}",) if law else ()),
    )


def _told(tools: Tools, conversation: Conversation, text: str) -> tuple[str, ...]:
    message = InboundMessage(Channel.SMS, text)
    reply = tools.dialogue.respond(conversation, message).reply
    return tools.printer.messages(reply, WHATSAPP)
