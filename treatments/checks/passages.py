"""The texts of a subject, one by one: what most checks walk over."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from ..document.content import Edition, EditionItem
from ..document.passages import Passage, passages
from ..document.places import Place
from ..document.sections import PROSE, SECTIONS
from .base import Subject

# Characters of a text that is compared: four times the longest that is live. What is compared grows
# faster than the text, and nobody may wait for it; a longer text is refused for its length.
LONGEST = 1_000
# Not for patients to read.
_CREDITS = "translated_by"


@dataclass(frozen=True)
class Text:
    """One text of one language, without its markup."""

    place: Place
    text: str


@dataclass(frozen=True)
class PairedText:
    """One text in both languages, without its markup; neither half is empty or too long."""

    place: Place
    en: str
    bn: str


@dataclass(frozen=True)
class ItemPair:
    """The same item in both languages."""

    section: str
    english: EditionItem
    bangla: EditionItem


@lru_cache(maxsize=16)
def texts(edition: Edition) -> tuple[Text, ...]:
    """Every text of an edition that is neither empty nor too long, in the order of the document."""
    return tuple(one for one in _texts(edition) if len(one.text) <= LONGEST)


def too_long(edition: Edition) -> Iterator[Text]:
    """Those that no other check reads."""
    return (one for one in _texts(edition) if len(one.text) > LONGEST)


def _texts(edition: Edition) -> Iterator[Text]:
    yield from _filled(Place("result_lasts", "result_lasts"), edition.result_lasts)
    for name in PROSE:
        if name != _CREDITS:
            yield from _filled(Place("prose", name), prose(edition, name))
    for section in SECTIONS:
        for item in edition.items(section.key):
            for name in section.model.pairs:
                place = Place(section.key, item.uid, name)
                yield from _filled(place, item.words.get(name, ""))


def prose(edition: Edition, name: str) -> str:
    """A title, a summary or the like; "" where there is none."""
    return (edition.prose or {}).get(name, "")


def _filled(place: Place, text: str) -> Iterator[Text]:
    if text.strip():
        yield Text(place, text)


def paired_texts(subject: Subject) -> tuple[PairedText, ...]:
    """Every text that both editions hold, but for those that are too long.

    None where an edition is not there.
    """
    if subject.english is None or subject.bangla is None:
        return ()
    return _of_both(subject.english, subject.bangla)


@lru_cache(maxsize=16)
def _of_both(english: Edition, bangla: Edition) -> tuple[PairedText, ...]:
    return tuple(_pairs(passages(english, bangla)))


def _pairs(those: Iterable[Passage]) -> Iterator[PairedText]:
    for passage in those:
        if passage.place.section in ("plan", "body_areas") or passage.place.item == _CREDITS:
            continue
        for name, pair in passage.texts.items():
            is_there = pair.en.strip() and pair.bn.strip()
            if is_there and max(len(pair.en), len(pair.bn)) <= LONGEST:
                yield PairedText(replace(passage.place, field=name), pair.en, pair.bn)


def item_pairs(subject: Subject) -> Iterator[ItemPair]:
    """Every item that both editions hold."""
    if subject.english is None or subject.bangla is None:
        return
    for section in SECTIONS:
        bangla = {item.uid: item for item in subject.bangla.items(section.key)}
        for item in subject.english.items(section.key):
            if item.uid in bangla:
                yield ItemPair(section.key, item, bangla[item.uid])
