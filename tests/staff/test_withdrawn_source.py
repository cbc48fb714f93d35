"""A source that is withdrawn: its sentences are named, and no review covers the page any more."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from treatments.models import Source
from treatments.publishing.reviews import record_review
from treatments.publishing.snapshots import newest_snapshot

from ..pages import soup, words
from ..publishing.reading import publish_on_page
from ..sheet import saved


def test_its_sentences_are_named_and_the_review_ends_with_publishing(staff, client, iontophoresis):
    record_review(
        newest_snapshot(iontophoresis),
        "en",
        reviewer="A. Reviewer",
        qualification="dermatologist",
        reviewed_on=date(2026, 3, 8),
        next_due=date(2027, 3, 8),
        now=timezone.now(),
    )
    address = "/en/treatments/iontophoresis/"
    assert "A. Reviewer" in words(soup(client.get(address)).main)
    assert "was withdrawn" not in words(soup(staff.get("/admin/")))

    saved(staff, iontophoresis, "sources", "burns", standing="withdrawn")
    start = words(soup(staff.get("/admin/")))
    assert "British Burn Association" in start and "was withdrawn. On it rest:" in start
    assert "You see a burn or a blister" in start
    assert "A. Reviewer" in words(soup(client.get(address)).main)  # what is live is as it was

    publish_on_page(staff, iontophoresis)
    page = soup(client.get(address)).main
    assert "Withdrawn: do not rely on it." in words(page.find(id="sources"))
    assert "A. Reviewer" not in words(page.find(id="review"))
    assert "Changed since then: Sources." in words(page.find(id="review"))


def test_the_start_page_asks_no_more_for_many_withdrawn_sources(staff, iontophoresis):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            staff.get("/admin/")
        return len(captured)

    sources = Source.objects.filter(treatment=iontophoresis)
    sources.filter(uid="burns").update(standing="withdrawn")
    one = queries()
    sources.update(standing="withdrawn")
    assert queries() == one
