"""Whatever staff can save, every public page still comes, and right.

In the suite one field of each kind is tried; with `--hypothesis-profile="every field"` every field
of every form, and ten times as often.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

import pytest
from django import forms
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from treatments.checks import Finding, can_be_waived, findings
from treatments.document.rows import from_rows
from treatments.document.sections import SECTIONS
from treatments.drawings.icons import icon
from treatments.models import Clinic, Treatment, TreatmentProse
from treatments.publishing import preflight
from treatments.staff.clinic_blocks import BLOCKS
from treatments.staff.text_forms import TextForm

from ..admin_forms import form_data, page_of
from ..conftest import EXAMPLES
from ..pages import soup
from ..publishing.reading import read_both, sent
from ..sheet import text_of
from .every_page import every_page, models_to_try, rows

EVERY_FIELD = settings.get_current_profile_name() == "every field"
try_often = settings(
    max_examples=60 if EVERY_FIELD else EXAMPLES // 6,
    derandomize=not EVERY_FIELD,
    database=None,
    deadline=None,
    phases=[Phase.generate],  # making a failure smaller takes minutes, and says no more
    suppress_health_check=list(HealthCheck),
)

UNSEEN = "\u00ad\u034f\u061c\u180b\u200b\u200c\u200d\u200e\u202e\u2060\u2066\ufe0f\ufeff\U000e0041"
GAPS = "\x0b\x0c\x1c\x1f\x85\xa0\u115f\u2028\u2029\u2800\u3000\u3164\uffa0"
WORST = [
    *UNSEEN,
    UNSEEN * 3,
    *GAPS,
    *(f"2{gap}3 times" for gap in GAPS),
    *"\x01\x08\x1b\x7f\ufffd\ufffc\ufffe\uffff\U0001ffff\ue000\U000f0000\u0378\u0338\u0489",
    *"≥−→₂✅☎📍½ﬁ①🦄‰℃𝑥",
    "👩🏽\u200d⚕️ 1️⃣ 🇧🇩",
    "ব্যথা নেই\u200c র\u200d্যাশ ক্\u200c ৎ ত্\u200d অা \u09dc",
    "্্ঁ়",
    "e" + "\u0301\u0338\u0489" * 40,
    "---",
    "…",
    "   \n\t ",
    "عربي ٣",
    "中文 ㎏",
    "</script><script>alert(1)</script><!--",
    "{{ x }}{% y %}${z}#let x = $1$ \\ *_`~@<l>[]",
    "&amp;&lt;&#0;&#x1F;&#xFFFE;&nbsp;]]>",
    "<ul>" * 50 + "<li>",
    "%s %(n)s {0}",
    "\r\n.\r\nBEGIN:VCALENDAR\r\n",
    *(piece * count for piece in ("a অ ", "1–2 ", "&", "<") for count in (25, 110, 450)),
    "W" * 500,
    "ক" * 100_000,
]
texts = st.sampled_from(WORST) | st.text(st.characters(exclude_categories=["Cs"]), max_size=25)
numbers = st.sampled_from(
    [
        "0",
        "1",
        "-1",
        "2",
        "50",
        "51",
        "100",
        "240",
        "12000",
        "1000000",
        "2147483647",
        "2147483648",
        "9223372036854775807",
        "1e309",
        "1E+2",
        "99.9",
        "NaN",
        "Infinity",
        "-0",
        "১২",
        "٣",
        "½",
        "1_0",
        "0x10",
        "9999999999999999999999",
    ]
)
# --- The forms of the admin, and what they can be made to take ------------------------------------


@dataclass(frozen=True)
class Place:
    """A field of a form, with its other half where it is written in two languages."""

    address: str  # of the form
    names: tuple[str, ...]
    field: forms.Field

    @property
    def kind(self) -> tuple:
        limits = [getattr(self.field, name, None) for name in ("max_length", "max_value")]
        return type(self.field), type(self.field.widget), *limits, self.field.required


def places_of(response, shown: dict) -> list[Place]:
    """`shown` is what the form's fields say."""
    address = response.request["PATH_INFO"]
    if is_of_the_clinic(response.context):  # its rows have many fields
        fields = response.context["form"].fields
        names = [name for name in shown if name not in ("base", "csrfmiddlewaretoken")]
        return [Place(address, (name,), fields.get(name) or forms.CharField()) for name in names]
    fields = {
        form.add_prefix(name): field
        for form in forms_in(response.context)
        for name, field in form.fields.items()
        if not isinstance(field, forms.FileField)
        and (name == "source" or not isinstance(field, forms.ModelChoiceField))
    }
    halves = {name: other for name in fields if (other := other_half(name)) in fields}
    return [
        Place(address, (name, halves[name]) if name in halves else (name,), field)
        for name, field in fields.items()
        if name not in halves.values()
    ]


def is_of_the_clinic(context) -> bool:
    return "adminform" not in context and not isinstance(context["form"], TextForm)


def forms_in(context) -> list:
    return [context["adminform"].form] if "adminform" in context else context["form"].forms


def other_half(name: str) -> str | None:
    """What a field is called in Bangla; None where it is not the English of a pair."""
    if name.startswith("en-"):
        return f"bn-{name.removeprefix('en-')}"
    return f"{name.removesuffix('_en')}_bn" if name.endswith("_en") else None


def one_of_each_kind(places: Iterable[Place]) -> list[Place]:
    return list({place.kind: place for place in places}.values())


