"""What a test looks at in a site, and in the files that were kept of it."""

from io import StringIO
from pathlib import Path

from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client

from treatments.models import Publication


def publications() -> list[tuple]:
    """All that was ever published, with every byte of its document."""
    columns = (
        "pk",
        "language",
        "title",
        "summary",
        "live_from",
        "live_until",
        "snapshot__document",
    )
    return list(Publication.objects.order_by("pk").values_list(*columns))


def run(name: str, *arguments: object, **options: object) -> str:
    """What a command says."""
    said = StringIO()
    call_command(name, *map(str, arguments), stdout=said, stderr=StringIO(), **options)
    return said.getvalue()


def refused(name: str, *arguments: object, **options: object) -> str:
    """What a command says that must fail."""
    try:
        run(name, *arguments, **options)
    except CommandError as error:
        return str(error)
    raise AssertionError(f"{name} did not refuse")


def interrupted(name: str, *arguments: object, **options: object) -> str:
    """What a command says that is ended by Ctrl-C."""
    try:
        run(name, *arguments, **options)
    except CommandError as error:
        assert error.returncode == 130
        return str(error)
    raise AssertionError(f"{name} went on")


def ctrl_c(*arguments: object, **options: object) -> None:
    raise KeyboardInterrupt


def log_in(client: Client) -> str:
    """Somebody new signs in; returns the key of her session."""
    person = User.objects.create_superuser("karima", password="four plain words here")
    client.force_login(person)
    assert is_signed_in(client)
    return client.session.session_key


def is_signed_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


def backup_in(folder: Path) -> Path:
    [path] = (folder / "backups").iterdir()
    return path
