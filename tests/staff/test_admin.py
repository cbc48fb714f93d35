import re
from datetime import datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from treatments.document.rows import from_rows
from treatments.models import LANGUAGES, Snapshot, Treatment
from treatments.publishing.publish import withdraw
from treatments.publishing.snapshots import save_snapshot

from ..admin_forms import change, form_data, item_field, opened
from ..conftest import NOW, Visitor
from ..pages import soup, words
from ..publishing.reading import publish_as_read

ADD = "/admin/treatments/treatment/add/"


def field_errors(response) -> list[str]:
    return [element.get_text(" ", strip=True) for element in soup(response).select(".errorlist li")]


@pytest.fixture
def public():
    return Visitor()


# --- Saving ---------------------------------------------------------------------------------------


def test_saving_an_untouched_page_changes_nothing(staff, iontophoresis):
    before = from_rows(iontophoresis).json
    response = staff.post(change(iontophoresis), opened(staff, iontophoresis) | {"_continue": "1"})
    assert response.status_code == 302
    assert from_rows(Treatment.objects.get(pk=iontophoresis.pk)).json == before
    assert iontophoresis.snapshots.count() == 1


def test_a_nurse_edits_publishes_and_sees_it_live(staff, public, nurse, iontophoresis):
    data = opened(staff, iontophoresis)
    name = "benefit_set-0-text_en"
    data[name] = "Words of the nurse."
    data[name.replace("_en", "_bn")] = "নার্সের কথা।"
    data["translations-0-title"] = "The nurse's title"
    response = staff.post(change(iontophoresis), data | {"_publish": "1"})
    publish_page = reverse("admin:treatments_treatment_publish", args=[iontophoresis.pk])
    assert response["Location"] == publish_page
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
    assert "by nurse" in words(soup(staff.get(change(iontophoresis))))


def test_a_number_changed_in_one_language_is_refused_and_the_page_says_where(
    staff, public, iontophoresis
):
    step = iontophoresis.procedurestep_set.filter(text_en__contains="20–30 minutes").first()
    step.text_en = step.text_en.replace("20–30", "25–30")
    data = opened(staff, iontophoresis)
    name = item_field(data, "procedurestep_set", "id", str(step.pk), "text_en")
    staff.post(change(iontophoresis), data | {name: step.text_en, "_continue": "1"})
    page = reverse("admin:treatments_treatment_publish", args=[iontophoresis.pk])
    response = staff.post(page, form_data(staff.get(page).content, "publish"))
    assert "Nothing was published" in words(soup(response))
    assert soup(response).find("a", href=re.compile(f"#text-procedure-{step.uid}$"))
    assert "25–30" not in words(soup(public.get("/en/treatments/iontophoresis/")))


def test_publishing_what_somebody_has_saved_over_is_refused(staff, iontophoresis):
    page = reverse("admin:treatments_treatment_publish", args=[iontophoresis.pk])
    old = form_data(staff.get(page).content, "publish")
    data = opened(staff, iontophoresis)
    data["benefit_set-0-text_en"] = "Newer words."
    staff.post(change(iontophoresis), data | {"_continue": "1"})
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


def test_a_new_item_gets_a_uid_and_comes_last(staff, iontophoresis):
    data = opened(staff, iontophoresis)
    count = int(data["benefit_set-TOTAL_FORMS"])
    new = {
        f"benefit_set-{count}-text_en": "A new benefit.",
        f"benefit_set-{count}-text_bn": "নতুন উপকার।",
        f"benefit_set-{count}-treatment": str(iontophoresis.pk),
        f"benefit_set-{count}-id": "",
        f"benefit_set-{count}-position": "",
        "benefit_set-TOTAL_FORMS": str(count + 1),
    }
    staff.post(change(iontophoresis), data | new | {"_continue": "1"})
    last = from_rows(iontophoresis).items("benefits")[-1]
    assert last.pairs["text"].bn == "নতুন উপকার।"
    assert last.uid.startswith("a-new-benefit")


# --- Wrong input ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("visit_minutes_min", "60", "smaller number first"),
        ("visit_minutes_max", "", "both ends"),
        ("visit_minutes_max", "9999", "240"),
        ("visit_minutes_max", "soon", "whole number"),
        ("visit_minutes_min", "0", "1"),
        ("translations-0-title", "x" * 121, "120"),
        ("whatitis_set-0-text_en", "<p>" + "অ" * 5_000_000 + "</p>", "too long"),
        ("benefit_set-0-text_bn", "অ" * 2001, "too long"),
    ],
)
def test_wrong_input_is_explained_and_what_was_typed_is_kept(
    staff, iontophoresis, field, typed, said
):
    before = from_rows(iontophoresis).json
    data = opened(staff, iontophoresis) | {field: typed, "benefit_set-1-text_en": "Kept words."}
    response = staff.post(change(iontophoresis), data | {"_continue": "1"})
    assert response.status_code == 200
    assert any(said in error for error in field_errors(response)), field_errors(response)
    again = form_data(response.content, "treatment_form")
    assert again["benefit_set-1-text_en"] == "Kept words."
    if len(typed) < 10_000:
        assert again[field] == typed
    assert from_rows(Treatment.objects.get(pk=iontophoresis.pk)).json == before


