"""How every worker knows, before its next answer, which finished pages still show what they should.

Triggers give the site or a treatment a new token in the transaction of each change (triggers.py).
Once that is committed, the process that wrote compares the tokens with this machine's ledger; one
worker of each machine does the same where it hears of a change, and twice a second, for those made
elsewhere or by hand. All workers look at the ledger's stamp before each answer.

It fails closed. Finished pages are trusted while the stamp says so and no longer: whatever goes
wrong on the way, the stamp is taken back, and where even that cannot be written it runs out by
itself. Pages are then made for each reader, which is slow and right. The one exception is a
database out of reach: nobody can change anything then, and stored pages go on.
"""

import fcntl
import hashlib
import json
import logging
import mmap
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from datetime import time as time_of_day
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection, transaction
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.timezone import get_default_timezone

from ..models import LANGUAGES, Clinic, PageChange, Publication, triggers
from .troubles import Trouble, trouble_of

FOLDER = settings.VAR_DIR / "pages"
LOCKS = FOLDER / "locks"
LEDGER = FOLDER / "ledger.json"
STAMP = FOLDER / "stamp"
FILE = settings.DATABASES["default"]["NAME"]  # where that is SQLite

NO_CONTACT = {"name": {}, "phone_list": [], "emergency_number": ""}

LEASE = 10  # seconds for which a stamp holds: longer than it takes to see that a server has gone
# Other machines may go on changing a database that this one has lost.
LONGEST_OUTAGE = {"sqlite": float("inf"), "postgresql": 60 * 60.0}  # seconds

log = logging.getLogger(__name__)


# --- The ledger of this machine -----------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Ledger:
    """What pages show, as of one moment, in digests: a page made by other ones is an old page."""

    stamp: int
    tokens: Mapping[str, str]  # as the triggers wrote them, by subject
    everything: str  # what pages of all treatments show
    pages: Mapping[str, str]  # what the pages of a live treatment show, by its slug
    boundaries: tuple[float, ...]  # when scheduled publications begin or end, as Unix times
    contact: Mapping[str, Any]  # for the page that says that nothing else can be shown

    def shown_by(self, slug: str | None) -> str:
        """What a page shows: that of a treatment, or, for None, one that shows something of all."""
        return self.pages.get(slug, self.everything) if slug else self.everything

    def next_boundary(self, now: float) -> float | None:
        return min((at for at in self.boundaries if at > now), default=None)


_latest: Ledger | None = None
# The stamp file: the ledger's stamp, until when it holds, and when the database last said so.
_shared: memoryview | None = None
_in_trouble = False


def ledger_if_trusted() -> Ledger | None:
    """The ledger as it stands at this moment; None where no finished page can be trusted.

    It is the same object for as long as nothing that shows has changed.
    """
    ledger, shared = _latest, _shared
    try:
        # No system call: before one a thread lets go of the interpreter, and waits to have it back.
        if ledger is not None and shared is not None and _holds(ledger, shared):
            return ledger
        if ledger := _look():
            return ledger
    except (OSError, ValueError):  # there is none yet
        pass
    except Exception as error:
        _say("The ledger cannot be read", error)
    ledger = sync(lapsed=True)
    if not connection.in_atomic_block:
        close_old_connections()  # we may be in front of Django, which closes its own only
    return ledger


def _holds(ledger: Ledger, shared: memoryview) -> bool:
    return shared[0] == ledger.stamp and time.time() < shared[1]


def _look() -> Ledger | None:
    global _latest
    shared, ledger = _shared or _map_stamp(), _latest
    if ledger is None or shared[0] != ledger.stamp:
        ledger = load_ledger()
    if not ledger or _in_trouble or not _holds(ledger, shared):
        return None
    _latest = ledger
    return ledger


def reopen_stamp() -> None:
    """Has the stamp's file opened again at the next look: somebody may have removed it."""
    global _shared
    _shared = None


