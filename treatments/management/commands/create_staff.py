import secrets
import sys
from getpass import getpass

from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Creates a login for the admin. Without a password it prints a generated one, once."

    def add_arguments(self, parser):
        parser.add_argument("username", nargs="?")
        parser.add_argument(
            "--ask", action="store_true", help="ask for the password instead of making one"
        )

    def handle(self, *, username, ask, **options):
        if not username:
            if not sys.stdin.isatty():
                raise CommandError("Say which user name: manage.py create_staff NAME")
            username = input("User name: ").strip()
        users = get_user_model().objects
        username = users.model.normalize_username(username)
        user = users.model(username=username, is_staff=True, is_superuser=True)
        try:
            user.full_clean(exclude=["password"])
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        password = _asked(user) if ask else secrets.token_urlsafe(12)
        users.create_superuser(username=username, password=password)
        self.stdout.write(f"{username} can log in now.")
        if not ask:
            self.stdout.write(f"Password (shown only this once): {password}")


def _asked(user) -> str:
    password = getpass("Password: ")
    if password != getpass("The same again: "):
        raise CommandError("The two passwords differ. Nothing was created.")
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error
    return password
