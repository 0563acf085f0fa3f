"""The telephone in the browser: off unless somebody wants it, and safe when it is on."""

import logging
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from limits import RateLimitItem
from werkzeug.test import TestResponse

from bot.app import create_app
from bot.carrier.texting import Sent
from bot.dialogue.dialogue import Dialogue
from bot.dialogue.reply import Turn
from bot.languages import Language
from bot.line import Tools
from bot.settings import PROJECT, Settings, Switch
from bot.simulator.callers import CALLERS, DESK, LINE
from bot.trends.tally import EXPLANATIONS
from bot.voice.speech import Utterance
from tests.support.counting import Notebook
from tests.support.line import TODAY, make_app, settings
from tests.support.project import a_project
from tests.support.simulated import Simulated, served

PATHS = ("/simulator", "/simulator/", "/simulator/preview", "/simulator/preview/es")
ASKED = {"caller": 0, "country": "US", "device": "smartphone", "body": "what is a detainer"}
NOT_WRITTEN = "content/topics/ice-at-door/es.toml"
OF_ANOTHER_ENGLISH = "content/topics/detainer-what/es.toml"
STEP = {"caller": 0, "country": "US", "path": "/voice"}


@pytest.fixture(scope="module")
def simulated() -> Iterator[Simulated]:
    with served() as simulated:
        yield simulated


@pytest.fixture
def client(simulated: Simulated) -> FlaskClient:
    simulated.tally.counts.clear()
    return simulated.app.test_client()


def asks(client: FlaskClient, **changes: object) -> TestResponse:
    return client.post("/simulator/texts", json=ASKED | changes)


def steps(client: FlaskClient, **changes: object) -> TestResponse:
    return client.post("/simulator/calls", json=STEP | changes)


def test_it_is_off_unless_somebody_wants_it() -> None:
    app = make_app()

    assert Settings.model_fields["simulator"].default is Switch.OFF
    assert [app.test_client().get(path).status_code for path in PATHS] == [404] * len(PATHS)
    assert app.test_client().post("/simulator/texts", json=ASKED).status_code == 404
    assert not [rule for rule in app.url_map.iter_rules() if "simulator" in rule.rule]


def test_it_does_not_open_the_line_to_the_unsigned(client: FlaskClient) -> None:
    for path in ("/sms", "/voice", "/voice/en/menu"):
        assert client.post(path, data={"Body": "hello", "From": "+15005550006"}).status_code == 403


def test_a_text_gets_what_the_line_says_and_is_counted_once(
    client: FlaskClient, simulated: Simulated
) -> None:
    told = asks(client).json
    assert told
    again = asks(client, id=told["id"], token=told["token"]).json
    assert again

    assert told["status"] == 200
    assert "detainer" in told["messages"][0]["text"]
    assert told["glass"]["counted"]["topic"] == "detainer-what"
    assert told["glass"]["quoted"][0]["file"] == "content/topics/detainer-what/en.toml"
    assert (again["glass"]["counted"], again["again"]) == (None, True)
    assert [one["text"] for one in again["messages"]] == [one["text"] for one in told["messages"]]
    assert sum(simulated.tally.counts.values()) == 1


def test_what_is_behind_the_glass_is_what_the_line_said(client: FlaskClient) -> None:
    cookies: dict[str, str] = {}
    for body in ("la migra esta en mi puerta", "MAS", "ABOGADO", "77002", "MENU", "1", "xyzzy"):
        told = asks(client, body=body, cookies=cookies).json
        assert told
        cookies = told["cookies"]

        assert told["glass"]["as_expected"], body
        assert told["glass"]["language"] == "es"


def test_without_its_cookie_a_message_is_understood_by_itself(client: FlaskClient) -> None:
    asks(client, body="la migra esta en mi puerta")
    lost = asks(client, body="MAS", cookies={}).json
    assert lost

    assert lost["messages"]
    assert lost["glass"]["quoted"] == []


