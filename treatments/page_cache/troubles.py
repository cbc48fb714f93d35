"""What an error of the database or of the disk means, and what is to be done about it."""

import errno
import shutil
from collections.abc import Iterator
from enum import Enum

from django.conf import settings
from django.db import connection

A_MEGABYTE = 1024 * 1024
SEE = "See “It is down” in docs/operate.md."


class Trouble(Enum):
    """Its value is for the operator; staff and readers have words of their own in the templates."""

    AWAY = "The database cannot be reached. Nothing else needs doing once it is back."
    UNPREPARED = "The database is not the one of this release: run `manage.py prepare`."
    DAMAGED = f"The database is damaged: restore the newest copy. {SEE}"
    FULL = f"The disk is full: make room. {SEE}"
    READ_ONLY = f"The disk takes no writing: look at the disk, and whose the folder is. {SEE}"
    NOT_OURS = f"This user may not write there: give the folder to it. {SEE}"
    BUSY = "The database was busy for too long: something else holds it."


OF_THE_DISK = {
    errno.ENOSPC: Trouble.FULL,
    errno.EDQUOT: Trouble.FULL,
    errno.EFBIG: Trouble.FULL,
    errno.EROFS: Trouble.READ_ONLY,
    errno.EIO: Trouble.READ_ONLY,
    errno.EACCES: Trouble.NOT_OURS,
    errno.EPERM: Trouble.NOT_OURS,
}
OF_SQLITE = {  # by how SQLite's name of an error begins
    "SQLITE_CANTOPEN": Trouble.AWAY,
    "SQLITE_NOTADB": Trouble.DAMAGED,
    "SQLITE_CORRUPT": Trouble.DAMAGED,
    "SQLITE_FULL": Trouble.FULL,
    "SQLITE_READONLY": Trouble.READ_ONLY,
    "SQLITE_IOERR": Trouble.READ_ONLY,
    "SQLITE_BUSY": Trouble.BUSY,
    "SQLITE_LOCKED": Trouble.BUSY,
}
OF_POSTGRESQL = {  # by how an SQLSTATE begins, the longer ones first
    "53100": Trouble.FULL,
    "25006": Trouble.READ_ONLY,
    "42P01": Trouble.UNPREPARED,  # no such table
    "42703": Trouble.UNPREPARED,  # no such column
    "XX001": Trouble.DAMAGED,
    "XX002": Trouble.DAMAGED,
    "55P03": Trouble.BUSY,
    # No connection, one that broke, a server that shuts down or starts, too many connections.
    "08": Trouble.AWAY,
    "57P": Trouble.AWAY,
    "53": Trouble.AWAY,
}


def trouble_of(error: BaseException | None) -> Trouble | None:
    """None where an error is of another kind."""
    return next((found for each in _causes(error) if (found := _of_one(each))), None)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _of_one(error: BaseException) -> Trouble | None:
    if isinstance(error, OSError):
        return OF_THE_DISK.get(error.errno)
    if not isinstance(error, connection.Database.Error):
        return None
    if connection.vendor == "sqlite":
        if str(error).startswith(("no such table", "no such column")):
            return Trouble.UNPREPARED
        name = getattr(error, "sqlite_errorname", "")
        if name.startswith("SQLITE_IOERR") and _disk_is_full():
            return Trouble.FULL  # no room for its shared memory, without which it does not open
        return _by_beginning(OF_SQLITE, name)
    kinds = connection.Database.OperationalError | connection.Database.InterfaceError
    without = "08" if isinstance(error, kinds) else ""
    return _by_beginning(OF_POSTGRESQL, error.sqlstate or without)


def _disk_is_full() -> bool:
    try:
        return shutil.disk_usage(settings.VAR_DIR).free < A_MEGABYTE
    except OSError:
        return False


def _by_beginning(table: dict[str, Trouble], name: str) -> Trouble | None:
    return next((trouble for start, trouble in table.items() if name.startswith(start)), None)


def why_unreachable(error: BaseException) -> str:
    """What the database says to whoever wants to connect, for the operator; without the password.

    In its own words, behind where it was looked for: those are of its language, but for two that
    are explained.
    """
    place = settings.DATABASES["default"]
    where = f"{place.get('HOST') or 'this machine'}:{place.get('PORT') or 5432}"
    said = " ".join(str(error).split()).rstrip(".?")
    if password := place.get("PASSWORD"):
        said = said.replace(password, "…")
    if "password authentication failed" in said or "no password supplied" in said:
        said += ". The name or the password in DATABASE_URL is not the one it knows"
    elif "does not exist" in said:
        said += ". Create it, or mend the name in DATABASE_URL"
    return f"{place['NAME']} at {where} as {place.get('USER') or 'nobody'}: {said}."
