"""Nothing that one language says in a sentence of its own is missing from the other."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..language.text import sentence_spans
from .agreement import Agreement, agreement, lexicon
from .base import ASK, BLOCKING, Check, Finding, Subject
from .clauses import clauses_alone, says_something, second_verb_alone, things_alone
from .closeness import Leftover, leftover, sure_of_sentence
from .lexicon import listed
from .passages import PairedText, paired_texts
from .reach import is_conditional
from .reading.concepts import Lexicon, Mention
from .reading.quantities import quantities
from .reading.quantity import Quantity
from .reading.words import WHENEVER, Word, words
from .snippets import cut

_Span = tuple[int, int]


class SameSentences(Check):
    id = "sentences"
    name = _("Every sentence stands in both languages")
    why = _("A sentence that only one language has is advice that the other patients never get.")

    def find(self, subject: Subject) -> Iterator[Finding]:
        known = lexicon(subject.terms)
        for passage in paired_texts(subject):
            for language, span, level in alone(passage.en, passage.bn, known):
                yield self._found(subject, passage, language, span, level)

    def _found(
        self, subject: Subject, passage: PairedText, language: str, span: _Span, level: str
    ) -> Finding:
        text = passage.en if language == "en" else passage.bn
        said = text[slice(*span)].strip()
        message = (
            gettext("This stands in the English only: “%(sentence)s”")
            if language == "en"
            else gettext("This stands in the Bangla only: “%(sentence)s”")
        )
        return self.finding(
            subject,
            passage.place,
            message % {"sentence": cut(said)},
            gettext("Say it in both languages, or in neither."),
            "bn" if language == "en" else "en",
            level,
            english=(span,) if language == "en" else (),
            bangla=(span,) if language == "bn" else (),
            about=said,
        )


_USUAL = 0.7, 1.4  # Bangla letters for an English one, where sentences are split otherwise
_ANSWERED = 0.5  # of what a sentence names; of one that is there it is more


@lru_cache(maxsize=512)
def alone(english: str, bangla: str, known: Lexicon) -> tuple[tuple[str, _Span, str], ...]:
    """The sentences that only one text has, each with its language and how sure that is."""
    beside = agreement(english, bangla, known)
    spans = {"en": sentence_spans(english), "bn": sentence_spans(bangla)}
    named = {"en": beside.english, "bn": beside.bangla}
    more = "en" if len(spans["en"]) > len(spans["bn"]) else "bn"
    low, high = _USUAL
    ratio = len(bangla) / len(english)
    others = leftover(english, bangla, known)
    found = []
    for code in ("en", "bn"):
        differs = code == more and len(spans["en"]) != len(spans["bn"])
        is_longer = differs and (ratio < low if code == "en" else ratio > high)
        counts = _answered(named[code], beside.paired, len(spans[code]))
        for span, (answered, all_named) in zip(spans[code], counts, strict=True):
            if differs and not answered and all_named == 1:
                all_named += _unknown_within(
                    span, others.english if code == "en" else others.bangla
                )
            level = _level(answered, all_named, differs, is_longer)
            if level:
                found.append((code, span, level))
    texts = words(english, "en"), words(bangla, "bn")

    def weighed(one: tuple[str, _Span, str]) -> tuple[str, _Span, str]:
        code, span, level = one
        is_english = code == "en"
        besides = others.beside((span,), ()) if is_english else others.beside((), (span,))
        return code, span, sure_of_sentence(level, besides, is_in_english=is_english)

    sure = list(map(weighed, _conditions_alone(*texts, beside, others)))
    sure += _bangla_conditions_alone((english, bangla), *texts, beside)
    sure += _alternatives_alone((english, bangla), texts, beside, others)
    sure = sure or list(clauses_alone((english, bangla), beside, others))
    sure = sure or list(things_alone((english, bangla), beside, others))
    sure = sure or list(second_verb_alone(english, bangla, beside, others, known))
    sure += map(weighed, found) if found else _parts_alone(beside, others)
    sure = sure or list(_superfluous((english, bangla), beside, known))
    return tuple(
        (code, span, ASK if _is_counted_in_both((english, bangla), code, span) else level)
        for code, span, level in sure
        # “What about this?” names nothing
        if any(map(says_something, named["bn" if code == "en" else "en"]))
    )


def _is_counted_in_both(texts: tuple[str, str], code: str, span: _Span) -> bool:
    """Whether a sentence of its own has a number that the other text has as well, and its own has
    nowhere else: which is left on for an hour, said apart."""
    side = ("en", "bn").index(code)
    own = quantities(texts[side], code)
    there = [one.values for one in quantities(texts[1 - side], ("en", "bn")[1 - side])]
    within = [one.values for one in own if one.values and span[0] <= one.start < span[1]]
    besides = [one.values for one in own if not span[0] <= one.start < span[1]]
    is_whole = span in sentence_spans(texts[side])
    return is_whole and any(each in there and each not in besides for each in within)


def _unknown_within(span: _Span, those: Iterable[tuple[int, int, int]]) -> int:
    """How many words of a sentence have no counterpart, besides the one that it names."""
    return max(0, sum(span[0] <= start < span[1] for start, *_ in those) - 1)


# What says in Bangla that something holds only sometimes, with the verbs that end in লে.
_CONDITIONAL = frozenset(
    listed(
        "যদি, কি, কিনা, অবস্থায়, বেলায়, ক্ষেত্রে, তবেই, নইলে, মাত্র, মাত্রই, ছাড়া, যখন, "
        "যখনই, যেদিন, যে, যার, যাদের, যাঁদের, যারা, যাঁরা, যিনি, যেখানে, যত, যতদিন, যতক্ষণ, এমন, মানে, মানেই"
    )
)
# “If necessary” is one word in Bangla: দরকারমতো.
_SAID_BRIEFLY = frozenset(
    listed("necessary, needed, possible, required, so, not, any, advised, prescribed, desired")
)
_AS_SOON_AS = ("মাত্র", "মাত্রই")
_OF, _AT_TIMES = "র", frozenset(listed("সময়, সময়ে, সময়েও"))  # খাওয়ার সময়


def _conditions_alone(
    english: Sequence[Word], bangla: Sequence[Word], beside: Agreement, others: Leftover
) -> Iterator[tuple[str, _Span, str]]:
    """What follows an English “if”, where nothing in the Bangla sentence is said of a case."""
    for index, word in enumerate(english):
        if word.text != "if" or (index and english[index - 1].text == "as"):
            continue
        there = [one for one in bangla if not beside.is_aligned or one.sentence == word.sentence]
        clause = _until_mark(english[index:])
        if _has_condition(there):
            continue
        if len(clause) == 1 or clause[1].text in _SAID_BRIEFLY:
            continue
        span = clause[0].start, clause[-1].end
        left = [start for start, *_ in others.english if span[0] <= start < span[1]]
        besides = others.beside((span,), ())
        # Where what it names stands elsewhere in the sentence, it is no less lost.
        named = [one for one in beside.english if span[0] <= one.start < span[1]]
        is_said = any(map(says_something, named)) and not any(
            id(one) in beside.paired for one in named
        )
        yield "en", span, BLOCKING if (left or is_said) and besides.bangla <= 1 else ASK


# What says in English that something holds only sometimes, or when it does.
_SOMETIMES = WHENEVER.union(
    listed(
        "as, because, since, with, without, during, even, though, although, who, which, that, where, "
        "wherever, case, or, make, makes, afterwards, straight"
    )
)
_LONGEST = 4  # words of a condition: ব্যথা না থাকলে


def _bangla_conditions_alone(
    texts: tuple[str, str], english: Sequence[Word], bangla: Sequence[Word], beside: Agreement
) -> Iterator[tuple[str, _Span, str]]:
    """A Bangla condition that names something of which the English sentence says nothing."""
    if not beside.is_aligned:
        return
    numbers = quantities(texts[0], "en"), quantities(texts[1], "bn")
    for index, word in enumerate(bangla):
        if not is_conditional(word):
            continue
        there = [one for one in english if one.sentence == word.sentence]
        if any(one.text in _SOMETIMES for one in there):
            continue
        clause = _back_to_mark(bangla[: index + 1])[-_LONGEST:]
        there_too = [one.values for one in numbers[0]]
        if any(
            one.values in there_too and clause[0].start <= one.start < word.end
            for one in numbers[1]
        ):
            continue  # not earlier than 3 months: ৩ মাস না পেরোলে
        named = [
            one
            for one in beside.bangla
            if clause[0].start <= one.start < word.end and says_something(one)
        ]
        lost = [one for one in named if one in beside.extra and one.kinds - _UNTOLD]
        if lost and not any(id(one) in beside.paired for one in named):
            yield "bn", (clause[0].start, word.end), ASK


def _back_to_mark(those: Sequence[Word]) -> Sequence[Word]:
    for index in range(len(those) - 1, 0, -1):
        one, after = those[index - 1], those[index]
        if after.start > one.end + 1 or one.sentence != after.sentence:
            return those[index:]
    return those


# What puts one thing beside another, so that both may be meant.
_OR = {"en": frozenset({"or"}), "bn": frozenset(listed("বা, অথবা, কিংবা"))}
_JOINING = {
    "en": frozenset(
        listed(
            "or, nor, and, either, neither, whether, both, any, anything, "
            "but, without, also, too, plus, with, whatever, such, like, no, other, unless"
        )
    ),
    "bn": frozenset(
        listed(
            "বা, অথবা, কিংবা, আর, ও, এবং, নইলে, নয়তো, নাকি, নাহয়, হোক, কি, কিনা, যেকোনো, যে, কিন্তু, "
            "না, নয়, তবে, আবার, সঙ্গে, সাথে, দুই, দুটি, দুটো, ছাড়া, কোনো"
        )
    ),
}
_MARKS = frozenset(",/–—-;:(")
# A day or so, one or two, মা বা বাবা: nothing that needs an “or”.
_VAGUELY = frozenset(
    listed("so, two, three, four, more, less, over, under, older, younger, longer, even, তার, এর")
)
_SOMEBODY = frozenset(listed("he, she, him, her, his, hers"))  # he or she
_UNTOLD = frozenset({"act", "mother/father"})
_CLAUSE = 18  # letters of an “or” with what it adds that is more than another word for the same


def _alternatives_alone(
    texts: tuple[str, str],
    those: tuple[Sequence[Word], Sequence[Word]],
    beside: Agreement,
    others: Leftover,
) -> Iterator[tuple[str, _Span, str]]:
    """What an “or” adds in a sentence of one text, where the other has nothing that joins two."""
    spans = [sentence_spans(text) for text in texts]
    if len(spans[0]) != len(spans[1]):
        return
    mentions, unpaired = (beside.english, beside.bangla), (beside.missing, beside.extra)
    low, high = _USUAL
    ratio = len(texts[1]) / len(texts[0])
    is_short = ratio < low, ratio > high  # the other text
    for side, code in enumerate(("en", "bn")):
        for number, (_begin, end) in enumerate(spans[side]):
            there, other = (
                [word for word in half if word.sentence == number]
                for half in (those[side], those[1 - side])
            )
            joining = next((one for one in pairwise(there[1:]) if one[0].text in _OR[code]), None)
            if joining is None:
                continue
            joined = there[there.index(joining[0]) - 1]
            if (
                joining[1].text in _VAGUELY
                or {joined.text, joining[1].text} <= _SOMEBODY
                or _is_counted(joining[0], quantities(texts[side], code))
                or any(joining[0] in one.own_words for one in mentions[side] if len(one.form) > 1)
                or _has_more(texts[1 - side], spans[1 - side][number], other, 1 - side)
            ):
                continue
            lost = [
                one
                for one in unpaired[side]
                if one.sentence == number and says_something(one) and not one.kinds <= _UNTOLD
            ]
            has_mark = joining[0].start > joined.end + 1
            is_clause = has_mark or there[-1].end - joining[0].start > _CLAUSE
            if lost or (is_short[side] and is_clause):
                # One word of the other language may name both: antiperspirants, রোল-অন বা স্প্রে;
                # pound or flutter, ধড়ফড়.
                left = [start for start, *_ in others.bangla if start in range(*spans[1][number])]
                is_sure = code == "en" and is_clause and (is_short[side] or not left)
                if code == "bn" and has_mark and lost:
                    is_sure = not any(
                        start in range(*spans[0][number]) for start, *_ in others.english
                    )
                yield code, (joining[0].start, end), BLOCKING if is_sure else ASK


def _has_more(text: str, span: _Span, those: Sequence[Word], side: int) -> bool:
    """Whether anything in a sentence puts one thing beside another, and not in a number: two and a
    half."""
    counted = quantities(text, ("en", "bn")[side])
    return not _MARKS.isdisjoint(text[slice(*span)]) or any(
        (word.text in _JOINING[("en", "bn")[side]] or (side and word.text.endswith("ও")))
        and not _is_counted(word, counted)
        for word in those
    )


def _is_counted(word: Word, counted: Iterable[Quantity]) -> bool:
    return any(one.start <= word.start < one.end for one in counted)


def _has_condition(those: Sequence[Word]) -> bool:
    return any(
        word.text in _CONDITIONAL or is_conditional(word) or word.text.endswith(_AS_SOON_AS)
        for word in those
    ) or any(one.text.endswith(_OF) and word.text in _AT_TIMES for one, word in pairwise(those))


def _until_mark(those: Sequence[Word]) -> Sequence[Word]:
    for index, (word, after) in enumerate(pairwise(those)):
        if after.start > word.end + 1:
            return those[: index + 1]
    return those


def _superfluous(
    texts: tuple[str, str], beside: Agreement, known: Lexicon
) -> Iterator[tuple[str, _Span, str]]:
    """The sentences of the text with more of them that the other one does not need: without them
    it has hardly a word fewer with a counterpart."""
    spans = [tuple(sentence_spans(text)) for text in texts]
    if len(spans[0]) == len(spans[1]):
        return
    side = 0 if len(spans[0]) > len(spans[1]) else 1
    mentions = (beside.english, beside.bangla)[side]
    for index, (start, end) in enumerate(spans[side]):
        named = [one for one in mentions if one.sentence == index and says_something(one)]
        alone = [one for one in named if id(one) not in beside.paired]
        rest = (texts[side][:start] + texts[side][end:]).strip()
        if not alone or 2 * len(alone) < len(named) or not rest:
            continue
        without = list(texts)
        without[side] = rest
        shorter = agreement(without[0], without[1], known)
        if _number_paired(beside, 1 - side) - _number_paired(shorter, 1 - side) <= 1:
            others = leftover(texts[0], texts[1], known)
            instead = (others.bangla, others.english)[side]
            is_sure = len(instead) <= 1 < len(alone) and len(alone) >= len(named) - 1
            yield ("en", "bn")[side], (start, end), BLOCKING if is_sure else ASK


def _number_paired(beside: Agreement, side: int) -> int:
    return sum(id(one) in beside.paired for one in (beside.english, beside.bangla)[side])


def _parts_alone(beside: Agreement, others: Leftover) -> Iterator[tuple[str, _Span, str]]:
    """The longest part of a sentence that names things of which the other text names none, while
    that has hardly anything in its place."""
    sides = (
        ("en", beside.english, beside.missing, beside.extra, others.bangla, _RUN_OF_ENGLISH),
        ("bn", beside.bangla, beside.extra, beside.missing, others.english, _RUN_OF_BANGLA),
    )
    for code, mentions, alone, instead, left, (asked, certain) in sides:
        named = [one for one in mentions if says_something(one) and not one.kinds <= _BOUNDS]
        run = _longest_run(named, alone)
        spare = len(run) - max(sum(map(says_something, instead)), len(left))
        if len(run) >= asked and spare > 0:
            level = BLOCKING if len(run) >= certain else ASK
            yield code, (run[0].start, run[-1].end), level


# How many things in a row nobody leaves out: to be asked about, and certain.
_RUN_OF_ENGLISH = 3, 6
_RUN_OF_BANGLA = 4, 7
_BOUNDS = frozenset({"least/most"})  # no more than: part of a number


def _longest_run(mentions: Sequence[Mention], alone: Sequence[Mention]) -> list[Mention]:
    longest: list[Mention] = []
    run: list[Mention] = []
    for mention in mentions:
        run = [*run, mention] if mention in alone else []
        longest = max(longest, run, key=len)
    return longest


def _level(answered: int, all_named: int, differs: bool, is_longer: bool) -> str:
    if differs and not answered and all_named > 1:
        return BLOCKING
    if is_longer and answered < _ANSWERED * all_named:
        return BLOCKING if all_named > 1 else ASK
    return ASK if not answered and all_named > (0 if is_longer else 2) else ""


def _answered(
    mentions: Sequence[Mention], paired: frozenset[int], number: int
) -> list[tuple[int, int]]:
    """Of each sentence how much of what it names is answered, and how much it names."""
    counts = [[0, 0] for _ in range(number)]
    for mention in mentions:
        if mention.kinds - {"plain"}:
            counts[mention.sentence][0] += id(mention) in paired
            counts[mention.sentence][1] += 1
    return [(answered, named) for answered, named in counts]
