from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from treatments.models import Act, audit
from treatments.publishing.fixtures import dump

SHIPPED = settings.BASE_DIR / "fixtures"


class Command(BaseCommand):
    help = "Writes all drafts, body areas and the glossary as the files that load_content reads."

    def add_arguments(self, parser):
        parser.add_argument(
            "folder", nargs="?", type=Path, default=SHIPPED,
            help="default: the fixtures folder of the project",
        )  # fmt: skip

    def handle(self, *, folder, **options):
        with transaction.atomic():
            audit.record(Act.DUMPED, now=timezone.now())  # first: nothing leaves unrecorded
            paths = dump(folder, moving=folder.resolve() != SHIPPED.resolve())
        for path in paths:
            self.stdout.write(str(path))
