"""What an editor is told of a file that cannot be used: which file, which line, which key."""

import os
from pathlib import Path

import pytest

from bot.files import ContentError, Entry, Fault, Reader, written_whole


class Step(Entry):
    say: str
    key: int = 0
    steps: tuple["Step", ...] = ()


class Contact(Entry):
    phone: str


class Story(Entry):
    title: str
    urgent: bool = False
    pages: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    contact: Contact | None = None


WHOLE = """\
title = "At the door"
urgent = true
pages = [
  "one",
  "two",
]

[contact]
phone = "211"

[[steps]]
say = "wait"
key = 1

[[steps]]
say = "ask"
key = 2
"""


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    (tmp_path / "content").mkdir()
    return Reader(tmp_path / "content")


def told(reader: Reader, source: str) -> list[str]:
    """Write a story, read it, and return what an editor is told."""
    path = reader.root / "story.toml"
    path.write_text(source, "utf-8")
    story = reader.read(path, Story)
    assert (story is None) == bool(reader.faults)
    return [str(fault) for fault in reader.faults]


def test_a_file_without_a_fault_is_read(reader: Reader) -> None:
    path = reader.root / "story.toml"
    path.write_text(WHOLE, "utf-8")

    story = reader.whole(reader.read(path, Story))

    assert story.title == "At the door"
    assert [step.say for step in story.steps] == ["wait", "ask"]
    assert reader.faults == []


def test_what_a_path_says_need_not_stand_in_the_file(reader: Reader) -> None:
    path = reader.root / "story.toml"
    path.write_text("urgent = true", "utf-8")

    assert reader.whole(reader.read(path, Story, title="door")).title == "door"


def test_white_space_around_a_text_is_left_out(reader: Reader) -> None:
    path = reader.root / "story.toml"
    path.write_text('title = "  At the door \\n"', "utf-8")

    assert reader.whole(reader.read(path, Story)).title == "At the door"


@pytest.mark.parametrize(
    ("wrong", "line"),
    [
        pytest.param(WHOLE.replace('"ask"', "ask"), 16, id="quotation marks are missing"),
        pytest.param(WHOLE.replace("true", "yes"), 2, id="yes is no truth value"),
        pytest.param(WHOLE.replace("[contact]", "[contact"), 8, id="a bracket is missing"),
        pytest.param(WHOLE.replace("key = 2", "say = 2"), 17, id="a key is set twice"),
    ],
)
def test_a_slip_of_the_pen_is_named_with_its_line(reader: Reader, wrong: str, line: int) -> None:
    (fault,) = told(reader, wrong)

    assert fault.startswith(f"content/story.toml:{line}: not valid TOML: ")


@pytest.mark.parametrize(
    ("wrong", "line", "key"),
    [
        pytest.param(WHOLE.replace("urgent", "urgnt"), 2, "urgnt", id="at the top"),
        pytest.param(WHOLE.replace("phone", "mail"), 9, "contact.mail", id="in a table"),
        pytest.param(WHOLE.replace("key = 2", "kee = 2"), 17, "steps.1.kee", id="in an entry"),
        pytest.param(WHOLE.replace("key = 1", "kee = 1"), 13, "steps.0.kee", id="in another"),
        pytest.param(WHOLE.replace("[contact]", "[contract]"), 8, "contract", id="a table"),
        pytest.param(WHOLE.replace("[[steps]]", "[[stairs]]"), 11, "stairs", id="a list"),
    ],
)
def test_a_key_that_nobody_knows_is_named_with_its_line(
    reader: Reader, wrong: str, line: int, key: str
) -> None:
    faults = told(reader, wrong)

    assert f"content/story.toml:{line}: {key}: Extra inputs are not permitted" in faults


@pytest.mark.parametrize(
    ("wrong", "line", "key"),
    [
        pytest.param(WHOLE.replace('title = "At the door"\n', ""), 1, "title", id="at the top"),
        pytest.param(WHOLE.replace('phone = "211"\n', ""), 8, "contact.phone", id="in a table"),
        pytest.param(WHOLE.replace('say = "wait"\n', ""), 11, "steps.0.say", id="in an entry"),
        pytest.param(WHOLE.replace('say = "ask"\n', ""), 15, "steps.1.say", id="in another"),
    ],
)
def test_a_missing_key_is_named_with_the_line_where_its_table_begins(
    reader: Reader, wrong: str, line: int, key: str
) -> None:
    assert told(reader, wrong) == [f"content/story.toml:{line}: {key}: Field required"]


@pytest.mark.parametrize(
    ("wrong", "line", "key"),
    [
        pytest.param(WHOLE.replace('"At the door"', "7"), 1, "title", id="at the top"),
        pytest.param(WHOLE.replace('"two"', "2"), 3, "pages.1", id="in a list of texts"),
        pytest.param(WHOLE.replace('"211"', "211"), 9, "contact.phone", id="in a table"),
        pytest.param(WHOLE.replace('"wait"', "0"), 12, "steps.0.say", id="in an entry"),
        pytest.param(WHOLE.replace('"ask"', "[]"), 16, "steps.1.say", id="in another"),
        pytest.param(WHOLE.replace("key = 2", 'key = "x"'), 17, "steps.1.key", id="a number"),
    ],
)
def test_a_value_of_the_wrong_kind_is_named_with_its_line(
    reader: Reader, wrong: str, line: int, key: str
) -> None:
    faults = told(reader, wrong)

    assert [fault.rpartition(": ")[0] for fault in faults] == [f"content/story.toml:{line}: {key}"]


