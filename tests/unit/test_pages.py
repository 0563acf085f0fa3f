"""How a reply becomes messages: what is alone, what is numbered, what is put together."""

import pytest

from bot.dialogue.reply import Line, Notice, Option, Passage, Phrase, Reply
from bot.handbook.catalogs import Catalogs
from bot.languages import ENGLISH
from bot.sms.pages import SMS, WHATSAPP, Paper, Printer, numbers_in_order, paper_of
from bot.sms.segments import segments
from bot.trends.observation import Channel
from tests.support.answers import an_answer

PRINTER = Printer(Catalogs({}))

SHORT = "Keep the door closed."
# Three messages.
LONG = " ".join(f"Sentence {number:02} is as long as the others: count." for number in range(24))


def messages(*lines: Line, paper: Paper = SMS) -> tuple[str, ...]:
    return PRINTER.messages(Reply(lines), paper)


def phrase(text: str) -> Phrase:
    return Phrase(text, ENGLISH)


def option(key: int, title: str) -> Option:
    return Option(key, title, ENGLISH)


def test_a_reply_without_a_line_is_no_message() -> None:
    assert messages() == ()


def test_a_short_answer_is_one_message_without_a_number() -> None:
    assert messages(Passage(an_answer(SHORT), 0)) == (SHORT,)


def test_a_short_first_page_has_no_number_even_if_more_pages_follow() -> None:
    assert messages(Passage(an_answer(SHORT, LONG), 0)) == (SHORT,)


def test_the_parts_of_a_long_answer_are_numbered_because_they_may_arrive_out_of_order() -> None:
    sent = messages(Passage(an_answer(LONG), 0))

    assert [text[:6] for text in sent] == ["(1/3) ", "(2/3) ", "(3/3) "]


def test_the_numbers_run_through_all_pages_of_an_answer() -> None:
    answer = an_answer(SHORT, LONG, "Sign nothing.")

    assert [text[:6] for text in messages(Passage(answer, 1))] == ["(2/5) ", "(3/5) ", "(4/5) "]
    assert messages(Passage(answer, 2)) == ("(5/5) Sign nothing.",)


def test_a_number_counts_the_parts_of_the_channel_that_it_is_sent_by() -> None:
    answer = an_answer(SHORT, LONG)

    assert messages(Passage(answer, 1), paper=WHATSAPP) == (f"(2/2) {LONG}",)


@pytest.mark.parametrize("length", [453, 454, 459])
def test_a_page_that_just_fits_still_fits_with_its_number(length: int) -> None:
    page = LONG[: length - 1].rstrip() + "."
    page = "A" * (length - len(page)) + page

    sent = messages(Passage(an_answer(SHORT, page), 1))

    assert all(segments(text) <= 3 for text in sent), [segments(text) for text in sent]


def test_an_urgent_first_message_is_alone_and_has_no_number() -> None:
    answer = an_answer(SHORT, LONG)
    before, after = Notice("Raids in the city today.", ENGLISH), phrase("Reply MORE to read on.")

    sent = messages(before, Passage(answer, 0, urgent=True), after)

    assert sent == ("Raids in the city today.", SHORT, "Reply MORE to read on.")


def test_a_calm_answer_shares_its_message_with_what_follows() -> None:
    sent = messages(Passage(an_answer(SHORT), 0), phrase("Reply MORE to read on."))

    assert sent == (f"{SHORT}\nReply MORE to read on.",)


def test_by_sms_the_wording_without_accents_is_sent_and_by_whatsapp_the_one_with_them() -> None:
    answer = an_answer("¿La firmó un juez?", sms_plain="Debe firmarla un juez.")

    assert messages(Passage(answer, 0)) == ("Debe firmarla un juez.",)
    assert messages(Passage(answer, 0), paper=WHATSAPP) == ("¿La firmó un juez?",)


def test_without_such_a_wording_the_accents_stay_also_by_sms() -> None:
    assert messages(Passage(an_answer("¿La firmó un juez?"), 0)) == ("¿La firmó un juez?",)


def test_a_wording_without_accents_stands_for_the_first_page_alone() -> None:
    answer = an_answer("¿La firmó un juez?", "Después, guarde silencio.", sms_plain="Calle.")

    assert messages(Passage(answer, 1)) == ("(2/2) Después, guarde silencio.",)


def test_a_menu_is_one_message_with_a_line_for_each_choice() -> None:
    sent = messages(phrase("Reply with a number:"), option(1, "The door"), option(2, "Jail"))

    assert sent == ("Reply with a number:\n1 The door\n2 Jail",)


def test_the_title_of_a_choice_may_be_a_phrase() -> None:
    assert messages(Option(4, phrase("None of these"), ENGLISH)) == ("4 None of these",)


def test_values_are_said_in_their_places() -> None:
    said = Phrase("Offices near %(zip_code)s:", ENGLISH, {"zip_code": "77002"})

    assert messages(said) == ("Offices near 77002:",)


def test_lines_are_joined_where_together_they_cost_no_more() -> None:
    one, other = "a" * 100 + ".", "b" * 100 + "."

    # Apart they are two segments, and together they are two.
    assert messages(phrase(one), phrase(other)) == (f"{one}\n{other}",)


def test_lines_stay_apart_where_together_they_cost_more() -> None:
    plain, accented = "a" * 158 + ".", "Más."

    # The accent would turn the plain line's one segment into three.
    assert messages(phrase(plain), phrase(accented)) == (plain, accented)


def test_lines_stay_apart_where_together_they_need_a_longer_message_than_we_send() -> None:
    lines = [phrase(letter * 300 + ".") for letter in "abc"]

    sent = messages(*lines)

    assert sent == tuple(line.message for line in lines)


def test_by_whatsapp_lines_are_joined_as_long_as_the_message_holds_them() -> None:
    plain, accented = "a" * 158 + ".", "Más."

    assert messages(phrase(plain), phrase(accented), paper=WHATSAPP) == (f"{plain}\n{accented}",)


def test_a_decomposed_letter_is_sent_composed_because_that_is_cheaper() -> None:
    decomposed = "man\N{COMBINING TILDE}ana"

    assert messages(phrase(decomposed), paper=SMS) == ("mañana",)
    assert messages(Passage(an_answer(decomposed), 0)) == ("mañana",)


@pytest.mark.parametrize(("channel", "paper"), [(Channel.SMS, SMS), (Channel.WHATSAPP, WHATSAPP)])
def test_each_channel_has_its_paper(channel: Channel, paper: Paper) -> None:
    assert paper_of(channel) is paper


def test_the_groups_of_a_number_keep_their_order_behind_arabic_letters() -> None:
    assert numbers_in_order("اتصل 1-888-351-4024.", SMS) == "اتصل \u200e1-888-351-4024."


def test_a_mark_never_costs_a_segment() -> None:
    full = f"{'ا' * 57} 1-888-351-40"

    assert numbers_in_order(full, SMS) == full


def test_a_text_in_latin_letters_is_left_as_it_is() -> None:
    assert numbers_in_order("Call 1-888-351-4024.", SMS) == "Call 1-888-351-4024."
