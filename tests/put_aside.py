"""The test database as it is now, put aside once and brought back after each test that commits."""

import sqlite3
from collections.abc import Callable

from django.db import connection

from .patience import within

ANSWERED_WITHIN = 20.0  # seconds


def put_aside() -> Callable[[], None]:
    """Returns what brings the database back to this moment."""
    connection.ensure_connection()
    return {"sqlite": _in_memory, "postgresql": _as_a_template}[connection.vendor]()


def _in_memory() -> Callable[[], None]:
    kept = sqlite3.connect(":memory:")
    connection.connection.backup(kept)

    def brought_back() -> bool:
        connection.ensure_connection()
        try:
            kept.backup(connection.connection)
        except (sqlite3.OperationalError, SystemError):  # the latter where SQLite names no error
            return False  # a page was closed, and what it had asked for is still being answered
        return True

    return lambda: within(ANSWERED_WITHIN, brought_back)


def _as_a_template() -> Callable[[], None]:
    name = connection.ops.quote_name(connection.settings_dict["NAME"])
    kept = connection.ops.quote_name(f"{connection.settings_dict['NAME']}_kept")

    def copy(template: str, copied: str) -> None:
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {copied} WITH (FORCE)")
            cursor.execute(f"CREATE DATABASE {copied} TEMPLATE {template}")

    copy(name, kept)
    return lambda: copy(kept, name)
