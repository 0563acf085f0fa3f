"""A database that fails costs no answer and no count: the week waits in memory until it is back."""

import resource
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.app import create_app
from bot.line import Tools
from bot.trends.database import Database
from bot.trends.grid import Table
from bot.trends.live.file import PROCESS_MEMORY, StoreInFile
from bot.trends.week import week_of
from tests.support.faults import PROPERTY
from tests.support.line import Carrier, Postbox, messages_in, settings
from tests.support.stores import Clock, in_table

QUESTION = "la migra esta en mi puerta q hago"
PEOPLE = 20


@contextmanager
def nothing_to_stand_on(path: Path) -> Iterator[str]:
    """Let a file be where the folder of the database should be."""
    path.parent.write_text("", "ascii")
    yield f"sqlite:///{path}"
    path.parent.unlink()


@contextmanager
def read_only(path: Path) -> Iterator[str]:
    _created(path)
    yield f"sqlite:///file:{path}?mode=ro&uri=true"


@contextmanager
def locked(path: Path) -> Iterator[str]:
    _created(path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    yield f"sqlite:///{path}?timeout=0"
    other.close()


@contextmanager
def full(path: Path) -> Iterator[str]:
    """Let no file of this process grow beyond what the database already has."""
    _created(path)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, before[1]))
    try:
        yield f"sqlite:///{path}"
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def away(_path: Path) -> AbstractContextManager[str]:
    """Let nobody listen where the server should be."""
    return nullcontext("postgresql://somebody:hunter2@127.0.0.1:9/name")


def nothing_wrong(path: Path) -> AbstractContextManager[str]:
    return nullcontext(f"sqlite:///{path}")


FAULTS: dict[str, Callable[[Path], AbstractContextManager[str]]] = {
    "database: its server is away": away,
    "database: its folder cannot be made": nothing_to_stand_on,
    "database: read-only": read_only,
    "database: locked by another program": locked,
    "database: the disk is full": full,
}


def _created(path: Path) -> None:
    database = Database(f"sqlite:///{path}")
    path.parent.mkdir()
    database.upgrade()
    database.engine.dispose()


def line_on(url: str, store: StoreInFile, clock: Clock) -> Carrier:
    app = create_app(
        settings(database_url=SecretStr(url)), store=store, messages=Postbox(), now=clock
    )
    return Carrier(app.test_client())


def ask(carrier: Carrier, number: int) -> str:
    """Ask as one of many people, and hang on until the service has done with the request."""
    form: dict[str, str | list[str]] = {
        "MessageSid": f"SM{number}",
        "From": f"+1500555{number}",
        "Body": QUESTION,
    }
    carrier.lose_the_cookie()
    with closing(carrier.post("/sms", form)) as response:
        return " ".join(messages_in(response))


def a_week_that_is_over(line: Tools) -> tuple[StoreInFile, Clock]:
    """Return a store in which so many people asked last week, each once."""
    clock = Clock()
    store = StoreInFile(PROCESS_MEMORY, line.grid, clock)
    clock.pass_by(days=-7)
    last_week = line_on("sqlite://", store, clock)
    for number in range(PEOPLE):
        ask(last_week, 1000 + number)
    clock.pass_by(days=7)
    return store, clock


def waiting(store: StoreInFile, clock: Clock) -> int:
    """Return how many questions of last week wait to be released."""
    store.close(week_of(clock().date()), early=False)
    return sum(in_table(dict(store.exact(epoch)), Table.TOPIC) for epoch in store.sealed())


@pytest.mark.heavy
@pytest.mark.parametrize("fault", FAULTS)
def test_a_database_that_fails_costs_no_answer_and_no_count(
    fault: str,
    tmp_path: Path,
    line: Tools,
    caplog: pytest.LogCaptureFixture,
    record_property: Callable[[str, object], None],
) -> None:
    store, clock = a_week_that_is_over(line)
    path = tmp_path / "kept" / "rights-line.db"
    with FAULTS[fault](path) as url:
        failing = line_on(url, store, clock)
        answers = [ask(failing, number) for number in range(2000, 2010)]
        ready = failing.client.get("/readyz")
    answered = sum("JUEZ" in answer for answer in answers)
    kept = waiting(store, clock)
    told = caplog.text
    ask(line_on(f"sqlite:///{path}", store, clock), 2010)
    record_property(
        PROPERTY,
        [fault, f"{answered} of {len(answers)} answered", f"{PEOPLE - kept} of {PEOPLE} counts"],
    )

    assert answered == len(answers)
    assert kept == PEOPLE
    assert "week not released yet: " in told
    assert not any(word in told + ready.text for word in ("hunter2", "500555", "migra"))
    # What waited is released as soon as the database is back.
    assert store.sealed() == ()


def test_with_nothing_wrong_the_week_is_released_at_the_first_answer(
    tmp_path: Path, line: Tools, caplog: pytest.LogCaptureFixture
) -> None:
    store, clock = a_week_that_is_over(line)
    with nothing_wrong(tmp_path / "kept" / "rights-line.db") as url:
        assert waiting(store, clock) == PEOPLE
        ask(line_on(url, store, clock), 2000)

    assert store.sealed() == ()
    assert not caplog.messages
