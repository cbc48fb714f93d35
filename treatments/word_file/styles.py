"""What a file's styles say of its paragraphs and words, styles that rest on others included."""

import regex
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

_MOST_BASES = 20  # a style that rests on itself ends here
# Fonts whose Latin letters are drawn as Bangla; those of their families that end in OMJ are Unicode.
_BIJOY = regex.compile(r".*(?<!o)mj\b.*|bijoy.*", regex.IGNORECASE)
_OFF = {"0", "false", "off"}


class Styles:
    def __init__(self, document: WordDocument):
        element = document.styles.element
        self._by_id = {one.get(qn("w:styleId")): one for one in element.findall(qn("w:style"))}
        self._standard = next(
            (
                key
                for key, one in self._by_id.items()
                if one.get(qn("w:type")) == "paragraph"
                and one.get(qn("w:default")) in ("1", "true")
            ),
            None,
        )
        self._everywhere = element.find(f"{qn('w:docDefaults')}//{qn('w:rPr')}")
        self._chains: dict[str | None, list] = {}

    def _chain(self, key: str | None) -> list:
        """A style and those it rests on, nearest first."""
        if key not in self._chains:
            chain, at = [], key
            while at in self._by_id and len(chain) < _MOST_BASES:
                chain.append(self._by_id[at])
                based = self._by_id[at].find(qn("w:basedOn"))
                at = None if based is None else based.get(qn("w:val"))
            self._chains[key] = chain
        return self._chains[key]

    def _of_paragraph(self, paragraph) -> list:
        own = _properties(paragraph)
        style = None if own is None else own.find(qn("w:pStyle"))
        return self._chain(self._standard if style is None else style.get(qn("w:val")))

    def heading_level(self, paragraph) -> int | None:
        """0 for a title, 1 to 9 for a heading, None for what is none."""
        own = _properties(paragraph)
        level = None if own is None else own.find(qn("w:outlineLvl"))
        if level is not None:
            return _level(level)
        for style in self._of_paragraph(paragraph):
            if name_of(style) == "title":
                return 0
            level = style.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
            if level is not None:
                return _level(level)
            words = name_of(style).split()
            if len(words) == 2 and words[0] == "heading" and words[1] in "123456789":
                return int(words[1])
        return None

    def is_contents(self, paragraph) -> bool:
        """Whether it is a line of a table of contents."""
        names = [name_of(style) for style in self._of_paragraph(paragraph)]
        return any(name.startswith("toc ") for name in names)

    def is_listed(self, paragraph) -> bool:
        """Whether Word itself makes it an entry of a list."""
        properties = [_properties(paragraph)]
        properties += [style.find(qn("w:pPr")) for style in self._of_paragraph(paragraph)]
        for each in properties:
            number = None if each is None else each.find(f"{qn('w:numPr')}/{qn('w:numId')}")
            if number is not None:
                return number.get(qn("w:val")) != "0"
        return False

    def _of_run(self, run, paragraph) -> list:
        """The properties of a run's words, nearest first."""
        own = run.find(qn("w:rPr"))
        style = None if own is None else own.find(qn("w:rStyle"))
        chain = [] if style is None else self._chain(style.get(qn("w:val")))
        styles = [one.find(qn("w:rPr")) for one in (*chain, *self._of_paragraph(paragraph))]
        return [each for each in (own, *styles, self._everywhere) if each is not None]

    def has(self, name: str, run, paragraph) -> bool:
        """Whether words are bold ("b"), struck out ("strike", "dstrike") or hidden ("vanish")."""
        for properties in self._of_run(run, paragraph):
            said = properties.find(qn(f"w:{name}"))
            if said is not None:
                return said.get(qn("w:val")) not in _OFF
        return False

    def raised(self, run, paragraph) -> str:
        """ "superscript", "subscript" or ""."""
        for properties in self._of_run(run, paragraph):
            said = properties.find(qn("w:vertAlign"))
            if said is not None:
                value = said.get(qn("w:val"))
                return value if value in ("superscript", "subscript") else ""
        return ""

    def font(self, run, paragraph) -> str:
        """The font of letters on a Latin keyboard; "" for the one of the file's theme."""
        for properties in self._of_run(run, paragraph):
            fonts = properties.find(qn("w:rFonts"))
            for name in ("ascii", "hAnsi") if fonts is not None else ():
                if fonts.get(qn(f"w:{name}Theme")):
                    return ""
                if font := fonts.get(qn(f"w:{name}")):
                    return font
        return ""

    def is_in_bijoy(self, run, paragraph) -> bool:
        """Whether Latin letters are drawn as Bangla ones."""
        return bool(_BIJOY.fullmatch(self.font(run, paragraph)))


def _properties(paragraph):
    """What a paragraph says of itself: its first child, however many there are."""
    first = next(iter(paragraph), None)
    return first if first is not None and first.tag == qn("w:pPr") else None


def name_of(style) -> str:
    name = style.find(qn("w:name"))
    return "" if name is None else (name.get(qn("w:val")) or "").lower()


def _level(element) -> int | None:
    value = element.get(qn("w:val")) or ""
    return int(value) + 1 if value.isascii() and value.isdigit() and int(value) < 9 else None
