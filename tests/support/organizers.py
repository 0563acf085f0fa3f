"""A person with a browser and a telephone, who signs in to the reports; and weeks to look at."""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from html import unescape

import pyotp
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from pydantic import SecretStr
from sqlalchemy import delete
from werkzeug.test import TestResponse

from bot.app import create_app
from bot.trends.database import Database
from bot.trends.grid import Cell, Grid
from bot.trends.live.file import PROCESS_MEMORY, StoreInFile
from bot.trends.live.store import Visit
from bot.trends.release import Ledger, noised
from bot.trends.simulation import Simulation
from bot.trends.tables import Base
from bot.trends.week import WEEK, Epoch, week_of
from tests.support.counting import Notebook
from tests.support.line import MONDAY_NOON, PUBLIC_URL, Postbox, settings

PASSWORD = "a door that opens twice"
LATEST = week_of(MONDAY_NOON.date()) - WEEK

Weeks = Iterable[tuple[date, Counter[Cell]]]


@dataclass
class Clock:
    """Shows what time a test says."""

    now: datetime = MONDAY_NOON

    def __call__(self) -> datetime:
        return self.now

    def today(self) -> date:
        return self.now.date()

    def passes(self, **time: float) -> None:
        self.now += timedelta(**time)


class Doorkeeper(Notebook):
    """A notebook that counts who knocks."""

    def __init__(self, grid: Grid, clock: Clock) -> None:
        super().__init__()
        self.knocks = StoreInFile(PROCESS_MEMORY, grid, clock)

    def visit(self, number: str) -> AbstractContextManager[Visit]:
        return self.knocks.visit(number)

    def forget(self) -> None:
        """Begin anew: nobody has knocked."""
        self.knocks.here().hits.reset()


@dataclass
class House:
    """The service with its database, its clock, and its command line."""

    app: Flask
    clock: Clock
    url: str
    grid: Grid
    door: Doorkeeper

    def empty(self) -> None:
        """Begin anew: nobody was here, nothing was released, and it is noon."""
        self.clock.now = MONDAY_NOON
        self.door.forget()
        with Database(self.url).writing() as session:
            for table in reversed(Base.metadata.sorted_tables):
                session.execute(delete(table))

    def invitation(self, email: str, role: str = "viewer") -> str:
        """Return the path of an invitation that an operator makes."""
        return self.command("organizers", "add", email, "--role", role).strip()[len(PUBLIC_URL) :]

    def command(self, *words: str) -> str:
        result = self.app.test_cli_runner().invoke(args=list(words))
        assert result.exit_code == 0, result.output
        return result.output

    def person(self, email: str, role: str = "viewer") -> "Person":
        """Return somebody who was invited, and is signed in."""
        person = self.stranger(email)
        person.accepts(self.invitation(email, role))
        return person

    def stranger(self, email: str = "nobody@example.org") -> "Person":
        """Return somebody who is not signed in."""
        return Person(self.app.test_client(), self.clock, email)


@dataclass
class Person:
    """An organizer at a browser: follows redirects, and sends forms as pages give them."""

    client: FlaskClient
    clock: Clock
    email: str
    secret: str = ""
    recovery_codes: list[str] = field(default_factory=list)

    def opens(self, path: str, **headers: str) -> TestResponse:
        """Open a page, wherever it leads."""
        return self.client.get(path, base_url=PUBLIC_URL, headers=headers, follow_redirects=True)

    def sends(self, path: str, *, page: str = "/reports/sign-in", **form: str) -> TestResponse:
        """Send a form with the token that a page holds."""
        return self.client.post(
            path,
            data={"csrf_token": token_in(self.opens(page).text), **form},
            base_url=PUBLIC_URL,
            follow_redirects=True,
        )

    def accepts(self, invitation: str, password: str = PASSWORD) -> TestResponse:
        """Take up an invitation: scan the key, choose a password, keep the recovery codes."""
        page = self.opens(invitation).text
        self.secret = re.findall(r'<code translate="no">([A-Z2-7 ]+)</code>', page)[0].replace(
            " ", ""
        )
        form = {"email": self.email, "password": password, "again": password, "code": self.code()}
        joined = self.sends(invitation, page=invitation, **form)
        self.recovery_codes = re.findall(r"<code>([A-Z2-9]{5}-[A-Z2-9]{5})</code>", joined.text)
        return joined

    def code(self) -> str:
        """Return what the telephone shows, half a minute after it was last looked at."""
        self.clock.passes(seconds=30)
        return pyotp.TOTP(self.secret).at(self.clock.now)

    def signs_in(self, *, password: str = PASSWORD, code: str = "", then: str = "") -> TestResponse:
        """Sign in, with the code that the telephone shows if no other is given."""
        return self.sends(
            f"/reports/sign-in?next={then}",
            email=self.email,
            password=password,
            code=code or self.code(),
        )

    def signs_out(self) -> TestResponse:
        return self.sends("/reports/sign-out", page="/reports/reading")

    @property
    def is_in(self) -> bool:
        """Whether the reports open."""
        response = self.client.get("/reports/", base_url=PUBLIC_URL)
        return response.status_code == 200


def a_house(url: str, grid: Grid, **changes: object) -> House:
    """Return the service with a database."""
    clock = Clock()
    door = Doorkeeper(grid, clock)
    app = create_app(
        settings(database_url=SecretStr(url), **changes),
        store=door,
        messages=Postbox(),
        today=clock.today,
        now=clock,
        # What guards real passwords costs a tenth of a second, and nobody attacks these.
        hasher=PasswordHasher(time_cost=1, memory_cost=8, parallelism=1),
    )
    return House(app, clock, url, grid, door)


def simulated(grid: Grid, weeks: int, questions: int = 5000) -> Weeks:
    """Return so many weeks, the same each time."""
    return Simulation(grid, questions).weeks(LATEST, weeks)


def release(house: House, weeks: Weeks, *, made_up: bool = False) -> None:
    """Release exact counts into a database, with the same noise each time."""
    below: Callable[[int], int] = random.Random(5).randrange
    ledger, epsilon = Ledger(Database(house.url)), Fraction(2)
    released = [(Epoch(week), noised(exact, house.grid, epsilon, below)) for week, exact in weeks]
    if made_up:
        ledger.rehearse(released, epsilon, LATEST + WEEK)
        return
    for epoch, cells in released:
        ledger.enter(epoch, cells, epsilon, epoch.week + WEEK)


def token_in(page: str) -> str:
    """Return the token against forged forms."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found
    return found[1]


def text_of(page: str) -> str:
    """Return what a page says, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())
