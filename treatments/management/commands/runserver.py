from django.core.management.base import CommandError
from django.core.management.commands import runserver


class Command(runserver.Command):
    help = "Serves a local copy to this machine alone, and shows each edit at once: `make dev`."

    def run(self, **options):
        if self.addr not in ("127.0.0.1", "localhost", "::1"):
            raise CommandError("The development server listens on this machine alone: 127.0.0.1.")
        super().run(**options)
