"""The words of STOP, START, HELP and the other commands in every language, as a page to read."""

from collections.abc import Iterator

from bot.languages import Command, LanguageList, LanguageProfile

# Twilio itself obeys these in English on most numbers, and a carrier's rules ask for a list.
OF_THE_CARRIER = (Command.STOP, Command.START, Command.HELP)

_HEAD = """\
# The command words of every language

Made from `content/languages.toml` by `flask --app wsgi content words`; a test says when it is old.

A command is a whole message: "stop" is one, "how do I stop a deportation" is a question. Capitals,
accents and signs do not matter; a polite word may stand beside it, and a greeting before it. In
Chinese no space is needed anywhere. English words are understood in every conversation and never
change its language; of another language a word that calls for help changes it, and so do several
words. The first word of each list is the one that our texts show, in capitals and without accents.
"""


def word_list(languages: LanguageList) -> str:
    """Return the page, in Markdown."""
    parts = (
        _HEAD,
        *(_of_all(languages, command) for command in OF_THE_CARRIER),
        _others(languages),
    )
    return "\n".join(parts)


def _of_all(languages: LanguageList, command: Command) -> str:
    rows = "".join(
        f"| {profile.name} (`{profile.tag}`) | {', '.join(_words(profile, command))} |\n"
        for profile in languages
    )
    return f"## {command.upper()}\n\n| language | words |\n| --- | --- |\n{rows}"


def _others(languages: LanguageList) -> str:
    """Return the word that is shown for each of the other commands."""
    commands = [
        one
        for one in Command
        if one not in OF_THE_CARRIER and all(_words(profile, one) for profile in languages)
    ]
    return "\n".join(
        ("## The others, by the word that stands for each", "", *_rows(languages, commands), "")
    )


def _rows(languages: LanguageList, commands: list[Command]) -> Iterator[str]:
    yield f"| language | {' | '.join(commands)} |"
    yield f"| --- |{' --- |' * len(commands)}"
    for profile in languages:
        yield f"| {profile.name} | {' | '.join(_words(profile, one)[0] for one in commands)} |"


def _words(profile: LanguageProfile, command: Command) -> tuple[str, ...]:
    return profile.commands.get(command, ())
