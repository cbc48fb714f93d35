from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "What every start needs, in one go: migrate, then load_content. Safe to repeat."

    def handle(self, **options):
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        call_command("migrate", interactive=False, verbosity=0)
        try:
            call_command("load_content", stdout=self.stdout, stderr=self.stderr)
        except CommandError as error:
            # What the checks refuse stays a draft for staff to see to; the site starts.
            self.stderr.write(str(error))
