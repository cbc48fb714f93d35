"""The document: everything one treatment's page says, both languages side by side.

It has one JSON form, which is the fixture file, the history entry, the publication and the export:
equal content gives equal bytes. `from_rows` and `to_rows` are inverse to each other.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.functional import cached_property

from ..language import rich_text
from ..language.rich_text import plain_text
from ..language.text import format_json
from ..models import LANGUAGES, TreatmentProse
from .plan import Plan, plain_plan
from .sections import RUNNING_TEXT, SECTIONS, SOURCED, Section

SCHEMA = 6

# Fields that items gained later. While one of these is empty it stands neither in the JSON form nor
# in a digest: what is bound to the words of before (a review, a confirmation, a waiver) still holds.
YOUNGER = frozenset(
    ("pictogram", "unsure", "origin", "kind", "standing", "works", "harm", "time", "not_for")
)


Value = str | int | Decimal | None


@dataclass(frozen=True)
class Pair:
    en: str = ""
    bn: str = ""

    def __getitem__(self, language: str) -> str:
        return getattr(self, language)


@dataclass(frozen=True)
class DocumentItem:
    uid: str
    to_confirm: bool
    values: Mapping[str, Value]  # typed fields of the section's model, None where there is none
    pairs: Mapping[str, Pair]  # the model's rich ones hold sanitised HTML


@dataclass(frozen=True)
class Document:
    body_areas: Mapping[str, Pair] = field(default_factory=dict)  # key → name, as they are shown
    plan: Plan = field(default_factory=Plan)
    result_lasts: Pair = Pair()
    # A language without a row is None.
    prose: Mapping[str, Mapping[str, str] | None] = field(
        default_factory=lambda: dict.fromkeys(LANGUAGES)
    )
    sections: Mapping[str, tuple[DocumentItem, ...]] = field(default_factory=dict)

    def items(self, key: str) -> tuple[DocumentItem, ...]:
        return self.sections.get(key, ())

    def item(self, key: str, uid: str) -> DocumentItem | None:
        return self._by_uid.get((key, uid))

    @cached_property
    def _by_uid(self) -> Mapping[tuple[str, str], DocumentItem]:
        return {(key, item.uid): item for key, items in self.sections.items() for item in items}

    @cached_property
    def to_confirm(self) -> frozenset[tuple[str, str]]:
        """The items that readers see marked, as (section key, uid)."""
        return frozenset(
            (key, item.uid)
            for key, items in self.sections.items()
            for item in items
            if item.to_confirm
        )

    @cached_property
    def sources_named(self) -> frozenset[str]:
        """The uids of the sources that its items rest on."""
        return frozenset(
            item.values[name]
            for section, name in SOURCED
            for item in self.items(section.key)
            if item.values[name]
        )

    @cached_property
    def in_languages(self) -> Mapping[str, "Edition"]:
        return {code: _in_language(self, code) for code in LANGUAGES}

    @cached_property
    def json(self) -> str:
        """The one JSON form, ending in a line break."""
        return format_json(_plain(self))

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(self.json.encode()).hexdigest()


# --- One language of it -------------------------------------------------------------------------


@dataclass(frozen=True)
class EditionItem:
    uid: str
    to_confirm: bool
    values: Mapping[str, Value]
    texts: Mapping[str, str]
    rich: tuple[str, ...] = ()  # which of the texts are HTML

    @cached_property
    def words(self) -> Mapping[str, str]:
        """Its texts without markup."""
        return {
            name: plain_text(text) if name in self.rich else text
            for name, text in self.texts.items()
        }

    def __getattr__(self, name: str) -> Any:
        # item.text, item.level: what templates and checks read.
        for mapping in (self.__dict__.get("texts", {}), self.__dict__.get("values", {})):
            if name in mapping:
                return mapping[name]
        raise AttributeError(name)


@dataclass(frozen=True, eq=False)
class Edition:
    """A document seen in one language: what a page shows and what the checks compare.

    Each is itself alone; `identity` is what tells whether two say the same.
    """

    language: str
    body_areas: Mapping[str, str]  # key → name
    plan: Plan
    result_lasts: str
    prose: Mapping[str, str] | None
    sections: Mapping[str, tuple[EditionItem, ...]]

    def items(self, key: str) -> tuple[EditionItem, ...]:
        return self.sections.get(key, ())

    @cached_property
    def digest(self) -> str:
        """Of everything this language's page says, but not of which words are to be confirmed."""
        return _digest_of(self, without=())

    @cached_property
    def identity(self) -> tuple[str, frozenset[tuple[str, str]]]:
        """Equal for editions that say the same and mark the same."""
        marks = (
            (key, item.uid)
            for key, items in self.sections.items()
            for item in items
            if item.to_confirm
        )
        return self.digest, frozenset(marks)

    @cached_property
    def medical_digest(self) -> str:
        """Of what a clinician reviews: not the search text, not who translated."""
        return _digest_of(self, without=("search_description", "translated_by"))


