import secrets
import sys
from getpass import getpass

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse

from ...roles import ROLE_WORDS

DEFAULT = "Administrator"  # of the first login of a site, which gives all others theirs


class Command(BaseCommand):
    help = (
        "Creates a login for the admin, with a role. Without a password it prints a generated one, "
        "once."
    )

    def add_arguments(self, parser):
        parser.add_argument("username", nargs="?")
        parser.add_argument(
            "--role",
            help=f"one of {', '.join(ROLE_WORDS)}; without it a terminal is asked, and anything "
            f"else gets {DEFAULT}",
        )
        parser.add_argument(
            "--ask", action="store_true", help="ask for the password instead of making one"
        )

    def handle(self, *, username, role, ask, **options):
        if role is not None:
            role = _role_named(role)
        if not username:
            if not sys.stdin.isatty():
                raise CommandError("Say which user name: manage.py create_staff NAME")
            username = input("User name: ").strip()
        users = get_user_model().objects
        username = users.model.normalize_username(username)
        user = users.model(username=username, is_staff=True)
        try:
            user.full_clean(exclude=["password"])
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        if role is None:
            role = self._asked_role(username) if sys.stdin.isatty() else DEFAULT
        password = _asked(user) if ask else secrets.token_urlsafe(12)
        with transaction.atomic():
            users.create_user(username, password=password, is_staff=True).groups.add(
                Group.objects.get(name=role)
            )
        self.stdout.write(f"{username} can log in now.")
        self.stdout.write(f"Role: {role}. {ROLE_WORDS[role]}")
        if not ask:
            self.stdout.write(f"Password (shown only this once): {password}")
        self.stdout.write(f"Next: log in at {settings.PUBLIC_URL}{reverse('admin:index')}")
        if not settings.LOCAL:
            self.stdout.write(
                "and set up the second step there: a passkey or an authenticator app."
            )

    def _asked_role(self, username: str) -> str:
        self.stdout.write(f"What may {username} do?\n{_listed()}")
        return _role_named(input(f"Role [{DEFAULT}]: ").strip() or DEFAULT)


def _role_named(typed: str) -> str:
    for role in ROLE_WORDS:
        if role.casefold() == typed.strip().casefold():
            return role
    raise CommandError(f"There is no role “{typed}”. Nothing was created. The roles:\n{_listed()}")


def _listed() -> str:
    return "\n".join(f"  {role}: {words}" for role, words in ROLE_WORDS.items())


def _asked(user) -> str:
    password = getpass("Password: ")
    if password != getpass("The same again: "):
        raise CommandError("The two passwords differ. Nothing was created.")
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error
    return password
