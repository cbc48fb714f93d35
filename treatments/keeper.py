"""What one worker of a machine does beside answering: hear of changes elsewhere, renew pages.

Every worker starts it; the one that holds the lock does the work, and when it dies another does.
"""

import logging
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, DatabaseError, close_old_connections, connections
from django.urls import reverse

from . import changes
from .models import LANGUAGES
from .pages import Pages

TICK = 0.5  # seconds between two looks, where no notification comes
SQLITE_SECONDS = 5.0  # there, only a process that died leaves anything to find
REST = 3  # times as long as renewing a page took: readers go first
A_DAY = 24 * 60 * 60.0
FILES = 20_000  # pages kept on disk

log = logging.getLogger(__name__)


def start(site: Pages) -> None:
    """Catches up before the first answer, then goes on in the background."""
    with _away_is_no_error("The database is away; stored pages are served."):
        changes.catch_up()
    close_old_connections()
    threading.Thread(target=_in_turn, args=(site,), name="keeper", daemon=True).start()


def _in_turn(site: Pages) -> None:
    while True:
        with changes.locked("keeper", patience=0) as ours:
            if ours:
                threading.Thread(target=_renew, args=(site,), name="renewer", daemon=True).start()
                _listen()
        changes.look_again()
        time.sleep(TICK)


# --- Changes made elsewhere ---------------------------------------------------------------------


def _listen() -> None:
    """Never returns."""
    away = False
    while True:
        try:
            for _ in _moments():
                changes.catch_up()
                close_old_connections()
                if away:
                    log.warning("The database is back.")
                away = False
        except DatabaseError as error:
            if not away:
                log.warning("The database is away: %s", error)
            away = True
            connections[DEFAULT_DB_ALIAS].close()
            time.sleep(TICK)
        except Exception:
            log.exception("The keeper stumbled")
            time.sleep(SQLITE_SECONDS)


def _moments() -> Iterator[None]:
    """Yields when it is time to look: at a notification, and after a while without any."""
    yield
    if connections[DEFAULT_DB_ALIAS].vendor != "postgresql":
        while True:
            time.sleep(SQLITE_SECONDS)
            yield
    # A connection of its own: the thread's other one comes and goes.
    listener = connections.create_connection(DEFAULT_DB_ALIAS)
    try:
        with listener.cursor() as cursor:
            cursor.execute(f"LISTEN {changes.CHANNEL}")
        while True:
            with listener.wrap_database_errors:
                list(listener.connection.notifies(timeout=TICK, stop_after=1))
            yield
    finally:
        listener.close()


# --- Renewing pages off the request path --------------------------------------------------------


def _renew(site: Pages) -> None:
    """Never returns."""
    renewed = None
    _tidy(site)
    while True:
        changes.look_again()
        known = changes.ledger()
        if known and known is not renewed:
            try:
                if _renew_all(site, known, since=renewed):
                    renewed = known
            except Exception:
                log.exception("Pages could not be renewed")
        time.sleep(TICK)


def _renew_all(site: Pages, known: changes.Ledger, since: changes.Ledger | None) -> bool:
    """Renews what changed; the changed treatments' own pages first, also such as nobody has read.

    False where something changed meanwhile or the database is away: it is to be tried again.
    """
    changed = [
        slug
        for slug, stamp in known.touched.items()
        if since and stamp > since.stamp and slug != changes.EVERYTHING
    ]
    own = [reverse("treatment", args=[code, slug]) for slug in changed for code in LANGUAGES]
    paths = list(dict.fromkeys([*own, *site.stored()]))
    for path in paths[FILES:]:
        site.throw_away(path)
    for path in paths[:FILES]:
        began = time.monotonic()
        if changes.ledger() is not known or not site.renew(path):
            return False
        time.sleep(REST * (time.monotonic() - began))
    return True


def _tidy(site: Pages) -> None:
    """Not at once: while a new release takes over, workers of the old one still answer."""
    before = time.time() - A_DAY
    for path in changes.FOLDER.iterdir():
        if (
            path.is_dir()
            and path not in (site.folder, changes.LOCKS)
            and path.stat().st_mtime < before
        ):
            shutil.rmtree(path, ignore_errors=True)
    for half in changes.FOLDER.rglob("*.half"):
        if half.stat().st_mtime < before:
            half.unlink(missing_ok=True)


@contextmanager
def _away_is_no_error(message: str) -> Iterator[None]:
    try:
        yield
    except DatabaseError as error:
        log.warning("%s (%s)", message, error)
