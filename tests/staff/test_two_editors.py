"""Two people write on one page: nothing typed is lost, nothing is overwritten unseen."""

import json
import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from treatments.document.json_form import parse
from treatments.document.rows import from_rows
from treatments.models import Opened, Snapshot, Treatment
from treatments.publishing.snapshots import newest_snapshot, restore, save_snapshot

from ..admin_forms import form_data, item_field, opened
from ..pages import soup, words


def address(name, treatment) -> str:
    return reverse(f"admin:treatments_treatment_{name}", args=[treatment.pk])


def save(client, treatment, data, **more):
    return client.post(address("whole", treatment), data | {"_continue": "1"} | more)


def question_form(response) -> dict:
    """The asking page's form, as a browser would send it."""
    form = BeautifulSoup(response.content.decode(), "html.parser").select_one("form.conflict")
    assert form, words(soup(response))[:2000]
    form["id"] = "conflict"
    return form_data(str(form.parent), "conflict")


def undecided(response) -> list[str]:
    page = soup(response)
    names = {radio["name"] for radio in page.select(".conflict input[type=radio]")}
    decided = {radio["name"] for radio in page.select(".conflict input[type=radio][checked]")}
    return sorted(names - decided)


def now_says(treatment):
    return from_rows(Treatment.objects.get(pk=treatment.pk))


@pytest.fixture
def colleague(django_user_model):
    user = django_user_model.objects.create_superuser("rahima", password="another long word")
    client = Client()
    client.force_login(user)
    client.user = user
    return client


# --- Different places -----------------------------------------------------------------------------


def test_words_in_different_places_both_stand_after_one_look(staff, colleague, iontophoresis):
    mine = theirs = opened(staff, iontophoresis)
    save(colleague, iontophoresis, theirs | {"benefit_set-0-text_en": "Words of Rahima."})
    before = now_says(iontophoresis).json
    response = save(staff, iontophoresis, mine | {"benefit_set-0-text_bn": "আমার কথা।"})
    page = words(soup(response))
    assert "rahima" in page and "nothing you typed is lost" in page
    assert "Words of Rahima." in page and "আমার কথা।" in page
    assert undecided(response) == []
    assert now_says(iontophoresis).json == before
    assert iontophoresis.snapshots.count() == 2

    response = staff.post(address("merge", iontophoresis), question_form(response), follow=True)
    assert "Saved as you chose" in words(soup(response))
    pair = now_says(iontophoresis).items("benefits")[0].pairs["text"]
    assert (pair.en, pair.bn) == ("Words of Rahima.", "আমার কথা।")
    kept = iontophoresis.snapshots.first()
    assert (kept.saved_by.username, kept.digest) == ("nurse", now_says(iontophoresis).digest)


def test_a_save_over_ones_own_newer_save_asks_too(staff, iontophoresis):
    one = other = opened(staff, iontophoresis)
    save(staff, iontophoresis, one | {"benefit_set-0-text_en": "First window."})
    response = save(staff, iontophoresis, other | {"benefit_set-1-text_en": "Second window."})
    assert "You, in another window" in words(soup(response))
    staff.post(address("merge", iontophoresis), question_form(response))
    texts = [item.pairs["text"].en for item in now_says(iontophoresis).items("benefits")]
    assert texts[:2] == ["First window.", "Second window."]


# --- The same place -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "said"), [("mine", "Mine."), ("theirs", "Theirs."), ("both", "Theirs.\nMine.")]
)
def test_words_in_the_same_place_are_asked_about(staff, colleague, iontophoresis, answer, said):
    mine = theirs = opened(staff, iontophoresis)
    save(colleague, iontophoresis, theirs | {"benefit_set-0-text_en": "Theirs."})
    mine = mine | {"benefit_set-0-text_en": "Mine.", "visit_minutes_max": "50"}
    response = save(staff, iontophoresis, mine)
    (place,) = undecided(response)
    data = question_form(response)

    response = staff.post(address("merge", iontophoresis), data)
    assert "Choose what is to stand" in words(soup(response))
    assert now_says(iontophoresis).items("benefits")[0].pairs["text"].en == "Theirs."

    staff.post(address("merge", iontophoresis), question_form(response) | {place: answer})
    document = now_says(iontophoresis)
    assert document.items("benefits")[0].pairs["text"].en == said
    assert document.plan["visit_minutes"][1] == 50


