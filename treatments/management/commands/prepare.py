import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import Error, connection, transaction
from django.utils import timezone

from treatments.models import LoadedContent, triggers
from treatments.models.migrated import unapplied_migrations
from treatments.page_cache.invalidation import LEDGER, machine_lock
from treatments.page_cache.store import digest_of_files, release_digest
from treatments.page_cache.troubles import Trouble, trouble_of, why_unreachable

FIXTURES = settings.BASE_DIR / "fixtures"
RELEASE = "release/"  # before the digest of the one that has done all this, in LoadedContent
LOCK = 0x696F6E746F  # an advisory lock of PostgreSQL, for all machines of one database
EVERY = 10.0  # seconds between two lines that say what is waited for


class Command(BaseCommand):
    help = (
        "What every start needs, in one go: with --static the static files; then migrate and "
        "load_content. What was done before is not done again, and it may run twice at the same "
        "time. Waits for a database that is away."
    )
    requires_system_checks = []  # `migrate` runs them, where there is anything to do

    def add_arguments(self, parser):
        parser.add_argument(
            "--static", action="store_true", help="collect the static files too, if one is new"
        )
        parser.add_argument(
            "--wait", type=float, default=float("inf"), metavar="SECONDS",
            help="how long to wait for the database before the site starts without: then this ends "
            "with 0, and has to be run again; default: as long as it takes",
        )  # fmt: skip
        parser.add_argument(
            "--new", action="store_true", help="begin an empty site where one has lost its database"
        )

    def handle(self, *, static, wait, new, **options):
        try:
            settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
            if not new:
                _refuse_to_replace()
            if static:
                self._collect()
            if self._is_reachable(time.monotonic() + wait):
                self._prepare()
        except (OSError, Error) as error:
            if not (trouble := trouble_of(error)):
                raise
            raise CommandError(f"{trouble.value} ({error})") from error

    def _prepare(self) -> None:
        if _is_done():
            self.stdout.write("Nothing new to load.")
            return
        with machine_lock("prepare"), _lock_of_the_database():
            if _is_done():  # by another one meanwhile
                self.stdout.write("Nothing new to load.")
                return
            call_command("migrate", interactive=False, verbosity=0, skip_checks=False)
            try:
                call_command("load_content", stdout=self.stdout, stderr=self.stderr)
            except CommandError as error:
                # What the checks refuse stays a draft for staff to see to; the site starts.
                self.stderr.write(str(error))
            else:
                _record_done()

    def _is_reachable(self, until: float) -> bool:
        """Waits for the database. False where it does not come in time."""
        said = float("-inf")
        while True:
            try:
                connection.ensure_connection()
                return True
            except Error as error:
                if connection.vendor == "sqlite" or trouble_of(error) is not Trouble.AWAY:
                    raise
                now = time.monotonic()
                if now >= until:
                    self.stderr.write(
                        f"The site starts without its database: {why_unreachable(error)} Run `manage.py "
                        "prepare` again once it is there."
                    )
                    return False
                if now - said >= EVERY:
                    said = now
                    self.stderr.write(f"Waiting for the database: {why_unreachable(error)}")
                time.sleep(0.5)

    def _collect(self) -> None:
        """The note of what was collected says so only while what it speaks of is there."""
        note, manifest = settings.VAR_DIR / "static.done", settings.STATIC_ROOT / "staticfiles.json"
        wanted = _digest_of_static_files()
        with machine_lock("static"):
            if not (manifest.exists() and note.exists() and note.read_text() == wanted):
                call_command("collectstatic", interactive=False, verbosity=0)
                note.write_text(wanted)


def _refuse_to_replace() -> None:
    """An empty site over one whose file has gone, or whose disk is not there, would be live at once."""
    file = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite" and LEDGER.exists() and not Path(file).exists():
        raise CommandError(
            f"The database has gone: {file}. A site ran here, and its finished pages are still there. Put "
            "the file back, or restore the newest backup. To begin an empty site: manage.py prepare --new"
        )


def _digest_of_static_files() -> str:
    """Of what there is to collect, and of the packages and settings that say how."""
    found = [Path(area.path(name)) for finder in get_finders() for name, area in finder.list([])]
    wiring = settings.BASE_DIR / settings.ROOT_URLCONF.partition(".")[0]
    found += [settings.BASE_DIR / "requirements.txt", wiring / "settings.py"]
    return digest_of_files(found, str(settings.STATIC_ROOT))


def _release() -> str:
    return f"{RELEASE}{release_digest(FIXTURES)}"


def _is_done() -> bool:
    """Whether this very release, with this very content, has done it all in this database."""
    if unapplied_migrations() or not triggers.are_installed(connection):
        return False
    return LoadedContent.objects.filter(name=_release()).exists()


@transaction.atomic
def _record_done() -> None:
    LoadedContent.objects.filter(name__startswith=RELEASE).delete()
    LoadedContent.objects.create(name=_release(), loaded_at=timezone.now())


@contextmanager
def _lock_of_the_database() -> Iterator[None]:
    """Held by one connection among all machines that share a PostgreSQL."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