def test_a_call_goes_from_the_languages_to_an_answer(client: FlaskClient) -> None:
    told = steps(client).json
    for key in "111":
        assert told
        path = told["twiml"].split('action="')[1].split('"')[0]
        told = steps(client, path=path, id=told["id"], digits=key).json
    assert told

    assert "Keep the door closed" in told["twiml"]
    assert told["glass"]["quoted"][0]["file"] == "content/topics/ice-at-door/en.toml"
    assert told["glass"]["counted"]["channel"] == "voice"


@pytest.mark.parametrize(
    ("key", "withheld", "shown"),
    [("1", False, LINE), ("2", False, CALLERS[0]), ("2", True, LINE)],
)
def test_behind_a_transfer_is_the_transfer(
    client: FlaskClient, key: str, shown: str, *, withheld: bool
) -> None:
    told = steps(client, path="/voice/ht/menu.number", digits=key, withheld=withheld).json
    assert told

    assert f'callerId="{shown}"' in told["twiml"]
    assert f"<Number>{DESK}</Number>" in told["twiml"]
    assert told["glass"]["as_expected"]
    # It is not said that nobody answers, while the telephone at the desk begins to ring.
    assert told["glass"]["recordings"] == {}


def test_behind_every_step_of_a_call_is_what_the_line_said(client: FlaskClient) -> None:
    told = steps(client).get_json()
    for deed in ("2", "la migra esta en mi puerta", "2", "77002", "1", "xyzzy", "0", "1"):
        path = told["twiml"].split('action="')[1].split('"')[0]
        is_key = deed.isdecimal()
        heard = {"digits": deed} if is_key else {"speech": deed}
        told = steps(client, path=path, id=told["id"], **heard).get_json()

        assert told["glass"]["as_expected"], deed
    assert "<Dial" in told["twiml"]


@pytest.mark.parametrize("outcome", Sent)
def test_behind_a_text_from_a_call_is_what_became_of_it(
    client: FlaskClient, simulated: Simulated, outcome: Sent
) -> None:
    simulated.postbox.outcome = outcome
    told = steps(client, path="/voice/ht/page_ice-at-door_0.keys", digits="8").json
    simulated.postbox.outcome = Sent.SENT
    assert told

    played = set(re.findall("<Play>(.+?)</Play>", told["twiml"]))
    assert played
    assert played <= told["glass"]["recordings"].keys()
    assert told["glass"]["as_expected"]


class Tired(Notebook):
    """Has heard enough of everybody, and says so each time."""

    def hit(self, limit: RateLimitItem, way: str) -> bool:
        del limit
        return way == EXPLANATIONS


def test_behind_a_call_or_a_text_that_is_asked_to_wait_is_no_answer() -> None:
    with served(Tired()) as tired:
        client = tired.app.test_client()
        answers = [asks(client).get_json(), steps(client).get_json()]

    for answer in answers:
        glass = answer["glass"]
        assert not glass["as_expected"]
        assert (glass["counted"], glass["quoted"], glass["awaiting"]) == (None, [], "")


def test_where_the_line_apologizes_the_apology_is_shown(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def stumble(*_: object) -> Turn:
        raise RuntimeError(ASKED["body"])

    monkeypatch.setattr(Dialogue, "respond", stumble)
    answers = [asks(client), steps(client, path="/voice/en/menu", speech="what is a detainer")]

    assert [one.status_code for one in answers] == [200, 200]
    for one in answers:
        told = one.get_json()
        assert "911" in told["twiml"].replace(" ", "")
        assert not told["glass"]["as_expected"]
    assert "detainer" not in caplog.text


def test_the_preview_tells_how_long_a_text_takes_in_its_own_script(
    client: FlaskClient, line: Tools
) -> None:
    for tag in ("es", "zh-Hans", "ar"):
        told = re.findall(r"about (\d+) seconds", client.get(f"/simulator/preview/{tag}").text)
        longest = max(
            Utterance(text, answer.language).seconds
            for answer in line.handbook.in_language(Language(tag))
            for text in answer.voice
        )

        assert str(round(longest)) in told


def test_looking_behind_a_call_texts_nobody_a_second_time(
    client: FlaskClient, simulated: Simulated
) -> None:
    simulated.postbox.posted.clear()
    steps(client, path="/voice/en/page_ice-at-door_0.keys", digits="8")

    assert len(simulated.postbox.posted) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example.org"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_page_of_somebody_else_sends_nothing(
    client: FlaskClient, simulated: Simulated, headers: dict[str, str]
) -> None:
    refused = client.post("/simulator/texts", json=ASKED, headers=headers)

    assert refused.status_code == 403
    assert not simulated.tally.counts


