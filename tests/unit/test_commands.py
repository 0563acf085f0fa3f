"""What is a command, a key or a language's name, and what is a question."""

import pytest

from bot.files import Reader
from bot.languages import Command, Language, LanguageList, read_languages
from bot.settings import PROJECT
from bot.understanding.commands import Commands, Spoken

ENGLISH, SPANISH = Language("en"), Language("es")


@pytest.fixture(scope="module")
def languages() -> LanguageList:
    reader = Reader(PROJECT / "content")
    return reader.whole(read_languages(reader, PROJECT / "content" / "languages.toml"))


@pytest.fixture(scope="module")
def commands(languages: LanguageList) -> Commands:
    return Commands(languages)


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("MORE", Spoken(Command.MORE, ENGLISH)),
        ("mas", Spoken(Command.MORE, SPANISH)),
        ("Más.", Spoken(Command.MORE, SPANISH)),
        ("¡ABOGADO!", Spoken(Command.LAWYER, SPANISH)),
        ("  lawyer \n", Spoken(Command.LAWYER, ENGLISH)),
        ('"Lawyer"', Spoken(Command.LAWYER, ENGLISH)),
        ("Stop", Spoken(Command.STOP, ENGLISH)),
        ("no más mensajes", Spoken(Command.STOP, SPANISH)),
        ("ninguno de estos", Spoken(Command.NONE_OF_THESE, SPANISH)),
        ("What law?", Spoken(Command.SOURCE, ENGLISH)),
        ("¿qué ley?", Spoken(Command.SOURCE, SPANISH)),
    ],
)
def test_case_accents_and_signs_of_a_command_do_not_matter(
    commands: Commands, text: str, spoken: Spoken
) -> None:
    assert commands.command(text) == spoken


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("lawyer please", Command.LAWYER),
        ("MORE, thank you!", Command.MORE),
        ("please stop", Command.STOP),
        ("Menú, por favor", Command.MENU),
        ("gracias, más", Command.MORE),
        ("abogado porfa", Command.LAWYER),
    ],
)
def test_whoever_is_polite_is_obeyed_as_well(
    commands: Commands, text: str, command: Command
) -> None:
    spoken = commands.command(text)

    assert spoken
    assert spoken.command is command


@pytest.mark.parametrize("text", ["Thank you!", "thanks", "GRACIAS", "muchas gracias"])
def test_a_polite_word_alone_is_a_message_of_its_own(commands: Commands, text: str) -> None:
    spoken = commands.command(text)

    assert spoken
    assert spoken.command is Command.THANKS


@pytest.mark.parametrize(
    "text",
    [
        "how do I stop a deportation",
        "can I get a lawyer in jail",
        "do i need a lawyer",
        "¿Cuándo para la policía?",
        "my source told me to delete it",
        "they said end of my hold is more than 48 hours",
        "",
        "?!",
    ],
)
def test_a_question_with_a_command_s_word_in_it_is_no_command(
    commands: Commands, text: str
) -> None:
    assert commands.command(text) is None


@pytest.mark.parametrize(
    ("text", "command"),
    [("menu", Command.MENU), ("Menú", Command.MENU), ("911", Command.EMERGENCY)],
)
def test_a_word_that_languages_share_tells_no_language(
    commands: Commands, text: str, command: Command
) -> None:
    assert commands.command(text) == Spoken(command, None)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("1", 1),
        ("1.", 1),
        ("2)", 2),
        ("(2)", 2),
        ("#2", 2),
        ("# 3 ", 3),
        ("*4", 4),
        ("0", 0),
        ("2️⃣", 2),
        ("2⃣", 2),
        ("٢", 2),
        ("２", 2),
        ("two", 2),
        ("Dos", 2),
        ("¡DOS!", 2),
        ("ocho", 8),
        ("Dos, por favor", 2),
        ("2 por favor", 2),
        ("2, please", 2),
    ],
)
def test_a_key_is_understood_however_it_is_typed(commands: Commands, text: str, key: int) -> None:
    assert commands.key(text) == key


