"""How every worker knows, before its next answer, that something on patients' pages has changed.

A write to a table of SHOWN leaves a row in PageChange, in the same transaction. Once that is
committed, the process that wrote enters it in this machine's ledger, and every worker looks at the
ledger's stamp before each answer. Other machines find the row (keeper.py); so does this one, should
the process have died between its commit and the ledger.

A stamp is a time in nanoseconds that never repeats: of a change, and of the ledger. The ledger's is
the time of its file, and stands in a file of eight bytes besides, which every worker has in memory.
"""

import fcntl
import hashlib
import json
import mmap
import os
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.backends.signals import connection_created
from django.db.models import Q
from django.db.models.signals import post_migrate, post_save, pre_migrate
from django.utils.timezone import get_default_timezone

from .models import LANGUAGES, BodyArea, Clinic, PageChange, Publication, Review, Term, Treatment

FOLDER = settings.VAR_DIR / "pages"
LOCKS = FOLDER / "locks"
LEDGER = FOLDER / "ledger.json"
STAMP = FOLDER / "stamp"
CONTACT = FOLDER / "contact.json"
CHANNEL = "page_changes"
KEPT_ROWS = 100  # of PageChange; up to twice as many between two clearings

EVERYTHING = "everything"
ORDER = "order"  # everything, if the treatments' addresses or their order are other than before
ONE_TREATMENT = "treatment:"  # and a primary key: its pages and its neighbours'

# Every model that patients' pages read, and what a write to its table touches.
SHOWN = {
    Publication: EVERYTHING,  # or one treatment, where the writer has said which
    Review: EVERYTHING,  # likewise
    Clinic: EVERYTHING,
    BodyArea: EVERYTHING,
    Term: EVERYTHING,
    Treatment: ORDER,  # its words are a draft's
}
OF_A_TREATMENT = {model._meta.db_table for model in (Publication, Review)}
TABLES = {model._meta.db_table: subject for model, subject in SHOWN.items()}
WRITE = re.compile(
    r"\s*(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|REPLACE\s+INTO|UPDATE|DELETE\s+FROM|TRUNCATE)\s+\"?(\w+)",
    re.IGNORECASE,
)


# --- The ledger of this machine -----------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Ledger:
    """What this machine knows of the changes, as of one moment."""

    stamp: int
    touched: Mapping[str, int]  # EVERYTHING, or a treatment's slug: the stamp of its newest change
    boundaries: tuple[float, ...]  # when scheduled publications begin or end, as Unix times
    order: str  # a digest of the treatments' addresses in their order
    rows: tuple[int, ...]  # of PageChange, taken up already; the newest of them

    @cached_property
    def last(self) -> int:
        """The stamp of the newest change that touches any page."""
        return max(self.touched.values())

    def still_shows(self, made: int, slug: str | None) -> bool:
        """Whether a page made when `last` was `made` shows what it should.

        `slug` is the treatment of a treatment's page; any other page shows something of all.
        """
        if slug is None:
            return made >= self.last
        return made >= max(self.touched[EVERYTHING], self.touched.get(slug, 0))

    def next_boundary(self, now: float) -> float | None:
        return min((at for at in self.boundaries if at > now), default=None)


_latest: Ledger | None = None
_stamp: memoryview | None = None  # the eight bytes as one number
_stamp_file = 0  # their inode


def ledger() -> Ledger | None:
    """The ledger as it stands at this moment, or None where there is none yet.

    It is the same object for as long as nothing that shows has changed.
    """
    known, stamp = _latest, _stamp
    # No system call: before one a thread lets go of the interpreter, and waits to have it back.
    if known is not None and stamp is not None and stamp[0] == known.stamp:
        return known
    return _look()


def _look() -> Ledger | None:
    global _latest
    known = _load()
    if known is None:
        return None
    try:
        stamp = _stamp  # once: another thread may forget it
        if stamp is None:
            stamp = _map_stamp()
        if stamp[0] != known.stamp:
            with locked("ledger", patience=0) as ours:
                # Nobody is writing: somebody died between the two files, or there was but one.
                known = _load() if ours else known
                if ours and known:
                    _write_stamp(known.stamp)
    except OSError:
        return None
    if known and stamp[0] == known.stamp:  # else it changed while we looked
        _latest = known
    return known


def look_again() -> None:
    """Notices what the stamp cannot say: that its file or the ledger's was removed or replaced."""
    global _latest, _stamp
    known = _latest
    try:
        whole = known and os.stat(LEDGER).st_mtime_ns == known.stamp
        if whole and os.stat(STAMP).st_ino == _stamp_file:
            return
    except OSError:
        pass
    _latest = _stamp = None


