"""What staff paste or type keeps its meaning, or is refused in words with the text still there."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from treatments.document.rows import from_rows
from treatments.language import rich_text
from treatments.language.text import normalise, one_line
from treatments.models import Clinic, Term

from ..admin_forms import form_data, page_of
from ..pages import press, soup, words
from ..sheet import TextForm, now_says, said, saved

PARAGRAPH = ("what_it_is", "paragraph-1")
SAFE, SUMMARY, TITLE = ("benefits", "safe"), ("prose", "summary"), ("prose", "title")


def errors(response) -> list[str]:
    return [" ".join(each.get_text(" ").split()) for each in soup(response).select(".errorlist li")]


def paragraph(treatment) -> str:
    return said(treatment, *PARAGRAPH, "text", "en")


PASTED = {
    "<p>10<sup>2</sup> per m<sup>2</sup></p>": "<p>10² per m²</p>",
    "<p>H<sub>2</sub>O, 10<sup>-3</sup>, the 1<sup>st</sup></p>": "<p>H₂O, 10⁻³, the 1st</p>",
    '<p>m<span style="font-size:0.6em;vertical-align:super">2</span></p>': "<p>m²</p>",
    "<table><tr><td>20</td><td>30 minutes</td></tr><tr><td>a</td><th>b</th></tr></table>": (
        "<p>20 | 30 minutes</p><p>a | b</p>"
    ),
    "<table><tr><td><p>20</p></td><td><p>30</p></td></tr></table>": "<p>20 | 30</p>",
    '<b style="font-weight:normal"><p>a <span style="font-weight:700">b</span> c</p></b>': (
        "<p>a <strong>b</strong> c</p>"
    ),
    "<b>a</b> <i>b</i>": "<p><strong>a</strong> b</p>",
    "<div>one</div><div>two</div><h2>three</h2>four": "<p>one</p><p>two</p><p>three</p><p>four</p>",
    "<p>·&nbsp;&nbsp;&nbsp; one</p><p>·&nbsp;&nbsp; two</p><p>end</p>": (
        "<ul><li>one</li><li>two</li></ul><p>end</p>"
    ),
    "<p>o&nbsp;&nbsp; one</p><p>o two</p>": "<ul><li>one</li></ul><p>o two</p>",
    "<p>\uf0b7 one</p><p>§\t two</p>": "<ul><li>one</li><li>two</li></ul>",
    "<p>1.&nbsp;&nbsp; one</p><p>2.\ttwo</p>": "<ol><li>one</li><li>two</li></ol>",
    "<p>১.&nbsp;&nbsp; এক</p><p>২।\tদুই</p>": "<ol><li>এক</li><li>দুই</li></ol>",
    "<p>3.&nbsp;&nbsp; three</p>": "<p>3. three</p>",
    '<ol start="3"><li>c</li><li>d</li></ol>': "<p>3. c</p><p>4. d</p>",
    "<p>1 is enough</p>": "<p>1 is enough</p>",
}


@pytest.mark.parametrize("pasted", PASTED)
def test_what_is_pasted_into_a_longer_text_keeps_its_meaning(pasted):
    stored = rich_text.clean(pasted)
    assert stored == PASTED[pasted] and rich_text.clean(stored) == stored


def test_a_paste_into_the_form_is_stored_as_it_was_meant(staff, iontophoresis):
    pasted = "<p>10<sup>2</sup></p><table><tr><td>20</td><td>30</td></tr></table>"
    assert saved(staff, iontophoresis, *PARAGRAPH, text_en=pasted).status_code == 302
    assert paragraph(iontophoresis) == "10²<br>20 | 30"


@pytest.mark.parametrize(
    ("pasted", "stored"),
    [
        ("·\tone\n·\ttwo", "• one\n• two"),
        ("o\tone", "• one"),
        ("o one", "o one"),
        ("\uf0b7one", "• one"),
        ("§   \tone", "• one"),
        ("1.\tone", "1. one"),
        ("20\t30 minutes", "20 30 minutes"),
        ("2\x0b3 times\xa0a day, ex\xadample", "2\n3 times a day, example"),
    ],
)
def test_a_list_pasted_as_plain_text_stays_one(pasted, stored):
    assert normalise(pasted) == stored and normalise(stored) == stored


# --- Struck-out words -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "pasted",
    [
        "<p>You may <s>not</s> swim</p>",
        "<p>You may <del>not</del> swim</p>",
        "<p>You may <strike>not</strike> swim</p>",
        '<p>You may <span style="color:red;text-decoration: line-through">not</span> swim</p>',
        "<p>You may ~~not~~ swim</p>",
    ],
)
def test_struck_out_words_are_asked_about_and_the_text_stays(staff, iontophoresis, pasted):
    before = paragraph(iontophoresis)
    response = saved(staff, iontophoresis, *PARAGRAPH, text_en=pasted)
    assert any("“not” was struck out where you copied it" in each for each in errors(response))
    shown = TextForm(staff, response).says["text_en"]
    assert "You may" in shown and "not" in shown
    assert paragraph(iontophoresis) == before


def test_struck_out_words_are_asked_about_in_every_form(staff, site):
    term = Term.objects.first()
    address = reverse("admin:treatments_term_change", args=[term.pk])
    typed = form_data(staff.get(address).content, "term_form") | {"note": "never ~~always~~"}
    assert any("“always” was struck out" in each for each in errors(staff.post(address, typed)))


# --- Nothing is cut -------------------------------------------------------------------------------


def test_no_field_of_staff_cuts_a_paste(staff, iontophoresis):
    person = User.objects.get()
    term = Term.objects.first()
    for address in (
        page_of(iontophoresis),
        *(link["href"] for link in soup(staff.get(page_of(iontophoresis))).select(".sheet a")),
        reverse("admin:treatments_treatment_add"),
        reverse("admin:treatments_treatment_review", args=[iontophoresis.pk]),
        reverse("admin:treatments_treatment_address", args=[iontophoresis.pk]),
        reverse("admin:treatments_treatment_publish", args=[iontophoresis.pk]),
        reverse("admin:treatments_clinic_change", args=[1]),
        reverse("admin:treatments_term_change", args=[term.pk]),
        reverse("admin:treatments_bodyarea_add"),
        reverse("admin:auth_user_add"),
        reverse("admin:auth_user_change", args=[person.pk]),
        reverse("admin:index"),
    ):
        page = staff.get(address)
        assert page.status_code == 200 and not soup(page).select("[maxlength]"), address


@pytest.mark.parametrize(
    ("place", "name"), [(TITLE, "en-title"), (("procedure", "current"), "title_en")]
)
def test_what_is_too_long_is_refused_with_its_length_and_stays(staff, iontophoresis, place, name):
    long = "Do this " * 16 + "must not"
    response = saved(staff, iontophoresis, *place, **{name: long})
    assert any(f"{len(long)}" in each and "120" in each for each in errors(response))
    assert TextForm(staff, response).says[name] == long


# --- Bijoy ----------------------------------------------------------------------------------------

TYPED, MEANT = "Mf©eZx n‡j GB wPwKrmv †b‡eb bv|", "গর্ভবতী হলে এই চিকিৎসা নেবেন না।"


def pressed(response) -> dict[str, str]:
    """What the one button of a refusal sends, which stands in the form itself."""
    [button] = soup(response).select("form .errorlist button")
    assert button["type"] == "submit" and button.get_text() == "Take this, and save"
    return {button["name"]: button["value"]}


@pytest.mark.parametrize(
    ("place", "name", "typed"),
    [
        (PARAGRAPH, "text_bn", f"<p>{TYPED}</p>"),
        (SUMMARY, "bn-summary", TYPED),
        (SAFE, "text_bn", TYPED),
    ],
)
def test_bijoy_is_named_shown_in_unicode_and_taken_on_request(
    staff, iontophoresis, place, name, typed
):
    before = from_rows(iontophoresis).json
    response = saved(staff, iontophoresis, *place, **{name: typed})
    [told] = errors(response)
    assert "This looks like Bijoy letters (SutonnyMJ): patients would see “Mf©eZx" in told
    assert MEANT in told
    form = TextForm(staff, response)
    assert TYPED in form.says[name]
    assert now_says(iontophoresis).json == before
    assert form.save("Take this, and save").status_code == 302
    stored = now_says(iontophoresis).json
    assert MEANT in stored and TYPED not in stored


def test_signs_beside_bijoy_are_read_as_the_field_has_them(staff, iontophoresis):
    """In the editor's HTML < is an entity, also where there is no tag; elsewhere it is itself."""
    for place, typed, meant in (
        (PARAGRAPH, f"{TYPED} &lt;5 w`b>", f"{MEANT} &lt;৫ দিন&gt;"),
        (SAFE, f"{TYPED} <5 w`b>", f"{MEANT} <৫ দিন>"),
    ):
        form = TextForm(staff, saved(staff, iontophoresis, *place, text_bn=typed))
        assert form.save("Take this, and save").status_code == 302
        assert said(iontophoresis, *place, "text", "bn") == meant


