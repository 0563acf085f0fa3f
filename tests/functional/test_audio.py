"""A language that no machine speaks: recorded by `audio build`, and heard to its last word."""

import wave
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from bot.carrier.texting import Sent
from bot.cli.audio import inventory_of
from bot.counsel.hours import Desk, OpeningHours
from bot.dialogue.conversation import Conversation, TopicChoice, ZipCodeWanted
from bot.handbook.topics import HUMAN
from bot.languages import ENGLISH, Command
from bot.trends.observation import Channel
from bot.voice import espeak
from bot.voice.call import Call
from bot.voice.phone import Phone
from bot.voice.recordings import PEOPLE, Recordings, digest_of
from bot.voice.speech import Utterance
from bot.voice.step import Dial, Heard, Step
from tests.support.line import CALLER, LINE, make_app
from tests.support.toy import A_PERSON, CALLED, KEY, NOTICE, STALE, TOY, ToyLine, a_toy_line, opened
from tests.support.twiml import check_call, words

pytestmark = [
    pytest.mark.skipif(find_spec(espeak.PACKAGE) is None, reason="espeakng-loader is missing"),
    # The toy language is learned and recorded once.
    pytest.mark.xdist_group("a toy language"),
]

WEEKDAYS = OpeningHours.parse("Mon-Fri 9:00-17:00", "America/New_York")
DESK = Desk("+15005550002", WEEKDAYS)
NOON = datetime.fromisoformat("2026-11-23T12:00:00-05:00")
NIGHT = datetime.fromisoformat("2026-11-23T23:00:00-05:00")

KEYS = (*"0123456789*#", "")
ZIP_CODES = ("77002", "99999", "123")


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> ToyLine:
    line = a_toy_line(tmp_path_factory.mktemp("toy"))
    built = line.run("audio", "build")
    assert built.exit_code == 0, built.output
    return replace(line, tools=opened(line.project))


class NoTexts:
    """Cannot text anybody."""

    def send(self, to: str, sender: str, texts: Sequence[str]) -> Sent:
        del to, sender, texts
        return Sent.CANNOT


def phone_of(line: ToyLine, now: datetime) -> Phone:
    return replace(line.tools.phone, texts=NoTexts(), desk=DESK, now=lambda: now)


def walk(phone: Phone) -> Iterator[Step]:
    """Press every key wherever the toy language is spoken."""
    seen: set[object] = set()
    waiting = [Call()]
    while waiting:
        call = waiting.pop()
        conversation = call.conversation
        place = conversation.awaiting or (conversation.topic, conversation.page)
        here = (conversation.language, place, call.stumbles, call.asked_number)
        if here in seen or conversation.language not in (None, TOY):
            continue
        seen.add(here)
        wants_zip = isinstance(conversation.awaiting, ZipCodeWanted)
        for keys in (*KEYS, *(ZIP_CODES if wants_zip else ())):
            step = phone.step(call, Heard(digits=keys, caller=CALLER, line=LINE))
            yield step
            waiting.append(step.call)
            if isinstance(step.then, Dial):
                yield phone.step(step.call, Heard(dialled="busy"))
                yield phone.step(step.call, Heard(dialled="completed"))


def unheard(line: ToyLine, said: Iterable[Utterance]) -> list[str]:
    """Return what nobody would hear: it is neither recorded, nor said in another's own voice."""
    recordings = Recordings(line.audio)

    def is_heard(one: Utterance) -> bool:
        if one.language != TOY or recordings.find(one.text, TOY):
            return True
        return one.parts != () and all(map(is_heard, one.parts))

    return [one.text for one in said if not is_heard(one)]


@pytest.mark.heavy
@pytest.mark.parametrize("now", [NOON, NIGHT], ids=["by day", "at night"])
def test_no_key_leads_to_silence(line: ToyLine, now: datetime) -> None:
    said = {one for step in walk(phone_of(line, now)) for one in step.said}

    assert unheard(line, said) == []
    handbook = line.tools.handbook
    # A stale text is said in English; and whoever wishes for a person is connected.
    heard = [one for one in handbook.in_language(TOY) if one.topic not in (STALE, HUMAN)]
    pages = {page for one in heard for page in one.voice}
    assert {NOTICE, *pages} <= {one.text for one in said}


