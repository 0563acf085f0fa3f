"""The handbook's files: read whole or not at all, and every fault is named at once."""

from pathlib import Path

from bot.files import Reader
from bot.handbook.handbook import Handbook
from bot.handbook.menu import Menu
from bot.handbook.notice import Notice
from bot.handbook.topics import Answer, Topic, TopicId
from bot.languages import ENGLISH, Language, LanguageList


def read_handbook(
    reader: Reader, languages: LanguageList, *, signed_only: bool = False
) -> Handbook | None:
    """Read the handbook below the reader's folder; faults go to the reader."""
    menu = reader.read(reader.root / "menu.toml", Menu)
    notice = reader.read(reader.root / "notice.toml", Notice)
    folders = sorted(path for path in (reader.root / "topics").glob("*") if path.is_dir())
    topics = [_read_topic(reader, folder) for folder in folders]
    answers = [
        _read_answer(reader, path)
        for folder in folders
        for path in sorted(folder.glob("*.toml"))
        if path.name != "topic.toml"
    ]
    if menu is None or notice is None or None in (*topics, *answers):
        return None
    handbook = Handbook(
        topics={topic.id: topic for topic in topics if topic},
        answers={(answer.topic, answer.language): answer for answer in answers if answer},
        menu=menu,
        notice=notice,
        signed_only=signed_only,
    )
    _check(reader, handbook, languages)
    return handbook


def _read_topic(reader: Reader, folder: Path) -> Topic | None:
    return reader.read(folder / "topic.toml", Topic, id=TopicId(folder.name))


def _read_answer(reader: Reader, path: Path) -> Answer | None:
    names = {"topic": TopicId(path.parent.name), "language": Language(path.stem)}
    return reader.read(path, Answer, **names)


def _check(reader: Reader, handbook: Handbook, languages: LanguageList) -> None:
    """Name what is wrong between the files."""
    in_menu = {topic for _, topic in handbook.menu.topics()}
    for topic in handbook.topics.values():
        path = reader.root / "topics" / topic.id / "topic.toml"
        if (topic.id, ENGLISH) not in handbook.answers:
            reader.fault(path, 1, "has no en.toml; every topic is written in English first")
        for other in topic.see_also:
            if other not in handbook.topics:
                reader.fault(path, 1, f"see_also: there is no topic {other!r}")
        if topic.id not in in_menu:
            reader.fault(reader.root / "menu.toml", 1, f"the menu does not lead to {topic.id!r}")
    for topic_id in in_menu - handbook.topics.keys():
        reader.fault(reader.root / "menu.toml", 1, f"there is no topic {topic_id!r}")
    for topic_id, language in handbook.answers:
        if language not in languages.named():
            path = reader.root / "topics" / topic_id / f"{language}.toml"
            reader.fault(path, 1, "is in a language that content/languages.toml does not name")
    for language in languages.tags():
        if handbook.notice.on and not handbook.notice.text.get(language):
            path = reader.root / "notice.toml"
            reader.fault(path, 1, f"is on, but says nothing in {language!r}")
