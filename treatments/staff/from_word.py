"""A page begun from a Word file: what was found in it, shown before anything is made of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..document.content import Document, Pair
from ..document.json_form import DocumentError, parse
from ..language.active import in_active_digits
from ..models import LANGUAGES
from ..word_file.blocks import Reading, reading_from_json
from ..word_file.drafting import (
    document_of,
    has_sure_pairs,
    label_of,
    labels_in,
    longest_in,
    places_for,
    size_of,
    undecided,
)
from ..word_file.headings import CHOICES, SUMMARY
from ..word_file.layout import Layout, Part, layout_of
from ..word_file.package import MOST_SENT, TOO_LARGE, WordFileError
from ..word_file.reading import KINDS_LEFT_OUT, NOT_TAKEN, TO_LOOK_AT, read_word_file

LEAVE_OUT = "-"
NOT_WHOLE = gettext_lazy("What was read from the file did not come back whole. Choose it again.")


def read_upload(upload) -> Reading:
    """What stands in an uploaded file. Raises WordFileError."""
    if upload.size > MOST_SENT:
        raise WordFileError(TOO_LARGE)
    return read_word_file(upload.read(), upload.name)


def read_again(sent: str) -> Reading:
    """What the page before has sent along. Raises WordFileError."""
    try:
        return reading_from_json(sent, KINDS_LEFT_OUT)
    except ValueError as error:
        raise WordFileError(NOT_WHOLE) from error


# What it is called, the words of each, and how many have none.
Kind = tuple[str | Promise, list[str], int]


@dataclass(frozen=True)
class Row:
    """A heading of the file as the page shows it."""

    part: Part
    field: forms.BoundField | None  # None where there is nothing to take
    value: str  # what the texts right under it are
    sub_headings: list[tuple[Pair, str]]  # each with what it sets
    remarks: list[str]
    asked: list[Pair]  # the texts whose place or value nothing says

    @property
    def is_matched(self) -> bool:
        return not self.remarks


class MatchForm(forms.Form):
    """Which section of the page each heading of the file belongs to."""

    def __init__(self, reading: Reading, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.reading = reading
        self.layout: Layout = layout_of(reading)
        for number, part in enumerate(self.layout.parts):
            if part.has_texts:
                self.fields[f"section_{number}"] = forms.ChoiceField(
                    choices=[("", _("Choose…")), *places_for(part), (LEAVE_OUT, _("Leave it out"))],
                    initial="" if undecided(part, part.section) else part.section,
                    error_messages={"required": _("Choose a section, or leave it out.")},
                )

    def clean(self):
        cleaned = super().clean()
        for name, part, place in self._chosen():
            section = place.partition("/")[0]
            longest = max((len(text) for text in _texts_of(part, section)), default=0)
            if section and longest > longest_in(section):
                numbers = {"longest": longest, "most": longest_in(section)}
                self.add_error(name, _(
                    "A text here has %(longest)d letters; at most %(most)d fit in one. Part it in "
                    "Word and choose the file again, choose another section, or leave it out."
                ) % numbers)  # fmt: skip
        if not self.errors:
            try:
                self.document: Document = parse(self._document().json)
            except DocumentError as error:
                self.add_error(None, str(error))
        return cleaned

    def _chosen(self) -> Iterator[tuple[str, Part, str]]:
        for number, part in enumerate(self.layout.parts):
            name = f"section_{number}"
            place = self.cleaned_data.get(name, "")
            yield name, part, "" if place == LEAVE_OUT else place

    def _document(self) -> Document:
        return document_of([(part, place) for _name, part, place in self._chosen()])

    @property
    def texts_taken(self) -> int:
        return sum(size_of(part) for _name, part, place in self._chosen() if place)

    @property
    def texts(self) -> int:
        return sum(map(size_of, self.layout.parts))

    @property
    def languages(self) -> str:
        """Which languages the file is in."""
        found = set().union(*(part.languages for part in self.layout.parts))
        if len(found) == len(LANGUAGES):
            return _("English and Bangla found")
        return {"en": _("only English found"), "bn": _("only Bangla found")}.get("".join(found), "")

    @property
    def rows(self) -> Iterator[Row]:
        for number, part in enumerate(self.layout.parts):
            name = f"section_{number}"
            field = self[name] if name in self.fields else None
            first = part.groups[0]
            value = label_of(part.section, first.value_in(part.section)) if first.texts else ""
            sub_headings = list(_sub_headings(part))
            yield Row(part, field, value, sub_headings, list(_remarks(part)), list(_asked(part)))

    @property
    def not_taken(self) -> list[Kind]:
        """What does not come along."""
        kinds = list(self._left_out(NOT_TAKEN))
        if bare := self.layout.bare_headings:
            kinds.append((gettext_lazy("Headings under which nothing stands"), bare, 0))
        return kinds

    @property
    def to_look_at(self) -> list[Kind]:
        return list(self._left_out(TO_LOOK_AT))

    def _left_out(self, kinds: dict) -> Iterator[Kind]:
        for kind, label in kinds.items():
            said = [one.words for one in self.reading.left_out if one.kind == kind]
            if said:
                yield label, [text for text in said if text], said.count("")


def _texts_of(part: Part, section: str) -> Iterator[str]:
    for code in LANGUAGES:
        texts = [one.words[code] for one in part.blocks if one.words[code]]
        yield from [" ".join(texts)] if section == SUMMARY else texts


def _sub_headings(part: Part) -> Iterator[tuple[Pair, str]]:
    for group in part.groups:
        if group.sub_heading != Pair():
            yield group.sub_heading, label_of(part.section, group.value_in(part.section))


def _asked(part: Part) -> Iterator[Pair]:
    groups = undecided(part, part.section) if part.section else part.groups
    yield from (block.words for group in groups for block in group.texts)


def _remarks(part: Part) -> Iterator[str]:
    counts = part.counts
    if undecided(part, part.section):
        yield _(
            "The section is “%(section)s”, but no heading says what these texts are there: %(values)s. "
            "Look at them, and choose it."
        ) % {
            "section": dict(CHOICES)[part.section],
            "values": ", ".join(f"“{label}”" for label in labels_in(part.section)),
        }
    if part.has_texts and not part.section:
        if part.has_heading_as_text:
            yield _(
                "This line may be a heading or a text, so it comes along as a text. Choose where it "
                "and the texts under it belong, or leave them out."
            )
        elif part.heading == Pair():
            yield _("This stands under no heading. Choose a section, or leave it out.")
        else:
            yield _(
                "No section is called like this. Choose one, or leave it out. The heading itself does "
                "not come along."
            )
    said = ""
    if not has_sure_pairs(part):
        said = _(
            "%(en)d in English, %(bn)d in Bangla, and which belong together is not certain: read each "
            "text beside its translation on the page."
        )
    elif part.has_texts and counts["en"] != counts["bn"]:
        said = _("%(en)d in English, %(bn)d in Bangla: you will see which one is missing.")
    if said:
        yield in_active_digits(said % counts)
