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


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("I am in danger", Command.EMERGENCY),
        ("im in danger", Command.EMERGENCY),
        ("It's an emergency!", Command.EMERGENCY),
        ("please help us", Command.EMERGENCY),
        ("please send help", Command.EMERGENCY),
        ("estoy en peligro", Command.EMERGENCY),
        ("PELIGRO", Command.EMERGENCY),
        ("es una emergencia", Command.EMERGENCY),
        ("por favor ayudenos", Command.EMERGENCY),
        ("necesito ayuda ahora", Command.EMERGENCY),
        ("estamos em perigo", Command.EMERGENCY),
        ("can you help me", Command.HELP),
        ("stop texting", Command.STOP),
        ("arrêtez", Command.STOP),
        ("ya no me manden mensajes", Command.STOP),
        ("para de mandar msg", Command.STOP),
        ("توقف", Command.STOP),
        ("dừng nhắn", Command.STOP),
        ("no se mi codigo postal", Command.NONE_OF_THESE),
        ("i don't know", Command.NONE_OF_THESE),
        ("m pa konnen", Command.NONE_OF_THESE),
        ("je ne sais pas", Command.NONE_OF_THESE),
        ("我不知道", Command.NONE_OF_THESE),
    ],
)
def test_what_people_really_write_is_understood(
    commands: Commands, text: str, command: Command
) -> None:
    spoken = commands.command(text)

    assert spoken
    assert spoken.command is command


@pytest.mark.parametrize("text", ["arrêté", "arrete", "đúng", "send", "the sheriff stopped him"])
def test_a_word_that_only_looks_like_stop_does_not_silence_us(
    commands: Commands, text: str
) -> None:
    spoken = commands.command(text)

    assert spoken is None or spoken.command is not Command.STOP


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("hola necesito ayuda", Command.EMERGENCY),
        ("Hola, ayuda", Command.HELP),
        ("buenas tardes, por favor ayúdeme", Command.EMERGENCY),
        ("oi tudo bem preciso de ajuda", Command.EMERGENCY),
        ("hi can you help me", Command.HELP),
        ("hello stop", Command.STOP),
        ("你好，我需要帮助", Command.EMERGENCY),
        ("السلام عليكم ساعدوني", Command.EMERGENCY),
        ("hola hola", Command.GREETING),
        ("hola mi hijo fue detenido", None),
    ],
)
def test_a_greeting_may_stand_before_a_command(
    commands: Commands, text: str, command: Command | None
) -> None:
    spoken = commands.command(text)

    assert (spoken and spoken.command) == command


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("Reply MORE", Command.MORE),
        ("text LAWYER", Command.LAWYER),
        ("responda MAS", Command.MORE),
        ("Responda ABOGADO", Command.LAWYER),
        ("reponn PLIS", Command.MORE),
        ("responda MAIS", Command.MORE),
        ("répondez SUITE", Command.MORE),
        ("回复「更多」", Command.MORE),
        ("nhắn TIEP", Command.MORE),
        ("أرسلوا المزيد", Command.MORE),
        ("mande", Command.AGAIN),
    ],
)
def test_whoever_repeats_our_instruction_is_obeyed(
    commands: Commands, text: str, command: Command
) -> None:
    spoken = commands.command(text)

    assert spoken
    assert spoken.command is command


@pytest.mark.parametrize("text", ["danger", "information", "pardon", "qué", "antes", "si"])
def test_a_word_that_people_say_in_several_languages_tells_none(
    commands: Commands, text: str
) -> None:
    spoken = commands.command(text)

    assert spoken
    assert spoken.language is None


