"""Phones that kept a page get the new one, or lose the withdrawn one, once there is a line."""

import re
import threading
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from treatments.models import LANGUAGES, Treatment
from treatments.public import offline
from treatments.publishing import slugs
from treatments.publishing.publish import withdraw

from ..live import Machine
from ..offline import (
    CHECK,
    TODAY,
    Line,
    answers_can_be_tapped,
    kept,
    new_phone,
    publish_other_words,
    read_until_kept,
    rewrite,
    wait_for,
    wait_until_renewed,
    was_kept,
)
from ..pages import PAGE
from ..patience import within

ENGLISH = PAGE.format("en")
OTHER, ANOTHER = "/en/about/", "/en/privacy/"
KEPT = (ENGLISH, CHECK, "/en/disclaimer/")
PATIENCE = 15.0  # seconds


@pytest.fixture
def treatment(site_live):
    return Treatment.objects.get(slug="iontophoresis")


@pytest.fixture
def yesterdays(phone):
    """A phone that kept some pages yesterday."""
    for path in KEPT:
        read_until_kept(phone, path)
    was_kept(phone, days_ago=1)
    return phone


def todays_words_without_a_line(page, line, *paths) -> bool:
    line.cut()
    for path in paths:
        page.goto(path)
        assert page.locator("p.preview").is_visible()
        assert TODAY in page.locator("main").inner_text()
    return True


def is_not_there_without_a_line(page, line, path: str) -> bool:
    line.cut()
    page.goto(path)
    return "No internet" in page.locator("h1").inner_text()


def renew(page) -> None:
    """Returns when nothing is left to be renewed, or the line is broken."""
    page.context.service_workers[0].evaluate("() => renew()")


def update(page) -> None:
    """The browser asks whether there is a new worker, and it takes over."""
    page.evaluate(
        """async () => {
          navigator.serviceWorker.addEventListener("controllerchange", () => { window.over = true });
          await (await navigator.serviceWorker.ready).update();
        }"""
    )
    wait_for(page, "window.over")


@pytest.fixture
def new_version(monkeypatch):
    """From now on, the site has another worker."""
    source = offline.worker_source()
    changed = re.sub('VERSION = "[0-9a-f]+"', 'VERSION = "another"', source)
    assert changed != source

    def publish_worker():
        monkeypatch.setattr(offline, "worker_source", lambda: changed)

    return publish_worker


# --- New words ------------------------------------------------------------------------------------


def test_reading_any_page_brings_the_words_of_today(yesterdays, line, treatment):
    page = yesterdays
    publish_other_words(treatment)
    page.goto(OTHER)
    wait_until_renewed(page, *KEPT)
    assert todays_words_without_a_line(page, line, CHECK, ENGLISH)
    page.goto(CHECK)
    assert "as it was saved on" in page.locator("p.preview").inner_text()
    assert answers_can_be_tapped(page)


def test_a_new_worker_brings_the_words_of_today_without_any_page_being_read(
    phone, line, treatment, new_version
):
    page = phone
    for path in KEPT:
        read_until_kept(page, path)
    publish_other_words(treatment)
    new_version()
    update(page)
    for path in KEPT:
        wait_for(page, f"(await caches.match('{path}')).headers.get('x-worker') === 'another'")
    assert todays_words_without_a_line(page, line, CHECK, ENGLISH)


def test_a_new_worker_that_renews_keeps_no_reader_waiting(phone, line, new_version):
    page = phone
    read_until_kept(page, CHECK)
    asked, goes_on = threading.Event(), threading.Event()
    line.once_asked[CHECK] = lambda: asked.set() or goes_on.wait()
    new_version()
    update(page)
    assert asked.wait(PATIENCE)
    assert page.goto(OTHER, timeout=PATIENCE * 1000).status == 200
    assert not page.locator("p.preview").count()
    goes_on.set()
    wait_for(page, f"(await caches.match('{CHECK}')).headers.get('x-worker') === 'another'")


def test_what_was_kept_today_is_not_asked_for_again(phone, line):
    page = phone
    read_until_kept(page, CHECK)
    page.goto(OTHER)
    renew(page)
    assert line.asked.count(CHECK) == 2  # by the page itself, and by it for the new worker


def test_what_was_kept_by_a_clock_that_was_ahead_is_renewed(phone, line):
    page = phone
    read_until_kept(page, CHECK)
    was_kept(page, days_ago=-400)
    page.goto(OTHER)
    wait_until_renewed(page, CHECK)


# --- Pages that have gone, and pages that have moved --------------------------------------------


def test_a_withdrawn_page_vanishes_from_the_phone_when_any_page_is_read(
    yesterdays, line, treatment
):
    page = yesterdays
    withdraw(treatment, LANGUAGES, now=timezone.now())
    page.goto(OTHER)
    for path in (ENGLISH, CHECK):
        wait_for(page, f"!(await caches.match('{path}'))")
    wait_until_renewed(page, "/en/disclaimer/")
    assert is_not_there_without_a_line(page, line, CHECK)


