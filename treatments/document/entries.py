"""Items as they are read apart from their page: with the heading and the question they stand under.

A tip under “Do not” says the opposite where that is missing. So whatever shows single items takes
them from here.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Answer, OtherOption
from .content import Edition, EditionItem


@dataclass(frozen=True)
class Heading:
    """What the items stand under whose typed field has a value."""

    value: str
    label: str | Promise = ""
    kind: str = ""  # "danger" or "care" of a card


@dataclass(frozen=True)
class Headings:
    """The headings within a section, and the typed field of its items that says which."""

    field: str
    headings: tuple[Heading, ...]


HEADINGS = {
    "contraindications": Headings(
        "level",
        (
            Heading("must_not", gettext_lazy("Do not have this treatment if"), "danger"),
            Heading("tell_us", gettext_lazy("Tell us first if"), "care"),
        ),
    ),
    "help_signs": Headings(
        "urgency",
        (
            Heading(
                "emergency", gettext_lazy("Go to the nearest emergency department now if"), "danger"
            ),
            Heading("call", gettext_lazy("Stop and call the clinic if"), "care"),
        ),
    ),
    "aftercare": Headings(
        "kind", (Heading("do", gettext_lazy("Do")), Heading("do_not", gettext_lazy("Do not")))
    ),
    "side_effects": Headings(
        "frequency",
        (
            Heading("common", gettext_lazy("Common")),
            Heading("uncommon", gettext_lazy("Uncommon")),
            Heading("rare", gettext_lazy("Rare")),
        ),
    ),
    "evidence": Headings(
        "kind",
        (Heading("study"), Heading("elsewhere", gettext_lazy("Figures you may read elsewhere"))),
    ),
}

# What is asked or said before a text; an option's are its questions.
_LABELS = {
    ("evidence", "measured"): gettext_lazy("What was measured"),
    ("evidence", "caution"): gettext_lazy("How sure one can be"),
}
_TITLES = {"procedure": "title", "other_options": "name", "questions": "question"}
# Asked in the check before booking.
NOT_ON_THE_PAGE = {("contraindications", "question")}


@dataclass(frozen=True)
class Line:
    text: str
    label: str = ""  # the question that it answers, where it says too little without


@dataclass(frozen=True)
class Entry:
    """One passage as it is read today."""

    lines: tuple[Line, ...]
    title: str = ""
    number: int | None = None  # of a step
    to_confirm: bool = False


@dataclass(frozen=True)
class Group:
    """What stands together in a section, under a heading such as “Tell us first if” or none."""

    label: str | Promise
    kind: str  # "danger" or "care" where the page has it in such a card
    entries: tuple[Entry, ...]


def groups(key: str, uids: Collection[str], edition: Edition) -> Iterator[Group]:
    """Those of a section's items, in the active language, which is the edition's; danger first."""
    numbered = [pair for pair in enumerate(edition.items(key), 1) if pair[1].uid in uids]
    under = HEADINGS.get(key) or Headings("", (Heading(""),))
    for heading in sorted(under.headings, key=lambda heading: heading.kind != "danger"):
        entries = tuple(
            replace(entry_of(key, item), number=number if key == "procedure" else None)
            for number, item in numbered
            if not under.field or item.values[under.field] == heading.value
        )
        if entries:
            yield Group(heading.label, heading.kind, entries)


def entry_of(key: str, item: EditionItem) -> Entry:
    title = item.words.get(_TITLES.get(key, ""), "")
    if key == "answers":
        title = str(Answer.About(item.about).label)
    lines = [
        Line(text, _label(key, name))
        for name, text in item.words.items()
        if text and name != _TITLES.get(key) and (key, name) not in NOT_ON_THE_PAGE
    ]
    if key == "sources":
        title = str(item.values["citation"] or "")
        if item.values.get("standing"):
            lines.insert(0, Line(_("Withdrawn: do not rely on it.")))
    return Entry(tuple(lines), title, to_confirm=item.to_confirm)


def _label(key: str, name: str) -> str:
    if key == "other_options":
        return str(capfirst(OtherOption._meta.get_field(name).verbose_name))
    return f"{label}:" if (label := _LABELS.get((key, name))) else ""
