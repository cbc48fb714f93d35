"""What form of a verb or a noun a Bangla word is, by its ending and the stems of the lexicon."""

from collections.abc import Sequence
from functools import lru_cache

from ...language.text import compile_pattern
from ..lexicon import listed, spaced, table
from .concepts import Concept, Lexicon, Mention
from .words import parts, plain


def is_verb(mention: Mention) -> bool:
    """Whether what is named is said with a verb in Bangla."""
    return bool(mention.firm) and all(map(_is_verb, mention.firm))


def _is_verb(concept: Concept) -> bool:
    forms = concept.forms["bn"]
    return 2 * sum(form.endswith("-") for form in forms) > len(forms)


# A vowel that a participle has, for that of its verb: রেখে of রাখ-, উঠে of ওঠ-, লিখে of লেখ-.
_CHANGES = (("ে", "া"), ("ু", "ো"), ("উ", "ও"), ("ি", "ে"), ("এ", "আ"))
_YE, _E = plain("য়ে"), "ে"


def is_participle(word: str, known: Lexicon) -> bool:
    """রেখে, শুয়ে, দিয়ে; not করে and ধরে, which are also what he does."""
    stems, nouns = _stems(known), _nouns(known)
    if word in nouns or not word.endswith(_E):
        return False
    if word.endswith(_YE):
        head = word.removesuffix(_YE)
        return head not in nouns and (
            head in stems or (head.endswith("ি") and f"{head[:-1]}া" in stems)
        )
    head = word.removesuffix(_E)
    return head not in nouns and any(
        before in head and after.join(head.rsplit(before, 1)) in stems for before, after in _CHANGES
    )


def is_infinitive(word: str, known: Lexicon) -> bool:
    """ফিরতে, লাগতে; not বাড়িতে."""
    return _has_ending(word, "তে", known)


def is_condition(word: str, known: Lexicon) -> bool:
    """থাকলে, হলে; not চলে."""
    return _has_ending(word, "লে", known) and f"{word[:-1]}" not in _stems(known)


def _has_ending(word: str, ending: str, known: Lexicon) -> bool:
    head, nouns = word.removesuffix(ending), _nouns(known)
    return head != word and head in _stems(known) and head not in nouns and word not in nouns


_OF_ACTING = compile_pattern("(?:ওয়ার|ানোর)$")  # খাওয়ার, লাগানোর


def is_genitive(word: str, known: Lexicon) -> bool:
    """শরীরের, চামড়ার, খাওয়ার; not ডাক্তার and আবার."""
    stems, nouns = _stems(known), _nouns(known)
    if word in nouns or len(word) < 4 or not word.endswith("র"):
        return False
    base = word.removesuffix("র")
    return (
        bool(_OF_ACTING.search(word))
        or base in nouns
        or (base.endswith(_E) and (base[:-1] in nouns or len(base) > 4))
        or (base.endswith("া") and base[:-1] in stems)
    )


