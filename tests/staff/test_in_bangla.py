"""The admin in Bangla: no English is left on any page, and nothing else knows who reads it so."""

import re
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup, NavigableString, Tag
from django.apps import apps
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from treatments.models import BodyArea, Clinic, Publication, Source, Term, Treatment, Waiver
from treatments.publishing.snapshots import newest_snapshot, save_snapshot

from ..admin_forms import form_data, page_of
from ..conftest import LANDLINE, MOBILE, PASSWORD, Visitor
from ..pages import PATHS, soup, words
from ..sheet import opened, saved
from ..word_files import word_file
from .second_step import log_out, person_with_app
from .test_admin import planned_again
from .test_from_word import upload
from .test_roles import TABLE, address, people

__all__ = ["people"]

SWITCH = "/admin/language/"
LATIN = re.compile(r"[A-Za-z]{2,}[A-Za-z’'-]*")
DIGITS = re.compile(r"[0-9]+")
# What has no name in Bangla, or is typed as it stands.
NAMES = {
    "SQLite",
    "PostgreSQL",
    "WhatsApp",
    "Word",
    "docx",
    "JPEG",
    "PNG",
    "WebP",
    "ZWJ",
    "iontophoresis",
    "skin-care",
}
# Addresses, their last parts, and names of files.
ADDRESSES = re.compile(r"https?://\S+|/treatments/\S+|\b[a-z]+(?:-[a-z0-9]+)+\b|\b[0-9a-f]{16}\b")
SAID = ("aria-label", "alt", "title", "placeholder")


def switch(client, path="/admin/"):
    """Presses the switch that a page shows; returns the page that it leads back to."""
    page = client.get(path).content
    button = soup_of(page).select_one("#language-form button")
    sent = form_data(page, "language-form") | {button["name"]: button["value"]}
    return client.post(SWITCH, sent, follow=True)


def soup_of(page: bytes) -> BeautifulSoup:
    return BeautifulSoup(page.decode(), "html.parser")


def seen(page: Tag) -> Iterator[str]:
    """What a reader sees or hears of a page, without what is marked as English or was typed."""
    for child in page.children:
        if type(child) is NavigableString:
            yield str(child)
        elif isinstance(child, Tag) and child.get("lang") != "en":
            yield from (child[name] for name in SAID if name in child.attrs)
            if child.name == "input" and child.get("type") in ("submit", "button", "reset"):
                yield child.get("value", "")
            if child.name not in ("script", "style", "svg", "textarea", "code", "kbd"):
                yield from seen(child)


NO_COLON = re.compile("ঃ(?![\u0980-\u09ff])")  # a letter, which Django's words have for a colon


def left_in_english(page: BeautifulSoup, typed: tuple[str, ...] = ()) -> list[str]:
    """Texts with Latin words, digits or signs beside `typed`; also a page that is not said to be Bangla."""
    wrong = [] if page.html.get("lang") == "bn" else ["<html lang>"]
    for text in seen(page.html):
        rest = text
        for name in typed:
            rest = rest.replace(name, "")
        rest = ADDRESSES.sub("", rest)
        if set(LATIN.findall(rest)) - NAMES or DIGITS.search(rest) or NO_COLON.search(text):
            wrong.append(" ".join(text.split()))
    return wrong


def named_in_english(people) -> tuple[str, ...]:
    """What has one name in both languages: sources, logins, keys of body areas."""
    citations = Source.objects.values_list("citation", flat=True)
    cut = (Truncator(citation).chars(80) for citation in citations)
    keys = BodyArea.objects.values_list("key", flat=True)
    return (*citations, *cut, *keys, *(person.username for person in people.values()), "nurse")


@pytest.fixture
def reader(staff):
    """Somebody who reads the admin in Bangla."""
    switch(staff)
    return staff


def language_of(response) -> str:
    assert response["Content-Language"] == soup(response).html["lang"]
    return response["Content-Language"]


# --- The switch -----------------------------------------------------------------------------------


def test_each_person_chooses_and_has_it_wherever_they_log_in(staff, nurse, django_user_model):
    assert language_of(staff.get("/admin/")) == "en"
    shown = switch(staff, "/admin/password_change/")
    assert shown.request["PATH_INFO"] == "/admin/password_change/" and language_of(shown) == "bn"
    elsewhere, somebody_else = Visitor(), Visitor()
    elsewhere.force_login(nurse)
    somebody_else.force_login(django_user_model.objects.create_superuser("rina"))
    assert language_of(elsewhere.get("/admin/")) == "bn"
    assert language_of(somebody_else.get("/admin/")) == "en"
    assert language_of(switch(elsewhere)) == "en"
    assert language_of(staff.get("/admin/")) == "en"


