"""Whatever staff can save, every public page still comes, and right.

In the suite one field of each kind is tried; with `--hypothesis-profile="every field"` every field
of every form, and ten times as often.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from html import escape
from html.parser import HTMLParser
from xml.etree import ElementTree

import icalendar
import pypdfium2
import pytest
from django import forms
from django.contrib import admin
from django.db import transaction
from django.forms.models import InlineForeignKeyField
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from treatments.checks import Finding, Subject, can_be_waived, findings
from treatments.drawings.icons import icon
from treatments.language.text import format_json
from treatments.models import BodyArea, Clinic, Publication, Snapshot, Term, Treatment
from treatments.publishing import publish
from treatments.staff.clinic import ClosedDaysField, HoursField
from treatments.templatetags.treatments import mark_latin

from ..admin_forms import form_data
from ..pages import FIXED, soup

EVERY_FIELD = settings.get_current_profile_name() == "every field"
try_often = settings(
    max_examples=60 if EVERY_FIELD else 6,
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
dates = st.sampled_from(
    [
        "1/1/1",
        "01/01/0001",
        "31/12/9999",
        "31/12/10000",
        "29/2/2027",
        "29/02/2028",
        "0/0/0",
        "16/12/2026",
        "১৬/১২/২০২৬",
        "2026-12-16",
        "9999-12-31",
        "0001-01-01",
        "3/9/752026",
    ]
)


# --- The forms of the admin, and what they can be made to take ------------------------------------


@dataclass(frozen=True)
class Place:
    """A field of a form, with its other half where it is written in two languages."""

    names: tuple[str, ...]
    field: forms.Field

    @property
    def kind(self) -> tuple:
        limits = [getattr(self.field, name, None) for name in ("max_length", "max_value")]
        return type(self.field), type(self.field.widget), *limits, self.field.required


def forms_to_try() -> list[tuple[type, str]]:
    """Everything of the site's own that can be changed in the admin."""
    request = type("Request", (), {"user": type("User", (), {"has_perm": lambda *_: True})()})()
    found = []
    for model, model_admin in admin.site._registry.items():
        own = model._meta.app_label == "treatments"
        if own and model_admin.has_change_permission(request):
            found.append((model, f"admin:treatments_{model._meta.model_name}_change"))
    assert {Treatment, Clinic, Term, BodyArea} <= {model for model, _ in found}
    return found


def places_of(response) -> list[Place]:
    every = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        prose = inline.formset.prefix == "translations"
        every += inline.formset.forms if prose else inline.formset.forms[:1]
    fields = {
        form.add_prefix(name): field
        for form in every
        for name, field in form.fields.items()
        if not isinstance(field, forms.FileField | InlineForeignKeyField | HoursField)
        and (name == "source" or not isinstance(field, forms.ModelChoiceField))
    }
    halves = {name: other for name in fields if (other := other_half(name)) in fields}
    return [
        Place((name, halves[name]) if name in halves else (name,), field)
        for name, field in fields.items()
        if name not in halves.values()
    ]


def other_half(name: str) -> str | None:
    """What a field is called in Bangla; None where it is not the English of a pair."""
    if name.startswith("translations-0-"):
        return name.replace("-0-", "-1-")
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
    if isinstance(field, ClosedDaysField):
        return {place.names[0]: "\n".join(draw(st.lists(dates | texts, max_size=4)))}
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


def rows() -> str:
    """Everything that staff can have changed."""
    models = [model for model, _ in forms_to_try()] + [Snapshot, Publication]
    return repr([list(model._base_manager.order_by("pk").values_list()) for model in models])


# --- Every public page ----------------------------------------------------------------------------


