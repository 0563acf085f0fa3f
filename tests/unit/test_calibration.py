"""How sure the line must be to answer: chosen on scores whose mistakes are known."""

import numpy as np
import pytest

from bot.languages import Language
from bot.understanding.calibration import (
    ENOUGH_TO_JUDGE,
    WRONG_AND_SURE,
    Bands,
    calibrated,
    calibrated_by_language,
)
from bot.understanding.classifier import (
    Labels,
    Matrix,
    Weighing,
    letters_of,
    scored,
    softmax,
    train,
)
from bot.understanding.learning import unseen_scores
from bot.understanding.recognition import Decision
from tests.support.examples import ENGLISH, MEANINGS, SPANISH

TOPICS = 8


def made_up_scores(messages: int, clarity: float, seed: int = 1) -> tuple[Matrix, Labels]:
    """Return scores in which the right topic stands out the more, the greater the clarity."""
    random = np.random.default_rng(seed)
    labels = random.integers(TOPICS, size=messages)
    scores = random.normal(size=(messages, TOPICS))
    scores[np.arange(messages), labels] += clarity
    return scores.astype(np.float32), labels


def answered(bands: Bands, scores: Matrix) -> list[bool]:
    best = softmax(scores * bands.sharpness).max(axis=1)
    return [bands.decide(float(one), 1.0) is Decision.ANSWER for one in best]


def share_wrong_and_sure(bands: Bands, scores: Matrix, labels: Labels) -> float:
    wrong = scores.argmax(axis=1) != labels
    return float(np.mean(wrong & answered(bands, scores)))


@pytest.mark.parametrize("messages", [20, 100, 1000, 3000])
@pytest.mark.parametrize("clarity", [0.0, 1.0, 2.0, 4.0])
def test_no_more_wrong_answers_sound_sure_than_are_allowed(messages: int, clarity: float) -> None:
    scores, labels = made_up_scores(messages, clarity)

    bands = calibrated(scores, labels)

    assert share_wrong_and_sure(bands, scores, labels) <= WRONG_AND_SURE


def test_messages_that_look_equally_sure_are_not_answered_if_too_many_of_them_are_wrong() -> None:
    scores = np.tile(np.array([2, 1, 0], dtype=np.float32), (100, 1))
    labels = np.array([0] * 60 + [1] * 40)

    bands = calibrated(scores, labels)

    assert share_wrong_and_sure(bands, scores, labels) <= WRONG_AND_SURE


def test_as_many_are_answered_as_that_allows() -> None:
    scores, labels = made_up_scores(1000, clarity=3.0)

    bands = calibrated(scores, labels)

    bolder = Bands(bands.sharpness, bands.answer - 0.02, bands.offer)
    assert share_wrong_and_sure(bolder, scores, labels) > WRONG_AND_SURE


def test_who_is_never_wrong_may_always_answer() -> None:
    scores, labels = made_up_scores(200, clarity=20.0)

    assert all(answered(calibrated(scores, labels), scores))


def test_the_clearer_the_scores_the_more_is_answered() -> None:
    shares = []
    for clarity in (1.0, 2.0, 3.0, 4.0):
        scores, labels = made_up_scores(1000, clarity)
        shares.append(np.mean(answered(calibrated(scores, labels), scores)))

    assert shares == sorted(shares)
    assert shares[0] < 0.2
    assert shares[-1] > 0.8


def test_a_probability_means_what_it_says() -> None:
    scores, labels = made_up_scores(4000, clarity=2.0)

    probabilities = softmax(scores * calibrated(scores, labels).sharpness)

    best, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == labels
    for low in (0.4, 0.6, 0.8):
        within = (best >= low) & (best < low + 0.2)
        assert np.mean(right[within]) == pytest.approx(np.mean(best[within]), abs=0.06)


def test_a_language_in_which_we_err_more_must_be_surer_to_answer() -> None:
    clear, right = made_up_scores(1000, clarity=4.0)
    vague, hidden = made_up_scores(1000, clarity=2.0, seed=2)
    spoken = [ENGLISH] * 1000 + [SPANISH] * 1000

    bands = calibrated_by_language(
        np.concatenate([clear, vague]), np.concatenate([right, hidden]), spoken
    )

    assert share_wrong_and_sure(bands.bands(ENGLISH), clear, right) <= WRONG_AND_SURE
    assert share_wrong_and_sure(bands.bands(SPANISH), vague, hidden) <= WRONG_AND_SURE
    assert bands.bands(SPANISH).answer > bands.bands(ENGLISH).answer


def test_a_language_with_few_examples_is_judged_with_all_the_others() -> None:
    clear, right = made_up_scores(1000, clarity=4.0)
    vague, hidden = made_up_scores(ENOUGH_TO_JUDGE - 1, clarity=1.0, seed=2)
    scores, labels = np.concatenate([clear, vague]), np.concatenate([right, hidden])
    spoken = [ENGLISH] * 1000 + [SPANISH] * (ENOUGH_TO_JUDGE - 1)

    bands = calibrated_by_language(scores, labels, spoken)

    assert bands.bands(SPANISH) == bands.bands(Language("tl")) == bands.others
    assert bands.bands(ENGLISH) != bands.others


def test_an_answer_an_offer_and_a_menu_are_three_degrees_of_sureness() -> None:
    bands = Bands(sharpness=1.0, answer=0.7, offer=0.4)

    assert bands.decide(0.7, 0.9) is Decision.ANSWER
    assert bands.decide(0.69, 0.9) is Decision.OFFER
    assert bands.decide(0.3, 0.4) is Decision.OFFER
    assert bands.decide(0.3, 0.39) is Decision.MENU


def test_an_example_is_not_judged_by_a_classifier_that_has_seen_it() -> None:
    texts = [f"word{number} another{number}" for number in range(80)]
    # Which topic is asked for was drawn by lot: nobody can know it who has not seen it.
    labels = np.random.default_rng(1).integers(2, size=len(texts))
    weighing = Weighing.learned_from([letters_of(text) for text in texts], MEANINGS)
    rows = [weighing.vector(text) for text in texts]
    weights = train(rows, labels, weighing.size, 2)
    by_heart = np.array([scored(row, weights).argmax() for row in rows]) == labels
    unseen = unseen_scores(rows, labels, weighing.size, 2).argmax(axis=1) == labels

    assert np.mean(by_heart) == 1
    assert np.mean(unseen) < 0.65
