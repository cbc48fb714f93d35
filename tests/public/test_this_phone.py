"""The privacy page: what a phone keeps, keeping all pages, and deleting what is kept."""

import re
import threading

import pytest

from treatments.models import LANGUAGES
from treatments.public.offline import kilobytes_of_all_pages

from ..live import Machine
from ..offline import (
    CHECK,
    Line,
    answers_can_be_tapped,
    kept,
    new_phone,
    read_until_kept,
    rewrite,
    wait_for,
    was_kept,
)
from ..pages import FIXED, PAGE, SLUGS, soup
from .test_offline_storage import by

PRIVACY = "/{}/privacy/"
KEEP = {"en": "Keep all pages on this phone", "bn": "সব পাতা এই ফোনে রাখুন"}
DELETE = {"en": "Delete what this phone keeps", "bn": "জমা রাখা সব পাতা মুছুন"}
DONE = {"en": "Pages on this phone now", "bn": "হয়ে গেছে"}
UNFINISHED = "Not everything could be kept"
DELETED = {"en": "Now this phone keeps none", "bn": "কোনো পাতা জমা নেই"}
PATIENCE = 15.0  # seconds


def every_path(page, language: str = "en") -> set[str]:
    """All pages that there are in a language."""
    inside = [f"{slug}/{tool}" for slug in SLUGS for tool in ("", "check/", "plan/", "sources/")]
    paths = [f"/{language}/{tail}" for tail in (*FIXED, *(f"treatments/{tail}" for tail in inside))]
    return {path for path in paths if page.request.get(path).ok}


def open_privacy(page, language: str = "en") -> None:
    page.goto(PRIVACY.format(language))
    page.locator("#this-phone").wait_for()
    page.locator("footer .kept").wait_for()


# Without scripts the page says what the buttons would need.
WANTED = {
    "en": "Two buttons stand here where the browser can keep pages and runs scripts.",
    "bn": "ব্রাউজার পাতা জমা রাখতে পারলে ও স্ক্রিপ্ট চালালে এখানে দুটি বোতাম থাকে।",
}


def price(page, language: str) -> str:
    return page.locator("#phone p").filter(has_text=WANTED[language]).inner_text()


def press(page, name: dict[str, str], language: str = "en") -> None:
    page.get_by_role("button", name=name[language]).click()


def said(page, words: str) -> str:
    """What stands under the buttons, once it has these words."""
    status = page.locator("#this-phone [role=status]")
    status.filter(has_text=words).wait_for()
    return status.inner_text()


def keep_all(page, language: str = "en") -> str:
    open_privacy(page, language)
    press(page, KEEP, language)
    return said(page, DONE[language])


def pages_kept(page) -> set[str]:
    return {path for path in kept(page) if not path.startswith("/static/")}


def numbers(text: str) -> list[int]:
    western = text.translate(str.maketrans("০১২৩৪৫৬৭৮৯", "0123456789"))
    return [int(number) for number in re.findall(r"\d+", western)]


# --- The words ------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_once_what_a_phone_keeps(client, site, language):
    page = soup(client.get(PRIVACY.format(language)))
    lists = page.select_one("ul.marks").get_text()
    phone = {"en": "on your phone", "bn": "আপনার কোনো তথ্য রাখে না"}[language]
    assert phone not in lists
    section = page.select_one("#phone").get_text()
    for words in {
        "en": ("keeps the pages that you read here on this phone", "incognito", "history"),
        "bn": ("এই ফোনে জমা রাখে", "ইনকগনিটো", "হিস্ট্রি"),
    }[language]:
        assert words in section


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_scripts_there_are_no_buttons_and_the_words_stay_true(
    chromium, site_live, language
):
    context = chromium.new_context(base_url=site_live, java_script_enabled=False)
    page = context.new_page()
    page.goto(PRIVACY.format(language))
    assert not page.locator("#phone button:visible").count()
    text = page.locator("#phone").inner_text()
    true = {"en": "Where your browser can", "bn": "আপনার ব্রাউজার পারলে"}[language]
    assert true in text and WANTED[language] in text and "{" not in text
    context.close()


def test_where_nothing_can_be_kept_there_are_no_buttons(chromium, site_live):
    context = chromium.new_context(base_url=site_live, service_workers="block")
    page = context.new_page()
    page.goto(PRIVACY.format("en"), wait_until="networkidle")
    assert not page.locator("#phone button:visible").count()
    context.close()


