"""The change page: the page as patients read it, both languages side by side, each text with how
it stands and what is still to be done about it.

Read from the newest snapshot alone; what a text's form says is in `texts`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from html import unescape

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils import timezone
from django.utils.html import escape, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator, capfirst
from django.utils.translation import get_language, gettext_lazy, override

from ..checks import ADVICE, ASK
from ..document.content import Document, DocumentItem, editions_of
from ..document.passages import passages
from ..document.places import LISTS, PARTS, Place, value_label
from ..document.rows import document_of
from ..document.sections import PROSE, SECTIONS, Section
from ..models import LANGUAGES, PLAN, PLAN_LABELS, Answer, Confirmation, Snapshot, Treatment
from ..publishing.authorship import digest_of
from ..publishing.comparison import read_of
from ..publishing.preflight import live_publications
from ..publishing.put_back import place_before
from . import findings
from .findings import slot_of, text_at

# What stands before the sections of the page and behind them: (key, heading, its texts).
HEAD = (
    ("head", gettext_lazy("Title and summary"), ("prose/title", "prose/summary")),
    ("plan", gettext_lazy("The plan in numbers"), ("plan", "result_lasts/result_lasts")),
)
TAIL = (
    (
        "about",
        gettext_lazy("About this page"),
        ("body_areas", "prose/search_description", "prose/translated_by"),
    ),
)


SHOWN_NEEDS = 8
PUT_BACK_WITHIN = timedelta(hours=1)  # of its deletion, what was never published
_SAVES = 10  # how many saves back it is looked for
ROWS = "rows"  # where several new texts of a list are written at once


def is_written_in_rows(section: Section) -> bool:
    """Whether each text of a list says all it has to in one field of both languages."""
    model = section.model
    return model.pairs[0] == "text" and model is not Answer  # each answers another question


# --- A text ---------------------------------------------------------------------------------------

GONE, STOP, EMPTY, LOOK, OPEN, CONFIRMED, NOTHING = (
    "gone", "stop", "empty", "look", "open", "confirmed", "nothing",
)  # fmt: skip
TO_DO = (STOP, EMPTY, LOOK, OPEN)
ICONS = {
    GONE: "cross", STOP: "alert", EMPTY: "pen", LOOK: "glass", OPEN: "same", CONFIRMED: "done",
    NOTHING: "pen",
}  # fmt: skip

OWN_ICONS = {"head": "paper", "plan": "calendar", "answers": "speak", "about": "glass"}


def item_in_address(place: Place) -> str:
    return place.item or "-"


@dataclass(frozen=True)
class Field:
    """What one field of a text says in each language, as HTML; `label` is empty for the first."""

    label: str
    halves: Mapping[str, SafeString]


@dataclass(frozen=True)
class Text:
    """What is read, edited and confirmed as one."""

    place: Place
    kind: str  # what staff call it: reason, step, title
    fields: tuple[Field, ...]
    typed: tuple[tuple[str, str], ...] = ()  # label and value of what belongs to neither language
    image: str = ""
    to_confirm: bool = False
    is_gone: bool = False  # patients read it, and the draft does not say it any more
    findings: tuple[dict, ...] = ()
    confirmation: Confirmation | None = None
    is_read: bool = False  # nobody has to confirm anything of it
    shown: str = ""  # a digest of what it says in both languages

    @property
    def item(self) -> str:
        """What its address ends in; "-" where a section is one text."""
        return item_in_address(self.place)

    @property
    def slot(self) -> str:
        return slot_of(self.place)

    @property
    def anchor(self) -> str:
        return f"text-{self.slot}"

    @property
    def icon(self) -> str:
        return ICONS[self.state]

    @property
    def is_said_in(self) -> set[str]:
        return {code for code in LANGUAGES if any(one.halves.get(code) for one in self.fields)}

    @property
    def name(self) -> str:
        """Its first words, for lists and for who cannot see where it stands."""
        first = get_language() or LANGUAGES[0]
        codes = sorted(LANGUAGES, key=lambda code: code != first)
        said = (one.halves.get(code, "") for code in codes for one in self.fields)
        words = unescape(strip_tags(next(filter(None, said), "").replace("<br>", " ")))
        return Truncator(" ".join(words.split())).chars(60) or str(self.kind)

    @cached_property
    def state(self) -> str:
        if self.is_gone:
            return GONE
        if any(entry["blocking"] for entry in self.findings):
            # A page may be in one language only; where it is in both, a check says what is missing.
            return EMPTY if len(self.is_said_in) == 1 else STOP
        if any(entry["finding"].level == ASK for entry in self.findings):
            return LOOK
        if not self.is_said_in and not self.typed:
            return NOTHING
        return CONFIRMED if self.is_read else OPEN

    @property
    def needs_work(self) -> bool:
        return self.state in TO_DO


@dataclass(frozen=True)
class Group:
    """A section of the page."""

    key: str
    headings: Mapping[str, str]
    texts: tuple[Text, ...]
    section: Section | None = None  # where items may be added
    findings: tuple[dict, ...] = ()  # of the section as a whole

    @property
    def icon(self) -> str:
        """The section's own sign, as patients see it."""
        return OWN_ICONS.get(self.key, self.key)

    @property
    def heading(self) -> str:
        return self.headings[get_language() or LANGUAGES[0]]

    @property
    def other_language(self) -> str:
        return next(code for code in LANGUAGES if code != get_language())

    @property
    def other_heading(self) -> str:
        return self.headings[self.other_language]

    @property
    def kind(self) -> str:
        """What is added here."""
        return str(self.section.model._meta.verbose_name) if self.section else ""

    @property
    def has_rows(self) -> bool:
        return bool(self.section and is_written_in_rows(self.section))

    @property
    def number_to_do(self) -> int:
        return sum(text.needs_work for text in self.texts) + len(self.stops)

    @property
    def is_empty(self) -> bool:
        return all(text.state in (NOTHING, GONE) for text in self.texts)

    @property
    def stops(self) -> list[dict]:
        return [entry for entry in self.findings if entry["finding"].level != ADVICE]


