"""The tables of the database. None has a place for a person, a number, or an exact count."""

from datetime import date
from fractions import Fraction

from sqlalchemy import Dialect, ForeignKey, MetaData, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator


class Base(DeclarativeBase):
    """What all tables of the house have in common; migrations compare with its metadata."""

    # Constraints with names can be found again, and changed, by a migration.
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Exact(TypeDecorator[Fraction]):
    """A fraction, kept as it is written: `2`, `1/2`."""

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: Fraction | None, dialect: Dialect) -> str | None:
        """Write a fraction."""
        del dialect
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Fraction | None:
        """Read a fraction."""
        del dialect
        return None if value is None else Fraction(value)


class ReleaseRow(Base):
    """A release: a week, a part of one, or later the sum of those of a quarter."""

    __tablename__ = "releases"
    # Whoever has read a release knows it by its id, so none may be given twice.
    __table_args__ = (UniqueConstraint("week", "number"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    week: Mapped[date]
    # Which part of the week. No part is released twice: that is what its constraint is for.
    number: Mapped[int]
    # How many weeks it covers, and in how many releases its noise was drawn.
    weeks: Mapped[int] = mapped_column(default=1)
    parts: Mapped[int] = mapped_column(default=1)
    epsilon: Mapped[Fraction] = mapped_column(Exact)
    is_simulated: Mapped[bool] = mapped_column(default=False)
    released_on: Mapped[date]


class CellRow(Base):
    """A number of a release, with its noise."""

    __tablename__ = "cells"

    release_id: Mapped[int] = mapped_column(
        ForeignKey("releases.id", ondelete="CASCADE"), primary_key=True
    )
    # As `Cell.path`: the table, and the keys in it.
    path: Mapped[str] = mapped_column(String(200), primary_key=True)
    value: Mapped[int]
