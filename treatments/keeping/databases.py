"""The database of the site, whichever of the two kinds it is: what it holds, copied and opened."""

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.sessions.base_session import AbstractBaseSession
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import ConnectionHandler

from . import KeepingError
from .programs import check_version, run_postgresql

BESIDE = ("-wal", "-shm", "-journal")  # ends of the names of what SQLite keeps beside a database
KIND_WORDS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def open_beside(settings_dict: Mapping[str, Any]) -> BaseDatabaseWrapper:
    """A connection to another database, whose writes are nothing to the finished pages of this."""
    other = ConnectionHandler({"default": {**settings_dict}})["default"]
    other.ensure_connection()
    other.execute_wrappers.clear()
    return other


@contextmanager
def as_default(other: BaseDatabaseWrapper) -> Iterator[None]:
    """Whatever this thread asks of the database, it asks of another one meanwhile."""
    own = connections["default"]
    connections["default"] = other
    try:
        yield
    finally:
        connections["default"] = own


def session_tables() -> list[str]:
    """The tables of no copy: whoever has a session's key is signed in.

    Every model of sessions is among them, whichever of them SESSION_ENGINE uses now. Logins that are
    half done, codes that are not confirmed yet and the challenges of passkeys stand in sessions
    too. What else opens a login is no row: links for a new password and the marks of known browsers
    are signed with the SECRET_KEY. Passkeys, apps (encrypted with that key), recovery codes (digests)
    and the waits after wrong logins go with the logins that they belong to.
    """
    return [
        each._meta.db_table for each in apps.get_models() if issubclass(each, AbstractBaseSession)
    ]


def close_sessions(database: BaseDatabaseWrapper) -> None:
    """Signs everybody out, in a database of this release or of an earlier one."""
    with database.cursor() as cursor:
        for table in set(session_tables()) & set(database.introspection.table_names(cursor)):
            cursor.execute(f'DELETE FROM "{table}"')


def sqlite_file(database: BaseDatabaseWrapper) -> Path:
    return Path(database.settings_dict["NAME"])


def contents(database: BaseDatabaseWrapper) -> tuple[dict[str, int], tuple[str, ...]]:
    """How many rows each table has, and the migrations that were applied, as "app.name"."""
    rows, applied = {}, []
    with database.cursor() as cursor:
        for table in sorted(database.introspection.table_names(cursor)):
            cursor.execute(f'SELECT COUNT(*) FROM "{table}"')
            (rows[table],) = cursor.fetchone()
        if (table := MigrationRecorder.Migration._meta.db_table) in rows:
            cursor.execute(f'SELECT app, name FROM "{table}"')
            applied = cursor.fetchall()
    return rows, tuple(sorted(f"{app}.{name}" for app, name in applied))


def unknown_migrations(applied: tuple[str, ...]) -> list[str]:
    """Those of a release newer than this program, of the apps that it has."""
    loader = MigrationLoader(None)
    known = {".".join(name) for name in loader.disk_migrations}
    known |= {".".join(old) for each in loader.disk_migrations.values() for old in each.replaces}
    ours = [name for name in applied if name.partition(".")[0] in loader.migrated_apps]
    return [name for name in ours if name not in known]


def pending_migrations() -> list[str]:
    """Those of this program that the default database has not had yet."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def migrate() -> None:
    """Brings the default database up to date, its triggers and the rights of the roles included."""
    call_command("migrate", interactive=False, verbosity=0)


# --- Copies -------------------------------------------------------------------------------------


def copy_database(target: Path) -> tuple[dict[str, int], tuple[str, ...]]:
    """Copies the site's database as it is at one moment, also while it is written to.

    Returns the copy's contents. Raises KeepingError, and DatabaseError where it cannot be read.
    """
    if connection.vendor == "sqlite":
        return _copy_sqlite(sqlite_file(connection), target)
    return _dump_postgresql(target)


def _copy_sqlite(source: Path, target: Path) -> tuple[dict[str, int], tuple[str, ...]]:
    if not source.is_file():
        raise KeepingError(f"There is no database: {source}. DATABASE_URL says where it is.")
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=rw", uri=True)) as site,
        closing(sqlite3.connect(target)) as copy,
    ):
        site.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # all of it in the one file
    other = open_beside({"ENGINE": "django.db.backends.sqlite3", "NAME": str(target)})
    try:
        close_sessions(other)
        with other.cursor() as cursor:
            cursor.execute("VACUUM")  # or what was deleted can still be read in the file
        return contents(other)
    finally:
        other.close()


def contents_of_file(path: Path) -> tuple[dict[str, int], tuple[str, ...]]:
    """Of an SQLite file that nobody else has open."""
    other = open_beside({"ENGINE": "django.db.backends.sqlite3", "NAME": str(path)})
    try:
        return contents(other)
    finally:
        other.close()


def _dump_postgresql(target: Path) -> tuple[dict[str, int], tuple[str, ...]]:
    connection.ensure_connection()
    check_version("pg_dump", connection)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        (moment,) = cursor.fetchone()
        run_postgresql(
            connection, "pg_dump", "--format=custom", "--no-owner", "--no-privileges",
            *(f"--exclude-table-data={table}" for table in session_tables()),
            f"--snapshot={moment}", f"--file={target}",
        )  # fmt: skip
        rows, migrations = contents(connection)
    return rows | dict.fromkeys(rows.keys() & set(session_tables()), 0), migrations


def faults_of_sqlite(path: Path) -> list[str]:
    """What SQLite itself finds wrong with a database file, in its words.

    Raises sqlite3.Error where it cannot look: that the file is damaged is not known then.
    """
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)) as database:
            said = [row[0] for row in database.execute("PRAGMA integrity_check")]
            loose = database.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError as error:
        code = error.sqlite_errorcode & 0xFF  # the rest says more closely where
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            return [str(error)]
        raise
    faults = [] if said == ["ok"] else said
    return faults + [
        f"row {row} of {table} points at a row of {other} that is not there"
        for table, row, other, _number in loose
    ]


def sync_folder(folder: Path) -> None:
    """Makes sure that a file's new name outlives a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
