"""Recordings, where a language has no machine voice: found by the digest of what they say."""

from hashlib import sha256
from pathlib import Path

from bot.handbook.topics import Digest
from bot.languages import Language
from bot.voice.speech import Utterance


def digest_of(text: str) -> Digest:
    """Name a wording: another word, and it is another recording."""
    return Digest(sha256(text.encode()).hexdigest()[:12])


class Recordings:
    """Knows which recordings there are, below `content/audio/<language>/`.

    A file is named by what it says and the digest of its wording: `ice-at-door-1.0f3a….wav`. One in
    the folder `human` wins over one that was made by machine.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        found = sorted(folder.glob("*/*.wav")) + sorted(folder.glob("*/human/*.wav"))
        self._paths = {
            (path.relative_to(folder).parts[0], path.stem.rpartition(".")[2]): path
            for path in found
        }

    def find(self, text: str, language: Language) -> Path | None:
        """Return the recording of these very words."""
        return self._paths.get((language, digest_of(text)))

    def address(self, utterance: Utterance) -> str | None:
        """Return where the carrier fetches what an utterance says; None if it is not recorded."""
        if self.find(utterance.text, utterance.language) is None:
            return None
        return f"/audio/{utterance.language}/{digest_of(utterance.text)}.wav"

    def read(self, language: str, digest: str) -> Path | None:
        """Return the file behind an address."""
        return self._paths.get((language, digest))
