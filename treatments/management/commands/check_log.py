from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from treatments.models import AuditEntry, triggers

A_LOT = 50_000  # entries, some seconds


class Command(BaseCommand):
    help = (
        "Checks that nobody has changed, deleted or slipped in an entry of “Who did what”, and "
        "prints its end. Keep that line elsewhere, and a later check given it (--end) also sees "
        "whether everything was written anew, or its end cut off."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--end", metavar="NUMBER:DIGEST", help="the end that an earlier check printed"
        )

    def handle(self, *, end, **options):
        noted = _end_noted(end) if end else None
        number, digest = 0, ""
        for entry in AuditEntry.objects.order_by("number").iterator():
            if entry.number != number + 1:
                raise CommandError(
                    f"Broken at entry {number + 1}: it is missing; {_named(entry)} follows."
                )
            digest, number = entry.digest_after(digest), entry.number
            if entry.chain_digest != digest:
                raise CommandError(
                    f"Broken at {_named(entry)}: it, or its digest, is not what was recorded."
                )
            if noted == (number, digest):
                noted = None
            if number % A_LOT == 0:
                self.stderr.write(f"{number} entries so far")
        if noted:
            raise CommandError(
                f"Unbroken, but entry {noted[0]} is not the one that was noted: it is missing, or "
                "what was recorded up to it was written anew."
            )
        if not triggers.are_installed(connection):
            raise CommandError(
                "Unbroken, but the database does not refuse changes any more: run manage.py migrate."
            )
        self.stdout.write(f"Unbroken. Entries: {number}. End: {number}:{digest or '-'}")


def _named(entry: AuditEntry) -> str:
    return f"entry {entry.number} ({timezone.localtime(entry.done_at):%Y-%m-%d %H:%M}, {entry.act})"


def _end_noted(typed: str) -> tuple[int, str]:
    number, _colon, digest = typed.partition(":")
    if not number.isdecimal() or not digest:
        raise CommandError("--end wants what an earlier check printed: NUMBER:DIGEST")
    return int(number), digest
