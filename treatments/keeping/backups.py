"""Taking a backup, checking one, and removing old ones."""

import json
import os
import re
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import BinaryIO

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import DatabaseError, connection

from ..page_cache.invalidation import machine_lock, write_atomically
from . import KeepingError, Stopped, archive, programs
from .archive import DATABASE, PHOTOS, Manifest
from .databases import contents_of_file, copy_database, faults_of_sqlite, sync_folder

# In IONTOINFO_VAR.
FOLDER, RECORD, _WORKSPACE = "backups", "last_backup.json", ".keeping"
_OWN = re.compile(r"iontoinfo-\d{4}-\d\d-\d\dT\d{6}Z\.tar\.gz(\.age)?")
_HALF = ".half"
_A_DAY = 24 * 60 * 60.0
_SOME = 200  # photos between two lines of progress

Say = Callable[[str], object]


@contextmanager
def workspace() -> Iterator[Path]:
    """An empty folder of one's own, on the disk of the site. Raises KeepingError.

    One at a time: what an earlier one left that was killed goes.
    """
    if not settings.VAR_DIR.is_dir():
        raise KeepingError(
            f"There is no folder {settings.VAR_DIR}. IONTOINFO_VAR says where it is."
        )
    owner = _owner_of(settings.VAR_DIR)
    if os.geteuid() == 0 != owner:
        raise KeepingError(
            f"{settings.VAR_DIR} belongs to another user than root. Run this as that user: "
            f"setpriv --reuid {owner} --regid {owner} --init-groups …"
        )
    with machine_lock("keeping", patience=0) as ours:
        if not ours:
            raise KeepingError("Another backup is being taken, checked or restored. Try later.")
        folder = settings.VAR_DIR / _WORKSPACE
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def nobody_serves() -> Iterator[None]:
    """Until it ends, the site does not start on this machine. Raises KeepingError where it runs."""
    with machine_lock("keeper", patience=0) as ours:
        if not ours:
            raise KeepingError("The site is running. Stop it first, on every machine.")
        yield


@contextmanager
def explained() -> Iterator[None]:
    """Whatever the disk or the database refuses is a KeepingError, and so is Ctrl-C."""
    try:
        yield
    except KeyboardInterrupt as error:
        raise Stopped("It was stopped.") from error
    except OSError as error:
        path = error.filename2 or error.filename  # of two files the one that was written to
        about = f"{path}: " if path else ""
        raise KeepingError(f"{about}{error.strerror or error}") from error
    except (DatabaseError, sqlite3.Error) as error:
        said = " ".join(str(error).split())
        raise KeepingError(f"The database cannot be used: {said}") from error


# --- Taking one ---------------------------------------------------------------------------------


def take_backup(
    destination: Path | None, *, now: datetime, recipient: str = "", say: Say = print
) -> Path:
    """Writes a backup, reads it back, and only then gives it its name; returns that.

    `destination` is a folder that is there, or the name of a new file, which ends as the backup's
    kind does. Raises KeepingError and leaves nothing.
    """
    with explained(), workspace() as folder:
        if recipient:
            programs.check_recipient(recipient)
        path = _path(destination, now, recipient)
        _remove_half_ones(path.parent)
        write_backup(path, folder, now=now, recipient=recipient, say=say)
    return path


def write_backup(path: Path, folder: Path, *, now: datetime, recipient: str = "", say: Say) -> None:
    """Writes, in a workspace of one's own, what gets its name when it has been read back."""
    half = path.with_name(f".{path.name}{_HALF}")
    half.unlink(missing_ok=True)
    try:
        plain = folder / "plain" if recipient else half
        with _new_file(plain) as file:
            _write(file, folder, now, say)
        say("Reading it back …")
        _check(plain, folder)
        if recipient:
            say("Encrypting …")
            with _new_file(half) as file:
                programs.encrypt(plain, file, recipient)
        os.rename(half, path)
        sync_folder(path.parent)
    finally:
        half.unlink(missing_ok=True)


def own_folder() -> Path:
    """Where backups go that are told no other place."""
    folder = settings.VAR_DIR / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _path(destination: Path | None, now: datetime, recipient: str) -> Path:
    destination, end = destination or own_folder(), ".tar.gz.age" if recipient else ".tar.gz"
    if destination.is_dir():
        destination /= f"iontoinfo-{now.astimezone(UTC):%Y-%m-%dT%H%M%SZ}{end}"
    if not destination.parent.is_dir():
        raise KeepingError(f"There is no folder {destination.parent}.")
    if destination.exists():
        raise KeepingError(f"{destination} is there already, and stays as it is.")
    if not destination.name.endswith(end):  # a folder that was mistyped, or is not mounted
        kind = "an encrypted backup" if recipient else "a backup"
        raise KeepingError(
            f"There is no folder {destination}. (The name of {kind}'s file ends in {end}.)"
        )
    return destination