@dataclass(frozen=True)
class Sheet:
    """The whole of it."""

    treatment: Treatment
    snapshot: Snapshot
    groups: tuple[Group, ...]

    @cached_property
    def by_place(self) -> Mapping[Place, tuple[Group, Text]]:
        return {text.place: (group, text) for group in self.groups for text in group.texts}

    @cached_property
    def needs(self) -> list[tuple[Group, Text | None, dict | None]]:
        """What the page still needs before it can go live, in its order."""
        found: list[tuple[Group, Text | None, dict | None]] = []
        for group in self.groups:
            found += [(group, None, entry) for entry in group.stops]
            found += [(group, text, None) for text in group.texts if text.needs_work]
        return found

    @property
    def first_needs(self) -> list[tuple[Group, Text | None, dict | None]]:
        return self.needs[:SHOWN_NEEDS]

    @property
    def number_further(self) -> int:
        return max(len(self.needs) - SHOWN_NEEDS, 0)

    @property
    def first_need(self) -> str:
        """The anchor of the first thing to do."""
        group, text, _entry = self.needs[0]
        return text.anchor if text else f"group-{group.key}"


# --- Reading it -----------------------------------------------------------------------------------


def sheet_of(snapshot: Snapshot, reader: AbstractBaseUser) -> Sheet:
    """The change page of a draft as it was last saved.

    What patients read, or what the reader may have deleted of late, stands in it as gone.
    """
    treatment, document = snapshot.treatment, document_of(snapshot)
    states = _states(document, treatment)
    unread = {place for place, state in states.items() if not state.is_read}
    _all, by_item = findings.describe_draft(snapshot, unread)
    said = _by_text(by_item)
    live = {
        row.snapshot_id: row.snapshot
        for row in live_publications(treatment, timezone.now()).values()
    }
    said_before = dict(live)
    said_before |= _before_saves_of(reader, snapshot, published=max(said_before, default=0))
    newest_first = sorted({*said_before} - {snapshot.pk}, reverse=True)
    earlier = {pk: document_of(said_before[pk]) for pk in newest_first}
    read = [earlier[pk] for pk in live if pk in earlier]

    by_text: dict[Place, list[_State]] = {}
    for place, state in states.items():
        by_text.setdefault(text_at(place), []).append(state)

    def finished(text: Text) -> Text:
        if text.is_gone:
            return text
        own = by_text.get(text.place, ())
        rows = (state.confirmation for state in own if state.confirmation)
        return replace(
            text,
            findings=tuple(said.pop(text.place, ())),
            confirmation=max(rows, key=lambda row: row.confirmed_at, default=None),
            is_read=bool(own) and all(state.is_read for state in own),
            shown=digest_of(*(digest for state in own for digest in state.digests)),
        )

    groups = []
    for group in _groups(document, earlier.values(), read):
        texts = tuple(finished(text) for text in group.texts)
        own = tuple(findings.said_once(said.pop(Place(group.key), ())))
        groups.append(replace(group, texts=texts, findings=own))
    # What is about nothing that is there stands at the page's head.
    left = tuple(entry for entries in said.values() for entry in entries)
    groups[0] = replace(groups[0], findings=(*groups[0].findings, *left))
    return Sheet(treatment, snapshot, tuple(groups))


