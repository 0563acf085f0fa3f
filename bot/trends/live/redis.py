"""The live store in Redis, for several machines: a Redis of its own, which keeps nothing."""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from math import ceil
from time import monotonic
from typing import Any

import redis
from limits import RateLimitItem
from limits.storage import RedisStorage

from bot.baton import Baton
from bot.trends.grid import QUESTIONS_OF_A_PERSON_DAY, Cell, Grid
from bot.trends.live import scripts
from bot.trends.live.hits import window_ends
from bot.trends.live.parts import GONE, OPEN, SEALED
from bot.trends.live.store import LiveStoreError
from bot.trends.live.tokens import new_key, token
from bot.trends.observation import Observation
from bot.trends.week import WEEK, Epoch, week_of

logger = logging.getLogger(__name__)

# A caller waits behind a count; who cannot be reached by then is down.
SECONDS_TO_WAIT = 0.25

# Where Redis was silent, nobody waits for it again so soon: eight threads that each waited would
# answer 32 texts a second between them.
SECONDS_OF_SILENCE = 0.5

# Two machines' clocks differ a little, and neither may lose the day before it is over.
SECONDS_OF_GRACE = 60

# What a Redis must be told, so that it writes nothing down.
KEEPS_NOTHING = {"save": "", "appendonly": "no", "slowlog-log-slower-than": "-1"}


class RedisKeepsError(LiveStoreError):
    """That Redis writes down what it is told, or may: nothing of callers may go there."""


