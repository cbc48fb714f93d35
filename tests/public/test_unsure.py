"""What “Not sure” counts as."""

import json
from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import timezone

from treatments.document.content import in_language
from treatments.document.diff import ADDED, REMOVED, differences
from treatments.document.json_form import load_stored, parse
from treatments.document.merge import merged
from treatments.document.places import Place
from treatments.document.rows import from_rows
from treatments.models import LANGUAGES, Snapshot
from treatments.publishing.snapshots import newest_snapshot, save_snapshot
from treatments.publishing.waivers import digest_at

from ..admin_forms import form_data
from ..pages import soup, words
from ..publishing.reading import publish_as_read
from .self_check import CHECK, COUNTS_AS_YES, FIRST, SAID, STOP, WAIT, publish_rows


def with_unsure(document, uid: str, value: str | None):
    changed = tuple(
        replace(reason, values={**reason.values, "unsure": value}) if reason.uid == uid else reason
        for reason in document.items("contraindications")
    )
    return replace(document, sections={**document.sections, "contraindications": changed})


@pytest.fixture
def document(iontophoresis):
    iontophoresis.contraindication_set.update(unsure="")
    return from_rows(iontophoresis)


def test_a_document_says_it_only_where_it_is_chosen(document):
    assert "unsure" not in document.json
    chosen = with_unsure(document, "pregnancy", "yes")
    plain = json.loads(chosen.json)["sections"]["contraindications"]
    assert [item["uid"] for item in plain if "unsure" in item] == ["pregnancy"]
    assert parse(chosen.json) == load_stored(chosen.json) == chosen
    assert parse(document.json) == load_stored(document.json) == document


def test_a_review_outlives_the_coming_of_the_field_and_not_another_choice(document):
    def without_the_field(item):
        values = {name: value for name, value in item.values.items() if name != "unsure"}
        return replace(item, values=values)

    older = tuple(without_the_field(item) for item in document.items("contraindications"))
    before = replace(document, sections={**document.sections, "contraindications": older})
    for language in LANGUAGES:
        now, then = in_language(document, language), in_language(before, language)
        assert (now.medical_digest, now.digest) == (then.medical_digest, then.digest)
        other = in_language(with_unsure(document, "pregnancy", "yes"), language)
        assert other.medical_digest != now.medical_digest and other.digest != now.digest


def test_what_was_let_stand_holds_with_the_field_and_falls_with_another_choice(document):
    def digest(values):
        first, *rest = document.items("contraindications")
        changed = (replace(first, values={"level": "must_not"} | values), *rest)
        sections = {**document.sections, "contraindications": changed}
        whole = replace(document, sections=sections)
        editions = {code: in_language(whole, code) for code in LANGUAGES}
        return digest_at(editions, Place("contraindications", first.uid))

    assert digest({"unsure": None}) == digest({}) != digest({"unsure": "yes"})


def test_a_choice_is_compared_in_words(document):
    chosen = with_unsure(document, "pregnancy", "yes")
    (there,), (back,) = differences(document, chosen), differences(chosen, document)
    for change, came, went in (
        (there, "Counts as yes", "Talk to us first; until then, no"),
        (back, "Talk to us first; until then, no", "Counts as yes"),
    ):
        (row,) = change.rows
        assert row.label == "The answer “Not sure”" and change.place.item == "pregnancy"
        assert [span.text for span in row.neither if span.kind == ADDED] == [came]
        assert [span.text for span in row.neither if span.kind == REMOVED] == [went]


def test_an_item_that_came_lists_no_choice_that_nobody_made(document):
    rest = document.items("contraindications")[1:]
    before = replace(document, sections={**document.sections, "contraindications": rest})
    (change,) = differences(before, document)
    assert "The answer “Not sure”" not in [row.label for row in change.rows]
    (change,) = differences(before, with_unsure(document, "pregnancy", "yes"))
    assert "The answer “Not sure”" in [row.label for row in change.rows]


def test_one_persons_choice_and_anothers_level_come_together(document):
    theirs = with_unsure(document, "pregnancy", "yes")
    milder = tuple(
        replace(reason, values={**reason.values, "level": "tell_us"})
        for reason in document.items("contraindications")
    )
    mine = replace(document, sections={**document.sections, "contraindications": milder})
    both = merged(document, theirs, mine, {}).items("contraindications")[0]
    assert (both.values["level"], both.values["unsure"]) == ("tell_us", "yes")


def test_a_nurse_chooses_it_beside_the_reason(client, staff, iontophoresis):
    iontophoresis.contraindication_set.update(unsure="")
    save_snapshot(iontophoresis, now=timezone.now())
    place = [iontophoresis.pk, "contraindications", "pregnancy"]
    reason = reverse("admin:treatments_treatment_text", args=place)
    page = staff.get(reason)
    data = form_data(page.content, "form-contraindications-pregnancy")
    offered = soup(page).find("select", {"name": "unsure"})
    assert [option.get_text() for option in offered.find_all("option")] == [
        "Talk to us first; until then, no",
        "Counts as yes",
    ]
    assert "a pregnancy" in words(soup(page))
    staff.post(reason, data | {"unsure": "yes"})
    assert iontophoresis.contraindication_set.get(uid="pregnancy").unsure == "yes"
    publish_as_read(newest_snapshot(iontophoresis), LANGUAGES, now=timezone.now())
    for language in LANGUAGES:
        page = soup(client.get(CHECK.format(language, FIRST)))
        said = words(page.select_one("[data-item=pregnancy] .if-unsure"))
        assert " ".join(said.split()) == SAID[language][STOP] + COUNTS_AS_YES[language]


def test_what_was_published_before_there_was_a_choice_says_to_talk_first(client, iontophoresis):
    iontophoresis.contraindication_set.update(unsure="yes")
    publish_rows()
    for snapshot in Snapshot.objects.filter(treatment=iontophoresis):
        plain = json.loads(snapshot.document)
        for item in plain["sections"]["contraindications"]:
            item.pop("unsure", None)
        Snapshot.objects.filter(pk=snapshot.pk).update(document=json.dumps(plain))
    for language in LANGUAGES:
        page = soup(client.get(CHECK.format(language, FIRST)))
        (stop,) = {line.get_text() for line in page.select("ol [data-means=stop]")}
        (wait,) = {line.get_text() for line in page.select("ol [data-means=wait]")}
        assert (stop, wait) == (SAID[language][STOP], SAID[language][WAIT])
        assert not page.select(".if-unsure[data-means=stop]")
