"""Whoever takes the machine after midnight, switched on, finds nobody of yesterday in memory."""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.process_memory import found_in
from tests.support.served import WORKERS, Service

NUMBERS = [f"+1500555{number}" for number in range(1000, 1060)]
# As they may stand in memory; how all of them begin.
WRITTEN = [
    "50055510".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be", "utf-32-le")
]
# Of so many callers the tokens are looked for.
SOME = 6
# Words of a question that no handbook holds.
WORDS = "xyzzyplugh"

needs_proc = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def of_the_day(kept_counts: Path) -> list[bytes]:
    """Return the key and the tokens of the day."""
    with closing(sqlite3.connect(kept_counts)) as rows:
        tables = ("key FROM day", "token FROM person", "token FROM delivery")
        return [bytes(one) for table in tables for (one,) in rows.execute(f"SELECT {table}")]


def in_files(folder: Path, patterns: list[bytes]) -> list[bytes]:
    whole = b"".join(file.read_bytes() for file in folder.iterdir())
    return [one for one in patterns if one in whole]


@needs_proc
@pytest.mark.heavy
def test_after_midnight_no_process_holds_a_number_a_word_a_token_or_the_key_of_yesterday(
    service: Service, kept_counts: Path
) -> None:
    for count, number in enumerate(NUMBERS):
        service.text(number, f"SM{count:032x}", f"la migra esta en mi puerta {WORDS}")
    key, *tokens = of_the_day(kept_counts)
    patterns = [*WRITTEN, WORDS.encode(), key, *tokens[:SOME]]
    assert len(tokens) == 2 * len(NUMBERS)
    yesterday = service.workers()

    # The control: whoever came earlier would have found a lot.
    before = found_in(yesterday, patterns)
    assert WRITTEN[0] in before
    assert before & {key, *tokens}
    assert in_files(kept_counts.parent, [key, *tokens]) == [key, *tokens]

    service.let_days_pass(1)
    service.wait_for(WORKERS, but=frozenset(yesterday))

    assert found_in({service.master.pid, *service.workers()}, patterns) == set()
    assert in_files(kept_counts.parent, [*patterns, *tokens]) == []
