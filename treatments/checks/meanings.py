"""Words whose meaning must not change: opposites, body, illness, medicines, people, colours."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise, product

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..language.text import compile_pattern
from .agreement import agreement, lexicon
from .anchors import doubled, opposed, singled_out, turned_time
from .base import ASK, BLOCKING, Check, Finding, Subject
from .beside import MEASURES, NAMED, Agreement
from .closeness import Besides, Leftover, leftover, span_of, sure_of_english_alone, sure_of_exchange
from .denials import is_ever
from .exchanges import (
    is_before_that,
    is_denied,
    is_denied_there,
    is_of_two_minds,
    is_only_denied_there,
    is_undone,
    may_not_otherwise,
    narrowed,
    other_people,
)
from .joints import AND_OR, joint
from .lexicon import listed
from .limits import added_limits, lost_until, says_how_long, says_of_all, turned_until
from .medicines import is_medicine, medicines_alone, sounds_like_medicine
from .modals import says_must, turned_modals
from .negation import turned_round
from .opposites import BLUNT, LOOSE
from .order import WHEN, changed_places, turned_contrasts
from .passages import PairedText, paired_texts
from .reading.concepts import Lexicon, Mention
from .reading.lookalikes import look_alike
from .reading.quantity import Quantity
from .reading.words import Word, plain
from .relations import turned_people, turned_relations
from .slips import slips
from .snippets import quotes
from .steps import turned_steps
from .unsaid import is_counted_alone, is_less_than, is_told_alone, is_told_besides

_ASKED = frozenset({"until/after", "must/may"})  # exchanged in right translations as well
# “The more …, the slower”: exchanged where the sentence is turned round.
_MANY = frozenset({"more/less", "up/down", "better/worse"})
# What one feels, and how one sleeps, is called by many names: ঘুম উড়ে যায়.
_FREE = frozenset({"symptom", "awake/asleep"})
# What hurts is told by its place.
_PAINS = frozenset(
    listed(
        "headache, stomach ache, back pain, chest pain, toothache, earache, neck pain, knee pain, "
        "joint pain, shoulder pain, eye pain"
    )
)
# Which many a verb may belong to: কম দেখতে, তোলার পর.
_VAGUE = frozenset({"continue/stop", "up/down", "better/worse"})
# Of which Bangla has more to say.
_OF_ENGLISH = frozenset({"time/of day", "must/may", "first/last"})
_HOW = frozenset({"bad", "badly"})  # how much of it there is, as well as what it is like
# Those that hardly anything else is said for, so that in close texts one word that may be taken
# otherwise does not make them doubtful.
_PLAIN = MEASURES | frozenset(
    listed(
        "fast/slow, hot/cold, wet/dry, rough/smooth, near/far, wear/undress, start/stop, least/most"
    )
)
# Those that a no seldom turns round: what is not hot may be warm as well.
_HELD = frozenset(
    listed(
        "hot/cold, adult/child, man/woman, big/small, fast/slow, sweet/sour, sit/stand, sun/shade, "
        "live/dead, front/back, time/of day, straight/bent, face down/face up, raw/cooked"
    )
)
# Things of which one is not said for another, of whatever set they are.
_MATTER = frozenset(listed("form, substance, medicine, food, tool, animal"))
_BODY = frozenset({"body"})
# Whom or what no rendering puts in that the English does not name.
_NEVER_ADDED = frozenset({"medicine", "person"})
# And what none leaves out: who does it, and how strong it is.
_NEVER_LEFT_OUT = frozenset({"person", "mild/severe"})
# Which words of other sets belong to as well.
_ELSEWHERE = frozenset({"until/after", "eat/apply"})
# Opposites that are said where nothing is meant by them: আসতে থাকুন, your own.
_OFTEN_SAID = frozenset(listed("us/yourself, own/others, keep/throw"))
_MUST = "must/may must"
_UNTIL = "until/after until"
_INFECTION = "infection"  # which may be called by its name
_TIDES = frozenset({"better/worse", "up/down"})  # what gets worse may rise, and goes down never
_FEW = 4  # words left over of a sentence of which as many have their counterpart
# What texts say both of for other reasons: from one day until another.
_SAID_TWICE = frozenset(
    listed("time/of day, before/after, sun/shade, until/from then, same day/next day")
)
_THEN = compile_pattern(r"(?:তার|এর)পরে?")
_MOTHERS = frozenset({"pregnant/breastfeeding"})  # of whom no rendering says nothing


Spoken = Mention | Word | Quantity


@dataclass(frozen=True)
class Difference:
    english: Spoken | None
    bangla: Spoken | None
    level: str
    is_certain: bool = False  # whatever else a free rendering says


class MeaningsAgree(Check):
    id = "meanings"
    name = _("Words mean the same")
    why = _("“Hands” must not become “feet”, “before” not “after”, nor epilepsy another illness.")

    def find(self, subject: Subject) -> Iterator[Finding]:
        known = lexicon(subject.terms)
        for passage in paired_texts(subject):
            for difference in differences(passage.en, passage.bn, known):
                yield self._found(subject, passage, difference)

    def _found(self, subject: Subject, passage: PairedText, difference: Difference) -> Finding:
        said = {
            "english": _words(passage.en, difference.english),
            "bangla": _words(passage.bn, difference.bangla),
        }
        if not difference.bangla:
            message = gettext("“%(english)s” stands in the English only.")
        elif not difference.english:
            message = gettext("“%(bangla)s” stands in the Bangla only.")
        else:
            message = gettext("“%(english)s” and “%(bangla)s” mean different things.")
        return self.finding(
            subject,
            passage.place,
            message % said,
            gettext("Name the same thing in both languages."),
            level=difference.level,
            english=span_of(difference.english),
            bangla=span_of(difference.bangla),
            about=" / ".join(filter(None, said.values())),
            quotes=quotes(
                passage.en,
                passage.bn,
                difference.english.start if difference.english else 0,
                difference.bangla.start if difference.bangla else 0,
            ),
        )


def _words(text: str, mention: Spoken | None) -> str:
    return text[mention.start : mention.end] if mention else ""


@lru_cache(maxsize=512)
def differences(english: str, bangla: str, known: Lexicon) -> tuple[Difference, ...]:
    beside = agreement(english, bangla, known)
    others = leftover(english, bangla, known)

    def sure_of(one: Difference) -> str:
        besides = others.beside(span_of(one.english), span_of(one.bangla))
        if one.is_certain or not one.english:
            return one.level
        if one.bangla:
            return sure_of_exchange(one.level, besides, is_sharp=_are_sharp(one))
        return (
            ASK
            if _is_said_again(one.english, beside)
            else sure_of_english_alone(one.level, besides)
        )

    found = (
        one
        for one in _differences(english, bangla, known)
        if not says_how_long(one.english, one.bangla, english, bangla)
    )
    return tuple(
        replace(one, level=sure_of(one)) for one in _as_exchanges(found, others.is_aligned)
    )


def _is_said_again(one: Spoken, beside: Agreement) -> bool:
    """Whether its text names it elsewhere as well, so that the other text may leave it out once:
    palpitations (a pounding heart); ফোসকা পড়া; ফোসকায় রক্ত থাকা."""
    return isinstance(one, Mention) and any(
        other is not one
        and id(other) in beside.paired
        and not one.firm_names.isdisjoint(other.firm_names)
        for other in (beside.english if one.words[0].text.isascii() else beside.bangla)
    )


def _as_exchanges(those: Iterable[Difference], is_aligned: bool) -> Iterator[Difference]:
    """What each text names alone in one sentence stands for each other there."""
    listed = list(those)
    for other in [one for one in listed if not one.english and not one.is_certain]:
        instead = next(
            (
                one
                for one in listed
                if not one.bangla
                and (not is_aligned or one.english.sentence == other.bangla.sentence)
            ),
            None,
        )
        if instead:
            listed[listed.index(instead)] = replace(instead, bangla=other.bangla)
            listed.remove(other)
    yield from listed


def _differences(english: str, bangla: str, known: Lexicon) -> Iterator[Difference]:
    beside = agreement(english, bangla, known)
    others = leftover(english, bangla, known)
    turned = turned_round(english, bangla, known)
    told: set[int] = set()
    for slip in slips(english, bangla, known):
        besides = others.beside(span_of(slip.english), span_of(slip.bangla))
        is_close = slip.is_strange or besides.left <= 1 or besides.are_close
        is_sure = is_close if slip.is_unsaid else slip.is_strange and _is_all(besides)
        told.update(id(said) for said in (slip.english, slip.bangla) if said)
        told.update(id(one) for one in beside.bangla if slip.bangla in one.words)
        yield Difference(slip.english, slip.bangla, BLOCKING if is_sure else ASK, is_certain=True)

    def tell(
        one: Spoken | None, other: Spoken | None, level: str, *, is_certain: bool = False
    ) -> Iterator[Difference]:
        if not {id(one), id(other)} & told:
            told.update(id(said) for said in (one, other) if said)
            yield Difference(one, other, level, is_certain)

    for one, other in turned_modals(english, bangla):
        told.update(
            id(said)
            for said in (*beside.english, *beside.bangla)
            if "must/may" in said.kinds and {one, other} & set(said.words)
        )
        yield Difference(one, other, BLOCKING)
    exchanged = [
        each
        for each in beside.exchanged
        if not (_are_steps(*each) or (each[2] == "tool" and any(map(_is_any, each[:2]))))
    ]
    for one, other, kind in exchanged:
        if (one, other) in turned and kind not in _HELD:
            told.update((id(one), id(other)))
        elif is_denied(one) and is_denied_there(other, beside):
            told.update((id(one), id(other)))  # is not normal, স্বাভাবিক না
        elif kind in _ELSEWHERE and kind not in one.kinds & other.kinds:
            told.update((id(one), id(other)))  # up to three days, জ্বর হলে; give, খাবেন
        elif kind == "must/may" and (
            may_not_otherwise(one, other, beside)
            or is_ever(other.words[0])  # must never, কখনোই … না
            or (_MUST in one.names and says_must(bangla, other.start))
        ):
            told.update((id(one), id(other)))
        elif kind == AND_OR:
            joining = joint(english, bangla, one, other, known)
            besides = others.beside(span_of(one), span_of(other))
            if joining.is_of_clauses:
                is_sure = besides.are_alike or besides.left <= 1
                yield from tell(one, other, BLOCKING if is_sure else ASK, is_certain=True)
            elif not joining.is_same:
                yield from tell(one, other, ASK)
        else:
            is_sure = (
                (one, other) not in turned
                and not is_undone(other, kind, beside, bangla)
                and not is_only_denied_there(one, other, english, beside)
                and _is_exchanged(one, other, kind, beside, others)
            )
            yield from tell(one, other, BLOCKING if is_sure else ASK)
    named = [
        one
        for one in beside.missing
        if _is_named(one)
        and not (one.kinds & {"tool"} and any(map(_is_any, beside.extra)))
        and not is_counted_alone(one, english, bangla)
    ]
    added = [other for other in beside.extra if _is_named(other)]
    english_medicines, bangla_medicines = medicines_alone(beside)
    for one, other in zip(english_medicines, bangla_medicines, strict=False):
        yield from tell(one, other, BLOCKING)
    for one in english_medicines:
        yield from tell(one, next((b for b in added if "medicine" in b.kinds), None), BLOCKING)
    for other in bangla_medicines:
        if instead := next((one for one in named if "medicine" in one.kinds), None):
            yield from tell(instead, other, BLOCKING)
    for one, other in _lookalikes(beside):
        yield from tell(one, other, BLOCKING)
    for one, word in _misspelt(beside):
        yield from tell(one, word, ASK)
    for one, other in product(named, added):
        if beside.stand_together(one, other):
            besides = others.beside(span_of(one), span_of(other))
            # A rash may be called by its illness; things of one kind are not said for each other.
            is_sure = bool(one.kinds & other.kinds) and besides.are_close and besides.paired > 1
            is_sure |= one.kinds | other.kinds <= _MATTER | _BODY and _is_all(besides)
            yield from tell(one, other, BLOCKING if is_sure else ASK)
    for one, other in (*other_people(beside), *narrowed(beside)):
        is_sure = others.beside(span_of(one), span_of(other)).are_alike
        yield from tell(one, other, BLOCKING if is_sure else ASK)
    for one, other in changed_places(english, bangla, known):
        is_sure = others.beside(span_of(one), span_of(other)).are_alike
        yield Difference(one, other, BLOCKING if is_sure else ASK, is_certain=True)
    for one, other in (
        *turned_contrasts(english, bangla, known),
        *turned_time(english, bangla, known),
        *opposed(english, bangla, known),
        *singled_out(english, bangla, known),
        *doubled(english, bangla, known),
        *turned_relations(english, bangla, known),
        *turned_people(english, bangla),
        *turned_until(english, bangla),
    ):
        yield Difference(one, other, BLOCKING, is_certain=True)
    for one in lost_until(english, bangla):
        yield Difference(one, None, ASK, is_certain=True)
    for other in added_limits(english, bangla, known):
        level = BLOCKING if says_of_all(english, other) else ASK
        yield Difference(None, other, level, is_certain=True)
    if not any(kind == "before/after" for *_pair, kind in exchanged):
        for one, other in turned_steps(english, bangla, known):
            yield Difference(one, other, ASK, is_certain=True)
    for one in (*named, *beside.missing):
        if is_told_alone(one, named) and not is_less_than(one, bangla):
            besides = others.beside(span_of(one), ())
            is_sure = bool(one.kinds & _MOTHERS) and besides.left <= 1
            yield from tell(one, None, BLOCKING if is_sure else ASK)
    for other in _said_both_ways(beside):
        yield from tell(None, other, ASK)
    for other in (*bangla_medicines, *beside.extra):
        is_certain = isinstance(other, Word) or bool(other.kinds & _NEVER_ADDED)
        if is_certain or is_told_besides(other, added, beside, english):
            yield from tell(None, other, ASK, is_certain=is_certain)
    for one in beside.missing:
        if one.kinds & _NEVER_LEFT_OUT:
            yield from tell(one, None, ASK, is_certain=True)
    for one in _lost_together(beside, others):
        yield from tell(one, None, ASK, is_certain=True)


def _lost_together(beside: Agreement, others: Leftover) -> Iterator[Mention]:
    """Two words running that say something, of which the Bangla says neither, nor anything else that
    may stand for them: with blurred vision."""
    left = {start for start, *_ in others.english}
    lost = [one for one in beside.english if one.start in left and one in beside.missing]
    for one, after in pairwise(lost):
        between = [
            each for each in beside.english if one.end < each.start and each.end < after.start
        ]
        besides = others.beside(span_of(one), ())
        if one.sentence == after.sentence and not between and not besides.bangla:
            yield one


def _is_lost(besides: Besides) -> bool:
    """Whether the two sentences say the same but for one word."""
    return besides.left <= 2 and besides.paired >= _FEW


def _are_steps(one: Mention, other: Mention, kind: str) -> bool:
    """Whether they stand between two steps, one in the middle: X before Y, X তারপর Y."""
    return (
        kind == "before/after"
        and "before/after before" in one.names
        and bool(_THEN.fullmatch(other.words[0].text))
    )


_NEXT = compile_pattern("পরের(?:টা|টি|বার)?")


def _is_the_next(other: Mention, beside: Agreement) -> bool:
    """Whether it says which one it is, and not when: the next session, পরের সেশন."""
    return bool(_NEXT.fullmatch(other.words[0].text)) and any(
        said.words[0].text == "next" and beside.stand_together(said, other)
        for said in beside.english
    )


def _is_any(mention: Mention) -> bool:
    """Whether it is the word for all tools, which the other text calls by their names: যন্ত্র, a
    probe."""
    return "machine" in mention.firm_names


def _is_exchanged(
    one: Mention, other: Mention, kind: str, beside: Agreement, others: Leftover
) -> bool:
    """Whether two of a set are said for each other for certain."""
    if is_of_two_minds(one, other, kind, beside) or _is_the_next(other, beside):
        return False
    is_free = kind in _FREE and not (one.firm_names & _PAINS and other.firm_names & _PAINS)
    if is_free or _INFECTION in one.firm_names | other.firm_names:
        return False
    besides = others.beside(span_of(one), span_of(other))
    if _are_bare(one, other, kind, beside, besides):
        return True
    are_tides = bool(one.kinds & _TIDES and other.kinds & _TIDES)
    if not are_tides and _may_say_otherwise(one, other, kind, beside):
        return False
    if _stand_alone(one, other, kind, beside) and besides.left <= 1 and besides.paired >= _FEW:
        return True
    if kind in _VAGUE and kind not in other.kinds and not other.way:
        return False
    is_of_both = kind in one.kinds and (kind in other.kinds or _may_be_timed(other, kind))
    is_sure = kind not in _ASKED and is_of_both
    if _UNTIL in one.firm_names and kind in other.kinds:  # after … পর্যন্ত may be right
        is_sure |= besides.left <= 1 and besides.paired >= _FEW
    is_sure |= bool(one.kinds & other.kinds & NAMED)  # white for black, fair for dark
    # উঠে is started before it is anything else; where it comes off, it has its counterpart.
    is_other = not other.kinds & (MEASURES | {kind}) and id(other) in beside.paired
    if kind in one.kinds | other.kinds - _OF_ENGLISH and _is_exact(one, kind) and not is_other:
        is_close = besides.are_close and kind in _HELD | _OF_ENGLISH
        is_sure |= (besides.left <= 1 or is_close) and besides.paired >= _FEW
    if kind not in MEASURES or other.kinds & MEASURES:  # কিছু is some before it is less
        is_sure |= kind in MEASURES and _point_away(one, other, beside)
        is_sure |= kind in _PLAIN and besides.are_close and (kind in MEASURES or not is_other)
    if kind == "before/after" and one.words[0].text == "then":
        return _is_lost(besides) and is_before_that(one, other, beside)
    if kind == "before/after":
        is_sure = is_sure and not _is_turned(one, other, beside)
        is_sure &= not any(_are_steps(one, each, kind) for each in beside.extra)
    if kind in NAMED:  # মুখে is on the face or in the mouth, and on no leg
        is_sure |= _is_all(besides)
    is_unsaid = one in beside.unsaid[0] and other in beside.unsaid[1]
    if kind in NAMED and not is_unsaid and {id(one), id(other)} & beside.paired:
        is_sure = is_sure and besides.left <= 1
    # What is said twice in one language, and once in the other, is said.
    is_known = "/" in kind or one in beside.missing or other in beside.extra
    return is_sure and (is_known or _is_all(besides))


def _are_bare(one: Mention, other: Mention, kind: str, beside: Agreement, besides: Besides) -> bool:
    """Whether they are opposites, of whatever sets, of two sentences that hardly differ in anything
    else: firm pressure, আলতো করে চেপে."""
    return (
        all(each.opposites - _OFTEN_SAID for each in (one, other))
        and kind not in _ASKED | (_SAID_TWICE & one.kinds)
        and one.kinds.isdisjoint(WHEN) == other.kinds.isdisjoint(WHEN)
        and (besides.left <= 1 or besides.are_close)
        and id(other) not in beside.paired
        and (kind in one.kinds & other.kinds or not one.may_be(other))
    )


def _may_say_otherwise(one: Mention, other: Mention, kind: str, beside: Agreement) -> bool:
    """Whether two that stand for each other may each say something else, which stands elsewhere in
    the other text or is of another set."""
    if {id(one), id(other)} & beside.paired:
        return True
    are_apart = bool(one.way and other.way) and one.way != other.way
    are_of_one = not one.kinds.isdisjoint(other.kinds) or _may_be_timed(other, kind)
    return bool(one.kinds - {"plain"} and other.kinds) and not (are_of_one or are_apart)


def _may_be_timed(other: Mention, kind: str) -> bool:
    """Whether it is before or after, whatever else it may be: পর is also to wear."""
    return kind == "before/after" and bool(other.poles(kind))


def _stand_alone(one: Mention, other: Mention, kind: str, beside: Agreement) -> bool:
    """Whether neither of them may be anything else that the other text says."""
    return (
        not {id(one), id(other)} & beside.paired
        and kind not in _ASKED | _SAID_TWICE | {AND_OR}
        and one.words[0].text != "only"
    )


def _is_all(besides: Besides) -> bool:
    """Whether nothing else of two sentences lacks its counterpart."""
    return not besides.left and besides.paired >= _FEW


def _is_exact(one: Mention, kind: str) -> bool:
    """Whether in texts that are otherwise close its opposite is hardly said for it."""
    return kind not in LOOSE and one.words[-1].text not in _HOW


def _is_turned(one: Mention, other: Mention, beside: Agreement) -> bool:
    """Whether what stands before a Bangla পর or আগে may be what the English says first: “A before
    B” is A-এর পর B."""
    said = [
        each
        for each in beside.bangla
        if each.end <= other.start and each.sentence == other.sentence and each.kinds - {"plain"}
    ]
    if not said:
        return len(one.words) > 1  # before you see: of two things that happen either may come first
    return any(
        each.end <= one.start and there is said[-1] and beside.stand_together(each, there)
        for each, there in beside.pairs
    )


def _point_away(one: Mention, other: Mention, beside: Agreement) -> bool:
    """Whether one means upwards, the other downwards, and no free Bangla word there goes its way."""
    return bool(one.way and other.way) and one.way not in {
        said.way
        for said in beside.bangla
        if id(said) not in beside.firmly_paired and beside.stand_together(one, said)
    }


def _lookalikes(beside: Agreement) -> Iterator[tuple[Mention, Mention]]:
    """What one text names and the other does not, with another word in its place that looks like
    the right one, and is no spelling that nobody has listed."""
    halves = (("bn", beside.missing, beside.extra), ("en", beside.extra, beside.missing))
    for language, named, others in halves:
        for one in filter(_is_named, named):
            forms = _forms(one, language)
            for other in others:
                english, bangla = (one, other) if language == "bn" else (other, one)
                if beside.stand_together(english, bangla) and _looks_like(other, forms):
                    yield english, bangla


def _misspelt(beside: Agreement) -> Iterator[tuple[Mention, Word]]:
    """What the English names and the Bangla does not, with a word of no lexicon that looks like it."""
    for one in filter(_is_named, beside.missing):
        forms = _forms(one, "bn")
        for word in beside.unknown_bangla:
            if not beside.is_aligned or word.sentence == one.sentence:
                stems = {form.strip("=-") for form in word.forms}
                if any(look_alike(stem, form) for stem in stems for form in forms):
                    yield one, word


def _forms(mention: Mention, language: str) -> list[str]:
    """What the other language calls it, in one word that is no verb."""
    return [
        form.strip("=")
        for concept in mention.firm
        for form in map(plain, concept.forms[language])
        if " " not in form and form[-1] != "-"
    ]


def _looks_like(said: Mention, forms: Sequence[str]) -> bool:
    # “More” is no slip for “sore”, as often as it is said.
    is_opposite = said.words[0].text.isascii() and all("/" in kind for kind in said.kinds)
    is_word = len(said.form) == 1 and said.form[0][-1] != "-" and said.kinds - {"plain"}
    if is_opposite or not is_word:
        return False
    return any(look_alike(said.form[0].strip("="), form) for form in forms)


def _said_both_ways(beside: Agreement) -> Iterator[Mention]:
    """Opposites of what a Bangla sentence says as well, of which the English says nothing."""
    for other in beside.extra:
        for kind in filter(_is_blatant, other.kinds):
            if any(
                kind in one.kinds
                and id(one) in beside.firmly_paired
                and one.sentence == other.sentence
                and one.poles(kind).isdisjoint(other.poles(kind))
                for one in beside.bangla
            ):
                yield other


def _are_sharp(difference: Difference) -> bool:
    """Whether the two are opposites, or two of one kind, that are not said in many ways."""
    one, other = difference.english, difference.bangla
    if isinstance(one, Word) and isinstance(other, Word):
        return is_medicine(one.text) and sounds_like_medicine(other)
    if isinstance(one, Word) or isinstance(other, Word):
        return False
    shared = one.kinds & other.kinds - BLUNT - _MANY
    return any("/" in kind or kind in NAMED for kind in shared)


def _is_blatant(kind: str) -> bool:
    """Whether no text says both of two opposites for nothing."""
    return "/" in kind and kind not in BLUNT | _MANY | _SAID_TWICE


def _is_named(mention: Mention) -> bool:
    """Whether it can be pointed at; sun is so, and is no shade as well."""
    kinds = {kind for kind in mention.kinds if "/" not in kind}
    return bool(kinds) and kinds <= NAMED
