"""What an editor types: content check, content status and content digest."""

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from bot.app import create_app
from bot.handbook.topics import TopicId
from bot.languages import ENGLISH, Language
from bot.line import Tools
from bot.settings import PROJECT
from tests.support.line import TODAY, settings
from tests.support.project import a_project

TOPIC = TopicId("ice-at-door")
SPANISH = Language("es")


def text_of(language: str) -> str:
    return (PROJECT / "content" / "topics" / TOPIC / f"{language}.toml").read_text("utf-8")


def run(app: Flask, command: str, *names: str) -> Result:
    return app.test_cli_runner().invoke(args=["content", command, *names])


def with_text(folder: Path, language: str, text: str | None) -> Flask:
    files = {f"content/topics/{TOPIC}/{language}.toml": text}
    return create_app(settings(), project=a_project(folder, files), today=lambda: TODAY)


def row(app: Flask) -> str:
    lines = run(app, "status").output.splitlines()
    return next(line for line in lines if line.split()[0] == TOPIC)


def in_spanish(app: Flask) -> str:
    header, *_ = run(app, "status").output.splitlines()
    before, after = header.index("es"), header.index("ht")
    return row(app)[before:after]


def test_content_without_a_fault_says_so(app: Flask) -> None:
    result = run(app, "check")

    assert (result.exit_code, result.output) == (0, "The content has no fault.\n")


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ("Keep the door closed. " * 8, "segments, 1 allowed"),
        ("Please, por favor, ¡más! " * 4, "because of á"),
    ],
    ids=["too long", "too dear"],
)
def test_a_text_that_costs_too_much_fails_the_check_and_is_named(
    tmp_path: Path, more: str, named: str
) -> None:
    text = text_of("en").replace('sms = "', f'sms = "{more}', 1)
    result = run(with_text(tmp_path, "en", text), "check")

    line = 1 + text[: text.index(more)].count("\n")
    assert result.exit_code == 1
    assert f"content/topics/{TOPIC}/en.toml:{line}: sms: " in result.output
    assert named in result.output
    assert "no fault" not in result.output


def test_a_plain_text_that_is_not_plain_fails_the_check(tmp_path: Path) -> None:
    app = with_text(tmp_path, "es", text_of("es").replace('sms_plain = "', 'sms_plain = "á', 1))
    result = run(app, "check")

    assert result.exit_code == 1
    assert f"content/topics/{TOPIC}/es.toml:" in result.output
    assert "not in GSM-7: á" in result.output


def test_an_english_text_that_changes_makes_its_translation_stale(
    app: Flask, tmp_path: Path
) -> None:
    reworded = with_text(tmp_path, "en", text_of("en").replace('title = "', 'title = "! ', 1))

    assert "stale" not in row(app)
    assert row(reworded).split()[1] == "draft"
    assert "stale" in row(reworded)


def test_a_text_that_is_missing_is_shown_as_missing(tmp_path: Path) -> None:
    app = with_text(tmp_path, "es", None)

    assert "missing" in row(app)


def test_the_status_shows_every_topic_in_every_language(app: Flask, line: Tools) -> None:
    header, *rest = run(app, "status").output.splitlines()
    lines = [line for line in rest if ", in doubt: " not in line]

    assert header.split() == [*line.languages.tags()]
    assert {one.split()[0] for one in lines} == set(line.handbook.topics)
    assert all("GSM-7" in one or "UCS-2" in one for one in lines)


def test_the_digests_are_those_to_paste(app: Flask, line: Tools) -> None:
    shown = run(app, "digest", TOPIC).output

    for language in (ENGLISH, SPANISH):
        digest = line.handbook.answers[TOPIC, language].digest
        assert f'{language}: digest = "{digest}"' in shown
    assert f'translates = "{line.handbook.answers[TOPIC, SPANISH].translates}"' in shown


def test_pasting_the_new_digest_makes_a_translation_current_again(tmp_path: Path) -> None:
    (tmp_path / "reworded").mkdir()
    (tmp_path / "translated").mkdir()
    english = text_of("en").replace('title = "', 'title = "! ', 1)
    reworded = with_text(tmp_path / "reworded", "en", english)
    last = run(reworded, "digest", TOPIC).output.splitlines()[-1]
    _, _, pasted = last.partition("translations of this wording: ")
    _, *rest = text_of("es").splitlines()
    files = {
        f"content/topics/{TOPIC}/en.toml": english,
        f"content/topics/{TOPIC}/es.toml": "\n".join([pasted, *rest]),
    }
    project = a_project(tmp_path / "translated", files)
    translated = create_app(settings(), project=project, today=lambda: TODAY)

    assert text_of("es").startswith("translates = ")
    assert "stale" in in_spanish(reworded)
    assert "stale" not in in_spanish(translated)


def test_a_signature_counts_until_the_text_is_changed(tmp_path: Path, line: Tools) -> None:
    (tmp_path / "signed").mkdir()
    (tmp_path / "edited").mkdir()
    digest = line.handbook.answers[TOPIC, ENGLISH].digest
    review = (
        '[review]\nstatus = "signed"\nreviewer = "A Reviewer"\n'
        f'signed_on = 2026-11-01\nexpires = 2027-11-01\ndigest = "{digest}"\n'
    )
    text = text_of("en").partition("[review]")[0] + review
    signed = with_text(tmp_path / "signed", "en", text)
    edited = with_text(tmp_path / "edited", "en", text.replace('title = "', 'title = "! ', 1))

    assert row(signed).split()[1] == "signed"
    assert row(edited).split()[1] == "draft"
