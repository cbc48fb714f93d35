"""A file's headings with the texts under them, in both languages, whichever way it has them."""

from collections import defaultdict
from dataclasses import dataclass, field

import regex

from ..document.content import Pair
from ..language.text import words
from ..models import LANGUAGES
from .blocks import BOLD_LEVEL, ENTRY, HEADING, ROW, TEXT, Block, Reading
from .headings import VALUED, meaning_of, section_of, turns_round, value_of

_ENDS_OPEN = regex.compile(r"[:：ঃ]\s*[-–—]?\s*$")
_SHORT = 4  # words of a line that looks like a heading
_DENYING = (
    "aftercare",
    "contraindications",
)  # sections of which one value denies what another says
# Items that have a heading of their own: which field it is, and which has the words under it.
TITLED = {
    "procedure": ("title", "text"),
    "other_options": ("name", "text"),
    "questions": ("question", "answer"),
}


@dataclass
class Group:
    """Texts under one sub-heading, or directly under the heading of their part."""

    heading: Pair = field(default_factory=Pair)
    texts: list[Block] = field(default_factory=list)
    is_first: bool = False  # under the part's own heading
    is_bold: bool = False  # a bold line says something only as a whole known wording

    def value_in(self, section: str) -> str:
        """The value that its texts have as items of a section; "" where no heading says one."""
        return value_of(section, self.heading, is_main=self.is_first, whole=self.is_bold)

    @property
    def sub_heading(self) -> Pair:
        return Pair() if self.is_first else self.heading


@dataclass
class Part:
    """What stands under one heading of the file; its section is proposed, "" where none is."""

    heading: Pair
    section: str = ""
    level: int = 0
    groups: list[Group] = field(default_factory=list)
    has_heading_as_text: bool = False  # a line that may be a text as well as a heading

    def __post_init__(self):
        is_bold = self.level == BOLD_LEVEL
        self.groups.append(Group(self.heading, is_first=True, is_bold=is_bold))

    @property
    def blocks(self) -> list[Block]:
        """Every text under it, sub-headings apart."""
        return [block for group in self.groups for block in group.texts]

    @property
    def counts(self) -> dict[str, int]:
        return {code: sum(bool(one.words[code]) for one in self.blocks) for code in LANGUAGES}

    @property
    def languages(self) -> set[str]:
        """The languages that its headings and texts are in."""
        said = [self.heading, *(block.words for block in self.blocks)]
        return {code for code in LANGUAGES if any(pair[code] for pair in said)}

    @property
    def speaks(self) -> set[str]:
        """The languages of its heading, or of its texts where it has no heading."""
        return {code for code in LANGUAGES if self.heading[code]} or self.languages

    @property
    def has_texts(self) -> bool:
        """Whether there is something to take; a sub-heading can be an item by itself."""
        return bool(self.blocks) or any(group.sub_heading != Pair() for group in self.groups)


@dataclass(frozen=True)
class Layout:
    titles: Pair
    parts: list[Part]
    bare_headings: list[str]  # under which nothing stands


def layout_of(reading: Reading) -> Layout:
    """The parts of a file, in its order; a Bangla part is one with the English one it translates."""
    titles, parts = _walked(_with_joined_headings(reading.blocks))
    parts = _merged(parts, [*_partners_by_section(parts), *_partners_by_place(parts)])
    bare = [
        said
        for part in parts
        if _is_nothing(part)
        for code in LANGUAGES
        if (said := part.heading[code]) and said != titles[code]
    ]
    return Layout(titles, [part for part in parts if not _is_nothing(part)], bare)


def _is_nothing(part: Part) -> bool:
    return not part.has_texts


def _with_joined_headings(blocks: tuple[Block, ...]) -> list[Block]:
    """An English heading and the Bangla one right below it, or the other way round, are one."""
    joined: list[Block] = []
    for number, block in enumerate(blocks):
        last = joined[-1] if joined else None
        if last and _translates(block, last) and not _is_title_over(last, block, number):
            halves = {code: last.words[code] or block.words[code] for code in LANGUAGES}
            joined[-1] = Block(HEADING, Pair(**halves), last.level)
        else:
            joined.append(block)
    return joined


def _translates(block: Block, last: Block) -> bool:
    if not block.kind == last.kind == HEADING or block.level != last.level:
        return False
    if any(block.words[code] and last.words[code] for code in LANGUAGES):
        return False
    sections = {_section(block), _section(last)} - {""}
    return len(sections) < 2


def _is_title_over(last: Block, block: Block, number: int) -> bool:
    """Whether a file begins with a title in one language and then the first section's heading."""
    return number == 1 and not _section(last) and bool(_section(block))