@st.composite
def fillings(draw, place: Place, data: dict) -> dict[str, str]:
    field = place.field
    if isinstance(field, forms.BooleanField):
        return {place.names[0]: "on"}
    if getattr(field, "choices", None):
        values = [str(value) for value, _label in field.choices]
        return {place.names[0]: draw(st.sampled_from([*values, "\ufffe"]))}
    if isinstance(field, forms.IntegerField | forms.DecimalField):
        return {place.names[0]: draw(numbers)}
    if isinstance(field, forms.URLField):
        return {place.names[0]: "https://example.org/" + draw(texts)}
    worst, where = draw(texts), draw(st.sampled_from(["alone", "end", "inside"]))
    filled = {}
    for name in place.names:
        shown = str(data.get(name, ""))
        middle = shown.find(" ") + 1
        filled[name] = {
            "alone": worst,
            "end": f"{shown} {worst}",
            "inside": shown[:middle] + worst + shown[middle:],
        }[where]
    return filled


# --- Tried ----------------------------------------------------------------------------------------


MARKUP = 3_000  # bytes around what is typed: headings of sections that were empty before, and such
CROWD = 2 * 100 * len(icon("person"))  # the most people that one study is drawn with


def posted(staff, address: str, data: dict, filled: dict) -> dict:
    """Saves what a form takes of `filled`; gives that back. What it refuses changes nothing."""
    taken = dict(filled)
    for _attempt in range(5):
        before = rows()
        response = staff.post(address, data | taken)
        if response.status_code == 302:
            return taken
        if response.status_code == 413:  # all together is too much
            assert "Nothing was saved" in soup(response).get_text() and rows() == before
            taken = dict([*taken.items()][::2])
            continue
        assert response.status_code in (200, 422)
        told = soup(response).select(".errorlist li, form.open [role=alert]")
        said = [one.get_text(" ", strip=True) for one in told]
        assert said and all(len(words) > 10 for words in said), said
        assert rows() == before
        refused = refused_fields(response.context, taken)
        left = {name: text for name, text in taken.items() if name not in refused}
        # Two fields together may be what is refused, at a third: then half of them are left.
        taken = left if left != taken else dict([*taken.items()][::2])
    return {}


def refused_fields(context, taken: dict) -> set[str]:
    if is_of_the_clinic(context):
        wrong = tuple(context["form"].errors)
        return {name for name in taken if name.startswith(wrong)}
    return {form.add_prefix(name) for form in forms_in(context) for name in form.errors}


def published(staff, treatment, monkeypatch) -> None:
    """Once it is read, as far as the checks allow, with all waived that a reviewer can waive."""
    address = reverse("admin:treatments_treatment_publish", args=[treatment.pk])
    read_both(treatment, now=timezone.now())
    data = sent(soup(staff.get(address)), "publish")
    if staff.post(address, data).status_code == 302:
        return
    with monkeypatch.context() as waived:
        waived.setattr(preflight, "_findings", what_nobody_waives)
        response = staff.post(address, data)
    assert response.status_code == 302 or soup(response).select(".refusal, .errornote")


def what_nobody_waives(asked) -> list[Finding]:
    return [finding for finding in findings(asked.subject) if not can_be_waived(finding)]


def addresses_of(model, treatment) -> list[str]:
    """Where the forms of a model are; of a treatment the first text of each kind."""
    if model is Clinic:
        return [reverse("admin:treatments_clinic_block", args=[key]) for key in BLOCKS]
    if model is not Treatment:
        named = f"admin:treatments_{model._meta.model_name}_change"
        return [reverse(named, args=[model.objects.first().pk])]
    document = from_rows(treatment)
    places = [
        (section.key, item.uid) for section in SECTIONS for item in document.items(section.key)[:1]
    ]
    places += [("prose", name) for name in TreatmentProse.FIELDS]
    places += [("plan", "-"), ("body_areas", "-"), ("result_lasts", "result_lasts")]
    return [text_of(treatment, *place) for place in places]


FORMS = [(model.__name__, model, 0) for model in models_to_try() if model is not Clinic]
FORMS += [(f"Clinic-{key}", Clinic, number) for number, key in enumerate(BLOCKS)]


@pytest.mark.parametrize(
    ("model", "number"), [one[1:] for one in FORMS], ids=[one[0] for one in FORMS]
)
def test_every_page_comes_whatever_is_typed(model, number, staff, iontophoresis, monkeypatch):
    weights = every_page()
    addresses = addresses_of(model, iontophoresis)
    addresses = addresses if model is Treatment else addresses[number : number + 1]
    shown, places = {}, []
    for address in addresses:
        page = staff.get(address)
        own = f"{model._meta.model_name}_form"
        form = soup(page).select_one(f"form.open, form#{own}")
        shown[address] = form_data(str(form), form.get("id"))
        places += places_of(page, shown[address])
    places = places if EVERY_FIELD else one_of_each_kind(places)

    @try_often
    @given(st.data())
    def run(data):
        count = data.draw(st.sampled_from([1, 3, len(places)]))
        chosen = data.draw(st.permutations(places))[:count]
        filled: dict[str, dict] = {}
        for place in chosen:
            values = data.draw(fillings(place, shown[place.address]))
            filled.setdefault(place.address, {}).update(values)
        with transaction.atomic():
            taken = {
                address: posted(staff, address, shown[address], values)
                for address, values in filled.items()
            }
            if any(taken.values()):
                if model is Treatment:
                    published(staff, iontophoresis, monkeypatch)
                typed = [text for values in taken.values() for text in values.values()]
                most = MARKUP + 2 * sum(len(escape(text).encode()) for text in typed)
                if any("/evidence/" in address and values for address, values in taken.items()):
                    most += CROWD
                heavier = {
                    page: weight - weights[page]
                    for page, weight in every_page().items()
                    if page in weights and weight - weights[page] > most
                }
                assert not heavier, (most, heavier)
                for page in ("/admin/", page_of(iontophoresis), *filled):
                    assert staff.get(page).status_code == 200
            transaction.set_rollback(True)

    run()