def test_no_word_that_is_spoken_leads_to_silence(line: ToyLine) -> None:
    phone = line.tools.phone
    topics = [*line.tools.handbook.topics]
    replies = [
        phone.dialogue.obey(Conversation(TOY, topic), command, Channel.VOICE).reply
        for topic in topics
        for command in Command
    ]
    for first, second, third in zip(topics, topics[1:], topics[2:], strict=False):
        offered = Conversation(TOY, awaiting=TopicChoice((third, first, second)))
        replies.append(phone.dialogue.again(offered, Channel.VOICE).reply)
    replies += [phone.dialogue.heard_while_down(TOY)]

    said = [one for reply in replies for one in phone.speaker.utterances(reply.lines)]
    assert unheard(line, said) == []


def test_a_call_is_played_and_only_english_is_said(line: ToyLine) -> None:
    client = line.app.test_client()
    script, plays, says = line.tools.script, set[str](), set[str | None]()
    for step in {step.said: step for step in walk(phone_of(line, NOON))}.values():
        document = check_call(script.twiml(step).encode())
        if step.call.conversation.language == TOY:
            plays |= {words(one) for one in document.iter("Play")}
            says |= {one.get("language") for one in document.iter("Say")}

    assert says == {"en-US"}
    assert len(plays) > 100
    for address in plays:
        with client.get(address) as response:
            assert (response.status_code, response.mimetype) == (200, "audio/wav")


def test_the_first_words_offer_every_language_in_its_own_voice(line: ToyLine) -> None:
    step = line.tools.phone.step(Call(), Heard())
    (gather,) = check_call(line.tools.script.twiml(step).encode())

    assert [(one.tag, one.get("language")) for one in gather] == [
        ("Say", "en-US"),
        ("Say", "es-US"),
        ("Play", None),
    ]
    chosen = line.tools.phone.step(step.call, Heard(digits=str(KEY)))
    assert chosen.call.conversation.language == TOY


@pytest.mark.parametrize(
    ("name", "seconds"),
    [("ice-at-door-1", (2, 6)), ("digit-7", (0.2, 0.8)), ("one-number-*", (12, 25))],
)
def test_a_recording_is_a_telephone_sound_that_can_be_heard(
    line: ToyLine, name: str, seconds: tuple[float, float]
) -> None:
    (path,) = (line.audio / TOY).glob(f"{name}.*.wav")
    with wave.open(str(path)) as file:
        form = (file.getframerate(), file.getnchannels(), file.getsampwidth())
        lasts = file.getnframes() / file.getframerate()
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32_768

    assert form == (8_000, 1, 2)
    assert seconds[0] < lasts < seconds[1]
    assert 0.3 < np.abs(samples).max() < 1
    assert np.sqrt(np.mean(samples**2)) > 0.03


def test_what_has_not_changed_is_not_made_again(line: ToyLine) -> None:
    before = line.recordings()

    assert line.run("audio", "build").output.endswith(f"{TOY}: 0 made, 0 removed.\n")
    assert line.recordings() == before


def test_other_words_are_recorded_anew_and_the_old_recordings_go(
    line: ToyLine, tmp_path: Path
) -> None:
    reworded = a_toy_line(tmp_path, line, "Fèmen pòt la.")
    old = {name for name in line.recordings() if name.startswith("ice-at-door-")}
    checked = reworded.run("content", "check")
    built = reworded.run("audio", "build", "--language", TOY)
    new = f"ice-at-door-1.{digest_of('Fèmen pòt la.')}.wav"

    assert checked.exit_code == 1
    assert f"content/audio/{TOY}/{new}:1: is missing" in checked.output
    assert all(f"content/audio/{TOY}/{name}:1: says what is not" in checked.output for name in old)
    assert f"{TOY}: 1 made, {len(old)} removed." in built.output
    assert reworded.recordings().keys() == line.recordings().keys() - old | {new}
    assert "no fault" in reworded.run("content", "check").output