def addresses() -> list[str]:
    first_day = timezone.localdate() + timedelta(days=30)
    plan = f"?start={first_day.isoformat()}&day=sat&day=mon&day=wed"
    tails = [*FIXED, "feed.xml"]
    inside = ["", "check/", "plan/", f"plan/{plan}", f"plan/calendar.ics{plan}", "leaflet.pdf"]
    tails += [f"treatments/iontophoresis/{end}" for end in [*inside, "helpful/thanks/"]]
    return [
        "/sitemap.xml",
        "/robots.txt",
        *(f"/{code}/{tail}" for code in ("en", "bn") for tail in tails),
    ]


class Balanced(HTMLParser):
    """Every element that is opened is closed, in turn."""

    VOID = frozenset(
        ["meta", "link", "br", "wbr", "img", "input", "source", "hr", "path", "circle", "rect"]
    )

    def __init__(self, html: str):
        super().__init__()
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag, attrs):
        assert len(attrs) == len(dict(attrs)), attrs
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            assert self.open.pop() == tag


def check_html(content: bytes) -> None:
    Balanced(content.decode())
    page = soup(type("Page", (), {"content": content}))
    assert len(page.find_all("h1")) == 1
    for script in page.find_all("script", src=None):
        assert script["type"] == "application/ld+json"
        json.loads(script.string)


def check_calendar(content: bytes) -> None:
    assert icalendar.Calendar.from_ical(content).walk("VEVENT")


def check_pdf(content: bytes) -> None:
    with pypdfium2.PdfDocument(content) as opened:
        assert len(opened) >= 1


WELL_FORMED = {
    "text/html": check_html,
    "application/xml": ElementTree.fromstring,
    "application/atom+xml": ElementTree.fromstring,
    "text/calendar": check_calendar,
    "application/pdf": check_pdf,
    "text/plain": bytes.decode,
}


def every_page() -> dict[str, int]:
    """Reads all of them, each well-formed; the bytes of those whose weight is what they say."""
    weights = {}
    for address in addresses():
        response = Client().get(address)
        if response.status_code == 302 and "calendar.ics" in address:  # the clinic is closed then
            continue
        assert response.status_code == 200, address
        kind = response["Content-Type"].split(";")[0]
        try:
            WELL_FORMED[kind](response.content)
        except Exception as error:
            raise AssertionError(f"{address} is broken") from error
        if kind == "text/html":
            weights[address] = len(response.content)
    return weights


# --- Tried ----------------------------------------------------------------------------------------

MARKUP = 3_000  # bytes around what is typed: headings of sections that were empty before, and such
CROWD = 2 * 100 * len(icon("person"))  # the most people that one study is drawn with


def posted(staff, address: str, data: dict, filled: dict) -> dict:
    """Saves what a form takes of `filled`; gives that back. What it refuses changes nothing."""
    taken = dict(filled)
    for _attempt in range(5):
        before = rows()
        response = staff.post(address, data | taken | {"_save": "1"})
        if response.status_code == 302:
            return taken
        if response.status_code == 413:  # all together is too much
            assert "Nothing was saved" in soup(response).get_text() and rows() == before
            taken = dict([*taken.items()][::2])
            continue
        assert response.status_code == 200
        said = [item.get_text(" ", strip=True) for item in soup(response).select(".errorlist li")]
        assert said and all(len(words) > 10 for words in said), said
        assert rows() == before
        refused = {
            form.add_prefix(name)
            for form in [
                response.context["adminform"].form,
                *(f for i in response.context["inline_admin_formsets"] for f in i.formset.forms),
            ]
            for name in form.errors
        }
        left = {name: text for name, text in taken.items() if name not in refused}
        # Two fields together may be what is refused, at a third: then half of them are left.
        taken = left if left != taken else dict([*taken.items()][::2])
    return {}


def published(staff, treatment, monkeypatch) -> None:
    """As far as the checks allow, with every finding waived that a reviewer can waive."""
    address = reverse("admin:treatments_treatment_publish", args=[treatment.pk])
    page = staff.get(address)
    assert page.status_code == 200
    data = form_data(page.content, None)
    if staff.post(address, data).status_code == 302:
        return
    with monkeypatch.context() as waived:
        waived.setattr(publish, "findings", what_nobody_waives)
        response = staff.post(address, data)
    assert response.status_code == 302 or soup(response).select(".refusal, .errornote")