def _digest_of(edition: Edition, without: tuple[str, ...]) -> str:
    # Running text was one text a section once; its words are bound as such.
    prose = edition.prose and {
        name: text
        for name, text in (edition.prose | running_text(edition)).items()
        if name not in without
    }
    parts = [
        # In an order of their own; and kept digests of texts without names are older than these.
        [[key, name] if name else key for key, name in sorted(edition.body_areas.items())],
        edition.plan.all_digested(),
        edition.result_lasts,
        prose,
        {
            key: [
                [item.uid, without_empty(item.values), without_empty(item.texts)] for item in items
            ]
            for key, items in edition.sections.items()
            # A section that the site gains later changes nobody's words.
            if items and key not in RUNNING_TEXT
        },
    ]
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def running_text(edition: Edition) -> dict[str, str]:
    """The HTML of each section of running text, by its key; "" where nothing is written."""
    return {
        key: rich_text.join_entries(
            (item.values["kind"], item.texts["text"]) for item in edition.items(key)
        )
        for key in RUNNING_TEXT
    }


def without_empty(
    values: Mapping[str, Any], younger: Collection[str] = YOUNGER
) -> Mapping[str, Any]:
    """Typed values, texts or pairs by the field's name, without the `younger` ones that are empty."""
    return {
        name: value
        for name, value in values.items()
        if name not in younger or value not in (None, "", Pair())
    }


def in_language(document: Document, language: str) -> Edition:
    return document.in_languages[language]


def _in_language(document: Document, language: str) -> Edition:
    return Edition(
        language=language,
        body_areas={key: name[language] for key, name in document.body_areas.items()},
        plan=document.plan,
        result_lasts=document.result_lasts[language],
        prose=document.prose[language],
        sections={
            section.key: tuple(
                EditionItem(
                    item.uid,
                    item.to_confirm,
                    item.values,
                    {name: pair[language] for name, pair in item.pairs.items()},
                    section.model.rich,
                )
                for item in document.items(section.key)
                # A paragraph that is not written in this language is none of its page.
                if not section.is_running_text or item.pairs["text"][language]
            )
            for section in SECTIONS
        },
    )


def editions_of(document: Document) -> dict[str, Edition | None]:
    """Both languages of it; None for one that nobody has begun to write."""
    return {
        code: in_language(document, code) if document.prose[code] else None for code in LANGUAGES
    }


# --- JSON ---------------------------------------------------------------------------------------


def _plain(document: Document) -> dict:
    def pair(value: Pair) -> dict:
        return {"en": value.en, "bn": value.bn}

    def prose(fields: Mapping[str, str] | None) -> dict | None:
        return fields and {name: fields[name] for name in TreatmentProse.FIELDS}

    def item(section: Section, entry: DocumentItem) -> dict:
        plain: dict[str, Any] = {"uid": entry.uid}
        if entry.to_confirm:
            plain["to_confirm"] = True
        for name in section.model.typed:
            value = entry.values.get(name)
            if value is not None:
                plain[name] = float(value) if isinstance(value, Decimal) else value
        return plain | {name: pair(both) for name, both in without_empty(entry.pairs).items()}

    return {
        "schema": SCHEMA,
        "body_areas": [
            {"key": key, "name": pair(name)} for key, name in document.body_areas.items()
        ],
        "plan": plain_plan(document.plan),
        "result_lasts": pair(document.result_lasts),
        "prose": {language: prose(document.prose[language]) for language in LANGUAGES},
        "sections": {
            section.key: [item(section, entry) for entry in document.items(section.key)]
            for section in SECTIONS
        },
    }


# --- Rows ---------------------------------------------------------------------------------------
