"""What somebody did stays theirs when their login is deleted."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from treatments.models import (
    Clinic,
    ClinicChange,
    Confirmation,
    Picture,
    Publication,
    ShippedWords,
    Snapshot,
)
from treatments.publishing.comparison import compare
from treatments.publishing.confirmations import record
from treatments.publishing.preflight import check_draft
from treatments.publishing.publish import publish, withdraw
from treatments.publishing.snapshots import newest_snapshot
from treatments.publishing.waivers import waive

from ..admin_forms import page_of
from ..conftest import NOW
from ..pages import soup, words
from ..sheet import opened
from .test_history import address, write
from .test_last_administrator import deleted

LATER = NOW + timedelta(days=2)


@pytest.fixture
def rina(db) -> User:
    rina = User.objects.create_user("rina7", first_name="Rina", last_name="Akter", is_staff=True)
    rina.user_permissions.set(Permission.objects.all())
    return rina


def published(treatment, by) -> Snapshot:
    """A version by somebody, with a space more in its Bangla, live."""
    bangla = treatment.benefit_set.first().text_bn
    second = write(treatment, by=by, text_bn=bangla.replace("।", " ।", 1))
    read = compare(second, ["bn"], at=LATER).open
    record(treatment, read, now=LATER, by=by)
    publish(second, ["bn"], now=LATER + timedelta(hours=1), by=by)
    return second


def test_the_history_names_who_saved_and_published_after_the_login_is_deleted(
    staff, rina, iontophoresis
):
    published(iontophoresis, rina)
    deleted(staff, rina)
    assert not User.objects.filter(pk=rina.pk).exists()
    page = soup(staff.get(address("history", iontophoresis)))
    newer, older = (" ".join(row.get_text(" ").split()) for row in page.select("tbody tr"))
    assert newer.count("Rina Akter") == 2 and "loaded with the site" not in newer
    assert "loaded with the site" in older and "Rina" not in older
    assert "Rina Akter" in words(soup(staff.get(address("confirmations", iontophoresis))))


def test_a_version_whose_login_was_deleted_before_names_were_kept_says_so(staff, iontophoresis):
    write(iontophoresis, by=None, text_en="It helps most hands.")
    page = soup(staff.get(address("history", iontophoresis)))
    newer, older = (row.get_text(" ") for row in page.select("tbody tr"))
    assert "a login that was deleted" in newer and "loaded with the site" in older


def test_a_page_begun_by_somebody_was_not_loaded_with_the_site(staff, iontophoresis):
    ShippedWords.objects.all().delete()
    assert "loaded with the site" not in words(soup(staff.get(address("history", iontophoresis))))


def test_the_clinics_changes_name_who_made_them(staff, rina, site):
    clinic = Clinic.the_one()
    clinic.save()
    clinic.emergency_number = "16263"
    clinic.save(by=rina)
    rina.delete()
    shown = words(soup(staff.get(reverse("admin:treatments_clinicchange_changelist"))))
    assert "Rina Akter" in shown
    assert ClinicChange.objects.get().changed_by is None


def test_whatever_was_done_keeps_the_name(rina, iontophoresis):
    second = published(iontophoresis, rina)
    withdraw(iontophoresis, ["bn"], now=LATER + timedelta(days=1), by=rina)
    rina.delete()
    ended = Publication.objects.get(snapshot=second)
    assert (ended.published_by_name, ended.withdrawn_by_name) == ("Rina Akter", "Rina Akter")
    assert newest_snapshot(iontophoresis).saved_by_name == "Rina Akter"
    assert Confirmation.objects.filter(confirmed_by_name="Rina Akter").exists()


def test_the_name_is_kept_by_whatever_road_the_row_comes(rina, iontophoresis):
    first = newest_snapshot(iontophoresis)
    row = Snapshot(treatment=iontophoresis, document=first.document, saved_at=LATER, saved_by=rina)
    Snapshot.objects.bulk_create([row])
    rina.delete()
    assert Snapshot.objects.latest("pk").saved_by_name == "Rina Akter"


def test_every_page_of_a_treatment_names_who_did_it_after_the_login_is_deleted(
    staff, rina, iontophoresis
):
    """What she changed, confirmed and let stand; what of it somebody else meanwhile wrote too."""
    benefit = ("benefits", iontophoresis.benefit_set.first().uid)
    mine = opened(staff, iontophoresis, *benefit)
    published(iontophoresis, rina)
    draft = write(iontophoresis, by=rina, text_en="It helps 7 people.", text_bn="উপকার হয়।")
    for finding in check_draft(draft).blocking:
        waive(draft, finding, reason="Both are right.", now=LATER, by=rina)
    size = {"width": 800, "height": 600}
    Picture.objects.create(name="0" * 16, **size, uploaded_by=rina, uploaded_at=LATER)

    def pages():
        return {
            "sheet": staff.get(page_of(iontophoresis)),
            "publish": staff.get(address("publish", iontophoresis)),
            "confirmations": staff.get(address("confirmations", iontophoresis)),
            "history": staff.get(address("history", iontophoresis)),
            "text": mine.save(text_en="Mine."),
            "pictures": staff.get(reverse("admin:treatments_picture_changelist")),
        }

    def named():
        there = {page: words(soup(response)) for page, response in pages().items()}
        return {
            page: (said.count("Rina Akter"), said.count("rina7")) for page, said in there.items()
        }

    before = named()
    deleted(staff, rina)
    assert all(names for names, _logins in before.values()), before
    assert named() == {page: (names, 0) for page, (names, _logins) in before.items()}
