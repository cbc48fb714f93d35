import re
from datetime import datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from treatments.models import LANGUAGES, Treatment
from treatments.publishing.publish import withdraw
from treatments.publishing.snapshots import save_snapshot

from ..admin_forms import form_data, page_of
from ..conftest import NOW, Visitor
from ..pages import soup, squeezed, words
from ..publishing.reading import publish_as_read
from ..sheet import saved, text_of

ADD = "/admin/treatments/treatment/add/"


@pytest.fixture
def public():
    return Visitor()


# --- Saving ---------------------------------------------------------------------------------------


def test_a_nurse_edits_publishes_and_sees_it_live(staff, public, nurse, iontophoresis):
    written = {"text_en": "Words of the nurse.", "text_bn": "নার্সের কথা।"}
    saved(staff, iontophoresis, "benefits", "safe", **written)
    saved(staff, iontophoresis, "prose", "title", typed={"en-title": "The nurse's title"})
    page = soup(staff.get(page_of(iontophoresis)))
    [link] = [one for one in page.select(".go a") if squeezed(one) == "Publish…"]
    publish_page = link["href"]
    assert "Words of the nurse." not in words(soup(public.get("/en/treatments/iontophoresis/")))

    snapshot = iontophoresis.snapshots.first()
    assert snapshot.saved_by == nurse
    shown = soup(staff.get(publish_page))
    confirm = form_data(str(shown), "confirm")
    for button in shown.select("button[data-confirm]"):
        staff.post(shown.find(id="confirm")["action"], confirm | {"key": button["value"]})
    rest = [field["value"] for field in shown.select("input[name=key][form=rest]")]
    staff.post(shown.find(id="rest")["action"], form_data(str(shown), "rest") | {"key": rest})
    form = form_data(staff.get(publish_page).content, "publish")
    response = staff.post(publish_page, form, follow=True)
    assert "English is live now." in words(soup(response))
    page = soup(public.get("/en/treatments/iontophoresis/"))
    assert "Words of the nurse." in words(page)
    assert page.h1.get_text(strip=True) == "The nurse's title"
    assert "নার্সের কথা।" in words(soup(public.get("/bn/treatments/iontophoresis/")))
    assert "by nurse" in words(soup(staff.get(page_of(iontophoresis))))


def test_a_number_changed_in_one_language_is_refused_and_the_page_says_where(
    staff, public, iontophoresis
):
    step = iontophoresis.procedurestep_set.filter(text_en__contains="20–30 minutes").first()
    other = step.text_en.replace("20–30", "25–30")
    saved(staff, iontophoresis, "procedure", step.uid, text_en=other)
    page = reverse("admin:treatments_treatment_publish", args=[iontophoresis.pk])
    response = staff.post(page, form_data(staff.get(page).content, "publish"))
    assert "Nothing was published" in words(soup(response))
    assert soup(response).find("a", href=re.compile(f"#text-procedure-{step.uid}$"))
    assert "25–30" not in words(soup(public.get("/en/treatments/iontophoresis/")))


def test_publishing_what_somebody_has_saved_over_is_refused(staff, iontophoresis):
    page = reverse("admin:treatments_treatment_publish", args=[iontophoresis.pk])
    old = form_data(staff.get(page).content, "publish")
    saved(staff, iontophoresis, "benefits", "safe", text_en="Newer words.")
    response = staff.post(page, old)
    assert "Nothing was published" in words(soup(response))


def test_withdrawing_takes_the_page_away_at_once(staff, public, iontophoresis):
    page = reverse("admin:treatments_treatment_withdraw", args=[iontophoresis.pk])
    response = staff.post(page, {"languages": ["bn"]}, follow=True)
    assert "Bangla is withdrawn" in words(soup(response))
    assert public.get("/bn/treatments/iontophoresis/").status_code == 404
    assert public.get("/en/treatments/iontophoresis/").status_code == 200


def planned_again(treatment, languages=("en", "bn")) -> datetime:
    """Tomorrow the page goes live in other words; returns when."""
    treatment.benefit_set.first().delete()
    tomorrow = timezone.now() + timedelta(days=1)
    publish_as_read(
        save_snapshot(treatment, now=timezone.now()), languages, now=timezone.now(), at=tomorrow
    )
    return tomorrow


