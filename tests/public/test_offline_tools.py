"""A treatment's check and its planner on a phone without a network; and pages half arrived."""

import re

import pytest
from django.utils import timezone

from treatments.models import LANGUAGES, Treatment
from treatments.publishing.publish import withdraw

from ..offline import (
    CHECK,
    PLAN,
    TODAY,
    answers_can_be_tapped,
    kept,
    publish_other_words,
    read_until_kept,
    wait_for,
)
from ..pages import PAGE
from .every_page import printed_leaflet

ENGLISH = PAGE.format("en")
LOST = {"en": "Nothing is lost", "bn": "কিছু হারায়নি"}


@pytest.fixture
def treatment(site_live):
    return Treatment.objects.get(slug="iontophoresis")


def read_with_tools(page, language: str = "en") -> None:
    path = PAGE.format(language)
    read_until_kept(page, path)
    for tool in ("check/", "plan/"):
        wait_for(page, f"await caches.match('{path}{tool}')")


def wait_until_kept_with(page, path: str, words: str) -> None:
    """Until the kept page has these words."""
    packed = f"(await caches.match('{path}')).body.pipeThrough(new DecompressionStream('gzip'))"
    wait_for(page, f"(await new Response({packed}).text()).includes('{words}')")


@pytest.mark.parametrize("language", LANGUAGES)
def test_with_a_treatments_page_its_check_and_its_planner_are_kept(phone, line, language):
    page = phone
    read_with_tools(page, language)
    line.cut()
    page.goto(PAGE.format(language))
    page.locator("a[href$='/check/']").first.click()
    page.wait_for_url("**/check/")
    assert page.locator("p.preview").is_visible() and answers_can_be_tapped(page)
    page.goto(f"{PAGE.format(language)}plan/")
    assert page.locator("p.preview").count() == 1
    assert page.locator("[name=day]").first.is_visible()


