"""The catalog of the organizers' pages: every sentence of them, and no other."""

import tomllib

from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

from bot.settings import PROJECT

ROOM = PROJECT / "bot" / "reports"
CATALOG = PROJECT / "locales" / "es" / "LC_MESSAGES" / "reports.po"


def test_every_sentence_of_the_pages_is_in_the_catalog_and_no_other() -> None:
    mappings = tomllib.loads((ROOM / "catalog.toml").read_text("utf-8"))["mappings"]
    found = extract_from_dir(
        ROOM,
        [(one["pattern"], one["method"]) for one in mappings],
        keywords={**DEFAULT_KEYWORDS, "lazy_gettext": None},
    )
    said = {message for _, _, message, *_ in found}
    with CATALOG.open("rb") as lines:
        catalog = read_po(lines, "es")

    assert len(said) > 200
    assert said == {entry.id for entry in catalog if entry.id}


def test_every_sentence_is_translated() -> None:
    with CATALOG.open("rb") as lines:
        entries = [entry for entry in read_po(lines, "es") if entry.id]

    assert [entry.id for entry in entries if not entry.string or entry.fuzzy] == []
    for entry in entries:
        assert list(entry.check()) == []
