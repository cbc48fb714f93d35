"""Text as it is stored and compared: normal form, words, scripts. Standard library and `regex` only."""

import json
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import regex

from .digits import ascii_digits

ZWNJ, ZWJ = "\u200c", "\u200d"

# Word characters of `re` end at Bangla vowel signs; these do not.
WORD = regex.compile(rf"[\p{{L}}\p{{N}}][\p{{L}}\p{{M}}\p{{N}}{ZWNJ}{ZWJ}]*")
LATIN_RUN = regex.compile(r"[\p{Latin}](?:[\p{Latin}\p{M}0-9]|[ .,:;/&()'’–\-](?=[\p{Latin}0-9]))*")
ADDRESS = regex.compile(
    # From the beginning of a word only, and of bounded parts: a long text is read in one go.
    r"(?:https?://|mailto:|tel:|www\.)[^\s<>\"]+"
    r"|(?<![\w.+-])[\w.+-]{1,64}+@[\w-]{1,63}+(?:\.[\w-]{1,63}+)+"
    r"|(?<![\w.-])(?:[a-z0-9-]{1,63}+\.){1,8}(?:org|com|net|gov|edu|info|bd|nz|uk)\b(?:/[^\s<>\"]*)?",
    regex.IGNORECASE,
)

_BENGALI_LETTER = r"[\p{Bengali}&&\p{L}]"
_PICTURE = r"\p{Extended_Pictographic}"
# What nobody sees, but for what holds one drawn sign together.
_UNSEEN = regex.compile(
    rf"((?<={_PICTURE})[\ufe0e\ufe0f]|(?<=[0-9#*])\ufe0f(?=\u20e3))"
    rf"|[[\p{{Default_Ignorable_Code_Point}}\ufff9-\ufffb]--[{ZWNJ}{ZWJ}]]",
    regex.V1,
)
# Joiners that do something stay: beside a hasanta, before a vowel sign below, within one picture.
_JOINERS = regex.compile(
    rf"([{ZWNJ}{ZWJ}](?<={_BENGALI_LETTER}\p{{M}}*্.)"
    rf"|[{ZWNJ}{ZWJ}](?<={_BENGALI_LETTER}়?.)(?=[{ZWNJ}{ZWJ}]*[্ুূৃ])"
    rf"|{ZWJ}(?<={_PICTURE}[\p{{Emoji_Modifier}}\ufe0f]{{0,2}}.)(?={_PICTURE}))[{ZWNJ}{ZWJ}]*"
    rf"|[{ZWNJ}{ZWJ}]+",
    regex.V1,
)
# Word's bullets, with the tab that parts them from their line; the letters o, § and Ø are bullets
# only there. Those of its own fonts are private use.
BULLETS = "·•∙●○◦‣▪■□▫◆◇❖➢➤►▶✓✔"
WORD_BULLETS = "\uf0b7\uf0a7\uf0d8\uf0fc\uf076"
_BULLETS = regex.compile(
    rf"^[ \xa0\t]*(?:(?:[{BULLETS}{WORD_BULLETS}o§Ø][ \xa0]*\t|[{WORD_BULLETS}])"
    r"|[·§Øo](?=\xa0{2}))[\s\xa0]*(?=\S)",
    regex.MULTILINE,
)
# What begins the entries of a list that was copied as plain text.
_ENTRY = regex.compile(
    rf"^\s*(?:[{BULLETS}{WORD_BULLETS}]|[*–—-](?=\s)|[o§Ø](?=[ \xa0]*\t|\xa0{{2}})"
    r"|\(?[0-9০-৯]{1,3}[.)।](?![0-9০-৯]))\s*(?=\S)"
)
# Control characters, and signs that are drawn as a gap, stand between words as a space does.
_GAPS = regex.compile(
    r"[[\p{Cc}\u115f\u1160\u2800\u3164\uffa0]--[\n\r\v\f\x1c-\x1e\x85]]", regex.V1
)
_BLANKS = regex.compile(r"[^\S\n]{2,}|[^\S\n ]")  # all but a space by itself, which stays one
_BREAKS = regex.compile(r" ?\n ?")
# Letters that mean nothing outside one program, or nothing at all.
_UNREADABLE = regex.compile(r"[\p{Cn}\p{Co}\p{Cs}\ufffc]")
_SAYS_SOMETHING = regex.compile(r"[\p{L}\p{N}]")


def normalise(text: str) -> str:
    """The one stored form of a text: NFC, real ৎ and আ, no invisible litter, no stray white space.

    Keyboards and converters write ড় ঢ় য় composed; NFC takes them apart, so every input and every
    query comes through here. Joiners of Bangla words stay: র‍্যাশ needs its ZWJ. What separates
    two words never vanishes: each kind of line break is one, and control characters are white
    space. Idempotent.
    """
    text = "\n".join(_GAPS.sub(" ", _BULLETS.sub("• ", text)).splitlines())
    text = unicodedata.normalize("NFC", _UNSEEN.sub(_what_stays, text))
    joined = _JOINERS.sub(_what_stays, text)
    if joined != text:
        text = unicodedata.normalize("NFC", joined)
    text = text.replace("ত্\u200d", "ৎ").replace("অা", "আ")
    return _BREAKS.sub("\n", _BLANKS.sub(" ", text)).strip()


