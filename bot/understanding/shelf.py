"""Where a learned recognizer is kept until its examples, or the way it learns, change."""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import astuple
from hashlib import sha256
from itertools import chain
from pathlib import Path

import numpy as np

from bot.files import written_whole
from bot.handbook.topics import TopicId
from bot.languages import Language
from bot.understanding.calibration import Bands, Calibration
from bot.understanding.classifier import Weighing
from bot.understanding.learning import learn
from bot.understanding.meanings import Meanings
from bot.understanding.model import LearnedRecognizer
from bot.understanding.questions import Examples
from bot.understanding.tongues import Tongues

# This many recognizers stay on the shelf, of 43 MB each: that of these examples, and earlier ones.
KEPT = 3


def kept_recognizer(
    examples: Examples,
    offered: tuple[Language, ...],
    folder: Path,
    told: Callable[[float], None] = lambda _: None,
) -> LearnedRecognizer:
    """Return the recognizer for these examples: from the shelf, or learned now and put there.

    Which languages a line offers changes nothing of what is learned.
    """
    path = folder / f"recognizer-{_digest(examples)}.npz"
    meanings = Meanings.read()
    if not (path.exists() and _weights(path).exists()):
        folder.mkdir(parents=True, exist_ok=True)
        _put(learn(examples, offered, meanings, told), path)
        _clear_but_the_newest(folder)
    return _take(path, meanings, offered)


def _digest(examples: Examples) -> str:
    """Name the examples, and the code and the vectors that learn from them."""
    fields = chain.from_iterable((one.text, one.topic, one.language) for one in examples.questions)
    told = "\0".join((*fields, repr(examples.samples), repr(examples.asides)))
    named = sha256(told.encode("utf-8", "surrogatepass"))
    here = Path(__file__).parent
    for learned_with in sorted((*here.glob("*.py"), *here.glob("*.npz"))):
        named.update(learned_with.read_bytes())
    return named.hexdigest()[:16]


def _put(recognizer: LearnedRecognizer, path: Path) -> None:
    """Write in steps of one file each: a process that starts beside us never reads half of one."""
    calibration = recognizer.calibration
    names = {
        "topics": recognizer.topics,
        "languages": recognizer.tongues.languages,
        "bands": {tag: astuple(bands) for tag, bands in calibration.languages.items()},
        "others": astuple(calibration.others),
    }
    with written_whole(_weights(path)) as file:
        np.save(file, recognizer.weights)
    with written_whole(path) as file:
        np.savez(
            file,
            names=np.array(json.dumps(names)),
            rarity=recognizer.weighing.rarity,
            evidence=recognizer.tongues.evidence,
        )


def _clear_but_the_newest(folder: Path) -> None:
    """Leave what an operator may still go back to. A process that has read another one keeps it."""
    # What is gone when we look at it, a process beside us has cleared away: it does the rest, too.
    with suppress(FileNotFoundError):
        by_age = sorted(folder.glob("recognizer-*.npz"), key=lambda path: path.stat().st_mtime_ns)
        for old in by_age[:-KEPT]:
            old.unlink()
            _weights(old).unlink(missing_ok=True)


def _weights(path: Path) -> Path:
    """Name the file of the weights: the system reads of it what is asked for, once for all."""
    return path.with_suffix(".npy")


def _take(path: Path, meanings: Meanings, offered: tuple[Language, ...]) -> LearnedRecognizer:
    with np.load(path, allow_pickle=False) as kept:
        names = json.loads(str(kept["names"]))
        bands = {Language(tag): Bands(*one) for tag, one in names["bands"].items()}
        return LearnedRecognizer(
            topics=tuple(map(TopicId, names["topics"])),
            weighing=Weighing(kept["rarity"], meanings),
            weights=np.asarray(np.load(_weights(path), mmap_mode="r")),
            calibration=Calibration(bands, Bands(*names["others"])),
            tongues=Tongues.offering(
                offered, tuple(map(Language, names["languages"])), kept["evidence"]
            ),
        )
