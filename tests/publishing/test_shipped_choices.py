"""What is taken over of newer shipped words, and what stays the clinic's own."""

import json

import pytest
from django.test import Client
from django.utils import timezone

from treatments.models import LANGUAGES, EvidenceClaim, Preparation, ShippedWords, Treatment
from treatments.publishing.snapshots import newest_snapshot, save_snapshot

from ..pages import soup, words
from .reading import publish_on_page
from .releases import (
    CHANGED,
    CHOSEN,
    EVERYTHING,
    NEW,
    OURS,
    SLUG,
    address,
    answer,
    clinic_says,
    form_with,
    in_rows,
    is_offered,
    item,
    now_says,
    offer_page,
    press,
    pressed,
    texts,
    uids,
)

# --- Taking over ----------------------------------------------------------------------------------


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
    ill = {"en": "You are ill.", "bn": "আপনি অসুস্থ।"}
    release.add("contraindications", 0, "new-danger", ill, origin="clinic-text")
    release.ship()
    data = form_with(offer_page(staff, iontophoresis), EVERYTHING)
    page = soup(staff.post(address("shipped", iontophoresis), data, follow=True))
    links = {link.get_text(): link["href"] for link in page.select(".messagelist a")}
    assert "You are ill." in words(soup(staff.get(links["What changed"])))
    assert links["Publish…"] == address("publish", iontophoresis)
    publish_on_page(staff, iontophoresis)
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


# --- Two languages of one text --------------------------------------------------------------------


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