def _before_saves_of(
    reader: AbstractBaseUser, snapshot: Snapshot, *, published: int
) -> Mapping[int, Snapshot]:
    """The newest versions as they stood before each save of the reader's within the last hour.

    From what was `published` on, which says itself what it said.
    """
    versions = snapshot.treatment.snapshots
    since = timezone.now() - PUT_BACK_WITHIN
    newest = list(versions.values_list("pk", "saved_by", "saved_at")[: _SAVES + 1])
    own = [
        at
        for at, (pk, saved_by, saved_at) in enumerate(newest)
        if saved_by == reader.pk and saved_at >= since and pk > published
    ]
    return versions.in_bulk([pk for pk, *_rest in newest[1 : own[-1] + 2]]) if own else {}


def shown_at(snapshot: Snapshot, place: Place) -> str:
    """A digest of what a text says in both languages, as `Text.shown` has it."""
    there = passages(*editions_of(document_of(snapshot)).values())
    return digest_of(*(passage.digest for passage in there if text_at(passage.place) == place))


def _by_text(by_item: Mapping[Place, Iterable[dict]]) -> dict[Place, list[dict]]:
    result: dict[Place, list[dict]] = {}
    for place, entries in by_item.items():
        result.setdefault(text_at(place), []).extend(entries)
    return result


@dataclass(frozen=True)
class _State:
    """How an item, or a field of prose, stands: all its passages together."""

    confirmation: Confirmation | None  # the last one
    is_read: bool  # nothing of it waits for anybody
    digests: tuple[str, ...]


def _states(document: Document, treatment: Treatment) -> dict[Place, _State]:
    editions, read = editions_of(document), read_of(treatment)
    there = [code for code, edition in editions.items() if edition]
    states: dict[Place, _State] = {}
    for passage in passages(*editions.values()):
        confirmation = read.of(passage, there)
        before = states.get(passage.place.whole_item, _State(None, True, ()))
        states[passage.place.whole_item] = _State(
            confirmation or before.confirmation,
            before.is_read and bool(confirmation),
            (*before.digests, passage.digest),
        )
    return states


