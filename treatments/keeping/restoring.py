"""Bringing a backup back."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection

from ..models import Act, Picture, audit, triggers
from ..page_cache.invalidation import distrust_pages, renew_all_pages
from ..photos.storage import snapshots_with_photo
from . import KeepingError, archive
from .backups import Backup, Say, explained, own_folder, write_backup
from .databases import (
    BESIDE,
    KIND_WORDS,
    as_default,
    close_sessions,
    migrate,
    open_beside,
    sqlite_file,
    sync_folder,
    unknown_migrations,
)
from .programs import check_version, run, run_postgresql


class HalfRestored(KeepingError):
    """The database of before has gone, and that of the backup cannot be used as it is."""


@dataclass(frozen=True)
class Restored:
    before: Path | None  # where what was there is now
    removed_before: tuple[str, ...]  # photos that had been removed and are back, in words


def check_fits(backup: Backup) -> None:
    """Raises KeepingError where a backup cannot become this site's database."""
    kind, own = backup.manifest.database, connection.vendor
    if kind != own:
        raise KeepingError(
            f"This is a backup of {KIND_WORDS[kind]}, and DATABASE_URL names {KIND_WORDS[own]}. "
            f"Restore it where DATABASE_URL names {KIND_WORDS[kind]}; then move_database moves it."
        )
    if newer := unknown_migrations(backup.manifest.migrations):
        raise KeepingError(
            f"This backup is of a newer release than this program, which does not know {newer[0]}. "
            "Update the program first."
        )


def is_empty() -> bool:
    """Whether there is no database yet, or none with a table."""
    try:
        if connection.vendor == "sqlite" and not sqlite_file(connection).exists():
            return True
        return not connection.introspection.table_names()
    except DatabaseError:
        if connection.vendor == "sqlite":  # damaged, which is no less than something
            return False
        raise
    finally:
        connection.close()


def restore(backup: Backup, *, now: datetime, say: Say = print) -> Restored:
    """Makes the site what a backup holds. What is there now is put beside it, and nothing is lost.

    While `nobody_serves`. Raises HalfRestored, or another KeepingError; with that the database is
    the one of before.
    """
    with explained():
        removed = _removed_photos()
        before = None
        if connection.vendor == "sqlite":
            with as_default(open_beside(connection.settings_dict | {"NAME": str(backup.database)})):
                _make_ready(now, say)
                connection.close()
            _restore_photos(backup, say)
            distrust_pages()
            before = _put_in_place(backup.database, now)
        else:
            if not is_empty():
                before = _back_up_first(backup, now, say)
            _restore_photos(backup, say)
            say("Writing the database …")
            _replace_postgresql(backup)
            with _half_restored(before):
                _make_ready(now, say)
                distrust_pages()
        return Restored(before, tuple(_back_again(removed)))


@contextmanager
def _half_restored(before: Path | None) -> Iterator[None]:
    try:
        with explained():
            yield
    except KeepingError as error:
        there = f" What was there before: {before}" if before else ""
        half = HalfRestored(
            f"The backup is in the database, but is not ready: {error} Restore it once more.{there}"
        )
        half.status = error.status
        raise half from error


def _make_ready(now: datetime, say: Say) -> None:
    say("Bringing it up to date …")
    migrate()
    close_sessions(connection)  # a backup of before sessions were left out has some
    renew_all_pages()
    audit.record(Act.RESTORED, now=now)


def _restore_photos(backup: Backup, say: Say) -> None:
    say(f"Photos: {len(backup.manifest.photos)} files …")
    for name, file in archive.photos(backup.archive):
        data = file.read()
        if not _is_there(name, data):
            default_storage.save(name, ContentFile(data))


def _is_there(name: str, data: bytes) -> bool:
    if not default_storage.exists(name):
        return False
    with default_storage.open(name) as file:
        return file.read() == data


def _removed_photos() -> dict[str, datetime]:
    """When photos were removed everywhere, by their names, as far as the database can say."""
    if is_empty():
        return {}
    try:
        removed = Picture.objects.exclude(removed_at=None)
        return dict(removed.values_list("name", "removed_at"))
    except DatabaseError:
        return {}


