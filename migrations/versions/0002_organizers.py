"""Organizers, their recovery codes and invitations, and what they did by day."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of the organizers' pages."""
    op.create_table(
        "organizers",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("password", sa.String(255), nullable=False),
        sa.Column("second_factor", sa.String(255), nullable=False),
        sa.Column("session_key", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_organizers"),
        sa.UniqueConstraint("email", name="uq_organizers_email"),
        sa.UniqueConstraint("session_key", name="uq_organizers_session_key"),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("organizer_id", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["organizer_id"],
            ["organizers.id"],
            name="fk_recovery_codes_organizer_id_organizers",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("digest", name="pk_recovery_codes"),
    )
    op.create_index("ix_recovery_codes_organizer_id", "recovery_codes", ["organizer_id"])
    op.create_table(
        "invitations",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("email", sa.String(254), nullable=True),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("expires", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_invitations"),
        sa.UniqueConstraint("email", name="uq_invitations_email"),
    )
    op.create_table(
        "audit_entries",
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("who", sa.String(254), nullable=False),
        sa.Column("act", sa.String(16), nullable=False),
        sa.Column("what", sa.String(254), nullable=False),
        sa.PrimaryKeyConstraint("day", "who", "act", "what", name="pk_audit_entries"),
    )


def downgrade() -> None:
    """Take them away, with all that they hold."""
    op.drop_table("audit_entries")
    op.drop_table("invitations")
    op.drop_table("recovery_codes")
    op.drop_table("organizers")
