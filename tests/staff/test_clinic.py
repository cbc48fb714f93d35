"""The clinic's details: what staff write in their blocks, and what patients then see of it."""

import re
from types import SimpleNamespace

import pytest
from django.contrib.admin.models import LogEntry
from django.utils.translation import override
from playwright.sync_api import expect

from treatments.models import LANGUAGES, Clinic, ClinicChange, StaffLanguage
from treatments.page_cache.troubles import Trouble
from treatments.public.errors import temporarily_unavailable
from treatments.staff.clinic_blocks import BLOCKS

from ..conftest import LANDLINE, MOBILE, PASSWORD
from ..leaflet.reading import close_up, read
from ..pages import PATHS, labelled, press, soup, squeezed, words
from .clinic_page import (
    PAGE,
    SAVE,
    THREE_OPENINGS,
    TODAY,
    TREATMENT,
    accepted,
    clinic,
    opened,
    said,
    saved,
    stored,
    today,
    value_of,
)

__all__ = ["clinic", "today"]


# --- The page -------------------------------------------------------------------------------------


def test_the_page_says_what_patients_see_in_both_languages(staff, clinic, today):
    page = soup(staff.get(PAGE))
    assert not page.select("#content-main form, .clinic form")
    for block, facts in {
        "name": ("Example Skin Clinic", "উদাহরণ ক্লিনিক"),
        "about": ("A clinic.", "একটি ক্লিনিক।"),
        "address": ("House 1", "বাড়ি ১", "Show on a map"),
        "phones": ("+880 1812-345678", "+৮৮০ ১৮১২-৩৪৫৬৭৮", "12345", "১২৩৪৫", f"Dialled: {MOBILE}"),
        "emergency": ("Call 999", "৯৯৯"),
        "hours": ("5 pm–8 pm", "বিকেল ৫টা–রাত ৮টা", "Sunday – Wednesday Closed"),
        "closed_days": ("16 December 2026", "২৫ ডিসেম্বর ২০২৬"),
    }.items():
        assert [fact for fact in facts if fact not in said(page, block)] == [], block
        for code in LANGUAGES:
            assert page.find(id=block).find(lang=code)
    assert "Patients see nothing of this yet" in said(page, "who_pays")