def test_bijoy_is_taken_in_the_glossarys_form(staff, site):
    term = Term.objects.first()
    address = reverse("admin:treatments_term_change", args=[term.pk])
    shown = form_data(staff.get(address).content, "term_form") | {"bangla": "Z¡‡Ki †K›`ª"}
    response = staff.post(address, shown)
    assert staff.post(address, shown | pressed(response)).status_code == 302
    assert one_line(Term.objects.get(pk=term.pk).bangla) == "ত্বকের কেন্দ্র"


def test_bijoy_is_taken_in_the_clinics_form(staff, site):
    page = soup(staff.get(reverse("admin:treatments_clinic_change", args=[1]) + "name/"))
    field = page.select_one("[name$=name_bn]")
    label = page.select_one(f"label[for={field['id']}]").get_text(strip=True)
    response = press(staff, page, "Save: patients see it at once", {label: "Z¡‡Ki †K›`ª"})
    assert "This looks like Bijoy letters" in words(soup(response))
    press(staff, soup(response), "Take this, and save", {})
    assert Clinic.the_one().name_bn == "ত্বকের কেন্দ্র"


def test_english_is_never_asked_about(staff, iontophoresis):
    response = saved(staff, iontophoresis, *PARAGRAPH, text_en="<p>Avgvi †mvbvi evsjv</p>")
    assert "Bijoy" not in words(soup(response))


def test_a_button_that_names_nothing_converts_nothing(staff, iontophoresis):
    form = TextForm(staff, saved(staff, iontophoresis, *SAFE, text_bn=TYPED))
    form.form.select_one(".errorlist button")["value"] = "0" * 32
    refused = form.save("Take this, and save")
    assert TYPED in TextForm(staff, refused).says["text_bn"]
    assert form.save("Take this, and save", text_bn="আমার হাত").status_code == 302
    assert said(iontophoresis, *SAFE, "text", "bn") == "আমার হাত"