def _map_stamp() -> memoryview:
    global _stamp, _stamp_file
    with open(STAMP, "a+b") as file:
        if os.fstat(file.fileno()).st_size < 8:
            file.write(bytes(8))
            file.flush()
        stamp = memoryview(mmap.mmap(file.fileno(), 8, prot=mmap.PROT_READ)).cast("q")
        _stamp, _stamp_file = stamp, os.fstat(file.fileno()).st_ino
    return stamp


def _write_stamp(stamp: int) -> None:
    """To the file and not to memory: a full disk is an error then, and not a signal that kills."""
    file = os.open(STAMP, os.O_WRONLY | os.O_CREAT, 0o666)  # never cut short: others have it mapped
    try:
        os.pwrite(file, stamp.to_bytes(8, sys.byteorder), 0)
    finally:
        os.close(file)


def _load() -> Ledger | None:
    try:
        plain = json.loads(LEDGER.read_bytes())
        lists = {name: tuple(plain[name]) for name in ("boundaries", "rows")}
        return Ledger(**plain | lists)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _save(ledger: Ledger) -> None:
    try:
        # First the stamp: whoever sees it and the ledger of before takes nothing for known.
        _write_stamp(ledger.stamp)
        write_whole(LEDGER, json.dumps(asdict(ledger)).encode(), stamp=ledger.stamp)
    except OSError:
        # A full disk. Without a ledger no stored page is served: slow, but never the old page.
        LEDGER.unlink(missing_ok=True)
        raise


def write_whole(path: Path, data: bytes, *, stamp: int = 0) -> None:
    """Replaces a file in one step, so that nobody reads half of it."""
    half = path.with_name(f"{path.name}.{os.getpid()}-{time.monotonic_ns()}.half")
    half.write_bytes(data)
    if stamp:
        os.utime(half, ns=(stamp, stamp))
    os.replace(half, path)


@contextmanager
def locked(name: str, *, patience: float = float("inf")) -> Iterator[bool]:
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


# --- Taking up changes --------------------------------------------------------------------------


def take_up(rows: Mapping[int, str]) -> None:
    """Enters committed changes, by their primary keys, in the ledger; each only once."""
    with locked("ledger"):
        known = _load()
        new = {row: subject for row, subject in rows.items() if not known or row not in known.rows}
        if new or not known:
            _enter(known, new)


def catch_up() -> None:
    """Takes up what other machines changed, or a process that died. Raises DatabaseError.

    Where the database is another than this machine knew (restored, say), all counts as changed.
    """
    before = _load()
    newest = PageChange.objects.order_by("-pk").values_list("pk", "subject")[: 2 * KEPT_ROWS]
    rows = dict(newest)
    if len(rows) == 2 * KEPT_ROWS:
        PageChange.objects.filter(pk__lt=sorted(rows)[KEPT_ROWS]).delete()
    if before and (not before.rows or before.rows[-1] in rows):
        take_up(rows)
        return
    with locked("ledger"):
        known = _load()
        if (known and known.stamp) == (before and before.stamp):
            _enter(known, rows, afresh=True)


def _enter(known: Ledger | None, rows: Mapping[int, str], *, afresh: bool = False) -> None:
    now = datetime.now(UTC)
    stamp = max(time.time_ns(), known.stamp + 1 if known else 0)
    known = None if afresh else known
    touched = {EVERYTHING: stamp}
    asked = set(rows.values())
    try:
        boundaries = _boundaries(now)
        order = _order() if not known or asked & {ORDER, EVERYTHING} else known.order
        if known and order == known.order and EVERYTHING not in asked:
            slugs = set().union(*(_pages_showing(subject, now) for subject in asked))
            touched = {**known.touched, **dict.fromkeys(slugs, stamp)}
        else:
            _keep_contact()
    except DatabaseError:
        # Changed for certain, and away before it said what: asked again when it is back.
        rows, order = {}, ""
        boundaries = known.boundaries if known else ()
    taken = sorted({*(known.rows if known else ()), *rows})[-4 * KEPT_ROWS :]
    if known and touched == known.touched and boundaries == known.boundaries:
        stamp = known.stamp  # nothing that a reader could see: no worker need look
    _save(Ledger(stamp, touched, boundaries, order, tuple(taken)))


def _order() -> str:
    slugs = Treatment.objects.order_by("position", "pk").values_list("slug", flat=True)
    return hashlib.sha256("\n".join(slugs).encode()).hexdigest()


