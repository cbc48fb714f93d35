"""An offer of newer words is declined, taken back, or decided by two at once."""

import pytest
from django.utils import timezone

from treatments.publishing import shipped
from treatments.publishing.snapshots import newest_snapshot, restore

from ..pages import soup, words
from .releases import (
    CHANGED,
    CHOSEN,
    DECLINE,
    EVERYTHING,
    NEW,
    OURS,
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
)

# --- Declining, going back ------------------------------------------------------------------------


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


# --- Two at once ----------------------------------------------------------------------------------


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

    monkeypatch.setattr(shipped, "save_snapshot", dies)
    with pytest.raises(RuntimeError):
        press(staff, iontophoresis, EVERYTHING)
    assert now_says(iontophoresis).json == before
    assert is_offered(iontophoresis)