def test_a_third_save_in_between_asks_again_and_keeps_the_answers(staff, colleague, iontophoresis):
    mine = theirs = opened(staff, iontophoresis)
    save(colleague, iontophoresis, theirs | {"benefit_set-0-text_en": "Theirs."})
    mine |= {"benefit_set-0-text_en": "Mine.", "benefit_set-1-text_en": "Mine, second."}
    response = save(staff, iontophoresis, mine)
    (place,) = undecided(response)
    data = question_form(response) | {place: "mine"}

    theirs = opened(colleague, iontophoresis)
    save(colleague, iontophoresis, theirs | {"benefit_set-1-text_en": "Theirs, second."})
    response = staff.post(address("merge", iontophoresis), data)
    assert "saved once more" in words(soup(response))
    (second,) = undecided(response)
    assert second != place
    staff.post(address("merge", iontophoresis), question_form(response) | {second: "both"})
    texts = [item.pairs["text"].en for item in now_says(iontophoresis).items("benefits")]
    assert texts[:2] == ["Mine.", "Theirs, second.\nMine, second."]


# --- Items that come, go and move -----------------------------------------------------------------


def delete(client, treatment, data, prefix, number):
    data = data | {f"{prefix}-{number}-DELETE": "on"}
    assert save(client, treatment, data).status_code == 302


def test_words_for_an_item_that_somebody_deleted_are_not_lost(staff, colleague, iontophoresis):
    uid = now_says(iontophoresis).items("benefits")[0].uid
    mine = opened(staff, iontophoresis)
    delete(colleague, iontophoresis, mine, "benefit_set", 0)
    mine |= {"benefit_set-0-text_en": "Mine.", "benefit_set-1-text_bn": "আমার।"}
    response = save(staff, iontophoresis, mine)
    assert "Deleted: leave it out" in words(soup(response))
    (place,) = undecided(response)
    staff.post(address("merge", iontophoresis), question_form(response) | {place: "mine"})
    items = now_says(iontophoresis).items("benefits")
    assert items[0].uid == uid
    assert items[0].pairs["text"].en == "Mine."
    assert items[1].pairs["text"].bn == "আমার।"


def source_deleted(client, treatment, data) -> tuple[int, str]:
    """Deletes the first source that a claim has; returns the claim's place, and its own uid."""
    number, claim = next(
        (n, item)
        for n, item in enumerate(now_says(treatment).items("evidence"))
        if item.values["source"]
    )
    row = treatment.source_set.get(uid=claim.values["source"])
    save(
        client,
        treatment,
        data | {item_field(data, "source_set", "id", str(row.pk), "DELETE"): "on"},
    )
    return number, claim.uid


def test_a_deleted_source_does_not_take_a_colleagues_evidence_along(
    staff, colleague, iontophoresis
):
    mine = opened(staff, iontophoresis)
    number, _uid = source_deleted(colleague, iontophoresis, mine)
    assert now_says(iontophoresis).items("evidence")[number].values["source"] is None

    mine |= {f"evidenceclaim_set-{number}-statement_en": "Mine."}
    response = save(staff, iontophoresis, mine)
    assert undecided(response) == []
    staff.post(address("merge", iontophoresis), question_form(response))
    item = now_says(iontophoresis).items("evidence")[number]
    assert (item.pairs["statement"].en, item.values["source"]) == ("Mine.", None)


