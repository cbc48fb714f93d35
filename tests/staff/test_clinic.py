"""The clinic's details: what staff type into their form, and what patients then see of it."""

import json
import re
from datetime import date
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from playwright.sync_api import expect

from treatments.clinic.opening_hours import parse_time
from treatments.models import LANGUAGES, Clinic, ClinicChange
from treatments.models.clinic import (
    validate_hotline,
    validate_hours,
    validate_mobile,
    validate_phones,
)
from treatments.public.errors import temporarily_unavailable

from ..admin_forms import form_data
from ..conftest import LANDLINE, MOBILE, PASSWORD
from ..leaflet.reading import close_up, read
from ..pages import PATHS, soup, words

FORM = "/admin/treatments/clinic/1/change/"
TREATMENT = "/{}/treatments/iontophoresis/"
THREE_OPENINGS = [
    {"weekday": "sat", "opens": "08:00", "closes": "10:00"},
    {"weekday": "sat", "opens": "11:00", "closes": "13:30"},
    {"weekday": "sat", "opens": "17:00", "closes": "20:00"},
    {"weekday": "thu", "opens": "10:00", "closes": "13:00"},
]


def clinic_form(staff) -> dict:
    return form_data(staff.get(FORM).content, "clinic_form")


def filled_in(form: dict, changes: dict) -> dict:
    """The form with other words in fields that it has."""
    assert set(changes) <= set(form), f"the form has no {set(changes) - set(form)}"
    return form | changes


def stored() -> dict:
    """Every column, the pairs by language."""
    clinic = Clinic.objects.get()
    names = {field.attname for field in Clinic._meta.concrete_fields} - set(Clinic.pairs)
    return {name: getattr(clinic, name) for name in names}


@pytest.fixture
def clinic(site) -> Clinic:
    """One with every detail filled in, and more openings a day than usual."""
    clinic = Clinic.objects.get()
    clinic.name_en, clinic.name_bn = "Example Skin Clinic", "উদাহরণ ক্লিনিক"
    clinic.about_en, clinic.about_bn = "<p>A clinic.</p>", "<p>একটি ক্লিনিক।</p>"
    clinic.address_en, clinic.address_bn = "House 1\nDhaka", "বাড়ি ১\nঢাকা"
    clinic.phones, clinic.whatsapp = f"{MOBILE}\n{LANDLINE}\n12345", MOBILE
    clinic.map_link = "https://example.org/map"
    clinic.hours, clinic.closed_days = THREE_OPENINGS, ["2026-12-16", "2026-12-25"]
    clinic.emergency_number = "112"
    clinic.full_clean()
    clinic.save()
    ClinicChange.objects.all().delete()
    return clinic


# --- The form -------------------------------------------------------------------------------------


def test_clinic_details_are_put_into_one_form_and_the_old_ones_kept(staff, nurse, site):
    data = filled_in(
        clinic_form(staff),
        {
            "name_en": "Skin clinic",
            "phones": "০১৮১২-৩৪৫৬৭৮\n+880 (0)2 7111234\n১২৩৪৫",
            "whatsapp": " +880 (0) 1812-345678 ",
            "emergency_number": "٩٩٩",
            "hours-sat-1-opens": "১৭ঃ০০",
            "hours-sat-1-closes": "8.30 pm",
            "hours-sat-2-opens": "10:00:00",
            "hours-sat-2-closes": "13",
            "closed_days": "১৬/১২/২০২৬",
        },
    )
    assert staff.post(FORM, data).status_code == 302
    clinic = Clinic.objects.get()
    assert clinic.phone_list == [MOBILE, LANDLINE, "12345"]
    assert clinic.whatsapp == MOBILE
    assert clinic.emergency_number == "999"
    assert clinic.hours == [
        {"weekday": "sat", "opens": "10:00", "closes": "13:00"},
        {"weekday": "sat", "opens": "17:00", "closes": "20:30"},
    ]
    assert clinic.closed_days == ["2026-12-16"]
    kept = ClinicChange.objects.get(field="name_en")
    assert (kept.old, kept.new, kept.changed_by) == ("Your clinic's name", "Skin clinic", nurse)


