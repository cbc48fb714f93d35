"""The shipped content: the files of fixtures/, in and out.

FOLDER/SLUG.json is a treatment's document; FOLDER/site/ holds what the treatments share.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model

from ..document.content import Document, editions_of
from ..document.json_form import DocumentError, parse
from ..document.passages import passages
from ..document.rows import from_rows, to_rows, without_removed_photos
from ..language.text import format_json, normalise, read_json
from ..models import (
    LANGUAGES,
    Act,
    BodyArea,
    Confirmation,
    LoadedContent,
    OldAddress,
    ShippedWords,
    Term,
    Treatment,
    audit,
)
from .comparison import read_of
from .confirmations import record_as
from .shipped import offer_shipped, record_shipped
from .snapshots import save_snapshot

CONFIRMED = "site/confirmed.json"  # the passages that were read in both languages, by slug
MOVED = "site/moved.json"  # what was shipped for the treatments of a folder that moves a clinic


def read_documents(folder: Path) -> dict[str, Document]:
    """The treatment documents of a folder by slug, in the order of site/order.json.

    Raises DocumentError, naming the file, for anything that cannot be read.
    """
    documents = {}
    for path in sorted(folder.glob("*.json")):
        try:
            Treatment._meta.get_field("slug").run_validators(path.stem)
            documents[path.stem] = parse(path.read_text("utf-8"))
        except (ValueError, ValidationError) as error:
            raise DocumentError(f"{path}: {error}") from error
    order = _read_list(folder / "site" / "order.json")
    ranks = {slug: rank for rank, slug in enumerate(order)}
    return dict(
        sorted(documents.items(), key=lambda pair: (ranks.get(pair[0], len(ranks)), pair[0]))
    )


def _read_list(path: Path) -> list:
    try:
        value = read_json(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise DocumentError(f"{path}: {error}") from error
    if not isinstance(value, list):
        raise DocumentError(f"{path}: a list is wanted")
    return value


# What an entry of a shared file holds, its name first: a text, some texts, or a pair of them.
_AREA = {"key": str, "name": dict}
_TERM = {"english": str, "bangla": list, "avoid": list, "note": str, "explanation": dict}


def _read_entries(path: Path, shape: Mapping[str, type]) -> list[dict]:
    """Raises DocumentError, naming the entry, for one of another shape and for a name twice."""
    entries, names = _read_list(path), set()
    for number, entry in enumerate(entries, 1):
        if not isinstance(entry, dict) or set(entry) != set(shape):
            raise DocumentError(f"{path}: entry {number} must have {', '.join(shape)}")
        for field, kind in shape.items():
            if not _is_of(kind, entry[field]):
                raise DocumentError(f"{path}: entry {number}: {field} is not what it should be")
        name = normalise(entry[next(iter(shape))]).casefold()
        if name in names:
            raise DocumentError(f"{path}: {name} is there twice")
        names.add(name)
    return entries


def _is_of(kind: type, value: Any) -> bool:
    texts = {str: [value], list: value, dict: value.values() if isinstance(value, dict) else ()}
    is_pair = kind is not dict or (isinstance(value, dict) and set(value) == set(LANGUAGES))
    return isinstance(value, kind) and is_pair and all(isinstance(t, str) for t in texts[kind])


def _for_the_first_time(name: str, now: datetime) -> bool:
    return LoadedContent.objects.get_or_create(name=name, defaults={"loaded_at": now})[1]


@transaction.atomic
def load(folder: Path, *, now: datetime) -> list[Treatment]:
    """Loads what has never been loaded here, as drafts; returns those treatments.

    A treatment, body area or term once loaded is never touched again, whatever staff did with it:
    newer words for a treatment are offered (shipped.py). Passages are confirmed “as shipped” that
    the project's own fixtures/ says were read, whatever folder is loaded. Raises DocumentError
    before anything is written.
    """
    documents = read_documents(folder)
    moved = _read_moved(folder)
    areas = _read_entries(folder / "site" / "body_areas.json", _AREA)
    terms = _read_entries(folder / "site" / "glossary.json", _TERM)
    known = {*LoadedContent.objects.values_list("name", flat=True)}

    def is_new(name: str) -> bool:
        return name not in known and _for_the_first_time(name, now)

    for position, area in enumerate(areas, 1):
        if is_new(f"body_areas/{area['key']}"):
            _create(BodyArea, {"key": area["key"]}, {"position": position, **_pair("name", area)})
    for position, term in enumerate(terms, 1):
        if is_new(f"glossary/{term['english']}"):
            values = {
                "bangla": "\n".join(map(normalise, term["bangla"])),
                "avoid": "\n".join(map(normalise, term["avoid"])),
                "note": normalise(term["note"]),
                "position": position,
            }
            values |= _pair("explanation", term)
            _create(Term, {"english": normalise(term["english"])}, values)
    loaded = []
    for position, (slug, document) in enumerate(documents.items(), 1):
        if is_new(f"treatments/{slug}") and not _is_taken(slug):
            treatment = Treatment.objects.create(slug=slug, position=position, **_known_as(slug))
            loaded.append((treatment, document))
    for treatment, document in loaded:  # all are there by now: their texts link to each other
        to_rows(without_removed_photos(document), treatment)
        save_snapshot(treatment, now=now)
    _remember(loaded, moved, now)
    _confirm_as_shipped(documents, now)
    if moved is None:
        offer_shipped(documents)
    if loaded:
        audit.record(Act.LOADED, now=now, number=len(loaded))
    return [treatment for treatment, _document in loaded]


def _confirm_as_shipped(documents: Mapping[str, Document], now: datetime) -> None:
    """What was read in both languages before it was shipped need not be read again."""
    confirmed = shipped_confirmations()
    names = {*documents} & {*confirmed}
    for row in ShippedWords.objects.filter(name__in=names).select_related("treatment"):
        read = {*confirmed[row.name]}
        shipped = passages(*editions_of(documents[row.name]).values())
        kept = (passage for passage in shipped if passage.digest in read)
        record_as(Confirmation.Kind.SHIPPED, row.treatment, kept, now=now)


def shipped_confirmations() -> dict[str, list[str]]:
    """The digests of the shipped passages that were read in both languages, by slug."""
    path = settings.BASE_DIR / "fixtures" / CONFIRMED
    return json.loads(path.read_text("utf-8")) if path.exists() else {}


Moved = dict[str, tuple[str, Document | None]]  # by slug: the name and what was shipped for it


def _remember(loaded: list[tuple[Treatment, Document]], moved: Moved | None, now: datetime) -> None:
    """Keeps what was shipped: what was just loaded, unless that is what a clinic made of it."""
    for treatment, document in loaded:
        if moved is None:
            record_shipped(treatment, treatment.slug, document)
        elif treatment.slug in moved:
            name, shipped = moved[treatment.slug]
            # Under the name of its file it is not to be loaded once more.
            if name == treatment.slug or _for_the_first_time(f"treatments/{name}", now):
                record_shipped(treatment, name, shipped)


def _read_moved(folder: Path) -> Moved | None:
    """None where the folder's documents are shipped ones."""
    if not (folder / MOVED).exists():
        return None
    return {
        entry["slug"]: (
            entry["name"],
            parse(json.dumps(entry["document"])) if entry["document"] else None,
        )
        for entry in _read_list(folder / MOVED)
    }


