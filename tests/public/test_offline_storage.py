"""A phone whose storage is full, forbidden, taken away or damaged."""

import pytest
from django.utils import timezone

from treatments.models import LANGUAGES, Treatment
from treatments.public import offline
from treatments.publishing.publish import withdraw

from ..conftest import chromium_path
from ..offline import CHECK, PLAN, answers_can_be_tapped, kept, read_until_kept, wait_for, was_kept
from ..pages import PAGE

FAIL = "const fails = async () => { throw new DOMException('', 'QuotaExceededError') };"


def by(*names: str) -> str:
    """Lets these methods fail in a worker that runs."""
    return FAIL + "".join(f"{name} = fails;" for name in names)


# Lets a worker wait a tenth of the time for what never comes.
HURRY = "const timer = setTimeout; self.setTimeout = (done, time) => timer(done, time / 10);"
CACHE = ("match", "put", "delete", "keys")
# What fails, and whether a page that was kept before can still be opened.
FAILURES = {
    "no cache opens": (by("CacheStorage.prototype.open"), False),
    "the cache never says anything": (
        "CacheStorage.prototype.open = () => new Promise(() => {});" + HURRY,
        False,
    ),
    "the storage is forbidden": (
        "Object.defineProperty(self, 'caches', { get() { throw new DOMException('no') } })",
        False,
    ),
    "the cache is taken away": ("caches.delete('pages')", False),
    **{f"{name} fails": (by(f"Cache.prototype.{name}"), name != "match") for name in CACHE},
    "every write fails": (by("Cache.prototype.put", "Cache.prototype.delete"), True),
    "nothing can be packed": (
        "CompressionStream = class { constructor() { throw Error() } }",
        True,
    ),
    "nothing can be unpacked": (
        "DecompressionStream = class { constructor() { throw Error() } }",
        False,
    ),
    "what is kept is damaged": (
        """(async () => {
          const store = await caches.open("pages");
          for (const key of await store.keys()) {
            const { headers } = await store.match(key);
            await store.put(key, new Response("neither packed nor a page", { headers }));
          }
          Cache.prototype.put = async () => { throw Error() };
        })()""",
        False,
    ),
}


NOTE_UNHANDLED = """
  self.unhandled = [];
  for (const kind of ["unhandledrejection", "error"]) {
    self.addEventListener(kind, (event) => unhandled.push(String(event.reason ?? event)));
  }
"""


@pytest.fixture
def worker(phone):
    """The worker of a phone on which the check was kept; it must leave nothing unhandled."""
    read_until_kept(phone, CHECK)
    was_kept(phone, days_ago=1)  # so that it is to be renewed
    worker = phone.context.service_workers[0]
    worker.evaluate(f"() => {{ {NOTE_UNHANDLED} }}")
    yield worker
    assert worker.evaluate("self.unhandled") == []


def everything_works_online(page) -> None:
    for path in ("/en/about/", "/en/", PAGE.format("bn")):
        assert page.goto(path).status == 200
        assert not page.locator("p.preview").count()
    page.goto(CHECK)
    assert answers_can_be_tapped(page)
    page.goto(PLAN)
    page.locator("[name=day]").first.check()
    page.get_by_role("button", name="Show the dates").click()
    page.wait_for_url("**/plan/?*")
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("failure", FAILURES)
def test_whatever_fails_in_the_storage_pages_come_and_their_scripts_run(
    phone, line, worker, failure
):
    page = phone
    fails, can_be_read = FAILURES[failure]
    worker.evaluate(f"() => {{ {fails} }}")
    everything_works_online(page)
    line.cut()
    page.goto(CHECK)
    if can_be_read:
        assert page.locator("p.preview").is_visible() and answers_can_be_tapped(page)
    elif failure != "the cache is taken away":  # it is a new one by then
        assert "No internet" in page.locator("h1").inner_text()
    page.goto("/en/privacy/")
    assert "No internet" in page.locator("h1").inner_text()


def test_a_phone_that_can_pack_nothing_keeps_pages_as_they_are(phone, line, monkeypatch):
    old = "delete self.CompressionStream; delete Blob.prototype.stream;"  # Safari 13
    source = f"{old}\n{offline.worker_source()}"
    monkeypatch.setattr(offline, "worker_source", lambda: source)
    read_until_kept(phone, CHECK)
    line.cut()
    phone.goto(CHECK)
    assert phone.locator("p.preview").is_visible() and answers_can_be_tapped(phone)


