"""A printed leaflet: the code that it carries, and what has changed since it was printed."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from ..document.answers import answers
from ..document.content import Edition
from ..document.entries import NOT_ON_THE_PAGE, Entry, Group, Line, groups
from ..document.passages import Passage, passages, steps
from ..document.places import Place
from ..document.sections import BY_KEY, PROSE, SECTIONS
from ..language.rich_text import plain_text
from ..language.text import normalise
from ..models import LANGUAGES, Snapshot

CODE_LENGTH = 8  # of the 64 hexadecimal digits: a treatment has some hundred publications at most
_CODE = re.compile(rf"[0-9a-f]{{{CODE_LENGTH}}}")


def code_of(snapshot: Snapshot, language: str) -> str:
    """The code on a leaflet: the beginning of the digest that was stored with its medical words."""
    return getattr(snapshot, f"medical_{language}")[:CODE_LENGTH]


def is_code(text: str) -> bool:
    return bool(_CODE.fullmatch(text))


# --- What has changed -----------------------------------------------------------------------------

# What is drawn or stored beside the words of a page, and is none of them.
_NOT_READ = frozenset(
    ["pictogram", "image", "width", "height", "source", "origin", "unsure", "to_confirm"]
)
# And which of the options compared is this treatment.
_NOT_ON_THE_PAGE = {*NOT_ON_THE_PAGE, ("other_options", "kind")}

# Not what only search engines read, nor who translated. Numbers are printed among the answers.
_HEADINGS = {
    "title": PROSE["title"],
    "summary": PROSE["summary"],
    **{section.key: section.heading for section in SECTIONS},
}
_SAFETY = [section.key for section in SECTIONS if section.safety]
# What can harm comes first, as the page has it; what the answers say of it stands there already.
_ORDER = list(dict.fromkeys([*sorted(_SAFETY, key="answers".__eq__), *_HEADINGS]))
_OF_ANSWERS = ("plan", "result_lasts")


@dataclass(frozen=True)
class ChangedSection:
    """A section of the page whose words are others than they were.

    Of words that were taken away it says only that there were some: nobody is to read them again.
    """

    key: str  # of the page's section; "" for what stands at its top
    heading: str | Promise
    groups: tuple[Group, ...] = ()
    is_there: bool = True  # today; else all of it was taken away
    taken_away: bool = False
    reordered: bool = False  # `groups` then has all that stands there today


def changes(printed: Edition, today: Edition) -> list[ChangedSection]:
    """What a leaflet with the words `printed` does not say as it is said today; safety first.

    Both are in the same language, which is active. Words that stand in another item by now are the
    same words, and so are those that only look different or were confirmed since.
    """
    before, after = _by_part(printed), _by_part(today)
    found = (_changed(key, before.get(key, []), after.get(key, []), today) for key in _ORDER)
    return [section for section in found if section]


def _by_part(edition: Edition) -> dict[str, list[Passage]]:
    parts: dict[str, list[Passage]] = {}
    halves = [edition if code == edition.language else None for code in LANGUAGES]
    for passage in passages(*halves):
        section, item = passage.place.section, passage.place.item
        part = item if section == "prose" else "answers" if section in _OF_ANSWERS else section
        if part in _HEADINGS and passage.has(edition.language):
            parts.setdefault(part, []).append(passage)
    return parts


def _changed(
    key: str, before: Sequence[Passage], after: Sequence[Passage], today: Edition
) -> ChangedSection | None:
    removed, added = _without(before, after), _without(after, before)
    reordered = key in _SAFETY and _order(before, after) != _order(after, before)
    if not (removed or added or reordered):
        return None
    return ChangedSection(
        key=key if key in BY_KEY else "",
        heading=_HEADINGS[key],
        groups=tuple(_groups(key, after if reordered else added, today)),
        is_there=bool(after),
        taken_away=any(step.after is None for step in steps(removed, added)),
        reordered=reordered,
    )


@dataclass(frozen=True)
class _Reading:
    """All that is read of a passage in one language."""

    scope: str
    values: tuple[tuple[str, str], ...]  # the heading that it stands under, and numbers
    words: tuple[tuple[str, str], ...]


def _reading(passage: Passage) -> _Reading:
    [values] = passage.values.values()
    section = passage.place.section
    return _Reading(
        passage.scope,
        tuple(
            (name, str(value))
            for name, value in sorted(values.items())
            if name not in _NOT_READ and (section, name) not in _NOT_ON_THE_PAGE
        ),
        tuple(
            (name, normalise(pair.en or pair.bn))
            for name, pair in passage.texts.items()
            if (section, name) not in _NOT_ON_THE_PAGE
        ),
    )


def _without(listed: Sequence[Passage], others: Sequence[Passage]) -> list[Passage]:
    """Those that say what none of the others says."""
    there = Counter(map(_reading, others))
    left = []
    for passage in listed:
        if there[_reading(passage)]:
            there[_reading(passage)] -= 1
        else:
            left.append(passage)
    return left


def _order(listed: Sequence[Passage], others: Sequence[Passage]) -> dict[tuple, list[_Reading]]:
    """What two lists have in common, as the first has it under each of its headings."""
    there = set(map(_reading, others))
    order: dict[tuple, list[_Reading]] = {}
    for reading in map(_reading, listed):
        if reading in there:
            order.setdefault(reading.values, []).append(reading)
    return order


# --- Today's words --------------------------------------------------------------------------------


def _groups(key: str, listed: Sequence[Passage], today: Edition) -> Iterator[Group]:
    if key == "answers":
        entries = tuple(_answers(listed, today))
    elif key in BY_KEY:
        yield from groups(key, {passage.place.item for passage in listed}, today)
        return
    else:
        entries = tuple(Entry((Line(_words(passage)),)) for passage in listed)
    if entries:
        yield Group("", "", entries)


def _words(passage: Passage) -> str:
    [pair] = passage.texts.values()
    return pair.en or pair.bn


def _answers(listed: Sequence[Passage], today: Edition) -> Iterator[Entry]:
    """What is printed for a number of the plan, or was written, under its question."""
    there = {passage.place.whole_item for passage in listed}
    for answer in answers(today):
        before, after = (
            [plain_text(html) for place, html in sentences.items() if place in there]
            for sentences in (answer.sentences, answer.after)
        )
        written = [item for item in answer.items if Place("answers", item.uid) in there]
        texts = [*before, *(item.text for item in written), *after]
        if texts:
            to_confirm = any(item.to_confirm for item in written)
            yield Entry(tuple(map(Line, texts)), title=str(answer.question), to_confirm=to_confirm)
