from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ...keeping import KeepingError
from ...keeping.backups import explained
from ...keeping.integrity import find_faults


class Command(BaseCommand):
    help = (
        "Looks for what would make pages fail or say what nobody published: a damaged database, "
        "changed versions, photos that are not there. Changes nothing; says what to do."
    )
    requires_system_checks = []

    def say(self, progress: str) -> None:
        self.stderr.write(progress, style_func=str)

    def handle(self, **options):
        faults = 0
        try:
            with explained():
                for fault in find_faults(now=timezone.now(), say=self.say):
                    faults += 1
                    self.stdout.write(str(fault))
        except KeepingError as error:
            said = f"Not all was looked at. {error}"
            raise CommandError(said, returncode=error.status) from error
        if faults:
            raise CommandError(f"Found: {faults}. See above.")
        self.stdout.write("All is there, and is what was saved.")
