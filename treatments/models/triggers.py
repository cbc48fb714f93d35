"""The triggers by which the database itself says that something on patients' pages has changed.

Whoever writes, and however: a form, a command, a migration, somebody in `psql`. In the transaction
of the change, PageChange gets a new token for the site or for one treatment. PostgreSQL tells of it
to whoever listens, so that other machines need not look.

And those by which it refuses to change or delete what was recorded of who did what.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from . import AuditEntry, Clinic, PageChange, Picture, Publication, Review, Snapshot, Treatment

PREFIX = "page_change_"
REFUSING = "append_only_"
FUNCTION, _REFUSING_FUNCTION = "treatments_page_change", "treatments_append_only"
CHANNEL = _TELLING_FUNCTION = "treatments_page_change_told"  # for PostgreSQL's LISTEN
FUNCTIONS = (FUNCTION, _TELLING_FUNCTION, _REFUSING_FUNCTION)  # of PostgreSQL
_TELLING = f"{PREFIX}told"
ROW_EVENTS = ("INSERT", "UPDATE", "DELETE")


@dataclass(frozen=True)
class Watched:
    """A table that public pages read."""

    model: type[models.Model]
    of_a_treatment: bool = False  # its column treatment_id says whose pages; otherwise all are
    events: Sequence[str] = ROW_EVENTS
    columns: Sequence[str] = ()  # of an UPDATE, where others are not shown; none may be NULL

    @property
    def table(self) -> str:
        return self.model._meta.db_table


WATCHED = (
    Watched(Publication, of_a_treatment=True),
    Watched(Review, of_a_treatment=True),
    Watched(Snapshot, of_a_treatment=True, events=("UPDATE",), columns=("document",)),
    Watched(Clinic),
    Watched(Picture, events=("UPDATE",), columns=("removed_because",)),
    Watched(Treatment, events=("UPDATE",), columns=("slug", "position")),  # the rest is a draft's
)

_STORE = (
    f'INSERT INTO "{PageChange._meta.db_table}" (subject, token) VALUES ({{subject}}, {{token}})'
    " ON CONFLICT (subject) DO UPDATE SET token = excluded.token;"
)
_SQLITE_TOKEN = "lower(hex(randomblob(16)))"
_POSTGRESQL_TOKEN = "gen_random_uuid()::text"


def install(connection: BaseDatabaseWrapper) -> None:
    """Makes the triggers, or makes them again."""
    with transaction.atomic(using=connection.alias):
        remove(connection)
        with connection.cursor() as cursor:
            for statement in (*_statements(connection.vendor), *_refusals(connection)):
                cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        for name, table in _there(connection):
            on = "" if connection.vendor == "sqlite" else f' ON "{table}"'
            cursor.execute(f'DROP TRIGGER "{name}"{on}')


def are_installed(connection: BaseDatabaseWrapper) -> bool:
    """Whether every trigger is there; rebuilding a table, as SQLite's migrations do, drops its own."""
    wanted = {name for name, *_rest in _triggers(connection.vendor)}
    wanted |= {f"{REFUSING}{event.lower()}" for event in _refused(connection)}
    wanted |= {_TELLING} if connection.vendor == "postgresql" else set()
    return wanted == {name for name, _table in _there(connection)}


