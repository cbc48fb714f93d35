"""What helps readers to act: one tap for an answer, news, opening hours."""

import itertools
import re
from datetime import UTC, date, datetime, timedelta
from unittest import mock
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from treatments.models import LANGUAGES, Clinic, Helpful, PageChange, Publication
from treatments.models.clinic import validate_closed_days
from treatments.page_cache import invalidation
from treatments.planner.schedule import CoursePlan, schedule
from treatments.public import feedback
from treatments.public.middleware import network_of
from treatments.publishing.publish import publish, withdraw
from treatments.publishing.snapshots import newest_snapshot

from ..conftest import NOW, Visitor
from ..pages import PATHS, soup, words

PAGE = "/{}/treatments/iontophoresis/"


@pytest.fixture
def browser_context(chromium, site_to_call):
    context = chromium.new_context(base_url=site_to_call, viewport={"width": 360, "height": 740})
    yield context
    context.close()


# --- Was this page helpful? -----------------------------------------------------------------------

HELPFUL = "/{}/treatments/iontophoresis/helpful/"
OURS = {"sec-fetch-site": "same-origin"}


@pytest.fixture(autouse=True)
def nobody_has_voted(monkeypatch):
    monkeypatch.setattr(feedback, "votes", feedback.Allowance())


def vote(client, answer="yes", language="en", headers=OURS, address="203.0.113.7", **more):
    data = {"answer": answer, **more}
    return client.post(HELPFUL.format(language), data, headers=headers, REMOTE_ADDR=address)


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
    assert vote(Visitor(enforce_csrf_checks=True), headers=headers).status_code == 303
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