def test_what_is_missing_ticks_itself_off(staff, site):
    Clinic.objects.all().delete()  # as on a fresh installation
    page = soup(staff.get(PAGE))
    assert "placeholder" in said(page, "name")
    missing = {link["href"] for link in page.select(".needs a")}
    assert f"{PAGE}phones/#phones" in missing and f"{PAGE}name/#name" in missing
    accepted(staff, "phones", {"To call first": "01812-345678"})
    accepted(
        staff,
        "name",
        {"Name of the clinic · English": "Skin", "Name of the clinic · Bangla": "ত্বক"},
    )
    left = {link["href"] for link in soup(staff.get(PAGE)).select(".needs a")}
    assert missing - left == {f"{PAGE}phones/#phones", f"{PAGE}name/#name"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_saving_an_untouched_block_changes_nothing(staff, nurse, clinic, today, language):
    StaffLanguage.objects.create(person=nurse, language=language)
    before = stored()
    for block in BLOCKS.values():
        page = opened(staff, block.key)
        enter = page.select_one(".visually-hidden[type=submit]")  # what Enter in a field presses
        for button in page.select("button[type=submit]"):
            if button is not enter and squeezed(button) == squeezed(enter):
                button.decompose()
        answer = press(staff, page, squeezed(enter), {})
        assert answer.status_code == 302, said(soup(answer), block.key)
    assert stored() == before
    assert not ClinicChange.objects.exists() and not LogEntry.objects.exists()


def test_a_save_is_logged_and_says_that_patients_see_it(staff, nurse, clinic):
    answer = press(
        staff, opened(staff, "address"), SAVE, {"Address · English": "House 2"}, follow=True
    )
    assert "Patients see it now" in words(soup(answer))
    assert LogEntry.objects.get().user == nurse
    change = ClinicChange.objects.get()
    assert (change.field, change.old, change.new, change.changed_by) == (
        "address_en", "House 1\nDhaka", "House 2", nurse
    )  # fmt: skip


@pytest.mark.parametrize(
    ("block", "values", "message"),
    [
        ("phones", {"To call first": "call us"}, "in digits"),
        ("phones", {"Second number": "01712-34567"}, "“01712-34567” is too short"),
        ("phones", {"Number 4": "01012-345678"}, "“01012-345678”"),
        ("phones", {"WhatsApp number": "0181234567"}, "too short"),
        ("phones", {"WhatsApp number": "12345"}, "not a mobile number"),
        ("phones", {"WhatsApp number": "02-7111234"}, "not a mobile number"),
        ("phones", {"Second number": "+44 20 7946 0018"}, "of another country"),
        ("phones", {"Second number": "1711"}, "Is this short number whole"),
        ("emergency", {"Emergency number": "nine"}, "3 to 5 digits"),
        ("emergency", {"Emergency number": "⁹⁹⁹"}, "3 to 5 digits"),
        ("emergency", {"Emergency number": "99"}, "3 to 5 digits"),
        ("emergency", {"Emergency number": "999999"}, "3 to 5 digits"),
        ("emergency", {"Emergency number": "9999"}, "Is this one right?"),
        ("emergency", {"Emergency number": ""}, "required"),
        ("hours", {"Saturday, 1: From": "25:00"}, "“25:00” is not a time"),
        ("hours", {"Saturday, 1: From": "noon"}, "“noon” is not a time"),
        ("hours", {"Saturday, 1: To": ""}, "Write both"),
        ("hours", {"Saturday, 1: To": "8 am"}, "are the same"),
        ("hours", {"Saturday, 2: From": "09:00"}, "Two opening times of one day overlap"),
        ("hours", {"Sunday: Closed": False}, "or tick “Closed”"),
        ("hours", {"Thursday, 1: To": "8"}, "10 am–8 am on the next day?"),
        ("hours", {"Thursday, 1: From": "5"}, "so early in the morning?"),
        ("hours", {"Thursday, 1: From": "6", "Thursday, 1: To": "9"}, "so early in the morning?"),
        ("hours", {"Thursday, 1: From": "12 am", "Thursday, 1: To": "5 pm"}, "so early"),
        ("hours", {"Thursday, 1: From": "সকাল ১২টা", "Thursday, 1: To": "5 pm"}, "so early"),
        ("hours", {"Thursday, 1: From": "8 am", "Thursday, 1: To": "12 am"}, "for so long?"),
        ("hours", {"Saturday: Closed": True, "Thursday: Closed": True}, "Every day is ticked"),
        ("closed_days", {"First day: Day": "31", "First day: Month": "February"}, "no such day"),
        ("closed_days", {"First day: Day": "1", "First day: Month": "May"}, "is past"),
        ("closed_days", {"First day: Day": "1"}, "Write the day, the month and the year"),
        ("closed_days", {"Last day, if there are several: Day": "1",
                         "Last day, if there are several: Month": "May"}, "the first day too"),
        ("address", {"Map link": "not a link"}, "valid URL"),
        ("name", {"Name of the clinic · English": ""}, "required"),
        ("name", {"Name of the clinic · English": "x" * 121}, "at most 120"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_it_stays_as_typed_and_changes_nothing(
    staff, clinic, today, block, values, message
):
    before = stored()
    page = soup(saved(staff, block, values))
    assert "Nothing was saved yet" in said(page, block) and message in said(page, block)
    for label, typed in values.items():
        field = labelled(page, label)
        if isinstance(typed, bool):
            assert field.has_attr("checked") == typed
        elif field.name == "select":
            assert squeezed_option(field) == typed
        else:
            assert value_of(page, label) == typed
    assert page.title.string.strip().startswith("Error:")
    assert stored() == before and not ClinicChange.objects.exists()


def squeezed_option(select) -> str:
    return squeezed(select.select_one("option[selected]"))


def test_what_is_wrong_elsewhere_stops_no_other_block(staff, clinic):
    Clinic.objects.update(who_pays_bn="", who_pays_en="The clinic", phones="ring", hours=[7])
    Clinic.objects.update(hours=[])
    accepted(staff, "address", {"Address · English": "House 3"})


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ({"en": "The clinic pays.", "bn": ""}, ["bn"]),
        ({"en": "", "bn": "ক্লিনিক দেয়।"}, ["en"]),
        ({"en": "---", "bn": "ক্লিনিক দেয়।"}, ["en"]),
    ],
)
def test_who_pays_is_said_in_both_languages_or_in_none(staff, clinic, typed, refused):
    before, names = stored(), {"en": "English", "bn": "Bangla"}
    values = {f"Who pays for this website · {names[code]}": text for code, text in typed.items()}
    page = soup(saved(staff, "who_pays", values))
    errors = [error.get_text() for error in page.select(".errorlist li")]
    assert errors == ["Say it in both languages."] * len(refused)
    assert all(page.select(f".field-who_pays_{code} .errorlist") for code in refused)
    assert stored() == before


# --- Phones ---------------------------------------------------------------------------------------


def test_numbers_are_kept_as_they_are_dialled_and_said_so(staff, clinic):
    page = soup(
        saved(
            staff,
            "phones",
            {
                "To call first": "+880 (0)1711-000000",
                "Second number": "১৬২৬৩",
                "Third number": "",
                "WhatsApp number": " ০১৭১১ ০০০০০০",
            },
            "Look first",
        )
    )
    assert "and dial +8801711000000" in said(page, "phones")
    assert "dialled as it stands: 16263 · ১৬২৬৩" in said(page, "phones")
    assert Clinic.objects.get().phone_list[0] == MOBILE  # only looked at
    assert press(staff, page, SAVE, {}).status_code == 302
    clinic = Clinic.objects.get()
    assert clinic.phone_list == ["+8801711000000", "16263"] and clinic.whatsapp == "+8801711000000"


@pytest.mark.parametrize("typed", ["999", "৯৯৯", "٩٩٩", " 9-9-9"])
def test_the_emergency_number_is_kept_in_plain_digits(staff, clinic, typed):
    Clinic.objects.update(emergency_number="112")
    accepted(staff, "emergency", {"Emergency number": typed})
    assert Clinic.objects.get().emergency_number == "999"


@pytest.mark.parametrize(
    ("block", "label", "typed", "kept"),
    [
        ("emergency", "Emergency number", "112", {"emergency_number": "112"}),
        ("phones", "To call first", "1234", {"phones": f"1234\n{LANDLINE}"}),
        ("phones", "Second number", "+44 20 7946 0018", {"phones": f"{MOBILE}\n+442079460018"}),
    ],
)
def test_an_unusual_number_is_saved_once_somebody_says_that_it_is_right(
    staff, clinic, block, label, typed, kept
):
    Clinic.objects.update(phones=f"{MOBILE}\n{LANDLINE}")
    page = soup(saved(staff, block, {label: typed}))
    again = soup(press(staff, page, SAVE, {}))  # without an answer
    yes = f"Yes, this is right ({label})"
    other = soup(press(staff, again, SAVE, {yes: True, label: "9999"}))
    assert not labelled(other, yes).has_attr("checked")  # this was about another number
    assert press(staff, again, SAVE, {yes: True}).status_code == 302
    assert {name: getattr(Clinic.objects.get(), name) for name in kept} == kept


# --- Two people, and what stood there before ------------------------------------------------------


@pytest.fixture
def colleague(django_user_model, site):
    from ..conftest import Visitor

    client = Visitor()
    client.force_login(django_user_model.objects.create_superuser("sumi", password=PASSWORD))
    return client


def test_a_newer_value_of_the_same_block_is_shown_beside_mine(staff, colleague, clinic):
    mine = opened(staff, "phones")
    accepted(colleague, "phones", {"To call first": "01711-000000", "Third number": ""})
    newer = stored()
    page = soup(press(staff, mine, SAVE, {"Second number": "", "Third number": "16263"}))
    asked = squeezed(page.select_one(".clash"))
    assert "sumi saved this" in asked
    assert "+880 1711-000000" in asked and "16263" in asked
    assert value_of(page, "Third number") == "16263"
    assert stored() == newer
    kept = [link["href"] for link in page.select(".save a")]
    assert kept == [f"{PAGE}#phones"]
    # A third value meanwhile is asked about once more.
    accepted(colleague, "phones", {"To call first": "01711-000001"})
    page = soup(press(staff, page, "Save mine: patients see it at once", {}))
    assert "+880 1711-000001" in squeezed(page.select_one(".clash"))
    assert press(staff, page, "Save mine: patients see it at once", {}).status_code == 302
    assert Clinic.objects.get().phone_list == [MOBILE, "16263"]


def test_other_blocks_and_the_same_words_are_no_question(staff, colleague, clinic):
    mine, same = opened(staff, "phones"), opened(staff, "address")
    accepted(colleague, "emergency", {"Emergency number": "999"})
    accepted(colleague, "address", {"Address · English": "House 9"})
    assert press(staff, same, SAVE, {"Address · English": "House 9"}).status_code == 302
    assert press(staff, mine, SAVE, {"Third number": ""}).status_code == 302
    assert Clinic.objects.get().address_en == "House 9"
    assert Clinic.objects.get().phone_list == [MOBILE, LANDLINE]


def test_times_that_are_typed_beside_a_tick_are_asked_about(staff, clinic):
    page = soup(saved(staff, "hours", {"Sunday, 1: From": "4 pm", "Sunday, 1: To": "8 pm"}))
    assert "“Closed” is ticked, and times are written." in said(page, "hours")
    assert value_of(page, "Sunday, 1: From") == "4 pm"
    assert not ClinicChange.objects.exists()


def test_what_stood_there_before_is_put_back(staff, nurse, clinic, today):
    before = stored()
    accepted(staff, "hours", {"Thursday, 1: To": "2 pm", "Saturday: Closed": True})
    accepted(staff, "closed_days", {"Wednesday, 16 December 2026": False})
    accepted(staff, "address", {"Address · English": "House 2", "Address · Bangla": "বাড়ি ২"})
    for block in ("hours", "closed_days", "address"):
        page = soup(staff.get(f"{PAGE}{block}/earlier/"))
        now, earlier = page.select("section.block")
        assert squeezed(now) != squeezed(earlier) and "by nurse" in squeezed(earlier)
        address = earlier.select_one(".do a")["href"].partition("#")[0]
        form = soup(staff.get(address))
        assert "Nothing is saved yet" in said(form, block)
        assert press(staff, form, SAVE, {}).status_code == 302
    assert stored() == before
    assert len(soup(staff.get(f"{PAGE}hours/earlier/")).select("section.block")) == 3
    assert staff.get(f"{PAGE}hours/?from=0").status_code == 404
    listed = words(soup(staff.get("/admin/treatments/clinicchange/")))
    assert "Saturday: 8 am–10 am" in listed and "weekday" not in listed


def test_hours_that_an_earlier_release_kept_are_put_back(staff, clinic):
    ClinicChange.objects.create(field="hours", old=str(THREE_OPENINGS[:1]), new="[]")
    page = soup(staff.get(f"{PAGE}hours/earlier/"))
    assert "8 am–10 am" in squeezed(page.select("section.block")[1])
    address = page.select_one(".do a")["href"].partition("#")[0]
    assert press(staff, soup(staff.get(address)), SAVE, {}).status_code == 302
    assert Clinic.objects.get().hours == THREE_OPENINGS[:1]


# --- A login that ended, or began elsewhere -------------------------------------------------------


HERE = {"Origin": "http://testserver"}


def test_what_was_typed_outlives_a_logout_and_a_login(staff, nurse, clinic):
    page, value = opened(staff, "address"), {"Address · English": "House 2\n<b>Road 3</b>"}
    staff.logout()
    refused = press(staff, page, SAVE, value, headers=HERE)
    assert refused.status_code == 403 and "no-store" in refused["Cache-Control"]
    assert "You are logged out" in words(soup(refused))
    staff.force_login(nurse)
    form = soup(refused).find("button", string="Send it again").find_parent("form")
    form["action"] = f"{PAGE}address/"
    assert press(staff, soup_of(form), "Send it again", {}).status_code == 302
    assert Clinic.objects.get().address_en == "House 2\n<b>Road 3</b>"


def soup_of(tag):
    return tag.parent


def test_what_was_typed_outlives_a_login_in_another_tab(nurse, clinic):
    from ..conftest import Visitor

    strict = Visitor(enforce_csrf_checks=True)
    strict.force_login(nurse)
    page, value = opened(strict, "address"), {"Address · English": "House 2"}
    strict.cookies["csrftoken"] = "a" * 32  # as after another login
    elsewhere = press(strict, page, SAVE, value, headers={"Origin": "http://example.org"})
    assert elsewhere.status_code == 403 and "House 2" not in elsewhere.content.decode()
    refused = press(strict, page, SAVE, value, headers=HERE)
    assert refused.status_code == 403 and "House 2" in refused.content.decode()
    form = soup(refused).find("button", string="Send it again").find_parent("form")
    form["action"] = f"{PAGE}address/"
    assert press(strict, form.parent, "Send it again", {}, headers=HERE).status_code == 302
    assert Clinic.objects.get().address_en == "House 2"


def test_no_password_stands_in_a_page(client, nurse):
    from ..conftest import Visitor

    strict = Visitor(enforce_csrf_checks=True)
    sent = {"username": "nurse", "password": "very secret"}
    for path in ("/admin/login/", "/admin/password_change/"):
        assert "very secret" not in strict.post(path, sent, headers=HERE).content.decode()
    sent = {"old_password": "very secret"}
    assert client.post("/admin/password_change/", sent, headers=HERE).status_code == 302


# --- What patients see ----------------------------------------------------------------------------


def test_staff_are_asked_for_what_the_clinic_has_not_said_yet(staff, site):
    page = words(soup(staff.get("/admin/")))
    assert "phone number" in page and "name of your clinic" in page


def test_a_detail_that_older_rows_have_as_nothing_is_no_change(staff, site):
    Clinic.objects.update(**dict.fromkeys(("who_pays_en", "who_pays_bn", "address_en")))
    for block in ("who_pays", "address"):
        accepted(staff, block, {})
    assert not ClinicChange.objects.exists()


def test_who_pays_is_on_the_page_about_the_information_as_soon_as_it_is_saved(
    client, staff, nurse, clinic
):
    not_said = {"en": "has not said here yet who pays", "bn": "ক্লিনিক এখনো এখানে জানায়নি"}
    paths = {code: f"/{code}/disclaimer/" for code in LANGUAGES}
    for code, path in paths.items():
        assert not_said[code] in words(soup(client.get(path)).main)
    told = {"en": "The clinic pays.\nA maker lent <b>a machine</b>.", "bn": "ক্লিনিক নিজে খরচ দেয়।"}
    labels = {
        "en": "Who pays for this website · English",
        "bn": "Who pays for this website · Bangla",
    }
    accepted(staff, "who_pays", {labels[code]: text for code, text in told.items()})
    for code, path in paths.items():
        text = words(soup(client.get(path)).main)
        assert all(line in text for line in told[code].split("\n")) and not_said[code] not in text
    accepted(staff, "who_pays", dict.fromkeys(labels.values(), ""))
    for code, path in paths.items():
        assert not_said[code] in words(soup(client.get(path)).main)
    changes = ClinicChange.objects.filter(field="who_pays_bn").order_by("pk")
    assert [(one.old, one.new, one.changed_by) for one in changes] == [
        ("", told["bn"], nurse), (told["bn"], "", nurse)
    ]  # fmt: skip


def links(page, pattern: str) -> set[str]:
    return {link["href"] for link in page.find_all("a", href=re.compile(pattern))}


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_are_linked_as_they_are_dialled_and_shown_in_the_pages_digits(
    client, clinic, language
):
    page = soup(client.get(TREATMENT.format(language)))
    assert links(page, "tel:") == {f"tel:{MOBILE}", f"tel:{LANDLINE}", "tel:12345", "tel:999"}
    assert {link.partition("?")[0] for link in links(page, r"wa\.me/\d")} == {
        f"https://wa.me/{MOBILE[1:]}"
    }
    shown = {"en": ("+880 1812-345678", "+880 2-7111234", "12345", "999"),
             "bn": ("+৮৮০ ১৮১২-৩৪৫৬৭৮", "+৮৮০ ২-৭১১১২৩৪", "১২৩৪৫", "৯৯৯")}[language]  # fmt: skip
    text = words(page)
    assert all(number in text for number in shown)


def test_a_clinic_with_a_hotline_alone_has_no_whatsapp(client, site):
    Clinic.objects.update(phones="12345")
    for language in LANGUAGES:
        page = soup(client.get(TREATMENT.format(language)))
        assert links(page, "tel:") == {"tel:12345", "tel:999"}
        assert not links(page, r"wa\.me/\d")


@pytest.mark.parametrize(
    ("phones", "whatsapp", "emergency"),
    [
        ("+880171234567\n+8800000000000", "+880171234567", "99999999"),
        ("call us\n<b>0</b>\n\n+", "ring", ""),
        ("\u200b\n1" * 90, "+1", "nine"),
    ],
)
def test_numbers_that_nobody_can_read_break_no_page_and_are_said_when_a_block_is_saved(
    client, staff, clinic, phones, whatsapp, emergency
):
    Clinic.objects.update(phones=phones, whatsapp=whatsapp, emergency_number=emergency)
    for path in (*PATHS, "/en/treatments/iontophoresis/leaflet.pdf", "/bn/feed.xml"):
        assert client.get(path).status_code == 200, path
    assert client.get("/bn/nowhere/").status_code == 404
    assert staff.get("/admin/").status_code == 200 and staff.get(PAGE).status_code == 200
    before = stored()
    for block in ("phones", "emergency"):
        assert soup(saved(staff, block, {})).select(".errornote"), block
    assert stored() == before


def test_numbers_stored_before_in_another_form_are_dialled_rightly(client, staff, clinic):
    wrong = "+88001812345678"
    Clinic.objects.update(phones=wrong, whatsapp=wrong, emergency_number="٩٩٩")
    for language in LANGUAGES:
        page = soup(client.get(TREATMENT.format(language)))
        assert links(page, "tel:") == {f"tel:{MOBILE}", "tel:999"}
        assert {link[: link.index("?")] for link in links(page, r"wa\.me/\d")} == {
            f"https://wa.me/{MOBILE[1:]}"
        }
        data = page.find("script", type="application/ld+json")
        assert wrong not in str(data)
        emergency = page.find("a", href="tel:999").get_text()
        assert {"en": "999", "bn": "৯৯৯"}[language] in emergency
    before = stored()
    for block in ("phones", "emergency"):
        accepted(staff, block, {})
    assert stored() == before | {"phones": MOBILE, "whatsapp": MOBILE, "emergency_number": "999"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_without_a_database_dials_the_same_numbers(rf, monkeypatch, language):
    contact = {"name": {}, "phone_list": ["+88001812345678", "12345"], "emergency_number": "১১২"}
    monkeypatch.setattr(
        "treatments.page_cache.invalidation.load_ledger", lambda: SimpleNamespace(contact=contact)
    )
    request = rf.get(f"/{language}/")
    request.LANGUAGE_CODE = language
    with override(language):
        page = soup(temporarily_unavailable(request, Trouble.AWAY))
    assert links(page, "tel:") == {f"tel:{MOBILE}", "tel:12345", "tel:112"}
    assert {"en": "+880 1812-345678", "bn": "+৮৮০ ১৮১২-৩৪৫৬৭৮"}[language] in words(page)


# --- In a browser ---------------------------------------------------------------------------------

SATURDAY_MORNING, SATURDAY_NIGHT = "2026-12-12T05:00:00Z", "2026-12-12T19:30:00Z"  # 11 am, 1:30 am
WEDNESDAY_NOON, FRIDAY_NOON = "2026-12-16T06:00:00Z", "2026-12-18T06:00:00Z"
AFTER_THE_HOLIDAY = "2026-12-16T19:30:00Z"  # Thursday, 1:30 am: Wednesday night was closed


def open_now(page, language: str, moment: str) -> str:
    page.clock.set_fixed_time(moment)
    page.goto(f"/{language}/about/")
    return page.locator(".now").inner_text()


def save(page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=SAVE).click()
    page.get_by_text("Patients see it now").wait_for()


def edit(page, block: str) -> None:
    with page.expect_navigation():
        page.get_by_role("link", name=f"Edit ({block})", exact=True).click()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_clinics_first_ten_minutes_on_a_phone(chromium, site_live, staff, monkeypatch, scripts):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
    Clinic.the_one().save()
    [cookie] = staff.cookies.values()
    context = chromium.new_context(
        base_url=site_live,
        viewport={"width": 360, "height": 740},
        has_touch=True,
        java_script_enabled=scripts,
    )
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site_live}])
    page = context.new_page()
    page.goto("/admin/")
    page.get_by_role("link", name="Clinic", exact=True).first.click()

    edit(page, "Name")
    page.get_by_label("Name of the clinic · English").fill("Example Skin Clinic")
    page.get_by_label("Name of the clinic · Bangla").fill("উদাহরণ ক্লিনিক")
    save(page)
    edit(page, "Phone")
    page.get_by_label("To call first").fill("০১৮১২-৩৪৫৬৭৮")
    page.get_by_label("Second number").fill("16263")
    page.get_by_label("WhatsApp number").fill("+880 (0)1812 345678")
    save(page)

    edit(page, "Opening hours")
    day = lambda name: page.get_by_role("group", name=name, exact=True)  # noqa: E731
    day("Friday").get_by_label("Closed").check()
    day("Saturday").get_by_label("From").fill("১০")
    day("Saturday").get_by_label("To").fill("25:00")
    day("Saturday").get_by_role("button", name="Another time").click()
    day("Saturday").get_by_label("From").nth(1).fill("8 pm")
    day("Saturday").get_by_label("To").nth(1).fill("2 am")
    page.get_by_role("button", name=SAVE).click()
    expect(day("Saturday").get_by_text("“25:00” is not a time")).to_be_visible()
    expect(day("Saturday").get_by_label("From").first).to_have_value("১০")
    day("Saturday").get_by_label("To").first.fill("1.30 pm")
    page.get_by_role("button", name="The same times on all days").click()
    expect(day("Thursday").get_by_label("To").nth(1)).to_have_value("2 am")
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 360 if scripts else True
    day("Thursday").get_by_label("To").nth(1).press("Enter")  # saves as the button does
    page.get_by_text("Patients see it now").wait_for()
    expect(page.locator("#hours")).to_contain_text("8 pm–2 am")

    edit(page, "Closed days")
    first = page.get_by_role("group", name="First day", exact=True)
    last = page.get_by_role("group", name="Last day, if there are several")
    first.get_by_label("Day", exact=False).first.fill("১৪")
    first.get_by_role("combobox").select_option("December")
    last.get_by_role("textbox").first.fill("16")
    last.get_by_role("combobox").select_option("December")
    save(page)
    expect(page.locator("#closed_days")).to_contain_text("14 December 2026 – 16 December 2026")
    expect(page.locator("#closed_days")).to_contain_text("১৪ ডিসেম্বর ২০২৬ – ১৬ ডিসেম্বর ২০২৬")
    context.close()

    page = (context := chromium.new_context(base_url=site_live)).new_page()
    for language, opened_now, shut, facts in (
        ("en", "Open now", "Closed now", ("+880 1812-345678", "16263", "Example Skin",
         "10 am–1:30 pm, 8 pm–2 am", "14 December 2026 – 16 December 2026")),
        ("bn", "এখন খোলা", "এখন বন্ধ", ("+৮৮০ ১৮১২-৩৪৫৬৭৮", "১৬২৬৩", "উদাহরণ", "সকাল ১০টা",
         "রাত ৮টা–রাত ২টা", "১৪ ডিসেম্বর ২০২৬")),
    ):  # fmt: skip
        assert open_now(page, language, SATURDAY_MORNING) == opened_now
        assert open_now(page, language, SATURDAY_NIGHT) == opened_now
        for moment in (WEDNESDAY_NOON, FRIDAY_NOON, AFTER_THE_HOLIDAY):
            assert open_now(page, language, moment) == shut
        text = re.sub(r"\s+", " ", page.locator("main").inner_text())
        page.goto(TREATMENT.format(language))
        text += re.sub(r"\s+", " ", page.locator("main").inner_text())
        assert [fact for fact in facts if fact not in text] == []
        assert page.locator('main a[href="tel:16263"]').count()
        assert page.locator('main a[href^="https://wa.me/8801812345678?"]').count()
        leaflet = page.request.get(f"/{language}/treatments/iontophoresis/leaflet.pdf")
        printed = close_up(read(leaflet.body())[0])
        assert (
            close_up(facts[0]) in printed
            and close_up(facts[4 if language == "bn" else 3]) in printed
        )

    page.goto("/en/treatments/iontophoresis/plan/")
    days = page.get_by_role("checkbox")
    assert days.count() == 6
    page.goto("/en/treatments/iontophoresis/plan/?start=2026-12-12&day=sat&day=tue&day=wed")
    planned = page.locator(".dates time").evaluate_all("all => all.map((one) => one.dateTime)")
    assert "2026-12-22" in planned
    assert not {"2026-12-15", "2026-12-16"} & {*planned}
    context.close()