def logged_in(client, nurse):
    form = form_data(client.get("/admin/login/").content, "login-form")
    sent = form | {"username": nurse.username, "password": PASSWORD, "next": "/admin/"}
    return client.post("/admin/login/", sent, follow=True)


def test_before_the_login_the_browser_says_or_the_switch(client, nurse):
    assert language_of(client.get("/admin/login/")) == "en"
    assert language_of(Visitor(HTTP_ACCEPT_LANGUAGE="bn-BD").get("/admin/login/")) == "bn"
    assert language_of(switch(client, "/admin/login/")) == "bn"
    assert language_of(logged_in(client, nurse)) == "bn"
    assert language_of(logged_in(Visitor(), nurse)) == "bn"  # it was kept with the account


@pytest.mark.parametrize("page", ["the login page", "the second step"])
def test_what_is_pressed_on_the_way_in_is_chosen(reader, nurse, page):
    browser = Visitor()
    if page == "the login page":
        switch(browser, "/admin/login/")
        switch(browser, "/admin/login/")  # to Bangla and back
        assert language_of(logged_in(browser, nurse)) == "en"
    else:
        app, _codes = person_with_app(nurse)
        logged_in(browser, nurse)
        switch(browser, "/admin/login/second-step/")
        switch(browser, "/admin/login/second-step/")
        at = "/admin/login/second-step/"
        sent = form_data(browser.get(at).content, "code-form") | {"code": app.code()}
        assert language_of(browser.post(at, sent, follow=True)) == "en"
    assert language_of(reader.get("/admin/")) == "en"


def test_what_somebody_chose_is_not_changed_by_what_others_pressed_before(
    reader, nurse, django_user_model
):
    browser = Visitor()
    switch(browser, "/admin/login/")
    switch(browser, "/admin/login/")
    logged_in(browser, django_user_model.objects.create_superuser("rina", password=PASSWORD))
    log_out(browser)
    assert language_of(browser.get("/admin/login/")) == "en"
    assert language_of(logged_in(browser, nurse)) == "bn"


def test_the_switch_takes_no_other_language_and_leads_nowhere_else(staff):
    form = form_data(staff.get("/admin/").content, "language-form")
    for sent in ({"language": "fr"}, {"language": "bn", "next": "https://example.org/"}):
        assert staff.post(SWITCH, form | sent)["Location"].startswith("/")
    strict = Visitor(enforce_csrf_checks=True)
    assert strict.post(SWITCH, {"language": "bn"}).status_code == 403


def test_patients_pages_know_nothing_of_it(reader, site):
    for path in PATHS:
        mine, theirs = reader.get(path), Visitor().get(path)
        assert mine.content == theirs.content and not mine.cookies, path
    assert {
        cookie["path"] for cookie in reader.cookies.values() if cookie.key == "django_language"
    } == {"/admin/"}


# --- What is read ---------------------------------------------------------------------------------


def test_no_page_of_the_admin_has_english_left(reader, site, people):
    typed, wrong = named_in_english(people), {}
    for name in TABLE:
        response = reader.get(address(name, site[0], people), follow=True)
        is_page = response.content and response["Content-Type"].startswith("text/html")
        wrong[name] = left_in_english(soup(response), typed) if is_page else []
    assert not [(name, text) for name, texts in wrong.items() for text in texts]


def test_so_it_is_where_a_password_is_changed_that_there_was(reader, nurse):
    there = reverse("admin:auth_user_password_change", args=[nurse.pk])
    assert not left_in_english(soup(reader.get(there)), ("nurse",))


def test_a_page_in_english_is_found_to_be_so(staff, site):
    assert len(left_in_english(soup(staff.get("/admin/")))) > 20


def at(name: str, treatment: Treatment) -> str:
    return reverse(f"admin:treatments_treatment_{name}", args=[treatment.pk])


