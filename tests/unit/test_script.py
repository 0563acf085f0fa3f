"""From a step of a call to TwiML: the right voice, what is waited for, and never more than fits."""

from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.conversation import Awaiting, Conversation, MenuChoice, ZipCodeWanted
from bot.handbook.topics import FIND_LAWYER
from bot.languages import ENGLISH, Language, LanguageList, Voice
from bot.line import Tools
from bot.voice.call import Call
from bot.voice.recordings import Recordings, digest_of
from bot.voice.script import Script
from bot.voice.speech import Utterance
from bot.voice.step import Dial, HangUp, Listen, Step
from tests.support.line import LINE
from tests.support.twiml import check_call, words

DESK = "+15005550009"
SPANISH, AMHARIC, CREOLE = Language("es"), Language("am"), Language("ht")
HELLO, HOLA = Utterance("Press 1.", ENGLISH), Utterance("Oprima 1.", SPANISH)
RECORDED = "Peze 1."

# Voices as languages.toml will have them one day: heard by key alone, never slower, recorded.
VOICES = {
    AMHARIC: Voice(say="Google.am-ET-Wavenet-A", locale="am-ET"),
    CREOLE: Voice(recorded=True),
}


@pytest.fixture(scope="module")
def script(line: Tools, tmp_path_factory: pytest.TempPathFactory) -> Script:
    folder: Path = tmp_path_factory.mktemp("audio")
    (folder / "ht").mkdir()
    (folder / "ht" / f"menu.{digest_of(RECORDED)}.wav").touch()
    model = line.languages.profile(SPANISH)
    others = tuple(
        model.model_copy(update={"tag": tag, "key": key, "voice": voice})
        for key, (tag, voice) in enumerate(VOICES.items(), 3)
    )
    languages = LanguageList(offered=(*line.languages.spoken().offered, *others))
    return Script(languages, line.handbook, Recordings(folder), line.addresses)


def written(
    script: Script,
    *said: Utterance,
    then: Listen | Dial | HangUp | None = None,
    language: Language | None = ENGLISH,
    awaiting: Awaiting = MenuChoice(),  # noqa: B008 - a frozen value
    slow: bool = False,
) -> Element:
    """Return the document of a step, which Twilio would carry out."""
    call = Call(Conversation(language, awaiting=awaiting), slow=slow)
    document = script.twiml(Step(said, then or Listen(), call)).encode()
    return check_call(document)


def test_a_caller_may_press_or_speak_where_the_language_is_recognized(script: Script) -> None:
    (gather,) = written(script, HOLA, language=SPANISH)

    assert gather.get("input") == "dtmf speech"
    assert gather.get("language") == "es-US"
    assert gather.get("speechModel") == "phone_call"
    assert gather.get("speechTimeout", "").isdecimal()


def test_the_recognition_is_told_the_titles_of_that_language(script: Script, line: Tools) -> None:
    (gather,) = written(script, HOLA, language=SPANISH)
    hints = [hint.strip() for hint in gather.get("hints", "").split(",")]

    # A comma would make two hints of one.
    titles = [one.title.replace(",", " ") for one in line.handbook.in_language(SPANISH)]
    assert sorted(hints) == sorted(titles)


@pytest.mark.parametrize("language", [AMHARIC, CREOLE, None])
def test_where_nobody_would_understand_only_keys_are_heard(
    script: Script, language: Language | None
) -> None:
    (gather,) = written(script, HOLA, language=language)

    assert gather.get("input") == "dtmf"
    assert gather.get("hints") is None


def test_a_key_works_at_once_and_star_and_pound_are_keys(script: Script) -> None:
    (gather,) = written(script, HELLO)

    assert (gather.get("numDigits"), gather.get("finishOnKey")) == ("1", "")


def test_a_zip_code_has_five_digits_and_time_to_find_them(script: Script) -> None:
    (gather,) = written(script, HELLO, awaiting=ZipCodeWanted())

    assert gather.get("numDigits") == "5"
    assert int(gather.get("timeout", "")) >= 4