# --- Keeping all ----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_the_language_is_kept_and_said_to_be(phone, line, language):
    page = phone
    open_privacy(page, language)
    paths = every_path(page, language)
    about = price(page, language)
    assert numbers(about) == [kilobytes_of_all_pages(language)]
    press(page, KEEP, language)
    told = said(page, DONE[language])
    assert pages_kept(page) == paths
    assert numbers(told) == [len(paths), -(-sum(kept(page).values()) // 1000)]
    if language == "bn":
        assert not re.search("[0-9A-Za-z]", about + told)
    line.cut()
    for path in paths:
        page.goto(path)
        assert page.locator("p.preview").is_visible()
    page.goto(CHECK.replace("/en/", f"/{language}/"))
    assert answers_can_be_tapped(page)


def test_it_shows_how_far_it_is(phone, line):
    page = phone
    open_privacy(page)
    asked, goes_on = threading.Event(), threading.Event()
    line.once_asked[PAGE.format("en")] = lambda: asked.set() or goes_on.wait(PATIENCE)
    press(page, KEEP)
    assert asked.wait(PATIENCE)
    done, all_of_them = numbers(said(page, "Being kept"))
    assert 0 < done < all_of_them == len(FIXED) + len(SLUGS)
    goes_on.set()
    said(page, DONE["en"])


def test_a_line_that_breaks_meanwhile_is_said_and_pressing_again_goes_on(phone, line):
    page = phone
    open_privacy(page)
    line.once_asked[PAGE.format("en")] = line.cut
    press(page, KEEP)
    said(page, UNFINISHED)
    line.mend()
    assert pages_kept(page) < every_path(page)
    press(page, KEEP)
    said(page, DONE["en"])
    assert pages_kept(page) == every_path(page)


def test_where_there_is_no_room_it_says_so(phone):
    page = phone
    open_privacy(page)
    page.context.service_workers[0].evaluate(f"() => {{ {by('Cache.prototype.put')} }}")
    press(page, KEEP)
    said(page, UNFINISHED)


def test_what_was_asked_for_is_not_dropped_for_what_is_read(phone):
    page = phone
    keep_all(page)
    paths = [*every_path(page)]
    rewrite(page, paths, bytes=149_000, worker="another")
    page.goto("/en/about/")
    wait_for(page, f"(await caches.match('{CHECK}')).headers.get('x-worker') !== 'another'")
    rewrite(page, paths, bytes=149_000)
    for path in ("/bn/", "/bn/about/", "/bn/disclaimer/"):
        read_until_kept(page, path)
    rewrite(page, ["/bn/", "/bn/about/"], bytes=299_000)
    read_until_kept(page, "/bn/privacy/")
    wait_for(page, "!(await caches.match('/bn/'))")
    assert set(paths) <= pages_kept(page)


# --- Deleting -------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_press_deletes_all_and_says_what_it_was(phone, line, language):
    page = phone
    read_until_kept(page, "/en/about/")
    open_privacy(page, language)
    press(page, DELETE, language)
    told = said(page, DELETED[language])
    assert numbers(told)[0] == 2 and not kept(page)
    assert not page.locator("footer .kept").count()
    if language == "bn":
        assert not re.search("[0-9A-Za-z]", told)
    line.cut()
    page.goto("/en/about/")
    assert "No internet" in page.locator("h1").inner_text()
    assert not page.get_by_role("link").count()


def test_it_can_be_deleted_without_a_network(phone, line):
    page = phone
    open_privacy(page)
    line.cut()
    page.goto(PRIVACY.format("en"))
    press(page, DELETE)
    said(page, DELETED["en"])
    assert not kept(page)


def test_what_was_being_renewed_stays_deleted(phone, line):
    page = phone
    for path in (CHECK, "/en/disclaimer/"):
        read_until_kept(page, path)
    was_kept(page, days_ago=1)
    asked, goes_on = threading.Event(), threading.Event()
    line.once_asked[CHECK] = lambda: asked.set() or goes_on.wait(PATIENCE)
    open_privacy(page)
    assert asked.wait(PATIENCE)
    press(page, DELETE)
    said(page, DELETED["en"])
    goes_on.set()
    page.context.service_workers[0].evaluate("() => renewal")
    assert not kept(page)


def test_deleting_stops_the_keeping_of_all(phone, line):
    page = phone
    open_privacy(page)
    asked, goes_on = threading.Event(), threading.Event()
    line.once_asked[PAGE.format("en")] = lambda: asked.set() or goes_on.wait(PATIENCE)
    press(page, KEEP)
    assert asked.wait(PATIENCE)
    press(page, DELETE)
    said(page, DELETED["en"])
    goes_on.set()
    page.wait_for_load_state("networkidle")
    said(page, DELETED["en"])
    read_until_kept(page, "/en/about/")
    page.wait_for_load_state("networkidle")
    assert pages_kept(page) == {"/en/about/"}


def test_a_page_read_afterwards_is_kept_again_and_no_other(phone):
    page = phone
    keep_all(page)
    press(page, DELETE)
    said(page, DELETED["en"])
    read_until_kept(page, "/en/about/")
    page.wait_for_load_state("networkidle")
    assert pages_kept(page) == {"/en/about/"}


def test_what_cannot_be_deleted_is_said(phone):
    page = phone
    open_privacy(page)
    page.context.service_workers[0].evaluate(f"() => {{ {by('CacheStorage.prototype.delete')} }}")
    press(page, DELETE)
    said(page, "could not be deleted")


# --- Over the wire --------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_costs_about_what_was_said_and_the_second_time_little(
    chromium, django_db_setup, tmp_path, language
):
    machine = Machine(tmp_path, workers=1)
    machine.prepare()
    machine.manage("collectstatic", "--noinput")
    machine.start()
    line = Line(("127.0.0.1", machine.port))
    context = new_phone(chromium, line)
    try:
        page = context.new_page()
        open_privacy(page, language)
        (promised,) = numbers(price(page, language))
        line.sizes.clear()
        press(page, KEEP, language)
        said(page, DONE[language])
        cost = sum(line.sizes) / 1000
        print(f"{language}: {promised} KB promised, {cost:.1f} KB sent")
        assert 0.75 * promised < cost < 1.1 * promised
        page.wait_for_load_state("networkidle")
        line.sizes.clear()
        press(page, KEEP, language)
        said(page, DONE[language])
        assert sum(line.sizes) / 1000 < 0.1 * promised
    finally:
        context.close()
        line.cut()
        machine.stop()