def spoil(treatment: Treatment) -> None:
    """Saves a draft in which the checks find something of many kinds."""
    step = treatment.procedurestep_set.filter(text_en__contains="20–30 minutes").first()
    step.text_en = step.text_en.replace("20–30", "25–30")
    step.save()
    treatment.contraindication_set.first().delete()
    sign = treatment.helpsign_set.first()
    sign.text_en += " In a few weeks, do not wait."
    sign.save()
    tip = treatment.aftercaretip_set.first()
    tip.text_bn = "এটি একটি বাক্য " * 10 + "।"
    tip.save()
    effect = treatment.sideeffect_set.first()
    effect.position = 99
    effect.save()
    save_snapshot(treatment, now=timezone.now())


def test_a_draft_with_findings_and_its_history_have_no_english_left(reader, iontophoresis, people):
    spoil(iontophoresis)
    old, new = iontophoresis.snapshots.last(), iontophoresis.snapshots.first()
    publish = reader.get(at("publish", iontophoresis))
    pages = {
        "home": reader.get("/admin/"),
        "page": reader.get(page_of(iontophoresis)),
        "publish": publish,
        "refused": reader.post(at("publish", iontophoresis), form_data(publish.content, "publish")),
        "history": reader.get(f"{at('history', iontophoresis)}?day=2026-03-10"),
        "no day": reader.get(f"{at('history', iontophoresis)}?day=x"),
        "compare": reader.get(f"{at('compare', iontophoresis)}?old={old.pk}&new={new.pk}"),
        "restore": reader.get(f"{at('restore', iontophoresis)}?snapshot={old.pk}"),
    }
    assert_no_english(pages, people)


def test_what_is_planned_and_what_was_done_is_said_in_bangla(reader, iontophoresis, people):
    planned_again(iontophoresis)
    withdraw = at("withdraw", iontophoresis)
    pages = {
        "page": reader.get(page_of(iontophoresis)),
        "home": reader.get("/admin/"),
        "withdraw": reader.get(withdraw),
        "withdrawn": sent(reader, withdraw, None, languages=["bn"]),
        "changes": reader.get(reverse("admin:treatments_clinicchange_changelist")),
        "who did it": reader.get(reverse("admin:treatments_clinic_history", args=[1])),
    }
    assert_no_english(pages, people)


def assert_no_english(pages, people) -> None:
    typed = named_in_english(people)
    left = {name: left_in_english(soup(page), typed) for name, page in pages.items()}
    assert not [(name, text) for name, texts in left.items() for text in texts]


def sent(client, path: str, form: str | None, **fields):
    """The answer to a form of a page, filled in."""
    return client.post(path, form_data(client.get(path).content, form) | fields, follow=True)


def test_what_is_wrong_is_said_in_bangla(reader, iontophoresis, people, django_user_model):
    wrong = {"visit_min": "60", "visit_max": "30", "course_max": "1000"}
    asked = opened(reader, iontophoresis, "benefits", "safe")
    saved(reader, iontophoresis, "benefits", "safe", text_en="Theirs.")
    stranger = Visitor(HTTP_ACCEPT_LANGUAGE="bn")
    unknown = {"username": "nurse", "password": "wrong"}
    without_role, editor = Visitor(HTTP_ACCEPT_LANGUAGE="bn"), Visitor(HTTP_ACCEPT_LANGUAGE="bn")
    without_role.force_login(django_user_model.objects.create_user("rina-akter", is_staff=True))
    editor.force_login(people["Editor"])
    pages = {
        "area": sent(reader, reverse("admin:treatments_bodyarea_add"), "bodyarea_form", key="A B"),
        "term": sent(reader, reverse("admin:treatments_term_add"), "term_form"),
        "person": sent(
            reader,
            reverse("admin:auth_user_add"),
            "user_form",
            username="nurse",
            password1="12",
            password2="13",
        ),
        "numbers": saved(reader, iontophoresis, "plan", "-", **wrong),
        "too long": saved(reader, iontophoresis, "benefits", "safe", text_en="x" * 3000),
        "asked": asked.save(text_en="Mine."),
        "withdraw": reader.post(
            at("withdraw", iontophoresis), {"when": "later", "languages": ["bn"]}
        ),
        "nothing there": reader.get("/admin/treatments/treatment/987654/publish/"),
        "too large": reader.post("/admin/treatments/term/add/", {"english": "x" * 3_000_000}),
        "stale": Visitor(enforce_csrf_checks=True, HTTP_ACCEPT_LANGUAGE="bn").post("/admin/login/"),
        "without a role": without_role.get("/admin/"),
        "not yours": editor.get(reverse("admin:auth_user_changelist")),
        **{
            f"login {n}": sent(stranger, "/admin/login/", "login-form", **unknown) for n in range(6)
        },
    }
    assert pages["login 5"].status_code == 429
    assert_no_english(pages, people)