def test_what_a_person_has_spoken_is_played_in_place_of_the_machine(
    line: ToyLine, tmp_path: Path
) -> None:
    spoken = a_toy_line(tmp_path, line)
    (name,) = (one for one in line.recordings() if one.startswith("ice-at-door-1."))
    spoken.spoken_by_a_person(name)
    _, digest, _ = name.split(".")

    assert "no fault" in spoken.run("content", "check").output
    with spoken.app.test_client().get(f"/audio/{TOY}/{digest}.wav") as played:
        assert played.data == A_PERSON


def test_what_a_person_has_spoken_is_never_removed_but_named_when_it_is_stale(
    line: ToyLine, tmp_path: Path
) -> None:
    spoken = a_toy_line(tmp_path, line)
    path = spoken.spoken_by_a_person("ice-at-door-1.0123456789ab.wav")
    built = spoken.run("audio", "build")

    assert f"{path} says what is not said any more" in built.output
    assert "0 made, 0 removed" in built.output
    assert path.read_bytes() == A_PERSON
    checked = spoken.run("content", "check")
    assert checked.exit_code == 1
    assert f"content/audio/{TOY}/{PEOPLE}/{path.name}:1:" in checked.output


def test_a_line_with_a_name_in_the_language_is_recorded_in_one_voice(line: ToyLine) -> None:
    wordings = inventory_of(line.tools).wordings(TOY)
    voices = {one.name: {part.language for part in one.utterance.parts} for one in wordings}
    (called,) = (one.name for one in wordings if CALLED in one.utterance.text)

    assert voices[called] == {TOY}
    assert voices["hotline-national-immigrant-justice-center-nijc"] == {TOY, ENGLISH}


@pytest.mark.parametrize(
    "sound", [b"", b"ID3 a song", A_PERSON[:4_000]], ids=["empty", "mp3", "half"]
)
def test_a_file_that_cannot_be_played_is_named(line: ToyLine, tmp_path: Path, sound: bytes) -> None:
    spoken = a_toy_line(tmp_path, line)
    name = next(iter(line.recordings()))
    spoken.spoken_by_a_person(name, sound)

    checked = spoken.run("content", "check")
    assert checked.exit_code == 1
    assert checked.output.count("\n") == 1
    assert f"content/audio/{TOY}/{PEOPLE}/{name}:1: cannot be played" in checked.output


def test_a_person_is_told_what_to_say_in_which_file(line: ToyLine) -> None:
    lines = line.run("audio", "list", "--language", TOY).output.splitlines()
    told = dict(one.split("\t") for one in lines)

    assert told.keys() == line.recordings().keys()
    assert all(digest_of(text) in name for name, text in told.items())


def test_the_service_needs_nothing_that_only_speaks_for_a_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(espeak, "PACKAGE", "a_package_that_is_not_installed")
    silent = a_toy_line(tmp_path)
    built = silent.run("audio", "build")

    assert silent.app.test_client().get("/healthz").status_code == 200
    assert built.exit_code == 1
    assert "pip install" in built.output
    assert silent.recordings() == {}


@pytest.mark.parametrize("command", ["build", "list"])
def test_a_language_that_has_a_machine_voice_is_not_recorded(command: str) -> None:
    result = make_app().test_cli_runner().invoke(args=["audio", command, "--language", "es"])

    assert result.exit_code == 2
    assert "'es' is recorded" in result.output


def test_a_line_without_a_recorded_language_has_nothing_to_build() -> None:
    app = make_app(languages=("en", "es"))
    result = app.test_cli_runner().invoke(args=["audio", "build"])

    assert (result.exit_code, "No language" in result.output) == (0, True)
