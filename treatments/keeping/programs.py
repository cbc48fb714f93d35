"""The programs that keeping needs beside Python: PostgreSQL's own, and age."""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO

from django.db.backends.base.base import BaseDatabaseWrapper

from . import KeepingError

PACKAGES = {
    "pg_dump": "postgresql-client",
    "pg_restore": "postgresql-client",
    "psql": "postgresql-client",
    "age": "age",
}
AGE = b"age-encryption.org/"  # how a file that age has encrypted begins


def run(arguments: Sequence[str | Path], **options: Any) -> str:
    """What a program printed. Raises KeepingError where it is missing or fails, with its words."""
    name = str(arguments[0])
    if not shutil.which(name):
        raise KeepingError(f"{name} is not installed: apt-get install {PACKAGES[name]}")
    options = {"stdout": subprocess.PIPE, "stdin": subprocess.DEVNULL} | options
    done = subprocess.run(list(map(str, arguments)), stderr=subprocess.PIPE, check=False, **options)
    if done.returncode:
        said = " ".join(done.stderr.decode(errors="replace").split())
        raise KeepingError(f"{name} failed: {said or f'it ended with {done.returncode}'}")
    return (done.stdout or b"").decode(errors="replace")


# --- PostgreSQL ---------------------------------------------------------------------------------


def run_postgresql(connection: BaseDatabaseWrapper, *arguments: str | Path) -> str:
    """Runs one of PostgreSQL's programs on the database that a connection is open to."""
    program, *rest = arguments
    info = connection.connection.info
    password = {"PGPASSWORD": info.password} if info.password else {}  # not for `ps` to show
    return run([program, f"--dbname={_address(connection)}", *rest], env=os.environ | password)


def _address(connection: BaseDatabaseWrapper) -> str:
    """As it was asked for. psycopg's library is newer than the programs may be: what it says of
    itself has options that they do not know."""
    from psycopg.conninfo import make_conninfo

    asked = {"host", "port", "dbname", "user", *connection.get_connection_params()}
    there = connection.connection.info.get_parameters()
    return make_conninfo("", **{name: value for name, value in there.items() if name in asked})


def check_version(program: str, connection: BaseDatabaseWrapper) -> None:
    """PostgreSQL's programs read servers of their own version and of older ones."""
    said = run([program, "--version"])
    ours, servers = int(re.search(r"\d+", said)[0]), connection.pg_version // 10_000
    if ours < servers:
        raise KeepingError(
            f"{program} is of PostgreSQL {ours} and the server of {servers}: install "
            f"postgresql-client-{servers}, and put its folder first in PATH."
        )


# --- age ----------------------------------------------------------------------------------------


def check_recipient(recipient: str) -> None:
    """Raises KeepingError where age is missing or nothing can be encrypted for this recipient."""
    run(["age", "--encrypt", "--recipient", recipient])


def encrypt(source: Path, target: BinaryIO, recipient: str) -> None:
    run(["age", "--encrypt", "--recipient", recipient, source], stdout=target)


def decrypt(source: Path, target: BinaryIO, identity: Path) -> None:
    run(["age", "--decrypt", "--identity", identity, source], stdout=target)


def is_encrypted(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(AGE)) == AGE