# The rest of a verb with which a sentence is whole, and of the noun of a verb: খাওয়া, লাগানো.
_WHOLE = frozenset(
    map(
        plain,
        listed(
            "ে, েন, ি, ো, ও, ছি, ছে, ছেন, েছে, েছেন, েছি, েছিল, েছিলেন, েছিলাম, ল, লো, লেন, লাম, ব, বে, বেন, বো, ত, "
            "তেন, ুন, উন, ুক, উক, ন, য়, য়েছে, য়েছেন, য়েছিল, য়েন, ান, াবেন, াবে, াচ্ছে, াচ্ছেন, িয়েছে, িয়েছেন, "
            "িয়েছিল, াল, ালো, ালেন, চ্ছে, চ্ছেন, চ্ছি, চ্ছিল, ায়, াক, িই, ই, েই, েনই, া, ওয়া, ানো, নো"
        ),
    )
)
# The same of any verb, so long that hardly anything else ends like that.
_OF_ANY = compile_pattern("(?:েন|বেন|ুন|ছে|ছেন|বে|ানো|ওয়া|লেন|য়নি|েনি|ছিল|ছিলেন|ায়|োয়)[ইও]?$")
# Verbs that are short, and what says something of a thing without one at the end of a clause.
_SHORT = frozenset(
    listed(
        "নেই, নয়, নন, আছে, আছেন, হন, দেন, নেন, দিই, নিই, করি, ছিল, ছিলেন, যান, যায়, দেয়, নেয়, খায়, পায়, চায়, "
        "হয়"
    )
)
_LAST = frozenset(
    listed(
        "না, নি, উচিত, দরকার, নিষেধ, যথেষ্ট, সম্ভব, ভালো, নিরাপদ, নিষিদ্ধ, মানা, প্রয়োজন, জরুরি, তৈরি, স্বাভাবিক, কম, "
        "বেশি, আলাদা, একই, কথা, খারাপ, কঠিন, সহজ, দায়ী, রাজি, নিশ্চিত, ঠিক, এটুকু, এতটুকু, ততটুকু, এটাই, সেটাই, এটিই, সেটিই"
    )
)
# How a word ends that says of a thing what it is: কার্যকর, শয্যাশায়ী, মানানসই.
_ADJECTIVE = compile_pattern(
    r".{2,}(?:শায়ী|স্থায়ী|যোগী|যোগ্য|যুক্ত|হীন|কর|জনক|শীল|মূলক|সই|প্রবণ|মুক্ত|পূর্ণ|দায়ক|গ্রস্ত|প্রাপ্ত|সাপেক্ষ|সম্মত|জাত|জনিত)[ইও]?"
)
# What he does, or having done it, which is more likely within a clause.
_EITHER = frozenset(listed("করে, ধরে, পড়ে, বলে, বসে, সরে, মরে"))
_NOUN_OF_VERB = compile_pattern("(?:া|ানো|নো)[ইও]?$")


def is_whole(clause: Sequence[str], known: Lexicon) -> bool:
    """Whether words have a verb or what stands for one: মাখুন, মাখা, এটি নিরাপদ, থাকে ৪ মাস."""
    return (
        bool(clause)
        and (
            _is_predicate(clause[-1], known)
            or not _LAST.isdisjoint((clause[-1], clause[-1][:-1]))
            or (len(clause) > 1 and _ADJECTIVE.fullmatch(clause[-1]) is not None)
            or clause[-1].endswith("লেও")  # even if, said afterwards
            or any(
                _is_predicate(word, known)
                and word not in _EITHER
                and not _NOUN_OF_VERB.search(word)
                for word in clause[:-1]
            )
        )
    )


def has_verb(clause: Sequence[str], known: Lexicon) -> bool:
    """Whether words are whole with a verb: মাখবেন না, not মাখা."""
    return (
        is_whole(clause, known)
        and ((clause[-1] in _NOES and len(clause) > 1) or not _NOUN_OF_VERB.search(clause[-1]))
        and clause[-1] not in _LAST - _NOES
    )


_NOES = frozenset(listed("না, নি"))


def _is_predicate(word: str, known: Lexicon) -> bool:
    bare = word[:-1] if word[-1] in "ইও" else word
    if not _SHORT.isdisjoint((word, bare)) or _OF_ANY.search(word):
        return True
    if any(leads_on(word, known) for leads_on in (is_participle, is_infinitive, is_condition)):
        return False
    stems = _stems(known)
    return any(word[:size] in stems and word[size:] in _WHOLE for size in range(1, len(word)))


@lru_cache(maxsize=2)
def _stems(known: Lexicon) -> frozenset[str]:
    helping = (word for code, cell in table("weak") if code == "bn" for word in spaced(cell))
    named = (those[-1] for those in _forms(known) if those)
    stems = (*named, *(part for word in helping for part in parts(word)))
    return frozenset(stem.removeprefix("=")[:-1] for stem in stems if stem.endswith("-"))


@lru_cache(maxsize=2)
def _nouns(known: Lexicon) -> frozenset[str]:
    """The words of the lexicon as they stand there, besides stems."""
    return frozenset(
        those[0].removeprefix("=")
        for those in _forms(known)
        if len(those) == 1 and not those[0].endswith("-")
    )


def is_noun(word: str, known: Lexicon) -> bool:
    """Whether it stands in the lexicon as it is, so that জ্বালা is no form of জ্বাল-."""
    return word in _nouns(known)


def _forms(known: Lexicon) -> list[tuple[str, ...]]:
    return [those for one in known.concepts for code, _, those in one.in_parts if code == "bn"]
