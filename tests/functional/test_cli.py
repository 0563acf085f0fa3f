"""What an operator types: ask, understand, evaluate, segments and talk."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask.testing import FlaskCliRunner

from bot.app import create_app
from bot.handbook.topics import OUT_OF_SCOPE, TopicId
from bot.languages import ENGLISH, Language
from bot.line import Tools
from bot.simulator.callers import CALLERS, DESK, LINE
from tests.support.line import TODAY, Postbox, make_app, settings
from tests.support.project import a_project

QUESTION = "la migra esta en mi puerta q hago"
AT_THE_DOOR = TopicId("ice-at-door")


@pytest.fixture(scope="module")
def runner() -> FlaskCliRunner:
    return make_app().test_cli_runner()


def output(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return result.output


def message(result: Result) -> str:
    """Return what an operator reads of a mistake: a message, never a traceback."""
    assert result.exit_code in {1, 2}, result.output
    assert isinstance(result.exception, SystemExit), repr(result.exception)
    assert "Traceback" not in result.output
    return result.output


def rows(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output(result).splitlines()]


def test_ask_shows_what_a_caller_would_read(runner: FlaskCliRunner, line: Tools) -> None:
    shown = output(runner.invoke(args=["ask", QUESTION]))

    assert shown.startswith(line.handbook.answers[AT_THE_DOOR, Language("es")].sms_plain)


def test_ask_begins_in_a_language_when_told_to(runner: FlaskCliRunner) -> None:
    in_english, in_spanish = (
        output(runner.invoke(args=["ask", "menu", "--language", tag])) for tag in ("en", "es")
    )

    assert in_english != in_spanish


def test_ask_answers_as_on_whatsapp_when_told_to(runner: FlaskCliRunner, line: Tools) -> None:
    shown = output(runner.invoke(args=["ask", QUESTION, "--channel", "whatsapp"]))

    assert shown.startswith(line.handbook.answers[AT_THE_DOOR, Language("es")].sms)


def test_ask_tells_scripts_how_a_message_was_understood_and_what_it_costs(
    runner: FlaskCliRunner,
) -> None:
    answer = json.loads(output(runner.invoke(args=["ask", "--json", QUESTION])))

    assert answer["language"] == "es"
    assert answer["topic"] == AT_THE_DOOR
    assert 0.5 < answer["confidence"] <= 1
    assert all({"topic", "confidence"} == one.keys() for one in answer["alternatives"])
    first, *_ = answer["messages"]
    assert {"text", "encoding", "segments"} <= first.keys()
    assert (first["encoding"], first["segments"]) == ("GSM-7", 1)
    assert answer["counts"]["topic"] == AT_THE_DOOR
    assert answer["counts"]["outcome"] == "answered"


def test_ask_tells_scripts_when_nothing_is_counted(runner: FlaskCliRunner) -> None:
    answer = json.loads(output(runner.invoke(args=["ask", "--json", "STOP"])))

    assert answer["counts"] is None
    assert answer["messages"] == []


@pytest.mark.parametrize("text", ["", "?", "\0", "😀", "a" * 10_000, "--", "<b>%s"])
def test_ask_takes_any_text(runner: FlaskCliRunner, text: str) -> None:
    assert json.loads(output(runner.invoke(args=["ask", "--json", "--", text])))["messages"]


def questions(*texts: str) -> str:
    return "".join(json.dumps({"id": at, "text": text}) + "\n" for at, text in enumerate(texts))


def test_understand_answers_every_line_in_the_same_order(
    runner: FlaskCliRunner, tmp_path: Path
) -> None:
    asked = questions("ICE is at my door", QUESTION, "what is the weather tomorrow", "", "🙏")
    file = tmp_path / "questions.jsonl"
    file.write_text(asked, "utf-8")
    from_file = rows(runner.invoke(args=["understand", str(file)]))
    from_input = rows(runner.invoke(args=["understand", "-"], input=asked))

    assert from_file == from_input
    assert [row["id"] for row in from_file] == [0, 1, 2, 3, 4]
    assert [row["topic"] for row in from_file[:3]] == [AT_THE_DOOR, AT_THE_DOOR, OUT_OF_SCOPE]
    assert [row["language"] for row in from_file[:2]] == ["en", "es"]
    assert {row["decision"] for row in from_file} <= {"answer", "offer", "menu"}
    assert all(
        row.keys() == {"id", "language", "topic", "confidence", "alternatives", "decision"}
        for row in from_file
    )


def test_understand_ranks_topics_and_names_each_once(runner: FlaskCliRunner, line: Tools) -> None:
    (row,) = rows(runner.invoke(args=["understand", "-"], input=questions("police and ICE came")))
    ranked = [row["confidence"], *(one["confidence"] for one in row["alternatives"])]
    topics = [row["topic"], *(one["topic"] for one in row["alternatives"])]

    assert ranked == sorted(ranked, reverse=True)
    assert 0 <= ranked[-1] <= ranked[0] <= 1
    assert len(set(topics)) == len(topics)
    assert set(topics) <= {*line.handbook.topics, OUT_OF_SCOPE}


@pytest.mark.parametrize(
    "broken",
    [
        *("nonsense", "[1]", "7", '{"id": "1"}', '{"text": "hi"}'),
        *('{"id": "1", "text": "', '{"id": "1", "text": null}'),
    ],
)
def test_understand_names_the_line_that_is_no_question(runner: FlaskCliRunner, broken: str) -> None:
    said = message(runner.invoke(args=["understand", "-"], input=questions("hi") + broken + "\n"))

    assert said.count("Error: ") == 1
    assert "<stdin>:2: not a question" in said


def test_understand_names_the_line_that_is_not_utf_8(
    runner: FlaskCliRunner, tmp_path: Path
) -> None:
    file = tmp_path / "latin.jsonl"
    file.write_bytes('{"id": "1", "text": "¿Qué?"}\n'.encode("latin-1"))

    assert "latin.jsonl" in message(runner.invoke(args=["understand", str(file)]))


def test_understand_of_nothing_is_nothing(runner: FlaskCliRunner) -> None:
    assert rows(runner.invoke(args=["understand", "-"], input="")) == []


def test_evaluate_judges_by_language_and_lists_what_is_wrong_and_sure(
    runner: FlaskCliRunner, tmp_path: Path
) -> None:
    meant = {"es": AT_THE_DOOR, "en": "u-visa"}
    asked = {"es": QUESTION, "en": "ICE is at my door"}
    for tag, topic in meant.items():
        row = {"id": tag, "text": asked[tag], "topic": topic, "alternates": []}
        (tmp_path / f"{tag}.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    files = [str(tmp_path / f"{tag}.jsonl") for tag in meant]
    report = output(runner.invoke(args=["evaluate", *files]))

    assert "| es | 1 | 100.0 % |" in report
    assert "| en | 1 | 0.0 % |" in report
    assert "| all | 2 | 50.0 % |" in report
    assert "u-visa taken for ice-at-door: ICE is at my door" in report


def test_evaluate_names_a_line_that_is_no_test_question(
    runner: FlaskCliRunner, tmp_path: Path
) -> None:
    file = tmp_path / "es.jsonl"
    file.write_text("nonsense\n", "utf-8")

    assert "es.jsonl:1: " in message(runner.invoke(args=["evaluate", str(file)]))


def test_evaluate_names_a_file_that_is_not_there(runner: FlaskCliRunner, tmp_path: Path) -> None:
    missing = str(tmp_path / "es.jsonl")

    assert "es.jsonl" in message(runner.invoke(args=["evaluate", missing]))


def test_segments_names_the_letters_that_make_a_text_dear(runner: FlaskCliRunner) -> None:
    cheap, dear = (output(runner.invoke(args=["segments", one])) for one in ("mas", "más ¿sí?"))

    assert cheap.startswith("GSM-7, 1 segment")
    assert "Not in GSM-7" not in cheap
    assert dear.startswith("UCS-2, 1 segment")
    assert "Not in GSM-7: á í" in dear


def test_segments_tells_scripts_the_same(runner: FlaskCliRunner) -> None:
    measured = json.loads(output(runner.invoke(args=["segments", "--json", "a" * 161])))

    assert measured["encoding"] == "GSM-7"
    assert measured["segments"] == 2
    assert measured["forcing"] == []


def test_segments_measures_even_what_a_terminal_garbled(runner: FlaskCliRunner) -> None:
    garbled = b"m\xe1s".decode("utf-8", "surrogateescape")

    assert output(runner.invoke(args=["segments", garbled])).startswith("UCS-2, 1 segment")


def test_talk_is_a_conversation_that_remembers(runner: FlaskCliRunner, line: Tools) -> None:
    shown = output(runner.invoke(args=["talk"], input=f"{QUESTION}\nEnglish\n"))
    in_spanish, in_english = (
        shown.index(words)
        for words in (
            line.handbook.answers[AT_THE_DOOR, Language("es")].sms_plain,
            line.handbook.answers[AT_THE_DOOR, ENGLISH].sms,
        )
    )

    assert in_spanish < in_english
    assert f"counts {AT_THE_DOOR}, es, answered" in shown


@pytest.mark.parametrize(
    ("ended", "then"), [("completed", "The call has ended"), ("busy", "Nobody answered")]
)
@pytest.mark.parametrize(("key", "shown"), [("1", LINE), ("2", CALLERS[0])])
def test_talk_by_voice_goes_through_a_transfer(key: str, shown: str, ended: str, then: str) -> None:
    desk = make_app(transfer_number=DESK).test_cli_runner()
    told = output(desk.invoke(args=["talk", "--voice"], input=f"1\n0\n{key}\n{ended}\n"))

    assert f"connects to {DESK}, who sees {shown}" in told
    assert then in told.partition("connects to")[2]


def test_talk_by_voice_can_be_asked_for_a_text_and_sends_none(line: Tools) -> None:
    postbox = Postbox()
    phone = make_app(messages=postbox).test_cli_runner()
    told = output(phone.invoke(args=["talk", "--voice"], input="1\n1\n1\n8\n"))

    assert line.handbook.answers[AT_THE_DOOR, ENGLISH].voice[0] in told
    assert "We sent you a text" in told
    assert not postbox.posted


def test_talk_by_voice_reads_what_nobody_translated_where_english_is_not_offered(
    tmp_path: Path, line: Tools
) -> None:
    project = a_project(tmp_path, {f"content/topics/{AT_THE_DOOR}/es.toml": None})
    app = create_app(settings(languages=("es",)), project=project, today=lambda: TODAY)
    phone = app.test_cli_runner()
    told = output(phone.invoke(args=["talk", "--voice"], input="2\n1\n1\n"))

    assert line.handbook.answers[AT_THE_DOOR, ENGLISH].voice[0] in told
    assert "en-US" in told


@pytest.mark.parametrize(
    ("mistyped", "mend"),
    [
        (["aks", "hi"], "aks"),
        (["content", "chek"], "chek"),
        (["content", "digest", "no-such-topic"], "no-such-topic"),
        (["ask"], "TEXT"),
        (["ask", "hi", "--language", "tlh"], "tlh"),
        (["ask", "hi", "--jsn"], "--jsn"),
        (["understand", "no-such-file"], "no-such-file"),
        (["segments"], "TEXT"),
        (["evaluate"], "FILES"),
    ],
)
def test_a_mistyped_command_gives_one_clear_message(
    runner: FlaskCliRunner, mistyped: list[str], mend: str
) -> None:
    said = message(runner.invoke(args=mistyped))

    assert said.count("Error: ") == 1
    assert mend in said.partition("Error: ")[2]
