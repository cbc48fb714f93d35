"""A file's headings with the texts under them, in both languages, whichever way it has them."""

from collections import defaultdict
from dataclasses import dataclass, field

from ..document.content import Pair
from ..models import LANGUAGES
from .blocks import BIJOY, HEADING, Block, Reading
from .headings import section_of, value_of

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
    bijoy: list[str] = field(default_factory=list)

    def __post_init__(self):
        self.groups.append(Group(self.heading, is_first=True))

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
    return not part.has_texts and not part.bijoy


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
    sections = {section_of(block.words), section_of(last.words)} - {""}
    return len(sections) < 2


def _is_title_over(last: Block, block: Block, number: int) -> bool:
    """Whether a file begins with a title in one language and then the first section's heading."""
    return number == 1 and not section_of(last.words) and bool(section_of(block.words))


def _walked(blocks: list[Block]) -> tuple[Pair, list[Part]]:
    titles = dict.fromkeys(LANGUAGES, "")
    begun: set[str] = set()  # languages that have had a heading
    parts = [Part(Pair())]
    for block in blocks:
        part = parts[-1]
        if block.kind == BIJOY:
            part.bijoy.append(block.words.bn)
        elif block.kind != HEADING:
            part.groups[-1].texts.append(block)
        else:
            said = {code for code in LANGUAGES if block.words[code]}
            is_sub_heading = block.level > 0 and _is_sub_heading(block, part)
            is_title = block.level == 0 or bool(
                said - begun and not is_sub_heading and not section_of(block.words)
            )
            for code in said - begun if is_title else ():
                titles[code] = block.words[code]
            begun |= said
            if is_sub_heading:
                part.groups.append(Group(block.words))
            else:
                section = "" if is_title else section_of(block.words)
                parts.append(Part(block.words, section, block.level))
    return Pair(**titles), parts


def _is_sub_heading(block: Block, part: Part) -> bool:
    if part.section and value_of(part.section, block.words):
        return True
    is_deeper = block.level > part.level and not section_of(block.words)
    return is_deeper and part.section in TITLED


def _merged(parts: list[Part], partners: list[tuple[Part, Part]]) -> list[Part]:
    """Each second part goes into the first one."""
    gone = set()
    for first, second in partners:
        halves = {code: first.heading[code] or second.heading[code] for code in LANGUAGES}
        first.heading = Pair(**halves)
        first.groups += second.groups
        first.bijoy += second.bijoy
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
        if mine := waiting.pop((part.section, other), None):
            partners.append((mine, part))
        else:
            waiting.setdefault((part.section, code), part)
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