def test_where_too_many_try_the_line_at_once_one_is_asked_to_try_again(
    simulated: Simulated, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.simulator.posting.AT_ONCE", 0)
    crowded = make_app(
        public_url=simulated.address, simulator=Switch.ON, transfer_number=DESK
    ).test_client()

    assert [one.status_code for one in (asks(crowded), steps(crowded))] == [503, 503]
    assert not simulated.tally.counts


def test_a_form_that_any_page_may_post_is_refused(client: FlaskClient) -> None:
    assert client.post("/simulator/texts", data=ASKED).status_code == 403


@pytest.mark.parametrize(
    "changes",
    [
        {"caller": 99},
        {"country": "../"},
        {"device": "telex"},
        {"body": "a" * 1601},
        {"id": "SM1"},
        {"token": "not a token"},
        {"From": "+15005550006"},
    ],
)
def test_what_no_page_of_ours_asks_is_refused(
    client: FlaskClient, changes: dict[str, object]
) -> None:
    assert asks(client, **changes).status_code == 422


@pytest.mark.parametrize("path", ["/sms", "/voice/../sms", "/healthz", "//elsewhere/voice", ""])
def test_a_call_goes_to_no_other_address_than_those_of_calls(
    client: FlaskClient, path: str
) -> None:
    assert steps(client, path=path).status_code == 422


def test_nothing_of_what_is_asked_is_logged(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    asks(client, body="xyzzyplugh")
    asks(client, body="xyzzyplugh", device="telex")
    steps(client, speech="xyzzyplugh")

    assert "xyzzyplugh" not in caplog.text


def test_a_page_may_do_nothing_but_its_own_work(client: FlaskClient) -> None:
    for path in PATHS[1:]:
        page = client.get(path)
        policy = page.headers["Content-Security-Policy"]

        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert "<style" not in page.text
        assert " style=" not in page.text
        assert page.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in page.headers


def test_an_address_without_its_slash_is_led_on(client: FlaskClient) -> None:
    assert client.get("/simulator").headers["Location"] == "/simulator/"


def test_the_preview_shows_every_text_in_every_language(client: FlaskClient, line: Tools) -> None:
    overview = client.get("/simulator/preview").text
    for tag in line.languages.tags():
        page = client.get(f"/simulator/preview/{tag}").text
        for topic in line.handbook.topics:
            assert f'href="/simulator/preview/{tag}#{topic}"' in overview
            assert f'id="{topic}"' in page
        for answer in line.handbook.in_language(tag):
            assert answer.digest in page


def test_the_preview_knows_no_language_that_is_not_offered(client: FlaskClient) -> None:
    assert client.get("/simulator/preview/xx").status_code == 404


def test_a_page_tells_how_many_texts_stand_how(tmp_path: Path, line: Tools) -> None:
    text = (PROJECT / OF_ANOTHER_ENGLISH).read_text("utf-8")
    stale = re.sub('translates = ".*"', 'translates = "000000000000"', text)
    project = a_project(tmp_path, {NOT_WRITTEN: None, OF_ANOTHER_ENGLISH: stale})
    wished = settings(simulator=Switch.ON)
    app = create_app(wished, project=project, store=Notebook(), today=lambda: TODAY)
    shown = app.test_client().get("/simulator/preview").text
    told = re.findall(r'<li><b>(\d+)</b> <span class="tag (\w+)">', shown)
    every = len(line.handbook.topics) * len(line.languages.tags())

    assert {standing: int(count) for count, standing in told} == {
        "draft": every - 2,
        "stale": 1,
        "missing": 1,
    }
    assert Counter(re.findall(r'class="mark (\w+)"', shown)) == {
        standing: int(count) for count, standing in told
    }
