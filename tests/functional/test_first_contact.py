"""The first contact, whatever the language, and what is said while the line is down."""

from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest
from flask import Flask

from bot.line import Tools
from bot.sms.segments import segments
from tests.support.line import Carrier
from tests.support.twiml import LARGEST, check_texts, words

EIGHT = ("en", "es", "ht", "pt-BR", "fr", "zh-Hans", "vi", "ar")
MOST_SECONDS = 20


def test_eight_languages_greet_in_two_segments(carrier: Carrier, line: Tools) -> None:
    sentences, names = carrier.text("hi")

    assert segments(sentences) + segments(names) == 2
    shown = f"{sentences}\n{names}".splitlines()
    assert [int(one[0]) for one in shown] == list(range(1, 9))
    assert all(profile.name in one for profile, one in zip(line.languages, shown, strict=True))


@pytest.mark.parametrize(("key", "tag"), [*enumerate(EIGHT, 1)])
def test_a_key_chooses_a_language_by_text_and_by_telephone(
    carrier: Carrier, line: Tools, key: int, tag: str
) -> None:
    carrier.text("hi")
    by_text = "\n".join(carrier.text(str(key)))
    by_voice = carrier.call(carrier.call().action, Digits=str(key)).action

    title = line.handbook.menu.choices[0].title
    assert line.printer.catalogs.say(title, line.languages.tags()[key - 1], {}) in by_text
    assert by_voice.startswith(f"/voice/{tag}/")


def test_by_telephone_everyone_is_addressed_before_long(carrier: Carrier) -> None:
    said = carrier.call().said

    assert len(said) == len(EIGHT)
    spoken = [one for one in said if not one.startswith("/audio/")]
    assert sum(map(len, spoken)) / 15 < MOST_SECONDS


@pytest.mark.parametrize(
    "text",
    [
        "saya ditangkap polisi imigrasi, apa hak saya?",
        "Мене затримала поліція",
        "ຂ້ອຍຕ້ອງການຄວາມຊ່ວຍເຫຼືອ",
    ],
)
def test_a_language_that_nobody_here_speaks_gets_help_and_all_languages(
    carrier: Carrier, text: str
) -> None:
    said = "\n".join(carrier.text(text))

    assert "Call 911; ask for an interpreter" in said
    assert "8 العربية" in said


def test_by_text_the_words_for_a_line_that_is_down_are_ten_messages_at_most(
    app: Flask, tmp_path: Path
) -> None:
    _write(app, tmp_path)

    texts = check_texts((tmp_path / "sms.xml").read_bytes())
    assert len(EIGHT) <= len(texts) <= 10
    assert all("911" in words(one) for one in texts if "1-312" not in words(one))


def test_by_telephone_every_language_is_one_key_away_from_a_line_that_is_down(
    app: Flask, tmp_path: Path
) -> None:
    _write(app, tmp_path)

    beginning = _read(tmp_path / "voice.xml")
    offered = [one.get("action", "") for one in beginning.iter("Gather")]
    assert offered == [f"voice-{tag}.xml" for tag in EIGHT]
    assert beginning[-1].tag == "Hangup"
    for name in offered:
        document = _read(tmp_path / name)
        assert len(document) > 9
        assert document[-1].tag == "Hangup"


def test_what_is_recorded_is_beside_the_words_for_a_line_that_is_down(
    app: Flask, tmp_path: Path
) -> None:
    _write(app, tmp_path)

    played = [
        words(one) for path in tmp_path.glob("voice*.xml") for one in _read(path).iter("Play")
    ]
    assert played
    assert [one for one in played if not (tmp_path / one).is_file()] == []


def _write(app: Flask, folder: Path) -> None:
    result = app.test_cli_runner().invoke(args=("carrier", "fallback", str(folder)))
    assert result.exit_code == 0, result.output


def _read(path: Path) -> Element:
    source = path.read_bytes()
    assert len(source) <= LARGEST
    document: Element = fromstring(source)  # noqa: S314 - we wrote it
    return document
