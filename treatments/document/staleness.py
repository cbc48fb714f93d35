"""Which places of the Bangla have yet to follow a change of the English. Values in, values out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import regex

from ..language.digits import ascii_digits
from ..language.rich_text import plain_text
from .content import Document
from .sections import BY_KEY, SECTIONS

_NUMBER = regex.compile(r"\d+(?:[.,]\d+)*")
_NEGATION = regex.compile(
    r"\b(?:not|never|no|nor|neither|avoid|without|cannot|unless|stop)\b|n['’]t\b|-free\b",
    regex.IGNORECASE,
)


@dataclass(frozen=True)
class Stale:
    """A place whose English changed in snapshot `since` while its Bangla stayed."""

    section: str  # a section key, "prose" or "result_lasts"
    item: str  # the item's uid or the prose field's name
    since: int  # the snapshot's primary key


Place = tuple[str, str]


def still_behind(
    behind: Iterable[Stale],
    before: Document,
    after: Document,
    *,
    now: int,
    minor: bool,
) -> list[Stale]:
    """What is behind after a save: what was and still is, and what this save left behind.

    A change marked minor leaves nothing behind, except in numbers, negations and safety lists.
    """
    english = _words(before, "en"), _words(after, "en")
    bangla = _words(before, "bn"), _words(after, "bn")
    followed = {place for place in bangla[1] if bangla[0].get(place) != bangla[1][place]}
    kept = [
        place
        for place in behind
        if (place.section, place.item) in english[1] and (place.section, place.item) not in followed
    ]
    known = {(place.section, place.item) for place in kept}
    for place, text in english[1].items():
        old = english[0].get(place, "")
        if text == old or place in followed or place in known or not bangla[1].get(place):
            continue
        if minor and not is_weighty(place[0], old, text):
            continue
        kept.append(Stale(*place, since=now))
    return kept


def is_weighty(section: str, old: str, new: str) -> bool:
    """Whether a change of the English is one that nobody may call minor."""
    if section in BY_KEY and BY_KEY[section].safety:
        return True
    return _NUMBER.findall(ascii_digits(old)) != _NUMBER.findall(ascii_digits(new)) or len(
        _NEGATION.findall(old)
    ) != len(_NEGATION.findall(new))


def _words(document: Document, language: str) -> Mapping[Place, str]:
    """The words of a language by place; a place without words is there with an empty text."""
    words: dict[Place, str] = {("result_lasts", ""): document.result_lasts[language]}
    for name, text in (document.prose[language] or {}).items():
        if name not in ("search_description", "translated_by"):
            words["prose", name] = plain_text(text)
    for section in SECTIONS:
        for item in document.items(section.key):
            words[section.key, item.uid] = "\n".join(pair[language] for pair in item.pairs.values())
    return words