def _what_stays(match: regex.Match) -> str:
    return match[1] or ""


def list_lines(text: str) -> list[str]:
    """The lines of a copied list that say something, without its bullets and numbers."""
    lines = (_ENTRY.sub("", line, count=1).strip() for line in text.splitlines())
    return [line for line in lines if line]


def read_json(text: str | bytes, *, parse_float: Callable = float) -> object:
    """What a JSON text from outside says.

    Raises ValueError also for what is nested too deep, and for half a character, which JSON can
    hold and no page, database or file.
    """
    try:
        value = json.loads(text, parse_float=parse_float)
        json.dumps(value, ensure_ascii=False, default=str).encode()
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    return value


_in_one_line = json.JSONEncoder(ensure_ascii=False).encode


def format_json(value: Any) -> str:
    """JSON that is pleasant to read and edit by hand, always the same for the same value.

    What fits on a line of 100 characters stands on one; everything else is opened up.
    """
    return _lines(value, "") + "\n"


def _lines(value: Any, indent: str) -> str:
    flat = _in_one_line(value)
    if not value or not isinstance(value, dict | list) or len(indent) + len(flat) <= 100:
        return flat
    inner = indent + "  "
    if isinstance(value, dict):
        entries = [f"{_in_one_line(key)}: {_lines(entry, inner)}" for key, entry in value.items()]
        opening, closing = "{", "}"
    else:
        entries, opening, closing = [_lines(entry, inner) for entry in value], "[", "]"
    return f"{opening}\n{inner}" + f",\n{inner}".join(entries) + f"\n{indent}{closing}"


def one_line(text: str) -> str:
    """The stored form of a text that has no line breaks."""
    return " ".join(normalise(text).split())


STRUCK = "~~"  # stands before and after words that were struck out where they were copied


def struck_words(text: str) -> str:
    """The first words between two such marks; "" if there are none."""
    match = _STRUCK.search(text)
    return match[1].strip() if match else ""


_STRUCK = regex.compile(rf"{STRUCK}(?=\S)(.+?){STRUCK}", regex.DOTALL)
_RAISED = str.maketrans("0123456789০১২৩৪৫৬৭৮৯+-−–=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789০১২৩৪৫৬৭৮৯+-−–=()", "₀₁₂₃₄₅₆₇₈₉₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎")
_NUMBER = regex.compile(r"[\d০-৯+\-−–=()n,. ]*[\d০-৯n][\d০-৯+\-−–=()n,. ]*")


def raised(text: str) -> str:
    """A superscript's letters: 10² for a number, as they are for words (1st)."""
    return text.translate(_RAISED) if _NUMBER.fullmatch(text) else text


def lowered(text: str) -> str:
    """A subscript's letters: H₂O; as they are where Unicode has no lowered ones."""
    return text.translate(_LOWERED) if _NUMBER.fullmatch(text) else text


def first_unreadable_letter(text: str) -> regex.Match | None:
    """The first letter that other programs cannot read: private use, unassigned, half a pair."""
    return _UNREADABLE.search(text)


def replace_unreadable(text: str) -> str:
    """What any output can carry of a text that may be older than its rules."""
    return _UNREADABLE.sub("\ufffd", normalise(text))


@lru_cache(maxsize=4096)
def has_words(text: str) -> bool:
    """Whether it has a letter or a digit; marks and dashes alone are as good as empty."""
    return bool(_SAYS_SOMETHING.search(normalise(text)))


def comparison_key(text: str) -> str:
    """What two texts are compared on: normal form, no joiners, ASCII digits, no case."""
    text = normalise(text).replace(ZWJ, "").replace(ZWNJ, "").replace("\ufe0f", "")
    return ascii_digits(text).casefold()


def words(text: str) -> list[str]:
    """The words of a text in either language, vowel signs kept with their letters."""
    return WORD.findall(text)


def compile_pattern(source: str, flags: int = 0) -> regex.Pattern:
    """A compiled pattern whose Bangla letters are in the stored normal form, spaces as written."""
    return regex.compile(unicodedata.normalize("NFC", source), flags | regex.VERSION1)


_ABBREVIATION = (
    r"(?<!\b(?:e\.g|i\.e|vs|approx|dr|mr|mrs|prof|al|ডা|মো|মি|ড|"
    r"(?:মি|কি|সে|মা)\.?(?:লি|গ্রা|মি)|গ্রা|কে\.জি))"
)
_END_OF_SENTENCE = compile_pattern(
    rf"[।॥?!]+[\"”’')\]]*\s*|{_ABBREVIATION}\.+[\"”’')\]]*(?=\s|$)\s*|\n+", regex.IGNORECASE
)


@lru_cache(maxsize=4096)
def sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where the sentences of a plain text begin and end; see `sentences`."""
    ends = [match.end() for match in _END_OF_SENTENCE.finditer(text)]
    spans = zip([0, *ends], [*ends, len(text)], strict=True)
    return tuple(span for span in spans if WORD.search(text, *span))


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a plain text in either language, a line break ending one too.

    The mark that ends a sentence stays with it; decimals and common abbreviations end none.
    """
    return tuple(text[start:end].strip() for start, end in sentence_spans(text))
