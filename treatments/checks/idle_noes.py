"""Words that have the form of a no in one of two languages and say none, or none of their own."""

from collections.abc import Sequence

from .lexicon import listed, numbers
from .reach import is_conditional
from .reading.concepts import Mention
from .reading.words import Word

SAYING_NO = frozenset(f"={no}" for no in listed("না, নয়, নেই, নাই, নি, নই, নন, নও, নাও"))

_DETERMINERS = frozenset(
    listed("a, an, the, your, his, her, its, their, this, that, each, both, it, them, some, any")
)
_COUNTING = numbers("word", "en")  # on two pillows


def is_on_something(mention: Mention, piece: Sequence[Word]) -> bool:
    """Whether its “on” belongs to what follows: keep the arm raised on a pillow; keeps catching on."""
    if mention.form[-1] != "on" or len(mention.form) == 1:
        return False
    if mention.form[0] == "keep" and mention.words[1].text.endswith("ing"):
        return True
    after = next((word for word in piece if word.start >= mention.end), None)
    return after is not None and (after.text in _DETERMINERS or after.text in _COUNTING)


_ELSE = frozenset(tuple(one.split()) for one in listed("আর কিছু, আর কিছুই, অন্য কিছু"))
_ONLY = frozenset(listed("শুধু, কেবল, শুধুমাত্র"))


def is_repeated(piece: Sequence[Word], those: Sequence[Word]) -> bool:
    """Whether all of a piece is a no that only takes up an earlier one: এক রকম নয়, আগেও না, পরেও না;
    “do not open it, not even once”; or an “only”: শুধু ক্রিমটাই, আর কিছু না."""
    texts = tuple(word.text for word in piece)
    if texts[:-1] in _ELSE and texts[-1] in ("না", "নয়"):
        return any(word.text in _ONLY and word.start < piece[0].start for word in those)
    if not _takes_up(piece):
        return False
    return any(
        word.start < piece[0].start
        and word.sentence == piece[0].sentence
        and (not SAYING_NO.isdisjoint(word.forms) or word.text in ENGLISH_NOES)
        for word in those
    )


ENGLISH_NOES = frozenset(
    listed(
        "not, never, no, nobody, nothing, none, nowhere, cannot, don't, doesn't, didn't, can't, couldn't, won't, "
        "wouldn't, mustn't, shouldn't, isn't, aren't, haven't, hasn't"
    )
)
_ORDERS = ("েনও", "বেও")  # how a verb ends that says more than its no: ধোবেনও না
_FINITE = (*_ORDERS, "ছেও", "য়ও")
_LONGEST = 8  # words of such a piece: এক মুহূর্তের জন্যও না


_VERBS = frozenset(listed("has, have, had, is, are, was, were, do, does, did, be, been, can, may"))


def _takes_up(piece: Sequence[Word]) -> bool:
    texts = [word.text for word in piece]
    if texts[:2] == ["not", "even"]:
        return True
    if texts[-1] == "either":  # no cream, and on the day no oil either
        return _VERBS.isdisjoint(texts)
    if not 2 <= len(texts) <= _LONGEST or texts[-1] not in ("না", "নয়"):
        return False
    is_of_verb = texts[-2].endswith(_FINITE if len(texts) > 2 else _ORDERS)
    return texts[-2].endswith("ও") and not is_of_verb


_LEAVING = frozenset(listed("skip, leave, miss, omit, not, don't, stop, wait, avoid"))


def is_taken_up(mention: Mention, english: Sequence[Word]) -> bool:
    """Whether what “unless” denies is said once more behind it: unless it is late; then skip it."""
    if mention.form != ("unless",):
        return False
    after = [
        word
        for word in english
        if word.start > mention.end and word.sentence == mention.words[0].sentence
    ]
    then = [index for index, word in enumerate(after) if word.text == "then"]
    return any(word.text in _LEAVING for index in then for word in after[index + 1 : index + 3])


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


_OF_VERBS = ("েন", "ুন", "হয়", "যায়")
_WHICH = frozenset(listed("কোন, কোনটা, কোনটি, কোনটায়, কোনটাতে, কোনটিতে"))


def is_of_a_choice(mention: Mention, piece: Sequence[Word], those: Sequence[Word]) -> bool:
    """Whether its না stands between two of which one is to be chosen: কোনটা ভালো, মলম না বড়ি?"""
    after = next((word for word in piece if word.start > mention.end), None)
    if mention.form != ("না",) or after is None or piece[0].start == mention.start:
        return False
    is_of_verb = is_conditional(after) or after.text.endswith(_OF_VERBS)  # জ্বালা না কমলে
    return not is_of_verb and any(
        word.text in _WHICH and word.start < piece[0].start and word.sentence == piece[0].sentence
        for word in those
    )


_MAY = "পার-"


def is_taking(mention: Mention, piece: Sequence[Word]) -> bool:
    """Whether its নাও tells a friend to take something, and is no “may not”: ধুয়ে নাও; নাও হতে পারে."""
    return mention.form[-1].strip("=") == "নাও" and not any(
        _MAY in word.forms for word in piece if word.start > mention.end
    )


def without_whether(piece: Sequence[Word]) -> Sequence[Word]:
    """Without কি না, which says no only in form: ভালো আছেন কি না."""
    return tuple(
        word
        for index, word in enumerate(piece)
        if not (index and word.text == "না" and piece[index - 1].text in _WHETHER)
    )