class StoreInRedis:
    """Keeps the live store; every count is one step of Redis."""

    def __init__(
        self,
        address: str,
        line: str,
        grid: Grid,
        now: Callable[[], datetime],
        *,
        baton: Baton | None = None,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._grid = grid
        self._now = now
        self._baton = baton or Baton()
        self._clock = clock
        self._silent_until = clock()
        self._address = address
        self._head = f"rights-line:{sha256(line.encode()).hexdigest()[:8]}:"
        # The types of this client are those of its asynchronous twin as well.
        self._redis: Any = redis.Redis.from_url(
            address, socket_timeout=SECONDS_TO_WAIT, socket_connect_timeout=SECONDS_TO_WAIT
        )
        self._count = self._redis.register_script(scripts.COUNT)
        self._begin = self._redis.register_script(scripts.BEGIN)
        self._seal = self._redis.register_script(scripts.SEAL)
        self._storage = self._storage_of("")
        self._trusted_on: date | None = None

    def refuse_if_kept(self) -> None:
        """Ask Redis whether it writes anything down; one that is down is asked again later.

        Raises:
            RedisKeepsError: if it does, or does not tell.

        """
        try:
            self._trust(self._now())
        except redis.AuthenticationError:
            message = "Redis does not let us in"
            raise RedisKeepsError(message) from None
        except (redis.ConnectionError, redis.TimeoutError):
            logger.warning("Redis cannot be reached: nothing is counted until it can")

    @contextmanager
    def visit(self, number: str) -> Iterator["RedisVisit"]:
        """Let a number in. Only its token is kept, until midnight."""
        with self._baton.passed_on(), self._unless_silent():
            now = self._now()
            self._trust(now)
            key = self._key_of(now)
            yield RedisVisit(self, key, token(key, number), now)

    @contextmanager
    def _unless_silent(self) -> Iterator[None]:
        if self._clock() < self._silent_until:
            message = "Redis was silent a moment ago"
            raise redis.TimeoutError(message)
        try:
            yield
        except redis.TimeoutError:
            self._silent_until = self._clock() + SECONDS_OF_SILENCE
            raise

    def forget_yesterday(self) -> None:
        """Destroy the key and the tokens of every day but today."""
        now = self._now()
        self._trust(now)
        self._key_of(now)
        self._forget_but(now.date())

    def close(self, before: date, *, early: bool) -> None:
        """Seal the weeks before a Monday, and with `early` the running one, too."""
        self.forget_yesterday()
        begun = {epoch.week for epoch in self._parts()}
        week = min(begun)
        while week < before:
            if week not in begun:
                self._redis.hset(self._name("parts"), _written(Epoch.anew(week)), OPEN)
            week += WEEK
        last = before if early else before - WEEK
        first = [Epoch.anew(before).number] if early else []
        self._seal([self._name("parts")], [last.isoformat(), *first])

    def sealed(self) -> tuple[Epoch, ...]:
        """Return what is sealed and not yet destroyed."""
        return tuple(
            sorted(epoch for epoch, standing in self._parts().items() if standing == SEALED)
        )

    def exact(self, epoch: Epoch) -> Mapping[Cell, int]:
        """Return the exact counts of a part of a week; a cell that nobody asked for is left out."""
        counts = self._redis.hgetall(self._name("count", _written(epoch)))
        return {Cell.at(path.decode()): int(count) for path, count in counts.items()}

    def destroy(self, epoch: Epoch) -> None:
        """Destroy the exact counts of a part of a week."""
        self._redis.delete(self._name("count", _written(epoch)))
        self._redis.hset(self._name("parts"), _written(epoch), GONE)

    def count(self, visit: "RedisVisit", delivery: str, observation: Observation) -> None:
        """Count a question: each delivery once, and so many of a person in a day."""
        day, week = visit.now.date().isoformat(), week_of(visit.now.date())
        cells = self._grid.of(observation, first=True)
        later = self._grid.of(observation, first=False)
        names = ("people", "deliveries")
        self._count(
            [*(self._name(name, day) for name in names), *map(self._name, ("parts", "count"))],
            [
                visit.token,
                token(visit.key, delivery) if delivery else b"",
                QUESTIONS_OF_A_PERSON_DAY,
                _seconds_left(visit.now),
                week.isoformat(),
                Epoch.anew(week).number,
                len(later),
                *(cell.path for cell in sorted(cells, key=lambda cell: cell not in later)),
            ],
        )

    def hit(self, visit: "RedisVisit", limit: RateLimitItem, way: str) -> bool:
        """Whether one more is within a limit."""
        hits, now = self._hits(visit.now.date().isoformat()), visit.now.timestamp()
        seconds = ceil(window_ends(now, limit.get_expiry()) - now)
        return hits.incr(limit.key_for(way, visit.token.hex()), seconds) <= limit.amount

    def allows(self, visit: "RedisVisit", limit: RateLimitItem, way: str) -> bool:
        """Whether one more would be within a limit; nothing is counted."""
        hits = self._hits(visit.now.date().isoformat())
        return hits.get(limit.key_for(way, visit.token.hex())) < limit.amount

    def clear(self, visit: "RedisVisit", limit: RateLimitItem, way: str) -> None:
        """Count anew for a limit."""
        hits = self._hits(visit.now.date().isoformat())
        hits.clear(limit.key_for(way, visit.token.hex()))

    def _trust(self, now: datetime) -> None:
        """See to it, once a day, that Redis keeps nothing."""
        if self._trusted_on == now.date():
            return
        try:
            told = self._redis.config_get(*KEEPS_NOTHING)
            copies = self._redis.info("replication")
        except redis.ResponseError:
            message = "Redis does not tell whether it keeps anything (CONFIG GET, INFO)"
            raise RedisKeepsError(message) from None
        wrong = [
            f'{name} "{right}"' for name, right in KEEPS_NOTHING.items() if told.get(name) != right
        ]
        if copies["role"] != "master" or copies["connected_slaves"]:
            wrong.append("no replica")
        if wrong:
            message = f"Redis keeps what it is told; set {', '.join(wrong)}"
            raise RedisKeepsError(message)
        self._begin([self._name("parts")], [_written(Epoch.anew(week_of(now.date())))])
        self._trusted_on = now.date()

    def _key_of(self, now: datetime) -> bytes:
        """Return the day's key; the first to ask for a new day's destroys the old days."""
        name = self._name("key", now.date().isoformat())
        found = self._redis.get(name)
        if found is None:
            self._forget_but(now.date())
            self._redis.sadd(self._name("days"), now.date().isoformat())
            self._redis.set(name, new_key(), nx=True, ex=_seconds_left(now))
            found = self._redis.get(name)
        return bytes(found)

    def _forget_but(self, today: date) -> None:
        for day in self._redis.smembers(self._name("days")):
            if (name := day.decode()) != today.isoformat():
                kinds = ("key", "people", "deliveries")
                self._redis.delete(*(self._name(kind, name) for kind in kinds))
                self._storage_of(name).reset()
                self._redis.srem(self._name("days"), day)

    def _hits(self, day: str) -> RedisStorage:
        if self._storage.key_prefix != self._name("hits", day):
            self._storage = self._storage_of(day)
        return self._storage

    def _storage_of(self, day: str) -> RedisStorage:
        pool = self._redis.connection_pool
        return RedisStorage(self._address, connection_pool=pool, key_prefix=self._name("hits", day))

    def _parts(self) -> dict[Epoch, str]:
        parts = self._redis.hgetall(self._name("parts"))
        return {_read(name.decode()): standing.decode() for name, standing in parts.items()}

    def _name(self, *parts: str) -> str:
        return self._head + ":".join(parts)


@dataclass(frozen=True, slots=True)
class RedisVisit:
    """A caller's message while it is handled: the day's token, and no number."""

    store: StoreInRedis = field(repr=False)
    key: bytes = field(repr=False)
    token: bytes = field(repr=False)
    now: datetime

    def hit(self, limit: RateLimitItem, way: str) -> bool:
        """Whether one more is within a limit."""
        return self.store.hit(self, limit, way)

    def allows(self, limit: RateLimitItem, way: str) -> bool:
        """Whether one more would be within a limit; nothing is counted."""
        return self.store.allows(self, limit, way)

    def clear(self, limit: RateLimitItem, way: str) -> None:
        """Count anew for a limit."""
        self.store.clear(self, limit, way)

    def count(self, delivery: str, observation: Observation) -> None:
        """Count a question: each delivery once, and so many of a person in a day."""
        self.store.count(self, delivery, observation)


def _seconds_left(now: datetime) -> int:
    """Return when Redis forgets the day by itself, if by then nobody has told it to."""
    midnight = datetime.combine(now.date() + timedelta(days=1), time(), now.tzinfo)
    return int(midnight.timestamp() - now.timestamp()) + SECONDS_OF_GRACE


def _written(epoch: Epoch) -> str:
    return f"{epoch.week.isoformat()}/{epoch.number}"


def _read(name: str) -> Epoch:
    week, number = name.split("/")
    return Epoch(date.fromisoformat(week), int(number))
