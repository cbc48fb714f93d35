"""Letters that were saved or published before they were refused."""

import json
from html import escape

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse

from treatments.language.text import format_json
from treatments.models import BodyArea, Clinic, Publication, Snapshot, Term

from ..admin_forms import form_data
from ..pages import soup
from .every_page import every_page, rows

BEFORE = "2\x0b3\x01 \u200b\u3164 \ufffe\ue000\u0378 \u061c\u202e✅🦄中 ≥<&]]>"


def with_letters(value: object) -> object:
    """A document's plain form with letters after every text that staff can have written."""
    if isinstance(value, dict):
        fixed = (
            "uid",
            "source",
            "origin",
            "url",
            "image",
            *(name for name in value if name in TYPES),
        )
        return {key: v if key in fixed else with_letters(v) for key, v in value.items()}
    if isinstance(value, list):
        return [with_letters(entry) for entry in value]
    if isinstance(value, str) and value.startswith("<"):
        return value.replace("</p>", f"{escape(BEFORE)}</p>")
    return value + BEFORE if isinstance(value, str) else value


TYPES = {
    "kind",
    "level",
    "unsure",
    "urgency",
    "frequency",
    "pictogram",
    "body_areas",
    "about",
    "standing",
    "plan",  # its kind and units
}


def test_what_was_published_before_still_comes(staff, iontophoresis):
    for snapshot in iontophoresis.snapshots.all():
        changed = with_letters(json.loads(snapshot.document))
        Snapshot.objects.filter(pk=snapshot.pk).update(document=format_json(changed))
    for publication in Publication.objects.all():
        Publication.objects.filter(pk=publication.pk).update(
            title=publication.title + BEFORE, summary=publication.summary + BEFORE
        )
    texts = {f"{name}_{code}": BEFORE for name in Clinic.pairs for code in ("en", "bn")}
    Clinic._base_manager.update(**texts)
    BodyArea._base_manager.update(name_en=BEFORE, name_bn=BEFORE)
    every_page()
    with pypdfium2.PdfDocument(
        Client().get("/en/treatments/iontophoresis/leaflet.pdf").content
    ) as leaflet:
        printed = " ".join(leaflet[0].get_textpage().get_text_range().split())
    assert "23" not in printed.split("Iontophoresis for sweating (in the clinic)")[1][:20]
    for page in ("/admin/", reverse("admin:treatments_treatment_change", args=[iontophoresis.pk])):
        assert staff.get(page).status_code == 200
    published_at = reverse("admin:treatments_treatment_publish", args=[iontophoresis.pk])
    assert "Broken letters" in staff.get(published_at).content.decode()


def test_glossary_rows_without_a_word_harm_nothing(staff, iontophoresis):
    terms = iter(Term.objects.all())
    explained = {"explanation_en": "x", "explanation_bn": "x"}
    for blank in ("\u200b", "---", "", " ", "্", "…", "\ufffe"):
        first, second = next(terms), next(terms)
        Term.objects.filter(pk=first.pk).update(english=blank, **explained)
        Term.objects.filter(pk=second.pk).update(
            bangla=f"ঘাম\n{blank}", avoid=f"{blank}\n{blank}", **explained
        )
    every_page()
    for view in ("change", "publish", "history"):
        page = reverse(f"admin:treatments_treatment_{view}", args=[iontophoresis.pk])
        assert staff.get(page).status_code == 200


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("english", "---"),
        ("english", "\u200b"),
        ("bangla", "ঘাম\n…"),
        ("bangla", "\u3164"),
        ("avoid", "্"),
        ("bangla", "ক" * 500),
        ("note", "sweat\ufffe"),
    ],
)
def test_a_glossary_row_without_a_word_is_refused(name, typed, staff, site):
    address = reverse("admin:treatments_term_change", args=[Term.objects.first().pk])
    data = form_data(staff.get(address).content, "term_form")
    before = rows()
    response = staff.post(address, data | {name: typed})
    assert soup(response).select(f".field-{name} .errorlist li")
    assert rows() == before


def test_empty_lines_of_a_glossary_row_are_taken_out(staff, site):
    term = Term.objects.first()
    address = reverse("admin:treatments_term_change", args=[term.pk])
    data = form_data(staff.get(address).content, "term_form")
    assert staff.post(address, data | {"bangla": "ঘাম\r\n\u200b\r\nঘামা"}).status_code == 302
    term.refresh_from_db()
    assert term.bangla == "ঘাম\nঘামা"