def log_in(page, user):
    page.goto("/admin/")
    page.get_by_label("Username").fill(user.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("heading", name="What would you like to do?").wait_for()


def test_in_a_browser_what_was_typed_outlives_a_login_in_another_tab(admin_page, nurse):
    Clinic.the_one().save()
    admin_page.goto(f"{PAGE}phones/")
    admin_page.get_by_label("To call first").fill("০১৮১২-৩৪৫৬৭৮")
    other = admin_page.context.new_page()
    other.goto("/admin/")
    other.get_by_role("button", name="Log out").click()
    other.get_by_text("Thanks for spending").wait_for()
    admin_page.get_by_role("button", name=SAVE).click()
    admin_page.get_by_text("You are logged out").wait_for()
    log_in(other, nurse)
    send = admin_page.get_by_role("button", name="Send it again")
    send.click()
    admin_page.get_by_text("logged in or out in another tab").wait_for()
    send.click()
    admin_page.get_by_text("Patients see it now").wait_for()
    assert Clinic.objects.get().phones == MOBILE
    admin_page.problems[:] = [one for one in admin_page.problems if "403" not in one]


def test_in_a_browser_nothing_typed_is_left_behind_unasked(admin_page):
    Clinic.the_one().save()
    admin_page.goto(f"{PAGE}phones/")
    asked = []
    admin_page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    admin_page.get_by_label("To call first").press_sequentially("0181")
    admin_page.get_by_role("link", name="Edit (Address)").click(no_wait_after=True)
    expect(admin_page.get_by_label("To call first")).to_have_value("0181")
    assert asked == ["beforeunload"]
    admin_page.get_by_label("To call first").fill("")
    admin_page.get_by_role("link", name="Edit (Address)").click()
    admin_page.get_by_label("Address · English").wait_for()
    assert asked == ["beforeunload"]
