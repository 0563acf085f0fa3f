"""flask counsel near ZIP: who can help near a place, and what the law is there."""

import json
from dataclasses import asdict, dataclass
from typing import Any

import click

from bot.cli.tools import Tools
from bot.counsel.places import Place, ZipCode
from bot.dialogue.reply import Reply
from bot.handbook.topics import FIND_LAWYER, TopicId
from bot.languages import ENGLISH, Language
from bot.sms.pages import WHATSAPP

LOCAL_POLICE = TopicId("local-police-ice")


def near_command(tools: Tools) -> click.Command:
    """Return the command that looks a place up."""

    @click.command("near")
    @click.argument("zip_code", metavar="ZIP")
    @click.option("--language", type=click.Choice(tools.languages.tags()), default=ENGLISH)
    @click.option("--json", "as_json", is_flag=True)
    def near(zip_code: str, language: Language, *, as_json: bool) -> None:
        """Show the offices near a ZIP code by distance, the hotlines and the local policy."""
        found = ZipCode.find_in(zip_code)
        place = tools.directory.place(found) if found else None
        if found is None or place is None:
            message = f"{zip_code}: there is no such ZIP code; write five digits, such as 77002"
            raise click.ClickException(message)
        known = _known(tools, place, language)
        if as_json:
            told = {"zip": found.digits, **asdict(known)}
            click.echo(json.dumps(told, ensure_ascii=False, default=str))
            return
        click.echo(f"{found.digits}: {place.city}, {place.county or 'no county'}, {place.state}")
        for office in known.offices:
            click.echo("{name}, {city}, {state}, {miles} mi: {phone}".format(**office))
        for hotline in known.hotlines:
            click.echo("{name}: {reach}".format(**hotline))
        for line in _policy(tools, place, found, language):
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
        offices=[
            {**one.provider.model_dump(), "miles": round(one.miles, 1)}
            for one in tools.directory.near(place)
        ],
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


def _policy(tools: Tools, place: Place, zip_code: ZipCode, language: Language) -> tuple[str, ...]:
    lines = tools.locality.lines(LOCAL_POLICE, place, zip_code, language)
    return tools.printer.messages(Reply(tuple(lines)), WHATSAPP)