def load_ledger() -> Ledger | None:
    """The ledger as it was last written, whether or not it can still be trusted."""
    try:
        plain = json.loads(LEDGER.read_bytes())
        return Ledger(**plain | {"boundaries": tuple(plain["boundaries"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _map_stamp() -> memoryview:
    """Raises OSError where there is no such file, and ValueError for an empty one."""
    global _shared
    with open(STAMP, "rb") as file:
        _shared = memoryview(mmap.mmap(file.fileno(), 24, prot=mmap.PROT_READ)).cast("q")
    return _shared


def _write_stamp(stamp: int, until: int, confirmed: int) -> None:
    """To the file and not to memory: a full disk is an error then, and not a signal that kills."""
    numbers = b"".join(number.to_bytes(8, sys.byteorder) for number in (stamp, until, confirmed))
    file = os.open(STAMP, os.O_WRONLY | os.O_CREAT, 0o666)  # never cut short: others have it mapped
    try:
        if os.pwrite(file, numbers, 0) != len(numbers):
            raise OSError("the stamp was not written whole")
    finally:
        os.close(file)


def distrust_pages() -> None:
    """No finished page is trusted, by any worker, until the database has been read again."""
    global _in_trouble
    _in_trouble = True  # for this worker, where neither file can be touched
    reopen_stamp()
    with suppress(Exception):
        _write_stamp(0, 0, 0)
    with suppress(Exception):
        LEDGER.unlink(missing_ok=True)


def write_atomically(path: Path, data: bytes) -> None:
    """Replaces a file in one step, so that nobody reads half of it."""
    half = path.with_name(f"{path.name}.{os.getpid()}-{time.monotonic_ns()}.half")
    try:
        half.write_bytes(data)
        os.replace(half, path)
    except OSError:
        half.unlink(missing_ok=True)
        raise


@contextmanager
def machine_lock(name: str, *, patience: float = float("inf")) -> Iterator[bool]:
    """A lock among all threads and processes of this machine; one that dies lets go of it.

    Yields whether it was had within `patience` seconds.
    """
    LOCKS.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + patience
    with open(LOCKS / name, "a") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() < until:
                    time.sleep(0.005)
                    continue
                had = False
            else:
                had = True
            break
        yield had


# --- Learning what has changed ------------------------------------------------------------------


def sync(*, committed: bool = False, lapsed: bool = False) -> Ledger | None:
    """Compares the ledger with the database, and renews the stamp. Never raises.

    `committed`: this process has just changed something, so a database that is out of reach by now
    is no reason to go on with what was known. `lapsed`: the stamp did not hold any more; of many that
    find this at once, one compares. Returns the ledger; None where pages are not trusted.
    """
    global _latest, _in_trouble
    try:
        with machine_lock("ledger"):
            ledger = (lapsed and _look_again()) or _sync(committed)
    except Exception as error:
        with suppress(Exception):
            if not committed and (ledger := _known_for_good(error)):
                _say("Stored pages are served as they are", error)
                return ledger
        distrust_pages()
        _say("Finished pages are not trusted", error)
        return None
    _in_trouble = False
    if _latest is None or _latest.stamp != ledger.stamp:
        _latest = ledger
    return _latest


def _known_for_good(error: BaseException) -> Ledger | None:
    """The ledger, where this site can write neither its folder nor its SQLite file: a disk that has
    become read-only, say. Nothing that it does can make a page old then; None anywhere else."""
    unwritable = trouble_of(error) in (Trouble.READ_ONLY, Trouble.NOT_OURS)
    if _in_trouble or not unwritable or connection.vendor != "sqlite":
        return None
    if not os.access(FILE, os.F_OK) or os.access(FILE, os.W_OK):
        return None
    return load_ledger_of_stamp()


def load_ledger_of_stamp() -> Ledger | None:
    """The ledger as the stamp has it, however long ago that was. Raises OSError or ValueError where
    there is no stamp."""
    shared = _shared or _map_stamp()
    if _latest is not None and shared[0] == _latest.stamp:
        return _latest
    ledger = load_ledger()
    return ledger if ledger and shared[0] == ledger.stamp else None


def _sync(committed: bool) -> Ledger:
    ledger, now = load_ledger(), int(time.time())
    confirmed = now
    try:
        tokens = dict(PageChange.objects.order_by("subject").values_list("subject", "token"))
        if ledger is None or tokens != ledger.tokens:
            ledger = _read(tokens, stamp=max(time.time_ns(), ledger.stamp + 1 if ledger else 0))
            # First the stamp: whoever sees it and the ledger of before takes nothing for known.
            _write_stamp(ledger.stamp, 0, 0)
            write_atomically(LEDGER, json.dumps(asdict(ledger)).encode())
        _say("")
    except DatabaseError as error:
        shared = _shared or _map_stamp()
        confirmed = shared[2] if ledger and shared[0] == ledger.stamp else 0
        outage = now - confirmed
        if (
            ledger is None  # nothing is known that could be gone on with
            or committed
            or not is_database_unreachable(error)
            or outage > LONGEST_OUTAGE[connection.vendor]
        ):
            raise
        _say("Stored pages are served without the database", error)
    _write_stamp(ledger.stamp, now + LEASE, confirmed)
    return ledger


def _look_again() -> Ledger | None:
    with suppress(Exception):
        return _look()
    return None


def renew_all_pages() -> None:
    """Makes every finished page an old one, on all machines."""
    PageChange.objects.update_or_create(subject="site", defaults={"token": uuid4().hex})


_said = ""


def _say(what: str, error: BaseException | None = None) -> None:
    """Logs a trouble when it begins and when it is over, and not twice a second in between."""
    global _said
    known = trouble_of(error)
    said = f"{what}: {known.value if known else repr(error)}" if error else ""
    if said == _said:
        return
    if error:
        log.error(said, exc_info=error)
    else:
        log.warning("Finished pages are trusted again")
    _said = said


# What else is wrong with a file that cannot be read: nobody changes it through this site either. (A
# process that has just written looks with `committed`, and takes no such excuse.)
_FILE_UNREADABLE = {Trouble.DAMAGED, Trouble.FULL, Trouble.READ_ONLY}


def is_database_unreachable(error: BaseException) -> bool:
    """Whether a database error means that there was no database to ask, and so none to change."""
    trouble = trouble_of(error)
    is_file = connection.vendor == "sqlite"
    return trouble is Trouble.AWAY or (is_file and trouble in _FILE_UNREADABLE)


def _read(tokens: Mapping[str, str], *, stamp: int) -> Ledger:
    now = datetime.now(UTC)
    clinic = Clinic.objects.filter(pk=1).first()
    site = tokens.get("site", "")
    return Ledger(
        stamp=stamp,
        tokens=tokens,
        everything=_digest(tokens),
        pages=_pages(now, site, tokens),
        boundaries=_boundaries(now, clinic),
        contact=_contact(clinic),
    )


def _pages(now: datetime, site: str, tokens: Mapping[str, str]) -> dict[str, str]:
    """A treatment's pages show itself, and the titles of its neighbours in each language."""
    rows = Publication.objects.live(now).order_by("treatment__position", "treatment_id")
    shown: dict[str, list[object]] = {}
    before: dict[str, tuple[str, str]] = {}  # by language: the live treatment so far the last
    for language, key, slug, title in rows.values_list(
        "language", "treatment_id", "treatment__slug", "title"
    ):
        here = shown.setdefault(slug, [site, tokens.get(f"treatment:{key}", "")])
        if earlier := before.get(language):
            here.append((language, "after", *earlier))
            shown[earlier[0]].append((language, "before", slug, title))
        before[language] = slug, title
    return {slug: _digest(parts) for slug, parts in shown.items()}


def _boundaries(now: datetime, clinic: Clinic | None) -> tuple[float, ...]:
    ends = set()
    for column in ("live_from", "live_until"):
        later = Publication.objects.filter(**{f"{column}__gt": now}).order_by()
        ends.update(end.timestamp() for end in later.values_list(column, flat=True).distinct())
    # A closed day is named for as long as it lasts.
    ended = (_end_of(day) for day in (clinic.closed_days if clinic else ()))
    ends.update(end for end in ended if end > now.timestamp())
    return tuple(sorted(ends))


def _end_of(day: str) -> float:
    """As a Unix time, since the last day of the calendar has no day after it."""
    start = datetime.combine(date.fromisoformat(day), time_of_day.min, get_default_timezone())
    return start.timestamp() + 24 * 60 * 60


def _contact(clinic: Clinic | None) -> dict[str, Any]:
    """The clinic's name, by language, and its numbers; without what is only a placeholder."""
    if clinic is None:
        return NO_CONTACT
    name = {code: getattr(clinic, f"name_{code}") for code in LANGUAGES}
    return {
        "name": {} if clinic.is_placeholder else name,
        "phone_list": clinic.phone_list,
        "emergency_number": clinic.emergency_number,
    }


def _digest(value: object) -> str:
    return hashlib.blake2b(repr(value).encode(), digest_size=12).hexdigest()


# --- Noticing that this process has written -----------------------------------------------------

# What only reads, or ends or begins nothing by itself. Any other statement may have changed a page.
_READS = (
    "SELECT", "PRAGMA", "EXPLAIN", "SHOW", "SET", "BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK",
)  # fmt: skip


def _committed() -> None:
    sync(committed=True)


def _watch(execute: Callable, sql: Any, params: Any, many: bool, context: dict) -> Any:
    """Sees every write, also `update()`, bulk operations and SQL by hand, which send no signal."""
    result = execute(sql, params, many, context)
    statement = str(sql)
    if _migrating or statement.lstrip()[:9].upper().startswith(_READS):
        return result
    if connection.in_atomic_block:
        if all(entry[1] is not _committed for entry in connection.run_on_commit):
            transaction.on_commit(_committed)
    elif (
        "RETURNING" not in statement
    ):  # SQLite commits a row when its key has been read: found soon
        _committed()
    return result


_migrating = False


def _connected(connection: Any, **kwargs: Any) -> None:
    if connection.alias == "default" and _watch not in connection.execute_wrappers:
        connection.execute_wrappers.append(_watch)


def _before_migrating(plan: Sequence = (), **kwargs: Any) -> None:
    """Without triggers: SQLite rebuilds tables, and refuses where a trigger names one of them."""
    global _migrating
    _migrating = True
    if plan:
        triggers.remove(connection)


def _after_migrating(plan: Sequence = (), **kwargs: Any) -> None:
    global _migrating
    _migrating = False
    if PageChange._meta.db_table not in connection.introspection.table_names():
        return  # migrated back to before there was one
    if plan or not triggers.are_installed(connection):
        triggers.install(connection)
        renew_all_pages()
    sync()


def connect_signals() -> None:
    """Begins to watch. Called once, when the apps are ready."""
    app = apps.get_app_config("treatments")
    connection_created.connect(_connected)
    pre_migrate.connect(_before_migrating, sender=app)
    post_migrate.connect(_after_migrating, sender=app)
