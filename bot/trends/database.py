"""The database: opened when it is first needed, and brought up to date then."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

MIGRATIONS = Path(__file__).parent.parent.parent / "migrations"

# What a database raises that is away, locked, full, read-only or not ours.
DATABASE_ERRORS = (SQLAlchemyError, OSError)

# Any number that no other program takes: who migrates holds it, and the others wait.
_MIGRATING = 7_448_487
_PATIENCE = 10

# A server whose machine is gone says nothing more; without these a thread waits for it for hours.
_NOTICE_SILENCE = {
    "keepalives_idle": 5,
    "keepalives_interval": 5,
    "keepalives_count": 2,
    "tcp_user_timeout": 15_000,
}


class Database:
    """A database by its address. While it is away, every use raises one of DATABASE_ERRORS."""

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        self._writing = self.engine.execution_options(is_writing=True)
        self._lock = Lock()
        self._is_current = False

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that reads."""
        self._ensure_current()
        with Session(self.engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a session that writes: all of it, or on an error nothing."""
        self._ensure_current()
        with Session(self._writing) as session, session.begin():
            yield session

    def upgrade(self) -> None:
        """Bring the tables up to date; several may try at once."""
        if self.engine.dialect.name == "sqlite":
            _make_folder(self.engine.url)
        with self._writing.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:id)"), {"id": _MIGRATING})
            command.upgrade(migrations(connection), "head")

    def _ensure_current(self) -> None:
        if not self._is_current:
            with self._lock:
                if not self._is_current:
                    self.upgrade()
                    self._is_current = True


def migrations(connection: Connection) -> Config:
    """Return Alembic's settings to migrate over a connection, in the connection's transaction."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def _engine(address: str) -> Engine:
    url = make_url(address)
    if url.get_backend_name() == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
        return create_engine(
            url,
            hide_parameters=True,
            pool_pre_ping=True,
            connect_args={"connect_timeout": _PATIENCE, **_NOTICE_SILENCE},
        )
    if not url.database:
        # A database in memory is gone with its only connection.
        engine = create_engine(
            url,
            hide_parameters=True,
            poolclass=StaticPool,
            connect_args={"check_same_thread": False},
        )
    else:
        waiting = {"timeout": _PATIENCE} if "timeout" not in url.query else {}
        engine = create_engine(url, hide_parameters=True, connect_args=waiting)
    event.listen(engine, "connect", _leave_transactions_to_us)
    event.listen(engine, "begin", _begin)
    return engine


def _make_folder(url: URL) -> None:
    if url.database and not url.database.startswith("file:"):
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)


def _leave_transactions_to_us(connection: Any, record: object) -> None:
    del record
    # Python's sqlite3 begins no transaction before CREATE TABLE, so half a migration would stay.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")


def _begin(connection: Connection) -> None:
    # Who writes says so at once; else two that read first could each wait for the other.
    is_writing = connection.get_execution_options().get("is_writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")