def test_what_a_word_file_has_is_counted_in_bangla(reader, site, people):
    texts = (
        "Laser",
        "What it is",
        "Strong light.",
        "আলো।",
        "Something else",
        "One.",
        "Two.",
        "এক।",
    )
    name, heading, light, of_light, other, one, two, of_one = texts
    file = word_file(
        ("title", name), ("h1", heading), ("p", light), ("p", of_light),
        ("h1", other), ("p", one), ("p", of_one), ("p", two),
    )  # fmt: skip
    found = upload(reader, file)
    left = left_in_english(soup(found), (*named_in_english(people), "cryotherapy.docx", *texts))
    assert not left and "১" in words(soup(found).select_one("#word"))


def test_days_and_numbers_of_the_clinic_are_counted_in_bangla(reader, site, people):
    Clinic.objects.update(
        closed_days=["2099-12-16", "2099-12-17", "2099-12-18"],
        phones=f"{MOBILE}\n{LANDLINE}\n12345",
    )
    for block in ("closed_days", "phones"):
        page = reader.get(f"/admin/treatments/clinic/1/change/{block}/")
        typed = (MOBILE, LANDLINE, "12345", "01812-345678", "+880 1812-345678", "+880 2-7111234")
        assert not left_in_english(soup(page), (*named_in_english(people), *typed)), block


# --- What is kept ---------------------------------------------------------------------------------


def kept() -> dict[str, list]:
    """Every row of the site, without moments and what is of one browser."""
    left_out = {"session", "newdevice", "stafflanguage", "pagechange"}
    models = apps.get_models(include_auto_created=True)
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values_list(*_columns(model)))
        for model in models
        if model._meta.model_name not in left_out
    }


def _columns(model) -> list[str]:
    """`object_repr` is what something is called: the title of a page, in one language or both.

    Keys are the database's own affair: PostgreSQL gives none a second time. `person` and `page` are
    keys too, and moments stand in a chain's digest.
    """
    return [
        field.attname
        for field in model._meta.concrete_fields
        if field.get_internal_type() != "DateTimeField"
        and field.name not in ("object_repr", "object_id", "person", "page", "chain_digest")
        and not (field.primary_key or field.is_relation)
    ]


def work(client, treatment: Treatment) -> None:
    step = treatment.procedurestep_set.filter(text_en__contains="20–30 minutes").first()
    other = step.text_en.replace("20–30", "25–30")
    assert saved(client, treatment, "procedure", step.uid, text_en=other).status_code == 302
    assert saved(client, treatment, "benefits", "safe", text_bn="নতুন কথা।").status_code == 302
    page = soup(client.get(at("publish", treatment)))
    waive = next(form for form in page.find_all("form") if "/waive/" in form.get("action", ""))
    fields = {
        each["name"]: each.get("value", "")
        for each in waive.find_all("input", attrs={"name": True})
    }
    client.post(waive["action"], fields | {"reason": "দেখা হয়েছে"})
    area = BodyArea.objects.first()
    path = reverse("admin:treatments_bodyarea_change", args=[area.pk])
    sent(client, path, "bodyarea_form", name_en="Both hands", name_bn="দুই হাত")
    path = reverse("admin:treatments_term_add")
    sent(client, path, "term_form", english="lamp", bangla="বাতি", explanation_bn="আলো")
    newest = newest_snapshot(treatment)
    assert Waiver.objects.exists() and Term.objects.filter(english="lamp").exists()
    assert newest.blocking and BodyArea.objects.get(pk=area.pk).name_bn == "দুই হাত"


def test_what_is_kept_is_the_same_in_whichever_language_it_was_done(staff, iontophoresis):
    done = []
    for language in ("en", "bn"):
        with transaction.atomic():
            if language == "bn":
                switch(staff)
            assert language_of(staff.get("/admin/")) == language
            work(staff, iontophoresis)
            done.append(kept())
            transaction.set_rollback(True)
    english, bangla = done
    for label in english:
        assert english[label] == bangla[label], label
    assert Publication.objects.exists()
