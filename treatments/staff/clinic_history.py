"""What the clinic's details said before, block by block."""

import ast
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db.models import Max
from django.utils.text import capfirst
from django.utils.translation import get_language

from ..clinic.opening_hours import group_days
from ..language.rich_text import plain_text
from ..language.weekdays import WEEKDAY_NAMES
from ..models import Clinic, ClinicChange
from .clinic_blocks import Block
from .clinic_days import in_words

LISTS = ("hours", "closed_days")


@dataclass
class Version:
    """A block as it stood until somebody changed it. The clinic is not saved."""

    pk: int  # of the oldest change that ended it
    until: datetime
    replaced_by: str  # a name; empty where nobody is known
    clinic: Clinic


def stored_value(column: str, kept: str) -> str | list:
    """What a change keeps of a column, as the column has it."""
    if column not in LISTS:
        return kept
    try:
        value = ast.literal_eval(kept) if kept else []
    except (ValueError, SyntaxError):
        return []
    return value if isinstance(value, list) else []


def versions(block: Block, clinic: Clinic) -> list[Version]:
    """The block's earlier states, the newest first."""
    rows = ClinicChange.objects.filter(field__in=block.columns).select_related("changed_by")
    state, found = copy(clinic), []
    for (moment, _by), group in groupby(rows, key=lambda row: (row.changed_at, row.changed_by_id)):
        changes = list(group)
        state = copy(state)
        for change in changes:
            setattr(state, change.field, stored_value(change.field, change.old))
        found.append(Version(changes[-1].pk, moment, changes[-1].changed_by_name, state))
    return found


def newest_changes(blocks: Iterable[Block]) -> dict[str, ClinicChange]:
    """By the block's key, the last change of any of its columns."""
    newest = ClinicChange.objects.order_by().values("field").annotate(newest=Max("pk"))
    rows = ClinicChange.objects.select_related("changed_by").in_bulk(
        [row["newest"] for row in newest]
    )
    by_field = {row.field: row for row in rows.values()}
    found = {}
    for block in blocks:
        changes = [by_field[column] for column in block.columns if column in by_field]
        if changes:
            found[block.key] = max(changes, key=lambda row: row.pk)
    return found


def kept_in_words(column: str, kept: str) -> str:
    """What a change keeps, for a list of changes."""
    value = stored_value(column, kept)
    if column == "closed_days":
        return "; ".join(in_words(date.fromisoformat(day)) for day in value)
    if column == "hours":
        return "; ".join(
            f"{'–'.join(dict.fromkeys(str(WEEKDAY_NAMES[name]) for name in (first, last)))}: "
            f"{', '.join(times) or '–'}"
            for first, last, times in (group_days(value, get_language()) if value else ())
        )
    if column.startswith("about_"):
        return plain_text(value)
    choices = dict(Clinic._meta.get_field(column).flatchoices)
    return str(choices.get(value, value))


def column_in_words(column: str) -> str:
    names = {field.name: field for field in Clinic._meta.get_fields()}
    return capfirst(str(names[column].verbose_name)) if column in names else column