def test_saving_an_untouched_form_changes_nothing(staff, clinic):
    before = stored()
    form = clinic_form(staff)
    assert form["hours-sat-3-closes"] == "20:00" and form["hours-thu-1-opens"] == "10:00"
    assert staff.post(FORM, form).status_code == 302
    assert stored() == before
    assert not ClinicChange.objects.exists()


def test_one_changed_opening_is_all_that_changes(staff, clinic):
    form = filled_in(clinic_form(staff), {"hours-sat-2-closes": "14:00"})
    assert staff.post(FORM, form).status_code == 302
    change = ClinicChange.objects.get()
    assert change.field == "hours" and "13:30" in change.old and "14:00" in change.new
    assert Clinic.objects.get().hours[1] == THREE_OPENINGS[1] | {"closes": "14:00"}


def test_a_field_that_is_not_sent_keeps_what_is_stored(staff, clinic):
    before = stored()
    form = clinic_form(staff)
    for name in form:
        kept = {other: value for other, value in form.items() if other != name}
        assert staff.post(FORM, kept).status_code == 302, name
        assert stored() == before, name
    no_hours = {name: value for name, value in form.items() if not name.startswith("hours")}
    staff.post(FORM, no_hours | {"address_en": "House 2"})
    assert stored() == before | {"address_en": "House 2"}
    staff.post(FORM, {"address_en": "House 3"})
    assert stored() == before | {"address_en": "House 3"}


def test_what_was_not_sent_is_there_again_beside_what_is_refused(staff, clinic):
    again = form_data(staff.post(FORM, {"phones": "0181"}).content, "clinic_form")
    assert again["phones"] == "0181"
    without = {"phones": "", "csrfmiddlewaretoken": ""}
    assert again | without == clinic_form(staff) | without


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"phones": "call us"}, "in digits"),
        ({"phones": "01712-34567"}, "“01712-34567” is too short"),
        ({"phones": f"{MOBILE}\n01012-345678"}, "“01012-345678”"),
        ({"whatsapp": "0181234567"}, "too short"),
        ({"whatsapp": "12345"}, "not a mobile number"),
        ({"whatsapp": "02-7111234"}, "not a mobile number"),
        ({"emergency_number": "nine"}, "3 to 5 digits"),
        ({"emergency_number": "⁹⁹⁹"}, "3 to 5 digits"),
        ({"emergency_number": "99"}, "3 to 5 digits"),
        ({"emergency_number": "999999"}, "3 to 5 digits"),
        ({"emergency_number": ""}, "required"),
        ({"hours-sun-1-opens": "25:00", "hours-sun-1-closes": "26:00"}, "Sunday: “25:00”"),
        ({"hours-sun-1-opens": "noon", "hours-sun-1-closes": "20:00"}, "Sunday: “noon”"),
        ({"hours-sun-1-opens": "20:00", "hours-sun-1-closes": "10:00"}, "later than"),
        ({"hours-sun-1-opens": "10:00", "hours-sun-1-closes": "10:00"}, "later than"),
        ({"hours-sun-1-opens": "20:00"}, "Sunday: Write both"),
        ({"hours-sun-2-closes": "20:00"}, "Sunday: Write both"),
        ({"hours-sat-2-opens": "09:00"}, "Saturday: Two opening times"),
        ({"hours-sat-3-opens": "08:00"}, "Saturday: Two opening times"),
        ({"closed_days": "31/02/2026"}, "“31/02/2026” is not a date"),
        ({"map_link": "not a link"}, "valid URL"),
        ({"name_en": ""}, "required"),
    ],
)
def test_wrong_details_stay_in_their_field_are_explained_and_change_nothing(
    staff, clinic, changes, said
):
    before = stored()
    form = filled_in(clinic_form(staff), changes | {"address_en": "Another house"})
    response = staff.post(FORM, form)
    assert response.status_code == 200
    page = soup(response)
    errors = [element.get_text(" ", strip=True) for element in page.select(".errorlist li")]
    assert len(errors) == 1 and said in errors[0]
    without_token = {"csrfmiddlewaretoken": ""}
    assert form_data(response.content, "clinic_form") | without_token == form | without_token
    assert stored() == before
    assert not ClinicChange.objects.exists()


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ({"en": "The clinic pays.", "bn": ""}, ["bn"]),
        ({"en": "", "bn": "ক্লিনিক দেয়।"}, ["en"]),
        ({"en": "---", "bn": "ক্লিনিক দেয়।"}, ["en"]),
    ],
)
def test_who_pays_is_said_in_both_languages_or_in_none(staff, clinic, typed, refused):
    before = stored()
    changes = {f"who_pays_{code}": text for code, text in typed.items()}
    response = staff.post(FORM, filled_in(clinic_form(staff), changes))
    errors = [error.get_text() for error in soup(response).select(".errorlist li")]
    assert errors == ["Say it in both languages."] * len(refused)
    for code in refused:
        assert soup(response).select(f".field-who_pays_{code} .errorlist, .errorlist[id*={code}]")
    assert stored() == before


