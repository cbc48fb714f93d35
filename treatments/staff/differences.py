"""What will be different for patients, in the words of the publish page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from ..document.content import Document, Pair
from ..document.diff import Span, word_spans
from ..document.passages import Passage
from ..document.places import LISTS, anchor_of, heading_of, value_label
from ..models import LANGUAGES, Authorship, Confirmation, Treatment
from ..publishing.confirmations import Comparison, Difference, Readers
from ..publishing.put_back import can_be_put_back

Kind = Confirmation.Kind


@dataclass(frozen=True)
class Row:
    """One field of a passage: the words of before and after in one, by language."""

    label: str
    halves: Mapping[str, tuple[Span, ...]]


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
    url: str  # of the place on the change page
    findings: list[dict] = field(default_factory=list)  # what the checks ask to look at
    may_be_put_back: bool = False


@dataclass(frozen=True)
class Groups:
    losses: list[Entry]
    safety: list[Entry]
    rest: list[Entry]
    confirmed: list[Entry]

    @property
    def open_losses(self) -> list[Entry]:
        return [entry for entry in self.losses if not entry.difference.confirmation]

    @property
    def number_open(self) -> int:
        return len(self.open_losses) + len(self.safety) + len(self.rest)


def describe_differences(
    comparison: Comparison, treatment: Treatment, user, findings: Iterable[dict]
) -> Groups:
    readers = Readers(treatment, comparison.differences)
    by_place: dict[tuple[str, str], list[dict]] = {}
    for entry in findings:
        place = entry["finding"].place
        by_place.setdefault((place.section, place.item), []).append(entry)
    change = reverse("admin:treatments_treatment_change", args=[treatment.pk])

    def describe(difference: Difference) -> Entry:
        place = difference.passage.place
        return Entry(
            difference,
            heading_of(place),
            _what(difference),
            tuple(_rows(difference)),
            tuple(_printed(difference)),
            readers.written(difference),
            readers.why_not(difference, user),
            f"{change}#{anchor_of(place)}",
            _findings_about(difference, by_place.get((place.section, place.item), [])),
            can_be_put_back(difference),
        )

    return Groups(
        *([describe(each) for each in group] for group in (
            comparison.losses, comparison.safety, comparison.rest, comparison.confirmed
        ))
    )  # fmt: skip


def _findings_about(difference: Difference, findings: Iterable[dict]) -> list[dict]:
    block = difference.passage.place.field  # of prose with several paragraphs
    return [
        entry
        for entry in findings
        if difference.step.after and (not block or entry["finding"].place.field in ("", block))
    ]


def _what(difference: Difference) -> str:
    before, after = difference.step.before, difference.step.after
    if difference.loss:
        return str(Kind(difference.loss).label)
    if before is None:
        return _("new")
    changed = [
        code
        for code in LANGUAGES
        if [pair[code] for pair in before.texts.values()]
        != [pair[code] for pair in after.texts.values()]
    ]
    if changed == ["en"]:
        return _("changed in English only")
    if changed == ["bn"]:
        return _("changed in Bangla only")
    if difference.clears_mark:
        return _("no longer marked “to be confirmed by a doctor”")
    return _("changed") if changed or not difference.step.is_same else _("not confirmed yet")


def _rows(difference: Difference) -> Iterable[Row]:
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
            label = part.model._meta.get_field(name).verbose_name
        yield Row(str(label), {code: word_spans(was[code], now[code]) for code in LANGUAGES})


def _order_row(difference: Difference) -> Row:
    orders = [
        {
            code: "\n".join(
                f"{number}. {_first_words(passage, code)}" for number, passage in enumerate(one, 1)
            )
            for code in LANGUAGES
        }
        for one in (difference.before_order, difference.after_order)
    ]
    return Row("", {code: word_spans(orders[0][code], orders[1][code]) for code in LANGUAGES})


def _first_words(passage: Passage, language: str) -> str:
    return next((pair[language] for pair in passage.texts.values() if pair[language]), "")


def _printed(difference: Difference) -> Iterable[Row]:
    """What stands beside the words, where it is another than before."""
    before, after = difference.step.before, difference.step.after
    part = LISTS.get(difference.passage.place.section)
    if part is None or before is None or after is None or difference.before_order:
        return
    was, now = (_typed(passage) for passage in (before, after))
    for name in ("to_confirm", *(() if part.is_photo else part.model.typed)):
        if was.get(name) != now.get(name):
            place = replace(difference.passage.place, field=name)
            old, new = (value_label(place, values.get(name), Document()) for values in (was, now))
            yield Row(part.field_label(place), {"": word_spans(old, new)})


def _typed(passage: Passage) -> Mapping:
    return next(iter(passage.values.values()), {})
