"""The catalogs of interface strings: a sentence goes in, the same sentence comes out translated."""

import gettext
from collections.abc import Collection, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from tomllib import load
from types import ModuleType
from typing import BinaryIO

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.support import Translations

from bot.files import Reader
from bot.handbook.phrases import Counted
from bot.languages import ENGLISH, Language

Extracted = tuple[int, None, str, list[str]]


class Catalogs:
    """Says a phrase in a language. English is the language of the message ids."""

    def __init__(self, translations: Mapping[Language, gettext.NullTranslations]) -> None:
        self._translations = translations

    def say(self, message: str, language: Language, values: Mapping[str, str]) -> str:
        """Return a sentence in a language; KeyError for a language without a catalog."""
        wording = self.wording(message, language, values)
        return (wording % values).strip() if values else wording

    def wording(self, message: str, language: Language, values: Mapping[str, str]) -> str:
        """Return a sentence in a language, with room for its values."""
        if isinstance(message, Counted):
            (number,) = map(int, values.values())
            if language == ENGLISH:
                return message if number == 1 else message.several
            return self._translations[language].ngettext(message, message.several, number)
        return message if language == ENGLISH else self._translations[language].gettext(message)


def read_catalogs(
    reader: Reader, folder: Path, languages: tuple[Language, ...], needed: Collection[str]
) -> Catalogs:
    """Read and compile the catalogs below `locales/`; a language needs every sentence of the line.

    Faults go to the reader: a catalog that is missing, an entry that is empty, fuzzy or broken.
    """
    translations = {
        language: read_translations(reader, folder, language, needed)
        for language in languages
        if language != ENGLISH
    }
    return Catalogs({tag: found for tag, found in translations.items() if found})


def read_translations(
    reader: Reader,
    folder: Path,
    language: Language,
    needed: Collection[str] = (),
    *,
    domain: str = "messages",
) -> Translations | None:
    """Read and compile one catalog, which must translate every sentence that is needed of it."""
    locale = language.replace("-", "_")
    path = folder / locale / "LC_MESSAGES" / f"{domain}.po"
    if not path.exists():
        reader.fault(path, 1, f"is missing; {language} cannot be offered without it")
        return None
    try:
        with path.open("rb") as lines:
            catalog = read_po(lines, locale, abort_invalid=True)
    except (PoFileError, ValueError) as error:
        reader.fault(path, 1, f"is no catalog: {error}")
        return None
    for line, message in _faults(catalog, needed):
        reader.fault(path, line, message)
    compiled = BytesIO()
    write_mo(compiled, catalog)
    return Translations(BytesIO(compiled.getvalue()), domain)


def phrases_in(*modules: ModuleType) -> frozenset[str]:
    """Return the sentences that modules name in capitals, one by one or in a table."""
    named = [value for module in modules for name, value in vars(module).items() if name.isupper()]
    tables = [sentence for value in named if isinstance(value, dict) for sentence in value.values()]
    return frozenset(value for value in (*named, *tables) if isinstance(value, str))


def _faults(catalog: Catalog, needed: Collection[str]) -> Iterator[tuple[int, str]]:
    for message in needed:
        found = catalog.get(message)
        if found is None or found.pluralizable != isinstance(message, Counted):
            yield 1, f"lacks {message!r}; `make catalogs` adds it"
    for entry in catalog:
        if not entry.id:
            continue
        forms = entry.string if isinstance(entry.string, list | tuple) else (entry.string,)
        if not all(forms):
            yield entry.lineno or 1, f"is not translated: {entry.id!r}"
        elif entry.fuzzy:
            yield entry.lineno or 1, f"is marked fuzzy; look at it again: {entry.id!r}"
        else:
            yield from _broken(catalog, entry)


def _broken(catalog: Catalog, entry: Message) -> Iterator[tuple[int, str]]:
    yield from ((entry.lineno or 1, f"{error}: {entry.id!r}") for error in entry.check(catalog))


def extract_menu(
    menu: BinaryIO, keywords: object, comment_tags: object, options: object
) -> Iterator[Extracted]:
    """Find the titles of `content/menu.toml`, as Babel asks an extractor to do."""
    del keywords, comment_tags, options
    for title in _titles(load(menu)):
        yield 1, None, title, []


def _titles(choice: dict[str, object]) -> Iterator[str]:
    if title := choice.get("title"):
        yield str(title)
    below = choice.get("choices")
    for one in below if isinstance(below, list) else []:
        yield from _titles(one)
