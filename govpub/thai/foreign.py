"""Words of another language inside a text are said to be so, for whoever hears it.

A Thai voice spells English words, an English one is silent at Thai. Officers do not
mark up languages, but letters tell these two apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# What a reader does not read as words, or where HTML allows no element.
LEFT_ALONE = frozenset(
    ("code", "iframe", "kbd", "math", "option", "pre", "samp", "script", "select")
    + ("style", "svg", "template", "textarea", "title", "var")
)
VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta")
    + ("source", "wbr")
)
_TOKEN = re.compile(
    r"<!--.*?-->|<(?P<end>/?)(?P<name>[A-Za-z][\w-]*)"
    r"(?P<rest>(?:[^\"'<>]|\"[^\"<]*\"|'[^'<]*')*)>|<|[^<]+",
    re.S,
)
_LANG = re.compile(r"\blang=[\"']?([A-Za-z-]+)")
# Not words: character references, ends of file names, addresses of the web and of mail.
_NO_WORDS = (
    r"&\#?\w+;|\.[A-Za-z0-9]+|(?:https?://|www\.)[!-~]+|"
    r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
)
_BETWEEN = r"[\s,.:;/()+'’–-]{1,3}"
_LATIN = r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ0-9]*"
_THAI = r"[\u0e01-\u0e5b]+"


def _runs(word: str, also: str) -> re.Pattern[str]:
    """One word or several in a row, between which numbers may stand."""
    return re.compile(f"{_NO_WORDS}|({word}(?:{_BETWEEN}(?:{word}|{also}))*)")


# In a text of the one language, what is of the other, and what that one is called.
_FOREIGN = {
    "th": ("en", _runs(_LATIN, "[0-9]+(?=[A-Za-z])")),
    "en": ("th", _runs(_THAI, "[0-9]+(?=[\u0e01-\u0e5b])")),
}


def mark_foreign(html: str, language: str) -> str:
    """``html``, whose words are in ``language``, with Latin or Thai runs marked.

    Elements that say their ``lang`` themselves are read in that one. The markup is
    kept as it is; only text gets ``<span lang>`` round it, and nothing any more after a
    ``<`` that begins no element.
    """
    return "".join(_marked(html, language))


def _marked(html: str, language: str) -> Iterator[str]:
    open_: list[tuple[str, str]] = [("", language)]  # outermost first
    for token in _TOKEN.finditer(html):
        text, name = token.group(), (token["name"] or "").lower()
        if text == "<":
            yield html[token.start() :]
            return
        if not name:
            yield text if text.startswith("<") else _in_words(text, open_[-1][1])
            continue
        if token["end"]:
            _close(open_, name)
        elif name not in VOID and not token["rest"].endswith("/"):
            open_.append((name, _language(name, token["rest"], open_[-1][1])))
        yield text


def _language(name: str, attributes: str, around: str) -> str:
    """In what language an element's text is; empty where it is to be left alone."""
    if name in LEFT_ALONE or not around:
        return ""
    own = _LANG.search(attributes)
    return own[1].lower() if own else around


def _close(open_: list[tuple[str, str]], name: str) -> None:
    """The end of the innermost element of that name, and of what is open in it."""
    for depth in range(len(open_) - 1, 0, -1):
        if open_[depth][0] == name:
            del open_[depth:]
            return


def _in_words(text: str, language: str) -> str:
    if language not in _FOREIGN:
        return text
    other, pattern = _FOREIGN[language]

    def mark(found: re.Match[str]) -> str:
        run = found[1]
        if run is None or not _is_word(run):
            return found.group()
        return f'<span lang="{other}">{run}</span>'

    return pattern.sub(mark, text)


def _is_word(run: str) -> bool:
    """A letter alone is a mark (A4, ข้อ ก), not a word."""
    return any(len(word) > 1 for word in re.findall(f"[A-Za-zÀ-ɏ]+|{_THAI}", run))
