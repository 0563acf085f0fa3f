"""Where a sentence ends: for cutting texts, and for giving a voice no more than it can say."""

import regex

# An end, with the brackets and quotation marks that close behind it; in Chinese and Japanese the
# next sentence begins without a space.
_END = regex.compile(
    r"[.!?…؟۔।።][\"'”’»)\]]*(?:\s+[»])?(?=\s|$)\s*|[。！？][」』”’）]*\s*", regex.UNICODE
)

# A dot that belongs to its word: initials ("U.S.", "a.m."), and what law and letters shorten.
_SHORTENED = regex.compile(
    r"(?:^|[\s(\"'¿¡])"
    r"(?:(?:\p{L}\.)+|(?:EE|UU|vs?|No|Núm|Art|Sec|Dr|Dra|Sr|Sra|Mr|Mrs|Ms|St)\.)$",
    regex.IGNORECASE,
)


def sentences(text: str) -> tuple[str, ...]:
    """Return a text's sentences, each with the white space behind it, so that none is lost."""
    found, start = [], 0
    for end in _END.finditer(text):
        if _SHORTENED.search(text[start : end.start() + 1]):
            continue
        found.append(text[start : end.end()])
        start = end.end()
    return (*found, text[start:]) if start < len(text) else tuple(found)
