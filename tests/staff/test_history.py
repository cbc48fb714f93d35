import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from treatments.document.json_form import parse
from treatments.document.plan import Plan
from treatments.document.rows import from_rows, to_rows
from treatments.models import LANGUAGES, Snapshot, Treatment
from treatments.publishing.preflight import live_publications
from treatments.publishing.publish import withdraw
from treatments.publishing.snapshots import restore, save_snapshot

from ..conftest import NOW
from ..pages import soup, words
from ..publishing.reading import publish_as_read

LATER = NOW + timedelta(days=2)


def address(name, treatment, **parameters):
    url = reverse(f"admin:treatments_treatment_{name}", args=[treatment.pk])
    return url + (
        "?" + "&".join(f"{key}={value}" for key, value in parameters.items()) if parameters else ""
    )


def write(treatment, *, at=LATER, by=None, **texts):
    """Saves other words in the first benefit."""
    benefit = treatment.benefit_set.first()
    for column, text in texts.items():
        setattr(benefit, column, text)
    benefit.save()
    return save_snapshot(treatment, now=at, by=by)


@pytest.fixture
def first(iontophoresis) -> Snapshot:
    return iontophoresis.snapshots.get()


# --- The list -------------------------------------------------------------------------------------


def test_the_history_says_who_saved_what_when_and_what_patients_read(
    staff, nurse, iontophoresis, first
):
    bangla = iontophoresis.benefit_set.first().text_bn
    second = write(iontophoresis, by=nurse, text_bn=bangla.replace("।", " ।", 1))
    publish_as_read(second, ["bn"], now=LATER + timedelta(hours=1), by=nurse)
    rows = soup(staff.get(address("history", iontophoresis))).select(".version-list tbody tr")
    newer, older = (" ".join(row.get_text(" ").split()) for row in rows)
    assert "11 March 2026, 10:00" in newer and "nurse" in newer and "the draft now" in newer
    assert "Bangla live since 11 March 2026, 11:00" in newer
    assert "nurse · Bangla" in newer and "English and Bangla" not in newer
    assert "loaded with the site" in older and "first version" in older
    assert "English live since 9 March 2026, 10:00" in older
    assert "Bangla was live from 9 March 2026, 10:00 until 11 March 2026, 11:00" in older


def test_the_history_of_many_versions_costs_few_queries(staff, iontophoresis, first):
    copies = [
        Snapshot(treatment=iontophoresis, document=first.document, digest=f"{n}", saved_at=LATER)
        for n in range(60)
    ]
    Snapshot.objects.bulk_create(copies)
    with CaptureQueriesContext(connection) as captured:
        page = soup(staff.get(address("history", iontophoresis)))
    assert len(captured) <= 16
    assert len(page.select(".version-list tbody tr")) == 50
    Snapshot.objects.filter(pk__gt=first.pk).update(saved_by_name="nurse")
    with CaptureQueriesContext(connection) as captured:
        assert "60 saves" in words(soup(staff.get(address("history", iontophoresis))))
    assert len(captured) <= 17
    Snapshot.objects.filter(pk__gt=first.pk).update(saved_by_name="")
    older = soup(staff.get(address("history", iontophoresis, page=2)))
    assert len(older.select(".version-list tbody tr")) == 11


def test_a_treatment_without_any_version_has_an_empty_history(staff, site):
    treatment = Treatment.objects.create(slug="new")
    assert "has not been saved yet" in words(soup(staff.get(address("history", treatment))))


# --- What one person saved within an hour ---------------------------------------------------------


def entries(staff, treatment) -> list[str]:
    rows = soup(staff.get(address("history", treatment))).select(".version-list tbody tr")
    return [" ".join(row.get_text(" ").split()) for row in rows]


def minutes(number: int):
    return LATER + timedelta(minutes=number)


def test_what_one_person_saves_within_an_hour_is_one_entry_that_opens(staff, nurse, iontophoresis):
    singles = [
        write(iontophoresis, at=minutes(at), by=nurse, **{column: f"Way {at}"})
        for at, column in ((0, "text_en"), (40, "text_bn"), (60, "text_en"))
    ]
    first = iontophoresis.snapshots.last()
    newest, loaded = soup(staff.get(address("history", iontophoresis))).select("tbody tr")
    assert "nurse · English and Bangla" in " ".join(newest.get_text(" ").split())
    assert "loaded with the site" in loaded.text and not loaded.details
    [whole] = newest.select(".do a[href*=compare]")
    assert f"old={first.pk}&new={singles[2].pk}" in whole["href"]
    assert " ".join(newest.summary.text.split()) == "3 saves since 10:00"
    listed = [" ".join(one.get_text(" ").split()) for one in newest.select("details li")]
    assert [one[: one.index(" · What")] for one in listed] == [
        "11:00 · Benefits · English", "10:40 · Benefits · Bangla", "10:00 · Benefits · English",
    ]  # fmt: skip
    links = [one.a["href"] for one in newest.select("details li")]
    pairs = zip([singles[1], singles[0], first], reversed(singles), strict=True)
    for link, (old, new) in zip(links, pairs, strict=True):
        assert f"old={old.pk}&new={new.pk}" in link
        assert f"Way {(new.saved_at - LATER).seconds // 60}" in words(soup(staff.get(link)))
    back = [link["href"].partition("=")[2] for link in newest.select("details a[href*=restore]")]
    assert back == [str(singles[1].pk), str(singles[0].pk)]


