"""Where the line is put together: the only module that knows every room."""

import base64
import sys
from collections.abc import Callable
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from cryptography.fernet import Fernet
from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from bot.carrier.signature import Signature
from bot.carrier.texting import TextMessages, TwilioTexts
from bot.cli import Tools, add_commands
from bot.content import read_content
from bot.counsel.directory import Directory
from bot.counsel.hours import Desk, OpeningHours
from bot.counsel.places import Places
from bot.dialogue.dialogue import Dialogue
from bot.dialogue.locality import Locality
from bot.files import ContentError
from bot.health import make_health
from bot.languages import LanguageList
from bot.settings import PROJECT, Publish, Settings, SettingsError
from bot.sms.memory import Memory
from bot.sms.pages import SMS, Printer
from bot.sms.webhook import Texts, make_sms
from bot.trends.tally import ProcessTally, QuestionTally
from bot.understanding.commands import Commands
from bot.understanding.learning import LearningError
from bot.understanding.shelf import kept_recognizer
from bot.voice.call import Addresses
from bot.voice.phone import Phone
from bot.voice.recordings import Recordings
from bot.voice.script import Script
from bot.voice.speech import Speaker
from bot.voice.webhook import Calls, make_audio, make_voice


def local_time() -> datetime:
    """Return the time of this machine, with its time zone."""
    return datetime.now().astimezone()


# Twilio's forms are a few kB; nobody needs to make us read more.
LARGEST_FORM = 512 * 1024


class StartRefused(SystemExit):
    """The content cannot be served: the start stops here, and the message names every fault."""


def create_app(
    settings: Settings,
    *,
    project: Path = PROJECT,
    tally: QuestionTally | None = None,
    messages: TextMessages | None = None,
    today: Callable[[], date] = lambda: local_time().date(),
    now: Callable[[], datetime] = local_time,
) -> Flask:
    """Put the line together.

    Raises:
        StartRefused: if the content has a fault; the message names them all.

    """
    try:
        tools = open_line(settings, project, today, now, messages)
    except (ContentError, LearningError) as error:
        raise StartRefused(str(error)) from None
    tally = tally or ProcessTally(today)
    signature = Signature(settings.twilio_auth_token.get_secret_value(), settings.public_url)
    secure = settings.public_url.startswith("https:")
    app = Flask(__name__)
    # A redirect to a tidier address would lose the form, and the caller with it.
    app.url_map.merge_slashes = False
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_FORM
    app.register_error_handler(HTTPException, _refused)
    app.register_blueprint(make_health())
    app.register_blueprint(make_sms(_texts(settings, tools, tally), signature, secure=secure))
    recordings = Recordings(project / "content" / "audio")
    app.register_blueprint(make_voice(_calls(tools, tally), signature))
    app.register_blueprint(make_audio(recordings))
    add_commands(app, tools)
    return app


def open_line(
    settings: Settings,
    project: Path,
    today: Callable[[], date],
    now: Callable[[], datetime] = local_time,
    messages: TextMessages | None = None,
) -> Tools:
    """Read the content, and put together what answers messages.

    Raises:
        ContentError: with every fault of the content.
        LearningError: if the examples teach nothing fit to answer.

    """
    content = read_content(settings, project)
    languages, handbook = content.languages, content.handbook
    kept = project / "var"
    recognizer = kept_recognizer(content.examples, languages.tags(), kept, _show_learning)
    told = settings.publish is not Publish.SIGNED
    locality = Locality(content.policies, content.facilities, told)
    directory = Directory(Places.kept_in(kept), content.providers)

    def dialogue(offered: LanguageList) -> Dialogue:
        return Dialogue(
            handbook=handbook,
            languages=offered,
            recognizer=recognizer,
            hotlines=content.hotlines,
            directory=directory,
            locality=locality,
            organization=settings.organization_name,
            today=today,
        )

    printer = Printer(content.catalogs)
    phone = Phone(
        dialogue=dialogue(languages.spoken()),
        languages=languages.spoken().tags(),
        commands=Commands(languages),
        speaker=Speaker(content.catalogs, languages),
        texts=messages
        or TwilioTexts(settings.twilio_account_sid, settings.twilio_auth_token.get_secret_value()),
        written=lambda reply: printer.messages(reply, SMS),
        desk=_desk(settings),
        now=now,
    )
    recordings = Recordings(project / "content" / "audio")
    return Tools(
        handbook=handbook,
        languages=languages,
        recognizer=recognizer,
        dialogue=dialogue(languages),
        printer=printer,
        phone=phone,
        addresses=Addresses(languages.spoken(), handbook),
        script=Script(languages.spoken(), handbook, recordings),
        directory=directory,
        locality=locality,
        hotlines=content.hotlines,
        content=project / "content",
        today=today,
    )


def _show_learning(share: float) -> None:
    """Tell whoever waits at a terminal; it takes a minute, whenever the examples changed."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\rLearning what people ask: {share:4.0%}{chr(10) * (share >= 1)}")
        sys.stderr.flush()


def _refused(error: HTTPException) -> Response:
    """Answer what is no request of ours with its status alone: a page might be read to a caller."""
    return Response(status=error.code)


def _cipher(settings: Settings) -> Fernet:
    """Return the cipher of the cookie: a Fernet key is 32 bytes in URL-safe base 64."""
    secret = settings.secret_key.get_secret_value().encode()
    return Fernet(base64.urlsafe_b64encode(sha256(b"conversation cookie\0" + secret).digest()))


def _texts(settings: Settings, tools: Tools, tally: QuestionTally) -> Texts:
    return Texts(
        dialogue=tools.dialogue,
        printer=tools.printer,
        memory=Memory(_cipher(settings)),
        tally=tally,
        languages=tools.languages.tags(),
    )


def _calls(tools: Tools, tally: QuestionTally) -> Calls:
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
