"""Which voices speak and which languages are heard, in the enums of Twilio's own libraries.

A name that is not here may exist; but nobody has seen it, and a wrong one is silence on the line.
Sources: twilio-java 179bd9c and twilio-node 45d3d65, `voice/say` and `voice/gather`;
https://www.twilio.com/docs/voice/twiml/gather for the speech models.
"""

import re
from collections.abc import Mapping

_ALL = frozenset({"Chirp3-HD", "Neural2", "Wavenet", "Standard"})
_NO_NEURAL = _ALL - {"Neural2"}
_OLD = frozenset({"Wavenet", "Standard"})

# Google's voices carry their language in the name: Google.es-US-Neural2-A, Google.en-US-Chirp3-HD-…
_GOOGLE: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("en-US", "es-US", "pt-BR", "fr-FR", "fr-CA", "vi-VN", "ko-KR", "hi-IN"), _ALL),
    **dict.fromkeys(("cmn-CN", "ar-XA", "ru-RU"), _NO_NEURAL),
    **dict.fromkeys(("cmn-TW", "pa-IN", "fil-PH", "uk-UA", "am-ET"), _OLD),
    "yue-HK": frozenset({"Standard"}),
    "fil-ph": frozenset({"Neural2"}),
}
_GOOGLE_VOICE = re.compile(
    r"Google\.(?P<locale>[a-z]{2,3}-[A-Za-z]{2})-(?P<kind>Chirp3-HD|Neural2|Wavenet|Standard)"
    r"-(?P<name>[A-Z]|(?<=HD-)[A-Z][a-z]+)"
)

# Polly's do not: the pairs that a table of Twilio's names.
_POLLY: Mapping[str, str] = {
    "en-US": "Joanna Matthew Kendra Ruth Stephen Danielle",
    "es-MX": "Mia Andres",
    "pt-BR": "Camila Ricardo Thiago Vitoria",
    "fr-FR": "Celine Lea Mathieu Remi",
    "fr-CA": "Chantal Gabrielle Liam",
    "cmn-CN": "Zhiyu",
    "arb": "Zeina",
    "ar-AE": "Hala Zayd",
    "ru-RU": "Tatyana Maxim",
    "ko-KR": "Seoyeon",
    "hi-IN": "Aditi Kajal",
}
_POLLY_VOICE = re.compile(r"Polly\.(?P<name>[A-Z][a-z]+)(-Neural)?")

HEARD = frozenset(
    """en-US es-US es-MX es-PR es-GT es-HN es-SV es-DO pt-BR fr-FR fr-CA cmn-Hans-CN zh zh-TW
    cmn-Hant-TW yue-Hant-HK vi-VN ar-EG ar-IQ ar-JO ar-LB ar-MA ar-SA ru-RU ko-KR hi-IN pa-guru-IN
    fil-PH uk-UA am-ET ur-PK ur-IN fa-IR ne-NP my-MM sw-KE sw-TZ km-KH lo-LA""".split()
)
_BOTH = frozenset({"en-US", "es-US", "pt-BR", "fr-FR", "fr-CA", "ru-RU"})
_EXPERIMENTAL = _BOTH | {
    *("vi-VN", "ko-KR", "hi-IN", "uk-UA"),
    *(code for code in HEARD if code.startswith("ar-")),
}
# A model that does not know the language fails, and the whole <Gather> with it.
MODELS: Mapping[str, frozenset[str]] = {
    "default": HEARD,
    "numbers_and_commands": HEARD,
    "phone_call": _BOTH,
    "experimental_conversations": _EXPERIMENTAL,
    "experimental_utterances": _EXPERIMENTAL,
}


def speaks(voice: str, locale: str) -> bool:
    """Whether there is such a voice, and it speaks the language of that code."""
    if google := _GOOGLE_VOICE.fullmatch(voice):
        kinds = _GOOGLE.get(google["locale"], frozenset())
        return google["kind"] in kinds and google["locale"].lower() == locale.lower()
    if polly := _POLLY_VOICE.fullmatch(voice):
        return polly["name"] in _POLLY.get(locale, "").split()
    return False
