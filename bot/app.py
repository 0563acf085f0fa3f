"""Where the line is put together: the only module that knows every room."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from argon2 import PasswordHasher
from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from bot.baton import Baton
from bot.carrier.once import Once
from bot.carrier.texting import TextMessages, WhileOthersAnswer
from bot.cli import add_commands
from bot.content import Content
from bot.files import ContentError
from bot.health import SECONDS_TO_WAIT, Inquiry, make_health
from bot.languages import SPANISH
from bot.line import Tools, carrier_of, cipher_of, local_clock, open_line, signature_of
from bot.metrics import Measures, make_metrics
from bot.reports.names import Names
from bot.reports.reports import Pages, add_reports
from bot.settings import PROJECT, Settings, SettingsError, Switch
from bot.simulated import simulator
from bot.sms.memory import Memory
from bot.sms.webhook import Texts, make_sms
from bot.traffic import Traffic
from bot.trends.due import Due
from bot.trends.live.midnight import Midnight
from bot.trends.live.opening import open_live_store, shared_folder
from bot.trends.live.store import LiveStore, LiveStoreError
from bot.trends.tally import Tally
from bot.understanding.learning import LearningError
from bot.voice.webhook import Calls, make_audio, make_voice

# Twilio's forms are a few kB; nobody needs to make us read more.
LARGEST_FORM = 512 * 1024


class StartRefused(SystemExit):
    """The content cannot be served: the start stops here, and the message names every fault."""


def create_app(
    settings: Settings,
    *,
    project: Path = PROJECT,
    content: Content | None = None,
    store: LiveStore | None = None,
    messages: TextMessages | None = None,
    today: Callable[[], date] | None = None,
    now: Callable[[], datetime] | None = None,
    hasher: PasswordHasher | None = None,
    probe_seconds: float = SECONDS_TO_WAIT,
) -> Flask:
    """Put the line together, from the project's content unless other content is given.

    Raises:
        StartRefused: if the content has a fault; the message names them all.

    """
    now = now or local_clock(settings.time_zone)
    today = today or (lambda: now().date())
    try:
        tools = open_line(settings, project, today, now, messages, content=content)
    except (ContentError, LearningError) as error:
        raise StartRefused(str(error)) from None
    traffic = Traffic(None if store else _shared_folder(settings))
    baton = Baton()
    store = store or _live_store(settings, tools, now, baton)
    tally = Tally(store)
    signature = signature_of(settings)
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
    texts = _texts(settings, tools, tally)
    app.register_blueprint(make_sms(texts, signature, baton, secure=secure))
    app.register_blueprint(make_voice(_calls(tools, tally, store, baton), signature, baton))
    app.register_blueprint(make_audio(tools.recordings))
    if settings.simulator is Switch.ON:
        app.register_blueprint(simulator(settings, tools, texts.memory, signature))
    app.extensions["midnight"] = Midnight(store, now)
    weekly = tools.records.weekly_release(store)
    _close_weeks(app, Due(weekly))
    pages = _pages(settings, tools, now, hasher or PasswordHasher(), store)
    invitations = add_reports(app, pages)
    add_commands(
        app,
        tools,
        live=live,
        weekly=weekly,
        invitations=invitations,
        client=carrier_of(settings),
        settings=settings,
    )
    return app


def _refused(error: HTTPException) -> Response:
    """Answer what is no request of ours with its status alone: a page might be read to a caller."""
    return Response(status=error.code)


def _pages(
    settings: Settings,
    tools: Tools,
    now: Callable[[], datetime],
    hasher: PasswordHasher,
    store: LiveStore,
) -> Pages:
    """Return what the organizers' pages are made of."""
    return Pages(
        database=tools.records.database,
        releases=tools.records.releases,
        grid=tools.grid,
        names=Names(tools.handbook, tools.languages, tools.states),
        translations={SPANISH: tools.pages},
        # The pages may count who knocks, and nothing else there is theirs to see.
        let_in=store.visit,
        hasher=hasher,
        key_for=settings.key_for,
        now=now,
        today=tools.today,
        public_url=settings.public_url,
        organization=settings.organization_name,
    )


def _close_weeks(app: Flask, due: Due) -> None:
    @app.after_request
    def close_weeks(response: Response) -> Response:
        # Behind the answer: whoever asked has it before we look.
        if due.comes():
            response.call_on_close(due.run)
        return response


def _live_store(
    settings: Settings, tools: Tools, now: Callable[[], datetime], baton: Baton
) -> LiveStore:
    """Return the live store.

    Raises:
        SettingsError: if nothing of callers may be kept there.

    """
    place = settings.live_store.get_secret_value()
    with _refusing_the_live_store():
        return open_live_store(place, settings.public_url, tools.grid, now, baton=baton)


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
        printer=tools.printer,
        memory=Memory(cipher_of(settings, "conversation cookie")),
        tally=tally,
        languages=tools.languages.tags(),
    )


def _calls(tools: Tools, tally: Tally, store: LiveStore, baton: Baton) -> Calls:
    texts = WhileOthersAnswer(tools.phone.texts, baton)
    phone = replace(tools.phone, is_new=Once(store).is_new, texts=texts)
    return Calls(phone, tools.script, tools.addresses, tally)