def test_an_hour_is_counted_from_the_first_save(staff, nurse, iontophoresis):
    for at in (0, 35, 61, 90, 130):
        write(iontophoresis, at=minutes(at), by=nurse, text_en=f"Way {at}")
    shown = entries(staff, iontophoresis)
    since = [re.findall(r"(\d) saves since (\S+)", entry) for entry in shown]
    assert since == [[], [("2", "11:01")], [("2", "10:00")], []]


def test_somebody_elses_save_ends_an_entry(staff, nurse, iontophoresis, django_user_model):
    rahima = django_user_model.objects.create_user("rahima")
    for at, by in ((0, nurse), (1, nurse), (2, rahima), (3, nurse), (4, None), (5, None)):
        write(iontophoresis, at=minutes(at), by=by, text_en=f"Way {at}")
    shown = entries(staff, iontophoresis)
    assert ["saves since" in entry for entry in shown] == [False] * 4 + [True, False]
    assert "rahima" in shown[3] and "2 saves since 10:00" in shown[4]


def test_a_publication_and_bringing_back_end_an_entry(staff, nurse, iontophoresis, first):
    write(iontophoresis, at=minutes(0), by=nurse, text_en="Way 0", text_bn="পথ ০")
    second = write(iontophoresis, at=minutes(1), by=nurse, text_en="Way 1", text_bn="পথ ১")
    publish_as_read(second, LANGUAGES, now=minutes(2), by=nurse)
    write(iontophoresis, at=minutes(3), by=nurse, text_en="Way 3")
    restore(first, now=minutes(4), by=nurse)
    iontophoresis = Treatment.objects.get(pk=iontophoresis.pk)
    write(iontophoresis, at=minutes(5), by=nurse, text_en="Way 5")
    shown = entries(staff, iontophoresis)
    assert ["saves since" in entry for entry in shown] == [False, False, False, True, False]
    assert "brought back from" in shown[1] and "live since" in shown[3]


# --- Two versions ---------------------------------------------------------------------------------


def test_two_versions_are_compared_per_language_in_either_order(staff, iontophoresis, first):
    text = iontophoresis.benefit_set.first().text_bn
    second = write(iontophoresis, text_bn=f"{text} নতুন।")
    for old, new in ((first, second), (second, first)):
        page = soup(staff.get(address("compare", iontophoresis, old=old.pk, new=new.pk)))
        assert page.find("p", lang="bn").ins.get_text(strip=True) == "নতুন।"
        assert not page.find("p", lang="en").find(["ins", "del"])
        assert "Bangla: 1 place" in " ".join(page.select_one(".counts").get_text(" ").split())


@pytest.mark.parametrize("number", ["", "x", "0", "999999", "9" * 30, "-1", "১"])
def test_a_version_that_is_not_there_is_not_found(staff, iontophoresis, first, number):
    for page in ("compare", "restore", "as_published"):
        url = address(
            page, iontophoresis, old=first.pk, new=number, snapshot=number, publication=number
        )
        assert staff.get(url).status_code == 404


def test_a_version_of_another_treatment_is_not_found(staff, site):
    here, elsewhere = site[:2]
    other = elsewhere.snapshots.get()
    publication = elsewhere.publications.first()
    assert staff.get(address("compare", here, old=other.pk, new=other.pk)).status_code == 404
    assert staff.post(address("restore", here), {"snapshot": other.pk}).status_code == 404
    assert staff.get(address("as_published", here, publication=publication.pk)).status_code == 404


# --- A day ----------------------------------------------------------------------------------------


def test_what_patients_read_on_a_day_is_found_and_opened_as_it_stood(staff, iontophoresis, first):
    old = iontophoresis.benefit_set.first().text_en
    second = write(iontophoresis, text_en="Words of a later day.", text_bn="পরের দিনের কথা।")
    publish_as_read(second, LANGUAGES, now=LATER)
    page = soup(staff.get(address("history", iontophoresis, day="2026-03-10")))
    found = page.select_one(".day-found")
    assert [link.get_text(strip=True) for link in found.find_all("a")] == [
        "read it in English as it stood",
        "read it in Bangla as it stood",
    ]
    response = staff.get(found.a["href"])
    assert old in words(soup(response))
    assert "Words of a later day." not in words(soup(response))
    assert "As patients could read it in English" in soup(response).select_one(".preview").text
    assert "style-src 'sha256-" in response["Content-Security-Policy"]
    bangla = staff.get(found.find_all("a")[1]["href"])
    assert soup(bangla).html["lang"] == "bn"
    assert bangla["Content-Language"] == "bn"


