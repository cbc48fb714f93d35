"""How the site itself is: what an Administrator looks at before calling whoever runs the server.

Nothing is changed here. What costs time, or asks anything outside this machine, is asked only when
the page is opened.
"""

import json
import shutil
import socket
import ssl
import threading
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from ..language.active import date_in_words, in_active_digits
from ..page_cache.invalidation import ledger_if_trusted, load_ledger, write_atomically
from ..page_cache.store import size_of_files
from ..roles import MANAGE_LOGINS
from .mail import FAILED

BACKUP = settings.VAR_DIR / "last_backup.json"  # written by `manage.py backup`
CERTIFICATE = settings.VAR_DIR / "certificate.json"  # its end, as it was when it was last asked for
BACKUP_IS_OLD = timedelta(hours=48)
CERTIFICATE_ENDS_SOON = timedelta(days=14)
LEAST_FREE = 1024**3  # bytes
LEAST_FREE_SHARE = 0.1
ERRORS_SHOWN = 50
HANDSHAKE = 2.0  # seconds
# Beyond them a moment cannot be told in every zone of time.
EARLIEST, LATEST = datetime(1970, 1, 2, tzinfo=UTC), datetime(9998, 12, 31, tzinfo=UTC)
CLOCKS_DIFFER = timedelta(minutes=5)  # between machines that share a database


@dataclass(frozen=True)
class Line:
    """One thing about the site: how it is, and where something is wrong what to do about it."""

    name: str
    state: str
    to_do: str = ""  # empty where nothing is wrong
    said: str = ""  # by a program, in English

    @property
    def is_wrong(self) -> bool:
        return bool(self.to_do)


@require_safe
def system_view(request: HttpRequest, site) -> HttpResponse:
    if not request.user.has_perm(MANAGE_LOGINS):
        raise PermissionDenied
    now = timezone.now()
    errors = recent_errors()
    lines = [
        version(), backup(now), disk(), errors_line(errors, now), finished_pages(), database(),
        migrations(), certificate(now), clock(now), mail(),
    ]  # fmt: skip
    context = {
        **site.each_context(request),
        "title": _("System"),
        "lines": sorted(lines, key=lambda line: not line.is_wrong),
        "errors": errors,
    }
    return TemplateResponse(request, "staff/system.html", context)


def warnings(now: datetime) -> Iterator[Line]:
    """What an Administrator must see on the start page, as far as it is known already."""
    lines = [disk(), certificate_as_noted(now), clock(now), mail()]
    if BACKUP.exists() or not settings.LOCAL:  # a local copy need not have any
        lines.insert(0, backup(now))
    yield from (line for line in lines if line and line.is_wrong)


# --- Version, backup, disk ------------------------------------------------------------------------


def version() -> Line:
    name = _("Version of the site")
    try:
        project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text("utf-8"))
        return Line(name, in_active_digits(project["project"]["version"]))
    except (OSError, ValueError, KeyError):
        return Line(name, _("not known"))


