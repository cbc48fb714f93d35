from django.core.management.base import BaseCommand
from django.utils import timezone

from treatments.models import LANGUAGES
from treatments.publishing import withdraw

from .publish import named


class Command(BaseCommand):
    help = "Withdraws treatments' pages at once, in both languages or in one."

    def add_arguments(self, parser):
        parser.add_argument("slug", nargs="+")
        parser.add_argument("--language", choices=LANGUAGES, help="default: both")

    def handle(self, *, slug, language, **options):
        for treatment in named(slug):
            ended = withdraw(treatment, [language] if language else LANGUAGES, now=timezone.now())
            self.stdout.write(f"{treatment.slug}: {', '.join(ended) or 'was not live'}")
