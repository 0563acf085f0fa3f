"""Where a learned recognizer is kept until its examples, or the way it learns, change."""

import json
import os
from dataclasses import astuple
from hashlib import sha256
from pathlib import Path

import numpy as np

from bot.handbook.topics import TopicId
from bot.languages import Language
from bot.understanding.calibration import Bands
from bot.understanding.classifier import Weighing
from bot.understanding.model import LearnedRecognizer, learn
from bot.understanding.questions import Examples
from bot.understanding.tongues import Tongues


def kept_recognizer(
    examples: Examples, offered: tuple[Language, ...], folder: Path
) -> LearnedRecognizer:
    """Return the recognizer for these examples: from the shelf, or learned now and put there."""
    path = folder / f"recognizer-{_digest(examples, offered)}.npz"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        _put(learn(examples, offered), path)
    return _take(path)


def _digest(examples: Examples, offered: tuple[Language, ...]) -> str:
    """Name the examples and the code that learns from them."""
    named = sha256(repr((examples, offered)).encode("utf-8", "surrogatepass"))
    for module in sorted(Path(__file__).parent.glob("*.py")):
        named.update(module.read_bytes())
    return named.hexdigest()[:16]


def _put(recognizer: LearnedRecognizer, path: Path) -> None:
    """Write in one step, so that a worker that starts beside us never reads half a file."""
    unfinished = path.with_suffix(f".{os.getpid()}.npz")
    names = {
        "topics": recognizer.topics,
        "languages": recognizer.tongues.languages,
        "bands": astuple(recognizer.bands),
    }
    np.savez(
        unfinished,
        names=np.array(json.dumps(names)),
        rarity=recognizer.weighing.rarity,
        weights=recognizer.weights,
        evidence=recognizer.tongues.evidence,
        odds=recognizer.tongues.odds,
    )
    unfinished.replace(path)


def _take(path: Path) -> LearnedRecognizer:
    with np.load(path, allow_pickle=False) as kept:
        names = json.loads(str(kept["names"]))
        return LearnedRecognizer(
            topics=tuple(map(TopicId, names["topics"])),
            weighing=Weighing(kept["rarity"]),
            weights=kept["weights"],
            bands=Bands(*names["bands"]),
            tongues=Tongues(
                tuple(map(Language, names["languages"])), kept["evidence"], kept["odds"]
            ),
        )
