"""A start with broken content: refused, with every fault, its file and its line, at once."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from bot.app import StartRefused, create_app
from bot.settings import PROJECT, Settings
from tests.support.line import TODAY, Carrier, make_app, settings
from tests.support.project import a_project

CATALOG = "locales/es/LC_MESSAGES/messages.po"
AT_THE_DOOR = "content/topics/ice-at-door/en.toml"
U_VISA = "content/topics/u-visa/topic.toml"


def original(path: str) -> str:
    return (PROJECT / path).read_text("utf-8")


def start(folder: Path, files: dict[str, str | None]) -> Flask:
    return create_app(settings(), project=a_project(folder, files), today=lambda: TODAY)


def faults(folder: Path, files: dict[str, str | None]) -> list[str]:
    with pytest.raises(StartRefused) as refused:
        start(folder, files)
    return str(refused.value).splitlines()


def line_with(text: str, wanted: str) -> int:
    return next(at for at, line in enumerate(text.splitlines(), 1) if wanted in line)


def test_every_fault_of_every_topic_is_named_with_file_line_and_key(tmp_path: Path) -> None:
    english = original(AT_THE_DOOR).replace("voice = [", "shout = [", 1)
    topic = original(U_VISA).replace('jurisdiction = "', 'jurisdiction = "of the moon, ', 1)
    found = faults(tmp_path, {AT_THE_DOOR: english, U_VISA: topic})

    at_shout = line_with(english, "shout = [")
    at_moon = line_with(topic, "of the moon")
    assert any(one.startswith(f"{AT_THE_DOOR}:{at_shout}: shout: ") for one in found)
    assert any(re.match(rf"{AT_THE_DOOR}:\d+: voice: ", one) for one in found)
    assert any(one.startswith(f"{U_VISA}:{at_moon}: jurisdiction: ") for one in found)


def test_what_is_not_toml_is_named_with_its_line(tmp_path: Path) -> None:
    english = original(AT_THE_DOOR).replace("voice = [", "voice [", 1)
    (fault,) = faults(tmp_path, {AT_THE_DOOR: english})

    assert fault.startswith(f"{AT_THE_DOOR}:{line_with(english, 'voice [')}: ")


def test_what_breaks_off_is_named_with_its_last_line(tmp_path: Path) -> None:
    english = original(AT_THE_DOOR) + "reviewer"
    (fault,) = faults(tmp_path, {AT_THE_DOOR: english})

    assert fault.startswith(f"{AT_THE_DOOR}:{len(english.splitlines())}: ")


def test_faults_of_different_rooms_are_named_at_once(tmp_path: Path) -> None:
    broken = [AT_THE_DOOR, "content/counsel/hotlines.toml", "content/questions/es.toml", CATALOG]
    found = "\n".join(faults(tmp_path, dict.fromkeys(broken, "not what it should be")))

    assert [path for path in broken if path not in found] == []


@pytest.mark.parametrize(
    "path",
    [
        "content/languages.toml",
        "content/menu.toml",
        "content/notice.toml",
        "content/counsel/hotlines.toml",
        "content/counsel/providers.csv",
        "content/questions/es.toml",
        "content/topics/u-visa/topic.toml",
        CATALOG,
    ],
)
@pytest.mark.parametrize("text", [None, "not what it should be\n"], ids=["missing", "broken"])
@pytest.mark.heavy
def test_without_any_of_its_files_the_line_does_not_start(
    tmp_path: Path, path: str, text: str | None
) -> None:
    found = faults(tmp_path, {path: text})

    assert any(re.match(rf"\S*{re.escape(path)}:\d+: ", one) for one in found)


def test_a_topic_without_its_english_text_is_named(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, {"content/topics/u-visa/en.toml": None})

    assert fault.startswith(f"{U_VISA}:1: has no en.toml")


def test_a_language_is_offered_only_when_its_catalog_is_complete(tmp_path: Path) -> None:
    text = original(CATALOG)
    (entry,) = re.findall(r'msgid "None of these"\nmsgstr ".+"\n', text)
    found = faults(tmp_path, {CATALOG: text.replace(entry, "")})

    assert any("None of these" in one for one in found)


def test_a_sentence_that_is_not_translated_is_named(tmp_path: Path) -> None:
    text = re.sub(r'(msgid "None of these"\nmsgstr) ".+"', r'\1 ""', original(CATALOG))
    (fault,) = faults(tmp_path, {CATALOG: text})

    line = line_with(text, 'msgid "None of these"')
    assert fault.endswith(f"{CATALOG}:{line}: is not translated: 'None of these'")


def test_a_form_of_a_plural_that_is_not_translated_is_named(tmp_path: Path) -> None:
    catalog = original(CATALOG).replace('msgstr[1] "%(miles)s millas"', 'msgstr[1] ""')
    (fault,) = faults(tmp_path, {CATALOG: catalog})

    line = line_with(catalog, 'msgid "%(miles)s mile"')
    assert fault.endswith(
        f"{CATALOG}:{line}: is not translated: ('%(miles)s mile', '%(miles)s miles')"
    )


def test_a_sentence_that_counts_is_missing_where_it_has_one_form_only(tmp_path: Path) -> None:
    forms = r'msgid "%\(miles\)s mile"\nmsgid_plural .+\nmsgstr\[0\] .+\nmsgstr\[1\] .+\n'
    one = 'msgid "%(miles)s mile"\nmsgstr "%(miles)s millas"\n'
    (fault,) = faults(tmp_path, {CATALOG: re.sub(forms, one, original(CATALOG))})

    assert "lacks '%(miles)s mile'" in fault


def test_a_number_that_no_source_publishes_is_named(tmp_path: Path) -> None:
    english = original(AT_THE_DOOR).replace('sms = "', 'sms = "1-500-555-0006 ', 1)
    found = faults(tmp_path, {AT_THE_DOOR: english})

    assert any(one.startswith(AT_THE_DOOR) and "1-500-555-0006" in one for one in found)


@pytest.mark.parametrize("languages", [("en",), ("es",), ("es", "en")], ids=",".join)
def test_an_operator_can_offer_a_part_of_the_languages(languages: tuple[str, ...]) -> None:
    greeting = " ".join(Carrier(make_app(languages=languages).test_client()).text("?"))

    assert ("English" in greeting, "Español" in greeting) == (
        "en" in languages,
        "es" in languages,
    )


def test_a_language_that_nobody_offers_is_named() -> None:
    with pytest.raises(StartRefused, match=r"LANGUAGES.*'tlh'"):
        create_app(settings(languages=("en", "tlh")))


def test_an_operator_reads_one_message_and_no_traceback(tmp_path: Path) -> None:
    clean = {
        name: value
        for name, value in os.environ.items()
        if name.lower() not in Settings.model_fields
    }
    started = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "flask", "--app", PROJECT / "wsgi.py", "ask", "hi"],
        cwd=tmp_path,
        env=clean,
        capture_output=True,
        text=True,
        check=False,
    )

    assert started.returncode == 1
    assert "TWILIO_AUTH_TOKEN: " in started.stderr
    assert "Traceback" not in started.stderr + started.stdout
