"""The planner as patients meet it: a form, dates, words for what cannot be."""

import logging
import re
from datetime import UTC, date, datetime, timedelta
from itertools import count
from urllib.parse import quote

import pytest
from django.db import connection
from django.template import engines
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from icalendar import Calendar

from treatments.language.text import normalise
from treatments.models import Clinic, Treatment
from treatments.planner.forms import parse_day
from treatments.planner.schedule import course_plan
from treatments.publishing.publish import withdraw
from treatments.publishing.slugs import change_slug
from treatments.publishing.snapshots import newest_snapshot

from ..conftest import NOW
from ..pages import soup, words
from ..plans import plan_of
from ..publishing.reading import publish_as_read

TODAY = date(2026, 11, 20)
PAGE = "/{}/treatments/iontophoresis/plan/"
ASKED = "?start=2026-12-01&day=sat&day=tue"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: TODAY)


@pytest.fixture
def closed_on_friday(site):
    clinic = Clinic.objects.get()
    clinic.hours = [
        {"weekday": name, "opens": "10:00", "closes": "20:00"}
        for name in ("sat", "sun", "mon", "tue", "wed", "thu")
    ]
    clinic.save()


def ask(client, language: str, query: str = ""):
    return client.get(PAGE.format(language) + query)


def dates(response) -> list[str]:
    return [time["datetime"] for time in soup(response).select(".dates time")]


def alerts(response) -> str:
    return " ".join(box.get_text(" ", strip=True) for box in soup(response)(role="alert"))


@pytest.mark.parametrize("language", ["en", "bn"])
def test_the_page_offers_a_first_day_and_weekdays(client, site, language):
    response = ask(client, language)
    page = soup(response)
    assert response.status_code == 200
    assert page.select_one("label[for=start]")
    assert [box["value"] for box in page.select("[name=day]")] == [
        "sat", "sun", "mon", "tue", "wed", "thu", "fri"
    ]  # fmt: skip
    assert not dates(response)
    assert not alerts(response)


def test_the_answer_has_the_dates_in_the_readers_words(client, site):
    english, bangla = ask(client, "en", ASKED), ask(client, "bn", ASKED)
    assert dates(english) == dates(bangla)
    assert dates(english)[:2] == ["2026-12-01", "2026-12-05"]
    assert "Tuesday, 1 December 2026" in words(soup(english))
    assert "মঙ্গলবার, ১ ডিসেম্বর ২০২৬" in words(soup(bangla))
    assert words(soup(english)).count("may not be needed") == 4
    assert words(soup(bangla)).count("না-ও লাগতে পারে") == 4


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "the clinic sets the real dates"), ("bn", "আসল তারিখ ও সময় ক্লিনিক ঠিক করে দেবে")],
)
def test_the_clinic_sets_the_real_dates(client, site, language, said):
    for query in ("", ASKED):
        assert normalise(said) in normalise(words(soup(ask(client, language, query))))


@pytest.mark.parametrize("query", ["", ASKED, "?start=%E0%A7%A7&day=sat"])
def test_a_bangla_page_has_no_ascii_digit(client, site, query):
    page = soup(ask(client, "bn", query))
    assert not re.search("[0-9]", words(page, without="en"))


@pytest.mark.parametrize(
    "typed", ["2026-12-01", "01/12/2026", "1-12-2026", "০১/১২/২০২৬", "১.১২.২০২৬", "২০২৬-১২-০১"]
)
def test_a_date_is_read_however_it_is_typed(client, site, typed):
    response = client.get(PAGE.format("bn"), {"start": typed, "day": ["sat", "tue"]})
    assert dates(response)[0] == "2026-12-01"
    assert soup(response).select_one("#start")["value"] == "2026-12-01"


@pytest.mark.parametrize(
    "typed", ["", "31/02/2026", "12/31/2026", "1/12/26", "tomorrow", "²/1/2026"]
)
def test_what_is_not_a_date_is_not_read(typed):
    assert parse_day(typed) is None