def test_where_the_call_goes_on_is_its_address(script: Script, line: Tools) -> None:
    call = Call(Conversation(SPANISH, FIND_LAWYER, awaiting=ZipCodeWanted()), texts=1)
    (gather,) = check_call(script.twiml(Step((HOLA,), Listen(), call)).encode())

    assert gather.get("action") == f"/voice/{line.addresses.path(call)}"
    assert gather.get("actionOnEmptyResult") == "true"


def test_everything_is_said_in_the_voice_of_its_language(script: Script) -> None:
    (gather,) = written(script, HELLO, HOLA, language=None)

    said = [
        (words(one), one.get("language"), one.get("voice", "").split("-N")[0]) for one in gather
    ]
    assert said == [
        ("Press 1.", "en-US", "Google.en-US"),
        ("Oprima 1.", "es-US", "Google.es-US"),
    ]


def test_slowly_is_slow_where_the_voice_can(script: Script) -> None:
    (gather,) = written(script, HOLA, slow=True)
    (prosody,) = gather[0]

    assert (prosody.tag, prosody.attrib) == ("prosody", {"rate": "slow"})
    assert words(gather[0]) == "Oprima 1."


def test_a_voice_that_cannot_slow_down_says_it_as_ever(script: Script) -> None:
    hello = Utterance("ሰላም።", AMHARIC)

    assert words(written(script, hello, slow=True)) == "ሰላም።"
    assert not list(written(script, hello, slow=True).iter("prosody"))


def test_a_recorded_language_is_played_and_never_read(script: Script) -> None:
    for slow in (False, True):
        (gather,) = written(script, Utterance(RECORDED, CREOLE), language=CREOLE, slow=slow)

        (play,) = gather
        assert (play.tag, words(play)) == ("Play", f"/audio/ht/{digest_of(RECORDED)}.wav")


def test_what_is_not_recorded_is_logged_once_and_without_a_word_of_it(
    script: Script, caplog: pytest.LogCaptureFixture
) -> None:
    for digit in "77002":
        written(script, Utterance(digit, CREOLE), HELLO, language=CREOLE)

    (told,) = caplog.messages
    assert "in ht" in told
    assert not any(sign.isdecimal() for sign in told)


def test_a_transfer_shows_the_number_it_is_told_to_show(script: Script) -> None:
    said, dial = written(script, HELLO, then=Dial(DESK, LINE))

    assert (said.tag, dial.tag) == ("Say", "Dial")
    assert (words(dial), dial.get("callerId")) == (DESK, LINE)
    assert dial.get("action") == "/voice/en/menu"
    assert int(dial.get("timeout", "")) <= 30


def test_a_goodbye_is_said_before_the_call_ends(script: Script) -> None:
    assert [one.tag for one in written(script, HELLO, HOLA, then=HangUp())] == [
        *("Say", "Say", "Hangup")
    ]


def test_what_a_text_holds_is_never_read_as_a_command(script: Script) -> None:
    text = 'Say "no" & <Hangup/> if it\'s < 5.'

    assert words(written(script, Utterance(text, ENGLISH))) == text


ALPHABETS = {ENGLISH: "abc d", SPANISH: "áéíóú ñ", AMHARIC: "አበገደ ሀ"}
SENTENCES = st.sampled_from(sorted(ALPHABETS)).flatmap(
    lambda language: st.tuples(
        st.just(language),
        st.lists(
            st.text(st.sampled_from(ALPHABETS[language]), min_size=1, max_size=200), max_size=40
        ),
    )
)


@given(told=SENTENCES, slow=st.booleans())
def test_however_long_a_text_is_all_of_it_is_said_within_the_limits(
    script: Script, told: tuple[Language, list[str]], *, slow: bool
) -> None:
    language, sentences = told
    text = " ".join(f"1{sentence.strip()}." for sentence in sentences) or "1."

    root = written(script, Utterance(text, language), slow=slow)
    said = " ".join(words(one) for one in root.iter("Say"))
    assert said.split() == text.split()
