from getpass import getpass

from django.core.management.base import BaseCommand, CommandError

from ...keeping import KeepingError
from ...keeping.moving import move_database


class Command(BaseCommand):
    help = (
        "Copies everything from the database of DATABASE_URL into an empty one of the other kind, "
        "SQLite or PostgreSQL, and compares the two. Stop the site first. The database of before "
        "stays as it is."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "to_url",
            help="such as postgres://user:password@host/name; - to be asked for it, so that no list of "
            "processes and no journal has the password",
        )

    def say(self, progress: str) -> None:
        self.stderr.write(progress, style_func=str)

    def handle(self, *, to_url, **options):
        if to_url == "-":
            to_url = getpass("The address of the other database: ").strip()
        try:
            rows = move_database(to_url, say=self.say)
        except KeepingError as error:
            raise CommandError(f"Nothing was moved. {error}", returncode=error.status) from error
        self.stdout.write(f"{rows} rows are in both databases, and the same in each.")
        self.stdout.write("Now set DATABASE_URL to the new one, and start the site.")