def test_an_answer_that_does_not_fit_is_refused_in_words_and_keeps_everything(
    staff, colleague, iontophoresis
):
    mine = opened(staff, iontophoresis)
    _number, uid = source_deleted(colleague, iontophoresis, mine)
    before = now_says(iontophoresis).json
    response = save(staff, iontophoresis, mine | {"benefit_set-0-text_en": "Mine."})
    data = question_form(response)
    wrong = {f"answer:evidence/{uid}/source/": "mine"}
    response = staff.post(address("merge", iontophoresis), data | wrong)
    assert "It cannot be saved as chosen" in words(soup(response))
    assert now_says(iontophoresis).json == before
    assert "Mine." in words(soup(response))


def test_new_and_moved_items_of_both_come_together(staff, colleague, iontophoresis):
    count = len(now_says(iontophoresis).items("benefits"))

    def with_new(data, text):
        return data | {
            f"benefit_set-{count}-text_en": text,
            f"benefit_set-{count}-treatment": str(iontophoresis.pk),
            f"benefit_set-{count}-id": "",
            f"benefit_set-{count}-position": "",
            "benefit_set-TOTAL_FORMS": str(count + 1),
        }

    mine = theirs = opened(staff, iontophoresis)
    save(colleague, iontophoresis, with_new(theirs, "New of Rahima."))
    first, second = mine["benefit_set-0-position"], mine["benefit_set-1-position"]
    mine |= {"benefit_set-0-position": second, "benefit_set-1-position": first}
    old = [item.uid for item in now_says(iontophoresis).items("benefits")]
    response = save(staff, iontophoresis, with_new(mine, "New of mine."))
    assert undecided(response) == []
    staff.post(address("merge", iontophoresis), question_form(response))
    items = now_says(iontophoresis).items("benefits")
    assert [item.uid for item in items][:2] == [old[1], old[0]]
    assert {"New of Rahima.", "New of mine."} <= {item.pairs["text"].en for item in items}
    assert len(items) == count + 2


def test_a_restored_language_and_a_later_save_meet(staff, colleague, iontophoresis):
    iontophoresis.translations.get(language_code="bn").delete()
    without = save_snapshot(iontophoresis, now=timezone.now())
    restore(iontophoresis.snapshots.last(), now=timezone.now(), by=colleague.user)
    mine = opened(staff, iontophoresis)
    restore(without, now=timezone.now(), by=colleague.user)
    name = "translations-1-summary"
    response = save(staff, iontophoresis, mine | {name: "নতুন সারাংশ।"})
    assert "brought back an older version" in words(soup(response))
    (place,) = undecided(response)
    staff.post(address("merge", iontophoresis), question_form(response) | {place: "mine"})
    assert now_says(iontophoresis).prose["bn"]["summary"] == "নতুন সারাংশ।"


def test_there_and_back_again_is_no_clash(staff, colleague, iontophoresis):
    start = newest_snapshot(iontophoresis)
    mine = opened(staff, iontophoresis)
    delete(colleague, iontophoresis, mine, "benefit_set", 0)
    restore(start, now=timezone.now(), by=colleague.user)
    response = save(staff, iontophoresis, mine | {"benefit_set-0-text_en": "Mine."})
    assert response.status_code == 302
    assert now_says(iontophoresis).items("benefits")[0].pairs["text"].en == "Mine."


# --- Around it ------------------------------------------------------------------------------------


def test_a_page_that_does_not_say_what_it_was_made_from_asks_about_every_difference(
    staff, iontophoresis
):
    before = now_says(iontophoresis).json
    data = opened(staff, iontophoresis) | {"benefit_set-0-text_en": "Mine."}
    for sent in ("", "0", "x", "9" * 40):
        assert len(undecided(save(staff, iontophoresis, data | {"opened": sent}))) == 1
    assert now_says(iontophoresis).json == before


