"""What helps readers to act: the check before booking, one tap for an answer, news, opening hours."""

import re
from datetime import UTC, date, datetime, timedelta
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from treatments import act_views, changes
from treatments.document import parse
from treatments.models import LANGUAGES, Clinic, Helpful, PageChange, Publication
from treatments.models.clinic import validate_closed_days
from treatments.plan import CoursePlan, schedule
from treatments.publishing import newest_snapshot, publish, withdraw

from .conftest import NOW
from .pages import PATHS, SLUGS, soup, words

PHONE = "+8800000000000"  # nobody's number
PAGE = "/{}/treatments/iontophoresis/"
CHECK = "/{}/treatments/iontophoresis/check/"


@pytest.fixture
def site_live(live_server, transactional_db):
    """The shipped pages, on a server that a browser can reach."""
    from django.core.management import call_command

    call_command("load_content", verbosity=0)
    clinic = Clinic.the_one()
    clinic.phones = clinic.whatsapp = PHONE
    clinic.save()
    return live_server.url


@pytest.fixture
def browser_context(chromium, site_live):
    context = chromium.new_context(base_url=site_live, viewport={"width": 360, "height": 740})
    yield context
    context.close()


# --- Check before you book ------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", SLUGS)
def test_every_reason_not_to_have_it_is_asked_about(client, site, slug, language):
    reasons = parse(newest_snapshot(site[0].__class__.objects.get(slug=slug)).document).items(
        "contraindications"
    )
    page = soup(client.get(f"/{language}/treatments/{slug}/check/"))
    asked = [item.p.get_text() for item in page.select("[data-item]")]
    assert asked == [reason.pairs["question"][language] for reason in reasons]
    about = [line.get_text(strip=True) for line in page.select("[data-about]")]
    assert about == [reason.pairs["text"][language] for reason in reasons]
    assert len(set(asked)) == len(asked) >= 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_treatments_page_leads_to_its_check(client, site, language):
    page = soup(client.get(PAGE.format(language)))
    assert page.select_one(f'#contraindications a[href="{CHECK.format(language)}"]')
    assert page.select_one(f'.reach a[href="{CHECK.format(language)}"]')


def test_the_check_can_send_nothing(client, site):
    page = soup(client.get(CHECK.format("en")))
    assert not page.find_all(["form", "textarea"])
    assert not page.select("[type=submit], [formaction], [ping]")


def test_the_check_never_says_that_somebody_is_suitable(client, site):
    text = words(soup(client.get(CHECK.format("en")))).lower()
    assert "suitable" not in text and "safe for you" not in text
    assert "the clinic still decides" in text


def test_the_first_message_names_no_illness(client, site):
    Clinic.objects.update(whatsapp=PHONE, phones=PHONE)
    page = soup(client.get(CHECK.format("en")))
    messages = [link["href"] for link in page.find_all("a", href=re.compile("wa.me"))]
    assert set(messages) == {"https://wa.me/8800000000000?text=Hello%2C%20I%20have%20a%20question."}


def test_a_check_in_a_language_that_is_not_live_leads_to_the_other(client, iontophoresis):
    withdraw(iontophoresis, ["bn"], now=NOW)
    response = client.get(CHECK.format("bn"))
    assert response.status_code == 404
    assert soup(response).find("a", href=CHECK.format("en"))
    Publication.objects.all().delete()
    assert client.get(CHECK.format("en")).status_code == 404


def test_the_check_costs_at_most_four_queries(client, site):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(CHECK.format("bn")).status_code == 200
    assert len(captured) <= 4


def shown(page, name: str) -> bool:
    return page.locator(f"[data-outcome={name}]").is_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_answering_sends_nothing_and_needs_no_network(browser_context, language):
    page = browser_context.new_page()
    page.goto(CHECK.format(language), wait_until="networkidle")
    browser_context.set_offline(True)
    asked, address = [], page.url
    page.on("request", lambda request: asked.append(request.url))
    questions = page.locator("[data-item]")
    assert shown(page, "waiting") and not shown(page, "nothing")

    for number in range(questions.count()):
        questions.nth(number).locator("[value=no]").check()
    assert shown(page, "nothing") and not shown(page, "talk")

    questions.nth(1).locator("[value=yes]").check()
    questions.nth(2).locator("[value=unsure]").check()
    assert shown(page, "talk") and not shown(page, "nothing")
    about = [line.inner_text() for line in page.locator("[data-about]:visible").all()]
    named = [page.locator("[data-about]").nth(place).text_content() for place in (1, 2)]
    assert about == named

    assert not asked and page.url == address
    kept = page.evaluate("[localStorage.length, sessionStorage.length, history.state]")
    assert kept == [0, 0, None] and not browser_context.cookies()

    page.locator("[data-clear] button").click()
    assert page.locator(":checked").count() == 0 and not shown(page, "talk")
    browser_context.set_offline(False)


