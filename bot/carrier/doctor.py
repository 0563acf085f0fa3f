"""Looks the carrier's account over: what would keep a caller from an answer, or tell on one.

What Twilio's API does not tell, the operator is asked to look at, with the page of the console.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

import requests
from requests.exceptions import RequestException
from twilio.base.exceptions import TwilioException
from twilio.rest import Client

from bot.carrier.client import PATIENCE_SECONDS, reason, status_of
from bot.carrier.connection import METHOD, Addresses, differences
from bot.carrier.signature import Signature

# What a gateway that speaks as Twilio does need not have.
TWILIO_ALONE = {"services", "countries"}
# Twilio answers STOP itself and tells us of it: such a form is answered with nothing, nowhere
# counted, and so fit to try the way to us.
_HARMLESS = {"MessageSid": "SM" + "0" * 32, "Body": "", "OptOutType": "STOP"}


class Level(StrEnum):
    """How a check ended."""

    PASS = "pass"  # noqa: S105 - the word, not a secret
    WARN = "warn"
    FAIL = "fail"
    LOOK = "look"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: why it matters to a caller, and what mends it."""

    check: str
    level: Level
    why: str = ""
    mend: str = ""


@dataclass(frozen=True, slots=True)
class Examination:
    """All that is looked at."""

    client: Client
    addresses: Addresses
    signature: Signature
    stop_words: tuple[str, ...]

    def findings(self) -> Iterator[Finding]:
        """Yield what each check finds; a carrier or an address that fails is a finding, too."""
        asked: tuple[Callable[[], Iterator[Finding]], ...] = (
            self._account,
            self._numbers,
            self._services,
            self._countries,
        )
        for check in asked:
            try:
                yield from check()
            except (TwilioException, RequestException) as error:
                yield _unasked(check.__name__.strip("_"), error)
        try:
            yield from self._way_to_us()
        except RequestException as error:
            yield _unread("way to us", self.addresses.public_url, "PUBLIC_URL", error)
        try:
            yield from self._fallback()
        except (RequestException, ET.ParseError) as error:
            yield _unread("fallback", self.addresses.fallback_url, "--fallback", error)
        yield from self._to_look_at()

    def _account(self) -> Iterator[Finding]:
        account = self.client.api.v2010.accounts(self.client.account_sid).fetch()
        if account.status != "active":
            yield Finding(
                "account", Level.FAIL, "nobody gets an answer", "Activate it in the console."
            )
        elif account.type == "Trial":
            yield Finding(
                "account",
                Level.FAIL,
                "a trial account answers only numbers that it has verified",
                "Upgrade it: console, Billing.",
            )
        else:
            yield Finding("account", Level.PASS)

    def _numbers(self) -> Iterator[Finding]:
        numbers = self.client.incoming_phone_numbers.list()
        if not numbers:
            yield Finding("numbers", Level.FAIL, "there is no number to text or ring", "Buy one.")
        for number in numbers:
            name = f"number {number.phone_number}"
            amiss = differences(number, self.addresses.of_a_number())
            if amiss:
                settings = ", ".join(change.setting for change in amiss)
                yield Finding(
                    name,
                    Level.FAIL,
                    f"texts or calls do not reach us as they should ({settings})",
                    f"carrier connect {number.phone_number}",
                )
            elif number.sms_fallback_url and number.voice_fallback_url:
                posts = {number.sms_fallback_method, number.voice_fallback_method} == {METHOD}
                yield Finding(
                    name,
                    Level.PASS if posts else Level.FAIL,
                    "" if posts else "Twilio logs what it sends with GET for seven days",
                    "" if posts else "carrier connect NUMBER --fallback URL sets POST.",
                )
            else:
                yield Finding(
                    name,
                    Level.WARN,
                    "while we are down, a caller hears an error, and who texts gets nothing",
                    "Host what `carrier fallback` writes; carrier connect NUMBER --fallback URL",
                )

    def _services(self) -> Iterator[Finding]:
        services = self.client.messaging.v1.services.list()
        if not services:
            yield Finding(
                "registration",
                Level.WARN,
                "carriers in the US drop texts of a local number that is not registered (30034)",
                "Register it (A2P 10DLC) in a Messaging Service, or verify a toll-free one.",
            )
        for service in services:
            name = f"service {service.sid}"
            if service.smart_encoding:
                yield Finding(
                    f"{name}, smart encoding",
                    Level.WARN,
                    "it changes signs of texts that were signed as they stand",
                    "Switch it off; our texts do not need it.",
                )
            # Where it does not leave it to each number, its own address counts.
            ours = self.addresses.of_a_service()
            amiss = () if service.use_inbound_webhook_on_number else differences(service, ours)
            if amiss:
                settings = ", ".join(change.setting for change in amiss)
                yield Finding(
                    name,
                    Level.FAIL,
                    f"texts to its numbers do not reach us as they should ({settings})",
                    f"carrier connect {service.sid}",
                )
            yield self._registered(service.sid, name)

    def _registered(self, sid: str, name: str) -> Finding:
        campaigns = self.client.messaging.v1.services(sid).us_app_to_person.list()
        if any(campaign.campaign_status == "VERIFIED" for campaign in campaigns):
            return Finding(f"{name}, registration", Level.PASS)
        return Finding(
            f"{name}, registration",
            Level.WARN,
            "carriers in the US drop texts of a local number that is not registered (30034)",
            "Finish the campaign's registration; it takes two to three weeks.",
        )

    def _countries(self) -> Iterator[Finding]:
        allowed = self.client.voice.v1.dialing_permissions.countries.list(
            low_risk_numbers_enabled=True
        )
        abroad = sorted(one.iso_code for one in allowed if one.country_codes != ["1"])
        yield Finding(
            "countries that calls may go to",
            Level.WARN if abroad else Level.PASS,
            "who steals a call can ring abroad at your cost" if abroad else "",
            f"Leave the US and Canada only; also allowed: {', '.join(abroad)}." if abroad else "",
        )

    def _way_to_us(self) -> Iterator[Finding]:
        """Send a signed and an unsigned form through PUBLIC_URL, as Twilio would."""
        url = f"{self.addresses.public_url.rstrip('/')}/sms"
        signed = self._posted(url, {self.signature.header: self.signature.of("/sms", _HARMLESS)})
        unsigned = self._posted(url, {})
        if signed == HTTPStatus.OK:
            yield Finding("a signed text through PUBLIC_URL", Level.PASS)
        else:
            yield Finding(
                "a signed text through PUBLIC_URL",
                Level.FAIL,
                f"nobody gets an answer (status {signed})",
                "PUBLIC_URL must be the address as Twilio calls it; a proxy must not change it.",
            )
        refused = unsigned == HTTPStatus.FORBIDDEN
        yield Finding(
            "an unsigned text through PUBLIC_URL",
            Level.PASS if refused else Level.FAIL,
            "" if refused else f"anybody could speak as a caller (status {unsigned})",
            "" if refused else "Something else answers there: look at the proxy.",
        )

    def _fallback(self) -> Iterator[Finding]:
        if not self.addresses.fallback_url:
            return
        above = f"{self.addresses.fallback_url.rstrip('/')}/"
        met, missing = [f"{above}sms.xml", f"{above}voice.xml"], []
        # It grows while we go through it: what a file leads to, a caller may reach.
        for address in met:
            answer = self._asked(address)
            if answer.status_code != HTTPStatus.OK:
                missing.append(f"{address.removeprefix(above)} (status {answer.status_code})")
            elif address.endswith(".xml"):
                led_to = (urljoin(address, one) for one in _led_to(answer.text))
                met += [one for one in dict.fromkeys(led_to) if one not in met]
        yield Finding(
            f"fallback, {len(met)} files",
            Level.FAIL if missing else Level.PASS,
            f"while we are down a caller gets nothing from {', '.join(missing)}" if missing else "",
            "Host the whole folder of `carrier fallback`, where a POST gets a file."
            if missing
            else "",
        )

    @staticmethod
    def _asked(address: str) -> requests.Response:
        """Ask as Twilio does: for documents with POST, for recordings with GET."""
        ask = requests.post if address.endswith(".xml") else requests.get
        return ask(address, timeout=PATIENCE_SECONDS)

    @staticmethod
    def _posted(url: str, headers: dict[str, str]) -> int:
        answer = requests.post(url, data=_HARMLESS, headers=headers, timeout=PATIENCE_SECONDS)
        return answer.status_code

    def _to_look_at(self) -> Iterator[Finding]:
        """Yield what the API does not tell."""
        words = ", ".join(word for word in self.stop_words if word != "stop")
        yield Finding(
            "log retention",
            Level.LOOK,
            "Twilio holds texts and numbers for about 400 days unless told otherwise",
            "Console, Messaging, Settings: 7 days, no backup; and `carrier clean-up` by a timer.",
        )
        yield Finding(
            "message redaction",
            Level.LOOK,
            "without it the console shows what people wrote until it is deleted",
            "Console, Messaging, Settings, General. But with it Twilio no longer answers STOP: "
            "where that must be confirmed, rather rely on `carrier clean-up`.",
        )
        yield Finding(
            "opt-out words",
            Level.LOOK,
            "Twilio itself knows the English ones only",
            f"Console, Messaging Service, Opt-Out Management: add {words}.",
        )
        yield Finding(
            "countries that texts may go to",
            Level.LOOK,
            "a flood of texts abroad costs what the line needs on a raid day",
            "Console, Messaging, Settings, Geo permissions: the US and Canada only.",
        )


def _led_to(document: str) -> Iterator[str]:
    """Yield the files beside a document of TwiML that a caller may come to next."""
    for verb in ET.fromstring(document).iter():  # noqa: S314 - the operator's own
        if action := verb.get("action"):
            yield action
        if verb.tag == "Play" and verb.text:
            yield verb.text


def _unasked(check: str, error: Exception) -> Finding:
    if check in TWILIO_ALONE and status_of(error) == HTTPStatus.NOT_FOUND:
        return Finding(
            check,
            Level.LOOK,
            "this carrier does not tell of it",
            "See in its own console what docs/gateways.md names.",
        )
    return Finding(check, Level.FAIL, "what cannot be asked cannot be trusted", reason(error))


def _unread(check: str, address: str, named: str, error: Exception) -> Finding:
    return Finding(
        check,
        Level.FAIL,
        f"{address} could not be read: {type(error).__name__}",
        f"Look at {named}, the name in DNS, the certificate and the proxy.",
    )