def test_wrong_input_over_a_newer_save_is_explained_and_asked_about_afterwards(
    staff, colleague, iontophoresis
):
    mine = opened(staff, iontophoresis)
    delete(colleague, iontophoresis, mine, "benefit_set", 0)
    before = now_says(iontophoresis).json
    mine |= {"visit_minutes_min": "60", "benefit_set-0-text_en": "Mine."}
    response = save(staff, iontophoresis, mine)
    assert "smaller number first" in words(soup(response))
    again = form_data(response.content, "treatment_form")
    assert again["benefit_set-0-text_en"] == "Mine."
    response = save(staff, iontophoresis, again | {"visit_minutes_min": "20"})
    (place,) = undecided(response)
    assert now_says(iontophoresis).json == before
    staff.post(address("merge", iontophoresis), question_form(response) | {place: "mine"})
    assert now_says(iontophoresis).items("benefits")[0].pairs["text"].en == "Mine."


def test_a_preview_over_a_newer_save_shows_what_was_typed_and_keeps_nothing(
    staff, colleague, iontophoresis
):
    mine = opened(staff, iontophoresis)
    delete(colleague, iontophoresis, mine, "benefit_set", 0)
    before = now_says(iontophoresis).json
    data = mine | {"benefit_set-0-text_en": "Only a try.", "_preview": "en"}
    assert "Only a try." in words(soup(staff.post(address("whole", iontophoresis), data)))
    assert now_says(iontophoresis).json == before


def test_asking_goes_on_to_publishing_where_that_was_wanted(staff, colleague, iontophoresis):
    mine = theirs = opened(staff, iontophoresis)
    save(colleague, iontophoresis, theirs | {"benefit_set-0-text_en": "Theirs."})
    data = mine | {"benefit_set-1-text_en": "Mine.", "_publish": "1"}
    response = staff.post(address("whole", iontophoresis), data)
    response = staff.post(address("merge", iontophoresis), question_form(response))
    assert response["Location"] == address("publish", iontophoresis)


def test_a_web_address_that_both_changed_is_asked_about(staff, colleague, drafts):
    treatment = next(each for each in drafts if each.slug == "iontophoresis")
    mine = theirs = opened(staff, treatment)
    save(colleague, treatment, theirs | {"benefit_set-0-text_en": "Theirs."})
    response = save(staff, treatment, mine | {"slug": "sweat"})
    assert Treatment.objects.get(pk=treatment.pk).slug == "iontophoresis"
    data = question_form(response) | {"slug-answer": "mine"}
    staff.post(address("merge", treatment), data)
    assert Treatment.objects.get(pk=treatment.pk).slug == "sweat"


@pytest.mark.parametrize("sent", ["", "{}", "not JSON", '{"schema": 1}'])
def test_what_cannot_be_read_changes_nothing(staff, iontophoresis, sent):
    before = now_says(iontophoresis).json
    response = staff.post(address("merge", iontophoresis), {"mine": sent}, follow=True)
    assert "cannot be read" in words(soup(response))
    assert now_says(iontophoresis).json == before


def test_a_save_that_dies_in_the_middle_leaves_everything_as_it_was(
    staff, colleague, iontophoresis, monkeypatch
):
    data = opened(staff, iontophoresis) | {"benefit_set-0-text_en": "Mine."}
    before = now_says(iontophoresis).json

    def dies(*args, **kwargs):
        raise RuntimeError("the machine went off")

    monkeypatch.setattr("treatments.staff.treatment.save_snapshot", dies)
    with pytest.raises(RuntimeError):
        save(staff, iontophoresis, data)
    assert now_says(iontophoresis).json == before
    monkeypatch.undo()

    save(
        colleague,
        iontophoresis,
        opened(colleague, iontophoresis) | {"benefit_set-1-text_en": "Theirs."},
    )
    before = now_says(iontophoresis).json
    answers = question_form(save(staff, iontophoresis, data))
    monkeypatch.setattr("treatments.staff.conflict.save_snapshot", dies)
    with pytest.raises(RuntimeError):
        staff.post(address("merge", iontophoresis), answers)
    assert now_says(iontophoresis).json == before
    assert Snapshot.objects.filter(treatment=iontophoresis).count() == 2


