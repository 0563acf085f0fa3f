"""What a command says when the database is away."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import click

from bot.failures import describe
from bot.trends.database import DATABASE_ERRORS

P = ParamSpec("P")
R = TypeVar("R")


def needing_the_database(command: Callable[P, R]) -> Callable[P, R]:
    """Say in a sentence that the database is away, and nothing of what it was told."""

    @wraps(command)
    def told(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except DATABASE_ERRORS as error:
            message = f"The database (DATABASE_URL) cannot be used: {describe(error)}"
            raise click.ClickException(message) from None

    return told