def what_nobody_waives(subject: Subject) -> list[Finding]:
    return [finding for finding in findings(subject) if not can_be_waived(finding)]


@pytest.mark.parametrize(
    ("model", "named"), forms_to_try(), ids=lambda value: getattr(value, "__name__", "")
)
def test_every_page_comes_whatever_is_typed(model, named, staff, iontophoresis, monkeypatch):
    address = reverse(
        named, args=[iontophoresis.pk if model is Treatment else model.objects.first().pk]
    )
    weights = every_page()
    opened = staff.get(address)
    shown = form_data(opened.content, f"{model._meta.model_name}_form")
    places = places_of(opened) if EVERY_FIELD else one_of_each_kind(places_of(opened))

    @try_often
    @given(st.data())
    def run(data):
        count = data.draw(st.sampled_from([1, 3, len(places)]))
        chosen = data.draw(st.permutations(places))[:count]
        filled = {}
        for place in chosen:
            filled |= data.draw(fillings(place, shown))
        with transaction.atomic():
            fresh = form_data(staff.get(address).content, f"{model._meta.model_name}_form")
            taken = posted(staff, address, fresh, filled)
            if taken:
                if model is Treatment:
                    published(staff, iontophoresis, monkeypatch)
                most = MARKUP + 2 * sum(len(escape(text).encode()) for text in taken.values())
                if any(name.startswith("evidenceclaim_set-") for name in taken):
                    most += CROWD
                heavier = {
                    page: weight - weights[page]
                    for page, weight in every_page().items()
                    if page in weights and weight - weights[page] > most
                }
                assert not heavier, (most, heavier)
                for page in ("/admin/", address):
                    assert staff.get(page).status_code == 200
            transaction.set_rollback(True)

    run()


# --- Letters that were saved or published before they were refused --------------------------------

BEFORE = "2\x0b3\x01 \u200b\u3164 \ufffe\ue000\u0378 \u061c\u202e✅🦄中 ≥<&]]>"


def with_letters(value: object) -> object:
    """A document's plain form with letters after every text that staff can have written."""
    if isinstance(value, dict):
        fixed = ("uid", "source", "url", "image", *(name for name in value if name in TYPES))
        return {key: v if key in fixed else with_letters(v) for key, v in value.items()}
    if isinstance(value, list):
        return [with_letters(entry) for entry in value]
    if isinstance(value, str) and value.startswith("<"):
        return value.replace("</p>", f"{escape(BEFORE)}</p>")
    return value + BEFORE if isinstance(value, str) else value


TYPES = {"kind", "level", "unsure", "urgency", "frequency", "pictogram", "body_areas"}


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
        printed = leaflet[0].get_textpage().get_text_range()
    assert "23" not in printed.replace("\r\n", "\n").split("Iontophoresis (per session)")[1][:20]
    for page in ("/admin/", reverse("admin:treatments_treatment_change", args=[iontophoresis.pk])):
        assert staff.get(page).status_code == 200
    published_at = reverse("admin:treatments_treatment_publish", args=[iontophoresis.pk])
    assert "Broken letters" in staff.get(published_at).content.decode()


@pytest.mark.parametrize("blank", ["\u200b", "---", "", " ", "্", "…", "\ufffe"])
def test_a_glossary_row_without_a_word_harms_nothing(blank, staff, iontophoresis):
    first, second, *_rest = Term.objects.all()
    Term.objects.filter(pk=first.pk).update(english=blank, explanation_en="x", explanation_bn="x")
    Term.objects.filter(pk=second.pk).update(
        bangla=f"ঘাম\n{blank}", avoid=f"{blank}\n{blank}", explanation_en="x", explanation_bn="x"
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


# --- Dates and numbers ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "named"),
    [("31/12/9999", "31/12/9999"), ("16/12/2126", "16/12/2126"), ("1/1/0001", "01/01/")],
)
def test_a_closed_day_at_the_end_of_the_calendar_is_refused(days, named, staff, site):
    address = reverse("admin:treatments_clinic_change", args=[1])
    data = form_data(staff.get(address).content, "clinic_form")
    response = staff.post(address, data | {"closed_days": days})
    assert named in soup(response).select_one(".field-closed_days .errorlist").get_text()
    assert not Clinic.objects.get().closed_days