def test_a_day_on_which_the_words_changed_shows_both(staff, iontophoresis, first):
    publish_as_read(write(iontophoresis, text_en="New.", text_bn="নতুন।"), LANGUAGES, now=LATER)
    page = soup(staff.get(address("history", iontophoresis, day="2026-03-11")))
    assert len(page.select(".day-found a")) == 4


def test_a_day_with_nothing_live_says_so_and_a_wrong_day_is_explained(staff, iontophoresis, first):
    withdraw(iontophoresis, ["bn"], now=LATER)
    page = soup(staff.get(address("history", iontophoresis, day="২০২৬-০৩-১২")))
    assert "Bangla: nothing was live on this day." in " ".join(
        page.select_one(".day-found").get_text(" ").split()
    )
    assert len(page.select(".day-found a")) == 1
    for typed in ("", "tomorrow", "2026-02-30", "0000-00-00", "0001-01-01", "9999-12-31"):
        response = staff.get(address("history", iontophoresis, day=typed))
        assert "Write the day like" in words(soup(response))


# --- Bringing back --------------------------------------------------------------------------------


def test_bringing_back_gives_the_old_document_byte_for_byte(staff, nurse, iontophoresis, first):
    old = parse(first.document)
    items = {key: list(entries) for key, entries in old.sections.items()}
    del items["benefits"][0]
    gone = items["sources"].pop(0).uid  # what rests on it names it no more
    items = {
        key: [
            replace(
                item,
                values={
                    name: None if value == gone else value for name, value in item.values.items()
                },
            )
            for item in entries
        ]
        for key, entries in items.items()
    }
    items["procedure"].reverse()
    items["aftercare"].clear()
    changed = replace(
        old,
        prose={**old.prose, "bn": None},
        plan=Plan(),
        sections={key: tuple(entries) for key, entries in items.items()},
    )
    to_rows(changed, iontophoresis)
    newest = save_snapshot(iontophoresis, now=LATER)
    assert parse(newest.document) == changed

    page = address("restore", iontophoresis, snapshot=first.pk)
    assert "new" in {tag.get_text() for tag in soup(staff.get(page)).select(".tag.added")}
    live = live_publications(iontophoresis, timezone.now())
    response = staff.post(
        page.split("?")[0], {"snapshot": first.pk, "newest": newest.pk}, follow=True
    )
    assert "The draft says again what was saved on 9 March 2026" in words(soup(response))

    treatment = Treatment.objects.get(pk=iontophoresis.pk)
    assert from_rows(treatment).json == first.document
    kept = treatment.snapshots.first()
    assert (kept.document, kept.restored_from, kept.saved_by) == (first.document, first, nurse)
    assert live_publications(iontophoresis, timezone.now()) == live
    assert "brought back from 9 March 2026" in words(soup(staff.get(address("history", treatment))))


def test_looking_at_what_bringing_back_would_change_changes_nothing(staff, iontophoresis, first):
    write(iontophoresis, text_en="Newer.")
    for page in (
        address("restore", iontophoresis, snapshot=first.pk),
        address("history", iontophoresis, day="2026-03-10"),
        address("compare", iontophoresis, old=first.pk, new=first.pk),
        address("as_published", iontophoresis, publication=iontophoresis.publications.first().pk),
    ):
        with CaptureQueriesContext(connection) as captured:
            assert staff.get(page).status_code == 200
        assert not [
            query for query in captured if not query["sql"].lstrip("(").startswith("SELECT")
        ], page


def test_a_newer_save_is_not_undone_unseen(staff, iontophoresis, first):
    second = write(iontophoresis, text_en="Second.")
    third = write(iontophoresis, text_en="Third.")
    data = {"snapshot": first.pk, "newest": second.pk}
    response = staff.post(address("restore", iontophoresis), data)
    assert "Nothing was changed" in words(soup(response))
    assert iontophoresis.snapshots.first() == third


def test_who_may_only_look_sees_the_history_and_brings_nothing_back(
    client, iontophoresis, first, django_user_model
):
    from django.contrib.auth.models import Permission

    reader = django_user_model.objects.create_user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_treatment"))
    client.force_login(reader)
    write(iontophoresis, text_en="Second.")
    page = client.get(address("history", iontophoresis))
    assert "Bring back" not in words(soup(page)).replace("bring one back", "")
    data = {"snapshot": first.pk, "newest": iontophoresis.snapshots.first().pk}
    assert client.get(address("restore", iontophoresis, snapshot=first.pk)).status_code == 403
    assert client.post(address("restore", iontophoresis), data).status_code == 403
    assert iontophoresis.snapshots.count() == 2