def test_a_detail_that_older_rows_have_as_nothing_is_no_change(staff, site):
    Clinic.objects.update(**dict.fromkeys(("who_pays_en", "who_pays_bn", "address_en")))
    assert staff.post(FORM, clinic_form(staff)).status_code == 302
    assert not ClinicChange.objects.exists()


def test_every_wrong_day_is_named(staff, clinic):
    changes = {"hours-sat-1-opens": "25:00", "hours-thu-1-closes": "9", "hours-thu-2-opens": "x"}
    response = staff.post(FORM, filled_in(clinic_form(staff), changes))
    errors = [element.get_text() for element in soup(response).select(".errorlist li")]
    assert [error.partition(":")[0] for error in errors] == ["Saturday", "Thursday"]


@pytest.mark.parametrize(
    ("typed", "time"),
    [
        ("10", "10:00"), ("9:05", "09:05"), ("10:00:00", "10:00"), ("10:00:00.000", "10:00"),
        ("20.30", "20:30"), ("২০:৩০", "20:30"), ("২০ঃ৩০", "20:30"), ("٢٠:٣٠", "20:30"),
        (" 20:30\u200e", "20:30"), ("8 pm", "20:00"), ("8:30 P.M.", "20:30"), ("12 am", "00:00"),
        ("12 pm", "12:00"), ("23:59", "23:59"), ("0:00", "00:00"),
        ("24:00", None), ("10:60", None), ("13 pm", None), ("0 am", None), ("1000", None),
        ("10:5", None), ("-1:00", None), ("noon", None), ("", None), ("1²", None),
    ],
)  # fmt: skip
def test_a_time_is_read_as_people_type_it(typed, time):
    assert parse_time(typed) == time


# What a form lets through it has read into ASCII digits; nothing else is ever stored.
@pytest.mark.parametrize(
    "digits", ["০১২৩৪৫৬৭৮৯", "٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९", "０１２３４５６７８９"]
)
@pytest.mark.parametrize(
    ("validate", "value"),
    [
        (validate_hotline, "999"),
        (validate_phones, MOBILE),
        (validate_phones, "12345"),
        (validate_mobile, MOBILE),
        (validate_hours, [{"weekday": "sat", "opens": "10:00", "closes": "20:00"}]),
    ],
)
def test_only_plain_digits_are_stored(validate, value, digits):
    validate(value)
    plain = json.dumps(value)
    for place, character in enumerate(plain):
        if character.isdecimal():
            foreign = plain[:place] + digits[int(character)] + plain[place + 1 :]
            with pytest.raises(ValidationError):
                validate(json.loads(foreign))


