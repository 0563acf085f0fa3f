"""Points a number's webhooks at us: first a plan of what would change, then the change.

Sources: https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource and
https://www.twilio.com/docs/messaging/api/service-resource
"""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Protocol

from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

# Twilio logs the parameters of a GET for seven days; those of a POST never.
METHOD = "POST"

Value = str | bool


class NoSuchNumberError(Exception):
    """The account has no such number, or no such Messaging Service."""


@dataclass(frozen=True, slots=True)
class Change:
    """A setting of the carrier's that is not as it should be."""

    setting: str
    now: Value
    wished: Value


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the carrier calls us, and where it turns when we do not answer."""

    public_url: str
    fallback_url: str = ""

    def of_a_number(self) -> dict[str, Value]:
        """Return the settings of a number."""
        base = self.public_url.rstrip("/")
        wished: dict[str, Value] = {
            "sms_url": f"{base}/sms",
            "sms_method": METHOD,
            "voice_url": f"{base}/voice",
            "voice_method": METHOD,
            # Who calls is looked up in no list of names.
            "voice_caller_id_lookup": False,
        }
        if self.fallback_url:
            fallback = self.fallback_url.rstrip("/")
            wished |= {
                "sms_fallback_url": f"{fallback}/sms.xml",
                "sms_fallback_method": METHOD,
                "voice_fallback_url": f"{fallback}/voice.xml",
                "voice_fallback_method": METHOD,
            }
        return wished

    def of_a_service(self) -> dict[str, Value]:
        """Return the settings of a Messaging Service; its numbers take calls by themselves."""
        wished: dict[str, Value] = {
            "inbound_request_url": f"{self.public_url.rstrip('/')}/sms",
            "inbound_method": METHOD,
            "use_inbound_webhook_on_number": False,
        }
        if self.fallback_url:
            wished |= {
                "fallback_url": f"{self.fallback_url.rstrip('/')}/sms.xml",
                "fallback_method": METHOD,
            }
        return wished


@dataclass(frozen=True, slots=True)
class Plan:
    """What to change for a number or a Messaging Service."""

    client: Client
    sid: str
    changes: tuple[Change, ...]

    def carry_out(self) -> None:
        """Change it at the carrier; a TwilioRestException says why not."""
        wished = {change.setting: change.wished for change in self.changes}
        if wished:
            _resource(self.client, self.sid).update(**wished)


def plan_for(client: Client, name: str, addresses: Addresses) -> Plan:
    """Return what to change for a number (`+1…`) or a Messaging Service (`MG…`).

    Raises:
        NoSuchNumberError: if the account has none of that name.

    """
    if name.startswith("MG"):
        return Plan(client, name, differences(_service(client, name), addresses.of_a_service()))
    # A carrier also lists numbers of which the name is only a part.
    for number in client.incoming_phone_numbers.list(phone_number=name):
        if number.phone_number == name:
            return Plan(client, number.sid, differences(number, addresses.of_a_number()))
    raise NoSuchNumberError(name)


def _service(client: Client, sid: str) -> object:
    try:
        return client.messaging.v1.services(sid).fetch()
    except TwilioRestException as error:
        if error.status == HTTPStatus.NOT_FOUND:
            raise NoSuchNumberError(sid) from None
        raise


class _Setting(Protocol):
    """A number or a service, as the carrier's client has it."""

    def update(self, **settings: Value) -> object:
        """Change settings."""
        ...


def differences(found: object, wished: Mapping[str, Value]) -> tuple[Change, ...]:
    """Return which settings of a number or a service are not as they should be."""
    # What was never set is None at the carrier.
    present = {name: getattr(found, name) or type(value)() for name, value in wished.items()}
    return tuple(
        Change(name, present[name], value)
        for name, value in wished.items()
        if present[name] != value
    )


def _resource(client: Client, sid: str) -> _Setting:
    found: _Setting
    if sid.startswith("MG"):
        found = client.messaging.v1.services(sid)
    else:
        found = client.incoming_phone_numbers(sid)
    return found