def test_an_old_closed_day_does_not_stop_a_new_phone_number(staff, site):
    Clinic._base_manager.update(closed_days=["2019-12-16"])
    address = reverse("admin:treatments_clinic_change", args=[1])
    data = form_data(staff.get(address).content, "clinic_form")
    assert staff.post(address, data | {"phones": "+8801700000000"}).status_code == 302


@pytest.mark.parametrize("date", ["9999-12-31", "0001-01-01", "2199-01-01"])
def test_a_page_is_planned_for_a_moment_that_is_near(date, staff, iontophoresis):
    for view in ("publish", "withdraw"):
        address = reverse(f"admin:treatments_treatment_{view}", args=[iontophoresis.pk])
        data = form_data(staff.get(address).content, None) | {"languages": ["en", "bn"]}
        before = rows()
        asked = data | {"when": "later", "date": date, "time": "23:59"}
        assert soup(staff.post(address, asked)).select_one(".errornote")
        assert rows() == before


@pytest.mark.parametrize("day", ["0001-01-01", "1999-01-01", "9999-12-31"])
def test_a_review_is_of_these_years(day, staff, iontophoresis):
    address = reverse("admin:treatments_treatment_review", args=[iontophoresis.pk])
    page = soup(staff.get(address))
    form = next(form for form in page.find_all("form") if form.find(attrs={"name": "reviewer"}))
    form["id"] = "review"
    data = form_data(str(form), "review")
    data |= {"language": "en", "reviewer": "A", "qualification": "B", "reviewed_on": day}
    data["next_due"] = day.replace("01-01", "12-31")
    response = staff.post(address, data)
    assert soup(response).select(".errorlist li")
    assert not iontophoresis.reviews.exists()


@pytest.mark.parametrize(
    ("improved", "total", "drawn"),
    [(13, 14, 14), (50, 50, 50), (3, 12_000, 100), (11_999, 12_000, 100), (0, 51, 100)],
)
def test_a_large_study_is_drawn_as_a_hundred_people(improved, total, drawn, iontophoresis):
    live = Publication.objects.filter(treatment=iontophoresis, language="en")
    plain = json.loads(live.get().snapshot.document)
    claim = next(c for c in plain["sections"]["evidence"] if c["kind"] == "study")
    plain["sections"]["evidence"] = [claim | {"treated_improved": improved, "treated_total": total, "compared_improved": None, "compared_total": None, "compared_percent": None}]  # fmt: skip
    Snapshot.objects.filter(pk=live.get().snapshot_id).update(document=format_json(plain))
    group = soup(Client().get("/en/treatments/iontophoresis/")).select_one(".figures")
    assert len(group.select(".row svg")) == drawn
    assert f"{improved} of {total} people improved" in group.get_text()
    assert ("of every 100 people" in group.get_text()) == (drawn == 100)
    rest = len(group.select(".row > span svg"))
    assert bool(rest) == (improved < total) and bool(drawn - rest) == (improved > 0)


def test_marks_for_screen_readers_never_weigh_more_than_the_words():
    with translation.override("bn"):
        assert '<span lang="en">TENS</span>' in mark_latin("যন্ত্রের নাম TENS।")
        for dense in ("a অ " * 500, "১–২ ক " * 500, "a " + "অ" * 3 + " 1–2 " * 400):
            assert len(mark_latin(dense)) <= 2 * len(dense) + 1_000