def _pages_showing(subject: str, now: datetime) -> set[str]:
    """The slugs of a treatment and of those whose pages name it as the previous or next one."""
    if subject == ORDER:
        return set()
    place = Treatment.objects.filter(pk=int(subject.removeprefix(ONE_TREATMENT)))
    slug, position, pk = place.values_list("slug", "position", "pk").first() or ("", 0, 0)
    if not slug:
        return {EVERYTHING}
    same = Q(treatment__position=position)
    before = Q(treatment__position__lt=position) | same & Q(treatment__lt=pk)
    after = Q(treatment__position__gt=position) | same & Q(treatment__gt=pk)
    found = {slug}
    for language in LANGUAGES:
        live = Publication.objects.live(now).filter(language=language)
        for side, sign in ((before, "-"), (after, "")):
            near = live.filter(side).order_by(f"{sign}treatment__position", f"{sign}treatment")
            found.update(near.values_list("treatment__slug", flat=True)[:1])
    return found


def _boundaries(now: datetime) -> tuple[float, ...]:
    ends = set()
    for column in ("live_from", "live_until"):
        later = Publication.objects.filter(**{f"{column}__gt": now}).order_by()
        ends.update(later.values_list(column, flat=True).distinct())
    closed = Clinic.objects.filter(pk=1).values_list("closed_days", flat=True).first() or ()
    # A closed day is named for as long as it lasts.
    ends.update(ended for day in closed if (ended := _end_of(day)) > now)
    return tuple(sorted(moment.timestamp() for moment in ends))


def _end_of(day: str) -> datetime:
    next_day = date.fromisoformat(day) + timedelta(days=1)
    return datetime.combine(next_day, datetime.min.time(), get_default_timezone())


def _keep_contact() -> None:
    """The clinic's name and numbers, for the page that says that nothing else can be shown."""
    clinic = Clinic.objects.filter(pk=1).first()
    if clinic:
        name = {code: getattr(clinic, f"name_{code}") for code in LANGUAGES}
        contact = {
            "name": {} if clinic.is_placeholder else name,
            "phone_list": clinic.phone_list,
            "emergency_number": clinic.emergency_number,
        }
        write_whole(CONTACT, json.dumps(contact).encode())


# --- Noticing changes ---------------------------------------------------------------------------


@dataclass(frozen=True)
class WhenCommitted:
    row: int
    subject: str

    def __call__(self) -> None:
        take_up({self.row: self.subject})


def mark(subject: str) -> None:
    """Says that something shown has changed; in a transaction, it counts once that is committed."""
    if {subject, EVERYTHING} & _marked():
        return
    row = PageChange.objects.create(subject=subject)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])
    transaction.on_commit(WhenCommitted(row.pk, subject))


def mark_treatment(pk: int) -> None:
    """Says that, of publications and reviews, the rest of the transaction writes this treatment's."""
    mark(f"{ONE_TREATMENT}{pk}")


def _marked() -> set[str]:
    """What this transaction has marked, less what a rollback to a savepoint has taken back."""
    waiting = (entry[1] for entry in connection.run_on_commit)
    return {mark.subject for mark in waiting if isinstance(mark, WhenCommitted)}


_migrating = False


def _watch(execute: Callable, sql: Any, params: Any, many: bool, context: dict) -> Any:
    """Sees every write, also `update()`, bulk operations and SQL by hand, which send no signal."""
    result = execute(sql, params, many, context)
    found = WRITE.match(sql) if isinstance(sql, str) else None
    if not found or found[1] not in TABLES or _migrating:
        return result
    # Outside a transaction SQLite commits a new row only when its key has been read: _row_added.
    if connection.in_atomic_block or "RETURNING" not in sql:
        _mark_table(found[1])
    return result


def _mark_table(table: str) -> None:
    declared = any(subject.startswith(ONE_TREATMENT) for subject in _marked())
    if not (declared and table in OF_A_TREATMENT):
        mark(TABLES[table])


def _row_added(sender: type, created: bool, **kwargs: Any) -> None:
    if created and sender in SHOWN and not connection.in_atomic_block:
        _mark_table(sender._meta.db_table)


def _connected(connection: Any, **kwargs: Any) -> None:
    if connection.alias == "default" and _watch not in connection.execute_wrappers:
        connection.execute_wrappers.append(_watch)


def _before_migrating(**kwargs: Any) -> None:
    global _migrating
    _migrating = True


def _after_migrating(plan: Sequence = (), **kwargs: Any) -> None:
    global _migrating
    _migrating = False
    if plan and PageChange._meta.db_table in connection.introspection.table_names():
        mark(EVERYTHING)


def notice(app: Any) -> None:
    """Begins to watch. Called once, when the app is ready."""
    connection_created.connect(_connected)
    post_save.connect(_row_added)
    pre_migrate.connect(_before_migrating, sender=app)
    post_migrate.connect(_after_migrating, sender=app)
