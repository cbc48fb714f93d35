"""The JSON form of a document, read: what comes from outside is checked, what was stored is trusted."""

import json
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models as db

from ..language import rich_text
from ..language.text import normalise, read_json
from ..models import LANGUAGES, PLAN, BodyArea, Treatment, TreatmentProse
from ..models.plan import validate_amount
from ..models.written import unreadable_reason
from .content import SCHEMA, YOUNGER, Document, DocumentItem, Pair, Value
from .plan import AS_FIRST_NAMED, from_first_names, plan_from
from .sections import BY_KEY, PROSE, RUNNING_TEXT, SECTIONS, SOURCED, Section


def _with_photos(plain: dict) -> dict:
    sections = plain.get("sections")
    if isinstance(sections, dict):
        plain = plain | {"sections": {**sections, "photos": []}}
    return plain | {"schema": 2}


def _with_area_names(plain: dict) -> dict:
    """Nothing but the database knew the names; what is kept there got them from 0009_area_names."""
    keys = plain.get("body_areas")
    if isinstance(keys, list):
        areas = [{"key": key, "name": dict.fromkeys(LANGUAGES, "")} for key in keys]
        plain = plain | {"body_areas": areas}
    return plain | {"schema": 3}


def _with_answers(plain: dict) -> dict:
    sections = plain.get("sections")
    if isinstance(sections, dict):
        plain = plain | {"sections": {"answers": [], **sections}}
    return plain | {"schema": 4}


def _with_paragraphs(plain: dict) -> dict:
    """Of each long text, which was HTML per language, a paragraph becomes an item with both halves."""
    prose, sections = plain.get("prose"), plain.get("sections")
    if isinstance(prose, dict) and isinstance(sections, dict):
        of_old = {key: _paragraphs(prose, key) for key in RUNNING_TEXT}
        prose = {
            code: {name: text for name, text in fields.items() if name not in RUNNING_TEXT}
            if isinstance(fields, dict)
            else fields
            for code, fields in prose.items()
        }
        plain = plain | {"prose": prose, "sections": {**sections, **of_old}}
    return plain | {"schema": 5}


def _paragraphs(prose: dict, key: str) -> list[dict]:
    halves = {}
    for code in LANGUAGES:
        fields, where = prose.get(code), f"prose.{code}.{key}"
        if isinstance(fields, dict):
            _keys(fields, f"prose.{code}", key, optional=tuple(fields))
        blocks = fields[key] if isinstance(fields, dict) else []
        html = "".join(_string(block, where) for block in _list(blocks, where))
        halves[code] = rich_text.entries(html)
    return paired_paragraphs(halves["en"], halves["bn"])


Entries = list[tuple[str, str]]  # as rich_text.entries has them


def paired_paragraphs(english: Entries, bangla: Entries) -> list[dict]:
    """Items in the JSON form, which keep the order of each language.

    The k-th of one language belongs to the k-th of the other. Where the two have other kinds, or
    not as many, what has no counterpart stands alone, with an empty half.
    """
    kinds = [[kind for kind, _text in half] for half in (english, bangla)]
    rows: list[tuple[str, str, str]] = []
    matcher = SequenceMatcher(None, *kinds, autojunk=False)
    for tag, i, j, k, l in matcher.get_opcodes():  # noqa: E741
        if tag == "equal":
            both = zip(english[i:j], bangla[k:l], strict=True)
            rows += [(kind, en, bn) for (kind, en), (_kind, bn) in both]
        else:
            rows += [(kind, text, "") for kind, text in english[i:j]]
            rows += [(kind, "", text) for kind, text in bangla[k:l]]
    return [
        {"uid": f"paragraph-{number}", "kind": kind, "text": {"en": en, "bn": bn}}
        for number, (kind, en, bn) in enumerate(rows, 1)
    ]


def _with_units(plain: dict) -> dict:
    """Each amount of the plan had one unit then, and what ran was a current."""
    plan = plain.get("plan")
    if isinstance(plan, dict):
        _keys(plan, "plan", optional=tuple(AS_FIRST_NAMED.values()))
        for name, ends in plan.items():
            _ends(ends, f"plan.{name}")
        plain = plain | {"plan": from_first_names(plan)}
    return plain | {"schema": 6}


# n → what turns a document of schema n into one of schema n + 1 (plain dicts in and out).
UPGRADES: dict[int, Callable[[dict], dict]] = {
    1: _with_photos,
    2: _with_area_names,
    3: _with_answers,
    4: _with_paragraphs,
    5: _with_units,
}


NO_PAIR = dict.fromkeys(LANGUAGES, "")


class DocumentError(ValueError):
    """A JSON text that is not a document; the message says where and what."""