def test_staff_are_asked_for_what_the_clinic_has_not_said_yet(staff, site):
    page = words(soup(staff.get("/admin/")))
    assert "phone number" in page and "name of your clinic" in page


# --- What patients see ----------------------------------------------------------------------------


def test_who_pays_is_on_the_page_about_the_information_as_soon_as_it_is_saved(
    client, staff, nurse, clinic
):
    not_said = {"en": "has not said here yet who pays", "bn": "ক্লিনিক এখনো এখানে জানায়নি"}
    paths = {code: f"/{code}/disclaimer/" for code in LANGUAGES}
    for code, path in paths.items():
        assert not_said[code] in words(soup(client.get(path)).main)
    said = {"en": "The clinic pays.\nA maker lent <b>a machine</b>.", "bn": "ক্লিনিক নিজে খরচ দেয়।"}
    form = clinic_form(staff) | {f"who_pays_{code}": text for code, text in said.items()}
    assert staff.post(FORM, filled_in(clinic_form(staff), form)).status_code == 302
    for code, path in paths.items():
        text = words(soup(client.get(path)).main)
        assert all(line in text for line in said[code].split("\n")) and not_said[code] not in text
    staff.post(FORM, clinic_form(staff) | {"who_pays_en": "", "who_pays_bn": ""})
    for code, path in paths.items():
        assert not_said[code] in words(soup(client.get(path)).main)
    changes = ClinicChange.objects.filter(field="who_pays_bn").order_by("pk")
    assert [(one.old, one.new, one.changed_by) for one in changes] == [
        ("", said["bn"], nurse), (said["bn"], "", nurse)
    ]  # fmt: skip


def links(page, pattern: str) -> set[str]:
    return {link["href"] for link in page.find_all("a", href=re.compile(pattern))}


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_are_linked_as_they_are_dialled_and_shown_in_the_pages_digits(
    client, clinic, language
):
    page = soup(client.get(TREATMENT.format(language)))
    assert links(page, "tel:") == {f"tel:{MOBILE}", f"tel:{LANDLINE}", "tel:12345", "tel:112"}
    assert {link.partition("?")[0] for link in links(page, r"wa\.me/\d")} == {
        f"https://wa.me/{MOBILE[1:]}"
    }
    shown = {"en": ("+880 1812-345678", "+880 2-7111234", "12345", "112"),
             "bn": ("+৮৮০ ১৮১২-৩৪৫৬৭৮", "+৮৮০ ২-৭১১১২৩৪", "১২৩৪৫", "১১২")}[language]  # fmt: skip
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
def test_numbers_that_nobody_can_read_break_no_page_and_are_said_when_the_form_is_saved(
    client, staff, clinic, phones, whatsapp, emergency
):
    Clinic.objects.update(phones=phones, whatsapp=whatsapp, emergency_number=emergency)
    for path in (*PATHS, "/en/treatments/iontophoresis/leaflet.pdf", "/bn/feed.xml"):
        assert client.get(path).status_code == 200, path
    assert client.get("/bn/nowhere/").status_code == 404
    assert staff.get("/admin/").status_code == 200
    before = stored()
    assert soup(staff.post(FORM, clinic_form(staff))).select(".errorlist")
    assert stored() == before


