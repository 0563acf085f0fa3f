"""A telephone in the terminal: what a person sees or hears, and what is behind it."""

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


@dataclass(frozen=True, slots=True)
class Spoken:
    """One step of a call: who says what, what follows, and where the call is then."""

    said: tuple[tuple[str, str], ...]  # the voice, and its words
    then: str
    address: str
    dials: bool = False  # then the next line tells how the transfer ended


def ring(
    lines: Iterable[str],
    step: Callable[[Spoken | None, str], Spoken],
    show: Callable[[str], None] = click.echo,
) -> None:
    """Play a call: each line is a key, words, or nothing at all, which is silence."""
    spoken = step(None, "")
    _show(spoken, show)
    for line in lines:
        if not spoken.address:
            return
        spoken = step(spoken, line.rstrip("\n"))
        _show(spoken, show)


def _show(spoken: Spoken, show: Callable[[str], None]) -> None:
    for voice, words in spoken.said:
        show(f"{words} {_grey(voice)}")
    show(_grey(f"  {spoken.then} · {spoken.address}\n"))


def _understood(seen: Recognition) -> str:
    best = ", ".join(f"{one.topic} {one.confidence:.2f}" for one in seen.topics[:3])
    return f"{seen.language} {seen.language_confidence:.2f} · {best} · {seen.decision}"


def _counted(observation: Observation | None) -> str:
    if observation is None:
        return "nothing"
    return f"{observation.topic}, {observation.language}, {observation.outcome}"


def _grey(text: str) -> str:
    return click.style(text, dim=True)
