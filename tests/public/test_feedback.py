"""Was this page helpful? One tap is an answer."""

import itertools
import re
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treatments.models import LANGUAGES, Helpful, PageChange
from treatments.public import feedback
from treatments.public.middleware import network_of
from treatments.publishing.publish import withdraw

from ..conftest import NOW, Visitor
from ..pages import PAGE, PATHS, soup, words

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
    "headers",
    [
        OURS,
        {"origin": "http://testserver"},
        {"referer": "http://testserver/en/"},
        {},
        {"referer": ""},
    ],
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
    "too many who say nothing": (429, {"answer": "yes"}, {}),
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
