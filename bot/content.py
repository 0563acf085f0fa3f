"""All that is read from `content/` and `locales/`: whole, or every fault at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from babel.support import Translations

from bot.counsel.detention import Facilities, read_facilities
from bot.counsel.hotlines import Hotlines, check_numbers, read_hotlines
from bot.counsel.policy import Policies, read_policies
from bot.counsel.providers import Provider, read_providers
from bot.counsel.states import States, read_states
from bot.files import Reader
from bot.handbook import ear, phrases
from bot.handbook.catalogs import Catalogs, phrases_in, read_catalogs, read_translations
from bot.handbook.handbook import Handbook
from bot.handbook.library import read_handbook
from bot.handbook.topics import TopicId
from bot.languages import SPANISH, Language, LanguageList, read_languages
from bot.settings import Publish, Settings
from bot.trends.digest import Wording, read_wordings
from bot.understanding.questions import Examples, read_examples


@dataclass(frozen=True, slots=True)
class Content:
    """What editors and lawyers answer for, and what the recognizer learns from."""

    languages: LanguageList
    handbook: Handbook
    catalogs: Catalogs
    hotlines: Hotlines
    providers: tuple[Provider, ...]
    states: States
    policies: Policies
    facilities: Facilities
    examples: Examples
    wordings: Mapping[Language, Wording]
    # The organizers' pages speak English and Spanish, whatever callers are offered.
    pages: Translations


def read_content(settings: Settings, project: Path) -> Content:
    """Read the content of a project's folder.

    Raises:
        ContentError: with every fault that makes it unfit to serve.

    """
    reader = Reader(project / "content")
    languages = _offered(reader, settings)
    signed_only = settings.publish is Publish.SIGNED
    handbook = read_handbook(reader, languages, signed_only=signed_only)
    needed = phrases_in(phrases, ear) | frozenset(handbook.menu.titles() if handbook else ())
    catalogs = read_catalogs(reader, project / "locales", languages.tags(), needed)
    hotlines = read_hotlines(reader)
    if handbook and hotlines:
        check_numbers(reader, hotlines, handbook)
    counsel = reader.root / "counsel"
    providers = read_providers(reader, counsel / "providers.csv")
    if (counsel / "local.csv").exists():
        providers += read_providers(reader, counsel / "local.csv")
    states = read_states(reader)
    policies = read_policies(reader)
    facilities = read_facilities(reader)
    topics = [TopicId(path.name) for path in (reader.root / "topics").glob("*") if path.is_dir()]
    examples = read_examples(reader, topics, languages.tags())
    wordings = read_wordings(reader)
    pages = read_translations(reader, project / "locales", SPANISH, domain="reports")
    return Content(
        languages=languages,
        handbook=reader.whole(handbook),
        catalogs=catalogs,
        hotlines=reader.whole(hotlines),
        providers=providers,
        states=reader.whole(states),
        policies=reader.whole(policies),
        facilities=reader.whole(facilities),
        examples=examples,
        wordings=wordings,
        pages=reader.whole(pages),
    )


def _offered(reader: Reader, settings: Settings) -> LanguageList:
    path = reader.root / "languages.toml"
    languages = reader.whole(read_languages(reader, path))
    wished = tuple(map(Language, settings.languages))
    for tag in wished:
        if tag not in languages.tags():
            reader.fault(path, 1, f"LANGUAGES names {tag!r}, which is not offered here")
    reader.finish()
    return languages.only(wished) if wished else languages