def move(treatment) -> str:
    """Gives the treatment another address, and returns its page's."""
    slugs.change_slug(treatment, "sweating-hands", now=timezone.now())
    return "/en/treatments/sweating-hands/"


def test_a_page_that_has_moved_opens_at_its_new_address_only(yesterdays, line, treatment):
    page = yesterdays
    new = move(treatment)
    page.goto(OTHER)
    for path in (new, f"{new}check/"):
        wait_for(page, f"await caches.match('{path}')")
    for path in (ENGLISH, CHECK):
        wait_for(page, f"!(await caches.match('{path}'))")
    line.cut()
    page.goto(f"{new}check/")
    assert answers_can_be_tapped(page)
    assert is_not_there_without_a_line(page, line, CHECK)


def test_the_old_address_of_a_withdrawn_page_opens_nothing(phone, line, treatment):
    page = phone
    read_until_kept(page, ENGLISH)
    new = move(treatment)
    page.goto(ENGLISH)
    page.wait_for_url(f"**{new}")
    wait_for(page, f"await caches.match('{new}')")
    treatment.refresh_from_db()
    withdraw(treatment, LANGUAGES, now=timezone.now())
    assert page.goto(new).status == 404
    wait_for(page, f"!(await caches.match('{new}'))")
    for path in (ENGLISH, new):
        assert is_not_there_without_a_line(page, line, path)


def test_a_page_that_has_moved_and_was_withdrawn_vanishes_when_any_page_is_read(
    yesterdays, line, treatment
):
    page = yesterdays
    move(treatment)
    treatment.refresh_from_db()
    withdraw(treatment, LANGUAGES, now=timezone.now())
    page.goto(OTHER)
    for path in (ENGLISH, CHECK):
        wait_for(page, f"!(await caches.match('{path}'))")
    assert is_not_there_without_a_line(page, line, ENGLISH)


# --- Lines that break, two tabs -------------------------------------------------------------------


@pytest.mark.parametrize("broken", KEPT)
def test_a_line_that_breaks_meanwhile_loses_nothing(yesterdays, line, treatment, broken):
    page = yesterdays
    publish_other_words(treatment)
    cut = threading.Event()
    line.once_asked[broken] = lambda: line.cut() or cut.set()
    page.goto(OTHER)
    assert cut.wait(PATIENCE)
    page.goto(broken)
    assert page.locator("p.preview").is_visible()
    assert set(KEPT) <= kept(page).keys()
    line.mend()
    page.goto(ANOTHER)
    wait_until_renewed(page, *KEPT)
    assert todays_words_without_a_line(page, line, CHECK, ENGLISH)


# What takes a minute at least takes no time, once.
IN_NO_TIME = """() => {
  const { setTimeout } = self;
  self.setTimeout = (work, time) => {
    if (time < 60_000) return setTimeout(work, time);
    self.setTimeout = setTimeout;
    return setTimeout(work, 0);
  };
}"""


def test_a_line_that_says_nothing_is_given_up_until_the_next_page(yesterdays, line, treatment):
    page = yesterdays
    publish_other_words(treatment)
    worker = page.context.service_workers[0]
    worker.evaluate(IN_NO_TIME)
    asked, goes_on = threading.Event(), threading.Event()
    for path in KEPT:
        line.once_asked[path] = lambda: asked.set() or goes_on.wait()
    page.goto(OTHER)
    assert asked.wait(PATIENCE)
    within(PATIENCE, lambda: worker.evaluate("renewal === undefined"))
    line.once_asked.clear()
    page.goto(ANOTHER)
    wait_until_renewed(page, *KEPT)
    goes_on.set()
    assert todays_words_without_a_line(page, line, CHECK, ENGLISH)


def test_two_tabs_do_not_renew_twice(yesterdays, line):
    page = yesterdays
    worker = page.context.service_workers[0]
    worker.evaluate("() => { self.heard = 0; addEventListener('message', () => heard++) }")
    asked, goes_on = threading.Event(), threading.Event()
    line.once_asked[CHECK] = lambda: asked.set() or goes_on.wait(PATIENCE)
    line.asked.clear()
    page.goto(OTHER)
    assert asked.wait(PATIENCE)
    second = page.context.new_page()
    second.goto(ANOTHER)
    within(PATIENCE, lambda: worker.evaluate("self.heard") == 2)
    goes_on.set()
    wait_until_renewed(page, *KEPT)
    renew(page)
    assert [line.asked.count(path) for path in KEPT] == [1, 1, 1]


# --- A new worker and what the one before has kept ------------------------------------------------

# As workers wrote a page and its script until they stopped noting when something was used.
KEPT_BEFORE = """async ([paths, then]) => {
  const store = await caches.open("pages");
  for (const path of paths) {
    const answer = await fetch(path);
    const packed = answer.body.pipeThrough(new CompressionStream("gzip"));
    const body = await new Response(packed).blob();
    const headers = new Headers(answer.headers);
    for (const name of ["content-encoding", "content-length", "vary"]) headers.delete(name);
    const more = { saved: then, bytes: body.size, packed: "gzip", used: then + 1 };
    for (const [name, value] of Object.entries(more)) headers.set(`x-${name}`, value);
    await store.put(path, new Response(body, { headers }));
  }
}"""


