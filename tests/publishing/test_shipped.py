"""Newer shipped words are offered beside the clinic's own, and never come by themselves."""

import json
from io import StringIO

from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from treatments.document.json_form import parse
from treatments.models import BodyArea, LoadedContent, Preparation, ShippedWords, Treatment
from treatments.publishing import shipped, slugs
from treatments.publishing.snapshots import save_snapshot
from treatments.roles import make_groups

from ..pages import soup, words
from .releases import (
    CHANGED,
    CHOSEN,
    EVERYTHING,
    NEW,
    OURS,
    SLUG,
    address,
    clinic_says,
    in_rows,
    is_offered,
    item,
    now_says,
    offer_page,
    press,
    pressed,
    texts,
)

# --- What is offered, and what is not -------------------------------------------------------------


def test_what_has_just_been_loaded_offers_nothing(staff, site):
    said = StringIO()
    call_command("load_content", stdout=said)
    assert said.getvalue() == "Nothing new to load.\n"
    assert not ShippedWords.objects.exclude(offered="").exists()
    assert "newer words" not in words(soup(staff.get("/admin/")))
    assert {row.name for row in ShippedWords.objects.all()} == {each.slug for each in site}


def test_newer_words_are_offered_and_change_nothing_by_themselves(
    staff, client, iontophoresis, release
):
    release.brings_the_others()
    release.add("contraindications", 0, "new-danger")
    before = now_says(iontophoresis).json
    public = Client().get(f"/en/treatments/{SLUG}/").content
    live = iontophoresis.publications.count()

    said = release.ship()

    assert f"{SLUG}: new words came with this version" in said
    assert address("shipped", iontophoresis) in said
    assert "iontophoresis-at-home" not in said
    assert now_says(iontophoresis).json == before
    assert iontophoresis.snapshots.count() == 1
    assert iontophoresis.publications.count() == live
    assert Client().get(f"/en/treatments/{SLUG}/").content == public

    task = soup(staff.get("/admin/")).find("a", string=lambda text: text and "newer words" in text)
    assert "Iontophoresis" in task.get_text()
    assert NEW["en"] in words(soup(staff.get(task["href"])))
    link = soup(staff.get(address("change", iontophoresis))).select_one(".asked a")
    assert link["href"] == task["href"]


def test_opening_the_page_writes_nothing(staff, iontophoresis, release):
    release.add("contraindications", 0, "new-danger")
    release.ship()
    with CaptureQueriesContext(connection) as captured:
        offer_page(staff, iontophoresis)
    statements = [query["sql"] for query in captured]
    assert not [sql for sql in statements if not sql.upper().startswith(("SELECT", "DECLARE"))]


def test_every_start_says_it_again_until_somebody_decides(staff, iontophoresis, release):
    release.add("contraindications", 0, "new-danger")
    release.ship()
    assert "new words came" in release.ship()
    press(staff, iontophoresis, EVERYTHING)
    assert "new words came" not in release.ship()


def test_equal_content_in_other_bytes_is_not_offered(iontophoresis, release):
    assert release.file.read_text("utf-8") != json.dumps(release.plain, ensure_ascii=False)
    release.ship()
    assert not is_offered(iontophoresis)


def test_a_name_that_the_clinic_gave_a_body_area_is_no_difference(iontophoresis, release):
    area = BodyArea.objects.get(key=release.plain["body_areas"][0]["key"])
    BodyArea.objects.filter(pk=area.pk).update(name_en="Both hands")
    release.plain["body_areas"][0]["name"]["en"] = "Hands and wrists"
    release.ship()
    assert not is_offered(iontophoresis)


def test_what_the_draft_says_already_is_not_offered_and_is_the_clinics_own_later(
    staff, iontophoresis, release
):
    uid = clinic_says(iontophoresis, "benefits", 0, **in_rows(CHANGED))
    release.says("benefits", 0)
    release.ship()
    assert not is_offered(iontophoresis)

    release.says("benefits", 0, NEW)
    release.ship()
    assert "both changed" not in words(offer_page(staff, iontophoresis))
    press(staff, iontophoresis, EVERYTHING)
    assert texts(iontophoresis, "benefits", uid) == NEW


def test_a_release_that_takes_its_words_back_offers_nothing_any_more(iontophoresis, release):
    release.add("contraindications", 0, "new-danger")
    release.ship()
    assert is_offered(iontophoresis)
    call_command("load_content", stdout=StringIO())
    assert not is_offered(iontophoresis)


def test_a_deleted_treatment_is_neither_offered_nor_brought_back(drafts, release):
    Treatment.objects.get(slug=SLUG).delete()
    release.brings_the_others()
    release.add("contraindications", 0, "new-danger")
    assert SLUG not in release.ship().replace("iontophoresis-", "")
    assert not Treatment.objects.filter(slug=SLUG).exists()


def test_a_page_of_the_clinics_own_is_offered_nothing_under_the_same_address(empty, release):
    own = Treatment.objects.create(slug=SLUG)
    release.brings_the_others()
    release.ship()
    release.add("contraindications", 0, "new-danger")
    release.ship()
    assert not is_offered(own)


def test_a_treatment_at_another_address_is_offered_its_words(staff, iontophoresis, release):
    slugs.change_slug(iontophoresis, "sweating-hands", now=timezone.now())
    release.add("contraindications", 0, "new-danger")
    assert "sweating-hands: new words came" in release.ship()
    press(staff, iontophoresis, EVERYTHING)
    assert texts(iontophoresis, "contraindications", "new-danger") == NEW


# --- Who ------------------------------------------------------------------------------------------


