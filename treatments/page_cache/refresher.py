"""What one worker of a machine does beside answering: look for changes made elsewhere, renew pages.

Every worker starts it; the one that holds the lock does the work, and when it dies another does.
"""

import logging
import shutil
import threading
import time
from contextlib import suppress

from django.db import DatabaseError, close_old_connections, connection
from django.urls import reverse

from ..models import LANGUAGES, triggers
from . import invalidation
from .store import Pages

TICK = 0.5  # seconds between two looks, where nothing is heard of a change
REST = 3  # times as long as renewing a page took: readers go first
A_DAY = 24 * 60 * 60.0
FILES = 20_000  # pages kept on disk

log = logging.getLogger(__name__)


def start(site: Pages) -> None:
    """Looks once before the first answer, then goes on in the background."""
    invalidation.sync()
    close_old_connections()
    threading.Thread(target=_in_turn, args=(site,), name="keeper", daemon=True).start()


def _in_turn(site: Pages) -> None:
    """Never returns."""
    stumbled = ""  # over what, so that it is said once and not twice a second
    while True:
        try:
            with invalidation.machine_lock("keeper", patience=0) as ours:
                if ours:
                    threading.Thread(
                        target=_renew, args=(site,), name="renewer", daemon=True
                    ).start()
                    _look_for_changes()
        except Exception as error:  # a full disk, say, has no room for the lock
            if stumbled != repr(error):
                stumbled = repr(error)
                log.exception("The keeper stumbled")
        invalidation.reopen_stamp()
        time.sleep(TICK)


def _look_for_changes() -> None:
    """Never returns. What other machines changed, somebody by hand, or a process that died."""
    heard_on = None
    while True:
        invalidation.reopen_stamp()
        invalidation.sync()
        before, heard_on = heard_on, _listen(heard_on)
        if heard_on is before:  # else something may have changed between the look and this
            _wait_for_a_change(heard_on)
        close_old_connections()


def _listen(heard_on: object | None) -> object | None:
    """The connection by which PostgreSQL tells of changes; None where nothing tells of any."""
    is_there = connection.vendor == "postgresql" and connection.connection is not None
    if is_there and connection.connection is not heard_on:  # a new one
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"LISTEN {triggers.CHANNEL}")
        except DatabaseError:  # the next look says what is wrong
            return None
    return connection.connection if is_there else None


def _wait_for_a_change(heard_on: object | None, seconds: float = TICK) -> None:
    """Returns once one is heard of, or after so many seconds."""
    if heard_on is not None:
        try:
            list(heard_on.notifies(timeout=seconds, stop_after=1))
            return
        except connection.Database.Error:  # it broke: the next look finds out
            pass
    time.sleep(seconds)


def _renew(site: Pages) -> None:
    """Never returns."""
    renewed = None
    with suppress(OSError):
        _tidy(site)
    while True:
        ledger = invalidation.ledger_if_trusted()
        if ledger and ledger is not renewed:
            try:
                if _renew_all(site, ledger, since=renewed):
                    renewed = ledger
            except Exception:
                log.exception("Pages could not be renewed")
        time.sleep(TICK)


def _renew_all(site: Pages, ledger: invalidation.Ledger, since: invalidation.Ledger | None) -> bool:
    """Renews what changed; the changed treatments' own pages first, also such as nobody has read.

    False where something changed meanwhile or the database is away: it is to be tried again.
    """
    changed = [
        slug for slug, shown in ledger.pages.items() if since and since.pages.get(slug) != shown
    ]
    own = [reverse("treatment", args=[code, slug]) for slug in changed for code in LANGUAGES]
    paths = list(dict.fromkeys([*own, *site.stored()]))
    for path in paths[FILES:]:
        site.throw_away(path)
    for path in paths[:FILES]:
        began = time.monotonic()
        if invalidation.ledger_if_trusted() is not ledger or not site.renew(path):
            return False
        time.sleep(REST * (time.monotonic() - began))
    return True


def _tidy(site: Pages) -> None:
    """Not at once: while a new release takes over, workers of the old one still answer."""
    before = time.time() - A_DAY
    for path in invalidation.FOLDER.iterdir():
        if (
            path.is_dir()
            and path not in (site.folder, invalidation.LOCKS)
            and path.stat().st_mtime < before
        ):
            shutil.rmtree(path, ignore_errors=True)
    for half in invalidation.FOLDER.rglob("*.half"):
        if half.stat().st_mtime < before:
            half.unlink(missing_ok=True)
