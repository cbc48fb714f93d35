"""Two people write on one page: nothing typed is lost, nothing is overwritten unseen."""

import pytest
from django.test import Client
from django.utils import timezone

from treatments.models import Snapshot
from treatments.publishing.snapshots import newest_snapshot, restore, save_snapshot

from ..pages import soup, words
from ..sheet import NEW, TextForm, now_says, opened, pressed, said, saved

SAFE, NEEDLES = ("benefits", "safe"), ("benefits", "no-needles")
KEEP = "Save what stands in the fields"


@pytest.fixture
def colleague(django_user_model):
    user = django_user_model.objects.create_superuser("rahima", password="another long word")
    client = Client()
    client.force_login(user)
    client.user = user
    return client


def english(treatment, place) -> str:
    return said(treatment, *place, "text", "en")


# --- Different places -----------------------------------------------------------------------------


def test_words_in_different_places_both_stand(staff, colleague, iontophoresis):
    mine = opened(staff, iontophoresis, *SAFE)
    saved(colleague, iontophoresis, *SAFE, text_en="Words of Rahima.")
    saved(colleague, iontophoresis, *NEEDLES, text_en="More of Rahima.")
    assert mine.save(text_bn="আমার কথা।").status_code == 302
    assert english(iontophoresis, SAFE) == "Words of Rahima."
    assert said(iontophoresis, *SAFE, "text", "bn") == "আমার কথা।"
    assert english(iontophoresis, NEEDLES) == "More of Rahima."
    kept = iontophoresis.snapshots.first()
    assert (kept.saved_by.username, kept.digest) == ("nurse", now_says(iontophoresis).digest)


def test_a_save_over_ones_own_newer_save_asks_too(staff, iontophoresis):
    one, other = (opened(staff, iontophoresis, *SAFE) for _window in range(2))
    one.save(text_en="First window.")
    asked = other.save(text_en="Second window.")
    assert asked.status_code == 409 and "First" in words(soup(asked))
    assert english(iontophoresis, SAFE) == "First window."
    assert TextForm(staff, asked).save(KEEP).status_code == 302
    assert english(iontophoresis, SAFE) == "Second window."


# --- The same place -------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", ["Mine.", "Theirs.", "Theirs. Mine."])
def test_words_in_the_same_place_are_asked_about(staff, colleague, iontophoresis, answer):
    mine = opened(staff, iontophoresis, *SAFE)
    saved(colleague, iontophoresis, *SAFE, text_en="Theirs.")
    before = now_says(iontophoresis).json
    asked = mine.save(text_en="Mine.")
    assert asked.status_code == 409
    page = words(soup(asked))
    assert "rahima" in page and "Nothing is lost" in page and "Theirs." in page
    assert now_says(iontophoresis).json == before
    again = TextForm(staff, asked)
    assert again.says["text_en"] == "Mine."
    again.save(KEEP, text_en=answer)
    assert english(iontophoresis, SAFE) == answer


def test_a_third_save_in_between_asks_again(staff, colleague, iontophoresis):
    mine = opened(staff, iontophoresis, *SAFE)
    saved(colleague, iontophoresis, *SAFE, text_en="Theirs.")
    asked = TextForm(staff, mine.save(text_en="Mine."))
    saved(colleague, iontophoresis, *SAFE, text_en="Theirs, second.")
    again = asked.save(KEEP)
    assert again.status_code == 409 and "second" in words(soup(again))
    assert english(iontophoresis, SAFE) == "Theirs, second."
    assert TextForm(staff, again).save(KEEP).status_code == 302
    assert english(iontophoresis, SAFE) == "Mine."


# --- Items that come, go and move -----------------------------------------------------------------


def test_words_for_an_item_that_somebody_deleted_are_not_lost(staff, colleague, iontophoresis):
    order = [item.uid for item in now_says(iontophoresis).items("benefits")]
    mine = opened(staff, iontophoresis, *SAFE)
    pressed(colleague, iontophoresis, *SAFE, "Delete")
    asked = mine.save(text_en="Mine.")
    assert asked.status_code == 409 and "deleted this text" in words(soup(asked))
    assert "safe" not in [item.uid for item in now_says(iontophoresis).items("benefits")]
    again = TextForm(staff, asked)
    assert again.says["text_en"] == "Mine."
    again.save()
    assert english(iontophoresis, SAFE) == "Mine."
    assert {item.uid for item in now_says(iontophoresis).items("benefits")} == {*order}


