"""What one text names alone, and whether the other need say it: “it”, মৃদু স্টেরয়েড."""

from collections.abc import Sequence
from itertools import pairwise

from .beside import Agreement
from .lexicon import listed
from .opposites import BLUNT
from .reading.concepts import Mention
from .reading.quantities import quantities
from .reading.words import NOES, words

# The open list: words that are said in too many ways to be missed.
_OPEN = frozenset({"act", "quality", "thing"})
# What one of the languages often leaves unsaid, or says besides.
_UNSAID = frozenset(
    listed(
        "skin, body, hair, head, blood, weight, spoon, cloth, worry, home, machine, spot, person, "
        "patient, doctor, wound, peel, bed, sight, hearing, water, plastic, glasses, hand, face, "
        "chest, vein"
    )
)
# Sets of opposites of which one may stand in either language alone, since the other says it in
# another way, as an ending, or not at all.
_SAID_FREELY = BLUNT | frozenset(
    listed(
        "more/less, up/down, better/worse, before/after, until/from then, same day/next day, "
        "all/some, wet/dry, long/short, eat/apply, appear/disappear, rub/pat, spreads/stays"
    )
)
# And one in the English, or in the Bangla.
_SAID_BESIDES = {
    "en": frozenset(
        listed(
            "yes/no, permanent/temporary, attend/miss, least/most, instead of/as well as, big/small, "
            "whole/crushed, tolerate/sensitive, blurred/clear, weekday/weekend, shave/wax, "
            "put in/take out, included/separate"
        )
    ),
    "bn": frozenset(
        listed(
            "own/others, adult/child, sun/shade, boil/freeze, attend/miss, spreads/clears, help/harm, "
            "time/of day, sunken/bulging, clean/dirty, how many/how long, whole/chewed"
        )
    ),
}
# But for these of them.
_NOT_BESIDES = {
    "en": frozenset({"wear/undress take off", "start/stop stop", "up/down lower"}),
    "bn": frozenset(listed("up/down raise, better/worse worse, comfort/trouble comfortable")),
}
_LESS_THAN = frozenset({"more/less less"})  # in English; Bangla says it in many ways
_FREELY = frozenset({"person", "place", "tool", "season", "form"})
_PARENTS = frozenset({"mother/father"})
_KIN = frozenset({"sibling", "in-law", "uncle", "grandchild", "grandparent"})
_FAMILY = frozenset({"family", "partner", "marry", "sex", "home"}) | _KIN


def is_less_than(mention: Mention, bangla: str) -> bool:
    """Less than a month: এক মাসও হয়নি."""
    noes = (word for word in words(bangla, "bn") if word.text in NOES)
    return bool(mention.firm_names & _LESS_THAN) and any(noes)


_FORM = frozenset({"form"})
_CLASSIFIED = ("টা", "টি", "টো")


def is_counted_alone(mention: Mention, english: str, bangla: str) -> bool:
    """Whether the Bangla only counts what the English names: 8 tablets, ৮টা."""
    if not mention.kinds & _FORM:
        return False
    counts = {
        one.values
        for one in quantities(english, "en")
        if one.start < mention.start and mention.end <= one.end
    }
    return any(
        one.values in counts and not one.unit and any(map(one.text.__contains__, _CLASSIFIED))
        for one in quantities(bangla, "bn")
    )


def is_told_alone(mention: Mention, named: Sequence[Mention]) -> bool:
    if mention in named:
        return not mention.firm_names & _UNSAID
    if mention.firm_names & _LESS_THAN and mention.words[0].text.isascii():
        return True
    language = "en" if mention.words[0].text.isascii() else "bn"
    opposites = mention.opposites
    if not opposites or not mention.kinds <= opposites | _OPEN:
        return False
    is_free = opposites & (_SAID_FREELY | _SAID_BESIDES[language])
    return not is_free or not mention.names.isdisjoint(_NOT_BESIDES[language])


def is_told_besides(
    mention: Mention, added: Sequence[Mention], beside: Agreement, english: str
) -> bool:
    """The same in Bangla, which says who, where and with what; but no kin that nobody speaks of."""
    if mention.kinds & _PARENTS or not mention.firm_names.isdisjoint(_KIN):
        return not any(one.kinds & _PARENTS or one.names & _FAMILY for one in beside.english)
    if mention.names & _BEFORE:
        return _is_before_what(mention, beside)
    if mention.kinds & _WARMTH and any(one.unit in _DEGREES for one in quantities(english, "en")):
        return False  # at 60 °C, ৬০ ডিগ্রি গরম পানিতে
    return (
        is_told_alone(mention, added)
        and not mention.kinds & _FREELY
        and not _is_meant(mention, english, beside)
    )


_WARMTH = frozenset({"hot/cold"})
_DEGREES = frozenset({"degree", "celsius", "fahrenheit"})
_BEFORE = frozenset({"before/after before"})
_OF_WHOM = frozenset(listed("আপনার, রোগীর, তাঁর, তার, শিশুর, কারও"))  # আপনার আগে … হয়েছে: you have had


def _is_before_what(mention: Mention, beside: Agreement) -> bool:
    """Whether it says before what something is so, and not first, as আগে does with তারপর."""
    those = (*beside.unknown_bangla, *(word for each in beside.bangla for word in each.words))
    return mention.words[0].text in ("আগে", "আগেই", "আগেও") and any(
        word.end + 1 == mention.start and word.text.endswith("র") and word.text not in _OF_WHOM
        for word in those
    )


_CALLED_IT = frozenset(listed("illness, symptom, medicine, substance"))
_PRONOUNS = frozenset(listed("it, they, them, ones, kind, kinds"))


def _is_meant(mention: Mention, english: str, beside: Agreement) -> bool:
    """Whether an English pronoun there may mean it: a mild one, মৃদু স্টেরয়েড."""
    return bool(mention.kinds & _CALLED_IT) and any(
        word.text in _PRONOUNS
        and (after is None or after.text != "of")  # one of your parents
        and (word.sentence == mention.sentence or not beside.is_aligned)
        for word, after in pairwise((*words(english, "en"), None))
    )
