from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ...keeping import KeepingError
from ...keeping.backups import checked, nobody_serves
from ...keeping.restoring import HalfRestored, check_fits, is_empty, restore

WORD = "replace"


class Command(BaseCommand):
    help = (
        "Brings back a backup: its database and its photos. Stop the site first. What is there "
        "now is kept under another name."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--identity", type=Path, metavar="FILE", help="the age key, where it is encrypted"
        )
        parser.add_argument(
            "--replace",
            action="store_true",
            help="there is a database, and this one takes its place",
        )
        parser.add_argument(
            "--yes-replace-everything", action="store_true", help="the same, without asking"
        )

    def say(self, progress: str) -> None:
        self.stderr.write(progress, style_func=str)

    def handle(self, *, file, identity, replace, yes_replace_everything, **options):
        try:
            with checked(file, identity=identity, say=self.say) as backup, nobody_serves():
                check_fits(backup)
                if not is_empty() and not yes_replace_everything:
                    self._ask(backup.manifest.made_at, replace)
                restored = restore(backup, now=timezone.now(), say=self.say)
        except HalfRestored as error:
            raise CommandError(str(error), returncode=error.status) from error
        except KeepingError as error:
            raise CommandError(f"Nothing was restored. {error}", returncode=error.status) from error
        self.stdout.write(f"The site is as it was at {backup.manifest.made_at}.")
        if restored.before:
            self.stdout.write(f"What was there before: {restored.before}")
        if backup.manifest.photos_in_bucket:
            self.stdout.write(f"Photos were not in it: see {backup.manifest.photos_in_bucket}")
        for words in restored.removed_before:
            self.stdout.write(f"A removed photo is back. Remove it again: {words}")

    def _ask(self, made_at: str, replace: bool) -> None:
        if not replace:
            raise KeepingError("There is a database already. Say --replace if it is to go.")
        self.stdout.write(f"All that was saved since {made_at} leaves the site.")
        try:
            typed = input(f"Type the word {WORD} to go on: ")
        except EOFError:
            typed = ""
        if typed.strip() != WORD:
            raise KeepingError("That word was not typed.")