def test_numbers_stored_before_in_another_form_are_dialled_rightly(client, staff, clinic):
    wrong = "+88001812345678"
    Clinic.objects.update(phones=wrong, whatsapp=wrong, emergency_number="١١٢")
    for language in LANGUAGES:
        page = soup(client.get(TREATMENT.format(language)))
        assert links(page, "tel:") == {f"tel:{MOBILE}", "tel:112"}
        assert {link[: link.index("?")] for link in links(page, r"wa\.me/\d")} == {
            f"https://wa.me/{MOBILE[1:]}"
        }
        data = page.find("script", type="application/ld+json")
        assert wrong not in str(data)
        emergency = page.find("a", href="tel:112").get_text()
        assert {"en": "112", "bn": "১১২"}[language] in emergency
    before = stored()
    assert staff.post(FORM, clinic_form(staff)).status_code == 302
    assert stored() == before | {"phones": MOBILE, "whatsapp": MOBILE, "emergency_number": "112"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_without_a_database_dials_the_same_numbers(rf, monkeypatch, language):
    contact = {"name": {}, "phone_list": ["+88001812345678", "12345"], "emergency_number": "১১২"}
    monkeypatch.setattr(
        "treatments.page_cache.invalidation.load_ledger", lambda: SimpleNamespace(contact=contact)
    )
    request = rf.get(f"/{language}/")
    request.LANGUAGE_CODE = language
    with override(language):
        page = soup(temporarily_unavailable(request))
    assert links(page, "tel:") == {f"tel:{MOBILE}", "tel:12345", "tel:112"}
    assert {"en": "+880 1812-345678", "bn": "+৮৮০ ১৮১২-৩৪৫৬৭৮"}[language] in words(page)


# --- In a browser ---------------------------------------------------------------------------------

SATURDAY_MORNING, SATURDAY_NIGHT = "2026-12-12T05:00:00Z", "2026-12-12T16:00:00Z"  # 11 am, 10 pm
CLOSED_WEDNESDAY = "2026-12-16T05:00:00Z"


def save(page):
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("was changed successfully").wait_for()


def open_form(page):
    page.goto("/admin/")
    page.get_by_role("link", name="Clinic", exact=True).first.click()
    page.get_by_role("table", name="Opening hours").wait_for()
    page.wait_for_load_state("networkidle")


def put(page, day: str, opens: str, closes: str, again: str = ""):
    page.get_by_label(f"{day}: opens{again}", exact=True).fill(opens)
    page.get_by_label(f"{day}: closes{again}", exact=True).fill(closes)


def open_now(page, language: str, moment: str) -> str:
    page.clock.set_fixed_time(moment)
    page.goto(f"/{language}/about/")
    return page.locator(".now").inner_text()


def test_a_clinics_first_ten_minutes(admin_page, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2026, 11, 20))
    Clinic.the_one().save()
    page = admin_page
    open_form(page)
    page.get_by_label("Name of the clinic · English").fill("Example Skin Clinic")
    page.get_by_label("Name of the clinic · Bangla").fill("উদাহরণ ক্লিনিক")
    page.get_by_label("Phone numbers").fill("০১৮১২-৩৪৫৬৭৮\n12345")
    page.get_by_label("WhatsApp number").fill("+880 (0)1812 345678")
    page.get_by_label("Emergency number").fill("১১২")
    page.get_by_label("Closed days").fill("16/12/2026")
    put(page, "Saturday", "১০:০০", "১৩:৩০")
    put(page, "Saturday", "5 pm", "8 pm", " again")
    put(page, "Wednesday", "10:00", "20:00")
    put(page, "Tuesday", "25:00", "20:00")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Tuesday: “25:00” is not a time.").wait_for()
    expect(page.get_by_label("Tuesday: opens", exact=True)).to_have_value("25:00")
    expect(page.get_by_label("Saturday: opens", exact=True)).to_have_value("১০:০০")
    page.get_by_label("Tuesday: opens", exact=True).fill("10:00")
    save(page)

    for language, opened, closed, facts in (
        ("en", "Open now", "Closed now", ("+880 1812-345678", "12345", "Call 112", "Example Skin",
         "10 am–1:30 pm", "5 pm–8 pm", "16 December 2026")),
        ("bn", "এখন খোলা", "এখন বন্ধ", ("+৮৮০ ১৮১২-৩৪৫৬৭৮", "১২৩৪৫", "উদাহরণ", "সকাল ১০টা",
         "দুপুর ১টা ৩০ মিনিট", "বিকেল ৫টা–রাত ৮টা", "১৬ ডিসেম্বর ২০২৬")),
    ):  # fmt: skip
        assert open_now(page, language, SATURDAY_MORNING) == opened
        assert open_now(page, language, SATURDAY_NIGHT) == closed
        assert open_now(page, language, CLOSED_WEDNESDAY) == closed
        text = page.locator("main").inner_text()
        page.goto(TREATMENT.format(language))
        text += page.locator("main").inner_text()
        text = re.sub(r"\s+", " ", text)
        assert [fact for fact in facts if fact not in text and "Call" not in fact] == []
        assert page.locator('main a[href="tel:12345"]').count()
        assert page.locator('main a[href="tel:112"]').count()
        assert page.locator('main a[href^="https://wa.me/8801812345678?"]').count()
        leaflet = page.request.get(f"/{language}/treatments/iontophoresis/leaflet.pdf")
        printed = close_up(read(leaflet.body())[0])
        assert close_up(facts[0]) in printed and close_up(facts[1]) in printed
        assert close_up(facts[4]) in printed

    page.goto("/en/treatments/iontophoresis/plan/")
    days = page.get_by_role("checkbox")
    assert [days.nth(number).get_attribute("value") for number in range(days.count())] == [
        "sat", "tue", "wed"
    ]  # fmt: skip
    page.goto("/en/treatments/iontophoresis/plan/?start=2026-12-12&day=sat&day=tue&day=wed")
    planned = page.locator(".dates time").evaluate_all("all => all.map((one) => one.dateTime)")
    assert "2026-12-15" in planned and "2026-12-23" in planned
    assert "2026-12-16" not in planned

    open_form(page)
    ClinicChange.objects.all().delete()
    expect(page.get_by_label("Phone numbers")).to_have_value(f"{MOBILE}\n12345")
    expect(page.get_by_label("Saturday: opens again", exact=True)).to_have_value("17:00")
    page.get_by_label("Saturday: closes again", exact=True).fill("23:00")
    save(page)
    assert [change.field for change in ClinicChange.objects.all()] == ["hours"]
    assert open_now(page, "en", SATURDAY_NIGHT) == "Open now"

    before = stored()
    open_form(page)
    save(page)
    assert stored() == before and ClinicChange.objects.count() == 1