def parse(text: str) -> Document:
    """Reads the JSON form, older schemas too.

    Raises DocumentError, naming the place, for anything that is not a document: broken JSON, an
    unknown or missing key, a wrong type, an unknown choice, a range the wrong way round, two items
    of one section with the same uid, evidence that names a source which is not there.
    """
    try:
        plain = read_json(text, parse_float=Decimal)
    except ValueError as error:
        raise DocumentError(f"not JSON: {error}") from error
    if not isinstance(plain, dict) or not isinstance(plain.get("schema"), int):
        raise DocumentError("not a treatment document: it has no schema number")
    plain = _upgraded(plain)
    if plain["schema"] != SCHEMA:
        raise DocumentError(f"schema {plain['schema']} is not known here (newest: {SCHEMA})")
    return _read(_checked(plain))


@lru_cache(maxsize=16)
def load_stored(text: str) -> Document:
    """Reads a document that this program has stored itself, older schemas too.

    Trusts it: what is stored was validated, normalised and sanitised when it was written. Sixteen
    times faster than `parse`, which is for what comes from outside. One save reads the same few
    versions again and again.
    """
    return _read(_upgraded(json.loads(text, parse_float=Decimal)))


def stored_parts(text: str) -> dict[tuple[str, str], Any]:
    """What each part of a stored document says, by its section and, of prose, its field.

    Only to be compared with another's; ten times faster than reading all of it.
    """
    plain = _upgraded(json.loads(text))
    parts = {
        ("prose", name): [(plain["prose"][code] or {}).get(name) for code in LANGUAGES]
        for name in PROSE
    }
    parts |= {(name, ""): plain[name] for name in ("plan", "result_lasts", "body_areas")}
    return parts | {(key, ""): items for key, items in plain["sections"].items()}


def _upgraded(plain: dict) -> dict:
    while plain["schema"] in UPGRADES:
        plain = UPGRADES[plain["schema"]](plain)
    return plain


def _read(plain: dict) -> Document:
    return Document(
        body_areas={area["key"]: Pair(**area["name"]) for area in plain["body_areas"]},
        plan=plan_from(plain["plan"]),
        result_lasts=Pair(**plain["result_lasts"]),
        prose=plain["prose"],
        sections={
            section.key: tuple(
                DocumentItem(
                    item["uid"],
                    item.get("to_confirm", False),
                    {name: item.get(name) for name in section.model.typed},
                    {name: Pair(**item.get(name, {})) for name in section.model.pairs},
                )
                for item in plain["sections"][section.key]
            )
            for section in SECTIONS
        },
    )


# --- What comes from outside ----------------------------------------------------------------------


def _checked(plain: dict) -> dict:
    """The same form with its texts normalised and sanitised. Raises DocumentError."""
    _keys(plain, "document", "schema", "body_areas", "plan", "result_lasts", "prose", "sections")
    _keys(plain["prose"], "prose", *LANGUAGES)
    _keys(plain["sections"], "sections", *BY_KEY)
    checked = {
        "body_areas": _body_areas(plain["body_areas"]),
        "plan": _plan(plain["plan"]),
        "result_lasts": _pair(plain["result_lasts"], "result_lasts"),
        "prose": {code: _prose(plain["prose"][code], f"prose.{code}") for code in LANGUAGES},
        "sections": {
            section.key: _items(section, plain["sections"][section.key]) for section in SECTIONS
        },
    }
    sources = {source["uid"] for source in checked["sections"]["sources"]}
    for section, name in SOURCED:
        for item in checked["sections"][section.key]:
            if item[name] not in {None, *sources}:
                raise DocumentError(f"{section.key}/{item['uid']}: no source {item[name]!r}")
    return checked


def _keys(value: Any, where: str, *names: str, optional: tuple[str, ...] = ()) -> None:
    if not isinstance(value, dict):
        raise DocumentError(f"{where}: an object is wanted")
    if unknown := value.keys() - {*names, *optional}:
        raise DocumentError(f"{where}: unknown {', '.join(sorted(unknown))}")
    if missing := set(names) - value.keys():
        raise DocumentError(f"{where}: missing {', '.join(sorted(missing))}")


def _list(value: Any, where: str) -> list:
    if not isinstance(value, list):
        raise DocumentError(f"{where}: a list is wanted")
    return value


