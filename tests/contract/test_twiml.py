"""The checker of TwiML is awake: what Twilio would refuse, cut off or fall silent at has a name.

Every other test of a call or a text passes its documents through it (tests/support/line.py).
"""

from xml.sax.saxutils import escape

import pytest
from twilio.twiml.messaging_response import MessagingResponse
from twilio.twiml.voice_response import Dial, Gather, Say, VoiceResponse

from bot.line import Tools
from tests.support.twiml import check_call, faults_of_a_call, faults_of_texts
from tests.support.voices import HEARD, MODELS, speaks

VOICE = 'voice="Google.en-US-Neural2-F" language="en-US"'
SAY = f"<Say {VOICE}>Press 1.</Say>"
SPEECH = (
    'input="dtmf speech" language="en-US" speechModel="phone_call" speechTimeout="2"'
    ' hints="ICE is at the door, bond"'
)
GATHER = (
    f'<Gather action="/voice/en/menu" method="POST" actionOnEmptyResult="true" {SPEECH}'
    f' numDigits="1" timeout="6" finishOnKey="">{SAY}<Pause length="1" />{SAY}</Gather>'
)
DIAL = (
    '<Dial action="/voice/en/menu" method="POST" callerId="+15005550001" timeout="25">'
    "<Number>+15005550009</Number></Dial>"
)
PLAY = "<Play>/audio/ht/0f3a0f3a0f3a.wav</Play>"


