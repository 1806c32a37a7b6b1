"""What can be wrong with a translation that a machine can see."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from babel.messages.catalog import Catalog, Message

_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")


def missing(catalogue: Catalog) -> list[str]:
    """The messages that have no translation yet."""
    return [_source(m) for m in catalogue if m.id and not all(_translations(m))]


def faults(catalogue: Catalog) -> list[str]:
    """One sentence for each translation that is fuzzy or breaks what it translates."""
    return [
        f"{fault}: {_source(message)!r}"
        for message in catalogue
        if message.id and all(_translations(message))
        for fault in _faults_of(message)
    ]


def _faults_of(message: Message) -> Iterator[str]:
    if message.fuzzy:
        yield "fuzzy"
    source = _source(message)
    for text in _translations(message):
        if Counter(_PLACEHOLDER.findall(source)) != Counter(_PLACEHOLDER.findall(text)):
            yield "placeholders differ"
        if Counter(_TAG.findall(source)) != Counter(_TAG.findall(text)):
            yield "HTML tags differ"
        if _edges(source) != _edges(text):
            yield "space at the beginning or end differs"


def _source(message: Message) -> str:
    """The message, in its plural where it has one: Thai has only that form."""
    return message.id[-1] if message.pluralizable else message.id


def _translations(message: Message) -> tuple[str, ...]:
    return message.string if message.pluralizable else (message.string,)


def _edges(text: str) -> tuple[bool, bool]:
    return text[:1].isspace(), text[-1:].isspace()