@pytest.mark.parametrize(
    "text",
    [
        "911",
        "77002",
        "12",
        "48",
        "1 2",
        "½",
        "1st street",
        "dos policías",
        "someone",
        "",
        "#",
    ],
)
def test_another_number_is_no_key(commands: Commands, text: str) -> None:
    assert commands.key(text) is None


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("English", "en"),
        ("english please", "en"),
        ("I speak English", "en"),
        ("ingles", "en"),
        ("英语", "en"),
        ("الإنجليزية", "en"),
        ("ESPAÑOL", "es"),
        ("espanol", "es"),
        ("en español por favor", "es"),
        ("Spanish.", "es"),
        ("Kreyòl", "ht"),
        ("kreyol ayisyen", "ht"),
        ("Haitian Creole", "ht"),
        ("français", "fr"),
        ("Português", "pt-BR"),
        ("pt-br", "pt-BR"),
        ("中文", "zh-Hans"),
        ("廣東話", "zh-Hans"),
        ("Tiếng Việt", "vi"),
        ("tieng viet", "vi"),
        ("العربية", "ar"),
        ("Tagalog", "tl"),
        ("РУССКИЙ", "ru"),
        ("Українська", "uk"),
        ("한국어", "ko"),
        ("हिन्दी", "hi"),
        ("ਪੰਜਾਬੀ", "pa"),
        ("አማርኛ", "am"),
    ],
)
def test_a_language_is_known_by_its_names_in_many_languages(
    commands: Commands, text: str, tag: str
) -> None:
    assert commands.language(text) == Language(tag)


@pytest.mark.parametrize(
    "text", ["the officer speaks no spanish", "no hablo inglés muy bien", "Klingon", "", "?"]
)
def test_a_sentence_about_a_language_names_none(commands: Commands, text: str) -> None:
    assert commands.language(text) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I want to die", ENGLISH),
        ("they took my son and i DONT WANT TO LIVE anymore", ENGLISH),
        ("I don’t want to live.", ENGLISH),
        ("si me deportan me voy a matar", SPANISH),
        ("Ya no quiero vivir", SPANISH),
    ],
)
def test_words_of_despair_are_heard_wherever_they_stand(
    commands: Commands, text: str, language: Language
) -> None:
    assert commands.crisis(text) == language


@pytest.mark.parametrize(
    "text", ["I want to live in Texas", "he died in jail", "quiero vivir en Houston", "", "?"]
)
def test_other_words_about_life_and_death_are_no_crisis(commands: Commands, text: str) -> None:
    assert commands.crisis(text) is None


@pytest.mark.parametrize(
    "beside", ["", "my zip code is", "I live in", "mi código postal es", "Zip:"]
)
def test_some_words_beside_a_zip_code_only_say_that_it_is_one(
    commands: Commands, beside: str
) -> None:
    assert commands.but_for_a_place(beside) == ""


@pytest.mark.parametrize("beside", ["ICE is at my door in", "bond of", "fianza de", "case number"])
def test_other_words_beside_it_are_a_question(commands: Commands, beside: str) -> None:
    assert commands.but_for_a_place(beside)


def test_every_word_of_the_list_is_understood(commands: Commands, languages: LanguageList) -> None:
    for profile in languages:
        for command, words in profile.commands.items():
            for word in words:
                spoken = commands.command(word)
                assert spoken, word
                assert spoken.command is command, word
        assert [commands.key(word) for word in profile.numbers] == list(range(1, 10))


def test_every_name_of_a_language_is_understood(
    commands: Commands, languages: LanguageList
) -> None:
    for entry in (*languages.offered, *languages.known):
        for name in (entry.name, entry.tag, *entry.called):
            assert commands.language(name) == entry.tag, name


def test_no_word_of_the_list_is_a_command_and_a_number_or_a_language_s_name(
    commands: Commands, languages: LanguageList
) -> None:
    # "hi" is a greeting, and the tag of Hindi: nobody writes tags.
    names = [name for entry in (*languages.offered, *languages.known) for name in entry.called]
    numbers = [word for profile in languages for word in profile.numbers]

    assert [word for word in (*names, *numbers) if commands.command(word)] == []
    assert [word for word in names if commands.key(word) is not None] == []


def test_a_language_that_is_only_known_can_be_named_but_not_commanded_in(
    languages: LanguageList,
) -> None:
    commands = Commands(languages.only((ENGLISH,)))

    assert commands.language("español") == SPANISH
    assert commands.command("abogado") is None
    assert commands.key("dos") is None