def test_one_yes_is_enough_to_be_told(browser_context):
    page = browser_context.new_page()
    page.goto(CHECK.format("en"))
    page.get_by_label("Yes").first.check()
    assert page.locator("[data-about]:visible").all_inner_texts() == ["You are pregnant."]
    assert shown(page, "more")
    page.reload()
    assert page.locator(":checked").count() == 0


def test_without_javascript_the_check_is_a_list_to_read(chromium, site_live):
    context = chromium.new_context(base_url=site_live, java_script_enabled=False)
    page = context.new_page()
    page.goto(CHECK.format("en"))
    text = page.locator("main").inner_text()
    assert "Do you have a pacemaker" in text and "Then talk to us first" in text
    assert not page.locator("input").first.is_visible()
    assert "Nothing on this list" not in text and "Answer every question" not in text
    assert page.get_by_role("link", name="Call the clinic").first.is_visible()
    context.close()


# --- Was this page helpful? -----------------------------------------------------------------------

HELPFUL = "/{}/treatments/iontophoresis/helpful/"
OURS = {"sec-fetch-site": "same-origin"}


@pytest.fixture(autouse=True)
def nobody_has_voted(monkeypatch):
    monkeypatch.setattr(act_views, "votes", act_views.Allowance(most=60, seconds=60))


def vote(client, answer="yes", language="en", headers=OURS, **more):
    return client.post(HELPFUL.format(language), {"answer": answer, **more}, headers=headers)


def counts() -> dict[tuple[str, str, str], int]:
    rows = Helpful.objects.values_list("publication__language", "answer", "missing", "count")
    return {row[:3]: row[3] for row in rows}


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_tap_is_counted_and_thanked_for(client, site, language):
    page = soup(client.get(PAGE.format(language)))
    form = page.find("form", action=HELPFUL.format(language))
    assert form["method"] == "post" and not page.main.find("form")
    buttons = [button["value"] for button in form.find_all("button")]
    assert buttons == ["yes", "no"] and not form.find_all(["input", "textarea"])
    for _ in range(3):
        response = vote(client, "yes", language)
    assert response.status_code == 303 and not response.cookies
    answered = client.get(response["Location"])
    assert answered.status_code == 200 and not soup(answered).main.find("form")
    assert counts() == {(language, "yes", ""): 3}


@pytest.mark.parametrize("language", LANGUAGES)
def test_after_a_no_one_may_say_from_a_list_what_was_missing(client, site, language):
    asked = soup(client.get(vote(client, "no", language)["Location"])).main
    form = asked.find("form", action=HELPFUL.format(language))
    choices = [button["value"] for button in form.find_all("button")]
    assert choices == Helpful.Missing.values and not form.find("textarea")
    response = vote(client, "no", language, missing=choices[1])
    assert "form" not in str(soup(client.get(response["Location"])).main)
    assert counts() == {(language, "no", ""): 1, (language, "no", choices[1]): 1}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"sec-fetch-site": "cross-site", "origin": "http://testserver"},
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"referer": "https://elsewhere.example/"},
        {"referer": "http://testserver.elsewhere.example/"},
    ],
)
def test_another_website_cannot_answer(client, site, headers):
    assert vote(client, headers=headers).status_code == 403
    assert not counts()


@pytest.mark.parametrize(
    "headers", [OURS, {"origin": "http://testserver"}, {"referer": "http://testserver/en/"}]
)
def test_our_own_page_can_answer_from_any_browser(site, headers):
    from django.test import Client

    assert vote(Client(enforce_csrf_checks=True), headers=headers).status_code == 303
    assert sum(counts().values()) == 1


