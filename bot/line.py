"""What answers messages, put together from the content and the settings."""

import base64
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.support import Translations
from cryptography.fernet import Fernet
from pydantic import SecretStr
from twilio.rest import Client

from bot.carrier.client import PATIENCE_SECONDS, carrier_client, is_twilio
from bot.carrier.signature import Signature
from bot.carrier.texting import TIMEOUT_SECONDS, TextMessages, TwilioTexts
from bot.content import Content, read_content
from bot.counsel.directory import Directory
from bot.counsel.hotlines import Hotlines
from bot.counsel.hours import Desk, OpeningHours
from bot.counsel.places import Places
from bot.counsel.states import States
from bot.dialogue.dialogue import Dialogue
from bot.dialogue.locality import Locality
from bot.handbook.handbook import Handbook
from bot.languages import Language, LanguageList
from bot.settings import Publish, Settings, SettingsError
from bot.sms.pages import SMS, Printer
from bot.sms.segments import segments
from bot.trends.digest import Wording
from bot.trends.grid import Grid
from bot.trends.records import Records
from bot.understanding.commands import Commands
from bot.understanding.questions import Examples
from bot.understanding.recognition import Recognizer
from bot.understanding.shelf import kept_recognizer
from bot.voice.call import Addresses
from bot.voice.phone import Phone
from bot.voice.recordings import Recordings
from bot.voice.script import Script
from bot.voice.speech import Speaker


@dataclass(frozen=True, slots=True)
class Tools:
    """What the line is made of: what the service, the commands and the simulator work with."""

    handbook: Handbook
    languages: LanguageList
    recognizer: Recognizer
    examples: Examples
    dialogue: Dialogue
    printer: Printer
    phone: Phone
    addresses: Addresses
    recordings: Recordings
    script: Script
    directory: Directory
    locality: Locality
    hotlines: Hotlines
    states: States
    grid: Grid
    records: Records
    wordings: Mapping[Language, Wording]
    organization: str
    digest_webhook: SecretStr
    pages: Translations
    content: Path
    today: Callable[[], date]


def open_line(
    settings: Settings,
    project: Path,
    today: Callable[[], date],
    now: Callable[[], datetime] | None = None,
    messages: TextMessages | None = None,
    *,
    content: Content | None = None,
) -> Tools:
    """Read the content, unless it was read already, and put together what answers messages.

    Raises:
        ContentError: with every fault of the content.
        LearningError: if the examples teach nothing fit to answer.

    """
    content = content or read_content(settings, project)
    languages, handbook = content.languages, content.handbook
    kept = project / "var"
    recognizer = kept_recognizer(content.examples, languages.tags(), kept, _show_learning)
    told = settings.publish is not Publish.SIGNED
    locality = Locality(content.policies, content.facilities, content.states, told)
    directory = Directory(Places.kept_in(kept), content.providers)
    printer = Printer(content.catalogs)

    def dialogue(offered: LanguageList, commands: Commands) -> Dialogue:
        return Dialogue(
            handbook=handbook,
            languages=offered,
            commands=commands,
            recognizer=recognizer,
            hotlines=content.hotlines,
            directory=directory,
            locality=locality,
            states=content.states,
            organization=settings.organization_name,
            segments=lambda reply: sum(map(segments, printer.messages(reply, SMS))),
            today=today,
        )

    spoken = languages.spoken()
    commands = Commands(languages)
    texting = dialogue(languages, commands)
    every = spoken.tags() == languages.tags()
    speaking = texting if every else dialogue(spoken, Commands(spoken))
    phone = Phone(
        dialogue=speaking,
        languages=spoken.tags(),
        keys=tuple(profile.key for profile in spoken),
        commands=commands,
        speaker=Speaker(content.catalogs, languages),
        texts=messages or TwilioTexts(carrier_of(settings, TIMEOUT_SECONDS)),
        written=lambda reply: printer.messages(reply, SMS),
        desk=_desk(settings),
        now=now or local_clock(settings.time_zone),
    )
    recordings = Recordings(project / "content" / "audio")
    addresses = Addresses(spoken, handbook, cipher_of(settings, "place in an address"))
    grid = Grid(tuple(handbook.topics), tuple(sorted(languages.named())), content.states.regions())
    return Tools(
        handbook=handbook,
        languages=languages,
        recognizer=recognizer,
        examples=content.examples,
        dialogue=texting,
        printer=printer,
        phone=phone,
        addresses=addresses,
        recordings=recordings,
        script=Script(spoken, handbook, recordings, addresses, base_of(settings)),
        directory=directory,
        locality=locality,
        hotlines=content.hotlines,
        states=content.states,
        grid=grid,
        records=Records.kept_at(
            settings.database_url.get_secret_value(), grid, Fraction(settings.trend_epsilon), today
        ),
        wordings=content.wordings,
        organization=settings.organization_name,
        digest_webhook=settings.digest_webhook,
        pages=content.pages,
        content=project / "content",
        today=today,
    )


def _show_learning(share: float) -> None:
    """Tell whoever waits at a terminal; it takes half a minute, whenever the examples changed."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\rLearning what people ask: {share:4.0%}{chr(10) * (share >= 1)}")
        sys.stderr.flush()


def carrier_of(settings: Settings, timeout: float = PATIENCE_SECONDS) -> Client:
    """Return a client of the carrier's REST API."""
    token = settings.twilio_auth_token.get_secret_value()
    return carrier_client(settings.twilio_account_sid, token, settings.carrier_api, timeout)


def signature_of(settings: Settings) -> Signature:
    """Return what tells the carrier's requests from those of others: it signs with our key."""
    key = settings.signature_key or settings.twilio_auth_token
    return Signature(key.get_secret_value(), settings.public_url, settings.signature_header)


def base_of(settings: Settings) -> str:
    """Return what stands before the addresses in a call: nothing at Twilio, all at a gateway."""
    return "" if is_twilio(settings.carrier_api) else settings.public_url.rstrip("/")


def cipher_of(settings: Settings, purpose: str) -> Fernet:
    """Return a cipher of its own for each purpose: a key is 32 bytes in URL-safe base 64."""
    return Fernet(base64.urlsafe_b64encode(settings.key_for(purpose)))


def local_clock(time_zone: str) -> Callable[[], datetime]:
    """Return the clock of the place where the line is at home: its days begin at its midnight."""
    zone = ZoneInfo(time_zone)
    return lambda: datetime.now(zone)


def _desk(settings: Settings) -> Desk | None:
    """Return where people answer, if there is such a place.

    Raises:
        SettingsError: if the hours cannot be read.

    """
    if not settings.transfer_number:
        return None
    try:
        hours = OpeningHours.parse(settings.transfer_hours, settings.time_zone)
    except ValueError as error:
        message = f"TRANSFER_HOURS or TIME_ZONE: {error}"
        raise SettingsError(message) from None
    return Desk(settings.transfer_number, hours)
