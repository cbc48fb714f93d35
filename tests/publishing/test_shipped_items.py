"""Items of newer shipped words that come, go and move."""

import json

from django.utils import timezone

from treatments.document.json_form import parse
from treatments.models import AftercareTip, BodyArea, ShippedWords
from treatments.publishing.snapshots import save_snapshot

from ..pages import words
from .releases import (
    CHANGED,
    CHOSEN,
    EVERYTHING,
    NEW,
    OURS,
    answer,
    clinic_says,
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
    release.plain["plan"]["visit"] = [31, 47, "minutes"]
    release.ship()
    assert "31–47" in words(offer_page(staff, iontophoresis))
    press(staff, iontophoresis, EVERYTHING)
    assert now_says(iontophoresis).plan.amounts["visit"] == (31, 47, "minutes")