def _back_again(removed: dict[str, datetime]) -> Iterator[str]:
    for picture in Picture.objects.filter(name__in=removed, removed_at=None):
        slugs = snapshots_with_photo(picture.name).values_list("treatment__slug", flat=True)
        where = ", ".join(sorted(set(slugs))) or "no treatment"
        yield f"{picture.name}, removed on {removed[picture.name]:%Y-%m-%d}, in: {where}"


# --- SQLite -------------------------------------------------------------------------------------


def _put_in_place(database: Path, now: datetime) -> Path | None:
    """Gives a database the name of the site's; returns the name that the one of before has now."""
    _make_one_file(database)
    target = sqlite_file(connection)
    connection.close()
    half = target.with_name(f".{target.name}.half")
    try:
        shutil.copyfile(database, half)
        with half.open("rb") as file:
            os.fsync(file.fileno())
        if target.exists():
            half.chmod(target.stat().st_mode & 0o777)
        before = _put_beside(target, now)
        os.replace(half, target)
        sync_folder(target.parent)
    finally:
        half.unlink(missing_ok=True)
    return before


def _put_beside(target: Path, now: datetime) -> Path | None:
    """Gives what is there another name too; returns that, None where nothing is there.

    A database that can be read becomes one file first. It keeps its own name until the new one takes
    that, so whenever this is broken off, each of the two names has a whole database or none. Files
    that SQLite would read together with the new one are out of the way before it comes.
    """
    before = target.with_name(f"{target.name}.before-{now.astimezone(UTC):%Y-%m-%dT%H%M%SZ}")
    if before.exists():
        raise KeepingError(f"{before} is there already, and stays as it is.")
    found = False
    if target.exists():
        found = True
        _make_one_file(target)
        try:
            os.link(target, before)
        except OSError:  # not every kind of disk can
            os.rename(target, before)
    for end in BESIDE:
        with suppress(FileNotFoundError):
            os.rename(f"{target}{end}", f"{before}{end}")
            found = True
    sync_folder(target.parent)
    return before if found else None


def _make_one_file(database: Path) -> None:
    """Writes into a database what lies beside it. One that cannot be read is left as it is.

    Raises KeepingError where somebody else uses it.
    """
    try:
        with closing(sqlite3.connect(database, timeout=1)) as opened:
            opened.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
            raise KeepingError(f"Something else uses {database} now. Stop it first.") from error


# --- PostgreSQL ---------------------------------------------------------------------------------


def _back_up_first(backup: Backup, now: datetime, say: Say) -> Path:
    path = own_folder() / f"before-restore-{now.astimezone(UTC):%Y-%m-%dT%H%M%SZ}.tar.gz"
    say("First, a backup of what is there …")
    write_backup(path, backup.database.parent, now=now, say=say)
    return path


def _replace_postgresql(backup: Backup) -> None:
    """In one transaction, so that what is there stays where the backup cannot be written."""
    connection.ensure_connection()
    check_version("pg_restore", connection)
    folder = backup.database.parent
    empty, fill = folder / "empty.sql", folder / "fill.sql"
    with connection.cursor() as cursor:
        tables = [
            connection.ops.quote_name(name) for name in connection.introspection.table_names(cursor)
        ]
    drop = f"DROP TABLE {', '.join(tables)} CASCADE;\n" if tables else ""
    functions = ", ".join(f"{name}()" for name in triggers.FUNCTIONS)
    empty.write_text(f"{drop}DROP FUNCTION IF EXISTS {functions};\n")
    run(["pg_restore", "--no-owner", "--no-privileges", f"--file={fill}", backup.database])
    if connection.pg_version < 170_000:
        _without_setting(fill, b"SET transaction_timeout = 0;\n")
    run_postgresql(
        connection, "psql", "--no-psqlrc", "--quiet", "--single-transaction",
        "--set=ON_ERROR_STOP=1", f"--file={empty}", f"--file={fill}",
    )  # fmt: skip
    connection.close()


def _without_setting(script: Path, line: bytes) -> None:
    """pg_restore writes for servers of its own version; older ones do not know this setting."""
    text = script.read_bytes()
    begin, found, rest = text.partition(line)
    if found and b"CREATE" not in begin:
        script.write_bytes(begin + rest)
