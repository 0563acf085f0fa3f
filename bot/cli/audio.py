"""flask audio build | list: record what is said where a language has no machine voice."""

from collections.abc import Iterator
from pathlib import Path

import click
from flask.cli import AppGroup

from bot.files import Fault, written_whole
from bot.languages import Language, LanguageProfile
from bot.line import Tools
from bot.voice.espeak import CannotSpeakError, ESpeak
from bot.voice.inventory import Inventory, Wording
from bot.voice.recordings import Recordings, is_human


def audio_commands(tools: Tools) -> click.Group:
    """Return the commands for recordings."""
    audio = AppGroup("audio", help="Record what is said where a language has no machine voice.")
    inventory = inventory_of(tools)

    @audio.command("build")
    @click.option("--language", help="Only this one.")
    def build(language: Language | None) -> None:
        """Make the recordings that are missing, and remove those that are stale."""
        if not inventory.recorded():
            click.echo("No language of content/languages.toml is recorded.")
        for tag in [_recorded(inventory, language)] if language else inventory.recorded():
            try:
                _build(inventory, recordings_of(tools), tag)
            except CannotSpeakError as error:
                raise click.ClickException(str(error)) from None

    @audio.command("list")
    @click.option("--language", required=True)
    def show(language: Language) -> None:
        """Show what to say in which file, for whoever speaks it in place of the machine."""
        for one in inventory.wordings(_recorded(inventory, language)):
            click.echo(f"{one.file}\t{one.utterance.text}")

    return audio


def recording_faults(tools: Tools) -> Iterator[Fault]:
    """Yield every recording that is missing, stale or broken."""
    return inventory_of(tools).faults(recordings_of(tools))


def inventory_of(tools: Tools) -> Inventory:
    """Return what can be said by telephone."""
    return Inventory(tools.handbook, tools.languages, tools.phone.dialogue, tools.phone.speaker)


def recordings_of(tools: Tools) -> Recordings:
    """Return what is recorded now."""
    return Recordings(tools.content / "audio")


def _recorded(inventory: Inventory, language: Language) -> Language:
    if language in inventory.recorded():
        return language
    message = f"content/languages.toml does not say that {language!r} is recorded"
    raise click.BadParameter(message, param_hint="--language")


def _build(inventory: Inventory, recordings: Recordings, language: Language) -> None:
    folder = recordings.folder / language
    missing = inventory.missing(recordings, language)
    if missing:
        _make(missing, folder, inventory.languages.profile(language))
    stale = inventory.stale(recordings, language)
    for path in stale:
        if is_human(path):
            click.echo(f"{path} says what is not said any more; a person has to speak it anew.")
        else:
            path.unlink()
    removed = sum(not is_human(path) for path in stale)
    click.echo(f"{language}: {len(missing)} made, {removed} removed.")


def _make(missing: tuple[Wording, ...], folder: Path, profile: LanguageProfile) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    says = profile.voice.says if profile.voice else {}
    voice = ESpeak({profile.tag: says})
    with click.progressbar(missing, label=f"Recording {profile.tag}") as wordings:
        for one in wordings:
            sound = voice.recording(one.utterance)
            with written_whole(folder / one.file) as file:
                file.write(sound)
