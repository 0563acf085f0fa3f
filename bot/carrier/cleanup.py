"""Deletes what the carrier still holds of callers: texts, and records of messages and calls.

It asks the carrier what there is, so no list of ours holds an id; and it can stop at any moment,
because the next run finds what this one left. What is not final yet cannot be deleted (error 20009,
https://www.twilio.com/docs/api/errors/20009): it is left for a later run.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from http import HTTPStatus
from typing import Protocol

from requests.exceptions import RequestException
from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_exponential_jitter
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

# A record is not final at once, and whoever texts may still be texting.
AGE = timedelta(minutes=5)
# Twilio's limit is the number of requests at one time: one by one, and not too many.
DELETED_A_SECOND = 20
ATTEMPTS = 5
PAGE_SIZE = 1_000

NOT_FINAL = 20009
_PASSING = {HTTPStatus.TOO_MANY_REQUESTS, *range(HTTPStatus.INTERNAL_SERVER_ERROR, 600)}


class Fate(StrEnum):
    """What became of a record."""

    DELETED = "deleted"
    GONE = "gone already"
    LATER = "left for later"
    REFUSED = "refused"


class Held(Protocol):
    """A record that the carrier holds."""

    def delete(self) -> bool:
        """Delete it; a TwilioRestException says why not."""
        ...


@dataclass(slots=True)
class CleanUp:
    """Deletes old records, one after another."""

    client: Client
    now: Callable[[], datetime]
    sleep: Callable[[float], None]
    fates: Counter[Fate] = field(default_factory=Counter)

    def run(self) -> Iterator[Fate]:
        """Delete what is old enough, and yield what became of each record.

        Raises:
            TwilioException: if the carrier does not list what it holds.
            RequestException: if it cannot be reached.

        """
        for record in self._old():
            fate = self._fate(record)
            self.fates[fate] += 1
            yield fate
            self.sleep(1 / DELETED_A_SECOND)

    def _old(self) -> Iterator[Held]:
        youngest = self.now() - AGE
        for message in self.client.messages.stream(page_size=PAGE_SIZE):
            if message.date_created and message.date_created <= youngest:
                yield message
        for call in self.client.calls.stream(page_size=PAGE_SIZE):
            if call.end_time and call.end_time <= youngest:
                yield call

    def _fate(self, record: Held) -> Fate:
        try:
            for attempt in self._attempts():
                with attempt:
                    record.delete()
        except TwilioRestException as error:
            if error.status == HTTPStatus.NOT_FOUND:
                # Another run was quicker; or a gateway lists what it cannot delete.
                return Fate.GONE
            is_early = error.code == NOT_FINAL or _passes(error)
            return Fate.LATER if is_early else Fate.REFUSED
        except RequestException:
            return Fate.LATER
        return Fate.DELETED

    def _attempts(self) -> Retrying:
        return Retrying(
            retry=retry_if_exception(_passes),
            wait=wait_exponential_jitter(multiplier=0.1, max=10, jitter=0.1),
            stop=stop_after_attempt(ATTEMPTS),
            sleep=self.sleep,
            reraise=True,
        )


def _passes(error: BaseException) -> bool:
    """Whether to try again soon: the carrier is busy, or could not be reached."""
    if isinstance(error, TwilioRestException):
        return error.status in _PASSING
    return isinstance(error, RequestException)
