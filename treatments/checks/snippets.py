"""Short pieces of texts, for messages."""

from bisect import bisect_left
from functools import lru_cache

import regex
from django.utils.translation import gettext

_LONGEST = 110
_CLUSTER = regex.compile(r"\X")


def cut(text: str, about: int = 0) -> str:
    """`text` on one line, at most about a hundred characters of it around the position `about`."""
    text = text.replace("\n", " ")
    starts = _starts(text)
    if len(starts) <= _LONGEST:
        return text
    begin = max(0, min(bisect_left(starts, about) - _LONGEST // 2, len(starts) - _LONGEST))
    end = begin + _LONGEST
    piece = text[starts[begin] : starts[end] if end < len(starts) else None].strip()
    return ("… " if begin else "") + piece + (" …" if end < len(starts) else "")


@lru_cache(maxsize=8)  # a text with many findings is cut once for each
def _starts(text: str) -> list[int]:
    """Where the letters of a text begin, each with its marks."""
    return [match.start() for match in _CLUSTER.finditer(text)]


def quotes(english: str, bangla: str, in_english: int = 0, in_bangla: int = 0) -> str:
    """Both texts, each around a position."""
    return gettext("English “%(english)s” / Bangla “%(bangla)s”") % {
        "english": cut(english, in_english),
        "bangla": cut(bangla, in_bangla),
    }
