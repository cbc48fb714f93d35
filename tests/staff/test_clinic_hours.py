"""Opening hours and closed days: several times a day, nights, holidays in one go."""

import json
import re

import pytest
from django.core.exceptions import ValidationError

from treatments.clinic.opening_hours import clock_time, parse_closing_time, parse_time
from treatments.models import LANGUAGES, Clinic
from treatments.models.clinic import (
    validate_hotline,
    validate_hours,
    validate_mobile,
    validate_phones,
)

from ..conftest import MOBILE
from ..pages import labelled, press, soup, squeezed, words
from .clinic_page import PAGE, SAVE, accepted, clinic, opened, said, saved, stored, today, value_of

__all__ = ["clinic", "today"]


# --- Hours ----------------------------------------------------------------------------------------


def test_hours_of_several_times_a_night_and_a_closed_day(client, staff, clinic):
    Clinic.objects.update(hours=[])
    page = opened(staff, "hours")
    page = soup(press(staff, page, "+ Another time (Saturday)", {
        "Saturday, 1: From": "১০:০০", "Saturday, 1: To": "১ঃ৩০ pm", "Friday: Closed": True,
    }))  # fmt: skip
    assert not page.select(".wrong, .errornote")  # nothing is judged before it is saved
    page = soup(press(staff, page, "The same times on all days that are not closed", {
        "Saturday, 2: From": "8 pm", "Saturday, 2: To": "2 am",
    }))  # fmt: skip
    assert value_of(page, "Wednesday, 2: To") == "2 am"
    assert not Clinic.objects.get().hours
    assert (
        press(staff, page, SAVE, {"Thursday, 2: From": "", "Thursday, 2: To": ""}).status_code
        == 302
    )
    hours = Clinic.objects.get().hours
    assert [(one["weekday"], one["opens"], one["closes"]) for one in hours[:2]] == [
        ("sat", "10:00", "13:30"), ("sat", "20:00", "02:00")
    ]  # fmt: skip
    assert len(hours) == 11 and not [one for one in hours if one["weekday"] == "fri"]
    for path, facts in {
        "/en/about/": ("10 am–1:30 pm, 8 pm–2 am", "Friday Closed"),
        "/bn/about/": ("রাত ৮টা–রাত ২টা",),
    }.items():
        page = soup(client.get(path))
        assert all(fact in re.sub(r"\s+", " ", words(page.main)) for fact in facts)
        data = json.loads(page.find("script", type="application/ld+json").string)
        [known] = [one for one in data["@graph"] if "openingHoursSpecification" in one]
        assert {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": ["Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"],
            "opens": "20:00",
            "closes": "02:00",
        } in known["openingHoursSpecification"]
    again = opened(staff, "hours")
    assert value_of(again, "Saturday, 2: From") == "8:00 pm"
    assert labelled(again, "Friday: Closed").has_attr("checked")


def test_a_long_night_is_asked_about_once(staff, clinic):
    page = soup(saved(staff, "hours", {"Thursday, 1: To": "8"}))
    page = soup(
        press(staff, page, SAVE, {"Yes, this is right (Thursday)": True, "Saturday, 1: To": "x"})
    )
    assert labelled(page, "Yes, this is right (Thursday)").has_attr("checked")
    page = soup(press(staff, page, SAVE, {"Saturday, 1: To": "10"}))
    assert page.find(id="hours") is None or not page.select(".open")
    assert Clinic.objects.get().hours[-1]["closes"] == "08:00"


def test_a_night_does_not_run_into_the_next_days_opening(staff, clinic):
    before = stored()
    page = soup(saved(staff, "hours", {
        "Friday: Closed": False, "Friday, 1: From": "10 pm", "Friday, 1: To": "9 am",
    }))  # fmt: skip
    assert "The night of Friday is not over when Saturday opens" in squeezed(
        page.find(id="hours-fri")
    )
    assert stored() == before


def test_day_and_night(client, staff, clinic):
    values = {"Thursday, 1: From": "0:00", "Thursday, 1: To": "24:00"}
    accepted(staff, "hours", values)
    assert "24 hours" in words(soup(client.get("/en/about/")))
    assert "২৪ ঘণ্টা" in words(soup(client.get("/bn/about/")))
    page = soup(client.get("/en/about/"))
    assert '"23:59"' in page.find("script", type="application/ld+json").string


def test_every_wrong_day_is_named(staff, clinic):
    values = {"Saturday, 1: From": "25:00", "Thursday, 1: From": "x"}
    page = soup(saved(staff, "hours", values))
    assert "Look at Saturday, Thursday." in said(page, "hours")
    wrong = {row.legend.get_text() for row in page.select("fieldset.day") if row.select(".wrong")}
    assert wrong == {"Saturday", "Thursday"}


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_time_is_read_as_patients_are_told_it(language):
    for minute in range(1, 24 * 60, 7):  # without midnight, which is a word
        time = f"{minute // 60:02}:{minute % 60:02}"
        assert parse_time(clock_time(time, language)) == time


@pytest.mark.parametrize(
    ("typed", "time"),
    [
        ("24:00", "00:00"),
        ("২৪:০০", "00:00"),
        ("24", "00:00"),
        ("24:30", None),
        ("2", "02:00"),
        ("240", None),
    ],
)
def test_a_day_ends_at_twenty_four(typed, time):
    assert parse_closing_time(typed) == time