@contextmanager
def _new_file(path: Path) -> Iterator[BinaryIO]:
    """A new file for its owner alone, which is on the disk when it is closed."""
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def _write(file: BinaryIO, folder: Path, now: datetime, say: Say) -> None:
    say("Copying the database …")
    copy = folder / "copy"
    rows, migrations = copy_database(copy)
    if not migrations:
        raise KeepingError("The database is empty: there is nothing to keep.")
    writer = archive.Writer(file)
    writer.add(DATABASE[connection.vendor], copy)
    copy.unlink()
    bucket = ""
    if isinstance(default_storage, FileSystemStorage):
        _add_photos(writer, Path(default_storage.location), say)
    else:
        bucket = getattr(default_storage, "bucket_name", "") or "a bucket"
    writer.finish(
        made_at=now.astimezone(UTC).isoformat(timespec="seconds"),
        database=connection.vendor,
        migrations=migrations,
        rows=rows,
        photos_in_bucket=bucket,
    )


def _add_photos(writer: archive.Writer, root: Path, say: Say) -> None:
    """After the database: what it names was there when it was copied."""
    files = sorted(path for path in root.rglob("*") if path.is_file())
    for number, path in enumerate(files):
        if number % _SOME == 0:
            say(f"Photos: {number} of {len(files)} files …")
        with suppress(FileNotFoundError):  # removed since
            writer.add(f"{PHOTOS}/{path.relative_to(root)}", path)


def _remove_half_ones(folder: Path) -> None:
    """What was left by a backup that was killed; another site's may be under way."""
    for path in folder.glob(f".iontoinfo-*{_HALF}"):
        if _is_ours(path) and time.time() - path.stat().st_mtime > _A_DAY:
            path.unlink()


def _is_ours(path: Path) -> bool:
    return path.is_file() and _owner_of(path) == os.geteuid()


def _owner_of(path: Path) -> int:
    return path.stat().st_uid


def remove_old(folder: Path, keep: int) -> list[Path]:
    """Removes all but the newest `keep` backups that have the name of their moment."""
    own = sorted(path for path in folder.iterdir() if _OWN.fullmatch(path.name) and _is_ours(path))
    for path in (old := own[:-keep]):
        path.unlink()
    return old


def record(*, now: datetime, path: Path | None = None, error: str | None = None) -> None:
    """Writes down how the last backup went, for the admin's page on the system.

    Of one that failed, `last_whole` is what was written down of the last one that did not.
    """
    values = {
        "finished_at": now.astimezone(UTC).isoformat(timespec="seconds"),
        "path": str(path) if path else None,
        "bytes": path.stat().st_size if path else None,
        "verified": path is not None,
        "error": error,
    }
    if error:
        values["last_whole"] = _last_whole()
    with suppress(OSError):  # a full disk, say, of which the error speaks
        write_atomically(settings.VAR_DIR / RECORD, json.dumps(values).encode())


def _last_whole() -> dict | None:
    try:
        noted = json.loads((settings.VAR_DIR / RECORD).read_text("utf-8"))
        return noted if noted["verified"] else noted.get("last_whole")
    except (OSError, ValueError, KeyError, TypeError, AttributeError):  # none yet, or damaged
        return None


# --- Checking one -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Backup:
    """A backup that has been read from end to end."""

    manifest: Manifest
    archive: Path  # not encrypted
    database: Path  # unpacked


@contextmanager
def checked(path: Path, *, identity: Path | None = None, say: Say = print) -> Iterator[Backup]:
    """Raises KeepingError where a single bit is not as it was written."""
    with explained(), workspace() as folder:
        if not path.is_file():
            raise KeepingError(f"There is no file {path}.")
        plain = path
        if programs.is_encrypted(path):
            if identity is None:
                raise KeepingError(f"{path} is encrypted: name the key's file with --identity.")
            if not identity.exists():
                raise KeepingError(f"There is no file {identity}, which --identity names.")
            say("Decrypting …")
            plain = folder / "plain"
            with _new_file(plain) as file:
                programs.decrypt(path, file, identity)
        say("Checking …")
        manifest, database = _check(plain, folder)
        yield Backup(manifest, plain, database)


def _check(plain: Path, folder: Path) -> tuple[Manifest, Path]:
    """Returns its manifest, and its database in a new folder within the one given."""
    folder = Path(mkdtemp(dir=folder))
    manifest = archive.check(plain, folder)
    database = folder / DATABASE[manifest.database]
    if manifest.database == "sqlite":
        if faults := faults_of_sqlite(database):
            raise archive.NotABackup(f"Its database is damaged: {faults[0]}")
        if contents_of_file(database) != (dict(manifest.rows), manifest.migrations):
            raise archive.NotABackup("Its database does not hold the rows that its manifest lists.")
    else:
        listed = programs.run(["pg_restore", "--list", database])
        for table in manifest.rows:
            if not re.search(rf" TABLE \S+ {re.escape(table)} ", listed):
                raise archive.NotABackup(f"The table {table} is not in its database.")
    return manifest, database