def test_an_arrest_for_drunken_driving_is_no_chinese(commands: Commands) -> None:
    assert commands.command("DUI") is None


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
    ("text", "language", "key"),
    [
        ("三", "zh-Hans", 3),
        ("按三", "zh-Hans", 3),
        ("请按2谢谢", "zh-Hans", 2),
        ("2号", "zh-Hans", 2),
        ("第二个", "zh-Hans", 2),
        ("两", "zh-Hans", 2),
        ("ثلاثه", "ar", 3),
        ("رقم ٣ من فضلك", "ar", 3),
        ("meia", "pt-BR", 6),
        ("de", "ht", 2),
        ("de", "es", None),
        ("um", "pt-BR", 1),
        ("um", "en", None),
        ("en", "es", None),
        ("two", "ar", 2),
        ("first", "en", 1),
        ("the second one", "en", 2),
        ("la primera", "es", 1),
        ("el segundo", "es", 2),
        ("a terceira", "pt-BR", 3),
        ("la deuxième", "fr", 2),
        ("premye a", "ht", 1),
        ("text 2", "en", 2),
    ],
)
def test_a_number_is_said_in_the_language_of_the_conversation(
    commands: Commands, text: str, language: str, key: int | None
) -> None:
    assert commands.key(text, Language(language)) == key


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
        ("hola español", "es"),
        ("hi do you speak spanish", "es"),
        ("¿y en español?", "es"),
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
    assert commands.crisis(text) == (language,)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("我真的想死了", "zh-Hans"),
        ("老公被ICE抓了，我不想活了", "zh-Hans"),
        ("他们不管我我想自杀", "zh-Hans"),
        ("不，我想死", "zh-Hans"),
        ("مش عايزة اعيش بعد ما اخدوه", "ar"),
        ("yo pran mari m, m pa vle viv ankò", "ht"),
        ("eu não quero mais viver", "pt-BR"),
    ],
)
def test_words_of_despair_are_heard_in_every_script(
    commands: Commands, text: str, language: str
) -> None:
    assert Language(language) in commands.crisis(text)


@pytest.mark.parametrize(
    "text",
    [
        "我不想死在监狱里",
        "我从来没有想过自杀",
        "我不会自杀",
        "他年轻生病了",
        "大家各自尽力",
        "no quiero morir en la cárcel",
        "m pa vle mouri nan prizon",
        "não quero morrer na cadeia",
    ],
)
def test_whoever_wants_to_live_is_no_crisis(commands: Commands, text: str) -> None:
    assert commands.crisis(text) == ()


def test_a_no_before_a_stop_takes_nothing_back(commands: Commands) -> None:
    assert commands.crisis("No. I want to die")
    assert commands.crisis("no, quiero morir")


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("菜单", Command.MENU),
        ("请给我菜单", None),
        ("请找律师谢谢", Command.LAWYER),
        ("麻烦您，律师。", Command.LAWYER),
        ("找 律 师", Command.LAWYER),
        ("打911", Command.EMERGENCY),
        ("如何停止遣返", None),
    ],
)
def test_chinese_commands_need_no_spaces(
    commands: Commands, text: str, command: Command | None
) -> None:
    spoken = commands.command(text)

    assert (spoken and spoken.command) == command


@pytest.mark.parametrize(
    ("text", "says_thanks"),
    [
        ("这个很有用谢谢你们", True),
        ("ok thanks for everything", True),
        ("شكرا على كل شيء", True),
        ("他知道了我的地址", False),
        ("is it ok to drive", False),
    ],
)
def test_thanks_are_heard_in_a_sentence_but_not_ok(
    commands: Commands, text: str, *, says_thanks: bool
) -> None:
    assert commands.thanks(text) is says_thanks


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("七七零零二", "77002"),
        ("我的邮编是七七零零二", "我的邮编是77002"),
        ("我在7七0零二附近", "我在77002附近"),
        ("７７００２", "77002"),
        ("٧٧٠٠٢", "77002"),
        ("الرمز ٧٧٠٠٢", "الرمز 77002"),
        ("سبعة سبعه صفر صفر اثنين", "77002"),
        ("seven 7 zero zero one", "77001"),
        ("el código de siete siete cero cero uno", "el código de 77001"),
        ("meia meia zero zero dois", "66002"),
        ("vivo en siete siete cero cero dos", "vivo en 77002"),
        ("kòd la se sèt sèt zewo zewo de", "kòd la se 77002"),
        ("7, 7, 0, 0, 2", "77002"),
        ("de um en de um", "de um en de um"),
        ("一二三四五六", "一二三四五六"),
        ("50 000 dollars", "50 000 dollars"),
        ("2 1500", "2 1500"),
    ],
)
def test_a_zip_code_may_be_spelled_in_any_language(
    commands: Commands, text: str, written: str
) -> None:
    assert commands.with_digits(text) == written


