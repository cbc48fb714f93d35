"""Bangla verbs that only help the word before them: মেরে ফেলা is to kill, and throws nothing away."""

from functools import lru_cache

from ..lexicon import listed
from .words import Word, plain


def _words(cell: str) -> frozenset[str]:
    return frozenset(map(plain, listed(cell)))


# Verbs that after one that says how it ends say nothing of their own, and those only after a verb
# of what happens by itself: মিলিয়ে যাওয়া is to fade, লাগিয়ে যাওয়া to go on applying.
_AFTER_ANY = _words("ফেল-, ফেলা-, পড়-, ওঠ-, উঠ-")
_AFTER_HAPPENING = _words("যা-, গে-, গিয়ে-, আস-, এস-, এসে-, চল-")
_OF_ENDING = "িয়ে"  # নিভিয়ে, গুটিয়ে
# Which is no way of doing anything before another verb: দিয়ে is with, নিয়ে along.
_NO_ACT = _words("দিয়ে, নিয়ে, গিয়ে, বিয়ে")
_DONE = _words(
    "করে, মেরে, কেটে, তুলে, খুলে, ধুয়ে, মুছে, ছেঁটে, ছিঁড়ে, ভেঙে, ঝেড়ে, ঘষে, চেঁছে, ছেড়ে, ছুঁয়ে, ছুড়ে, ছুঁড়ে, পুড়ে, "
    "খেয়ে, গিলে, চেটে, বেঁধে, ঢেকে, ঢেলে, মেখে, ধরে, বলে, ভুলে, চিনে, গলে, কামড়ে, খুঁটে, টেনে, কেশে, ফুঁড়ে, "
    "পরে, শুয়ে, জেগে, বেজে, লাফিয়ে"
)
_HAPPENING = _words(
    "হয়ে, কমে, বেড়ে, সরে, সেরে, জমে, গলে, ফেটে, ছিঁড়ে, ভেঙে, ফুলে, ভিজে, ঝরে, খসে, উঠে, পড়ে, নেমে, মরে, পচে, শুকিয়ে, "
    "মিলিয়ে, মিশে, ছড়িয়ে, ঘুমিয়ে, ফুরিয়ে, পেরিয়ে, গজিয়ে, নেতিয়ে, ঝিমিয়ে, থেমে, কেটে, ক্ষয়ে, কুঁচকে, পুড়ে, চুলকে, চলে, "
    "বেরিয়ে, ঘেমে, লেগে, থেকে, আটকে, বসে, দেবে, ডেবে, খুলে, জ্বলে, জেগে, ঘুরে, বদলে, বুজে, জুড়ে, "
    "মুছে, উবে, ধুয়ে, বেঁকে, ঢুকে, সয়ে, হারিয়ে, পাল্টে, নিভে, এঁটে, গড়িয়ে, চুপসে, চুইয়ে, চুঁইয়ে, নুয়ে"
)
# The noun of a verb before চলে, which then says that it may be done: খাওয়া চলবে.
_ACTING = tuple(
    map(
        plain,
        listed(
            "ওয়া, ানো, োয়া, ছোঁয়া, করা, রাখা, মাখা, লাগা, ধরা, কাটা, পরা, ঘষা, তোলা, ফেলা, বসা, থাকা, আনা, খেলা, বলা, "
            "লেখা, খোঁটা, ভাঙা, খোলা, ঢাকা, মোছা, ছাড়া, চাপা, বাঁধা, হাঁটা, কাচা, মেশা"
        ),
    )
)
_IT_WILL_DO = _words("চলে, চলবে, চলত, চলতো, চলেই, যায়, যাবে")
_FOUND = _words("পাওয়া")  # পাওয়া যায় is to be had
_NO = plain("নি")  # কমেনি in two words
MAY = "পার-"  # what says the same


def helps_after(word: Word, before: Word) -> bool:
    """Whether it only says how what stands before it ends."""
    text = before.text
    if _parted(before, word) or text in _NO_ACT or word.text == _NO:
        return False
    by_itself = not _AFTER_HAPPENING.isdisjoint(word.forms)
    if by_itself and text in _HAPPENING:
        return True
    return not _AFTER_ANY.isdisjoint(word.forms) and (
        text in _DONE or text in _HAPPENING or text.endswith(plain(_OF_ENDING))
    )


def says_it_may_be(word: Word, before: Word) -> bool:
    """Whether it says of what stands before it that it may be done: খাওয়া চলবে."""
    return word.text in _IT_WILL_DO and not _parted(before, word) and _is_acting(before.text)


@lru_cache(maxsize=4096)
def _is_acting(text: str) -> bool:
    return text.endswith(_ACTING) and text not in _FOUND


def _parted(before: Word, word: Word) -> bool:
    return before.sentence != word.sentence or word.start > before.end + 1