@pytest.mark.parametrize(
    ("query", "english", "bangla"),
    [
        ("start=&day=sat&day=tue", "Choose the day on which", "কোন দিন থেকে শুরু"),
        ("start=x&day=sat&day=tue", "for example 20/11/2026", "যেমন ২০/১১/২০২৬"),
        ("start=2036-12-01&day=sat&day=tue", "less than a year", "এক বছরের মধ্যের"),
        ("start=2025-11-25&day=sat&day=tue", "have passed", "পেরিয়ে গেছে"),
        ("start=2026-03-10&day=sat&day=tue", "have passed", "পেরিয়ে গেছে"),
        ("start=2026-12-01", "Choose the days of the week", "সপ্তাহের কোন কোন দিন আসতে"),
        ("start=2026-12-01&day=sat", "Days chosen: 1. Days needed", "বেছেছেন ১টি দিন"),
        (
            "start=2026-12-01&day=sat&day=sun&day=mon&day=tue",
            "Days chosen: 4. Days needed for this plan: 2–3",
            "বেছেছেন ৪টি দিন। এই চিকিৎসায় সপ্তাহে ২–৩টি",
        ),
        ("start=2026-12-01&day=sat&day=someday", "from the list", "তালিকা থেকে"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(client, site, query, english, bangla):
    for language, said in (("en", english), ("bn", bangla)):
        response = ask(client, language, f"?{query}")
        page = soup(response)
        assert response.status_code == 200
        assert normalise(said) in normalise(alerts(response))
        assert not dates(response)
        for box in page(role="alert"):
            field = page.find(attrs={"aria-describedby": re.compile(rf"\b{box['id']}\b")})
            assert field and field.find_parent("form")
        chosen = [box["value"] for box in page.select("[name=day][checked]")]
        assert chosen == [name for name in ("sat", "sun", "mon", "tue") if f"day={name}" in query]
        assert page.title.string.startswith("Error" if language == "en" else "ভুল")


@pytest.mark.parametrize("ago", [1, 8, 30, 100, 150])
def test_no_past_date_stands_there_without_a_word(client, site, ago):
    """Whoever opens her plan again in the middle of it sees what is still to come."""
    start = TODAY - timedelta(days=ago)
    query = f"?start={start.isoformat()}&day=sat&day=tue"
    for language, word in (("en", "passed"), ("bn", "পেরিয়ে গেছে")):
        response = ask(client, language, query)
        assert normalise(word) in normalise(alerts(response))
        for entry in soup(response).select(".dates li"):
            past = date.fromisoformat(entry.time["datetime"]) < TODAY
            assert past == (normalise(word) in normalise(entry.get_text()))
        planned = {day for day in dates(response) if date.fromisoformat(day) >= TODAY}
        assert {day for day, _ in events(client, query=query).values()} == planned != set()


def test_a_plan_that_begins_today_has_no_past_date(client, site):
    response = ask(client, "en", f"?start={TODAY.isoformat()}&day=fri&day=tue")
    assert dates(response)[0] == TODAY.isoformat() and not alerts(response)
    assert "passed" not in words(soup(response))


@pytest.mark.parametrize(
    "tail", ["।", ")", ".", ",", "”", "…", "’s", " এই তারিখগুলো", ">", "*", "\n"]
)
def test_what_a_chat_leaves_behind_an_address_changes_no_choice(client, site, tail):
    for query in (ASKED + quote(tail), "?day=sat&day=tue&start=2026-12-01" + quote(tail)):
        response = ask(client, "bn", query)
        assert dates(response)[:2] == ["2026-12-01", "2026-12-05"]
        chosen = [box["value"] for box in soup(response).select("[name=day][checked]")]
        assert chosen == ["sat", "tue"]


def test_what_was_typed_is_kept_where_a_date_field_would_drop_it(client, site):
    field = soup(ask(client, "en", "?start=tomorrow&day=sat&day=tue")).select_one("#start")
    assert (field["type"], field["value"]) == ("text", "tomorrow")


def test_what_is_typed_is_never_markup(client, site):
    response = client.get(PAGE.format("en"), {"start": '"><script>x</script>', "day": "<b>"})
    assert b"<script>x" not in response.content
    assert b"<b>" not in response.content


@pytest.mark.parametrize("language", ["en", "bn"])
def test_closed_days_are_not_offered_and_refused_when_sent(client, closed_on_friday, language):
    page = soup(ask(client, language))
    assert "fri" not in [box["value"] for box in page.select("[name=day]")]
    refused = ask(client, language, "?start=2026-12-01&day=fri&day=sat")
    assert not dates(refused)
    assert ("Friday" if language == "en" else "শুক্রবার") in alerts(refused)


def test_unknown_opening_days_are_said_to_be_unknown(client, site):
    assert "so every day is shown" in words(soup(ask(client, "en")))


def test_known_opening_days_are_said_to_be_the_only_ones(client, closed_on_friday):
    text = words(soup(ask(client, "en")))
    assert "so every day is shown" not in text
    assert "Only days on which the clinic is open" in text


def test_a_clinic_open_too_seldom_offers_no_form(client, site):
    clinic = Clinic.objects.get()
    clinic.hours = [{"weekday": "sat", "opens": "10:00", "closes": "20:00"}]
    clinic.save()
    page = soup(ask(client, "en"))
    assert not page.select("form")
    assert "ask the clinic for dates" in words(page)


@pytest.mark.parametrize("slug", ["iontophoresis-at-home", "iontophoresis-for-medicine", "nothing"])
def test_a_treatment_without_numbers_to_date_has_no_planner(client, site, slug):
    for tail in ("plan/", "plan/calendar.ics"):
        assert client.get(f"/en/treatments/{slug}/{tail}").status_code == 404


def test_a_language_that_is_not_live_says_so(client, iontophoresis):
    withdraw(iontophoresis, ["bn"], now=NOW)
    response = ask(client, "bn")
    assert response.status_code == 404
    assert soup(response).select_one(f"a.button[href='{PAGE.format('en')}']")
    assert client.get(PAGE.format("bn") + "calendar.ics" + ASKED).status_code == 404


def test_a_draft_has_no_planner(client, drafts):
    assert ask(client, "en").status_code == 404


def test_the_plan_is_the_published_one_and_not_the_draft(client, iontophoresis):
    before = dates(ask(client, "en", ASKED))
    Treatment.objects.filter(pk=iontophoresis.pk).update(course_max=8)
    assert dates(ask(client, "en", ASKED)) == before


def test_a_plan_that_is_withdrawn_and_published_again_comes_and_goes(client, iontophoresis):
    withdraw(iontophoresis, ["en", "bn"], now=datetime(2026, 4, 1, tzinfo=UTC))
    assert ask(client, "en").status_code == 404
    publish_as_read(newest_snapshot(iontophoresis), ["en"], now=datetime(2026, 4, 2, tzinfo=UTC))
    assert ask(client, "en").status_code == 200


# --- Kept nowhere ---------------------------------------------------------------------------------


@pytest.mark.parametrize("tail", ["", "calendar.ics"])
def test_an_answer_is_stored_nowhere(client, site, tail):
    response = client.get(PAGE.format("en") + tail + ASKED)
    assert response.headers["Cache-Control"] == "no-store"
    assert not response.cookies


def test_the_page_without_a_question_may_be_stored(client, site):
    assert "no-store" not in ask(client, "en").headers["Cache-Control"]


@pytest.mark.parametrize("query", ["", ASKED])
def test_search_engines_do_not_list_it(client, site, query):
    response = ask(client, "en", query)
    assert soup(response).select_one("meta[name=robots]")["content"] == "noindex"
    assert b"/plan/" not in client.get("/sitemap.xml").content


def test_a_question_is_logged_nowhere_even_when_it_fails(client, site, monkeypatch, caplog):
    caplog.set_level(logging.DEBUG)
    client.raise_request_exception = False
    monkeypatch.setattr("treatments.planner.views.schedule", lambda *args: 1 / 0)
    assert ask(client, "en", ASKED).status_code == 500
    assert "2026-12-01" not in caplog.text


@pytest.mark.parametrize(("path", "most"), [(PAGE, 4), (PAGE + "calendar.ics", 4)])
def test_it_costs_at_most_four_queries(client, site, path, most):
    with CaptureQueriesContext(connection) as queries:
        client.get(path.format("bn") + ASKED)
    assert len(queries) <= most


def test_it_takes_no_posts(client, site):
    assert client.post(PAGE.format("en")).status_code == 405


def test_the_switch_keeps_the_question(client, site):
    assert (
        soup(ask(client, "en", ASKED)).select_one("a.switch")["href"] == PAGE.format("bn") + ASKED
    )


# --- The calendar file ---------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "bn"])
def test_the_file_has_the_dates_of_the_page(client, site, language):
    page = ask(client, language, ASKED)
    link = soup(page).select_one("a[download]")["href"]
    response = client.get(link)
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    found = re.findall(r"DTSTART;VALUE=DATE:(\d{4})(\d\d)(\d\d)\r\n", response.content.decode())
    assert ["-".join(parts) for parts in found] == dates(page)
    assert response.headers["Content-Disposition"] == 'attachment; filename="appointments.ics"'


@pytest.mark.parametrize("query", ["", "?start=x&day=sat"])
def test_a_question_that_cannot_be_answered_leads_back_to_the_form(client, site, query):
    response = client.get(PAGE.format("en") + "calendar.ics" + query)
    assert response.status_code == 302
    assert response.headers["Location"] == PAGE.format("en") + (query or "?")


def events(client, slug: str = "iontophoresis", query: str = ASKED) -> dict[str, tuple[str, int]]:
    """The file's appointments: by UID, the date and the sequence number."""
    content = client.get(f"/en/treatments/{slug}/plan/calendar.ics{query}").content
    return {
        str(event["UID"]): (event["DTSTART"].dt.isoformat(), event["SEQUENCE"])
        for event in Calendar.from_ical(content).walk("VEVENT")
    }


def test_nothing_that_staff_change_doubles_an_appointment(client, iontophoresis, monkeypatch):
    moments = (NOW + timedelta(minutes=minute) for minute in count())
    monkeypatch.setattr("django.utils.timezone.now", lambda: next(moments))
    before = events(client)
    change_slug(iontophoresis, "sweating-hands", now=NOW)
    renamed = events(client, "sweating-hands")
    assert {uid: day for uid, (day, _) in renamed.items()} == {
        uid: day for uid, (day, _) in before.items()
    }
    clinic = Clinic.the_one()
    moved_day = min(day for day, _ in before.values())
    clinic.closed_days = [moved_day]
    clinic.save()
    moved = events(client, "sweating-hands")
    assert moved.keys() == before.keys() and moved_day not in {day for day, _ in moved.values()}
    assert all(moved[uid][1] > renamed[uid][1] > before[uid][1] for uid in before)


def test_two_treatments_never_share_an_appointment(client, site):
    """Also one that takes the address which another had as a draft."""
    first = Treatment.objects.get(slug="iontophoresis")
    before = events(client)
    Treatment.objects.filter(pk=first.pk).update(slug="sweating-hands")
    other = Treatment.objects.create(slug="iontophoresis")
    assert other.permanent_name != first.permanent_name
    assert events(client, "sweating-hands").keys() == before.keys()


# --- Sessions weeks apart ------------------------------------------------------------------------


def test_sessions_weeks_apart_need_no_number_of_days(client, site, monkeypatch):
    freezing = plan_of("cold", frequency=(2, 3, "weeks_apart"), course=(3, 4))
    monkeypatch.setattr("treatments.planner.views.course_plan", lambda plan: course_plan(freezing))
    for language, not_said, *said in (
        ("en", "Days needed", "Here every 3 weeks.", "The plan says every 2–3 weeks"),
        ("bn", "দিন দরকার", "এখানে ৩ সপ্তাহ পরপর।", "নিয়ম হলো ২–৩ সপ্তাহ পরপর"),
    ):
        page = soup(ask(client, language, ASKED))
        assert not_said not in words(page)
        assert [one for one in said if normalise(one) not in normalise(words(page))] == []
        dated = [time["datetime"] for time in page.select(".dates time")]
        assert dated == ["2026-12-01", "2026-12-22", "2027-01-12", "2027-02-02"]


# --- The drawing ----------------------------------------------------------------------------------


def drawn(language: str, plan: dict) -> str:
    with translation.override(language):
        template = engines["django"].from_string("{% load planner %}{% timeline plan %}")
        return template.render({"plan": course_plan(plan)})


PLAN = plan_of(frequency=(2, 3), course=(6, 10), maintenance=(2, 4))


def test_the_drawing_says_in_words_what_it_shows():
    svg = drawn("en", PLAN)
    assert "Sessions a week: 2. Sessions in the first course: 6–10. Weeks: 3–5." in svg
    assert "style=" not in svg
    assert not re.search("[0-9]", re.sub("<[^>]*>", "", drawn("bn", PLAN)))


def test_the_drawing_has_a_dot_for_every_session():
    svg = drawn("en", PLAN)
    legend, later = 2, 3
    assert svg.count("<circle") == 10 + later + legend
    assert svg.count('stroke-width="1.5"') == 4 + 1  # may not be needed