def test_a_deleted_source_does_not_take_a_colleagues_evidence_along(
    staff, colleague, iontophoresis
):
    claim = next(one for one in now_says(iontophoresis).items("evidence") if one.values["source"])
    place = ("evidence", claim.uid)
    mine = opened(staff, iontophoresis, *place)
    pressed(colleague, iontophoresis, "sources", claim.values["source"], "Delete")
    answer = mine.save(statement_en="Mine.")
    form = TextForm(staff, answer)
    assert answer.status_code == 422 and form.errors
    assert form.says["statement_en"] == "Mine."
    assert form.save(source="").status_code == 302
    claim = next(one for one in now_says(iontophoresis).items("evidence") if one.uid == claim.uid)
    assert (claim.pairs["statement"].en, claim.values["source"]) == ("Mine.", None)


def test_new_and_moved_items_of_both_come_together(staff, colleague, iontophoresis):
    old = [item.uid for item in now_says(iontophoresis).items("benefits")]
    mine = opened(staff, iontophoresis, "benefits", NEW)
    saved(colleague, iontophoresis, "benefits", NEW, text_en="New of Rahima.")
    pressed(colleague, iontophoresis, "benefits", old[1], "Move up")
    mine.save(text_en="New of mine.")
    items = now_says(iontophoresis).items("benefits")
    assert [item.uid for item in items][:2] == [old[1], old[0]]
    assert [item.pairs["text"].en for item in items][-2:] == ["New of Rahima.", "New of mine."]
    assert len(items) == len(old) + 2


def test_a_restored_language_and_a_later_save_meet(staff, colleague, iontophoresis):
    iontophoresis.translations.get(language_code="bn").delete()
    without = save_snapshot(iontophoresis, now=timezone.now())
    restore(iontophoresis.snapshots.last(), now=timezone.now(), by=colleague.user)
    mine = opened(staff, iontophoresis, "prose", "summary")
    restore(without, now=timezone.now(), by=colleague.user)
    asked = mine.save(typed={"bn-summary": "নতুন সারাংশ।"})
    assert asked.status_code == 409 and "rahima" in words(soup(asked))
    assert now_says(iontophoresis).prose["bn"] is None
    TextForm(staff, asked).save(KEEP)
    assert now_says(iontophoresis).prose["bn"]["summary"] == "নতুন সারাংশ।"


def test_there_and_back_again_is_no_clash(staff, colleague, iontophoresis):
    start = newest_snapshot(iontophoresis)
    mine = opened(staff, iontophoresis, *SAFE)
    pressed(colleague, iontophoresis, *SAFE, "Delete")
    restore(start, now=timezone.now(), by=colleague.user)
    assert mine.save(text_en="Mine.").status_code == 302
    assert english(iontophoresis, SAFE) == "Mine."


# --- Around it ------------------------------------------------------------------------------------


@pytest.mark.parametrize("sent", ["", "0", "x", "9" * 40])
def test_a_form_that_does_not_say_what_it_was_made_from_asks(staff, iontophoresis, sent):
    before = now_says(iontophoresis).json
    asked = saved(staff, iontophoresis, *SAFE, text_en="Mine.", opened=sent)
    assert asked.status_code == 409
    assert now_says(iontophoresis).json == before
    assert TextForm(staff, asked).save(KEEP).status_code == 302


def test_wrong_input_over_a_newer_save_is_explained_and_asked_about_afterwards(
    staff, colleague, iontophoresis
):
    mine = opened(staff, iontophoresis, *SAFE)
    saved(colleague, iontophoresis, *SAFE, text_en="Theirs.")
    before = now_says(iontophoresis).json
    refused = TextForm(staff, mine.save(text_en="Mine.", text_bn="অ" * 2_001))
    assert "too long" in " ".join(refused.errors)
    assert refused.says["text_en"] == "Mine."
    asked = refused.save(text_bn="আমার।")
    assert asked.status_code == 409
    assert now_says(iontophoresis).json == before
    TextForm(staff, asked).save(KEEP)
    assert english(iontophoresis, SAFE) == "Mine."


def test_the_two_ends_of_a_range_are_one_place(staff, colleague, iontophoresis):
    mine = opened(staff, iontophoresis, "plan", "-")
    saved(colleague, iontophoresis, "plan", "-", visit_max="50")
    asked = mine.save(visit_min="20")
    assert asked.status_code == 409
    again = TextForm(staff, asked)
    assert (again.says["visit_min"], again.says["visit_max"]) == ("20", "45")


def test_a_save_that_dies_in_the_middle_leaves_everything_as_it_was(
    staff, iontophoresis, monkeypatch
):
    before = now_says(iontophoresis).json
    mine = opened(staff, iontophoresis, *SAFE)

    def dies(*args, **kwargs):
        raise RuntimeError("the machine went off")

    monkeypatch.setattr("treatments.staff.texts.save_snapshot", dies)
    with pytest.raises(RuntimeError):
        mine.save(text_en="Mine.")
    with pytest.raises(RuntimeError):
        pressed(staff, iontophoresis, *NEEDLES, "Delete")
    assert now_says(iontophoresis).json == before
    assert Snapshot.objects.filter(treatment=iontophoresis).count() == 1