@pytest.mark.parametrize(("low", "high"), [("60", "30"), ("", "30"), ("20", "")])
def test_a_range_that_is_none_is_said_at_its_own_field(staff, iontophoresis, low, high):
    data = opened(staff, iontophoresis) | {"current_minutes_min": low, "current_minutes_max": high}
    page = soup(staff.post(change(iontophoresis), data))
    (error,) = page.select(".errorlist li")
    assert "the smaller number first" in error.get_text()
    assert error.find_parent(class_="form-row").find(id="id_current_minutes_min")


def test_a_script_in_rich_text_never_reaches_the_draft(staff, iontophoresis):
    typed = '<p onclick="x()">Hello<script>alert(1)</script> <a href="javascript:x()">there</a></p>'
    data = opened(staff, iontophoresis) | {"results_set-0-text_en": typed, "_continue": "1"}
    staff.post(change(iontophoresis), data)
    assert from_rows(iontophoresis).items("results")[0].pairs["text"].en == "Hello there"


def test_numbers_typed_in_bangla_digits_are_numbers(staff, iontophoresis):
    data = opened(staff, iontophoresis)
    data |= {"visit_minutes_min": "৩৫", "visit_minutes_max": "৫০", "_continue": "1"}
    staff.post(change(iontophoresis), data)
    assert from_rows(Treatment.objects.get(pk=iontophoresis.pk)).plan["visit_minutes"] == (35, 50)


# --- Preview --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "bn"])
def test_a_preview_shows_unsaved_words_and_keeps_nothing(staff, iontophoresis, language):
    before = from_rows(iontophoresis).json
    data = opened(staff, iontophoresis)
    data |= {f"benefit_set-0-text_{language}": "Only a try", "_preview": language}
    response = staff.post(change(iontophoresis), data)
    assert response.status_code == 200
    page = soup(response)
    assert page.html["lang"] == language
    assert "Only a try" in words(page)
    assert from_rows(Treatment.objects.get(pk=iontophoresis.pk)).json == before
    assert Snapshot.objects.filter(treatment=iontophoresis).count() == 1
    assert "style-src 'sha256-" in response["Content-Security-Policy"]


def test_a_preview_of_wrong_input_says_what_to_put_right(staff, iontophoresis):
    data = opened(staff, iontophoresis) | {"visit_minutes_min": "60", "_preview": "en"}
    response = staff.post(change(iontophoresis), data)
    assert response.status_code == 422
    assert "smaller number first" in words(soup(response))


# --- Guards ---------------------------------------------------------------------------------------


def test_what_was_published_cannot_be_deleted_and_its_address_cannot_change(staff, iontophoresis):
    withdraw(iontophoresis, LANGUAGES, now=NOW + timedelta(hours=1))
    delete = reverse("admin:treatments_treatment_delete", args=[iontophoresis.pk])
    assert staff.post(delete, {"post": "yes"}).status_code == 403
    data = opened(staff, iontophoresis) | {"slug": "elsewhere", "_continue": "1"}
    staff.post(change(iontophoresis), data)
    assert Treatment.objects.filter(slug="iontophoresis").exists()


def test_there_is_one_clinic_and_it_stays(staff, site):
    assert staff.get("/admin/treatments/clinic/")["Location"].endswith("/clinic/1/change/")
    assert staff.get("/admin/treatments/clinic/add/").status_code == 403
    assert staff.post("/admin/treatments/clinic/1/delete/", {"post": "yes"}).status_code == 403


def test_opening_an_admin_page_writes_nothing(staff, iontophoresis):
    pages = ["/admin/", "/admin/treatments/treatment/", change(iontophoresis), ADD,
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


def test_the_change_page_costs_at_most_thirty_seven_queries(staff, iontophoresis):
    with CaptureQueriesContext(connection) as captured:
        staff.get(change(iontophoresis))
    assert len(captured) <= 37


def test_the_admin_carries_a_strict_policy_and_is_never_stored(staff, iontophoresis):
    response = staff.get(change(iontophoresis))
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
    for page in (change(iontophoresis), publish):
        assert "/admin/login/" in client.get(page)["Location"]
        assert "/admin/login/" in client.post(page, {})["Location"]


def test_login_locks_after_wrong_passwords_and_says_so(client, nurse):
    for _attempt in range(6):
        response = client.post("/admin/login/", {"username": "nurse", "password": "wrong"})
    assert response.status_code == 429
    assert "Login locked" in words(soup(response))
    right = {"username": "nurse", "password": "a long enough word"}
    assert client.post("/admin/login/", right).status_code == 429
