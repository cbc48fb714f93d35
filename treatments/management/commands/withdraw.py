from django.core.management.base import BaseCommand
from django.utils import timezone

from treatments.models import LANGUAGES
from treatments.publishing.publish import withdraw

from .publish import treatments_named


class Command(BaseCommand):
    help = (
        "Withdraws treatments' pages at once, in both languages or in one, and cancels what is "
        "planned for them."
    )

    def add_arguments(self, parser):
        parser.add_argument("slug", nargs="+")
        parser.add_argument("--language", choices=LANGUAGES, help="default: both")
        parser.add_argument("--keep-planned", action="store_true", help="leave what is planned")

    def handle(self, *, slug, language, keep_planned, **options):
        for treatment in treatments_named(slug):
            languages = [language] if language else LANGUAGES
            now = timezone.now()
            planned = treatment.publications.filter(language__in=languages, live_from__gt=now)
            to_come = {each.language: each.live_from for each in planned}  # the next one last
            ended = withdraw(treatment, languages, now=now, keep_planned=keep_planned)
            self.stdout.write(f"{treatment.slug}: {', '.join(ended) or 'was not live'}")
            for code, begin in sorted(to_come.items()):
                moment = f"{timezone.localtime(begin):%Y-%m-%d %H:%M}"
                what = "comes back on" if keep_planned else "cancelled what was planned for"
                self.stdout.write(f"  {code}: {what} {moment}")