def _is_taken(slug: str) -> bool:
    return any(model.objects.filter(slug=slug).exists() for model in (Treatment, OldAddress))


def _known_as(slug: str) -> dict[str, str]:
    """The same permanent name wherever the same files are loaded, unless another has it here."""
    taken = Treatment.objects.filter(permanent_name=slug).exists()
    return {} if taken else {"permanent_name": slug}


def _pair(name: str, plain: dict) -> dict[str, str]:
    return {f"{name}_{code}": normalise(plain[name][code]) for code in LANGUAGES}


def _create(model: type[Model], key: dict[str, str], values: dict[str, Any]) -> None:
    if model.objects.filter(**key).exists():
        return
    row = model(**key, **values)
    try:
        row.clean_fields()
    except ValidationError as refused:
        told = " ".join(refused.messages)
        raise DocumentError(f"{model._meta.model_name} {row}: {told}") from refused
    row.save()


def dump(folder: Path, *, moving: bool = False) -> list[Path]:
    """Writes the drafts and what they share as the files that `load` reads; returns the paths.

    `moving`: the drafts are a clinic's on their way to another database, so what was shipped for
    them goes along. Otherwise they become what is shipped.
    """
    treatments = list(Treatment.objects.order_by("position", "pk"))
    files = {f"{treatment.slug}.json": from_rows(treatment).json for treatment in treatments}
    files["site/order.json"] = format_json([treatment.slug for treatment in treatments])
    files["site/body_areas.json"] = format_json(
        [
            {"key": area.key, "name": {code: getattr(area, f"name_{code}") for code in LANGUAGES}}
            for area in BodyArea.objects.all()
        ]
    )
    files["site/glossary.json"] = format_json(
        [
            {
                "english": term.english,
                "bangla": term.bangla.splitlines(),
                "avoid": term.avoid.splitlines(),
                "note": term.note,
                "explanation": {
                    code: getattr(term, f"explanation_{code}") or "" for code in LANGUAGES
                },
            }
            for term in Term.objects.all()
        ]
    )
    files[CONFIRMED] = format_json(
        {treatment.slug: _confirmed_digests(treatment) for treatment in treatments}
    )
    if moving:
        files[MOVED] = format_json(
            [
                {
                    "slug": row.treatment.slug,
                    "name": row.name,
                    "document": json.loads(row.document) if row.document else None,
                }
                for row in ShippedWords.objects.select_related("treatment").order_by("name")
            ]
        )
    (folder / "site").mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return [folder / name for name in files]


def _confirmed_digests(treatment: Treatment) -> list[str]:
    draft = passages(*editions_of(from_rows(treatment)).values())
    confirmed = read_of(treatment).by_digest
    return sorted({passage.digest for passage in draft} & {*confirmed})