@pytest.mark.parametrize(
    "addresses",
    [
        ["203.0.113.7"],
        ["203.0.113.7", "::ffff:203.0.113.7", "::ffff:cb00:7107"],
        [f"2001:db8:1:2:{host:x}::{host:x}" for host in range(1, 200)],  # one customer's to choose
    ],
)
def test_one_machine_mutes_nobody_but_itself(client, site, addresses):
    senders = itertools.islice(itertools.cycle(addresses), 200)
    statuses = [vote(client, address=address).status_code for address in senders]
    assert statuses == [303] * 20 + [429] * 180
    for other in ("203.0.113.8", "2001:db8:1:3::1", "198.51.100.1", "2001:db9::1"):
        assert vote(client, address=other).status_code == 303
    assert counts() == {("en", "yes", ""): 24}


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("203.0.113.7", "203.0.113.7/32"),
        ("::ffff:203.0.113.7", "203.0.113.7/32"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_who_counts_as_one(address, found):
    assert network_of(address) == found


def test_what_a_client_says_of_its_address_gives_it_no_more(client, site, settings):
    settings.PROXY_HOPS = 1
    for number in range(40):
        forwarded = {"x-forwarded-for": f"192.0.2.{number}, 203.0.113.7"}
        status = vote(client, headers=OURS | forwarded, address="10.0.0.1").status_code
        assert status == (303 if number < 20 else 429)
    forwarded = {"x-forwarded-for": "203.0.113.8"}
    assert vote(client, headers=OURS | forwarded, address="10.0.0.1").status_code == 303


@pytest.mark.parametrize(
    ("attacker", "readers"),
    [
        ("2001:db8:{:x}:{:x}::1", ["2001:db9::1", "203.0.113.7"]),
        ("198.51.{}.{}", ["198.52.100.1", "2001:db8::1"]),
    ],
)
def test_somebody_with_many_networks_mutes_their_own_provider_only(attacker, readers):
    votes = feedback.Allowance()
    networks = [attacker.format(*divmod(number, 256)) for number in range(10_000)]
    assert sum(votes.take(address) for address in networks) == 100
    assert all(votes.take(address) for address in readers)


@given(st.lists(st.ip_addresses(), min_size=1, max_size=60))
def test_whoever_sends_the_database_has_a_bounded_load_and_memory_forgets(addresses):
    later = []
    with mock.patch.object(feedback, "Timer", lambda *call: later.append(call) or mock.Mock()):
        votes = feedback.Allowance(network=2, provider=5, everybody=20)
        taken = sum(votes.take(str(address)) for address in addresses for _ in range(3))
    assert 0 < taken <= min(20, 2 * len(addresses))
    held = repr(vars(votes))
    assert not any(str(address) in held for address in addresses if len(str(address)) > 6)
    [(seconds, forget)] = later
    assert seconds == 60
    forget()
    assert not votes._taken and votes.take(str(addresses[0]))


REFUSED = {
    "too many": (429, {"answer": "yes"}, OURS),
    "nothing says from where": (403, {"answer": "yes"}, {}),
    "from elsewhere": (403, {"answer": "yes"}, {"origin": "https://elsewhere.example"}),
    "no answer": (400, {}, OURS),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", REFUSED)
def test_who_is_refused_gets_a_page_that_leads_back(client, site, language, case, monkeypatch):
    status, data, headers = REFUSED[case]
    if status == 429:
        monkeypatch.setattr(feedback, "votes", feedback.Allowance(everybody=0))
    response = client.post(HELPFUL.format(language), data, headers=headers)
    assert response.status_code == status and not counts()
    assert response.get("Retry-After") == ("60" if status == 429 else None)
    assert int(response["Content-Length"]) == len(response.content)
    page = soup(response)
    assert page.html["lang"] == language and page.find("a", href=PAGE.format(language))
    said = page.main.get_text()
    assert page.h1.get_text() and len(said.split()) > 10
    assert not re.search("[A-Za-z]" if language == "bn" else "[ঀ-৿]", said)


@pytest.mark.parametrize("method", ["get", "post", "put", "delete", "options", "propfind"])
def test_no_refusal_is_an_empty_page(client, site, method):
    below = [
        PAGE.format("bn") + part for part in ("helpful/", "helpful/thanks/", "check/", "plan/")
    ]
    files = ["/", "/bn/feed.xml", "/sitemap.xml", "/robots.txt", "/sw.js", "/healthz", "/nowhere"]
    for path in [*PATHS, *below, *files, f"{PAGE.format('en')}leaflet.pdf"]:
        response = client.generic(method.upper(), path)
        if response.status_code >= 400:
            assert soup(response).h1.get_text(), path


def test_nothing_about_the_reader_is_kept_or_logged(client, site, caplog, capfd):
    caplog.set_level("DEBUG")
    client.post(
        HELPFUL.format("en"), {"answer": "no"},
        headers=OURS, REMOTE_ADDR="203.0.113.77",
    )  # fmt: skip
    names = {field.name for field in Helpful._meta.get_fields()}
    assert names == {"id", "publication", "answer", "missing", "count"}
    assert "203.0.113.77" not in caplog.text + "".join(capfd.readouterr())


def test_an_answer_makes_no_page_anew(client, site):
    before = dict(PageChange.objects.values_list("subject", "token"))
    vote(client)
    assert dict(PageChange.objects.values_list("subject", "token")) == before


def test_staff_see_how_helpful_the_live_words_are(staff, client, iontophoresis):
    for answer in ("yes", "yes", "no"):
        vote(client, answer)
    vote(client, "no", missing="cost")
    text = words(soup(staff.get("/admin/")))
    assert "Helpful: 2 yes, 1 no" in text and "What it costs (1)" in text


@pytest.mark.parametrize("scripts", [True, False])
def test_answering_in_a_browser(chromium, site_to_call, scripts):
    context = chromium.new_context(base_url=site_to_call, java_script_enabled=scripts)
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


OLD_PHONE = """
  delete SubmitEvent.prototype.submitter;
  window.FormData = class extends FormData { constructor(form) { super(form); } };
"""


def test_answering_on_a_phone_that_does_not_say_which_button_sent_a_form(browser_context):
    page = browser_context.new_page()
    page.add_init_script(OLD_PHONE)
    page.goto(PAGE.format("en"))
    page.get_by_role("button", name="No", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="What it costs").click()
    page.get_by_role("button", name="What it costs").wait_for(state="detached")
    assert page.url.endswith(PAGE.format("en"))
    assert counts() == {("en", "no", ""): 1, ("en", "no", "cost"): 1}


@pytest.mark.parametrize("scripts", [True, False])
def test_when_there_are_too_many_answers_a_sentence_says_so(
    chromium, site_to_call, monkeypatch, scripts
):
    monkeypatch.setattr(feedback, "votes", feedback.Allowance(network=0))
    context = chromium.new_context(base_url=site_to_call, java_script_enabled=scripts)
    page = context.new_page()
    page.goto(PAGE.format("bn"))
    page.get_by_role("button", name="হ্যাঁ", exact=True).click()
    page.get_by_text("এক মিনিট পর আবার চেষ্টা করুন").wait_for()
    if not scripts:
        page.get_by_role("link", name="পাতায় ফিরে যান").click()
    monkeypatch.setattr(feedback, "votes", feedback.Allowance())
    page.get_by_role("button", name="হ্যাঁ", exact=True).click()
    page.get_by_text("আপনার উত্তর গোনা হলো").wait_for()
    assert counts() == {("bn", "yes", ""): 1}
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
def test_open_now_is_right_in_bangladesh(chromium, site_to_call, moment, open_now):
    open_on(["2026-12-19"])
    context = chromium.new_context(base_url=site_to_call, timezone_id="America/New_York")
    page = context.new_page()
    page.clock.set_fixed_time(moment)
    page.goto("/en/about/")
    assert page.locator(".now").inner_text() == ("Open now" if open_now else "Closed now")
    context.close()


def test_open_now_changes_by_itself_and_needs_no_javascript_to_read_the_hours(
    chromium, site_to_call
):
    open_on()
    page = (context := chromium.new_context(base_url=site_to_call)).new_page()
    page.clock.install(time="2026-12-12T06:59:50Z")
    page.goto("/bn/treatments/iontophoresis/")
    assert page.locator(".now").inner_text() == "এখন খোলা"
    page.clock.run_for(20_000)
    assert page.locator(".now").inner_text() == "এখন বন্ধ"
    context.close()
    plain = (context := chromium.new_context(java_script_enabled=False)).new_page()
    plain.goto(f"{site_to_call}/en/about/")
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
    clinic, before = Clinic.the_one(), datetime(2026, 12, 16, 17, 59, tzinfo=UTC)
    assert midnight.timestamp() in invalidation._boundaries(before, clinic)
    assert midnight.timestamp() not in invalidation._boundaries(midnight, clinic)


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


def test_a_page_can_be_shown_to_others(browser_context, site_to_call):
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


def test_where_there_is_no_share_sheet_the_link_is_copied(browser_context, site_to_call):
    browser_context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = browser_context.new_page()
    page.add_init_script("delete Navigator.prototype.share")
    page.goto(PAGE.format("en"))
    page.get_by_role("link", name="Link to this page").click()
    page.get_by_text("The link is copied.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == settings.PUBLIC_URL + PAGE.format("en")