def a_call(*verbs: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><Response>{"".join(verbs)}</Response>'.encode()


def with_say(text: str) -> bytes:
    return a_call(f"<Say {VOICE}>{text}</Say><Hangup />")


def with_gather(before: str, after: str) -> bytes:
    assert before in GATHER
    return a_call(GATHER.replace(before, after))


GOOD = {
    "a menu": a_call(SAY, GATHER),
    "a menu by key": with_gather(SPEECH, 'input="dtmf"'),
    "a recorded menu": with_gather(SAY, PLAY),
    "a transfer": a_call(SAY, DIAL),
    "a silent transfer": a_call(DIAL),
    "a goodbye": a_call(SAY, PLAY, "<Hangup />"),
    "another address": a_call('<Redirect method="POST">/voice/en/menu</Redirect>'),
    "slowly": with_say(
        '<prosody rate="slow">Press <say-as interpret-as="digits">1</say-as>'
        '</prosody><break time="200ms" /><p><s>Or <w role="x"><sub alias="two">2</sub></w></s></p>'
    ),
    "the longest": with_say("a" * 3_000),
    "the longest in Chinese": with_say("一" * 500),
}

BAD = {
    # The document.
    "64 kB": (a_call(SAY * 1_000, "<Hangup />"), "bytes"),
    "a text": (b"Internal Server Error", "no XML"),
    "NUL": (with_say("\0"), "no XML"),
    "an entity": (b'<!DOCTYPE x [<!ENTITY y "z">]>' + a_call("<Hangup />"), "declares"),
    "CDATA": (with_say("<![CDATA[hello]]>"), "declares"),
    "a page": (b"<html><Hangup /></html>", "the root is <html>"),
    "nothing": (a_call(), "ends in <Response>"),
    "an end without a word": (a_call(SAY), "ends in <Say>"),
    "a pause at the end": (a_call(GATHER, "<Pause />"), "ends in <Pause>"),
    "words behind the end": (a_call("<Hangup />", SAY, "<Hangup />"), "behind <Hangup>"),
    "words behind a transfer": (a_call(DIAL, SAY, "<Hangup />"), "behind <Dial>"),
    "loose words": (a_call("Hello", SAY, "<Hangup />"), "<Response> holds text"),
    # Verbs, attributes, values, nesting.
    "a recording": (a_call("<Record />", "<Hangup />"), "<Record> stands in <Response>"),
    "a text message": (a_call("<Sms>hi</Sms>", "<Hangup />"), "<Sms> stands in"),
    "another spelling": (a_call("<say>hi</say>", "<Hangup />"), "<say> stands in"),
    "a transfer in a menu": (with_gather(SAY, DIAL), "<Dial> stands in <Gather>"),
    "a menu in a menu": (with_gather(SAY, GATHER), "<Gather> stands in <Gather>"),
    "an invented attribute": (a_call('<Hangup after="1" />'), "no attribute after"),
    "a recorded transfer": (a_call(DIAL.replace("timeout", "record")), "no attribute record"),
    "a word for a number": (with_gather('"6"', '"six"'), "cannot have timeout='six'"),
    "no time at all": (with_gather('timeout="6"', 'timeout="0"'), "cannot have timeout='0'"),
    "a word for yes": (with_gather('"true"', '"yes"'), "cannot have actionOnEmptyResult"),
    "a paragraph in a sentence": (with_say("<s><p>Hello</p></s>"), "<p> stands in <s>"),
    "a language in a word": (with_say("<w><lang>Hello</lang></w>"), "<lang> stands in <w>"),
    "words in a break": (with_say("a <break>b</break>"), "<break> holds text"),
    "an invented rate": (with_say('<prosody rate="slowly">a</prosody>'), "cannot have rate"),
    "digits without a reading": (with_say("<say-as>1</say-as>"), "<say-as> needs"),
    # What is said.
    "an empty say": (with_say(" "), "<Say> is empty"),
    "an empty prosody": (with_say('<prosody rate="slow" />'), "<prosody> is empty"),
    "3,001 letters": (with_say("a" * 3_001), "3001 characters"),
    "501 letters of Chinese": (with_say("一" * 501), "4509 characters once it is encoded"),
    "an invented voice": (a_call(SAY.replace("Neural2", "Neural3"), "<Hangup />"), "no voice"),
    "no voice": (a_call("<Say>Hello</Say>", "<Hangup />"), "<Say> needs voice"),
    "another language's voice": (
        a_call(SAY.replace('language="en-US"', 'language="es-US"'), "<Hangup />"),
        "is known to speak 'es-US'",
    ),
    "a number in one breath": (with_say("Call 1-888-351-4024"), "digit by digit"),
    "a ZIP code in one breath": (with_say("near 77002"), "digit by digit"),
    # What is listened for.
    "a menu without an address": (with_gather('action="/voice/en/menu"', ""), "needs action"),
    "a menu by GET": (with_gather('"POST"', '"GET"'), "cannot have method='GET'"),
    "a menu without a method": (with_gather('method="POST"', ""), "needs method"),
    "silence cut off": (with_gather('actionOnEmptyResult="true"', ""), "cut off"),
    "a menu that says nothing": (with_gather(SAY, ""), "nothing is said"),
    "a slow recording": (with_gather(SAY, PLAY.replace("wav", "mp3")), "transcoded"),
    "speech until it is quiet": (with_gather('speechTimeout="2"', 'speechTimeout="auto"'), "must"),
    "speech for ever": (with_gather('speechTimeout="2"', ""), "speechTimeout must be a number"),
    "speech in no language": (with_gather('language="en-US" speech', "speech"), "known to hear ''"),
    "speech in Creole": (
        with_gather('language="en-US" speech', 'language="ht" speech'),
        "cannot have language='ht'",
    ),
    "a model that knows no Vietnamese": (
        with_gather('language="en-US" speech', 'language="vi-VN" speech'),
        "'phone_call' is not known to hear 'vi-VN'",
    ),
    "hints for the deaf": (with_gather("dtmf speech", "dtmf"), "hears keys alone"),
    "a long hint": (with_gather("bond", "b" * 101), "hints"),
    "many hints": (with_gather("bond", "b," * 500), "hints"),
    # Where it goes on.
    "another host": (with_gather("/voice/en/menu", "https://example.org/voice"), "relative"),
    "an accent": (with_gather("/voice/en/menu", "/voice/en/menú"), "plain letters"),
    "a question": (with_gather("/voice/en/menu", "/voice?From=1"), "plain letters"),
    "a number": (with_gather("en/menu", "en/15005550006"), "has a number in it"),
    "a ZIP code": (with_gather("en/menu", "en/zip_77002"), "has a number in it"),
    "a recording of a number": (with_gather(SAY, "<Play>/audio/15005550006.wav</Play>"), "number"),
    "a transfer to nobody": (a_call(DIAL.replace("+15005550009", "")), "<Number> is empty"),
    "a transfer to a name": (a_call(DIAL.replace("+15005550009", "the desk")), "nobody"),
    "a transfer to two": (a_call(DIAL.replace("</Dial>", "<Number>+15005550009</Number></Dial>")),
    "or several"),
    "nobody's caller id": (a_call(DIAL.replace("+15005550001", "anonymous")), "callerId"),
}  # fmt: skip


@pytest.mark.parametrize("document", GOOD.values(), ids=GOOD.keys())
def test_what_twilio_carries_out_has_no_fault(document: bytes) -> None:
    assert faults_of_a_call(document) == ()


@pytest.mark.parametrize(("document", "named"), BAD.values(), ids=BAD.keys())
def test_what_twilio_does_not_carry_out_is_named(document: bytes, named: str) -> None:
    faults = faults_of_a_call(document)

    assert any(named in fault for fault in faults), faults
    with pytest.raises(AssertionError, match="Twilio refuses"):
        check_call(document)


def test_what_twilios_own_library_lets_pass_is_named() -> None:
    response = VoiceResponse()
    gather = Gather(input="telepathy", speech_timeout="soon")
    gather.append(Say("Hello", voice="nonsense"))
    gather.append(Dial("+15005550009"))
    response.append(gather)

    faults = " ".join(faults_of_a_call(str(response).encode()))
    for named in ("telepathy", "soon", "nonsense", "<Dial> stands in <Gather>", "needs action"):
        assert named in faults


@pytest.mark.parametrize(
    ("texts", "named"),
    [
        ([], None),
        (["hello"] * 10, None),
        (["hello"] * 11, "11 messages"),
        (["a" * 1_601], "1601 characters"),
        ([" "], "<Message> is empty"),
    ],
)
def test_texts_are_checked_too(texts: list[str], named: str | None) -> None:
    response = MessagingResponse()
    for text in texts:
        response.message(text)
    faults = faults_of_texts(str(response).encode())

    assert bool(faults) == bool(named)
    assert (named or "") in "".join(faults)


@pytest.mark.parametrize(
    ("document", "named"),
    [
        (a_call(SAY, "<Hangup />"), "<Say> stands in <Response>"),
        (a_call('<Message to="+15005550006">hi</Message>'), "no attribute to"),
        (a_call("<Message><Body>hi</Body></Message>"), None),
        (b"<Response />", None),
        (b"", "no XML"),
    ],
)
def test_a_text_that_twilio_does_not_send_is_named(document: bytes, named: str | None) -> None:
    assert (named or "") in "".join(faults_of_texts(document))
    assert bool(named) == bool(faults_of_texts(document))


@pytest.mark.parametrize(
    ("voice", "locale"),
    [
        ("Google.es-US-Neural2-A", "es-US"),
        ("Google.en-US-Chirp3-HD-Aoede", "en-US"),
        ("Google.fil-ph-Neural2-A", "fil-PH"),
        ("Google.am-ET-Wavenet-A", "am-ET"),
        ("Polly.Mia", "es-MX"),
        ("Polly.Zhiyu-Neural", "cmn-CN"),
    ],
)
def test_a_voice_of_the_table_speaks_its_language(voice: str, locale: str) -> None:
    assert speaks(voice, locale)


@pytest.mark.parametrize(
    ("voice", "locale"),
    [
        ("Google.ht-HT-Wavenet-A", "ht-HT"),
        ("Google.am-ET-Neural2-A", "am-ET"),
        ("Google.fr-FR-Neural2-A", "ht"),
        ("Google.es-US-Neural2-A", "es-MX"),
        ("Polly.Mia", "en-US"),
        ("Polly.Celine", "ht"),
        ("man", "en-US"),
        ("", ""),
    ],
)
def test_no_other_voice_is_believed(voice: str, locale: str) -> None:
    assert not speaks(voice, locale)


def test_every_language_of_ours_has_a_voice_and_ears_that_twilio_knows(line: Tools) -> None:
    voices = [profile.voice for profile in line.languages if profile.voice]

    assert voices
    for voice in voices:
        assert voice.recorded or speaks(voice.say, voice.locale)
        assert not voice.recognition or voice.recognition in MODELS[voice.speech_model] <= HEARD


def test_every_page_of_the_handbook_can_be_said_by_a_voice_as_it_is(line: Tools) -> None:
    for answer in line.handbook.answers.values():
        for text in answer.voice:
            assert faults_of_a_call(with_say(escape(text))) == (), (answer.topic, answer.language)
