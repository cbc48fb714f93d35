import json
import sys
from collections.abc import Iterable

from django.core.management.base import BaseCommand
from django.utils import timezone

from treatments.checks import BLOCKING, CHECKS, Check, Finding
from treatments.document.content import editions_of
from treatments.document.rows import from_rows
from treatments.models import Treatment
from treatments.publishing.preflight import check_pages, live_editions

from .publish import treatments_named


class Command(BaseCommand):
    help = (
        "Checks that the two languages say the same: numbers, negations, terms and more. "
        "Ends with exit code 1 if anything blocks publishing."
    )

    def add_arguments(self, parser):
        parser.add_argument("slug", nargs="*", help="default: all treatments")
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--drafts", action="store_true", help="what staff edit (default)")
        which.add_argument("--published", action="store_true", help="what patients read now")
        form = parser.add_mutually_exclusive_group()
        form.add_argument("--json", action="store_true", help="findings as a JSON list")
        form.add_argument("--list", action="store_true", help="the checks as a Markdown table")

    def handle(self, *, slug, published, **options):
        if options["list"]:
            self.stdout.write(table_of_checks())
            return
        treatments = treatments_named(slug) if slug else list(Treatment.objects.all())
        found = [finding for one in treatments for finding in _found(one, published=published)]
        if options["json"]:
            self.stdout.write(
                json.dumps([_plain(one) for one in found], ensure_ascii=False, indent=1)
            )
        else:
            self._tell(treatments, found)
        if any(finding.level == BLOCKING for finding in found):
            sys.exit(1)

    def _tell(self, treatments: Iterable[Treatment], found: list[Finding]) -> None:
        for treatment in treatments:
            own = [finding for finding in found if finding.treatment == treatment.slug]
            self.stdout.write(f"{treatment.slug}: {len(own) or 'nothing'} found")
            for finding in own:
                self.stdout.write(
                    f"  {finding.level} {finding.check} at {finding.place}: {finding.message}"
                )
                if finding.advice:
                    self.stdout.write(f"    {finding.advice}")
        blocking = sum(finding.level == BLOCKING for finding in found)
        self.stdout.write(f"{blocking} blocking, {len(found) - blocking} advice.")


def _found(treatment: Treatment, *, published: bool) -> list[Finding]:
    if not published:
        return check_pages(treatment, editions_of(from_rows(treatment))).findings
    editions = live_editions(treatment, timezone.now())
    return check_pages(treatment, editions).findings if any(editions.values()) else []


def _plain(finding: Finding) -> dict[str, str]:
    names = (
        "check",
        "level",
        "treatment",
        "language",
        "section",
        "item",
        "field",
        "message",
        "advice",
    )
    return {name: str(getattr(finding, name)) for name in names}


def table_of_checks() -> str:
    """The checks as a Markdown table, made from their classes."""
    rows = [
        f"| {check.id} | {check.name} | {check.why} | {check.level} | {_may_be_waived(check)} |"
        for check in CHECKS
    ]
    heads = ["| id | name | why it matters | level | a reviewer may let it stand |"]
    return "\n".join([*heads, "|---|---|---|---|---|", *rows])


def _may_be_waived(check: Check) -> str:
    if check.level != BLOCKING:
        return ""
    return "yes, with a reason" if check.can_be_waived else "no"
