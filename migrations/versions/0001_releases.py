"""Releases, and their cells."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of the weekly release."""
    op.create_table(
        "releases",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("week", sa.Date, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("weeks", sa.Integer, nullable=False),
        sa.Column("parts", sa.Integer, nullable=False),
        sa.Column("epsilon", sa.String(40), nullable=False),
        sa.Column("is_simulated", sa.Boolean, nullable=False),
        sa.Column("released_on", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_releases"),
        sa.UniqueConstraint("week", "number", name="uq_releases_week"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "cells",
        sa.Column("release_id", sa.Integer, nullable=False),
        sa.Column("path", sa.String(200), nullable=False),
        sa.Column("value", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["release_id"],
            ["releases.id"],
            name="fk_cells_release_id_releases",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("release_id", "path", name="pk_cells"),
    )


def downgrade() -> None:
    """Take them away, with all that they hold."""
    op.drop_table("cells")
    op.drop_table("releases")
