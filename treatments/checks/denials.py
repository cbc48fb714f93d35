"""What a Bangla no is said of, and whether the English says the same without one.

A no is certain where the other text names the very thing that it denies, and hardly anything of
their two clauses is left over: কাশি হয় না for “you have a cough”.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .agreement import Agreement
from .base import Words
from .closeness import Leftover
from .implied import implied_noes, turned_words
from .lexicon import listed
from .reach import are_marked_off, are_parted, begins_anew, clause_of, within_conditions
from .reading.concepts import Mention
from .reading.words import NOES, Word

_FARTHEST = 3  # words that say little between a no and what it is said of: ফোন করার দরকার নেই
_ACTS = ("া", "ো")  # how a verb ends that names what is done: করা, লাগানো
_ORDERS = ("বেন", "ুন", "িন", "ান", "োন")  # how a verb ends that asks for something
_NAMED, _UNANSWERED, _LITTLE = "named", "unanswered", "little"


@dataclass(frozen=True)
class Denial:
    """A no with what it is said of, and how closely its clause follows the English one."""

    clause: int  # where it begins
    denied: str  # whether the other text names it
    named: int  # words of the clause that the other text names
    left: int  # words of the clause without counterpart
    left_of_english: int

    @property
    def is_close(self) -> bool:
        """Whether the clauses go along at all, for a no that the English has nothing to match."""
        if self.denied != _NAMED or self.left > self.named:
            return False
        is_long = self.named > _FARTHEST
        return self.left + self.left_of_english <= (
            1 if self.left_of_english and not is_long else 2
        )

    @property
    def is_certain(self) -> bool:
        left = self.left + self.left_of_english
        return self.denied == _NAMED and left <= 1 and self.named > self.left


@dataclass(frozen=True)
class Sides:
    """Two texts in words, and what of them answers each other."""

    english: Sequence[Word]
    bangla: Sequence[Word]
    beside: Agreement
    others: Leftover
    noes: tuple[Sequence[Mention], Sequence[Mention]]  # whatever of both may say no
    plain: Sequence[Mention]  # what of the English says so in so many words

    def is_added(self, no: Mention, is_no: frozenset[str]) -> bool:
        """Whether the English says without any no of its own what this one denies: “you may be
        pregnant and do not …” beside সম্ভাবনা নেই, অথচ … না."""
        clause, said = self._denied_in_english(no, is_no)
        return (
            bool(said)
            and len(no.words) == len(no.form)  # with a gap it is an idiom: ভালো … না
            and not any(
                one.words[0] in clause and no.words[-1] not in one.words for one in self.noes[1]
            )
            and self.denial(no, is_no).is_close
            and not self.is_of_manner(no, is_no)
            and not any(self._may_be_denied(place, self.noes[0]) for place in said)
            and not self._answers_unnamed(no, is_no)
            and not self._is_without(no, is_no)
            and not self.implying(no, is_no)
            and not self.is_said_again(no, is_no)
        )

    def _answers_unnamed(self, no: Mention, is_no: frozenset[str]) -> bool:
        """Whether the English denies something else of what its clause names, in a verb that the
        Bangla may have in other words: “it does not reach the womb”."""
        unnamed = [one for one in self.plain if not self._names_what_it_denies(one)]
        return any(
            self._may_be_denied(place, unnamed)
            for word in self._around(no, is_no)
            for place in self._counterparts(word)
        )

    def _is_without(self, no: Mention, is_no: frozenset[str]) -> bool:
        """Whether the English says that it works without what the Bangla says is not needed."""
        partners = self._partners(self._around(no, is_no))
        return any(
            word.start in partners
            for one in self.noes[0]
            if one.kinds & {"without"}
            for word in [each for each in self.english if each.start >= one.end][:_FARTHEST]
        )

    def _names_what_it_denies(self, no: Mention) -> bool:
        """Whether the Bangla has a counterpart of the verb behind an English no."""
        after = [one for one in self.english if one.start >= no.end][: _FARTHEST + 1]
        verb = next((one for one in after if one.text not in _PASSED_OVER), None)
        return verb is None or self._is_paired(verb)

    def _around(self, no: Mention, is_no: frozenset[str]) -> Sequence[Word]:
        """The words before a no that no mark parts from it."""
        first = last = self._place(no, is_no)
        while (
            first
            and self.bangla[first - 1].sentence == self.bangla[last].sentence
            and not are_marked_off((self.bangla[first - 1], self.bangla[first]))
        ):
            first -= 1
        return within_conditions(self.bangla[first : last + 1], self.bangla[last])

    def implying(self, no: Mention, is_no: frozenset[str]) -> Sequence[Word]:
        """The words of the English that say without a no what this one says: “loss” of sight,
        “untreated”."""
        around = self._around(no, is_no)
        denied = self._denied(self._place(no, is_no), around, no)
        names = self._partners([denied] if denied else []) or self._partners(around)
        very = [word for word in no.words if not is_no.isdisjoint(word.forms)]
        for one in implied_noes(tuple(self.english)):
            is_said = one.is_plain and self._is_said(one.head, very)
            if not is_said and any(word.start in names for word in one.reached):
                return one.words
        for word, forms in turned_words(self.english):
            if any(
                not forms.isdisjoint(concept.forms["en"])
                for one in self.beside.bangla
                if one.words[0] in around and not self._is_paired(word)
                for concept in one.concepts
            ):
                return (word,)
        return ()

    def _is_said(self, word: Word, but: Sequence[Word] = ()) -> bool:
        """Whether the Bangla says it in words of its own, and not `but` in these."""
        return any(
            english.start <= word.start < english.end
            and not any(each in but for each in bangla.words)
            and HELPING.isdisjoint(bangla.words[0].forms)
            for english, bangla in self.beside.pairs
        )

    def _partners(self, those: Sequence[Word]) -> frozenset[int]:
        """Where the words begin that are paired with these Bangla ones."""
        return frozenset(
            english.start
            for english, bangla in self.beside.pairs
            if any(bangla.start <= word.start < bangla.end for word in those)
        )

    def denies(self, word: Word) -> bool:
        """Whether the English denies what this Bangla word says."""
        return any(self._may_be_denied(place, self.plain) for place in self._counterparts(word))

    def _is_paired(self, word: Word) -> bool:
        return any(one.start <= word.start < one.end for one in self._paired(self.beside.english))

    def is_of_manner(self, no: Mention, is_no: frozenset[str]) -> bool:
        """Whether it only says how something is done that the same clause asks for: সঙ্গে না খেয়ে
        পরে খাবেন."""
        index = self._place(no, is_no)
        verb = self.bangla[index + 1 : index + 2]
        rest = [
            word
            for word in clause_of(self.bangla, self.bangla[index], "bn")
            if verb and word.start > verb[0].end
        ]
        if not verb or not HELPING.isdisjoint(verb[0].forms):
            return False
        stems = _stems(verb[0])
        return any(
            not stems.isdisjoint(_stems(word)) and word.text.endswith((*_ORDERS, "তে"))
            for word in rest
        )

    def is_said_of_both(self, no: Mention, is_no: frozenset[str]) -> bool:
        """Whether the English denies the same: “do not scratch, rub or pick”."""
        _clause, said = self._denied_in_english(no, is_no)
        return any(self._may_be_denied(place, self.plain) for place in said)

    def are_said_of_both(self, noes: Sequence[Mention], is_no: frozenset[str]) -> bool:
        """Whether the English denies what each of them does, in clauses of their own."""
        clauses = {self.denial(no, is_no).clause for no in noes}
        return len(clauses) == len(noes) and all(self.is_said_of_both(no, is_no) for no in noes)

    def is_said_again(self, no: Mention, is_no: frozenset[str]) -> bool:
        """Whether another clause says what it denies, and the English says so once: সেলাই খুলবেন
        না; … পর আমরা খুলে দেব."""
        clause, said = self._denied_in_english(no, is_no)
        denied = self._denied(self._place(no, is_no), clause, no)
        stems = _stems(denied) if denied else frozenset()
        starts = {self.english[place].start for place in said}
        named = [one for one in self.beside.english if one.start in starts]
        free = {
            other.start
            for other in self.beside.bangla
            if any(not other.firm_names.isdisjoint(one.firm_names) for one in named)
        }
        part = within_conditions(clause, self.bangla[self._place(no, is_no)])
        again = [
            word
            for word in self.bangla
            if word not in part
            and (word.start in free or not stems.isdisjoint(_stems(word)))
            and is_no.isdisjoint(
                form
                for one in within_conditions(clause_of(self.bangla, word, "bn"), word)
                for form in one.forms
            )
        ]
        return len(again) >= max(len(said), 1)

    def _denied_in_english(
        self, no: Mention, is_no: frozenset[str]
    ) -> tuple[Sequence[Word], list[int]]:
        """The clause of a no, and where the English may name what it is said of."""
        index = self._place(no, is_no)
        clause = clause_of(self.bangla, self.bangla[index], "bn")
        denied = self._denied(index, clause, no)
        # One more that an earlier no is said of: আগেও না, পরেও না.
        before = self.bangla[index - 1] if index else None
        goes_on = denied is None or (
            denied is before
            and denied.text.endswith("ও")
            and not denied.text.removesuffix("ও").endswith(_FINITE)
        )
        return clause, [] if goes_on else self._counterparts(denied)

    def is_lost(self, no: Mention, spare: int = 0) -> bool:
        """Whether the Bangla says without any no what this one of the English denies, in a clause
        with so many words to `spare`."""
        clause = clause_of(self.english, no.words[0], "en")
        after = [word for word in clause if word.start >= no.end]
        others = [one for one in self.plain if one is not no and one.words[0] in clause]
        if others or " ".join(no.form) in _OF_NOBODY:
            return False
        left = sum(_holds(self.others.english, word) for word in clause if word not in no.words)
        return left <= 1 and self._is_said_without(after, spare)

    def lost_words(self, spare: int) -> Iterator[Sequence[Word]]:
        """The English words that say a no without one, and of which the Bangla says what they deny in
        a clause with so many words to `spare`: দেখতে পাওয়া for “loss of sight”."""
        for one in implied_noes(tuple(self.english)):
            clause = clause_of(self.english, one.head, "en")
            if (
                one.is_plain
                and not one.of_clause
                and not self._is_said(one.head)
                and not any(no.words[0] in clause for no in self.plain)
            ):
                after = [word for word in one.reached if word not in one.words]
                if one.is_passive:  # taste | is | lost
                    after = [word for word in after if word.start < one.head.start][-2:-1]
                is_named = bool(after) and after[0].text not in _PRONOUNS
                if is_named and self._is_said_without(after, spare):
                    yield one.words

    def _is_said_without(self, after: Sequence[Word], spare: int) -> bool:
        """Whether the Bangla says without any no the first of these that says something."""
        named = self._paired(self.beside.english)
        for word in after[: _FARTHEST + 1]:
            if word.text in _OF_WHOM or _holds(self.others.english, word):
                return False
            said = [one for one in named if one.start <= word.start < one.end]
            if said:
                places = self._places(said[0])
                return bool(places) and all(self._is_affirmed(place, spare) for place in places)
            if word.text not in _PASSED_OVER and not word.text.isdigit():
                return False
        return False

    def _places(self, said: Mention) -> list[int]:
        """Where the Bangla may name what the English does."""
        near = [
            other
            for other in self.beside.bangla
            # More that goes the same way is something else: healed, বড় হচ্ছে.
            if not (said.names.isdisjoint(other.reach) and said.reach.isdisjoint(other.names))
            and self.beside.stand_together(said, other)
            and not (other.kinds == {"plain"} and not HELPING.isdisjoint(other.words[0].forms))
        ]
        same = [other for other in near if not said.firm_names.isdisjoint(other.firm_names)]
        starts = {other.start for other in same or near}
        return [index for index, word in enumerate(self.bangla) if word.start in starts]

    def _is_affirmed(self, place: int, spare: int) -> bool:
        """Whether a whole clause says it that has no word for no, and hardly anything that may stand
        for one."""
        clause = clause_of(self.bangla, self.bangla[place], "bn")
        index = self.bangla.index(clause[-1])
        after = self.bangla[index + 1 : index + 2]
        is_whole = (
            not after
            or after[0].text in _HOWEVER
            or (clause[-1].text.endswith(_FINITE) and are_marked_off((clause[-1], after[0])))
            or (
                clause[-1].text.endswith(_ACTS)
                and after[0].text in _OR
                and not self._is_denied_with_more(index + 1)
            )
        )
        return (
            is_whole
            and sum(_holds(self.others.bangla, word) for word in clause) <= spare
            and not any(
                word in clause and word is not self.bangla[place]
                for one in self.noes[1]
                for word in one.words
            )
        )

    def _is_denied_with_more(self, index: int) -> bool:
        """Whether a no that all of a list share follows: ওয়াক্স করা বা লোম তোলা চলবে না."""
        after = [self.bangla[index]]
        for word in self.bangla[index + 1 :]:
            if word.sentence != after[-1].sentence or are_marked_off((after[-1], word)):
                break
            after.append(word)
        return any(word.text in NOES or word.text in _FORBIDDEN for word in after)

    def _counterparts(self, word: Word) -> list[int]:
        """Where the English may name what this Bangla word does."""
        named = [
            one for one in self._paired(self.beside.bangla) if one.start <= word.start < one.end
        ]
        near = [
            (other, one)
            for one in named
            for other in self.beside.english
            if other.may_be(one) and self.beside.stand_together(other, one)
        ]
        same = [pair for pair in near if not pair[0].firm_names.isdisjoint(pair[1].firm_names)]
        starts = {other.start for other, _one in same or near}
        return [index for index, word in enumerate(self.english) if word.start in starts]

    def _may_be_denied(self, place: int, noes: Sequence[Mention]) -> bool:
        """Whether a no of the English may reach what stands there: over a list from before it, or
        from behind it within its clause."""
        first, last = place, place + 1
        while first and not begins_anew(self.english, first):
            first -= 1
        while last < len(self.english) and not self._ends_before(last):
            last += 1
        reached = {word.start for word in self.english[first:last]}
        return any(word.start in reached for one in noes for word in one.words)

    def _ends_before(self, place: int) -> bool:
        """Whether a clause of the English does; one about a thing belongs to it: acne that has not
        cleared."""
        pair = self.english[place - 1], self.english[place]
        if any(word.text in _RELATIVE for word in pair):
            return are_marked_off(pair)
        return are_parted(*pair, "en") or pair[1].text == "and"

    def denial(self, no: Mention, is_no: frozenset[str]) -> Denial:
        """Of a no, in whose mention the words that say so are these."""
        index = self._place(no, is_no)
        clause = within_conditions(
            clause_of(self.bangla, self.bangla[index], "bn"), self.bangla[index]
        )
        denied = self._denied(index, clause, no)
        standings = [self._standing(word) for word in clause if not is_ever(word)]
        return Denial(
            clause[0].start,
            self._standing(denied) if denied else _LITTLE,
            standings.count(_NAMED),
            standings.count(_UNANSWERED),
            self._left_of_english(denied),
        )

    def may_be_free(self, no: Mention, is_no: frozenset[str]) -> bool:
        """Whether it may say in other words what the English says: “Shun salt” with a verb that
        nobody knows, or “Swallow it whole” beside চিবাবেন না, গিলে ফেলুন."""
        if not self.english or self.english[0] in self.beside.unknown_english:
            return True
        if self.is_of_an_act(no, is_no) and not self.begins_alike:
            return True
        index = self._place(no, is_no)
        verb = self.bangla[index - 1]
        clauses = [
            1 + sum(map(are_marked_off, pairwise(those))) for those in (self.english, self.bangla)
        ]
        has_more = clauses[1] > clauses[0]
        stems = {form for form in verb.forms if form.endswith("-")}
        is_said_again = not stems.isdisjoint(self.bangla[-1].forms) and self.bangla[-1] is not verb
        if has_more and (is_said_again or not self.denial(no, is_no).named):
            return True
        if any(
            id(one) in self.beside.firmly_paired and one.start <= verb.start < one.end
            for one in self.beside.bangla
        ):
            return False
        followed = [(one, other) for one, other in pairwise(self.bangla) if other.start > no.start]
        return (
            has_more
            and verb.text.endswith(_ORDERS)
            and any(are_marked_off(pair) for pair in followed)
            and self.bangla[-1].text.endswith(_ORDERS)
        )

    def is_of_an_act(self, no: Mention, is_no: frozenset[str]) -> bool:
        """Whether it turns round what a list names to do or to leave: গোসল না করা for “bathe”."""
        index = self._place(no, is_no)
        act, after = self.bangla[index + 1 : index + 2], self.bangla[index + 2 : index + 3]
        is_last = not after or (bool(act) and are_marked_off((act[0], after[0])))
        return bool(act) and is_last and act[0].text.endswith(_ACTS)

    @property
    def begins_alike(self) -> bool:
        """Whether the English begins with a word that both texts have."""
        return bool(self.english) and not _holds(self.others.english, self.english[0])

    def _place(self, no: Mention, is_no: frozenset[str]) -> int:
        places = [
            index
            for index, word in enumerate(self.bangla)
            if no.start <= word.start < no.end and not is_no.isdisjoint(word.forms)
        ]
        starts = [word.start for word in self.bangla]
        return places[-1] if places else starts.index(no.words[-1].start)

    def _denied(self, index: int, clause: Sequence[Word], no: Mention) -> Word | None:
        """The nearest word that says something: the verb after না, else what stands before it."""
        word = self.bangla[index]
        after = [one for one in clause if one.start > word.start][:1]
        before = [one for one in clause if one.start < word.start and not is_ever(one)][::-1]
        if any(self._standing(one) != _LITTLE for one in after):
            return after[0]
        farthest = _FARTHEST
        if (
            is_unable(no) and not self._speaks_of_ability
        ):  # often said for what is hard to do: only the verb itself counts
            farthest = 1
            before = [one for one in before if "পার-" not in one.forms]
        return next((one for one in before[:farthest] if self._standing(one) != _LITTLE), None)

    @property
    def _speaks_of_ability(self) -> bool:
        return any(word.text in _ABLE for word in self.english)

    def _standing(self, word: Word) -> str:
        if _holds(self.others.bangla, word):
            return _UNANSWERED
        if any(one.start <= word.start < one.end for one in self._paired(self.beside.bangla)):
            return _NAMED
        return _LITTLE

    def _paired(self, those: Iterable[Mention]) -> list[Mention]:
        return [
            one
            for one in those
            if id(one) in self.beside.paired
            and one.kinds != {"plain"}
            and (one.kinds or len(one.words) > 1 or HELPING.isdisjoint(one.words[0].forms))
        ]

    def _left_of_english(self, denied: Word | None) -> int:
        """How many words are left over of the English clause that names the same."""
        said = [
            one
            for one in self._paired(self.beside.bangla)
            if denied and one.start <= denied.start < one.end
        ]
        place = next(
            (
                index
                for one in said
                for other in self._paired(self.beside.english)
                if other.may_be(one) and self.beside.stand_together(other, one)
                for index, word in enumerate(self.english)
                if word.start == other.start
            ),
            None,
        )
        clause = (
            self.english if place is None else clause_of(self.english, self.english[place], "en")
        )
        left = [word for word in clause if _holds(self.others.english, word)]
        # A verb that nobody knows may say no by itself: “Shun salt”.
        return len(left) + sum(word is self.english[0] for word in left)


HELPING = frozenset(listed("পার-, যা-, থাক-, হ-, কর-, can, may, could"))  # verbs that say little
_FINITE = (*_ORDERS, "েন", "ছে", "বে", "হয়", "যায়", "থাকে", "আছে", "পারে", "লাগে")
_OF_WHOM = frozenset(listed("for, with, in, on, at, from, of, by, as"))
_ABLE = frozenset(listed("can, could, may, able, allowed"))
_PASSED_OVER = frozenset(  # between a no and what it is said of
    listed(
        "a, an, the, any, your, be, been, being, have, had, get, got, to, into, two, three, so, too, "
        "very, it, them, ever, more, need, another, further, second, you"
    )
)
_OF_NOBODY = frozenset(listed("nothing, nobody, none, no one, neither"))  # with a verb behind them
_PRONOUNS = frozenset(listed("it, them, him, her, one, this, that"))
_RELATIVE = frozenset(listed("that, which, who"))
_OR = frozenset(listed("বা, কিংবা, অথবা"))
_FORBIDDEN = frozenset(listed("নিষেধ, নিষিদ্ধ, মানা, বারণ"))
_HOWEVER = frozenset(listed("তবে, কিন্তু, অথচ"))


_EVER = tuple(listed("কখনো, কখনও, কক্ষনো, কোনোদিন, মোটে, একদম, একেবারে, আদৌ, কিছুতে"))


def is_ever(word: Word) -> bool:
    """Whether it only adds to a no: কখনোই, মোটেই."""
    return word.text.removesuffix("ই") in _EVER


def _stems(word: Word) -> frozenset[str]:
    """By what a Bangla verb is known again: কামাবেন, কামিয়ে; খাবেন, খেয়ে."""
    stems = [form for form in word.forms if form[-1] == "-" and form not in HELPING]
    return frozenset(form.rstrip("-").rstrip("ািে") for form in stems)


def _holds(those: Iterable[tuple[int, int, int]], word: Word) -> bool:
    return any(start <= word.start < end for start, end, _sentence in those)


def is_unable(no: Mention) -> bool:
    return any("পার-" in word.forms for word in no.words)


def is_said_plainly(said: Mention, those: Words, beside: Agreement, is_english: bool) -> bool:
    """Whether words that may stand for a no have a counterpart outside of these words of the other
    text, and so no no: stop, বন্ধ."""
    mine, theirs = beside.english, beside.bangla
    if not is_english:
        mine, theirs = theirs, mine
    answers = [
        one
        for one in theirs
        if id(one) in beside.paired
        and not is_ever(one.words[0])
        and not any(start < one.end and one.start < end for start, end in those)
    ]
    return any(
        id(one) in beside.paired
        and one.start <= said.start
        and said.end <= one.end
        and any(one.may_be(other) and one.sentence == other.sentence for other in answers)
        for one in mine
    )
