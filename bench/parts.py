"""Where the time of a text goes: the parts of an answer, one at a time, in one process."""

import cProfile
import io
import logging
import pstats
import re
from pathlib import Path
from time import process_time

from flask import request
from pydantic import SecretStr

from bench.load import AUTH_TOKEN, PUBLIC_URL, Load
from bot.app import create_app
from bot.carrier.delivery import delivery_of
from bot.dialogue.conversation import Conversation
from bot.line import local_clock, open_line
from bot.settings import PROJECT, Settings
from bot.sms.pages import paper_of
from bot.sms.webhook import message_in, twiml
from bot.trends.live.file import StoreInFile
from bot.trends.tally import Tally

QUESTIONS = 600
TOP = 12
MICROSECONDS = 1_000_000
Parts = dict[str, float]


def settings_in(folder: Path, live_store: Path) -> Settings:
    """Return settings that read neither the environment nor a file."""
    return Settings(
        _env_file=None,
        public_url=PUBLIC_URL,
        twilio_account_sid="AC" + "0" * 32,
        twilio_auth_token=SecretStr(AUTH_TOKEN),
        secret_key=SecretStr("not a secret, " * 4),
        database_url=SecretStr(f"sqlite:///{folder / 'rights-line.db'}"),
        live_store=SecretStr(str(live_store)),
    )


def in_parts(folder: Path, live_store: Path) -> Parts:
    """Return the microseconds of a processor that each part of a text takes, on average."""
    settings = settings_in(folder, live_store)
    now = local_clock(settings.time_zone)
    tools = open_line(settings, PROJECT, lambda: now().date(), now)
    store = StoreInFile(str(live_store / "parts.db"), tools.grid, now)
    tally = Tally(store)
    app = create_app(settings)
    load = Load()
    client = app.test_client()
    taken: dict[str, list[float]] = {}

    def timed(name: str, since: float) -> float:
        then = process_time()
        taken.setdefault(name, []).append((then - since) * MICROSECONDS)
        return process_time()

    for webhook in load.texts(QUESTIONS):
        path, headers, body = _read(webhook)
        with app.test_request_context(path, method="POST", headers=headers, data=body):
            message, delivery = message_in(request.form), delivery_of(request)
        start = process_time()
        turn = tools.dialogue.respond(Conversation(), message)
        start = timed("understand and decide", start)
        messages = tools.printer.messages(turn.reply, paper_of(message.channel))
        start = timed("print", start)
        tally.text(delivery, turn.observation, is_urgent=turn.urgent)
        start = timed("count", start)
        twiml(messages)
        start = timed("write TwiML", start)
    for webhook in load.texts(QUESTIONS):
        path, headers, body = _read(webhook)
        start = process_time()
        client.post(path, headers=headers, data=body, base_url=PUBLIC_URL)
        timed("all of a text, with Flask, signature and cookie", start)
    return {name: sum(times) / len(times) for name, times in taken.items()}


def profile(folder: Path, live_store: Path) -> list[str]:
    """Return the lines of the profile of texts that take most by themselves."""
    logging.disable(logging.ERROR)
    client = create_app(settings_in(folder, live_store)).test_client()
    prepared = [_read(one) for one in Load().texts(QUESTIONS)]
    profiler = cProfile.Profile()
    profiler.enable()
    for path, headers, body in prepared:
        client.post(path, headers=headers, data=body, base_url=PUBLIC_URL)
    profiler.disable()
    told = io.StringIO()
    pstats.Stats(profiler, stream=told).sort_stats("tottime").print_stats(TOP)
    lines = told.getvalue().replace(f"{PROJECT}/", "").splitlines()
    return [re.sub(r"/\S*site-packages/|/\S*/lib/python[^/]*/", "", line) for line in lines if line]


def _read(webhook: bytes) -> tuple[str, dict[str, str], bytes]:
    head, _, body = webhook.partition(b"\r\n\r\n")
    first, *headers = head.decode().split("\r\n")
    named = dict(one.split(": ", 1) for one in headers)
    return first.split()[1], named, body