def _string(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise DocumentError(f"{where}: a text is wanted")
    if why := unreadable_reason(value):
        raise DocumentError(f"{where}: {why}")
    return normalise(value)


def _pair(value: Any, where: str) -> dict[str, str]:
    _keys(value, where, *LANGUAGES)
    return {code: _string(value[code], f"{where}.{code}") for code in LANGUAGES}


def _body_areas(value: Any) -> list[dict]:
    areas: dict[str, dict] = {}
    for area in _list(value, "body_areas"):
        _keys(area, "body_areas", "key", "name")
        key = _string(area["key"], "body_areas")
        if key in areas:
            raise DocumentError(f"body_areas/{key}: named twice")
        name = _pair(area["name"], f"body_areas/{key}.name")
        for code in LANGUAGES:
            column = BodyArea._meta.get_field(f"name_{code}")
            _validated(column, name[code], f"body_areas/{key}.name.{code}")
        areas[key] = {"key": key, "name": name}
    return list(areas.values())


def _plan(value: Any) -> dict[str, Any]:
    _keys(value, "plan", optional=("kind", *PLAN))
    plan: dict[str, Any] = {}
    if "kind" in value:
        plan["kind"] = _string(value["kind"], "plan.kind")
        _validated(Treatment._meta.get_field("kind"), plan["kind"], "plan.kind")
    for name in PLAN:
        if name in value:
            plan[name] = _amount(name, value[name])
    return plan


def _amount(name: str, value: Any) -> list:
    where = f"plan.{name}"
    *ends, unit = _list(value, where) or [None]
    _ends(ends, where)
    _validated(Treatment._meta.get_field(f"{name}_unit"), _string(unit, where), where)
    try:
        validate_amount(*ends, unit)
    except ValidationError as error:
        raise DocumentError(f"{where}: {' '.join(error.messages)}") from error
    return [*ends, unit]


def _ends(value: Any, where: str) -> None:
    is_range = (
        isinstance(value, list) and len(value) == 2 and all(type(end) is int for end in value)
    )
    if not is_range or not 1 <= value[0] <= value[1]:
        raise DocumentError(f"{where}: two whole numbers are wanted, the smaller first")


def _prose(value: Any, where: str) -> dict | None:
    if value is None:
        return None
    _keys(value, where, *TreatmentProse.FIELDS)
    prose = {}
    for name in TreatmentProse.FIELDS:
        here = f"{where}.{name}"
        prose[name] = _string(value[name], here)
        _validated(TreatmentProse._meta.get_field(name), prose[name], here)
    return prose


def _items(section: Section, value: Any) -> list[dict]:
    model, items, seen = section.model, [], set()
    for number, plain in enumerate(_list(value, section.key), 1):
        uid = plain.get("uid") if isinstance(plain, dict) else None
        where = f"{section.key}/{uid or number}"
        required = [name for name in model.pairs if name not in YOUNGER]
        _keys(plain, where, "uid", *required, optional=("to_confirm", *model.typed, *model.pairs))
        if not isinstance(uid, str) or not uid or uid in seen:
            raise DocumentError(f"{where}: a uid of its own is wanted")
        _validated(model._meta.get_field("uid"), uid, where)
        seen.add(uid)
        if not isinstance(plain.get("to_confirm", False), bool):
            raise DocumentError(f"{where}.to_confirm: true or false is wanted")
        pairs = {name: _pair(plain.get(name, NO_PAIR), f"{where}.{name}") for name in model.pairs}
        for name, pair in pairs.items():
            for code in LANGUAGES:
                if name in model.rich:
                    pair[code] = rich_text.clean_line(pair[code])
                _validated(model._meta.get_field(f"{name}_{code}"), pair[code], f"{where}.{name}")
        values = {name: _value(model, name, plain.get(name), where) for name in model.typed}
        items.append({"uid": uid, "to_confirm": plain.get("to_confirm", False), **values, **pairs})
    return items


def _value(model: type[db.Model], name: str, value: Any, where: str) -> Value:
    column, where = model._meta.get_field(name), f"{where}.{name}"
    if isinstance(column, db.ForeignKey):  # another item of this document, by its uid
        return None if value is None else _string(value, where)
    if isinstance(column, db.CharField | db.TextField):
        if value is None and not column.blank:
            raise DocumentError(f"{where}: missing")
        value = _string(value or "", where) or None
    elif isinstance(column, db.DecimalField) and value is not None:
        if type(value) not in (int, Decimal):
            raise DocumentError(f"{where}: a number is wanted")
        try:
            value = Decimal(value).quantize(Decimal(10) ** -column.decimal_places)
        except InvalidOperation as error:
            raise DocumentError(f"{where}: a smaller number is wanted") from error
    elif value is not None and type(value) is not int:
        raise DocumentError(f"{where}: a whole number is wanted")
    if value is not None or not column.null:
        _validated(column, value, where)
    return value


def _validated(column: db.Field, value: Any, where: str) -> None:
    try:
        if value or not column.blank:
            column.clean(value, None)
    except ValidationError as error:
        raise DocumentError(f"{where}: {' '.join(error.messages)}") from error
