"""The words that numbers of English texts are made of."""

from ..lexicon import numbers, spaced
from .quantity import UNITS

WORDS = numbers("word", "en")
TIMES = numbers("times", "en")
POWERS = numbers("power", "en")
PARTS = numbers("part", "en")
ORDINALS = numbers("ordinal", "en")
LOOSE = numbers("loose", "en")
MONTHS_LONG = numbers("months", "en")
UNIT = {word: unit for unit, words in UNITS.items() for word in words["en"]}
ADVERBS = {
    "hourly": "hour", "daily": "day", "everyday": "day", "weekly": "week", "monthly": "month",
    "yearly": "year", "annually": "year", "annual": "year",
}  # fmt: skip
EACH = frozenset(["each", "every", "per"])
ARTICLES = frozenset(["a", "an"])
PARTS_OF_DAY = {
    "morning": "morning",
    "afternoon": "afternoon",
    "evening": "evening",
    "night": "night",
}
# Words that end the search for the thing counted.
CLOSED = frozenset(
    spaced(
        "of in with and or to a an the for every each per at from over on by after before had were was "
        "is are than until if when while it you they this that these those against then but as "
        "once also between twice during within not no will can may must has have need needs take takes "
        "get gets feel feels notice use uses come go do does did stop start usually often mostly out"
    )
)
