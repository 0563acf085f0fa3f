"""The language of the pages: chosen in the page, else what the browser asks for."""

from collections.abc import Mapping

from babel.support import NullTranslations
from flask import Flask, request, session
from flask_babel import Babel, Domain, get_domain, get_locale

# Organizers work in the United States, and write numbers and dates as people do there.
LOCALES = {"en": "en_US", "es": "es_US"}
NAMES = {"en": "English", "es": "Español"}

Translations = Mapping[str, NullTranslations]


class Sentences(Domain):  # type: ignore[misc]  # Flask-Babel brings no types
    """The pages' catalogs, which were read and found complete at the start."""

    def __init__(self, translations: Translations) -> None:
        super().__init__(domain="reports")
        self._translations = translations

    def get_translations(self) -> NullTranslations:
        """Return the sentences of this request's language."""
        return self._translations.get(language(), NullTranslations())


def add_tongue(app: Flask, translations: Translations) -> None:
    """Let an app's pages speak."""
    babel = Babel()
    babel.init_app(app, locale_selector=lambda: LOCALES[_wished()])
    babel.domain_instance = Sentences(translations)


def language() -> str:
    """Return the language of this request."""
    locale = get_locale()
    return str(locale.language) if locale else "en"


def gettext(sentence: str, **values: object) -> str:
    """Return a sentence in the language of this request."""
    return str(get_domain().gettext(sentence, **values))


def _wished() -> str:
    chosen = session.get("language", "")
    return chosen if chosen in LOCALES else request.accept_languages.best_match(LOCALES, "en")
