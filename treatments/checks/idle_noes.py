"""Words that have the form of a no in one of two languages and say none, or none of their own."""

from collections.abc import Sequence

from .lexicon import listed
from .reading.concepts import Mention
from .reading.words import Word

SAYING_NO = frozenset(f"={no}" for no in listed("না, নয়, নেই, নাই, নি, নন, নাও"))

_DETERMINERS = frozenset(listed("a, an, the, your, his, her, its, their, this, that, each, both"))


def is_on_something(mention: Mention, piece: Sequence[Word]) -> bool:
    """Whether its “on” belongs to what follows: keep the arm raised on a pillow; keeps catching on."""
    if mention.form[-1] != "on" or len(mention.form) == 1:
        return False
    if mention.form[0] == "keep" and mention.words[1].text.endswith("ing"):
        return True
    after = next((word for word in piece if word.start >= mention.end), None)
    return after is not None and after.text in _DETERMINERS


def is_repeated(piece: Sequence[Word], those: Sequence[Word]) -> bool:
    """Whether all of a piece is a no that only takes up an earlier one: এক রকম নয়, আগেও না, পরেও না."""
    return (
        len(piece) == 2
        and piece[0].text.endswith("ও")
        and piece[1].text in ("না", "নয়")
        and any(
            word.start < piece[0].start and not SAYING_NO.isdisjoint(word.forms) for word in those
        )
    )


_WHETHER = frozenset(listed("কি, কী"))
_EITHER = frozenset(listed("বা, কিংবা, অথবা, আর, কি, কী"))


def is_either_way(mention: Mention, piece: Sequence[Word]) -> bool:
    """Whether its না stands between a word and itself: থাকুক বা না থাকুক, “whether or not”; একদিন না
    একদিন, “some day”."""
    place = next(
        (
            index
            for index, word in enumerate(piece)
            if word.text == "না" and mention.start <= word.start < mention.end
        ),
        0,
    )
    before, after = piece[max(place - 2, 0) : place], piece[place + 1 : place + 2]
    if before and after and before[-1].text == after[0].text:
        return True
    if len(before) < 2 or not after or before[1].text not in _EITHER:
        return False
    stems = [{form for form in word.forms if form[-1] == "-"} for word in (before[0], after[0])]
    return bool(stems[0] & stems[1])


def without_whether(piece: Sequence[Word]) -> Sequence[Word]:
    """Without কি না, which says no only in form: ভালো আছেন কি না."""
    return tuple(
        word
        for index, word in enumerate(piece)
        if not (index and word.text == "না" and piece[index - 1].text in _WHETHER)
    )
