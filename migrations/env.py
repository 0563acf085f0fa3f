"""How Alembic reaches the database: over the connection it is given, or by our settings."""

from alembic import context
from sqlalchemy import Connection

from bot.settings import read_settings
from bot.trends.database import Database
from bot.trends.tables import Base


def migrate(connection: Connection) -> None:
    """Run the migrations, all of them or none."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        transactional_ddl=True,
        # SQLite changes a column by copying its table.
        render_as_batch=True,
    )
    with context.begin_transaction():
        context.run_migrations()


if given := context.config.attributes.get("connection"):
    migrate(given)
else:
    # `alembic revision --autogenerate`, by a developer.
    with Database(read_settings().database_url.get_secret_value()).engine.begin() as opened:
        migrate(opened)
