"""How alike two sequences of words are, found out while somebody waits."""

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

# Pairs of equal parts. What repeats itself has many, and takes difflib the third power of its length.
_MANY = 50_000


def is_soon_compared(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether difflib compares them in about a second, blanks left out of account."""
    here, there = (Counter(part for part in side if part.strip()) for side in (before, after))
    return sum(count * there[part] for part, count in here.items()) <= _MANY


def ratio(before: Sequence[str], after: Sequence[str]) -> float:
    """How much of two sequences is the same, from 0 to 1; of long ones in whatever order it is."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return matcher.ratio() if is_soon_compared(before, after) else matcher.quick_ratio()