def of_role(role, django_user_model):
    make_groups(Group, Permission)
    person = django_user_model.objects.create_user(role.lower(), is_staff=True)
    person.groups.add(Group.objects.get(name=role))
    client = Client()
    client.force_login(person)
    return client


def test_an_editor_takes_over_and_is_shown_no_way_to_publish(
    iontophoresis, release, django_user_model
):
    release.add("contraindications", 0, "new-danger")
    release.ship()
    editor = of_role("Editor", django_user_model)
    assert "newer words" in words(soup(editor.get("/admin/")))
    said = pressed(editor, iontophoresis, EVERYTHING)
    assert "Nothing is live yet" in said and "Publish…" not in said
    assert item(iontophoresis, "contraindications", "new-danger")


def test_who_may_not_write_sees_that_there_is_an_offer_and_no_link_to_it(
    iontophoresis, release, django_user_model
):
    release.add("contraindications", 0, "new-danger")
    release.ship()
    reviewer = of_role("Reviewer", django_user_model)
    page = soup(reviewer.get(address("change", iontophoresis)))
    assert "newer words for this page" in words(page)
    link = address("shipped", iontophoresis)
    for seen in (page, soup(reviewer.get("/admin/"))):
        assert link not in [each.get("href") for each in seen.find_all("a")]
    assert reviewer.get(link).status_code == 403


def test_the_first_page_costs_the_same_for_any_number_of_offers(staff, site, tmp_path):
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            staff.get("/admin/")
        return len(captured)

    without = cost()
    ShippedWords.objects.update(offered="{}")
    assert cost() == without
    assert words(soup(staff.get("/admin/"))).count("brings newer words") == 3


# --- Where nobody can know ------------------------------------------------------------------------


def test_without_what_was_shipped_before_every_difference_is_asked_about(
    staff, iontophoresis, release
):
    ShippedWords.objects.filter(treatment=iontophoresis).update(document="")
    uid = clinic_says(iontophoresis, "benefits", 0, **in_rows(OURS))
    Preparation.objects.create(treatment=iontophoresis, uid="card", position=99, **in_rows(OURS))
    save_snapshot(iontophoresis, now=timezone.now())
    release.add("contraindications", 0, "new-danger")
    shipped_text = release.items("benefits")[0]["text"]
    release.ship()

    page = offer_page(staff, iontophoresis)
    assert "Nobody can know here" in words(page)
    assert not page.find(attrs={"name": EVERYTHING})
    assert len(page.find_all("fieldset")) == 2
    before = now_says(iontophoresis).json
    assert "Your words stay" in pressed(staff, iontophoresis, CHOSEN, page)
    assert now_says(iontophoresis).json == before

    release.add("contraindications", 0, "later", CHANGED)
    release.ship()
    press(staff, iontophoresis, EVERYTHING)  # from now on it is known
    assert item(iontophoresis, "contraindications", "later")
    assert texts(iontophoresis, "benefits", uid) == OURS != shipped_text


def test_a_page_of_which_nothing_is_known_and_that_says_the_same_is_offered_nothing(
    iontophoresis, release
):
    ShippedWords.objects.filter(treatment=iontophoresis).update(document="")
    release.ship()
    row = ShippedWords.objects.get(treatment=iontophoresis)
    assert (row.offered, parse(row.document)) == ("", parse(release.file.read_text("utf-8")))


# --- Moving to another database -------------------------------------------------------------------


def test_moving_a_clinic_takes_along_what_was_shipped_for_it(staff, site, release, tmp_path):
    mine = Treatment.objects.get(slug=SLUG)
    uid = clinic_says(mine, "benefits", 0, **in_rows(OURS))
    slugs.change_slug(mine, "sweating-hands", now=timezone.now())
    clinic_says(
        Treatment.objects.get(slug="iontophoresis-for-medicine"), "aftercare", 0, **in_rows(OURS)
    )
    Treatment.objects.create(slug="own", position=9)
    ShippedWords.objects.filter(name="iontophoresis-at-home").update(document="")
    call_command("dump_content", tmp_path / "moved", stdout=StringIO())
    for model in (Treatment, LoadedContent):
        model.objects.all().delete()

    call_command("load_content", tmp_path / "moved", "--drafts", stdout=StringIO())
    call_command("load_content", stdout=StringIO())

    loaded = {"sweating-hands", "own", "iontophoresis-at-home", "iontophoresis-for-medicine"}
    assert set(Treatment.objects.values_list("slug", flat=True)) == loaded
    assert not ShippedWords.objects.exclude(offered="").exists()
    moved = Treatment.objects.get(slug="sweating-hands")
    other = Treatment.objects.get(slug="iontophoresis-for-medicine")
    clinic_says(other, "aftercare", 0, **in_rows(NEW))
    call_command("load_content", tmp_path / "moved", stdout=StringIO())
    assert not ShippedWords.objects.exclude(offered="").exists()
    release.brings_the_others()
    release.add("contraindications", 0, "new-danger")
    release.ship()
    assert [each.slug for each in shipped.offered_treatments()] == ["sweating-hands"]
    press(staff, moved, EVERYTHING)
    assert item(moved, "contraindications", "new-danger")
    assert texts(moved, "benefits", uid) == OURS


def test_what_is_dumped_to_be_shipped_is_the_drafts_alone(site, tmp_path):
    from treatments.publishing.fixtures import dump

    assert not [path for path in dump(tmp_path) if path.name == "moved.json"]
    assert [path for path in dump(tmp_path, moving=True) if path.name == "moved.json"]