@pytest.mark.parametrize(
    "text", ["I want to live in Texas", "he died in jail", "quiero vivir en Houston", "", "?"]
)
def test_other_words_about_life_and_death_are_no_crisis(commands: Commands, text: str) -> None:
    assert commands.crisis(text) == ()


@pytest.mark.parametrize(
    "beside",
    ["", "my zip code is", "I live in", "mi código postal es", "Zip:", "我的邮编是", "我住在 附近"],
)
def test_some_words_beside_a_zip_code_only_say_that_it_is_one(
    commands: Commands, beside: str
) -> None:
    assert commands.but_for_a_place(beside) == ""


@pytest.mark.parametrize(
    ("before", "leads"),
    [
        ("I am in", True),
        ("我住在", True),
        ("我住在休斯顿", True),
        ("أنا في هيوستن", True),
        ("保释金", False),
        ("我弟弟在监狱里保释金要", False),
        ("bond of", False),
    ],
)
def test_what_stands_before_a_zip_code_tells_it_from_money(
    commands: Commands, before: str, *, leads: bool
) -> None:
    assert commands.leads_to_a_place(before) is leads


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Harris County Jail", "harris"),
        ("Stewart Detention Center", "stewart"),
        ("can i visit him in jail", "can i visit him in"),
    ],
)
def test_the_names_of_offices_leave_little_of_a_language(
    commands: Commands, text: str, own: str
) -> None:
    assert commands.but_for_offices(text) == own


@pytest.mark.parametrize(
    "beside", ["ICE is at my door in", "bond of", "fianza de", "case number", "移民局在我家门口"]
)
def test_other_words_beside_it_are_a_question(commands: Commands, beside: str) -> None:
    assert commands.but_for_a_place(beside)


def test_every_word_of_the_list_is_understood(commands: Commands, languages: LanguageList) -> None:
    for profile in languages:
        for command, words in profile.commands.items():
            for word in words:
                spoken = commands.command(word)
                assert spoken, word
                assert spoken.command is command, word
        for digit, words in enumerate(profile.numbers, 1):
            assert {commands.key(word, profile.tag) for word in words} == {digit}


def test_every_name_of_a_language_is_understood(
    commands: Commands, languages: LanguageList
) -> None:
    for entry in (*languages.offered, *languages.known):
        for name in (entry.name, *entry.called):
            assert commands.language(name) == entry.tag, name
    for tag in languages.tags():
        assert commands.language(tag) == tag


def test_a_short_word_is_not_taken_for_the_tag_of_a_language_that_we_do_not_speak(
    commands: Commands, languages: LanguageList
) -> None:
    # "not" in Creole, "I am", "are you", "the country", "hello".
    assert {"pa", "am", "ru", "uk", "hi"} <= {entry.tag for entry in languages.known}
    for entry in languages.known:
        assert commands.language(entry.tag) is None


def test_no_word_of_the_list_is_a_command_and_a_number_or_a_language_s_name(
    commands: Commands, languages: LanguageList
) -> None:
    names = [name for entry in (*languages.offered, *languages.known) for name in entry.called]
    numbers = [word for profile in languages for words in profile.numbers for word in words]

    assert [word for word in (*names, *numbers) if commands.command(word)] == []
    assert [word for word in names if commands.key(word) is not None] == []


def test_a_language_that_is_only_known_can_be_named_but_not_commanded_in(
    languages: LanguageList,
) -> None:
    commands = Commands(languages.only((ENGLISH,)))

    assert commands.language("español") == SPANISH
    assert commands.command("abogado") is None
    assert commands.key("dos") is None
