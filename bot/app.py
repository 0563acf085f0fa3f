"""Where the line is put together: the only module that knows every room."""

import base64
from collections.abc import Callable
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from cryptography.fernet import Fernet
from flask import Flask

from bot.carrier.signature import Signature
from bot.cli import Tools, add_commands
from bot.counsel.directory import Directory
from bot.counsel.hotlines import read_hotlines
from bot.counsel.places import Places
from bot.counsel.providers import read_providers
from bot.dialogue.dialogue import Dialogue
from bot.files import ContentError, Reader
from bot.handbook.catalogs import read_catalogs
from bot.handbook.library import read_handbook
from bot.health import make_health
from bot.languages import Language, LanguageList, read_languages
from bot.settings import PROJECT, Publish, Settings
from bot.sms.memory import Memory
from bot.sms.pages import Printer
from bot.sms.webhook import Texts, make_sms
from bot.trends.tally import ProcessTally, QuestionTally
from bot.understanding.questions import read_examples
from bot.understanding.shelf import kept_recognizer


class StartRefused(SystemExit):
    """The content cannot be served: the start stops here, and the message names every fault."""


def create_app(
    settings: Settings,
    *,
    project: Path = PROJECT,
    tally: QuestionTally | None = None,
    today: Callable[[], date] = lambda: datetime.now().astimezone().date(),
) -> Flask:
    """Put the line together.

    Raises:
        StartRefused: if the content has a fault; the message names them all.

    """
    try:
        tools = open_line(settings, project, today)
    except ContentError as error:
        raise StartRefused(str(error)) from None
    texts = Texts(
        dialogue=tools.dialogue,
        printer=tools.printer,
        memory=Memory(_cipher(settings)),
        tally=tally or ProcessTally(today),
        languages=tools.languages.tags(),
    )
    signature = Signature(settings.twilio_auth_token.get_secret_value(), settings.public_url)
    app = Flask(__name__)
    app.register_blueprint(make_health())
    app.register_blueprint(
        make_sms(texts, signature, secure=settings.public_url.startswith("https:"))
    )
    add_commands(app, tools)
    return app


def open_line(settings: Settings, project: Path, today: Callable[[], date]) -> Tools:
    """Read the content, and put together what answers messages.

    Raises:
        ContentError: with every fault of the content.

    """
    content, kept = project / "content", project / "var"
    reader = Reader(content)
    languages = _offered(reader, content, settings)
    handbook = read_handbook(reader, languages, signed_only=settings.publish is Publish.SIGNED)
    catalogs = read_catalogs(reader, project / "locales", languages.tags())
    hotlines = read_hotlines(reader, handbook)
    providers = read_providers(reader, content / "counsel" / "providers.csv")
    examples = read_examples(reader, handbook.topics)
    recognizer = kept_recognizer(examples, languages.tags(), kept)
    dialogue = Dialogue(
        handbook=handbook,
        languages=languages,
        recognizer=recognizer,
        hotlines=hotlines,
        directory=Directory(Places.kept_in(kept), providers),
        organization=settings.organization_name,
        today=today,
    )
    return Tools(handbook, languages, recognizer, dialogue, Printer(catalogs), today)


def _offered(reader: Reader, content: Path, settings: Settings) -> LanguageList:
    languages = reader.whole(read_languages(reader, content / "languages.toml"))
    wished = tuple(map(Language, settings.languages))
    for tag in wished:
        if tag not in languages.tags():
            reader.fault(
                content / "languages.toml", 1, f"LANGUAGES names {tag!r}: not offered here"
            )
    reader.finish()
    return languages.only(wished) if wished else languages


def _cipher(settings: Settings) -> Fernet:
    """Return the cipher of the cookie: a Fernet key is 32 bytes in URL-safe base 64."""
    secret = settings.secret_key.get_secret_value().encode()
    return Fernet(base64.urlsafe_b64encode(sha256(b"conversation cookie\0" + secret).digest()))