NESTED = """\
title = "A menu"

[[steps]]
say = "first"

[[steps.steps]]
say = "first of the first"

[[steps.steps]]
say = "second of the first"

[[steps]]
say = "second"

[[steps.steps]]
say = "first of the second"

[[steps.steps.steps]]
say = "deep below"

[[steps.steps]]
say = "second of the second"
"""


@pytest.mark.parametrize(
    ("said", "line", "key"),
    [
        ("first", 4, "steps.0.say"),
        ("first of the first", 7, "steps.0.steps.0.say"),
        ("second of the first", 10, "steps.0.steps.1.say"),
        ("second", 13, "steps.1.say"),
        ("first of the second", 16, "steps.1.steps.0.say"),
        ("deep below", 19, "steps.1.steps.0.steps.0.say"),
        ("second of the second", 22, "steps.1.steps.1.say"),
    ],
)
def test_a_fault_in_a_list_within_a_list_is_named_with_its_own_line(
    reader: Reader, said: str, line: int, key: str
) -> None:
    faults = told(reader, NESTED.replace(f'"{said}"', "0"))

    assert [fault.rpartition(": ")[0] for fault in faults] == [f"content/story.toml:{line}: {key}"]


def test_a_missing_key_in_a_list_within_a_list_is_named_where_its_entry_begins(
    reader: Reader,
) -> None:
    faults = told(reader, NESTED.replace('say = "second of the first"\n', ""))

    assert faults == ["content/story.toml:9: steps.0.steps.1.say: Field required"]


def test_every_fault_of_every_file_is_named_at_once(reader: Reader) -> None:
    told(reader, WHOLE.replace("true", '"maybe"').replace('"ask"', "0").replace("phone", "mail"))
    (reader.root / "other.toml").write_text("title =", "utf-8")
    reader.read(reader.root / "other.toml", Story)
    reader.read(reader.root / "gone.toml", Story)

    with pytest.raises(ContentError) as refused:
        reader.finish()

    places = [(fault.path.name, fault.line) for fault in refused.value.faults]
    assert sorted(places) == [
        ("gone.toml", 1),
        ("other.toml", 1),
        ("story.toml", 2),
        ("story.toml", 8),
        ("story.toml", 9),
        ("story.toml", 16),
    ]
    assert str(refused.value).splitlines() == [str(fault) for fault in refused.value.faults]


def test_a_file_that_is_missing_or_no_text_is_a_fault_and_no_crash(reader: Reader) -> None:
    (reader.root / "photo.toml").write_bytes(b"\xff\xd8\xff")

    assert reader.read(reader.root / "photo.toml", Story) is None
    assert reader.read(reader.root / "gone.toml", Story) is None
    assert [str(fault.path) for fault in reader.faults] == [
        "content/photo.toml",
        "content/gone.toml",
    ]
    assert all("cannot be read" in fault.message for fault in reader.faults)


def test_a_value_is_handed_out_only_if_nothing_at_all_was_at_fault(reader: Reader) -> None:
    path = reader.root / "story.toml"
    path.write_text(WHOLE, "utf-8")
    story = reader.read(path, Story)
    reader.fault(path, 3, "is too long")

    with pytest.raises(ContentError, match=r"content/story\.toml:3: is too long"):
        reader.whole(story)


def test_without_a_fault_reading_ends_in_peace(reader: Reader) -> None:
    reader.finish()


def test_a_file_elsewhere_is_shown_with_its_whole_path(reader: Reader) -> None:
    reader.fault(Path("/elsewhere/messages.po"), 7, "is not translated")

    assert reader.faults == [Fault(Path("/elsewhere/messages.po"), 7, "is not translated")]


def test_what_was_read_cannot_change(reader: Reader) -> None:
    path = reader.root / "story.toml"
    path.write_text(WHOLE, "utf-8")
    story = reader.whole(reader.read(path, Story))

    with pytest.raises(ValueError, match="frozen"):
        story.title = "another"  # type: ignore[misc]


def test_what_is_written_is_on_the_disk_before_it_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "table.csv"
    flushed: list[tuple[int, bool]] = []
    monkeypatch.setattr(
        os, "fsync", lambda file: flushed.append((os.fstat(file).st_size, path.exists()))
    )
    with written_whole(path) as file:
        file.write(b"whole")

    assert flushed == [(5, False)]
    assert path.read_bytes() == b"whole"
    assert [*tmp_path.iterdir()] == [path]


def test_what_is_not_finished_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt):
        write_half(path)

    assert path.read_bytes() == b"old"
    assert [*tmp_path.iterdir()] == [path]


def write_half(path: Path) -> None:
    with written_whole(path) as file:
        file.write(b"half")
        raise KeyboardInterrupt
