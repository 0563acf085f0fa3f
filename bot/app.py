"""Where the line is put together: the only module that knows every room."""

import base64
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

from cryptography.fernet import Fernet
from flask import Flask, Response
from twilio.rest import Client
from werkzeug.exceptions import HTTPException

from bot.carrier.client import PATIENCE_SECONDS, carrier_client
from bot.carrier.signature import Signature
from bot.carrier.texting import TIMEOUT_SECONDS, TextMessages, TwilioTexts
from bot.cli import Tools, add_commands
from bot.content import read_content
from bot.counsel.directory import Directory
from bot.counsel.hours import Desk, OpeningHours
from bot.counsel.places import Places
from bot.dialogue.dialogue import Dialogue
from bot.dialogue.locality import Locality
from bot.files import ContentError
from bot.health import SECONDS_TO_WAIT, Inquiry, make_health
from bot.languages import LanguageList
from bot.metrics import Measures, make_metrics
from bot.settings import PROJECT, Publish, Settings, SettingsError
from bot.sms.memory import Memory
from bot.sms.pages import SMS, Printer
from bot.sms.webhook import Texts, make_sms
from bot.traffic import Traffic
from bot.trends.due import Due
from bot.trends.grid import Grid
from bot.trends.live.midnight import Midnight
from bot.trends.live.opening import open_live_store, shared_folder
from bot.trends.live.store import LiveStore, LiveStoreError
from bot.trends.records import Records
from bot.trends.tally import Tally
from bot.understanding.commands import Commands
from bot.understanding.shelf import kept_recognizer
from bot.voice.call import Addresses
from bot.voice.phone import Phone
from bot.voice.recordings import Recordings
from bot.voice.script import Script
from bot.voice.speech import Speaker
from bot.voice.webhook import Calls, make_audio, make_voice

# Twilio's forms are a few kB; nobody needs to make us read more.
LARGEST_FORM = 512 * 1024


class StartRefused(SystemExit):
    """The content cannot be served: the start stops here, and the message names every fault."""


def create_app(
    settings: Settings,
    *,
    project: Path = PROJECT,
    store: LiveStore | None = None,
    messages: TextMessages | None = None,
    today: Callable[[], date] | None = None,
    now: Callable[[], datetime] | None = None,
    probe_seconds: float = SECONDS_TO_WAIT,
) -> Flask:
    """Put the line together.

    Raises:
        StartRefused: if the content has a fault; the message names them all.

    """
    now = now or local_clock(settings.time_zone)
    today = today or (lambda: now().date())
    try:
        tools = open_line(settings, project, today, now, messages)
    except ContentError as error:
        raise StartRefused(str(error)) from None
    traffic = Traffic(None if store else _shared_folder(settings))
    store = store or _live_store(settings, tools, now)
    tally = Tally(store)
    signature = _signature(settings)
    secure = settings.public_url.startswith("https:")
    app = Flask(__name__)
    # A redirect to a tidier address would lose the form, and the caller with it.
    app.url_map.merge_slashes = False
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_FORM
    app.register_error_handler(HTTPException, _refused)
    traffic.watch(app)
    live = Inquiry(store.sealed, probe_seconds)
    latest = Inquiry(tools.records.releases.latest, probe_seconds)
    app.register_blueprint(make_health({"database": latest, "live store": live}))
    tags = tools.languages.tags()
    measures = Measures(traffic, live, latest, tools.handbook, tags, today)
    app.register_blueprint(make_metrics(measures, settings.metrics_token.get_secret_value()))
    app.register_blueprint(make_sms(_texts(settings, tools, tally), signature, secure=secure))
    recordings = Recordings(project / "content" / "audio")
    app.register_blueprint(make_voice(_calls(tools, tally), signature))
    app.register_blueprint(make_audio(recordings))
    app.extensions["midnight"] = Midnight(store, now)
    weekly = tools.records.weekly_release(store)
    _close_weeks(app, Due(weekly))
    add_commands(app, tools, weekly, _client(settings), settings)
    return app


