from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from ...staff import second_factor


class Command(BaseCommand):
    help = (
        "For somebody who has lost phone and recovery codes: takes away all passkeys, the app and "
        "the codes of a login, and ends its sessions. The password stays; at the next login a new "
        "second step is set up."
    )

    def add_arguments(self, parser):
        parser.add_argument("username")

    def handle(self, *, username, **options):
        username = User.normalize_username(username)
        person = User.objects.filter(username=username).first()
        if person is None:
            raise CommandError(f"There is no login “{username}”. Nothing was changed.")
        second_factor.reset(person, by=None)
        self.stdout.write(
            f"{username} has no second step any more, and is signed out everywhere. Next: "
            f"{username} logs in with the password and sets up a new one."
        )