@pytest.mark.parametrize(
    "hours",
    [
        [("sat", "20:00", "02:00"), ("sun", "02:00", "03:00")],
        [("sat", "00:00", "01:00"), ("fri", "20:00", "00:00")],
        [("sat", "00:00", "00:00"), ("sun", "00:00", "00:00")],
    ],
)
def test_a_night_may_end_where_the_next_day_begins(hours):
    names = ("weekday", "opens", "closes")
    validate_hours([dict(zip(names, entry, strict=True)) for entry in hours])


@pytest.mark.parametrize(
    "hours",
    [
        [("sat", "20:00", "02:00"), ("sun", "01:59", "03:00")],
        [("sat", "00:00", "01:01"), ("fri", "20:00", "00:01")],
        [("sat", "01:00", "03:00"), ("fri", "20:00", "02:00")],
        [("sat", "20:00", "02:00"), ("sat", "21:00", "22:00")],
        [("sat", "10:00", "10:00")],
        [("sun", "10:00", "11:00"), ("sat", "10:00", "11:00")],
    ],
)
def test_hours_that_cannot_be_are_refused(hours):
    names = ("weekday", "opens", "closes")
    with pytest.raises(ValidationError):
        validate_hours([dict(zip(names, entry, strict=True)) for entry in hours])


# --- Closed days ----------------------------------------------------------------------------------


def holiday(first: tuple[str, str], last: tuple[str, str] = ("", "–"), year: str = "2027") -> dict:
    until = "Last day, if there are several"
    return {
        "First day: Day": first[0], "First day: Month": first[1], "First day: Year": year,
        f"{until}: Day": last[0], f"{until}: Month": last[1], f"{until}: Year": year,
    }  # fmt: skip


def test_a_holiday_is_written_in_one_go_and_taken_out_in_one(client, staff, clinic, today):
    accepted(staff, "closed_days", holiday(("২৯", "March"), ("2", "April"), "২০২৭"))
    days = [f"2027-03-{day}" for day in (29, 30, 31)] + ["2027-04-01", "2027-04-02"]
    assert Clinic.objects.get().closed_days == ["2026-12-16", "2026-12-25", *days]
    about = re.sub(r"\s+", " ", words(soup(client.get("/en/about/"))))
    assert "25 December 2026, 29 March 2027 – 2 April 2027" in about
    page = opened(staff, "closed_days")
    run = "Monday, 29 March 2027 to Friday, 2 April 2027 (5 days)"
    assert run in said(page, "closed_days")
    answer = press(staff, page, SAVE, {"Wednesday, 31 March 2027": False})
    assert answer.status_code == 302
    assert Clinic.objects.get().closed_days[2:] == [*days[:2], *days[3:]]
    page = opened(staff, "closed_days")
    run = "Thursday, 1 April 2027 to Friday, 2 April 2027 (2 days)"
    press(
        staff,
        page,
        SAVE,
        {f"Take all of them out ({run})": True, "Wednesday, 16 December 2026": False},
    )
    assert Clinic.objects.get().closed_days == ["2026-12-25", *days[:2]]


def test_several_days_are_added_before_anything_is_saved(staff, clinic, today):
    add = "+ Add, and go on with another"
    page = soup(press(staff, opened(staff, "closed_days"), add, holiday(("14", "April"))))
    assert "Wednesday, 14 April 2027" in said(page, "closed_days")
    assert len(Clinic.objects.get().closed_days) == 2
    assert press(staff, page, SAVE, holiday(("1", "May"))).status_code == 302
    assert Clinic.objects.get().closed_days[2:] == ["2027-04-14", "2027-05-01"]


@pytest.mark.parametrize("year", ["9999", "0001", "2126", "26", "99999", "next"])
def test_no_year_that_cannot_be_meant_is_taken(staff, clinic, today, year):
    before = stored()
    page = soup(saved(staff, "closed_days", holiday(("1", "May"), year=year)))
    assert page.select("#closed_days-new .wrong") and stored() == before
    assert value_of(page, "First day: Year") == year


def test_a_very_long_holiday_is_asked_about(staff, clinic, today):
    page = soup(saved(staff, "closed_days", holiday(("1", "March"), ("10", "April"))))
    assert "are 41 days. Is the clinic closed so long?" in said(page, "closed_days")
    yes = {"Yes, this is right (First day)": True}
    assert press(staff, page, SAVE, yes).status_code == 302
    assert len(Clinic.objects.get().closed_days) == 43
    page = soup(saved(staff, "closed_days", holiday(("1", "May"), ("30", "October"))))
    assert "At most 100" in said(soup(press(staff, page, SAVE, yes)), "closed_days")


def test_past_days_stand_apart_and_stay(staff, clinic, today):
    Clinic.objects.update(closed_days=["2019-12-16", "2026-11-19", "2026-11-20"])
    page = opened(staff, "closed_days")
    past = page.find("summary", string=re.compile("Past days")).parent
    assert not past.has_attr("open")
    assert "16 December 2019" in past.get_text() and "19 November" not in past.get_text()
    assert press(staff, page, SAVE, holiday(("1", "May"))).status_code == 302
    assert Clinic.objects.get().closed_days[0] == "2019-12-16"
    assert "16 December 2019" not in said(soup(staff.get(PAGE)), "closed_days")
