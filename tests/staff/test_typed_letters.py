"""By whatever road a text comes in: nothing vanishes between two words, nothing unseen stays."""

import json

import pytest
from django.urls import reverse

from treatments.clinic.phones import parse_phones
from treatments.document.json_form import DocumentError
from treatments.models import BodyArea, Clinic, Term, Treatment
from treatments.publishing.fixtures import dump, load

from ..admin_forms import form_data
from ..conftest import NOW
from ..pages import press, soup
from ..sheet import TextForm, now_says, said, saved

SEPARATING = "\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029\t\x01\x7f\xa0\u3164\u115f\u1160\uffa0"
UNSEEN = "\xad\u061c\u180e\u200b\u200c\u200d\u200e\u202a\u202e\u2060\u2066\u2069\ufeff\U000e0041"
# Noncharacters, private use, unassigned; and what stands for something that is not there.
UNREADABLE = "\ufffe\uffff\ufdd0\U0001fffe\U0010ffff\ue000\U000f0000\U00100000\u0378\ufffc"
TYPED = "".join(f"2{sign}3 times. " for sign in SEPARATING) + "".join(f"4{s}5 " for s in UNSEEN)


def is_right(stored: str) -> bool:
    return (
        "23" not in stored
        and stored.count("45") == len(UNSEEN)
        and not set(stored) & {*SEPARATING, *UNSEEN}
    )


def changed(staff, address: str, form: str, **typed):
    shown = form_data(staff.get(address).content, form)
    assert typed.keys() <= shown.keys()
    return staff.post(address, shown | typed)


PLACES = {
    ("prose", "summary"): "en-summary",
    ("what_it_is", "paragraph-1"): "text_en",
    ("benefits", "safe"): "text_en",
}


def paragraph(treatment) -> str:
    return said(treatment, "what_it_is", "paragraph-1", "text", "en")


def test_a_treatments_texts(staff, iontophoresis):
    for place, name in PLACES.items():
        assert saved(staff, iontophoresis, *place, **{name: TYPED}).status_code == 302
    assert is_right(now_says(iontophoresis).prose["en"]["summary"])
    assert is_right(paragraph(iontophoresis))
    assert is_right(said(iontophoresis, "benefits", "safe", "text", "en"))


def test_signs_written_as_html(staff, iontophoresis):
    """As a pasted page may have them."""
    html = "".join(f"&#{ord(sign)};" if sign != "\x85" else sign for sign in TYPED)
    place = ("what_it_is", "paragraph-1")
    assert saved(staff, iontophoresis, *place, text_en=f"<p>{html}</p>").status_code == 302
    assert is_right(paragraph(iontophoresis))


def test_the_clinics_form(staff, site):
    Clinic.objects.get_or_create(pk=1, defaults={"name_en": "Clinic", "name_bn": "ক্লিনিক"})
    for block, label, typed in (
        ("address", "Address · English", TYPED),
        ("about", "About the clinic · Bangla", f"<p>{TYPED}</p>"),
    ):
        page = soup(staff.get(reverse("admin:treatments_clinic_block", args=[block])))
        answer = press(staff, page, "Save: patients see it at once", {label: typed})
        assert answer.status_code == 302
    assert is_right(Clinic.the_one().address_en) and is_right(Clinic.the_one().about_bn)


def test_the_glossarys_form(staff, site):
    term = Term.objects.first()
    address = reverse("admin:treatments_term_change", args=[term.pk])
    typed = {"note": TYPED, "explanation_en": TYPED}
    assert changed(staff, address, "term_form", **typed).status_code == 302
    term.refresh_from_db()
    assert is_right(term.note) and is_right(term.explanation_en)


@pytest.fixture
def folder(drafts, tmp_path):
    """What is shipped, for a database that has nothing of it yet."""
    dump(tmp_path)
    return tmp_path


def rewrite(path, change) -> None:
    content = json.loads(path.read_text("utf-8"))
    change(content)
    path.write_text(json.dumps(content), "utf-8")


def test_a_folder_that_is_loaded(folder, empty):
    def write(document):
        document["prose"]["en"]["summary"] = TYPED
        document["sections"]["what_it_is"][0]["text"]["en"] = f"<p>{TYPED}</p>"

    rewrite(folder / "iontophoresis.json", write)
    rewrite(folder / "site" / "glossary.json", lambda terms: terms[0].update(note=TYPED))
    load(folder, now=NOW)
    loaded = Treatment.objects.get(slug="iontophoresis")
    assert is_right(now_says(loaded).prose["en"]["summary"]) and is_right(paragraph(loaded))
    assert is_right(Term.objects.get(position=1).note)


@pytest.mark.parametrize("sign", "\x0b\x0c\x1c\x85\u2028\u2029")
def test_two_telephone_numbers_stay_two(sign):
    assert parse_phones(f"01812-345678{sign}16263") == "+8801812345678\n16263"


# --- What no program reads ------------------------------------------------------------------------


@pytest.mark.parametrize("sign", UNREADABLE)
def test_what_no_program_reads_is_refused_by_its_name(staff, iontophoresis, sign):
    before = now_says(iontophoresis).json
    for place, name in PLACES.items():
        response = saved(staff, iontophoresis, *place, **{name: f"A {sign} b"})
        (error,) = TextForm(staff, response).errors
        assert f"(U+{ord(sign):04X}). Delete it" in error
    assert now_says(iontophoresis).json == before


@pytest.mark.parametrize(
    ("file", "write"),
    [
        ("iontophoresis.json", lambda all_, sign: all_["prose"]["en"].update(title=f"A{sign}b")),
        ("site/body_areas.json", lambda all_, sign: all_[0]["name"].update(en=f"A{sign}b")),
        ("site/glossary.json", lambda all_, sign: all_[0].update(note=f"A{sign}b")),
        ("site/glossary.json", lambda all_, sign: all_[0]["explanation"].update(bn=f"A{sign}b")),
    ],
)
@pytest.mark.parametrize("sign", ["\ufffe", "\ue000", "\ud800"])
def test_a_folder_with_what_no_program_reads_is_not_loaded(folder, empty, file, write, sign):
    rewrite(folder / file, lambda content: write(content, sign))
    with pytest.raises(DocumentError):
        load(folder, now=NOW)
    assert not Treatment.objects.exists() and not Term.objects.exists()
    assert not BodyArea.objects.exists()