def log_out(page):
    page.goto("/admin/")
    page.get_by_role("button", name="Log out").click()
    page.get_by_text("Thanks for spending").wait_for()


def log_in(page, user):
    page.goto("/admin/")
    page.get_by_label("Username").fill(user.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("heading", name="What would you like to do?").wait_for()


def test_what_was_typed_outlives_a_logout_and_a_login_in_another_tab(admin_page, nurse):
    Clinic.the_one().save()
    open_form(admin_page)
    admin_page.get_by_label("Phone numbers").fill(MOBILE)
    put(admin_page, "Monday", "10:00", "20:00")
    expect(admin_page.get_by_text("What you typed is still here")).to_be_hidden()
    other = admin_page.context.new_page()
    log_out(other)
    log_in(other, nurse)
    admin_page.get_by_role("button", name="Save and continue editing").click()
    admin_page.get_by_text("was changed successfully").wait_for()
    expect(admin_page.get_by_label("Monday: closes", exact=True)).to_have_value("20:00")
    assert Clinic.objects.get().phones == MOBILE

    put(admin_page, "Monday", "11:00", "20:00")
    log_out(other)
    admin_page.get_by_role("button", name="Save", exact=True).click()
    admin_page.get_by_text("What you typed is still here").wait_for()
    expect(admin_page.get_by_label("Monday: opens", exact=True)).to_have_value("11:00")
    log_in(other, nurse)
    save(admin_page)
    assert Clinic.objects.get().hours[0]["opens"] == "11:00"