@pytest.mark.parametrize(
    "data", [{}, {"answer": "maybe"}, {"answer": ["no"], "missing": "x" * 500}, {"answer": ""}]
)
def test_an_answer_that_was_not_offered_is_refused(client, site, data):
    assert client.post(HELPFUL.format("en"), data, headers=OURS).status_code == 400
    assert not counts()


def test_a_page_that_is_not_live_takes_no_answer(client, iontophoresis):
    withdraw(iontophoresis, LANGUAGES, now=NOW)
    assert vote(client).status_code == 404
    assert client.get(f"{HELPFUL.format('en')}thanks/").status_code == 404
    assert client.get(HELPFUL.format("en")).status_code == 405


def test_a_script_cannot_swamp_the_counts(client, site, monkeypatch):
    monkeypatch.setattr(act_views, "votes", act_views.Allowance(most=2, seconds=60))
    statuses = [vote(client).status_code for _ in range(4)]
    assert statuses == [303, 303, 429, 429]
    assert counts() == {("en", "yes", ""): 2}


def test_an_allowance_comes_back_with_time():
    allowance = act_views.Allowance(most=2, seconds=60)
    assert [allowance.take(now) for now in (0, 1, 2, 59, 60, 60.5, 61)] == [
        True, True, False, False, True, False, True,
    ]  # fmt: skip


def test_nothing_about_the_reader_is_kept_or_logged(client, site, caplog, capfd):
    caplog.set_level("DEBUG")
    client.post(
        HELPFUL.format("en"), {"answer": "no"},
        headers=OURS, REMOTE_ADDR="203.0.113.77",
    )  # fmt: skip
    names = {field.name for field in Helpful._meta.get_fields()}
    assert names == {"id", "publication", "answer", "missing", "count"}
    assert "203.0.113.77" not in caplog.text + "".join(capfd.readouterr())


def test_an_answer_makes_no_page_anew(client, site, django_capture_on_commit_callbacks):
    before = PageChange.objects.count()
    with django_capture_on_commit_callbacks() as waiting:
        vote(client)
    assert not waiting and PageChange.objects.count() == before


def test_staff_see_how_helpful_the_live_words_are(staff, client, iontophoresis):
    for answer in ("yes", "yes", "no"):
        vote(client, answer)
    vote(client, "no", missing="cost")
    text = words(soup(staff.get("/admin/")))
    assert "Helpful: 2 yes, 1 no" in text and "What it costs (1)" in text


@pytest.mark.parametrize("scripts", [True, False])
def test_answering_in_a_browser(chromium, site_live, scripts):
    context = chromium.new_context(base_url=site_live, java_script_enabled=scripts)
    page = context.new_page()
    page.goto(PAGE.format("en"))
    page.get_by_role("button", name="No", exact=True).click()
    page.get_by_role("button", name="What it costs").click()
    page.get_by_text("Your answer is counted").wait_for()
    page.get_by_role("button", name="What it costs").wait_for(state="detached")
    assert (page.url.endswith(PAGE.format("en"))) == scripts
    assert not context.cookies()
    assert counts() == {("en", "no", ""): 1, ("en", "no", "cost"): 1}
    context.close()


