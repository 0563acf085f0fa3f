"""How a transcript is compared with what was said, by text and by telephone."""

import json
from collections.abc import Iterable, Mapping

from bot.trends.observation import Observation
from tests.support.line import TODAY


def agree(told: list[str], heard: list[str]) -> bool:
    """Whether lines are what the transcript tells; "…" stands for what is not looked at."""
    if told and told[-1] == "…":
        told = told[:-1]
        heard = heard[: len(told)]
    return len(told) == len(heard) and all(map(_same, told, heard))


def _same(told: str, heard: str) -> bool:
    return heard.startswith(told[:-1]) if told.endswith("…") else told == heard


def counts_as(told: str, observation: Observation | None) -> bool:
    """Whether what is counted is what the transcript tells; "… outcome" leaves the topic open."""
    counted = f"{observation.topic} {observation.outcome}" if observation else ""
    return counted.endswith(told[1:]) if told.startswith("…") else told == counted


def listed(lines: Iterable[str]) -> str:
    """Return lines as they would stand in a transcript."""
    return "".join(f'\n  "{line}",' for line in lines)


def a_notice(text: Mapping[str, str], languages: Iterable[str]) -> str:
    """Return a notice.toml that is on today; what a transcript does not word says its language."""
    every = {**{tag: f"({tag})" for tag in languages}, **text}
    words = "".join(f"{tag} = {json.dumps(said)}\n" for tag, said in every.items())
    return f"on = true\nexpires = {TODAY}\n[text]\n{words}"
