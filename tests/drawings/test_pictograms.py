"""The drawings beside the steps: seen, not heard."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from treatments.document.content import in_language
from treatments.document.json_form import load_stored
from treatments.document.rows import from_rows
from treatments.drawings.pictograms import DRAWINGS, TOGETHER, pictogram
from treatments.models import LANGUAGES, ProcedureStep
from treatments.publishing.snapshots import save_snapshot

from ..admin_forms import form_data
from ..conftest import NOW
from ..pages import SLUGS, soup
from ..publishing.reading import publish_as_read

CHOICES = [choice for choice in ProcedureStep.Pictogram.values if choice]


def step_on_page(client, treatment, position: int, language: str = "bn"):
    page = soup(client.get(f"/{language}/treatments/{treatment.slug}/"))
    return page.select("#procedure li")[position]


def live_with(treatment, **values) -> None:
    treatment.procedurestep_set.filter(uid="prepare").update(**values)
    publish_as_read(save_snapshot(treatment, now=NOW), LANGUAGES, now=NOW)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_step_shows_its_drawing_and_screen_readers_hear_only_the_words(
    client, iontophoresis, language
):
    step = step_on_page(client, iontophoresis, 3, language)
    drawn = step.find_all("svg")
    assert "".join(map(str, drawn)) == str(BeautifulSoup(pictogram("timer"), "html.parser"))
    assert all(svg["aria-hidden"] == "true" and not svg.get_text() for svg in drawn)
    assert step.h3 and step.p


def test_a_step_may_show_what_is_done_one_after_the_other(client, iontophoresis):
    assert len(step_on_page(client, iontophoresis, 5).find_all("svg")) == 2  # towel, moisturizer


def test_a_step_without_a_drawing_shows_none(client, iontophoresis):
    live_with(iontophoresis, pictogram="")
    step = step_on_page(client, iontophoresis, 1)
    assert step.h3 and not step.svg


@pytest.mark.parametrize("slug", SLUGS)
def test_every_shipped_step_is_drawn(client, site, slug):
    page = soup(client.get(f"/bn/treatments/{slug}/"))
    assert all(step.svg for step in page.select("#procedure li"))


def test_every_choice_has_a_drawing_and_every_drawing_a_choice():
    shown = {choice: TOGETHER.get(choice, (choice,)) for choice in CHOICES}
    assert {*TOGETHER} <= {*CHOICES}
    assert {name for names in shown.values() for name in names} == {*DRAWINGS}


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_is_well_formed_and_carries_no_style_script_or_id(name):
    shapes = ElementTree.fromstring(f"<svg>{DRAWINGS[name]}</svg>")
    allowed = {"d", "fill", "fill-opacity", "opacity", "stroke", "stroke-width", "transform"}
    for element in shapes.iter():
        assert element.tag in ("svg", "g", "path")
        assert {*element.attrib} <= allowed


def test_a_choice_that_was_taken_away_leaves_the_words_alone():
    assert pictogram("of-a-later-version") == ""


def test_a_review_outlives_the_coming_of_drawings_and_not_another_drawing(iontophoresis):
    def digest(values):
        document = from_rows(iontophoresis)
        steps = tuple(replace(step, values=values) for step in document.items("procedure"))
        sections = {**document.sections, "procedure": steps}
        return in_language(replace(document, sections=sections), "bn").medical_digest

    before = digest({})
    assert digest({"pictogram": None}) == before
    assert digest({"pictogram": "hands"}) not in (before, digest({"pictogram": "feet"}))


def test_a_document_kept_before_there_were_drawings_is_still_read(iontophoresis):
    iontophoresis.procedurestep_set.update(pictogram="")
    kept = from_rows(iontophoresis).json
    assert "pictogram" not in kept
    assert [step.values["pictogram"] for step in load_stored(kept).items("procedure")] == [None] * 6


def test_a_nurse_chooses_a_drawing_by_its_name(staff: Client, iontophoresis):
    step = f"/admin/treatments/treatment/{iontophoresis.pk}/texts/procedure/prepare/"
    page = staff.get(step)
    data = form_data(page.content, "form-procedure-prepare")
    options = soup(page).find("select", {"name": "pictogram"}).find_all("option")
    assert options[0].get_text() == "No drawing"
    assert "Hands in two trays of water" in [option.get_text() for option in options]
    assert data["pictogram"] == "wash"
    staff.post(step, data | {"pictogram": ""})
    assert iontophoresis.procedurestep_set.get(uid="prepare").pictogram == ""
