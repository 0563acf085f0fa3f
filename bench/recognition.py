"""What it costs to understand: time for a text, and the memory that a worker holds for it."""

import json
import sys
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from bench.apart import measured_apart
from bench.parts import settings_in
from bench.server import memory_of
from bot.content import read_content
from bot.settings import PROJECT
from bot.understanding.evaluation import read_questions
from bot.understanding.recognition import Recognizer
from bot.understanding.shelf import kept_recognizer

QUESTIONS = PROJECT / "tests" / "questions"
KEPT = PROJECT / "var"
LONGEST = 1_600


def recognition(folder: Path) -> list[str]:
    """Measure in a process of its own, which never learned anything; return the rows."""
    _taken(folder)
    return measured_apart("bench.recognition", folder)


def main() -> None:
    """Take the recognizer from its shelf, ask it every test question, and tell what that took."""
    folder = Path(sys.argv[1])
    content = read_content(settings_in(folder, folder), PROJECT)
    before = memory_of("self").whole
    start = perf_counter()
    recognizer = kept_recognizer(content.examples, content.languages.tags(), KEPT)
    loaded = perf_counter() - start
    texts = [one.text for path in sorted(QUESTIONS.glob("*.jsonl")) for one in read_questions(path)]
    taken = _milliseconds(recognizer, texts)
    added = memory_of("self").whole - before
    story = _milliseconds(recognizer, ["".join(texts)[:LONGEST]] * 20)
    rows = [
        f"| one of {len(taken)} test questions, median | {median(taken):.2f} ms | 1 ms |",
        f"| the same, p99 | {quantiles(taken, n=100)[-1]:.1f} ms | 40 ms |",
        f"| a story of {LONGEST} letters, median | {median(story):.0f} ms | |",
        f"| memory added to a worker | {added:.0f} MB | 60 MB |",
        f"| taking it from the shelf | {1000 * loaded:.0f} ms | 200 ms |",
        "| messages that reach the multilingual model | 0 % | 10 % |",
    ]
    print(json.dumps(rows))


def _taken(folder: Path) -> None:
    """Let what is not on the shelf yet be learned now."""
    content = read_content(settings_in(folder, folder), PROJECT)
    kept_recognizer(content.examples, content.languages.tags(), KEPT)


def _milliseconds(recognizer: Recognizer, texts: list[str]) -> list[float]:
    taken = []
    for text in texts:
        start = perf_counter()
        recognizer.recognize(text)
        taken.append(1000 * (perf_counter() - start))
    return taken


if __name__ == "__main__":
    main()
