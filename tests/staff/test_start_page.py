"""What waits for somebody stands first on their start page."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from treatments.models import LANGUAGES, Snapshot, Treatment, TreatmentProse
from treatments.publishing.publish import withdraw
from treatments.publishing.snapshots import newest_snapshot
from treatments.roles import make_groups

from ..conftest import NOW, Visitor
from ..pages import soup, words
from ..publishing.reading import read_both
from .test_history import write

DAY = timedelta(days=1)


@pytest.fixture
def enter(client, site):
    """`enter(role)`: the start page as somebody of this role reads it."""
    make_groups(Group, Permission)

    def come(role: str, address: str = "/admin/"):
        person, _made = User.objects.get_or_create(username=role.lower(), is_staff=True)
        person.groups.set([Group.objects.get(name=role)])
        client.force_login(person)
        return soup(client.get(address))

    return come


def cards(page) -> list[str]:
    return [" ".join(each.get_text(" ").split()) for each in page.select(".waiting .cards li")]


def test_a_reviewer_reads_first_which_page_waits_how_many_texts_and_since_when(
    enter, client, iontophoresis
):
    write(iontophoresis, at=NOW + DAY, text_en="It helps 7 of 10 people.")
    write(iontophoresis, at=NOW + 3 * DAY, text_en="It helps 8 of 10 people.")
    page = enter("Reviewer")
    assert page.select_one(".overview section h2").get_text() == "What waits for you"
    [card] = cards(page)
    assert "Iontophoresis for sweating (in the clinic): 1 text to be read" in card
    assert "since 10 March 2026" in card  # and not since the last save
    reading = client.get(page.select_one(".waiting a")["href"])
    assert reading.status_code == 200 and "7 of 10" not in words(soup(reading))
    assert "to be read in both languages" not in page.select_one(".to-do").get_text()


def test_what_has_waited_longest_comes_first(enter, site):
    for number, treatment in enumerate(site):
        write(treatment, at=NOW + (3 - number) * DAY, text_en="It helps 7 of 10 people.")
    named = [card.split(":")[0] for card in cards(enter("Reviewer"))]
    assert named == [str(treatment) for treatment in reversed(site)]


def test_when_all_is_read_it_waits_for_the_publisher(enter, iontophoresis):
    write(iontophoresis, at=NOW + DAY, text_en="Safe hands.", text_bn="নিরাপদ হাত।")
    assert not [card for card in cards(enter("Publisher")) if "ready" in card]
    read_both(iontophoresis, now=NOW + 2 * DAY)
    Snapshot.objects.filter(pk=newest_snapshot(iontophoresis).pk).update(blocking=0)
    [card] = cards(enter("Publisher"))
    assert "Iontophoresis for sweating (in the clinic): ready to be published" in card
    assert "since 10 March 2026" in card
    assert "Nothing waits for you" in words(enter("Reviewer"))


def test_what_has_findings_or_is_live_as_it_is_does_not_wait_for_the_publisher(
    enter, iontophoresis
):
    assert "Nothing waits for you" in words(enter("Publisher"))
    write(iontophoresis, at=NOW + DAY, text_en="Safe hands.", text_bn="নিরাপদ হাত।")
    read_both(iontophoresis, now=NOW + 2 * DAY)
    Snapshot.objects.filter(pk=newest_snapshot(iontophoresis).pk).update(blocking=1)
    assert not cards(enter("Publisher"))


def test_a_page_that_is_nowhere_live_waits_for_the_publisher(enter, iontophoresis):
    withdraw(iontophoresis, LANGUAGES, now=timezone.now())
    assert any("ready to be published" in card for card in cards(enter("Publisher")))


def test_nothing_waits_for_an_editor(enter, iontophoresis):
    write(iontophoresis, at=NOW + DAY, text_en="It helps 7 of 10 people.")
    page = enter("Editor")
    assert not page.select(".waiting")
    assert "1 text to be read in both languages" in page.select_one(".to-do").get_text()


# --- Three hundred treatments ---------------------------------------------------------------------


@pytest.fixture
def many(site) -> list[Treatment]:
    source = newest_snapshot(site[0])
    treatments = Treatment.objects.bulk_create(
        Treatment(slug=f"copy-{number}", position=number + 10) for number in range(297)
    )
    TreatmentProse.objects.bulk_create(
        TreatmentProse(master=each, language_code=code, title=f"{title} {each.slug[5:]}")
        for each in treatments
        for code, title in (("en", "Copy"), ("bn", "নকল"))
    )
    Snapshot.objects.bulk_create(
        Snapshot(
            treatment=each, document=source.document, digest=source.digest, saved_at=NOW,
            unconfirmed=3,
        )
        for each in treatments
    )  # fmt: skip
    return treatments


@pytest.mark.parametrize("role", ["Reviewer", "Publisher"])
def test_three_hundred_treatments_cost_few_queries_and_are_a_page_at_a_time(
    enter, many, client, role
):
    enter(role)
    with CaptureQueriesContext(connection) as captured:
        page = soup(client.get("/admin/"))
    assert len(captured) <= 15
    assert len(page.select(".treatments-now tbody tr")) == 50
    assert "1 to 50 of 300" in words(page)
    last = soup(client.get("/admin/?page=6"))
    assert len(last.select(".treatments-now tbody tr")) == 50
    assert last.select_one(".pages a").get_text(strip=True) == "Previous"


def test_of_many_that_wait_some_are_named_and_the_rest_a_link_away(enter, many, client):
    page = enter("Reviewer")
    assert len(cards(page)) == 6
    more = page.find("a", string=lambda text: text and "and 291 more" in text)
    rest = soup(client.get("/admin/" + more["href"]))
    assert "1 to 50 of 297" in words(rest)


@pytest.mark.parametrize("typed", ["copy 17", "নকল ১৭", "COPY-17", "copy-17"])
def test_a_treatment_is_found_by_its_name_in_either_language(enter, many, client, typed):
    enter("Editor")
    page = soup(client.get("/admin/", {"find": typed}))
    named = {row.th.get_text(strip=True) for row in page.select(".treatments-now tbody tr")}
    assert "Copy 17" in named and len(named) < 15
    assert page.select_one("#find")["value"] == typed


def test_a_word_that_nothing_has_says_so_and_leads_back(enter, many, client):
    enter("Editor")
    page = soup(client.get("/admin/", {"find": "<nothing>", "show": "dark", "page": "x"}))
    assert "No treatment is like this" in words(page)
    assert soup(client.get("/admin/", {"show": "no such"})).select(".treatments-now tbody tr")


def test_the_states_are_counted_and_chosen(enter, many, client):
    page = enter("Editor")
    chips = {a.contents[0].strip(): a for a in page.select(".chips a")}
    assert chips["All"].b.get_text() == "300" and chips["All"].has_attr("aria-current")
    assert chips["To be read"].b.get_text() == "297" and chips["Not live"].b.get_text() == "297"
    chosen = soup(client.get("/admin/" + chips["Not live"]["href"]))
    assert "1 to 50 of 297" in words(chosen)


def test_an_address_of_the_admin_that_is_none_leads_staff_to_the_start_page(staff, site):
    def leads_there(client, path) -> bool:
        answer = client.get(path)
        assert answer.status_code == 404
        return bool(soup(answer).select("main a[href='/admin/']"))

    for path in ("/admin/nothing/", "/admin/treatments/nothing/"):
        assert leads_there(staff, path), path
        assert "Cookie" in staff.get(path)["Vary"] or "no-store" in staff.get(path)["Cache-Control"]
    assert not leads_there(staff, "/en/nothing/") and not leads_there(Visitor(), "/en/nothing/")
