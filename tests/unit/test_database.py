"""The database: brought up to date when it is first used, by as many as come, and away at times."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, select, text

from bot.trends.database import DATABASE_ERRORS, Database, migrations
from bot.trends.tables import Base, ReleaseRow
from tests.support.databases import opened


def tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names()) - {"alembic_version"}


def test_a_new_database_is_ready_when_it_is_first_read(database: Database) -> None:
    with database.reading() as session:
        assert session.scalars(select(ReleaseRow)).all() == []


def test_the_migrations_make_the_tables_that_the_code_expects(database: Database) -> None:
    database.upgrade()

    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_every_migration_goes_up_down_and_up_again(database: Database) -> None:
    database.upgrade()
    with database.engine.connect() as connection:
        whole = tables(connection)
        steps = list(ScriptDirectory.from_config(migrations(connection)).walk_revisions())
    for step in steps:
        with database.engine.begin() as connection:
            command.downgrade(migrations(connection), str(step.down_revision or "base"))
    with database.engine.connect() as connection:
        assert tables(connection) == set()
    database.upgrade()

    with database.engine.connect() as connection:
        assert tables(connection) == whole == set(Base.metadata.tables)


def test_a_database_that_is_up_to_date_stays_as_it_is(database: Database) -> None:
    database.upgrade()
    with database.writing() as session:
        session.execute(text("CREATE TABLE of_somebody_else (id INTEGER)"))
    database.upgrade()

    with database.engine.connect() as connection:
        assert "of_somebody_else" in tables(connection)


def test_many_may_bring_a_database_up_to_date_at_once(database_url: str) -> None:
    def first_use() -> int:
        with opened(database_url) as database, database.reading() as session:
            return len(session.scalars(select(ReleaseRow)).all())

    with ThreadPoolExecutor(6) as pool:
        found = [future.result() for future in [pool.submit(first_use) for _ in range(6)]]

    assert found == [0] * 6


def test_what_is_written_halfway_is_not_written(database: Database) -> None:
    def stumble() -> None:
        with database.writing() as session:
            session.execute(text("CREATE TABLE half (id INTEGER)"))
            session.execute(text("INSERT INTO half VALUES (1)"))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stumble()

    with database.engine.connect() as connection:
        assert "half" not in tables(connection)


def test_a_file_that_somebody_else_writes_raises_what_can_be_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "rights-line.db"
    with opened(f"sqlite:///{path}?timeout=0.01") as database:
        database.upgrade()
        other = sqlite3.connect(path)
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(DATABASE_ERRORS), database.writing():
            pass
        other.execute("ROLLBACK")
        other.close()

        with database.writing() as session:
            session.execute(text("CREATE TABLE after (id INTEGER)"))


def test_a_file_that_may_only_be_read_is_read(tmp_path: Path) -> None:
    path = tmp_path / "rights-line.db"
    with opened(f"sqlite:///{path}") as database:
        database.upgrade()

    with opened(f"sqlite:///file:{path}?mode=ro&uri=true") as database:
        with database.reading() as session:
            assert session.scalars(select(ReleaseRow)).all() == []
        with pytest.raises(DATABASE_ERRORS), database.writing() as session:
            session.execute(text("CREATE TABLE more (id INTEGER)"))


@pytest.mark.parametrize(
    "url", ["postgresql://nobody@127.0.0.1:1/none", "sqlite:////dev/null/none.db"]
)
def test_a_database_that_is_away_raises_when_it_is_used_and_not_before(url: str) -> None:
    with opened(url) as database, pytest.raises(DATABASE_ERRORS), database.reading():
        pass