@pytest.fixture
def kept_before(phone, monkeypatch):
    """A phone on which an earlier worker has kept the check, with a later one waiting there."""
    source = offline.worker_source()
    before = "self.addEventListener('install', () => self.skipWaiting());\n"
    monkeypatch.setattr(offline, "worker_source", lambda: before)
    phone.goto(OTHER)
    wait_for(phone, "(await navigator.serviceWorker.ready).active.state === 'activated'")
    then = int((timezone.now().timestamp() - 3600) * 1000)
    scripts = ["/static/js/check.js", "/static/js/offline.js"]
    phone.evaluate(KEPT_BEFORE, [[CHECK, *scripts], then])
    monkeypatch.setattr(offline, "worker_source", lambda: source)
    phone.then = datetime.fromtimestamp(then / 1000, ZoneInfo("Asia/Dhaka"))
    return phone


def test_a_new_worker_takes_over_at_once_and_opens_what_the_one_before_has_kept(kept_before, line):
    page = kept_before
    cut = threading.Event()
    line.once_asked[CHECK] = lambda: line.cut() or cut.set()  # before it could be renewed
    update(page)
    assert cut.wait(PATIENCE)
    page.goto(CHECK)
    day = f"{page.then.day} {page.then:%B %Y}"
    assert f"as it was saved on {day}" in page.locator("p.preview").inner_text()
    assert answers_can_be_tapped(page)


def test_a_new_worker_renews_what_the_one_before_has_kept(kept_before, line, treatment):
    page = kept_before
    publish_other_words(treatment)
    update(page)
    wait_for(page, f"(await caches.match('{CHECK}')).headers.has('x-worker')")
    assert todays_words_without_a_line(page, line, CHECK)


# --- Pages kept long ago --------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("days_ago", "old"), [(29.9, False), (30.1, True), (-0.9, False), (-1.1, True), (9_000, True)]
)
def test_a_page_kept_long_ago_or_nobody_knows_when_says_so(phone, line, language, days_ago, old):
    page = phone
    path = f"{PAGE.format(language)}check/"
    read_until_kept(page, path)
    was_kept(page, days_ago=days_ago)
    line.cut()
    page.goto(path)
    banner = page.locator("p.preview").inner_text()
    warning = {"en": "more than 30 days ago", "bn": "৩০ দিনের বেশি আগে"}[language]
    asks = {"en": "Ask the clinic before you rely on it", "bn": "ক্লিনিকে জিজ্ঞেস করুন"}[language]
    assert (warning in banner, asks in banner) == (old, old)
    if language == "bn":
        assert re.search("[০-৯]{4}", banner) and not re.search("[0-9A-Za-z]", banner)
    assert answers_can_be_tapped(page)


# --- Over the wire --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def site_for_readers(django_db_setup, tmp_path_factory):
    """The site as it runs for readers, with its store of finished pages."""
    machine = Machine(tmp_path_factory.mktemp("site"), workers=1)
    machine.prepare()
    machine.manage("collectstatic", "--noinput")
    machine.start()
    yield machine
    machine.stop()


@pytest.fixture
def line_for_readers(site_for_readers):
    line = Line(("127.0.0.1", site_for_readers.port))
    yield line
    line.cut()


@pytest.fixture
def readers_phone(chromium, line_for_readers):
    context = new_phone(chromium, line_for_readers)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("forgotten", [False, True])
def test_renewing_an_unchanged_page_costs_less_than_a_kilobyte(
    readers_phone, line_for_readers, forgotten
):
    page, line = readers_phone, line_for_readers
    paths = [*KEPT, PAGE.format("bn"), CHECK.replace("/en/", "/bn/")]
    for path in [*paths, OTHER]:
        read_until_kept(page, path)
    rewrite(page, paths, saved=1)
    page.wait_for_load_state("networkidle")
    if forgotten:  # by the browser's own store
        page.context.new_cdp_session(page).send("Network.clearBrowserCache")
    line.sizes.clear()
    line.asked.clear()
    renew(page)
    wait_until_renewed(page, *paths)
    scripts = [path for path in line.asked if path.startswith("/static/")]
    assert sorted(line.asked) == sorted(paths + scripts)
    assert len(set(scripts)) == len(scripts) and bool(scripts) == forgotten
    assert sum(line.sizes) < 1_000 * len(paths) + 2_500 * len(scripts)


def test_an_unchanged_page_that_cannot_be_read_on_the_phone_is_fetched_whole(
    readers_phone, line_for_readers
):
    page, line = readers_phone, line_for_readers
    read_until_kept(page, CHECK)
    page.evaluate(
        """async (path) => {
          const store = await caches.open("pages");
          const { headers } = await store.match(path);
          await store.put(path, new Response("not packed at all", { headers }));
        }""",
        CHECK,
    )
    rewrite(page, [CHECK], saved=1)
    page.goto(OTHER)
    wait_until_renewed(page, CHECK)
    line.cut()
    page.goto(CHECK)
    assert page.locator("p.preview").is_visible() and answers_can_be_tapped(page)