# --- News -----------------------------------------------------------------------------------------

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_feed_has_an_entry_for_every_live_page(client, site, language):
    response = client.get(f"/{language}/feed.xml")
    assert response["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(response.content)
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    entries = feed.findall(f"{ATOM}entry")
    live = {row.title: row for row in Publication.objects.filter(language=language)}
    assert {entry.findtext(f"{ATOM}title") for entry in entries} == set(live) and len(live) == 3
    for entry in entries:
        publication = live[entry.findtext(f"{ATOM}title")]
        path = f"/{language}/treatments/{publication.treatment.slug}/"
        assert entry.find(f"{ATOM}link").get("href") == settings.PUBLIC_URL + path
        assert entry.findtext(f"{ATOM}summary") == publication.summary
        updated = datetime.fromisoformat(entry.findtext(f"{ATOM}updated"))
        assert updated == publication.live_from.replace(microsecond=0)
        assert re.fullmatch(rf"tag:127\.0\.0\.1,\d{{4}}:{path}", entry.findtext(f"{ATOM}id"))
    for name in ("id", "title", "updated", "author/" + ATOM + "name"):
        assert feed.findtext(ATOM + name)


def test_an_entry_keeps_its_name_when_it_is_published_again_or_withdrawn(client, iontophoresis):
    def ids() -> set[str]:
        feed = ElementTree.fromstring(client.get("/en/feed.xml").content)
        return {entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")}

    before = ids()
    withdraw(iontophoresis, ["en"], now=NOW)
    assert len(ids()) == 2
    publish(newest_snapshot(iontophoresis), LANGUAGES, now=timezone.now())
    assert ids() == before


@pytest.mark.parametrize("path", PATHS)
def test_every_page_leads_to_the_feed_of_its_language(client, site, path):
    link = soup(client.get(path)).head.find("link", type="application/atom+xml")
    assert link["href"] == f"{path[:4]}feed.xml" and "alternate" in link["rel"]


# --- Share and reach ------------------------------------------------------------------------------

HOURS = [
    {"weekday": "sat", "opens": "10:00", "closes": "13:00"},
    {"weekday": "sat", "opens": "17:00", "closes": "23:59"},
    {"weekday": "sun", "opens": "00:00", "closes": "13:00"},
]


def open_on(closed_days=(), hours=HOURS):
    clinic = Clinic.the_one()
    clinic.hours, clinic.closed_days = hours, list(closed_days)
    clinic.full_clean()
    clinic.save()


@pytest.mark.parametrize(
    ("moment", "open_now"),
    [  # Universal Time: Bangladesh is six hours ahead
        ("2026-12-12T03:59:59Z", False),
        ("2026-12-12T04:00:00Z", True),
        ("2026-12-12T06:59:59Z", True),
        ("2026-12-12T07:00:00Z", False),
        ("2026-12-12T17:58:59Z", True),
        ("2026-12-12T17:59:30Z", False),  # the last minute of Saturday
        ("2026-12-12T18:00:00Z", True),  # Sunday has begun in Dhaka, not in London
        ("2026-12-11T12:00:00Z", False),  # Friday
        ("2026-12-19T05:00:00Z", False),  # a Saturday on which the clinic is closed
    ],
)
def test_open_now_is_right_in_bangladesh(chromium, site_live, moment, open_now):
    open_on(["2026-12-19"])
    context = chromium.new_context(base_url=site_live, timezone_id="America/New_York")
    page = context.new_page()
    page.clock.set_fixed_time(moment)
    page.goto("/en/about/")
    assert page.locator(".now").inner_text() == ("Open now" if open_now else "Closed now")
    context.close()


def test_open_now_changes_by_itself_and_needs_no_javascript_to_read_the_hours(chromium, site_live):
    open_on()
    page = (context := chromium.new_context(base_url=site_live)).new_page()
    page.clock.install(time="2026-12-12T06:59:50Z")
    page.goto("/bn/treatments/iontophoresis/")
    assert page.locator(".now").inner_text() == "এখন খোলা"
    page.clock.run_for(20_000)
    assert page.locator(".now").inner_text() == "এখন বন্ধ"
    context.close()
    plain = (context := chromium.new_context(java_script_enabled=False)).new_page()
    plain.goto(f"{site_live}/en/about/")
    assert not plain.locator(".now").is_visible()
    assert "10 am–1 pm" in plain.locator("main").inner_text()
    context.close()


def test_days_on_which_the_clinic_is_closed_are_named_until_they_are_over(
    client, site, monkeypatch
):
    open_on(["2026-12-15", "2026-12-16"])
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2026, 12, 16))
    for path in ("/en/about/", PAGE.format("en"), "/en/"):
        text = words(soup(client.get(path)))
        assert "Closed on: 16 December 2026" in re.sub(r"\s+", " ", text)
    assert "১৬ ডিসেম্বর ২০২৬" in words(soup(client.get("/bn/about/")))
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2026, 12, 17))
    assert "Closed on" not in words(soup(client.get("/en/about/")))