def test_a_phone_that_never_had_storage_shows_every_page(phone, monkeypatch):
    fails, _ = FAILURES["no cache opens"]
    source = f"{NOTE_UNHANDLED}\n{fails}\n{offline.worker_source()}"
    monkeypatch.setattr(offline, "worker_source", lambda: source)
    phone.goto(CHECK)
    wait_for(phone, "navigator.serviceWorker.controller?.state === 'activated'")
    everything_works_online(phone)
    assert phone.context.service_workers[0].evaluate("self.unhandled") == []


def fill(page, *, free: int) -> None:
    """Leaves the origin so many bytes of storage; fewer than none where it has more than it may."""
    used = page.evaluate("async () => (await navigator.storage.estimate()).usage")
    page.context.new_cdp_session(page).send(
        "Storage.overrideQuotaForOrigin",
        {"origin": page.evaluate("location.origin"), "quotaSize": max(used + free, 1)},
    )


@pytest.mark.parametrize("free", [-1_000_000, 0])
def test_a_full_phone_keeps_what_it_has_and_shows_every_page(phone, line, worker, free):
    page = phone
    fill(page, free=free)
    everything_works_online(page)
    line.cut()
    for path in [path for path in kept(page) if not path.startswith("/static/")]:
        page.goto(path)
        assert page.locator("p.preview").is_visible()
    page.goto("/en/privacy/")
    assert "No internet" in page.locator("h1").inner_text()
    if free < 0:  # no page can be dropped for another one
        page.goto(CHECK)
        assert answers_can_be_tapped(page)


def test_on_a_full_phone_a_withdrawn_page_goes_all_the_same(phone, worker):
    page = phone
    for path in ("/en/privacy/", CHECK, "/en/disclaimer/"):
        read_until_kept(page, path)
    was_kept(page, days_ago=1)
    worker.evaluate(f"() => {{ {by('Cache.prototype.put')} }}")
    treatment = Treatment.objects.get(slug="iontophoresis")
    withdraw(treatment, LANGUAGES, now=timezone.now())
    page.goto("/en/about/")
    wait_for(page, f"!(await caches.match('{CHECK}'))")
    assert {"/en/privacy/", "/en/disclaimer/"} <= kept(page).keys()


@pytest.fixture
def phone_with_disk(chromium, line, tmp_path):
    """Where storage is in files, deleting frees it at once; in a private window it does not."""
    context = chromium.browser_type.launch_persistent_context(
        tmp_path,
        executable_path=chromium_path(),
        args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        base_url=f"http://127.0.0.1:{line.port}",
        viewport={"width": 360, "height": 740},
    )
    yield context.new_page()
    context.close()


def test_on_a_full_phone_the_page_just_read_takes_the_place_of_the_oldest(phone_with_disk, line):
    page = phone_with_disk
    for path in (PAGE.format("en"), "/en/about/", CHECK):
        read_until_kept(page, path)
    page.wait_for_load_state("networkidle")
    fill(page, free=6_000)  # room for scripts, not for a page as long as this
    read_until_kept(page, PAGE.format("bn"))
    found = kept(page)
    assert PAGE.format("en") not in found and CHECK in found
    line.cut()
    page.goto(CHECK)
    assert answers_can_be_tapped(page)


def test_a_page_whose_script_was_not_kept_can_be_read_without_it(phone, line, worker):
    page = phone
    page.evaluate(
        """async () => {
          const store = await caches.open("pages");
          for (const key of await store.keys()) if (key.url.endsWith(".js")) await store.delete(key);
        }"""
    )
    worker.evaluate("() => { self.fetch = async () => { throw TypeError() } }")  # not there either
    line.cut()
    page.goto(CHECK)
    assert "Do you have a pacemaker" in page.locator("main").inner_text()
    assert page.locator("[data-outcome=in-words]").is_visible()
    reason = page.locator("[data-item=pacemaker]")
    reason.locator("[value=yes]").check()
    assert "Do not have this treatment. Tell your doctor." in reason.inner_text()
    assert not page.locator("[data-outcome=stop]").is_visible()
