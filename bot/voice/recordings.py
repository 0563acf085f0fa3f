"""Recordings, where a language has no machine voice: found by the digest of what they say."""

import wave
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from bot.handbook.topics import Digest
from bot.languages import Language
from bot.voice.speech import Utterance

# The folder of what people have spoken, beside what a machine has.
PEOPLE = "human"


def digest_of(text: str) -> Digest:
    """Name a wording: another word, and it is another recording."""
    return Digest(sha256(text.encode()).hexdigest()[:12])


def digest_in(path: Path) -> Digest:
    """Return the digest of what a recording says, from its name."""
    return Digest(path.stem.rpartition(".")[2])


def is_human(path: Path) -> bool:
    """Whether a person speaks in a recording."""
    return path.parent.name == PEOPLE


def can_be_played(path: Path) -> bool:
    """Whether the carrier plays a file: a WAV that is not compressed, and whole."""
    try:
        with wave.open(str(path), "rb") as sound:
            frame = sound.getnchannels() * sound.getsampwidth()
            return 0 < sound.getnframes() * frame <= path.stat().st_size
    except (wave.Error, EOFError):
        return False


class Recordings:
    """Knows which recordings there are, below `content/audio/<language>/`.

    A file is named by what it says and the digest of its wording: `ice-at-door-1.0f3a….wav`. One in
    the folder `human` wins over one that was made by machine.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._found = (*sorted(folder.glob("*/*.wav")), *sorted(folder.glob(f"*/{PEOPLE}/*.wav")))
        self._paths: dict[tuple[str, str], Path] = {
            (self._language(path), digest_in(path)): path for path in self._found
        }

    def find(self, text: str, language: Language) -> Path | None:
        """Return the recording of these very words."""
        return self._paths.get((language, digest_of(text)))

    def of(self, language: Language) -> Iterator[Path]:
        """Yield every recording of a language."""
        return (path for path in self._found if self._language(path) == language)

    def address(self, utterance: Utterance) -> str | None:
        """Return where the carrier fetches what an utterance says; None if it is not recorded."""
        if self.find(utterance.text, utterance.language) is None:
            return None
        return f"/audio/{utterance.language}/{digest_of(utterance.text)}.wav"

    def read(self, language: str, digest: str) -> Path | None:
        """Return the file behind an address."""
        return self._paths.get((language, digest))

    def _language(self, path: Path) -> str:
        return path.relative_to(self.folder).parts[0]
