"""An “only” that the Bangla alone says: শুধু প্রথম সেশনে beside “in every session”."""

from collections.abc import Iterator

from ..language.text import compile_pattern
from .agreement import agreement
from .reading.concepts import Lexicon
from .reading.words import Word, words

_ONLY = frozenset({"শুধু", "শুধুমাত্র", "কেবল", "কেবলমাত্র"})
_LIMITED = compile_pattern(
    r"(?i)\b(?:only|just|alone|merely|mere|solely|simply|purely|plain|exclusively|nothing|except|"
    r"but|other than|unless|no more|no longer|no-one|nobody|single)\b"
)


def added_limits(english: str, bangla: str, known: Lexicon) -> Iterator[Word]:
    """Each Bangla word that says only, where nothing in the English does."""
    if _LIMITED.search(english):
        return
    paired = {
        id(word)
        for one in agreement(english, bangla, known).bangla
        if len(one.form) > 1
        for word in one.words
    }
    those = words(bangla, "bn")
    for index, word in enumerate(those):
        # Behind a mark it may say “except that”: ক্লিনিকের মতোই, শুধু ভাড়া করা যন্ত্র দিয়ে।
        is_behind_mark = index and word.start > those[index - 1].end + 1
        if word.text in _ONLY and not is_behind_mark and id(word) not in paired:
            yield word
