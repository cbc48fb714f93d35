"""What will be different for patients, in the words of the publish page."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise
from urllib.parse import urlsplit

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..checks import ASK, Finding
from ..document.content import Document, Pair
from ..document.diff import ADDED, REMOVED, SAME, Span, word_spans
from ..document.json_form import load_stored
from ..document.passages import Passage
from ..document.places import LISTS, Place, heading_of, value_label
from ..language.digits import digits_in
from ..models import LANGUAGES, Authorship, Confirmation, Snapshot
from ..publishing.comparison import Comparison, Difference, continued
from ..publishing.confirmations import Readers
from ..publishing.put_back import can_be_put_back
from .findings import full_label, page_of, said_once, url_to

Kind = Confirmation.Kind
KINDS_OF_MARKS = 4  # that the style sheet draws


@dataclass(frozen=True)
class Row:
    """One field of a passage: the words of before and after in one, by language.

    What belongs to neither language stands under "".
    """

    label: str
    halves: Mapping[str, tuple[Span, ...]]

    @property
    def english(self) -> tuple[Span, ...]:
        return self.halves.get("en", ())

    @property
    def bangla(self) -> tuple[Span, ...]:
        return self.halves.get("bn", ())

    @property
    def neither(self) -> tuple[Span, ...]:
        return self.halves.get("", ())


@dataclass(frozen=True)
class Entry:
    """One difference as the page shows it."""

    difference: Difference
    heading: str  # of the section or field
    what: str  # taken away, new, changed in English only …
    rows: tuple[Row, ...]
    printed: tuple[Row, ...]  # typed values that patients read in other words
    written: Authorship | None
    why_not: str  # why this person may not confirm it
    yes: str  # what the button says that confirms it
    url: str  # of the place on the change page
    findings: tuple[dict, ...]  # what the checks ask to look at
    may_be_put_back: bool
    is_mine: bool  # this person has confirmed it

    @property
    def is_done(self) -> bool:
        return self.difference.confirmation is not None

    @property
    def takes_away(self) -> bool:
        """Whether patients will no longer read this, or no longer under this heading."""
        return bool(self.difference.loss) and not self.difference.before_order

    @property
    def is_to_do(self) -> bool:
        """Whether this person confirms it, or has just done so."""
        return self.is_mine if self.is_done else not self.why_not


@dataclass(frozen=True)
class Groups:
    """What is confirmed stays in its group for the one who has just confirmed it."""

    losses: list[Entry]
    order: list[Entry]  # of a list; nothing is lost
    safety: list[Entry]
    rest: list[Entry]
    confirmed: list[Entry]

    @property
    def rest_open(self) -> list[Entry]:
        return [entry for entry in self.rest_to_do if not entry.is_done]

    @property
    def rest_to_do(self) -> list[Entry]:
        return [entry for entry in self.rest if entry.is_to_do]

    @property
    def _one_by_one(self) -> list[Entry]:
        return [entry for entry in (*self.losses, *self.order, *self.safety) if entry.is_to_do]

    @property
    def number_done(self) -> int:
        """How many of them this person has confirmed."""
        return sum(entry.is_done for entry in (*self._one_by_one, *self.rest_to_do))

    @property
    def number_of_all(self) -> int:
        return len(self._one_by_one) + len(self.rest_to_do)

    @property
    def next_key(self) -> str:
        """Of what is to be confirmed next by itself; "" where nothing is."""
        following = (entry.difference.key for entry in self._one_by_one if not entry.is_done)
        return next(following, "")

    @property
    def for_others(self) -> list[Entry]:
        """What somebody else has to confirm."""
        entries = (*self.losses, *self.order, *self.safety, *self.rest)
        return [entry for entry in entries if entry.why_not and not entry.is_done]


def describe_differences(
    comparison: Comparison, snapshot: Snapshot, user, findings: Iterable[dict]
) -> Groups:
    """Everything that differs, for one person; `findings` as `describe_findings` has them."""
    treatment, document = snapshot.treatment, load_stored(snapshot.document)
    readers = Readers(treatment, comparison.differences)
    asked: dict[tuple[str, str], list[dict]] = {}
    for entry in findings:
        if entry["finding"].level == ASK:
            place = entry["finding"].place
            asked.setdefault((place.section, place.item), []).append(entry)
    page = page_of(treatment)

    def describe(difference: Difference) -> Entry:
        place, confirmation = difference.passage.place, difference.confirmation
        about = (
            asked.get((place.section, place.item), [])
            if difference.step.after and not confirmation
            else []
        )
        return Entry(
            difference,
            heading_of(place),
            _what(difference),
            tuple(_rows(difference, [entry["finding"] for entry in about])),
            tuple(_printed(difference, document)),
            readers.written(difference),
            "" if confirmation else readers.why_not(difference, user),
            _yes(difference),
            url_to(page, _to_edit(difference)),
            tuple(_with_words(entry, number, difference) for number, entry in enumerate(about, 1)),
            can_be_put_back(difference),
            bool(confirmation and confirmation.confirmed_by_id == user.pk),
        )

    entries = [describe(difference) for difference in comparison.differences]
    stay = [entry for entry in entries if not entry.is_done or _is_just_done(entry, snapshot)]
    others = [entry for entry in stay if not entry.difference.loss]
    losses = [entry for entry in entries if entry.takes_away]
    return Groups(
        sorted(losses, key=lambda entry: not entry.difference.is_safety),
        [entry for entry in entries if entry.difference.before_order],
        [entry for entry in others if entry.difference.one_by_one],
        [entry for entry in others if not entry.difference.one_by_one],
        [entry for entry in entries if entry not in stay and not entry.difference.loss],
    )


def _is_just_done(entry: Entry, snapshot: Snapshot) -> bool:
    confirmation = entry.difference.confirmation
    return entry.is_mine and confirmation.confirmed_at >= snapshot.saved_at


# --- Findings -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stop:
    """A place that stops publishing: its texts, and what the checks say about them."""

    where: str  # what the change page calls it
    url: str
    rows: tuple[Row, ...]
    findings: tuple[dict, ...]  # as `describe_findings` has them

    @property
    def may_be_waived(self) -> bool:
        return all(entry["may_be_waived"] for entry in self.findings)


def describe_stops(blocking: Iterable[dict], there: Sequence[Passage]) -> list[Stop]:
    """What stops publishing, place by place, with the very words marked in both texts.

    `there` has the passages of the pages as they would stand.
    """
    by_place: dict[Place, list[dict]] = {}
    for entry in blocking:
        by_place.setdefault(replace(entry["finding"].place, language=""), []).append(entry)
    return [_stop(place, entries, there) for place, entries in by_place.items()]


def _stop(place: Place, entries: Sequence[dict], there: Iterable[Passage]) -> Stop:
    languages, entries = {entry["finding"].language for entry in entries}, said_once(entries)
    findings, rows = [entry["finding"] for entry in entries], []
    for passage in (one for one in there if one.place == place.whole_item):
        for name, pair in passage.texts.items():
            if place.field in ("", name):
                row = Row("", _halves(pair, pair, findings, name))
                rows += [] if row in rows else [row]
    numbered = tuple({**entry, "mark": _mark(n)} for n, entry in enumerate(entries, 1))
    # Where all say that one language is wrong, an editor is led to that one.
    one, *others = languages
    place = replace(place, language="" if others else one)
    page = urlsplit(entries[0]["url"]).path
    return Stop(full_label(place), url_to(page, place), tuple(rows), numbered)


def _with_words(entry: dict, number: int, difference: Difference) -> dict:
    """A finding with the words of both languages that it is about."""
    finding = entry["finding"]
    name = finding.place.field if finding.place.section in LISTS else ""
    pair = difference.step.after.texts.get(name, Pair())
    words = [
        (code, pair[code][start:end])
        for code, spans in (("en", finding.english), ("bn", finding.bangla))
        for start, end in spans
    ]
    return {**entry, "mark": _mark(number), "words": words}


def _mark(number: int) -> int:
    return (number - 1) % KINDS_OF_MARKS + 1


Marks = Sequence[tuple[int, int, int]]  # where words stand in a text, and how they are marked


def _marks(findings: Iterable[Finding], name: str, language: str) -> Marks:
    return [
        (start, end, _mark(number))
        for number, finding in enumerate(findings, 1)
        if finding.place.field == name
        for start, end in (finding.english if language == "en" else finding.bangla)
    ]


def _pieces(spans: Iterable[Span], marks: Marks) -> Iterator[Span]:
    """The spans of a text, cut where words begin or end that a finding is about."""
    at = 0  # in the text of now
    for span in spans:
        if span.kind == REMOVED:
            yield Span(REMOVED, span.text)
            continue
        end = at + len(span.text)
        edges = {edge for start, stop, _kind in marks for edge in (start, stop) if at < edge < end}
        for first, last in pairwise(sorted({at, *edges, end})):
            mark = next((kind for start, stop, kind in marks if start <= first < stop), 0)
            yield Span(span.kind, span.text[first - at : last - at], mark)
        at = end


# --- Words ----------------------------------------------------------------------------------------


def _what(difference: Difference) -> str:
    if difference.loss:
        return str(Kind(difference.loss).label)
    if difference.is_new:
        return _("new")
    changed = _changed(difference)
    if changed == ["en"]:
        return _("changed in English only")
    if changed == ["bn"]:
        return _("changed in Bangla only")
    if difference.clears_mark:
        return _("no longer marked “to be confirmed by a doctor”")
    return _("changed") if changed or not difference.step.is_same else _("not confirmed yet")


def _changed(difference: Difference) -> list[str]:
    """The languages whose words are others than before."""
    before, after = difference.step.before, difference.step.after
    words = [
        {code: [pair[code] for pair in one.texts.values()] if one else [] for code in LANGUAGES}
        for one in (before, after)
    ]
    return [code for code in LANGUAGES if words[0][code] != words[1][code]]


def _to_edit(difference: Difference) -> Place:
    """The field of the change page that an editor wants to be led to."""
    place, (language, *_others) = difference.passage.place, _changed(difference) or LANGUAGES
    part = LISTS.get(place.section)
    return replace(place, field=part.model.pairs[0] if part else "", language=language)


def _yes(difference: Difference) -> str:
    if difference.clears_mark and not difference.loss and not _changed(difference):
        return _("Yes, a doctor has looked at it")
    return {
        Kind.TAKEN_AWAY: _("Yes, take it away"),
        Kind.PRINTED_OTHERWISE: _("Yes, change it"),
        Kind.REORDERED: _("Yes, in this order"),
    }.get(difference.loss, _("Both say the same"))


def _rows(difference: Difference, asked: Sequence[Finding]) -> Iterator[Row]:
    if difference.before_order:
        yield _order_row(difference)
        return
    before, after = difference.step.before, difference.step.after
    part = LISTS.get(difference.passage.place.section)
    for name in difference.passage.texts:
        was, now = (one.texts.get(name, Pair()) if one else Pair() for one in (before, after))
        if before is None and name in difference.last_words:
            was = Pair(**difference.last_words[name])
        if was == now == Pair():
            continue
        label = ""
        if part and len(part.model.pairs) > 1:
            label = capfirst(part.model._meta.get_field(name).verbose_name)
        yield Row(str(label), _halves(was, now, asked, name))


def _halves(
    was: Pair, now: Pair, findings: Sequence[Finding] = (), field: str = ""
) -> Mapping[str, tuple[Span, ...]]:
    return {
        code: tuple(_pieces(word_spans(was[code], now[code]), _marks(findings, field, code)))
        for code in LANGUAGES
    }


def _order_row(difference: Difference) -> Row:
    """The list as it will be, with what moved also struck out where it stood."""
    before, after = difference.before_order, difference.new_list
    is_now = {was.place: now for was, now in continued(before, difference.after_order)}
    old, new = [is_now[passage.place].place for passage in before], [one.place for one in after]
    halves: dict[str, list[Span]] = {code: [] for code in LANGUAGES}
    for tag, i, j, k, l in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():  # noqa: E741
        lines = [
            (SAME if tag == "equal" else ADDED, f"{at + 1}. ", after[at]) for at in range(k, l)
        ]
        if tag != "equal":
            lines = [*((REMOVED, "", passage) for passage in before[i:j]), *lines]
        for code in LANGUAGES:
            for kind, number, passage in lines:
                words = Span(kind, _first_words(passage, code))
                halves[code] += [Span(SAME, digits_in(code, number)), words, Span(SAME, "\n")]
    return Row("", {code: tuple(spans) for code, spans in halves.items()})


def _first_words(passage: Passage, language: str) -> str:
    return next((pair[language] for pair in passage.texts.values() if pair[language]), "")


def _printed(difference: Difference, document: Document) -> Iterator[Row]:
    """What stands beside the words: all of something new, else where it is another than before."""
    before, after = difference.step.before, difference.step.after
    part = LISTS.get(difference.passage.place.section)
    if part is None or after is None or difference.before_order:
        return
    was, now = (_typed(passage) if passage else {} for passage in (before, after))
    for name in ("to_confirm", *(() if part.is_photo else part.model.typed)):
        if was.get(name) != now.get(name):
            place = replace(difference.passage.place, field=name)
            old, new = (value_label(place, one.get(name), document) for one in (was, now))
            pieces = [Span(REMOVED, old)] if before and old else []
            pieces += [Span(ADDED if before else SAME, new)] if new else []
            yield Row(part.field_label(place), {"": tuple(pieces)})


def _typed(passage: Passage) -> Mapping:
    return next(iter(passage.values.values()), {})
