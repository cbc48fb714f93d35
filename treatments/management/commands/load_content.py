from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from treatments.document.json_form import DocumentError
from treatments.models import LANGUAGES
from treatments.publishing.fixtures import load
from treatments.publishing.publish import Refused, publish
from treatments.publishing.shipped import offered_treatments
from treatments.publishing.snapshots import newest_snapshot

from .publish import why_refused


class Command(BaseCommand):
    help = (
        "Loads the shipped treatments that have never been loaded here, and publishes them where "
        "the checks allow and all was read in both languages before it was shipped. A treatment once loaded is never touched again: newer words for it are "
        "offered to the staff."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "folder", nargs="?", type=Path, default=settings.BASE_DIR / "fixtures",
            help="default: the fixtures folder of the project",
        )  # fmt: skip
        parser.add_argument("--drafts", action="store_true", help="load, but publish nothing")

    def handle(self, *, folder, drafts, **options):
        now = timezone.now()
        try:
            loaded = load(folder, now=now)
        except DocumentError as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        if not loaded:
            self.stdout.write("Nothing new to load.")
        for treatment in offered_treatments():
            page = reverse("admin:treatments_treatment_shipped", args=[treatment.pk])
            self.stdout.write(
                f"{treatment.slug}: new words came with this version; look at them under {page} in "
                "the admin"
            )
        refused = 0
        for treatment in loaded:
            self.stdout.write(f"{treatment.slug}: loaded")
            if drafts:
                continue
            try:
                publish(newest_snapshot(treatment), LANGUAGES, now=now)
            except Refused as refusal:
                refused += 1
                self.stderr.write(f"{treatment.slug}: stays a draft, because")
                for line in why_refused(refusal, treatment):
                    self.stderr.write(f"  {line}")
        if refused:
            raise CommandError(f"Not published: {refused} of {len(loaded)}. See above.")