def _groups(
    document: Document, earlier: Iterable[Document], read: Iterable[Document]
) -> Iterator[Group]:
    for key, heading, named in HEAD:
        yield _plain_group(document, key, heading, named)
    for section in SECTIONS:
        texts = tuple(_items(document, section, earlier, read))
        yield Group(section.key, _in_both(section.heading), texts, section)
    for key, heading, named in TAIL:
        yield _plain_group(document, key, heading, named)


def _in_both(heading) -> dict[str, str]:
    result = {}
    for code in LANGUAGES:
        with override(code):
            result[code] = str(heading)
    return result


def _plain_group(document: Document, key: str, heading, named: Iterable[str]) -> Group:
    texts = (_single(document, Place(*name.split("/"))) for name in named)
    return Group(key, _in_both(heading), tuple(_under(heading, text) for text in texts))


def _under(heading, text: Text) -> Text:
    """With its name over it where the section is not called so."""
    if text.kind == str(heading):
        return text
    return replace(text, fields=tuple(replace(one, label=text.kind) for one in text.fields))


def _single(document: Document, place: Place) -> Text:
    """A text that is no item of a list."""
    if place.section == "plan":
        return _plan(document, place)
    part = PARTS[place.section]
    halves = part.halves(document, place.item)
    kind = str(PROSE.get(place.item) or part.heading(place))
    shown = {code: escape(text) for code, text in halves.items()}
    return Text(place, kind, (Field("", shown),))


def _plan(document: Document, place: Place) -> Text:
    """The sentences that patients read of its numbers, and what the treatment is done with."""
    plan, shown = document.plan, {}
    for code in LANGUAGES if plan.amounts else ():
        with override(code):
            sentences = [plan.sentence(name, code) for name in PLAN if name in plan.amounts]
        shown[code] = mark_safe("<br>".join(sentences))  # words of the catalogue
    kind = PARTS["plan"].halves(document, "kind")[""]
    values = ((str(PLAN_LABELS["kind"]), kind),) if kind else ()
    fields = (Field("", shown),) if shown else ()
    return Text(place, str(PARTS["plan"].heading(place)), fields, values)


def _items(
    document: Document, section: Section, earlier: Iterable[Document], read: Iterable[Document]
) -> Iterator[Text]:
    """The items of a list; what an earlier one said stands as gone where it would be put back.

    The newest of the `earlier` ones comes first. What patients `read` is shown in their words.
    """
    words = {item.uid: item for edition in read for item in edition.items(section.key)}
    listed = [(item, False) for item in document.items(section.key)]
    for edition in earlier:
        order = [item.uid for item in edition.items(section.key)]
        for item in edition.items(section.key):
            now = [each.uid for each, _ in listed]
            if item.uid not in now:
                shown = words.get(item.uid, item)
                listed.insert(place_before(now, order, item.uid), (shown, True))
    for item, is_gone in listed:
        yield _of_item(document, section, item, is_gone)


def _of_item(document: Document, section: Section, item: DocumentItem, is_gone: bool) -> Text:
    model, part = section.model, LISTS[section.key]
    fields = []
    for name, pair in item.pairs.items():
        place = Place(section.key, item.uid, name)
        if not fields or pair.en or pair.bn:
            label = str(part.field_label(place)) if fields else ""
            halves = {code: _html(pair[code], part.is_rich(place)) for code in LANGUAGES}
            fields.append(Field(label, halves))
    typed = []
    for name in model.typed:
        value = item.values.get(name)
        if value not in (None, "") and name not in ("image", "width", "height"):
            place = Place(section.key, item.uid, name)
            typed.append((part.field_label(place), value_label(place, value, document)))
    return Text(
        Place(section.key, item.uid),
        str(capfirst(str(model._meta.verbose_name))),
        tuple(fields),
        tuple(typed),
        str(item.values.get("image") or "") if part.is_photo else "",
        item.to_confirm,
        is_gone,
    )


def _html(text: str, is_rich: bool) -> SafeString:
    """A stored text as HTML: rich text was cleaned when it was kept."""
    return mark_safe(text) if is_rich else escape(text)
