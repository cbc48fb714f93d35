"""The database itself says what was changed in it, by whatever program."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from treatments.models import PageChange, Picture, Review, Treatment, triggers
from treatments.publishing.publish import withdraw
from treatments.publishing.reviews import record_review
from treatments.publishing.snapshots import save_snapshot

from .asking import publish_anew


def hand_written():
    for watched in triggers.WATCHED:
        for event in watched.events:
            yield pytest.param(watched, event, id=f"{watched.table}-{event}")


@pytest.mark.parametrize(("watched", "event"), [*hand_written()])
def test_the_database_itself_says_what_was_changed_by_hand(site, watched, event):
    """No line of this program sees it: raw SQL over the driver's own cursor."""
    publish_anew("iontophoresis", title="With a history")
    withdraw(Treatment.objects.get(slug="iontophoresis-at-home"), ["en"], now=timezone.now())
    Picture.objects.create(name="0" * 16, width=480, height=320, uploaded_at=timezone.now())
    before = dict(PageChange.objects.values_list("subject", "token"))
    row = watched.model.objects.order_by("pk").values().last() or _review()
    column = (watched.columns or ("id",))[0]
    raw = connection.connection.cursor()
    if event == "DELETE":
        PageChange.objects.all().delete()
        before = {}
        watched.model.objects.filter(pk=row["id"]).delete()
    elif event == "UPDATE":
        added = "position = position + 1" if column == "slug" else f"{column} = {column}"
        if column in ("document", "removed_because"):
            added = f"{column} = {column} || ' '"
        raw.execute(f"UPDATE {watched.table} SET {added} WHERE id = {row['id']}")
    else:
        PageChange.objects.all().delete()
        before = {}
        watched.model.objects.filter(pk=row["id"])._raw_delete("default")
        PageChange.objects.all().delete()
        watched.model(**row).save_base(raw=True, force_insert=True)
    after = dict(PageChange.objects.values_list("subject", "token"))
    subject = f"treatment:{row['treatment_id']}" if watched.of_a_treatment else "site"
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {subject}


def _review():
    snapshot = Treatment.objects.get(slug="iontophoresis").snapshots.first()
    review = record_review(
        snapshot, "en", reviewer="R", qualification="Q",
        reviewed_on=timezone.localdate(), next_due=timezone.localdate() + timedelta(days=1),
        now=timezone.now(),
    )  # fmt: skip
    return Review.objects.filter(pk=review.pk).values().get()


def test_what_is_no_change_for_patients_says_nothing(site, iontophoresis):
    before = dict(PageChange.objects.values_list("subject", "token"))
    iontophoresis.save()
    iontophoresis.translations.update(title="A draft's")
    save_snapshot(iontophoresis, now=timezone.now())
    assert dict(PageChange.objects.values_list("subject", "token")) == before


def test_rebuilding_a_table_is_noticed(site):
    assert triggers.are_installed(connection)
    with connection.cursor() as cursor:
        on = "" if connection.vendor == "sqlite" else " ON treatments_clinic"
        cursor.execute(f"DROP TRIGGER page_change_clinic_update{on}")
    assert not triggers.are_installed(connection)
    triggers.install(connection)
    assert triggers.are_installed(connection)
