import json
import sys
from collections import Counter
from collections.abc import Mapping

from django.core.management.base import BaseCommand
from django.utils import timezone

from treatments.checks import ADVICE, ASK, BLOCKING, CHECKS, Check, Finding
from treatments.document.content import Edition, editions_of
from treatments.document.passages import Passage
from treatments.document.rows import from_rows
from treatments.models import Treatment
from treatments.publishing.comparison import read_of, unconfirmed
from treatments.publishing.preflight import check_pages, live_editions

from .publish import how_many, in_short, treatments_named


class Command(BaseCommand):
    help = (
        "Checks that the two languages say the same: numbers, negations, terms and more; and lists "
        "the texts that nobody has confirmed. Ends with exit code 1 if a finding blocks publishing."
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
        pages = {one: _editions(one, published=published) for one in treatments}
        results = {
            one: check_pages(one, editions).findings if any(editions.values()) else []
            for one, editions in pages.items()
        }
        found = [finding for own in results.values() for finding in own]
        if options["json"]:
            self.stdout.write(
                json.dumps([_plain(one) for one in found], ensure_ascii=False, indent=1)
            )
        else:
            unread = {one: unconfirmed(*pages[one].values(), read_of(one)) for one in treatments}
            self._tell(results, unread)
        if any(finding.level == BLOCKING for finding in found):
            sys.exit(1)

    def _tell(
        self, results: Mapping[Treatment, list[Finding]], unread: Mapping[Treatment, list[Passage]]
    ) -> None:
        for treatment, own in results.items():
            self.stdout.write(f"{treatment.slug}: {len(own) or 'nothing'} found")
            for finding in own:
                self.stdout.write(
                    f"  {finding.level} {finding.check} at {finding.place}: {finding.in_full}"
                )
                if finding.advice:
                    self.stdout.write(f"    {finding.advice}")
            for passage in unread[treatment]:
                self.stdout.write(f"  not confirmed at {passage.place}: {in_short(passage)}")
        levels = Counter(finding.level for own in results.values() for finding in own)
        self.stdout.write(
            f"{levels[BLOCKING]} blocking, {levels[ASK]} to look at, {levels[ADVICE]} advice; "
            f"{how_many(sum(map(len, unread.values())))} not confirmed."
        )


def _editions(treatment: Treatment, *, published: bool) -> Mapping[str, Edition | None]:
    if published:
        return live_editions(treatment, timezone.now())
    return editions_of(from_rows(treatment))


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
        "about",
        "quotes",
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