def test_a_stored_page_ends_with_the_closed_day(site):
    open_on(["2026-12-16"])
    midnight = datetime(2026, 12, 16, 18, 0, tzinfo=UTC)
    assert midnight.timestamp() in changes._boundaries(datetime(2026, 12, 16, 17, 59, tzinfo=UTC))
    assert midnight.timestamp() not in changes._boundaries(midnight)


def test_no_session_is_planned_for_a_closed_day(client, site, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2026, 11, 20))
    query = "?start=2026-12-12&day=sat&day=tue"

    def planned() -> list[str]:
        page = soup(client.get(f"{PAGE.format('en')}plan/{query}"))
        return [time["datetime"] for time in page.select(".dates time")]

    before = planned()
    open_on([before[0], before[3], before[-1]], hours=[])
    after = planned()
    assert not {before[0], before[3], before[-1]} & set(after)
    assert len(after) == len(before) and after == sorted(set(after))
    assert {date.fromisoformat(day).weekday() for day in after} == {1, 5}
    text = words(soup(client.get(f"{PAGE.format('en')}plan/{query}")))
    assert "closed on these days" in text and "12 December 2026" in text
    dated = Calendar.from_ical(client.get(f"{PAGE.format('en')}plan/calendar.ics{query}").content)
    assert [event["DTSTART"].dt.isoformat() for event in dated.walk("VEVENT")] == after


@given(
    st.dates(date(2026, 1, 1), date(2027, 1, 1)),
    st.sets(st.integers(0, 120), max_size=40),
    st.integers(1, 6),
)
def test_closed_days_move_sessions_and_drop_none(first_day, offsets, weeks):
    the_plan = CoursePlan((2, 3), (6, 10), (weeks, weeks))
    closed = {first_day + timedelta(days=offset) for offset in offsets}
    usual = schedule(the_plan, first_day, {"sat", "tue"})
    dated = schedule(the_plan, first_day, {"sat", "tue"}, closed)
    days = [session.day for session in dated.sessions]
    assert not closed & set(days) and days == sorted(set(days))
    assert {day.weekday() for day in days} <= {1, 5}
    assert len(dated.course) == len(usual.course) and dated.maintenance


def test_staff_enter_closed_days_in_either_languages_digits(staff, site):
    page = reverse("admin:treatments_clinic_change", args=[1])
    form = soup(staff.get(page))
    data = {
        field["name"]: field.get("value", "") or field.get_text()
        for field in form.select("#clinic_form [name]")
    }
    data["closed_days"] = "১৬/১২/২০২৬\r\n1/5/2026\r\n\r\n16/12/2026"
    staff.post(page, data)
    assert Clinic.the_one().closed_days == ["2026-05-01", "2026-12-16"]
    shown = soup(staff.get(page)).find("textarea", attrs={"name": "closed_days"}).get_text()
    assert shown.split() == ["01/05/2026", "16/12/2026"]
    refused = staff.post(page, data | {"closed_days": "some day"})
    assert "is not a date" in words(soup(refused))
    assert staff.get("/en/about/").status_code == 200


@pytest.mark.parametrize("days", [["16/12/2026"], ["2026-12-16", "2026-01-01"], "2026-12-16", [7]])
def test_closed_days_that_are_none_are_refused(site, days):
    with pytest.raises(ValidationError):
        open_on(days, hours=[]) if isinstance(days, list) else validate_closed_days(days)


def test_a_page_can_be_shown_to_others(browser_context, site_live):
    page = browser_context.new_page()
    shared = []
    page.expose_function("tell", lambda what: shared.append(what))
    page.add_init_script("navigator.share = async (what) => window.tell(what)")
    page.goto(PAGE.format("bn"))
    link = page.locator("[data-share] a").first.get_attribute("href")
    address = settings.PUBLIC_URL + PAGE.format("bn")
    assert unquote(link) == f"https://wa.me/?text={address}"
    page.get_by_role("link", name="শেয়ার করুন").click()
    assert [what["url"] for what in shared] == [address]


def test_where_there_is_no_share_sheet_the_link_is_copied(browser_context, site_live):
    browser_context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = browser_context.new_page()
    page.add_init_script("delete Navigator.prototype.share")
    page.goto(PAGE.format("en"))
    page.get_by_role("link", name="Link to this page").click()
    page.get_by_text("The link is copied.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == settings.PUBLIC_URL + PAGE.format("en")
