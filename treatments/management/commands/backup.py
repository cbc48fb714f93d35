from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from ...keeping import KeepingError, Stopped
from ...keeping.backups import record, remove_old, take_backup
from ...models import Act, audit


class Command(BaseCommand):
    help = (
        "Writes the database and the photos into one new file, reads it back, and says where it "
        "is. The site may be running. Nothing is left of a backup that fails."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "destination", nargs="?", type=Path,
            help="a folder that is there, or the name of the new file, which ends in .tar.gz (encrypted: "
            ".tar.gz.age); default: backups/ in IONTOINFO_VAR",
        )  # fmt: skip
        parser.add_argument(
            "--recipient", default=settings.BACKUP_RECIPIENT, metavar="age1…",
            help="encrypt it with age for this key; default: the setting BACKUP_RECIPIENT",
        )  # fmt: skip
        parser.add_argument(
            "--keep", type=int, metavar="N",
            help="then remove all but the newest N in that folder that have the name of their time",
        )  # fmt: skip

    def say(self, progress: str) -> None:
        self.stderr.write(progress, style_func=str)

    def handle(self, *, destination, recipient, keep, **options):
        try:
            if keep is not None and keep < 1:
                raise KeepingError("--keep needs a number from 1: so many backups stay.")
            if keep and destination and not destination.is_dir():
                raise KeepingError(f"--keep needs a folder that is there, and not {destination}.")
            path = take_backup(destination, now=timezone.now(), recipient=recipient, say=self.say)
        except Stopped as error:
            raise CommandError(f"No backup was taken. {error}", returncode=error.status) from error
        except KeepingError as error:
            record(now=timezone.now(), error=str(error))
            raise CommandError(f"No backup was taken. {error}") from error
        record(now=timezone.now(), path=path)
        with suppress(DatabaseError):  # the file is whole, whatever the database takes now
            audit.record(Act.BACKED_UP, now=timezone.now())
        self.stdout.write(f"{path}: {path.stat().st_size / 1e6:.1f} MB, read back and whole.")
        if keep:
            for old in remove_old(path.parent, keep):
                self.stdout.write(f"{old}: removed, {keep} newer ones stay.")
