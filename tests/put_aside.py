"""The test database as it is now, put aside once and brought back after each test that commits.

A site beside the tests starts with a copy of it.
"""

import os
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from functools import partial
from urllib.parse import urlsplit

from django.db import connection

from .patience import within

ANSWERED_WITHIN = 20.0  # seconds
_copy: Callable[[str], None]


def put_aside() -> Callable[[], None]:
    """Returns what brings the database back to this moment."""
    global _copy
    connection.ensure_connection()
    by_vendor = {"sqlite": _in_memory, "postgresql": _as_a_template}
    bring_back, _copy = by_vendor[connection.vendor]()
    return bring_back


def copy_to(url: str) -> None:
    """Fills the empty database at `url`, of the same kind, with what was put aside."""
    _copy(url)


def _in_memory() -> tuple[Callable[[], None], Callable[[str], None]]:
    kept = sqlite3.connect(":memory:")
    connection.connection.backup(kept)

    def brought_back() -> bool:
        connection.ensure_connection()
        try:
            kept.backup(connection.connection)
        except (sqlite3.DatabaseError, SystemError):  # the latter where SQLite names no error
            return False  # a page was closed, and what it had asked for is still being answered
        return True

    def copy(url: str) -> None:
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as file:
            kept.backup(file)

    return partial(within, ANSWERED_WITHIN, brought_back), copy


def _as_a_template() -> tuple[Callable[[], None], Callable[[str], None]]:
    from .postgresql import PROGRAMS

    database = connection.settings_dict["NAME"]
    kept = f"{database}_kept"

    def clone(template: str, copied: str) -> None:
        template, copied = map(connection.ops.quote_name, (template, copied))
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {copied} WITH (FORCE)")
            cursor.execute(f"CREATE DATABASE {copied} TEMPLATE {template}")

    def copy(url: str) -> None:
        there = urlsplit(os.environ["TEST_SERVER"])._replace(path=f"/{kept}").geturl()
        dump = [PROGRAMS / "pg_dump", "--no-owner", there]
        fill = [PROGRAMS / "psql", "--quiet", "--set", "ON_ERROR_STOP=1", url]
        said = subprocess.run(dump, check=True, capture_output=True).stdout
        subprocess.run(fill, check=True, input=said, stdout=subprocess.DEVNULL)

    clone(database, kept)
    return partial(clone, kept, database), copy