def _there(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    if connection.vendor == "sqlite":
        query = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = (
            "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
            " WHERE NOT tgisinternal AND pg_table_is_visible(tgrelid)"
        )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return [row for row in cursor.fetchall() if row[0].startswith((PREFIX, REFUSING))]


def _triggers(vendor: str) -> Iterator[tuple[str, Watched, str]]:
    for watched in WATCHED:
        for event in watched.events:
            yield f"{PREFIX}{watched.model._meta.model_name}_{event.lower()}", watched, event
        if vendor == "postgresql":
            yield f"{PREFIX}{watched.model._meta.model_name}_truncate", watched, "TRUNCATE"


def _statements(vendor: str) -> Iterator[str]:
    if vendor == "postgresql":
        yield _FUNCTION_SOURCE
        yield _TELLING_SOURCE
        yield (
            f'CREATE TRIGGER "{_TELLING}" AFTER {" OR ".join(ROW_EVENTS)}'
            f' ON "{PageChange._meta.db_table}"'
            f" FOR EACH STATEMENT EXECUTE FUNCTION {_TELLING_FUNCTION}()"
        )
    for name, watched, event in _triggers(vendor):
        changed = " OR ".join(f"OLD.{column} <> NEW.{column}" for column in watched.columns)
        when = f" WHEN ({changed})" if changed and event == "UPDATE" else ""
        begin = f'CREATE TRIGGER "{name}" AFTER {event} ON "{watched.table}"'
        if vendor == "sqlite":
            yield f"{begin} FOR EACH ROW{when} BEGIN {_sqlite_body(watched, event)} END"
        elif event == "TRUNCATE":
            yield f"{begin} FOR EACH STATEMENT EXECUTE FUNCTION {FUNCTION}('site')"
        else:
            subject = "treatment" if watched.of_a_treatment else "site"
            yield f"{begin} FOR EACH ROW{when} EXECUTE FUNCTION {FUNCTION}('{subject}')"


def _sqlite_body(watched: Watched, event: str) -> str:
    rows = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}[event]
    subjects = (
        [f"'treatment:' || {row}.treatment_id" for row in rows]
        if watched.of_a_treatment
        else ["'site'"]
    )
    return " ".join(_STORE.format(subject=each, token=_SQLITE_TOKEN) for each in subjects)


_FUNCTION_SOURCE = f"""
CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_ARGV[0] = 'site' THEN
        {_STORE.format(subject="'site'", token=_POSTGRESQL_TOKEN)}
        RETURN NULL;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        {_STORE.format(subject="'treatment:' || OLD.treatment_id", token=_POSTGRESQL_TOKEN)}
    END IF;
    IF TG_OP <> 'DELETE' THEN
        {_STORE.format(subject="'treatment:' || NEW.treatment_id", token=_POSTGRESQL_TOKEN)}
    END IF;
    RETURN NULL;
END $$
"""

_TELLING_SOURCE = f"""
CREATE OR REPLACE FUNCTION {_TELLING_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('{CHANNEL}', '');
    RETURN NULL;
END $$
"""


# --- What is only ever added to -------------------------------------------------------------------

# SQLite replaces a row (INSERT OR REPLACE) without asking what stands before its deletion.
_REFUSED = {
    "sqlite": ("UPDATE", "DELETE", "INSERT"),
    "postgresql": ("UPDATE", "DELETE", "TRUNCATE"),
}
_SAID = "who did what is never changed or deleted"
_REFUSING_SOURCE = f"""
CREATE OR REPLACE FUNCTION {_REFUSING_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{_SAID}' USING ERRCODE = 'restrict_violation';
END $$
"""


def _refused(connection: BaseDatabaseWrapper) -> Sequence[str]:
    """None where the table is not there: migrations go back to before there was one."""
    is_there = AuditEntry._meta.db_table in connection.introspection.table_names()
    return _REFUSED[connection.vendor] if is_there else ()


def _refusals(connection: BaseDatabaseWrapper) -> Iterator[str]:
    table, vendor = AuditEntry._meta.db_table, connection.vendor
    if vendor == "postgresql":
        yield _REFUSING_SOURCE
    for event in _refused(connection):
        begin = f'CREATE TRIGGER "{REFUSING}{event.lower()}" BEFORE {event} ON "{table}"'
        if vendor == "postgresql":
            each = "STATEMENT" if event == "TRUNCATE" else "ROW"
            yield f"{begin} FOR EACH {each} EXECUTE FUNCTION {_REFUSING_FUNCTION}()"
        else:
            there = f'SELECT 1 FROM "{table}" WHERE number = NEW.number'
            when = f" WHEN EXISTS ({there})" if event == "INSERT" else ""
            yield f"{begin} FOR EACH ROW{when} BEGIN SELECT RAISE(ABORT, '{_SAID}'); END"
