"""A telephone in the terminal: the conversation as the person sees it, and what it cost."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import click

from bot.dialogue.conversation import Conversation
from bot.dialogue.reply import Turn
from bot.trends.observation import Observation
from bot.understanding.recognition import Recognition


@dataclass(frozen=True, slots=True)
class Exchange:
    """One message and its reply, with what they cost and how the message was understood."""

    turn: Turn
    texts: tuple[str, ...]
    costs: tuple[str, ...]
    seen: Recognition


def talk(
    lines: Iterable[str],
    exchange: Callable[[Conversation, str], Exchange],
    show: Callable[[str], None] = click.echo,
) -> None:
    """Answer line after line, until there are no more."""
    conversation = Conversation()
    for line in lines:
        said = exchange(conversation, line.rstrip("\n"))
        conversation = said.turn.conversation
        for text, cost in zip(said.texts, said.costs, strict=True):
            show(text)
            show(_grey(f"  {cost}"))
        show(_grey(f"  {_understood(said.seen)} · counts {_counted(said.turn.observation)}\n"))


def _understood(seen: Recognition) -> str:
    best = ", ".join(f"{one.topic} {one.confidence:.2f}" for one in seen.topics[:3])
    return f"{seen.language} {seen.language_confidence:.2f} · {best} · {seen.decision}"


def _counted(observation: Observation | None) -> str:
    if observation is None:
        return "nothing"
    return f"{observation.topic}, {observation.language}, {observation.outcome}"


def _grey(text: str) -> str:
    return click.style(text, dim=True)