def _walked(blocks: list[Block]) -> tuple[Pair, list[Part]]:
    titles = dict.fromkeys(LANGUAGES, "")
    begun: set[str] = set()  # languages that have had a heading
    parts = [Part(Pair())]
    for block in blocks:
        part = parts[-1]
        if block.kind != HEADING and _says_what_follows(block, part):
            if part.section and not value_of(part.section, block.words, whole=True):
                _open(parts, block)
            else:
                part.groups.append(Group(block.words, is_bold=True))
        elif block.kind != HEADING and _seems_to_say_it(block, part):
            _open(parts, block)
        elif block.kind != HEADING:
            part.groups[-1].texts.append(block)
        else:
            said = {code for code in LANGUAGES if block.words[code]}
            is_sub_heading = block.level > 0 and _is_sub_heading(block, part)
            is_title = block.level == 0 or bool(
                said - begun
                and not is_sub_heading
                and not _section(block)
                and not (block.level == BOLD_LEVEL and any(map(_has_begun, parts)))
            )
            for code in said - begun if is_title else ():
                titles[code] = block.words[code]
            begun |= said
            if is_sub_heading:
                part.groups.append(Group(block.words, is_bold=block.level == BOLD_LEVEL))
            else:
                section = "" if is_title else _section(block)
                if block.level == BOLD_LEVEL and not section and not is_title:
                    _open(parts, block)
                else:
                    parts.append(Part(block.words, section, block.level))
    return Pair(**titles), parts


def _says_what_follows(block: Block, part: Part) -> bool:
    """Whether a line that no style makes a heading is one: “Do not:”, with a list below it.

    In a section without such values it is a text; so is an entry that means another section.
    """
    if part.section and part.section not in VALUED:
        return False
    halves = [Pair(**{code: block.words[code]}) for code in LANGUAGES if block.words[code]]
    sections = {meaning[0] for half in halves if (meaning := meaning_of(half))[1]}
    return part.section in sections if block.kind == ENTRY else bool(sections)


def _seems_to_say_it(block: Block, part: Part) -> bool:
    """Whether a line may be a heading of what is below it: “Things to avoid:”.

    “Do not have it if:” under “Who must not have it” says nothing else than its heading does. Of a
    row, one half is enough: the other may be what it speaks of.
    """
    texts = [text for text in (block.words.en, block.words.bn) if text]
    denies, group = turns_round(block.words), part.groups[-1]
    if not any(_ENDS_OPEN.search(text) for text in texts):
        is_short = block.kind != ENTRY and any(_is_short(text) for text in texts)
        is_denied = denies and not turns_round(group.heading)
        return is_short and is_denied and part.section in _DENYING
    if not part.section:
        return denies or part.has_heading_as_text
    is_decided = bool(group.value_in(part.section))
    return part.section in VALUED and not (is_decided and denies and turns_round(group.heading))


def _is_short(text: str) -> bool:
    return len(words(text)) <= _SHORT and not text.endswith((".", "।", "!", "?"))


def _open(parts: list[Part], line: Block) -> None:
    """Begins a part of no section with a line; its translation right below it belongs to it."""
    last = parts[-1]
    halves = {code: last.heading[code] or line.words[code] for code in LANGUAGES}
    is_alone = last.has_heading_as_text and [last.heading] == [one.words for one in last.blocks]
    is_translation = not any(last.heading[code] and line.words[code] for code in LANGUAGES)
    heading = Pair(**halves) if is_alone and is_translation else line.words
    if is_alone and is_translation:
        parts.pop()
    parts.append(Part(heading, "", BOLD_LEVEL, has_heading_as_text=True))
    kind = ROW if all(heading[code] for code in LANGUAGES) else TEXT
    parts[-1].groups[0].texts.append(Block(kind, heading))


def _section(heading: Block) -> str:
    return section_of(heading.words, whole=heading.level == BOLD_LEVEL)


def _has_begun(part: Part) -> bool:
    return bool(part.section) or part.has_texts


def _is_sub_heading(block: Block, part: Part) -> bool:
    is_bold = block.level == BOLD_LEVEL
    if part.section and value_of(part.section, block.words, whole=is_bold):
        return True
    is_deeper = block.level > part.level and not _section(block)
    return is_deeper and part.section in TITLED


def _merged(parts: list[Part], partners: list[tuple[Part, Part]]) -> list[Part]:
    """Each second part goes into the first one."""
    gone = set()
    for first, second in partners:
        halves = {code: first.heading[code] or second.heading[code] for code in LANGUAGES}
        first.heading = Pair(**halves)
        first.groups += second.groups
        gone.add(id(second))
    return [part for part in parts if id(part) not in gone]


def _partners_by_section(parts: list[Part]) -> list[tuple[Part, Part]]:
    """Parts of one section of which the one has what the other lacks."""
    partners, waiting = [], {}
    for part in parts:
        if not part.section or len(part.speaks) != 1:
            continue
        (code,) = part.speaks
        other = next(iter({*LANGUAGES} - {code}))
        place = part.section, part.groups[0].value_in(part.section)
        if mine := waiting.pop((*place, other), None):
            partners.append((mine, part))
        else:
            waiting.setdefault((*place, code), part)
    return partners


def _partners_by_place(parts: list[Part]) -> list[tuple[Part, Part]]:
    """Parts of no section that stand at the same place of the English and the Bangla text."""
    at: dict[str, tuple[str, int]] = dict.fromkeys(LANGUAGES, ("", 0))
    places: dict[tuple[str, int], list[Part]] = defaultdict(list)
    for part in parts:
        if part.section:
            at |= dict.fromkeys(part.speaks, (part.section, 0))
        elif len(part.speaks) == 1 and part.heading != Pair():
            (code,) = part.speaks
            at[code] = (at[code][0], at[code][1] + 1)
            places[at[code]].append(part)
    pairs = [tuple(two) for two in places.values() if len(two) == 2]
    return [(one, two) for one, two in pairs if one.speaks != two.speaks]