def backup(now: datetime) -> Line:
    name = _("Last backup")
    to_do = _("Tell whoever looks after the server: a new backup is needed today.")
    try:
        noted = as_noted(BACKUP.read_text("utf-8"))
        finished, size = moment_noted(noted["finished_at"]), size_noted(noted["bytes"])
        verified, error = noted["verified"], noted["error"]
        last_whole = noted.get("last_whole") if error else None
        whole = last_whole and moment_noted(last_whole["finished_at"])
    except FileNotFoundError:
        return Line(
            name,
            _("No backup has been made yet."),
            _("Ask whoever looks after the server to set up the daily backup."),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return Line(name, _("What was noted of the last backup cannot be read."), to_do)
    when = {"when": _moment(finished), "size": _bytes(size)}  # one that failed may have no size
    if error:
        state = _("The backup of %(when)s failed.") % when
        if whole:
            of_before = _("The last whole one is of %(when)s.") % {"when": _moment(whole)}
            state = f"{state} {of_before}"
        return Line(name, state, to_do, str(error))
    if not verified:
        return Line(name, _("The backup of %(when)s was not checked.") % when, to_do)
    state = _("%(when)s, %(size)s, checked") % when
    if now - finished > BACKUP_IS_OLD:
        state = _("%(when)s, more than two days ago") % when
        return Line(name, state, to_do)
    return Line(name, state)


def disk() -> Line:
    name = _("Space on the disk")
    try:
        usage = shutil.disk_usage(settings.VAR_DIR)
    except OSError:
        return Line(name, _("not known"))
    share = in_active_digits(f"{100 * usage.free // usage.total}")
    free = {"free": _bytes(usage.free), "all": _bytes(usage.total), "share": share}
    state = _("%(free)s of %(all)s are free (%(share)s %%)") % free
    if usage.free < LEAST_FREE or usage.free < usage.total * LEAST_FREE_SHARE:
        to_do = _(
            "Tell whoever looks after the server to make room. When it is full, nothing can be saved."
        )
        return Line(name, state, to_do)
    return Line(name, state)


# --- Errors ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Error:
    """One failure of the program, with nothing of whom it happened to."""

    at: datetime
    error: str
    where: str
    view: str
    request: str  # its number, as whoever met it has read it


def recent_errors() -> list[Error]:
    """The last ones, newest first; a line that cannot be read is passed over."""
    try:
        lines = settings.ERRORS_FILE.read_text("utf-8", "replace").splitlines()
    except OSError:
        return []
    found = []
    for line in reversed(lines):
        with suppress(ValueError, KeyError):
            plain = as_noted(line)
            said = (str(plain[name]) for name in ("error", "where", "view", "request"))
            found.append(Error(moment_noted(plain["at"]), *said))
        if len(found) == ERRORS_SHOWN:
            break
    return found


def errors_line(errors: list[Error], now: datetime) -> Line:
    name = _("Errors of the program")
    if not errors:
        return Line(name, _("none noted"))
    state = _("the last one: %(when)s") % {"when": _moment(errors[0].at)}
    if now - errors[0].at > timedelta(days=1):
        return Line(name, state)
    to_do = _("If something did not work, show the list below to whoever looks after the server.")
    return Line(name, state, to_do)


# --- Pages and database ---------------------------------------------------------------------------


def finished_pages() -> Line:
    number, size = size_of_files()
    held = {"number": in_active_digits(number), "size": _bytes(size)}
    state = _("%(number)s on this machine, %(size)s") % held
    name = _("Finished pages")
    if ledger_if_trusted():
        return Line(name, state)
    state = _("not used now: each page is made anew for each reader, which is right, but slow")
    return Line(
        name, state, _("If this stays so for an hour, tell whoever looks after the server.")
    )


def database() -> Line:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            kind = "SQLite"
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        else:
            kind = "PostgreSQL"
            cursor.execute("SELECT pg_database_size(current_database())")
        (size,) = cursor.fetchone()
    return Line(_("Database"), f"{kind}, {_bytes(size)}")


def migrations() -> Line:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    name = _("Tables of the database")
    if not missing:
        return Line(name, _("fit this version"))
    state = ngettext(
        "%(number)s change is missing", "%(number)s changes are missing", len(missing)
    ) % {"number": in_active_digits(len(missing))}
    to_do = _("The update was not finished. Tell whoever looks after the server.")
    return Line(name, state, to_do)


def clock(now: datetime) -> Line:
    """No page can have changed after a moment that a clock which was always right calls now."""
    name = _("Clock of the server")
    ledger = load_ledger()
    try:
        changed = moment_noted(datetime.fromtimestamp(ledger.stamp / 1e9, UTC) if ledger else now)
    except (OverflowError, OSError, TypeError, ValueError):
        changed = now
    if changed <= now + CLOCKS_DIFFER:
        return Line(name, _moment(now))
    state = _("It is %(now)s here, but the last change of a page was at %(when)s.")
    to_do = _(
        "The clock is wrong, or was. Publish nothing until whoever looks after the server has set it: "
        "pages go live and end by it."
    )
    return Line(name, state % {"now": _moment(now), "when": _moment(changed)}, to_do)


def mail() -> Line:
    name = _("Mail")
    if not settings.SENDS_MAIL:
        return Line(name, _("not set up: nobody is told what waits"))
    try:
        failed = as_noted(FAILED.read_text("utf-8"))
        state = _("The mail of %(when)s could not be sent.")
        to_do = _(
            "Tell whoever looks after the server: until a mail can be sent again, nobody is told what "
            "waits, and nobody can get a new password by mail."
        )
        when = {"when": _moment(moment_noted(failed["at"]))}
        return Line(name, state % when, to_do, str(failed["error"]))
    except (OSError, ValueError, KeyError):
        return Line(name, _("set up"))


# --- The certificate ------------------------------------------------------------------------------


def certificate(now: datetime) -> Line:
    """Asks the site's own public name, and no other; notes its end for the start page."""
    name = _("Certificate")
    if settings.LOCAL:
        return Line(name, _("not used here"))
    address = urlsplit(settings.PUBLIC_URL)
    asked = _Asked(address.hostname, address.port or 443)
    if asked.ends_at:
        with suppress(OSError):
            noted = {"ends_at": asked.ends_at.isoformat()}
            write_atomically(CERTIFICATE, json.dumps(noted).encode())
        return _certificate_line(asked.ends_at, now)
    if asked.refused:
        to_do = _("Browsers warn readers. Tell whoever looks after the server today.")
        return Line(name, _("Browsers do not accept it."), to_do, asked.refused)
    return Line(name, _("could not be asked from here; a browser shows it beside the address"))


def certificate_as_noted(now: datetime) -> Line | None:
    """As of when the System page was last opened; None where that is not known."""
    try:
        noted = as_noted(CERTIFICATE.read_text("utf-8"))
        return _certificate_line(moment_noted(noted["ends_at"]), now)
    except (OSError, ValueError, KeyError):
        return None


def _certificate_line(ends_at: datetime, now: datetime) -> Line:
    words = _("ended on %(when)s") if ends_at < now else _("ends on %(when)s")
    name, state = _("Certificate"), words % {"when": _moment(ends_at)}
    if ends_at - now > CERTIFICATE_ENDS_SOON:
        return Line(name, state)
    to_do = _(
        "It should have been renewed by now. Tell whoever looks after the server: without it "
        "browsers warn readers."
    )
    return Line(name, state, to_do)


class _Asked:
    """A TLS handshake with a server: when its certificate ends, or why it is not accepted."""

    def __init__(self, host: str, port: int):
        self.ends_at: datetime | None = None
        self.refused = ""
        # In a thread, because a name is looked up without any limit of time.
        asking = threading.Thread(target=self._ask, args=(host, port), daemon=True)
        asking.start()
        asking.join(HANDSHAKE)

    def _ask(self, host: str, port: int) -> None:
        context = ssl.create_default_context()
        try:
            with (
                socket.create_connection((host, port), timeout=HANDSHAKE) as plain,
                context.wrap_socket(plain, server_hostname=host) as encrypted,
            ):
                ends = ssl.cert_time_to_seconds(encrypted.getpeercert()["notAfter"])
                self.ends_at = min(datetime.fromtimestamp(ends, UTC), LATEST)
        except ssl.SSLCertVerificationError as error:
            self.refused = error.verify_message
        except (OSError, ValueError, KeyError):
            pass


# --- What was noted in a file ----------------------------------------------------------------------


def as_noted(text: str) -> dict:
    """An object of JSON. Raises ValueError for anything else, and for what no page can hold."""
    try:
        noted = json.loads(text)
        json.dumps(noted, ensure_ascii=False, allow_nan=False).encode()
    except RecursionError:
        raise ValueError("what was noted is too deep") from None
    if not isinstance(noted, dict):
        raise ValueError("what was noted is no object")
    return noted


def moment_noted(said: object) -> datetime:
    """In UTC where no zone is said. Raises ValueError for what is no moment."""
    moment = datetime.fromisoformat(str(said))
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if not EARLIEST <= moment <= LATEST:
        raise ValueError("what was noted is too far away")
    return moment


def size_noted(said: object) -> int:
    """In bytes; 0 where none is said. Raises ValueError for what is no size."""
    if said is None:
        return 0
    if not isinstance(said, int) or not 0 <= said < 2**63:
        raise ValueError("what was noted is no size")
    return said


# --- In words -------------------------------------------------------------------------------------


def _moment(moment: datetime) -> str:
    return date_in_words(moment, "j F Y, H:i")


def _bytes(number: int) -> str:
    return in_active_digits(filesizeformat(number))
