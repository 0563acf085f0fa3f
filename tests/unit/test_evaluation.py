"""How the recognizer is judged: what counts as right, and what as the mistake that hurts."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.files import ContentError
from bot.handbook.topics import OUT_OF_SCOPE, TopicId
from bot.languages import Language
from bot.understanding.evaluation import (
    Judged,
    Question,
    confusions,
    judge,
    measures,
    read_questions,
    table,
    wrong_and_sure,
)
from bot.understanding.recognition import Decision, Ranked, Recognition
from tests.support.examples import DOOR, ENGLISH, HOLD, SPANISH, WAGES

U_VISA = TopicId("u-visa")


@dataclass(frozen=True)
class Parrot:
    """A recognizer that says what it was told to say."""

    told: Mapping[str, Recognition]

    def recognize(
        self, text: str, last: TopicId | None = None, beside: Collection[TopicId] = ()
    ) -> Recognition:
        del last, beside
        return self.told[text]


def seen(decision: Decision, *topics: TopicId, language: Language = ENGLISH) -> Recognition:
    ranked = tuple(Ranked(topic, 0.5 / place) for place, topic in enumerate(topics, 1))
    return Recognition(language, 0.99, ranked, decision)


def judged(right: tuple[TopicId, ...], recognition: Recognition) -> Judged:
    return Judged(Question("a question", ENGLISH, right), recognition)


def test_any_of_the_right_topics_is_right() -> None:
    either = (DOOR, HOLD)

    assert judged(either, seen(Decision.ANSWER, DOOR)).right
    assert judged(either, seen(Decision.ANSWER, HOLD)).right
    assert not judged(either, seen(Decision.ANSWER, WAGES)).right


def test_a_wrong_answer_hurts_only_if_it_is_given() -> None:
    assert judged((DOOR,), seen(Decision.ANSWER, HOLD)).wrong_and_sure
    assert not judged((DOOR,), seen(Decision.OFFER, HOLD)).wrong_and_sure
    assert not judged((DOOR,), seen(Decision.MENU, HOLD)).wrong_and_sure
    assert not judged((DOOR,), seen(Decision.ANSWER, DOOR)).wrong_and_sure


def test_an_answer_to_what_we_cannot_answer_hurts_too() -> None:
    assert judged((OUT_OF_SCOPE,), seen(Decision.ANSWER, HOLD)).wrong_and_sure
    assert not judged((OUT_OF_SCOPE,), seen(Decision.ANSWER, OUT_OF_SCOPE)).wrong_and_sure


def test_the_three_that_would_be_offered_are_topics_only() -> None:
    offered = seen(Decision.OFFER, OUT_OF_SCOPE, WAGES, HOLD, DOOR, U_VISA)

    assert judged((DOOR,), offered).among_three
    assert not judged((U_VISA,), offered).among_three


TOLD = {
    "who is at the door": seen(Decision.ANSWER, DOOR),
    "is that a hold?": seen(Decision.OFFER, HOLD, DOOR),
    "wages": seen(Decision.ANSWER, HOLD, WAGES),
    "visa": seen(Decision.MENU, HOLD, WAGES, DOOR, U_VISA, language=SPANISH),
    "soup": seen(Decision.ANSWER, OUT_OF_SCOPE),
    "rain": seen(Decision.OFFER, HOLD),
    "they are at my door": seen(Decision.OFFER, HOLD, WAGES, U_VISA, DOOR),
    "la puerta": seen(Decision.ANSWER, DOOR, language=SPANISH),
    "sopa": seen(Decision.ANSWER, HOLD, language=SPANISH),
}
RIGHT = [DOOR, HOLD, WAGES, U_VISA, OUT_OF_SCOPE, OUT_OF_SCOPE, DOOR, DOOR, OUT_OF_SCOPE]


def test_the_table_has_a_row_for_each_language_and_one_for_all() -> None:
    languages = [ENGLISH] * 7 + [SPANISH] * 2
    questions = [
        Question(text, language, (topic,))
        for text, language, topic in zip(TOLD, languages, RIGHT, strict=True)
    ]

    rows = list(table(judge(Parrot(TOLD), questions), {DOOR}))

    # Questions, top-1, top-3, answered right, wrong and sure, refused, urgent in three, language,
    # and language of short texts.
    assert rows[2:] == [
        "| en | 7 | 40.0 % | 60.0 % | 20.0 % | 14.3 % | 100.0 % | 50.0 % | 80.0 % | 66.7 % |",
        "| es | 2 | 100.0 % | 100.0 % | 100.0 % | 50.0 % | 0.0 % | 100.0 % | 100.0 % | 100.0 % |",
        "| all | 9 | 50.0 % | 66.7 % | 33.3 % | 22.2 % | 66.7 % | 66.7 % | 83.3 % | 75.0 % |",
    ]
    assert all(row.count("|") == rows[0].count("|") for row in rows)


def test_what_nothing_can_be_said_of_is_left_open() -> None:
    (*_, every) = table([judged((OUT_OF_SCOPE,), seen(Decision.OFFER, HOLD))], {DOOR})

    assert every == "| all | 1 | – | – | – | 0.0 % | 100.0 % | – | – | – |"


def test_a_question_of_danger_counts_as_offered_if_any_of_its_right_topics_is() -> None:
    offered = seen(Decision.OFFER, WAGES, HOLD)

    assert measures([judged((DOOR, HOLD), offered)], {DOOR}).urgent_in_three == 1
    assert measures([judged((DOOR,), offered)], {DOOR}).urgent_in_three == 0
    assert measures([judged((HOLD, DOOR), offered)], {DOOR}).urgent_in_three is None


@pytest.mark.parametrize(
    ("text", "is_short"),
    [("ICE is here now", True), ("ICE is here right now", False), ("移民局在门口吗", True)],
)
def test_a_text_of_up_to_four_words_is_short(text: str, is_short: bool) -> None:  # noqa: FBT001
    question = Question(text, ENGLISH, (DOOR,))

    assert Judged(question, seen(Decision.ANSWER, DOOR)).is_short == is_short


def test_a_table_of_no_questions_can_be_drawn_too() -> None:
    assert len(list(table([], {DOOR}))) == 3


def test_the_most_frequent_confusion_comes_first() -> None:
    taken = [((DOOR,), WAGES), ((HOLD, DOOR), WAGES), ((HOLD,), WAGES), ((WAGES,), WAGES)]
    rows = confusions([judged(right, seen(Decision.OFFER, topic)) for right, topic in taken])

    assert list(rows) == [
        "  2  detainer-what taken for labor-abuse",
        "  1  ice-at-door taken for labor-abuse",
    ]


def test_no_more_confusions_are_listed_than_are_asked_for() -> None:
    wrong = [judged((right,), seen(Decision.OFFER, WAGES)) for right in (DOOR, HOLD, U_VISA)]

    assert len(list(confusions(wrong, most=2))) == 2


def test_each_mistake_that_hurts_is_shown_with_its_question() -> None:
    hurts = judged((DOOR, HOLD), seen(Decision.ANSWER, WAGES))
    harmless = judged((DOOR,), seen(Decision.OFFER, WAGES))

    assert list(wrong_and_sure([hurts, harmless])) == [
        "0.50  ice-at-door taken for labor-abuse: a question"
    ]


def test_test_questions_are_read_in_the_language_of_their_file(tmp_path: Path) -> None:
    path = tmp_path / "es.jsonl"
    rows = [
        {"id": "es-1", "text": "¿Abro?", "topic": "ice-at-door", "alternates": ["dont-sign"]},
        {"id": "es-2", "text": "¿Qué es un hold?", "topic": "detainer-what", "alternates": []},
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")

    assert read_questions(path) == (
        Question("¿Abro?", SPANISH, (DOOR, TopicId("dont-sign"))),
        Question("¿Qué es un hold?", SPANISH, (HOLD,)),
    )


def test_every_line_that_is_no_question_is_named_at_once(tmp_path: Path) -> None:
    path = tmp_path / "en.jsonl"
    lines = [
        '{"id": "1", "text": "open?", "topic": "ice-at-door", "alternates": []}',
        '{"id": "2", "text": "open?", "topic": "ice-at-door"}',
        "not JSON",
        "[1, 2]",
        '{"id": "5", "text": "open?", "topic": "ice-at-door", "alternates": null}',
    ]
    path.write_text("\n".join(lines), "utf-8")

    with pytest.raises(ContentError) as refused:
        read_questions(path)

    assert [(fault.path, fault.line) for fault in refused.value.faults] == [
        (path, 2),
        (path, 3),
        (path, 4),
        (path, 5),
    ]
