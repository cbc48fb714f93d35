"""What says no in two texts beside each other, and what of it answers each other."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache, partial
from itertools import pairwise

from ..language.text import normalise
from .agreement import Agreement
from .base import Words
from .denials import HELPING, Sides, is_ever, is_said_plainly
from .idle_noes import (
    SAYING_NO,
    is_either_way,
    is_of_a_choice,
    is_on_something,
    is_repeated,
    is_taken_up,
    is_taking,
    without_whether,
)
from .lexicon import listed, table
from .reach import are_marked_off, clause_of, is_conditional
from .reading.concepts import Concept, Lexicon, Mention
from .reading.words import GAP, Word, parts

_NOT, _NOTHING = "not", "nothing"  # rows: the plain noes, and noes in form only
IN_FULL = {"allowed"}  # rows whose Bangla no never stands alone: can, বাধা নেই
_NOES = frozenset(
    listed(
        "not, cannot, no, never, nothing, none, nobody, don't, without, unless, না, =না, নয়, =নয়, নেই, =নেই, নি, =নি, =ছাড়া, বিনা"
    )
)


@dataclass(frozen=True)
class _Polarity:
    """The table of words that say no, and how often each does where nothing answers it."""

    lexicon: Lexicon
    ranges: dict[str, tuple[int, int]]
    nearly: frozenset[tuple[str, ...]]  # forms that say no, though not in so many words
    perhaps: frozenset[tuple[str, ...]]  # forms whose no may go without saying


@lru_cache(maxsize=1)
def polarity() -> _Polarity:
    """The table as it is read, once."""
    rows = list(table("polarity"))
    concepts, marked = [], {"!": set(), "?": set()}
    for name, _least, _most, english, bangla in rows:
        forms = {"en": listed(english), "bn": tuple(_with_judgements(listed(bangla)))}
        firm = {(code, form) for code, some in forms.items() for form in some if form[0] != "~"}
        firm = {(code, form.strip("!?")) for code, form in firm}
        bare = {code: [form.strip("~!?") for form in some] for code, some in forms.items()}
        concepts.append(Concept(name, name, bare, frozenset(firm)))
        for form in (*forms["en"], *forms["bn"]):
            if form[0] in marked:
                marked[form[0]].add(_found(form[1:]))
    ranges = {row[0]: (int(row[1]), int(row[2])) for row in rows}
    return _Polarity(Lexicon(concepts), ranges, *map(frozenset, marked.values()))


_OF_ACTING = "- না"  # how the form of a verb with a no ends: খোল- না
_JUDGEMENTS = listed("যাবে না, চলবে না, যায় না, চলে না, ঠিক না, ঠিক নয়, উচিত না, উচিত নয়")


def _with_judgements(forms: Sequence[str]) -> Iterator[str]:
    """The forms, and those of a verb also as what is judged of its act: খোলা যাবে না."""
    yield from forms
    for form in forms:
        if form.endswith(_OF_ACTING):
            act = form.removesuffix("না")
            yield from (act + judgement for judgement in _JUDGEMENTS)


def _found(form: str) -> tuple[str, ...]:
    """A form as a mention has it."""
    return tuple(part for part in parts(form) if part != GAP)


def number_of_noes(mention: Mention) -> int:
    return sum(part in _NOES for part in mention.form)


def range_of(mention: Mention) -> tuple[int, int]:
    """How often at least and at most these words say no."""
    if _NOTHING in mention.names:
        return 0, 0
    if mention.form in polarity().nearly:
        return 1, 1
    noes = number_of_noes(mention)
    if mention.form in polarity().perhaps:
        return 0, noes
    if noes and len(mention.form) > 1:
        return noes, noes
    # Of words that mean much else nobody knows without their counterpart that they say no.
    ranges = [polarity().ranges[kind] for kind in mention.kinds] or [(0, 0)]
    return max(least for least, _ in ranges), max(most for _, most in ranges)


def saying(those: Sequence[Mention]) -> list[Mention]:
    """Those that may say no by themselves."""
    return [one for one in those if range_of(one)[1]]


@dataclass(frozen=True)
class Side:
    """The words of one text, or one sentence of it, that say no."""

    mentions: tuple[Mention, ...]  # that nothing in the other text answers
    joined: int  # further noes that one of them may stand for: no needles or drugs
    answered: tuple[Mention, ...]  # what says no in words that the other text answers

    @property
    def least(self) -> int:
        return sum(range_of(mention)[0] for mention in self.mentions)

    @property
    def most(self) -> int:
        return sum(range_of(mention)[1] for mention in self.mentions) + self.joined

    @property
    def perhaps(self) -> int:
        """How often it says no in words that may go without saying."""
        forms = polarity().perhaps
        return sum(number_of_noes(mention) for mention in self.mentions if mention.form in forms)

    @property
    def spans(self) -> Words:
        return tuple((one.start, one.end) for one in self.mentions if range_of(one)[0])


_JOINS = {
    "en": frozenset({"or", "nor"}),
    "bn": frozenset(listed("বা, কিংবা, অথবা, ও, কোনোটাই, কোনোটিই, কোনটাই, কোনটিই, কিছুই, আর")),
}


def _is_firm(one: Mention, other: Mention) -> bool:
    """Whether these are known to answer each other, one with a no and one without."""
    return not one.kinds.isdisjoint(other.kinds)


_AND = "আর"
# With these আর is “no more”, and joins nothing: এরপর আর না.
_FROM_THEN = frozenset(listed("এরপর, তারপর, পর, পরে, এখন, তখন, একবার"))
_FARTHEST = 12  # words between a no and the “or” of what it is said of


def _reaches_over(noes: Sequence[Mention], those: Sequence[Word], language: str) -> bool:
    """Whether one of them is said of several things: “no needles or drugs”, সুই বা ওষুধ লাগে না."""
    indices = {word.start: index for index, word in enumerate(those)}
    step = 1 if language == "en" else -1
    return any(
        _joined_within(those[indices[no.start] :: step][: _FARTHEST + 2], language) for no in noes
    )


def _joined_within(those: Sequence[Word], language: str) -> bool:
    """Whether a joining word stands in the same clause, with something between it and the first."""
    for index, (word, after) in enumerate(pairwise(those)):
        first, second = sorted((word, after), key=lambda one: one.start)
        if second.start != first.end + 1:
            return False  # a mark stands between them
        if after.text in _JOINS[language]:
            before = those[index + 2 : index + 3]
            if before and before[0].text[0].isdigit() and word.text[0].isdigit():
                continue  # day 2 or 3
            is_of_clauses = (
                after.text == _AND and bool(before) and are_marked_off((before[0], after))
            )
            is_more = after.text == _AND and bool(before) and before[0].text in _FROM_THEN
            return index > 0 and not is_of_clauses and not is_more
    return False


@lru_cache(maxsize=1024)
def all_noes(those: tuple[Word, ...], language: str) -> tuple[Mention, ...]:
    return tuple(
        mention
        for piece in between_marks(those)
        for mention in _found_within(piece, language)
        if not (
            is_on_something(mention, piece)
            or is_either_way(mention, piece)
            or is_of_a_choice(mention, piece, those)
            or is_taking(mention, piece)
            or is_repeated(piece, those)
        )
    )


_NONE_OF_THEM = frozenset(listed("কোনোটাই, কোনোটিই, কোনটাই, কোনটিই, কোনোটাও, একটাও, কিছুই"))


def _joined(those: Sequence[Mention], text: Sequence[Word], language: str) -> int:
    """How many noes more one of these may stand for: one of two things, two of a list that কোনোটাই
    takes together."""
    noes = [no for no in those if range_of(no)[0]]
    is_of_list = bool(noes) and any(word.text in _NONE_OF_THEM for word in text)
    return int(_reaches_over(noes, text, language)) + int(language == "bn" and is_of_list)


_UNTIL = tuple(listed("পর্যন্ত, অবধি, আগে"))
_OR_NOT = ("or", "not")  # no more than “whether” at an end, and of what follows elsewhere
_BOUNDS = frozenset(listed("=বেশি, কম, আগে"))  # দুবারের বেশি লাগালে | … গজায় না


def _found_within(piece: Sequence[Word], language: str) -> Iterator[Mention]:
    """What says no there, none of it from a condition into what follows: না পারলে | … পর্যন্ত."""
    for mention in polarity().lexicon.find(without_whether(piece), language):
        gap = [word for word in mention.words[1:-1] if is_conditional(word)]
        is_until = mention.form[0] == "না" and mention.form[-1] in _UNTIL
        if gap and (is_until or mention.form[0] in _BOUNDS):
            place = mention.words.index(gap[0]) + 1
            for part in (mention.words[:place], mention.words[place:]):
                yield from polarity().lexicon.find(part, language)
        elif _is_of_an_end(mention, piece):
            place = next(index for index, word in enumerate(mention.words) if word.text == "না")
            after = [word for word in piece if word.start > mention.end][:1]
            for part in (mention.words[:place], (*mention.words[place:], *after)):
                yield from polarity().lexicon.find(part, language)
        elif (
            mention.form[0] == mention.form[-1] == "না"
            and len(mention.words) > 1
            and mention.words[1].text.endswith("লেও")  # even if not, and another no
        ):
            for part in (mention.words[:2], mention.words[2:]):
                yield from polarity().lexicon.find(part, language)
        elif mention.form == _OR_NOT and mention.end < piece[-1].start:
            yield from polarity().lexicon.find(mention.words[1:], language)
        else:
            yield mention


def _is_of_an_end(mention: Mention, piece: Sequence[Word]) -> bool:
    """Whether its না belongs to a পর্যন্ত behind it: দেখা | না যাওয়া পর্যন্ত."""
    after = [word for word in piece if word.start > mention.end][:1]
    return (
        bool(after)
        and after[0].text in ("পর্যন্ত", "অবধি")
        and any(word.text == "না" for word in mention.words[1:-1])
    )


def between_marks(those: Sequence[Word]) -> Iterator[Sequence[Word]]:
    """লাগাবেন না, খোলা থাক is no না খোলা."""
    begin = 0
    for index, (word, after) in enumerate(pairwise(those), 1):
        if after.start > word.end + 1:
            yield those[begin:index]
            begin = index
    yield those[begin:]


def _narrowed(bangla: Sequence[Mention], english: Sequence[Mention]) -> Iterator[Mention]:
    """Of a form with a gap the one within it, where only that has an answer or neither has:
    যাতে … সইতে পারে না."""
    for one in bangla:
        has_gap = len(one.words) > len(one.form)
        within = all_noes(one.words[1:], "bn") if has_gap else ()
        has_answer = any(one.names & other.names for other in english)
        more = sum(map(number_of_noes, within)) - number_of_noes(one)
        # Of two noes a form with one has but the last: ভালো না লাগলে … না.
        yield from within if within and (more > 0 or (more == 0 and not has_answer)) else (one,)


_NOT_YET = normalise("হয়")
_COUNTED = frozenset(
    listed("মিনিট, ঘণ্টা, ঘন্টা, দিন, সপ্তাহ, মাস, বছর, বয়স, পুরো, পূর্ণ, পার, শেষ, এখনো, এখনও")
)


def _is_of_time(under: Mention, bangla: Sequence[Word]) -> bool:
    """Whether হয়নি stands behind so much of a time, and is “not yet” there: ছয় মাসও হয়নি."""
    if under.words[0].text != _NOT_YET:
        return True
    before = [word for word in bangla if word.start < under.start][-1:]
    if before and before[0].text.isdigit():
        return True
    return not _COUNTED.isdisjoint(forms_of(before))


def _denies(no: Mention, one: Mention, beside: Agreement) -> bool:
    """Whether what the English says stands in the gap of a no: “wait”, আগে … অপেক্ষা করবেন না."""
    if len(no.words) == len(no.form):
        return False
    said = list(_paired_within(beside.english, one, beside))
    return any(
        other.words[0] not in no.own_words
        and not is_ever(other.words[0])
        and not _is_judgement(other.words[0], no)
        and any(each.may_be(other) for each in said)
        for other in _paired_within(beside.bangla, no, beside)
    )


def _is_elsewhere(
    no: Mention, one: Mention, english: Sequence[Word], bangla: Sequence[Word], beside: Agreement
) -> bool:
    """Whether the clause of a Bangla no says what another clause of the English does: “they come off
    on Monday, and we look again”, আবার দেখি না."""
    if not one.names & no.names <= _GENERAL:
        return False
    clause = clause_of(bangla, no.words[-1], "bn")
    here = clause_of(english, one.words[0], "en")
    named = [
        said
        for said, other in beside.pairs
        if other.words[0] in clause and said.kinds - {"plain"} and said.words[0] in english
    ]
    return len(named) > 1 and not any(said.words[0] in here for said in named)


_JUDGING = frozenset(listed("ঠিক, উচিত, ভালো, নিরাপদ"))


def _is_judgement(word: Word, no: Mention) -> bool:
    """Whether it judges an act together with a no: দেওয়া ঠিক নয়."""
    return word.text in _JUDGING and word in no.words[-2:-1]


def _paired_within(
    those: Sequence[Mention], outer: Mention, beside: Agreement
) -> Iterator[Mention]:
    return (
        one
        for one in those
        if id(one) in beside.paired and outer.start <= one.start and one.end <= outer.end
    )


_LEADING = frozenset({"until", "even if"})  # to what may have a no of its own
_AT_MOST = "at most"
_BEFORE = frozenset({"until", "first"})  # rows of a “before” that has its own আগে
_GENERAL = frozenset(
    {"stop", "fail", _AT_MOST, "for good", "permanent"}
)  # rows with noes that say little else: আর … না


def _is_named_with(no: Mention, english: Sequence[Mention], beside: Agreement) -> bool:
    """Whether it is part of a word that the English has without a no: না ফোটানো, “unboiled”."""
    mark = [word for word in no.words if not SAYING_NO.isdisjoint(word.forms)]
    if len(mark) != 1:
        return False
    named = [
        one
        for one in beside.bangla
        if id(one) in beside.firmly_paired
        and 1 < len(one.words) == len(one.form)
        and mark[0] in one.words
        and any(HELPING.isdisjoint(word.forms) for word in one.words if word not in mark)
    ]
    answers = [
        other
        for other in beside.english
        if id(other) in beside.paired
        and any(one.may_be(other) and one.sentence == other.sentence for one in named)
    ]
    return bool(answers) and not any(
        range_of(each)[0] and each.start < other.end and other.start < each.end
        for each in english
        for other in answers
    )


def _is_besides(one: Mention, no: Mention, marks: Words, beside: Agreement) -> bool:
    """Whether English words that say little else have a counterpart besides a Bangla no, which then
    is no answer to them: “for good”, চিরতরে … যায় না."""
    is_before = one.form == ("before",)
    shared = one.names & no.names
    if not number_of_noes(no) or not shared <= (_GENERAL | _BEFORE if is_before else _GENERAL):
        return False
    if _AT_MOST in no.kinds and len(no.words) <= len(no.form) + 1:
        return False  # বেশি কখনো নয়
    own = () if is_before else [(word.start, word.end) for word in no.own_words]
    return is_said_plainly(one, (*marks, *own), beside, True)


def _is_first(no: Mention, bangla: Sequence[Word]) -> bool:
    """Whether its আগে is no “before” of anything: আগে জেল লাগানো হয় না."""
    before = [word for word in bangla if word.end + 1 == no.start]
    return no.form[0] == "আগে" and not (before and before[0].text.endswith("র"))


_HARD = frozenset({"hard"})
_TROUBLE = frozenset(listed("কষ্ট, অসুবিধা, কঠিন, মুশকিল, ঝামেলা"))


def _is_wanted(no: Mention, those: Iterable[Mention]) -> bool:
    """Whether one of these words says no by itself, without one, and this is what it may be said with."""
    return any(
        one.kinds & no.names and range_of(one)[0] and not number_of_noes(one) for one in those
    )


def sides_of(
    english: Sequence[Word], bangla: Sequence[Word], beside: Agreement, *, turning: bool
) -> tuple[Side, Side]:
    """What says no in two texts, without what answers each other; `turning` says whether a no may
    answer words without one, as in “until” and না … পর্যন্ত."""
    found = {"en": list(all_noes(tuple(english), "en")), "bn": list(all_noes(tuple(bangla), "bn"))}
    found["bn"] = list(_narrowed(found["bn"], found["en"]))
    found["bn"] = [no for no in found["bn"] if not _is_named_with(no, found["en"], beside)]
    answered: dict[str, list[Mention]] = {"en": [], "bn": []}
    _answer_exception(found, answered, bangla)
    marks = marks_of([no for no in found["bn"] if number_of_noes(no)])
    for one in tuple(found["en"]):
        answers = [b for b in found["bn"] if (one.names - {_NOT}) & b.names]
        answers = [
            b for b in answers if (one.names & b.names) != {"under"} or _is_of_time(b, bangla)
        ]
        answers = [b for b in answers if not _is_besides(one, b, marks, beside)]
        answers = [b for b in answers if not _is_first(b, bangla)]
        if one.kinds and not number_of_noes(one):
            answers = [b for b in answers if not _denies(b, one, beside)]
            answers = [b for b in answers if not _is_elsewhere(b, one, english, bangla, beside)]
        if not one.kinds:  # after that, skip it: বাদ answers the second
            answers = [b for b in answers if not _is_wanted(b, found["en"])]
        if not turning:
            answers = [
                b for b in answers if number_of_noes(b) == number_of_noes(one) or _is_firm(one, b)
            ]
        # What is hard, and said to be so without a no, is not what cannot be.
        if one.names & _HARD and not _TROUBLE.isdisjoint(forms_of(bangla)):
            answers = [b for b in answers if not number_of_noes(b)]
        other = max(
            answers,
            key=lambda b: (number_of_noes(b) != number_of_noes(one)) == turning,
            default=None,
        )
        if other is not None:
            for code, mention in (("en", one), ("bn", other)):
                found[code].remove(mention)
                if number_of_noes(mention):
                    answered[code].append(mention)
            if one.names & _LEADING and number_of_noes(other) > number_of_noes(one):
                found["en"] = [no for no in found["en"] if not _is_of(no, one, english)]
    if not any("unless" in one.names for one in found["bn"]):
        found["en"] = [one for one in found["en"] if not is_taken_up(one, english)]
    if turning:
        _explain(found, answered, english, bangla)
    there = {"en": english, "bn": bangla}
    return tuple(
        Side(tuple(found[code]), _joined(found[code], there[code], code), tuple(answered[code]))
        for code in ("en", "bn")
    )


_STILL = frozenset(listed("তবে, কিন্তু"))


def _answer_exception(
    found: dict[str, list[Mention]], answered: dict[str, list[Mention]], bangla: Sequence[Word]
) -> None:
    """Takes an “unless” for what the Bangla says behind its no: লাগে না, তবে ঘষা লাগলে লাগবে."""
    for one in [no for no in found["en"] if "unless" in no.form]:
        other = next((no for no in found["bn"] if _has_exception(no, bangla)), None)
        if other is None:
            return
        found["en"].remove(one)
        if one.form != ("unless",):  # not … unless
            found["bn"].remove(other)
            for code, mention in (("en", one), ("bn", other)):
                answered[code].append(mention)


def _has_exception(no: Mention, bangla: Sequence[Word]) -> bool:
    after = [word for word in bangla if word.start >= no.end]
    return (
        not SAYING_NO.isdisjoint(forms_of(no.words))
        and any(word.text in _STILL for word in after[:1])
        and any(map(is_conditional, after))
    )


def without_implied(sides: Sides, reading: tuple[Side, Side]) -> tuple[Side, Side]:
    """Without the Bangla noes that the English says in words without one, as many as it has fewer:
    দেখতে না পাওয়া, “loss of sight”."""
    one, other = reading
    for no in other.mentions:
        noes = range_of(no)[0]
        if not noes or other.least - noes < one.least or sides.is_said_of_both(no, SAYING_NO):
            continue
        said = set(sides.implying(no, SAYING_NO))
        rows = [each for each in all_noes(tuple(sides.english), "en") if said & set(each.words)]
        # A word that already answers another no is no answer to this one.
        if said and (not rows or any(each in one.mentions for each in rows)):
            left = (each for each in one.mentions if each not in rows)
            one = replace(one, mentions=tuple(left))
            kept = tuple(each for each in other.mentions if each is not no)
            other = replace(other, mentions=kept, answered=(*other.answered, no))
    return one, other


# Rows of English words that Bangla mostly says with a no: hardly, too … to, rather than.
IMPLYING = frozenset({"few", "impossible", "instead"})


def _explain(
    found: dict[str, list[Mention]],
    answered: dict[str, list[Mention]],
    english: Sequence[Word],
    bangla: Sequence[Word],
) -> None:
    """Takes a Bangla no that nothing answers for a word that says no without one: প্রায় পড়েই না,
    “hardly any”; and two of them for an “only”: ভালো না লাগলে … না."""
    for one in [one for one in found["en"] if one.kinds & IMPLYING and not number_of_noes(one)]:
        no = next((no for no in found["bn"] if number_of_noes(no) == 1), None)
        if no is not None:
            found["en"].remove(one)
            found["bn"].remove(no)
            answered["bn"].append(no)
    only_if = cache(partial(_is_only_if, bangla))
    for one in [
        one
        for one in found["en"]
        if "only" in {*one.kinds, *one.form} or _is_of_a_time(one, english)
    ]:
        noes = [no for no in found["bn"] if number_of_noes(no) == 1]
        pair = next((two for two in pairwise(noes) if only_if(two[0])), None)
        if pair is None:
            break
        found["en"].remove(one)
        found["bn"] = [no for no in found["bn"] if no not in pair]
        answered["bn"].extend(pair)


_SOONER = frozenset({"earlier", "sooner", "within", "before", "until", "till"})


def _is_of_a_time(no: Mention, english: Sequence[Word]) -> bool:
    """Whether it denies what is done too soon: not … earlier than, না পেরোলে … না."""
    return no.names == {_NOT} and any(
        word.text in _SOONER and word.start > no.end for word in english
    )


_BUT_FOR = frozenset({"until", "without", "except"})  # পরামর্শ ছাড়া … না


def _is_only_if(bangla: Sequence[Word], no: Mention) -> bool:
    after = [word for word in bangla if word.start >= no.end][:1]
    return bool(no.kinds & _BUT_FOR) or any(
        word.text.endswith("লে") for word in (no.words[-1], *after)
    )


def _is_of(no: Mention, until: Mention, english: Sequence[Word]) -> bool:
    """Whether a no stands in what “until” leads to: until there is no pain, না … পর্যন্ত; even if
    you have none, না থাকলেও."""
    piece = next(piece for piece in between_marks(english) if until.words[0] in piece)
    return no.names == {_NOT} and no.start > until.end and no.words[0] in piece


def forms_of(those: Sequence[Word]) -> frozenset[str]:
    """All that any of the words may be a form of."""
    return frozenset().union(*(word.forms for word in those))


def marks_of(noes: Sequence[Mention]) -> Words:
    """Where the very words stand that say no."""
    return tuple(
        (word.start, word.end)
        for no in noes
        for word in [word for word in no.words if not SAYING_NO.isdisjoint(word.forms)] or no.words
    )
