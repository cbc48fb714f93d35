"""The whole database from SQLite to PostgreSQL, or the other way, row by row as it stands."""

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import environ
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

from ..models import PageChange
from ..page_cache.invalidation import distrust_pages, renew_all_pages
from . import KeepingError
from .backups import Say, explained, nobody_serves, workspace
from .databases import (
    BESIDE,
    as_default,
    contents,
    migrate,
    open_beside,
    pending_migrations,
    session_tables,
    sync_folder,
)

_BATCH = 200  # rows
_KINDS = {"django.db.backends.sqlite3", "django.db.backends.postgresql"}


def move_database(url: str, *, say: Say = print) -> int:
    """Copies all that the site's database holds into an empty one of the other kind.

    Nobody's login stays open. Returns how many rows there are. Raises KeepingError; then the other
    database is as empty as before.
    """
    settings_dict = _settings_of(url)
    with explained(), workspace(), nobody_serves(), _read_at_one_moment():
        source = connections["default"]
        left_behind = _check_source(source)
        with _new_database(settings_dict) as target:
            number = _copy_all(source, target, say)
        distrust_pages()
    for table, rows in left_behind.items():
        say(f"{table}: {rows} rows stay behind; this release does not use them")
    return number


def _settings_of(url: str) -> dict[str, Any]:
    try:
        settings_dict = environ.Env.db_url_config(url)
        kind = settings_dict["ENGINE"]
    except Exception as error:  # it has a password, so it is not repeated
        raise KeepingError("The address of the other database cannot be read.") from error
    if kind not in _KINDS:
        raise KeepingError("The other database's address must begin with sqlite:// or postgres://")
    if kind == connection.settings_dict["ENGINE"]:
        raise KeepingError(
            "Both databases are of the same kind. A backup and restore moves such a one."
        )
    return settings_dict


@contextmanager
def _read_at_one_moment() -> Iterator[None]:
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).is_file():
        raise KeepingError(f"There is no database: {connection.settings_dict['NAME']}")
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _check_source(source: BaseDatabaseWrapper) -> dict[str, int]:
    """Returns how many rows the tables of earlier releases have, where they have any."""
    if pending := pending_migrations():
        raise KeepingError(
            f"The database has not had {pending[0]} yet. Run manage.py prepare first."
        )
    rows, _applied = contents(source)
    ours = {_table(each) for each in (*_models(), MigrationRecorder.Migration)}
    ours.update(session_tables())
    return {table: number for table, number in rows.items() if number and table not in ours}


def _models() -> list[type[models.Model]]:
    """All with a table, but for open sessions; what triggers write is the last."""
    every = apps.get_models(include_auto_created=True)
    ours = [each for each in every if each._meta.managed and not each._meta.proxy]
    left_out = session_tables()
    return sorted(
        (each for each in ours if _table(each) not in left_out), key=lambda each: each is PageChange
    )


def _table(model: type[models.Model]) -> str:
    return model._meta.db_table


# --- The other database -------------------------------------------------------------------------


@contextmanager
def _new_database(settings_dict: dict[str, Any]) -> Iterator[BaseDatabaseWrapper]:
    """A new database with all tables and triggers, which is there only if all goes well."""
    if settings_dict["ENGINE"] == "django.db.backends.sqlite3":
        with _new_file(Path(settings_dict["NAME"])) as path:
            target = open_beside(settings_dict | {"NAME": str(path)})
            try:
                with as_default(target):
                    migrate()
                    with transaction.atomic():
                        yield target
            finally:
                target.close()
        return
    target = open_beside(settings_dict)
    try:
        with as_default(target), transaction.atomic():
            if tables := target.introspection.table_names():
                raise KeepingError(f"The other database is not empty: it has {tables[0]}.")
            migrate()
            yield target
    finally:
        target.close()


@contextmanager
def _new_file(path: Path) -> Iterator[Path]:
    if not path.is_absolute():
        raise KeepingError("A path in an SQLite address begins with a slash: sqlite:////var/…")
    if not path.parent.is_dir():
        raise KeepingError(f"There is no folder {path.parent}.")
    for there in (Path(f"{path}{end}") for end in ("", *BESIDE)):
        if there.exists():  # what is left of another database would be read as part of this one
            raise KeepingError(f"{there} is there already, and stays as it is.")
    half = path.with_name(f".{path.name}.half")
    half.unlink(missing_ok=True)
    try:
        yield half
        with half.open("rb") as file:
            os.fsync(file.fileno())
        os.rename(half, path)
        sync_folder(path.parent)
    finally:
        for end in ("", *BESIDE):
            Path(f"{half}{end}").unlink(missing_ok=True)


# --- The rows -----------------------------------------------------------------------------------


def _copy_all(source: BaseDatabaseWrapper, target: BaseDatabaseWrapper, say: Say) -> int:
    """Within a transaction of the target. Compares each table in both when all are there."""
    with target.cursor() as cursor:
        for model in _models():  # what migrations have put there
            cursor.execute(f'DELETE FROM "{_table(model)}"')
    number = 0
    for model in _models():
        if model is PageChange:  # what triggers have put there since
            with target.cursor() as cursor:
                cursor.execute(f'DELETE FROM "{_table(model)}"')
        copied = _copy(model, source, target)
        number += copied
        if copied:
            say(f"{_table(model)}: {copied}")
    target.check_constraints()
    with target.cursor() as cursor:
        for statement in target.ops.sequence_reset_sql(no_style(), _models()):
            cursor.execute(statement)
    say("Comparing …")
    for model in _models():
        if (ours := _digest(model, source)) != (theirs := _digest(model, target)):
            raise KeepingError(
                f"{_table(model)} differs: {ours[0]} rows here, {theirs[0]} there. This is a fault "
                "of the program; nothing has moved."
            )
    renew_all_pages()
    return number


def _columns(model: type[models.Model]) -> list[models.Field]:
    return list(model._meta.local_concrete_fields)


def _rows(model: type[models.Model], database: BaseDatabaseWrapper) -> list[tuple]:
    """The columns as they stand: no manager looks at them, which knows languages and defaults."""
    with as_default(database):
        rows = models.QuerySet(model).order_by()
        return list(rows.values_list(*[each.attname for each in _columns(model)]))


def _copy(
    model: type[models.Model], source: BaseDatabaseWrapper, target: BaseDatabaseWrapper
) -> int:
    columns = _columns(model)
    names = ", ".join(f'"{each.column}"' for each in columns)
    places = ", ".join(["%s"] * len(columns))
    insert = f'INSERT INTO "{_table(model)}" ({names}) VALUES ({places})'
    rows = [
        [each.get_db_prep_save(value, target) for each, value in zip(columns, row, strict=True)]
        for row in _rows(model, source)
    ]
    with target.cursor() as cursor:
        for start in range(0, len(rows), _BATCH):
            cursor.executemany(insert, rows[start : start + _BATCH])
    return len(rows)


def _digest(model: type[models.Model], database: BaseDatabaseWrapper) -> tuple[int, str]:
    """How many rows a table has, and what they say: the same in both kinds of database, whatever
    their order of letters."""
    rows = sorted(
        hashlib.sha256(json.dumps(row, sort_keys=True, default=_as_text).encode()).digest()
        for row in _rows(model, database)
    )
    return len(rows), hashlib.sha256(b"".join(rows)).hexdigest()


def _as_text(value: object) -> str:
    return str(value.normalize()) if isinstance(value, Decimal) else str(value)
