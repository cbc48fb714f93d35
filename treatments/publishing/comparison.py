"""What will be different for patients from what they read now, and who has confirmed it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.db.models import QuerySet

from ..document.content import Edition, editions_of
from ..document.json_form import load_stored
from ..document.passages import SAYING_THE_SAME, Passage, Step, matched, passages, steps
from ..document.places import LISTS, Place
from ..document.sections import BY_KEY, SECTIONS
from ..models import LANGUAGES, Authorship, Confirmation, Snapshot, Treatment
from .authorship import digest_of, gone, halves, marks_of, order_digest
from .preflight import Standing, standings

Kind = Confirmation.Kind


@dataclass(frozen=True)
class Read:
    """Everything that somebody has confirmed of one treatment."""

    confirmations: Sequence[Confirmation]  # the newest first, none that was taken back
    treatment: Treatment | None = None

    @cached_property
    def marks(self) -> frozenset[str]:
        """What Authorship has; among it which words ever stood marked “to be confirmed”."""
        rows = self.treatment.authorships if self.treatment else Authorship.objects.none()
        return frozenset(rows.values_list("digest", flat=True))

    @cached_property
    def by_digest(self) -> Mapping[str, Confirmation]:
        return {row.digest: row for row in self.confirmations}

    @cached_property
    def _by_half(self) -> Mapping[tuple[str, str], Confirmation]:
        return {
            (code, half): row
            for row in self.confirmations
            for code in LANGUAGES
            if row.kind not in Confirmation.LOSSES and (half := getattr(row, f"digest_{code}"))
        }

    def of(self, passage: Passage, languages: Collection[str]) -> Confirmation | None:
        """The confirmation of a passage on a page that is there in these languages.

        A page in one language needs one of that half, whatever stood beside it.
        """
        if len(languages) == 1:
            (only,) = languages
            return self._by_half.get((only, passage.digest_in(only)))
        return self.by_digest.get(passage.digest)

    @cached_property
    def last_words(self) -> Mapping[tuple[str, str], Mapping]:
        """The words that were last confirmed at an item, by section and item."""
        rows = _standing(self.treatment) if self.treatment else Confirmation.objects.none()
        named = rows.exclude(item="").exclude(section="prose").exclude(kind__in=Confirmation.LOSSES)
        return {
            (section, item): words
            for section, item, words in named.order_by("pk").values_list("section", "item", "words")
        }


def read_of(treatment: Treatment) -> Read:
    return Read(list(_standing(treatment).defer("words")), treatment)


def _standing(treatment: Treatment) -> QuerySet[Confirmation]:
    return treatment.confirmations.filter(taken_back_at=None)


@dataclass(frozen=True)
class Difference:
    """Something that will be different for patients, or that nobody has confirmed yet."""

    step: Step
    loss: str = ""  # one of Confirmation.LOSSES: patients no longer read this, or not like this
    key: str = ""  # what confirming it names
    confirmation: Confirmation | None = None
    before_order: tuple[Passage, ...] = ()  # of a list that is put in another order
    after_order: tuple[Passage, ...] = ()
    new_list: tuple[Passage, ...] = ()  # the whole of it, with what is new
    position: int = 0  # of what is gone, among what patients read of its section or field
    clears_mark: bool = False  # patients will no longer be told that a doctor has yet to look at it
    read: "Read" = field(default_factory=lambda: Read(()), compare=False)

    @property
    def passage(self) -> Passage:
        return self.step.passage

    @property
    def place(self) -> Place:
        return Place(self.passage.place.section) if self.before_order else self.passage.place

    @property
    def last_words(self) -> Mapping[str, Mapping[str, str]]:
        """By field and language the words that were last confirmed at this item; {} for prose."""
        place = self.passage.place
        return self.read.last_words.get((place.section, place.item), {})

    @property
    def is_new(self) -> bool:
        return self.step.before is None

    @property
    def is_read_already(self) -> bool:
        """Whether patients read these very words, which nobody has confirmed."""
        return not self.loss and self.step.is_same

    @property
    def is_safety(self) -> bool:
        return self.passage.is_safety

    @cached_property
    def written_as(self) -> frozenset[str]:
        """The digests under which Authorship has who made the draft say this, in either language."""
        before, after = self.step.before, self.step.after
        if self.after_order:
            return frozenset([order_digest(self.after_order)])
        if after is None:
            return frozenset(map(gone, [before.digest, *halves(before)]))
        return frozenset([after.digest, *(halves(after) - (halves(before) if before else set()))])

    @property
    def one_by_one(self) -> bool:
        """Whether it is confirmed by itself, and not together with others after reading."""
        return bool(self.loss) or self.is_safety or self.clears_mark


@dataclass(frozen=True)
class Comparison:
    """Every difference between what patients read and what would stand."""

    differences: tuple[Difference, ...]

    @property
    def open(self) -> list[Difference]:
        """What nobody has confirmed."""
        return [each for each in self.differences if each.confirmation is None]

    @cached_property
    def by_key(self) -> Mapping[str, Difference]:
        return {each.key: each for each in self.differences}

    @cached_property
    def seen(self) -> str:
        """Says what will be different for patients, be it confirmed or not."""
        return digest_of(*sorted(each.key for each in self.differences if not each.is_read_already))


def compare(
    snapshot: Snapshot,
    languages: Collection[str],
    *,
    at: datetime,
    withdrawing: Collection[str] = (),
) -> Comparison:
    """What would be different at `at` and at every later moment that is planned already.

    Compared with what patients read until then, or read last.
    """
    read = read_of(snapshot.treatment)
    found: dict[str, Difference] = {}
    before, *after = standings(snapshot, languages, at=at, withdrawing=withdrawing)
    for standing in after:
        for difference in differences_between(before, standing, read):
            known = found.get(difference.key)
            if known is None or (known.confirmation and not difference.confirmation):
                found[difference.key] = difference
        before = standing
    return Comparison(tuple(found.values()))


def unconfirmed(english: Edition | None, bangla: Edition | None, read: Read) -> list[Passage]:
    """The passages of a page that nobody has confirmed as they stand."""
    there = _languages(english, bangla)
    return [passage for passage in passages(english, bangla) if read.of(passage, there) is None]


def unconfirmed_in(snapshot: Snapshot) -> list[Passage]:
    """What nobody has confirmed in a draft, both languages of it together."""
    editions = editions_of(load_stored(snapshot.document))
    return unconfirmed(*editions.values(), read_of(snapshot.treatment))


def _languages(english: Edition | None, bangla: Edition | None) -> list[str]:
    return [code for code, one in zip(LANGUAGES, (english, bangla), strict=True) if one]


def differences_between(before: Standing, after: Standing, read: Read) -> Iterator[Difference]:
    """What is different from one moment to a later one, and who has confirmed it."""
    there = _languages(*after.editions.values())
    since = "/".join(str(before.snapshots.get(code, "")) for code in LANGUAGES)
    until_then = {code: before.editions[code] if code in there else None for code in LANGUAGES}
    old, new = (passages(*each.values()) for each in (until_then, after.editions))
    said, still_there = ({passage.digest for passage in each} for each in (old, new))
    marked = {(passage.scope, _all_words(passage)) for passage in old if passage.to_confirm}
    for step in steps(old, new):
        confirmation = read.of(step.after, there) if step.after else None
        clears_mark = _clears_mark(step, marked, read)
        loss = _loss(step, there, still_there)
        if confirmation and not loss and _is_another(step, confirmation, said, still_there):
            loss = Kind.TAKEN_AWAY
        if loss or clears_mark:
            key = _key(loss, since, step.before, step.after)
            agreed = read.by_digest.get(key)
            confirmation = agreed if confirmation or step.after is None else None
        elif step.after is None or (confirmation and step.is_same):
            continue  # the same words stand elsewhere in the list, or patients read them already
        else:
            key = step.after.digest
        yield Difference(
            step,
            loss,
            key,
            confirmation,
            position=_position(step, old) if loss else 0,
            clears_mark=clears_mark,
            read=read,
        )
    yield from _reordered(old, new, since, read)


def _loss(step: Step, there: Collection[str], still_there: Collection[str]) -> str:
    """The kind of Confirmation.LOSSES that a step is, if it is one."""
    if step.before is None or step.before.digest in still_there:
        return ""
    codes = [code for code in there if step.before.has(code)]
    if any(step.after is None or not step.after.has(code) for code in codes):
        return Kind.TAKEN_AWAY
    if step.after and step.before.place.section in LISTS and step.after.is_safety:
        printed = [
            [{**passage.values[code], "to_confirm": ""} for code in codes]
            for passage in (step.before, step.after)
        ]
        if printed[0] != printed[1]:
            return Kind.PRINTED_OTHERWISE
    return ""


def _is_another(
    step: Step, confirmation: Confirmation, said: Collection[str], still_there: Collection[str]
) -> bool:
    """Whether words stand in place of others that were confirmed, but not as a version of these."""
    if step.before is None or step.after is None or step.before.digest in still_there:
        return False
    if step.after.place.section not in LISTS:
        return False
    if BY_KEY[step.after.place.section].is_running_text:
        # A version by its words: the item may be another one's, which they were read in.
        return step.after.digest in said
    return confirmation.item != step.after.place.item


def _key(loss: str, since: str, *passages_of_it: Passage | None) -> str:
    """What agreeing names: these words or their mark, lost from exactly these publications."""
    return digest_of(
        loss, since, *(passage.digest if passage else "" for passage in passages_of_it)
    )


def _position(step: Step, old: Iterable[Passage]) -> int:
    return [one for one in old if one.scope == step.before.scope].index(step.before)


def _all_words(passage: Passage) -> tuple:
    words = [(name, pair.en, pair.bn) for name, pair in passage.texts.items()]
    return (*words, *(values.get("citation", "") for values in passage.values.values()))


def _clears_mark(step: Step, marked: Collection[tuple], read: Read) -> bool:
    if step.after is None or step.after.to_confirm or step.is_same:
        return False
    if step.before is None and step.after.place.section in LISTS:
        # One half of it may have stood marked in a draft, or under another item.
        stood_marked = not read.marks.isdisjoint(marks_of(step.after))
    else:
        stood_marked = step.before is not None and step.before.to_confirm
    return stood_marked or (step.after.scope, _all_words(step.after)) in marked


def _reordered(
    old: Sequence[Passage], new: Sequence[Passage], since: str, read: Read
) -> Iterator[Difference]:
    """The safety lists whose items stand in another order."""
    for section in SECTIONS:
        if not section.safety:
            continue
        listed = [
            tuple(one for one in each if one.place.section == section.key) for each in (old, new)
        ]
        pairs = continued(*listed)
        was, now = (tuple(passage for passage, _ in pairs), tuple(after for _, after in pairs))
        in_old_order = tuple(sorted(was, key=old.index))
        if was != in_old_order:
            key = _key(Kind.REORDERED, since, *now)
            yield Difference(
                Step(in_old_order[0], now[0]),
                Kind.REORDERED,
                key,
                read.by_digest.get(key),
                in_old_order,
                now,
                listed[1],
            )


def continued(before: Iterable[Passage], after: Iterable[Passage]) -> list[tuple[Passage, Passage]]:
    """The items of a list that stay, as (before, after) in the order of `after`.

    One that says the same is the same, whatever item it stands in now: to exchange the words of
    two is to exchange the two.
    """
    listed = list(after)
    found = matched(before, listed, *SAYING_THE_SAME, lambda one, other: one.place == other.place)
    return [(found[position], listed[position]) for position in sorted(found)]