def withdrawing(staff, treatment, **fields) -> str:
    """What staff are told after they have sent the form as they found it, with these fields."""
    page = reverse("admin:treatments_treatment_withdraw", args=[treatment.pk])
    form = soup(staff.get(page)).select_one("form.publish-form")
    names = {field["name"] for field in form.find_all("input", attrs={"name": True})}
    assert fields.keys() <= names
    data = {
        field["name"]: field.get("value", "on")
        for field in form.find_all("input", attrs={"name": True})
        if field["type"] not in ("checkbox", "radio") or field.has_attr("checked")
    }
    return words(soup(staff.post(page, data | fields, follow=True)).select_one(".messagelist"))


def is_live(treatment, language: str, at: datetime) -> bool:
    return treatment.publications.live(at).filter(language=language).exists()


def test_withdrawing_cancels_what_is_planned_or_the_page_would_come_back(staff, iontophoresis):
    later = planned_again(iontophoresis) + timedelta(days=1)
    page = reverse("admin:treatments_treatment_withdraw", args=[iontophoresis.pk])
    assert words(soup(staff.get(page)).select_one("#planned")).count("goes live on") == 2
    said = withdrawing(staff, iontophoresis, languages=["bn"])
    assert "Bangla is withdrawn: patients cannot open it any more." in said
    assert "What was planned for Bangla is cancelled." in said and "English" not in said
    assert not is_live(iontophoresis, "bn", later)
    assert is_live(iontophoresis, "en", later)


def test_a_plan_that_is_kept_is_said_with_the_withdrawal(staff, iontophoresis):
    later = planned_again(iontophoresis) + timedelta(days=1)
    said = withdrawing(staff, iontophoresis, languages=["bn"], keep_planned="on")
    assert "any more" not in said and "cannot open it now" in said
    when = date_format(timezone.localtime(later - timedelta(days=1)), "j F Y, H:i")
    assert f"It comes back on {when}, as planned." in said
    assert not is_live(iontophoresis, "bn", timezone.now())
    assert is_live(iontophoresis, "bn", later)


def test_what_is_only_planned_can_be_withdrawn_too(staff, iontophoresis):
    withdraw(iontophoresis, ["bn"], now=timezone.now())
    later = planned_again(iontophoresis) + timedelta(days=1)
    assert "What was planned for Bangla is cancelled." in withdrawing(
        staff, iontophoresis, languages=["bn"]
    )
    assert not is_live(iontophoresis, "bn", later)


def test_withdrawing_later_cancels_only_what_is_planned_after_it(staff, iontophoresis):
    begin = planned_again(iontophoresis)
    end = timezone.localtime(begin + timedelta(days=1))
    moment = {"when": "later", "date": f"{end:%Y-%m-%d}", "time": f"{end:%H:%M}"}
    said = withdrawing(staff, iontophoresis, languages=["en", "bn"], **moment)
    assert "cancelled" not in said and "will be withdrawn" in said
    assert is_live(iontophoresis, "en", begin) and not is_live(iontophoresis, "en", end)


def test_the_command_cancels_what_is_planned_unless_it_is_told_not_to(iontophoresis):
    later = planned_again(iontophoresis) + timedelta(days=1)
    call_command("withdraw", "iontophoresis", "--language=en", "--keep-planned", verbosity=0)
    assert not is_live(iontophoresis, "en", timezone.now()) and is_live(iontophoresis, "en", later)
    call_command("withdraw", "iontophoresis", verbosity=0)
    assert not is_live(iontophoresis, "en", later) and not is_live(iontophoresis, "bn", later)