# --- Text brought back ------------------------------------------------------------------------------


def test_text_brought_back_into_a_newer_version_is_asked_about_only_where_it_clashes(
    staff, colleague, iontophoresis
):
    typed_from = newest_snapshot(iontophoresis).pk
    theirs = opened(colleague, iontophoresis)
    save(colleague, iontophoresis, theirs | {"benefit_set-0-text_en": "Theirs."})

    data = opened(staff, iontophoresis) | {"typed_from": typed_from}
    response = save(staff, iontophoresis, data | {"benefit_set-1-text_en": "Brought back."})
    assert response.status_code == 302
    texts = [item.pairs["text"].en for item in now_says(iontophoresis).items("benefits")]
    assert texts[:2] == ["Theirs.", "Brought back."]

    data = opened(staff, iontophoresis) | {"typed_from": typed_from}
    response = save(staff, iontophoresis, data | {"benefit_set-0-text_en": "Brought back too."})
    assert len(undecided(response)) == 1
    assert now_says(iontophoresis).items("benefits")[0].pairs["text"].en == "Theirs."


def test_a_saved_text_is_marked_as_saved_and_a_preview_is_not(staff, iontophoresis):
    mark = "0f8fad5b-d9cb-469f-a165-70867728950e"

    def marked():
        page = soup(staff.get(address("whole", iontophoresis)))
        return page.select_one("#keep")["data-saved"].split()

    data = opened(staff, iontophoresis) | {"mark": mark}
    staff.post(address("whole", iontophoresis), data | {"_preview": "en"})
    save(staff, iontophoresis, data | {"visit_minutes_min": "600"})
    assert marked() == []
    save(staff, iontophoresis, data)
    assert marked() == [mark]


# --- Who is there -----------------------------------------------------------------------------------


def beat(client, treatment, window, **more):
    response = client.post(address("opened", treatment), {"window": window, **more})
    return json.loads(response.content)


def test_a_page_open_elsewhere_says_so(staff, colleague, iontophoresis):
    assert beat(staff, iontophoresis, "window-of-nurse") == {"others": [], "saved": ""}
    (said,) = beat(colleague, iontophoresis, "window-of-rahima")["others"]
    assert re.fullmatch(r"Also open: nurse, since \d\d:\d\d\.", said)
    (said,) = beat(staff, iontophoresis, "window-of-nurse")["others"]
    assert "rahima" in said
    said = beat(staff, iontophoresis, "second-window")["others"]
    assert len(said) == 2
    assert any("another window of yours" in sentence for sentence in said)
    assert len(beat(colleague, iontophoresis, "window-of-rahima")["others"]) == 1


def test_a_window_that_has_gone_silent_is_forgotten(staff, colleague, iontophoresis):
    beat(colleague, iontophoresis, "window-of-rahima")
    Opened.objects.update(seen_at=timezone.now() - timedelta(minutes=5))
    assert beat(staff, iontophoresis, "window-of-nurse")["others"] == []
    assert Opened.objects.get().window == "window-of-nurse"


def test_a_save_elsewhere_is_told_before_one_saves(staff, colleague, iontophoresis):
    version = newest_snapshot(iontophoresis).pk
    assert beat(staff, iontophoresis, "window-of-nurse", opened=version)["saved"] == ""
    data = opened(colleague, iontophoresis) | {"benefit_set-0-text_en": "Theirs."}
    save(colleague, iontophoresis, data)
    said = beat(staff, iontophoresis, "window-of-nurse", opened=version)["saved"]
    assert said.startswith("rahima saved this page at")


def test_presence_is_only_written_by_asking_and_only_for_writers(client, staff, iontophoresis):
    assert staff.get(address("opened", iontophoresis)).status_code == 405
    beat(staff, iontophoresis, "x")
    beat(staff, iontophoresis, "<script>alert(1)</script>")
    assert not Opened.objects.exists()
    assert parse(newest_snapshot(iontophoresis).document) == now_says(iontophoresis)