def test_where_there_are_no_dates_to_plan_no_planner_is_asked_for(phone, line):
    page = phone
    path = "/en/treatments/iontophoresis-at-home/"
    read_until_kept(page, path)
    wait_for(page, f"await caches.match('{path}check/')")
    page.wait_for_load_state("networkidle")
    assert f"{path}plan/" not in line.asked and f"{path}plan/" not in kept(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_dates_asked_for_without_a_network_come_with_it_and_nothing_is_lost(phone, line, language):
    page = phone
    plan = f"{PAGE.format(language)}plan/"
    read_with_tools(page, language)
    line.cut()
    page.goto(plan)
    page.locator("#start").fill("2027-03-09")
    for day in ("sat", "mon", "wed"):
        page.locator(f"[value={day}]").check()
    page.locator("form button").click()
    page.wait_for_url("**/plan/?*")
    said = page.locator("p.preview").last
    assert LOST[language] in said.inner_text()
    if language == "bn":
        assert not re.search("[0-9A-Za-z]", said.inner_text())
    assert page.locator("#start").input_value() == "2027-03-09"
    chosen = page.locator(":checked").evaluate_all("all => all.map((one) => one.value)")
    assert sorted(chosen) == ["mon", "sat", "wed"]
    line.mend()
    said.get_by_role("link").click()
    page.locator("#dates").wait_for()
    assert not page.locator("p.preview").count()


def test_nothing_of_an_address_becomes_markup(phone, line):
    page = phone
    read_with_tools(page)
    line.cut()
    page.goto(f'{PLAN}?start=1"><i id=x></i>&day=sat"><i id=x></i>&day=$%26&start=%26')
    assert "Nothing is lost" in page.locator("p.preview").last.inner_text()
    assert not page.locator("#x").count() and page.locator("#start").input_value() == ""


def test_an_address_with_words_that_nobody_knows_opens_the_kept_page(phone, line):
    page = phone
    read_until_kept(page, CHECK)
    line.cut()
    for query in ("?igsh=abc", "?from=grandmother"):
        page.goto(f"{CHECK}{query}")
        assert page.locator("p.preview").count() == 1 and answers_can_be_tapped(page)
    page.goto(f"{ENGLISH}helpful/thanks/")
    assert "No internet" in page.locator("h1").inner_text()


def test_whether_a_leaflet_is_current_is_never_answered_from_what_is_kept(phone, line):
    page, path = phone, printed_leaflet("en")
    read_until_kept(page, ENGLISH)
    page.goto(path)
    assert "These are today’s words" in page.locator(".lead").inner_text()
    read_until_kept(page, CHECK)
    line.cut()
    page.goto(path)
    assert "No internet" in page.locator("h1").inner_text()


def test_tools_are_not_offered_twice_where_a_page_was_never_read(phone, line):
    page = phone
    read_with_tools(page)
    line.cut()
    page.goto("/en/privacy/")
    assert page.get_by_role("link").count() == 1


def test_where_a_page_has_new_words_its_check_has_them_too(phone, line, treatment):
    page = phone
    read_with_tools(page)
    publish_other_words(treatment)
    page.goto(ENGLISH)
    wait_until_kept_with(page, CHECK, TODAY)
    line.cut()
    page.goto(CHECK)
    assert TODAY in page.locator("main").inner_text() and answers_can_be_tapped(page)


def test_a_withdrawn_page_takes_its_tools_with_it(phone, treatment):
    page, wrong = phone, f"{ENGLISH}wrong/"
    read_with_tools(page)
    read_until_kept(page, wrong)  # it names the page's title and its sections
    withdraw(treatment, ["en"], now=timezone.now())
    assert page.goto(ENGLISH).status == 404
    for path in (ENGLISH, CHECK, PLAN, wrong):
        wait_for(page, f"!(await caches.match('{path}'))")


# --- Half a page --------------------------------------------------------------------------------


@pytest.mark.parametrize(("arrives", "breaks"), [(6_000, False), (6_000, True), (200, True)])
def test_a_page_that_stops_halfway_gives_way_to_the_whole_one_that_was_kept(
    phone, line, treatment, arrives, breaks
):
    page = phone
    read_with_tools(page)
    words = page.locator("main").inner_text()
    publish_other_words(treatment)
    page.goto("about:blank")
    line.left, line.breaks = arrives, breaks
    page.goto(ENGLISH)
    assert "as it was saved on" in page.locator("p.preview").inner_text()
    assert page.locator("main").inner_text() == words


def test_an_answer_that_ends_in_its_headers_replaces_no_kept_page(phone, line):
    page = phone
    read_until_kept(page, CHECK)
    headers = "{ 'content-type': 'text/html', 'cache-control': 'public' }"
    empty = f"self.fetch = async () => new Response('', {{ headers: {headers} }})"
    page.context.service_workers[0].evaluate(f"() => {{ {empty} }}")
    for _ in range(2):
        page.goto(CHECK)
        page.wait_for_load_state("networkidle")
        assert "Do you have a pacemaker" in page.locator("main").inner_text()


def test_half_a_page_is_better_than_none(phone, line):
    page = phone
    read_until_kept(page, "/en/about/")
    line.left = 12_000
    page.goto(ENGLISH, wait_until="commit")
    page.locator("h1").wait_for()
    assert "Iontophoresis" in page.locator("h1").inner_text()


# --- What a page says of itself -----------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_kept_page_is_ticked_where_it_says_that_it_may_be_kept(phone, line, language):
    page = phone
    path = PAGE.format(language)
    words = {"en": "opens without internet", "bn": "ইন্টারনেট ছাড়াও খোলে"}[language]
    for _ in range(2):  # the first time, the worker is not there yet
        page.goto(path)
        page.locator("footer .kept").wait_for()
        assert words in page.locator("footer .kept").inner_text()
        sign = "it => getComputedStyle(it, '::before').content"
        assert "✓" in page.locator("footer .kept").evaluate(sign)
        assert not page.locator("p.preview").count()
    line.cut()
    page.goto(path)
    assert "saved on" in page.locator("p.preview").inner_text() or language == "bn"
    page.wait_for_load_state("networkidle")
    assert not page.locator("footer .kept").count()


def test_a_page_that_is_not_kept_does_not_say_so(phone):
    page = phone
    read_until_kept(page, ENGLISH)
    worker = page.context.service_workers[0]
    worker.evaluate("() => { Cache.prototype.put = async () => { throw Error() } }")
    page.goto("/en/about/")
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_load_state("networkidle")
    assert not page.locator("footer .kept").count()
