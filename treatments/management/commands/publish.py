from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from treatments.models import LANGUAGES, Snapshot, Treatment
from treatments.publishing.publish import Refused, publish
from treatments.publishing.snapshots import newest_snapshot


class Command(BaseCommand):
    help = "Publishes the last saved version of treatments, in both languages or in one."

    def add_arguments(self, parser):
        parser.add_argument("slug", nargs="+")
        parser.add_argument("--language", choices=LANGUAGES, help="default: both")

    def handle(self, *, slug, language, **options):
        treatments = treatments_named(slug)
        refused = []
        for treatment in treatments:
            try:
                done = publish(
                    newest_snapshot(treatment),
                    [language] if language else LANGUAGES,
                    now=timezone.now(),
                )
            except Snapshot.DoesNotExist:
                raise CommandError(f"{treatment.slug} has never been saved.") from None
            except Refused as refusal:
                refused.append(treatment.slug)
                self.stderr.write(f"{treatment.slug}: not published, because")
                for finding in refusal.blocking:
                    self.stderr.write(f"  {finding.place}: {finding.message}")
                for way in refusal.alternatives:
                    words = f"publish {' and '.join(way.publish)}"
                    if way.withdraw:
                        words += f" and withdraw {' and '.join(way.withdraw)}"
                    self.stderr.write(f"  You could {words}.")
            else:
                live = ", ".join(publication.language for publication in done)
                self.stdout.write(f"{treatment.slug}: {live or 'was live already'}")
        if refused:
            raise CommandError(f"Not published: {', '.join(refused)}.")


def treatments_named(slugs: list[str]) -> list[Treatment]:
    """The treatments with these slugs, in this order. Raises CommandError naming unknown ones."""
    found = {treatment.slug: treatment for treatment in Treatment.objects.filter(slug__in=slugs)}
    if unknown := [slug for slug in slugs if slug not in found]:
        known = ", ".join(Treatment.objects.values_list("slug", flat=True)) or "none"
        raise CommandError(f"No treatment {', '.join(unknown)}. There are: {known}.")
    return [found[slug] for slug in slugs]