def open_line(
    settings: Settings,
    project: Path,
    today: Callable[[], date],
    now: Callable[[], datetime] | None = None,
    messages: TextMessages | None = None,
) -> Tools:
    """Read the content, and put together what answers messages.

    Raises:
        ContentError: with every fault of the content.

    """
    content = read_content(settings, project)
    languages, handbook = content.languages, content.handbook
    kept = project / "var"
    recognizer = kept_recognizer(content.examples, languages.tags(), kept)
    told = settings.publish is not Publish.SIGNED
    locality = Locality(content.policies, content.facilities, content.states, told)
    directory = Directory(Places.kept_in(kept), content.providers)

    def dialogue(offered: LanguageList) -> Dialogue:
        return Dialogue(
            handbook=handbook,
            languages=offered,
            recognizer=recognizer,
            hotlines=content.hotlines,
            directory=directory,
            locality=locality,
            states=content.states,
            organization=settings.organization_name,
            today=today,
        )

    printer = Printer(content.catalogs)
    phone = Phone(
        dialogue=dialogue(languages.spoken()),
        languages=languages.spoken().tags(),
        commands=Commands(languages),
        speaker=Speaker(content.catalogs, languages),
        texts=messages or TwilioTexts(_client(settings, TIMEOUT_SECONDS)),
        written=lambda reply: printer.messages(reply, SMS),
        desk=_desk(settings),
        now=now or local_clock(settings.time_zone),
    )
    recordings = Recordings(project / "content" / "audio")
    addresses = Addresses(languages.spoken(), handbook, _cipher(settings, b"place in an address"))
    grid = Grid(tuple(handbook.topics), tuple(sorted(languages.named())), content.states.regions())
    return Tools(
        handbook=handbook,
        languages=languages,
        recognizer=recognizer,
        dialogue=dialogue(languages),
        printer=printer,
        phone=phone,
        addresses=addresses,
        script=Script(languages.spoken(), handbook, recordings, addresses),
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
        content=project / "content",
        today=today,
    )


def _refused(error: HTTPException) -> Response:
    """Answer what is no request of ours with its status alone: a page might be read to a caller."""
    return Response(status=error.code)


def _close_weeks(app: Flask, due: Due) -> None:
    @app.after_request
    def close_weeks(response: Response) -> Response:
        # Behind the answer: whoever asked has it before we look.
        if due.comes():
            response.call_on_close(due.run)
        return response


def _client(settings: Settings, timeout: float = PATIENCE_SECONDS) -> Client:
    token = settings.twilio_auth_token.get_secret_value()
    return carrier_client(settings.twilio_account_sid, token, settings.carrier_api, timeout)


def _signature(settings: Settings) -> Signature:
    key = settings.signature_key or settings.twilio_auth_token
    return Signature(key.get_secret_value(), settings.public_url, settings.signature_header)


def _cipher(settings: Settings, purpose: bytes) -> Fernet:
    """Return a cipher of its own for each purpose: a key is 32 bytes in URL-safe base 64."""
    secret = settings.secret_key.get_secret_value().encode()
    return Fernet(base64.urlsafe_b64encode(sha256(purpose + b"\0" + secret).digest()))


def local_clock(time_zone: str) -> Callable[[], datetime]:
    """Return the clock of the place where the line is at home: its days begin at its midnight."""
    zone = ZoneInfo(time_zone)
    return lambda: datetime.now(zone)


def _live_store(settings: Settings, tools: Tools, now: Callable[[], datetime]) -> LiveStore:
    """Return the live store.

    Raises:
        SettingsError: if nothing of callers may be kept there.

    """
    place = settings.live_store.get_secret_value()
    with _refusing_the_live_store():
        return open_live_store(place, settings.public_url, tools.grid, now)


def _shared_folder(settings: Settings) -> Path | None:
    """Return the folder in memory that all processes of this machine share.

    Raises:
        SettingsError: if nothing of callers may be kept there.

    """
    with _refusing_the_live_store():
        return shared_folder(settings.live_store.get_secret_value(), settings.public_url)


@contextmanager
def _refusing_the_live_store() -> Iterator[None]:
    try:
        yield
    except LiveStoreError as error:
        message = f"LIVE_STORE: {error}"
        raise SettingsError(message) from None


def _texts(settings: Settings, tools: Tools, tally: Tally) -> Texts:
    return Texts(
        dialogue=tools.dialogue,
        handbook=tools.handbook,
        printer=tools.printer,
        memory=Memory(_cipher(settings, b"conversation cookie")),
        tally=tally,
        languages=tools.languages.tags(),
    )


def _calls(tools: Tools, tally: Tally) -> Calls:
    return Calls(tools.phone, tools.script, tools.addresses, tally)


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
