from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from ...keeping import KeepingError
from ...keeping.backups import checked
from ...keeping.databases import KIND_WORDS


class Command(BaseCommand):
    help = "Reads a backup from end to end, refuses it if a single bit has changed, and says what it holds."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--identity", type=Path, metavar="FILE", help="the age key, where it is encrypted"
        )

    def say(self, progress: str) -> None:
        self.stderr.write(progress, style_func=str)

    def handle(self, *, file, identity, **options):
        try:
            with checked(file, identity=identity, say=self.say) as backup:
                manifest = backup.manifest
        except KeepingError as error:
            raise CommandError(str(error), returncode=error.status) from error
        ours = [name for name in manifest.migrations if name.startswith("treatments.")]
        self.stdout.write(f"{file} is whole.")
        self.stdout.write(f"Taken: {manifest.made_at}")
        self.stdout.write(f"Database: {KIND_WORDS[manifest.database]}, as of {ours[-1]}")
        if manifest.photos_in_bucket:
            self.stdout.write(f"Photos: not in it; they are in {manifest.photos_in_bucket}")
        else:
            self.stdout.write(f"Photos: {len(manifest.photos)} files")
        for table, number in manifest.rows.items():
            if number:
                self.stdout.write(f"  {table}: {number}")
