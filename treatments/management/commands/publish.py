from collections.abc import Iterator

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from treatments.checks.snippets import cut
from treatments.document.passages import Passage
from treatments.models import LANGUAGES, Confirmation, Snapshot, Treatment
from treatments.publishing.publish import Refused, publish
from treatments.publishing.snapshots import newest_snapshot


class Command(BaseCommand):
    help = (
        "Publishes the last saved version of treatments, in both languages or in one. Confirms "
        "nothing: what nobody has read in both languages is named, and stays as it is."
    )

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
                for line in why_refused(refusal, treatment):
                    self.stderr.write(f"  {line}")
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


def why_refused(refusal: Refused, treatment: Treatment) -> Iterator[str]:
    """What must be put right, what nobody has confirmed, and where that is done."""
    for finding in refusal.blocking:
        yield f"{finding.place}: {finding.in_full}"
    if not refusal.unconfirmed:
        return
    yield f"not confirmed: {how_many(len(refusal.unconfirmed))}"
    for difference in refusal.unconfirmed:
        kind = f" ({Confirmation.Kind(difference.loss).label})" if difference.loss else ""
        yield f"  {difference.place}{kind}: {in_short(difference.passage)}"
    page = reverse("admin:treatments_treatment_publish", args=[treatment.pk])
    yield f"Somebody who reads both languages confirms this under {page} in the admin."


def how_many(texts: int) -> str:
    return f"{texts} text{'s' * (texts != 1)}"


def in_short(passage: Passage) -> str:
    """The words of a passage in both languages, the long ones cut."""
    halves = []
    for code in LANGUAGES:
        words = [str(passage.values.get(code, {}).get("citation", ""))]
        words += [pair[code] for pair in passage.texts.values()]
        halves.append(cut(" · ".join(filter(None, words))) or "–")
    return " / ".join(halves)


def treatments_named(slugs: list[str]) -> list[Treatment]:
    """The treatments with these slugs, in this order. Raises CommandError naming unknown ones."""
    found = {treatment.slug: treatment for treatment in Treatment.objects.filter(slug__in=slugs)}
    if unknown := [slug for slug in slugs if slug not in found]:
        known = ", ".join(Treatment.objects.values_list("slug", flat=True)) or "none"
        raise CommandError(f"No treatment {', '.join(unknown)}. There are: {known}.")
    return [found[slug] for slug in slugs]