# --- Preview --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "bn"])
def test_a_preview_shows_the_draft_and_puts_nothing_live(staff, public, iontophoresis, language):
    saved(staff, iontophoresis, "benefits", "safe", **{f"text_{language}": "Only a try"})
    page = soup(staff.get(page_of(iontophoresis)))
    name = {"en": "Preview English", "bn": "Preview Bangla"}[language]
    [link] = [one for one in page.select(".go a") if squeezed(one) == name]
    response = staff.get(link["href"])
    preview = soup(response)
    assert preview.html["lang"] == language
    assert "Only a try" in words(preview)
    assert "style-src 'sha256-" in response["Content-Security-Policy"]
    live = public.get(f"/{language}/treatments/iontophoresis/")
    assert "Only a try" not in words(soup(live))


# --- Guards ---------------------------------------------------------------------------------------


def delete_link(staff, treatment):
    page = soup(staff.get(page_of(treatment)))
    return page.find("a", href=reverse("admin:treatments_treatment_delete", args=[treatment.pk]))


def test_what_was_published_cannot_be_deleted(staff, iontophoresis):
    withdraw(iontophoresis, LANGUAGES, now=NOW + timedelta(hours=1))
    assert delete_link(staff, iontophoresis) is None
    delete = reverse("admin:treatments_treatment_delete", args=[iontophoresis.pk])
    assert staff.post(delete, {"post": "yes"}).status_code == 403
    assert Treatment.objects.filter(slug="iontophoresis").exists()


def test_a_draft_that_was_never_published_can_be_deleted(staff, drafts):
    asked = staff.get(delete_link(staff, drafts[0])["href"])
    form = soup(asked).find("input", attrs={"name": "post"}).find_parent("form")
    staff.post(asked.request["PATH_INFO"], form_data(str(form), None))
    assert not Treatment.objects.filter(pk=drafts[0].pk).exists()


def test_there_is_one_clinic_and_it_stays(staff, site):
    assert staff.get("/admin/treatments/clinic/")["Location"].endswith("/clinic/1/change/")
    assert staff.get("/admin/treatments/clinic/add/").status_code == 403
    assert staff.post("/admin/treatments/clinic/1/delete/", {"post": "yes"}).status_code == 403


def test_opening_an_admin_page_writes_nothing(staff, iontophoresis):
    pages = ["/admin/", "/admin/treatments/treatment/", page_of(iontophoresis), ADD,
             text_of(iontophoresis, "benefits", "safe"),
             reverse("admin:treatments_treatment_publish", args=[iontophoresis.pk]),
             reverse("admin:treatments_treatment_withdraw", args=[iontophoresis.pk]),
             "/admin/treatments/clinic/1/change/", "/admin/treatments/term/"]  # fmt: skip
    for page in pages:
        with CaptureQueriesContext(connection) as captured:
            assert staff.get(page).status_code == 200
        statements = [query["sql"] for query in captured]
        # PostgreSQL reads long lists through a cursor, which it declares.
        reading = ("SELECT", "DECLARE")
        assert not [sql for sql in statements if not sql.upper().startswith(reading)], page


def test_the_admin_carries_a_strict_policy_and_is_never_stored(staff, iontophoresis):
    response = staff.get(page_of(iontophoresis))
    policy = response["Content-Security-Policy"]
    assert "unsafe" not in policy
    nonce = re.search(r"'nonce-([^']+)'", policy)[1]
    page = soup(response)
    for script in page.find_all("script"):
        inline = not script.get("src") and script.get("type") != "application/json"
        if inline:
            assert script.get("nonce") == nonce, str(script)[:80]
    assert not page.find_all(style=True)
    assert "no-store" in response["Cache-Control"]


def test_a_stranger_sees_nothing_of_the_admin(client, iontophoresis):
    publish = reverse("admin:treatments_treatment_publish", args=[iontophoresis.pk])
    for page in (page_of(iontophoresis), text_of(iontophoresis, "benefits", "safe"), publish):
        assert "/admin/login/" in client.get(page)["Location"]
        assert "/admin/login/" in client.post(page, {})["Location"]


def test_login_locks_after_wrong_passwords_and_says_so(client, nurse):
    for _attempt in range(6):
        response = client.post("/admin/login/", {"username": "nurse", "password": "wrong"})
    assert response.status_code == 429
    assert "Login locked" in words(soup(response))
    right = {"username": "nurse", "password": "a long enough word"}
    assert client.post("/admin/login/", right).status_code == 429
