"""Pages that were read, without a network."""

import contextlib
import json
import re
import shutil
import socket
import threading
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from treatments import act_views
from treatments.models import LANGUAGES, Publication, Treatment
from treatments.publishing import keep_snapshot, newest_snapshot, publish, withdraw

from .pages import PATHS

PAGE = "/{}/treatments/iontophoresis/"
CHECK = f"{PAGE.format('en')}check/"


class Line:
    """The way from a browser to a server, which can be cut: also for a service worker."""

    def __init__(self, target: tuple[str, int]):
        self.target, self.open = target, []
        self.silent = False  # accepts whatever comes, and says nothing
        self.port = 0
        self.mend()

    def mend(self) -> None:
        self.listening = socket.create_server(("127.0.0.1", self.port))
        self.port = self.listening.getsockname()[1]
        threading.Thread(target=self._accept, args=(self.listening,), daemon=True).start()

    def cut(self) -> None:
        for end in (self.listening, *self.open):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self.open.clear()

    def _accept(self, listening: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                ends = listening.accept()[0], socket.create_connection(self.target)
                self.open.extend(ends)
                for one, other in (ends, ends[::-1]):
                    threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(65_536):
                if not self.silent:
                    other.sendall(data)
            other.shutdown(socket.SHUT_WR)


@pytest.fixture
def line(site_live):
    address = urlsplit(site_live)
    line = Line((address.hostname, address.port))
    yield line
    line.cut()


@pytest.fixture
def phone(chromium, line):
    """A browser's page whose network is `line`."""
    context = chromium.new_context(
        base_url=f"http://127.0.0.1:{line.port}", viewport={"width": 360, "height": 740}
    )
    yield context.new_page()
    context.close()


KEPT = """async () => {
  const store = await caches.open("pages"), found = {};
  for (const key of await store.keys()) {
    const { headers } = await store.match(key);
    found[new URL(key.url).pathname] = Number(headers.get("x-bytes"));
  }
  return found;
}"""


def kept(page) -> dict[str, int]:
    return page.evaluate(KEPT)


def wait_for(page, condition: str) -> None:
    page.evaluate(
        f"""async () => {{
          const last = performance.now() + 15_000;
          while (!({condition})) {{
            if (performance.now() > last) throw Error("never came");
            await new Promise((done) => setTimeout(done, 20));
          }}
        }}"""
    )


def read_until_kept(page, path: str) -> None:
    """Opens a page and waits until the worker has kept it."""
    page.goto(path)
    scripts = page.locator("script[src]").evaluate_all("all => all.map((one) => one.src)")
    for address in (path, *scripts):
        wait_for(page, f"await caches.match('{address}')")


def test_the_worker_is_asked_for_again_at_each_visit(client, db):
    response = client.get("/sw.js")
    assert response["Content-Type"].startswith("text/javascript")
    assert "max-age=0" in response["Cache-Control"]
    assert "script-src 'self'" in response["Content-Security-Policy"]
    words = json.loads(re.match(r"const WORDS = (.*);\n", response.content.decode())[1])
    assert set(words) == set(LANGUAGES) and not re.search("[A-Za-z]{2}", words["bn"]["text"])
    again = client.get("/sw.js", headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304
    packed = client.get("/sw.js", headers={"accept-encoding": "gzip"})
    assert len(packed.content) < 4_000
    asked = {"if-none-match": packed["ETag"], "accept-encoding": "gzip"}
    assert client.get("/sw.js", headers=asked).status_code == 304


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", r"as it was saved on \d+ \w+ \d{4}, \d\d:\d\d"), ("bn", "জমা রাখা")],
)
def test_a_page_that_was_read_opens_without_a_network(phone, line, language, said):
    page = phone
    path = f"{PAGE.format(language)}check/"
    read_until_kept(page, path)
    words_online = page.locator("main").inner_text()
    line.cut()
    page.goto(path)
    assert page.locator("main").inner_text() == words_online
    banner = page.locator("p.preview").inner_text()
    assert re.search(said, banner)
    if language == "bn":
        assert re.search("[০-৯]{4}", banner) and not re.search("[0-9A-Za-z]", banner)
    page.locator("[value=yes]").first.check()  # its script is kept with it
    assert page.locator("[data-outcome=talk]").is_visible()
    line.mend()
    page.goto(path)
    assert not page.locator("p.preview").count()


def test_a_page_never_read_says_so_and_offers_the_others(phone, line):
    page = phone
    read_until_kept(page, "/bn/about/")
    line.cut()
    page.goto("/en/privacy/")
    text = page.locator("main").inner_text()
    assert "ইন্টারনেট নেই" in text and "has not been read on this phone" in text
    page.get_by_role("link").first.click()
    page.wait_for_url("**/bn/about/")


def test_new_words_replace_the_kept_ones_and_a_withdrawn_page_goes(phone, line):
    page = phone
    path = PAGE.format("en")
    read_until_kept(page, path)
    page.goto(path)
    treatment = Treatment.objects.get(slug="iontophoresis")
    Publication.objects.filter(treatment=treatment).update(title="New")
    benefit = treatment.benefit_set.first()
    benefit.text_en, benefit.text_bn = "Quite other words.", "একদম অন্য কথা।"
    benefit.save()
    publish(keep_snapshot(treatment, now=timezone.now()), LANGUAGES, now=timezone.now())
    page.goto(path)
    page.wait_for_load_state("networkidle")
    line.cut()
    page.goto(path)
    assert "Quite other words." in page.locator("main").inner_text()
    line.mend()

    withdraw(treatment, ["en"], now=timezone.now())
    assert page.goto(path).status == 404
    wait_for(page, f"!(await caches.match('{path}'))")


def test_no_more_is_kept_than_300_kb_and_nothing_of_staff_or_queries(phone, django_user_model):
    django_user_model.objects.create_superuser("nurse", password="a long enough word")
    page = phone
    read_until_kept(page, "/en/")
    for path in PATHS:
        read_until_kept(page, path)
    for path in ("/admin/", "/admin/login/", "/en/?fbclid=1", f"{PAGE.format('en')}plan/?day=sat"):
        page.goto(path, wait_until="networkidle")
    page.goto("/en/", wait_until="networkidle")
    found = kept(page)
    assert 0 < sum(found.values()) <= 300_000
    assert not [path for path in found if not re.match(r"/(en|bn|static/js)/", path)]
    assert not [path for path in found if "plan" in path]


def test_the_least_recently_read_goes_first(phone):
    page = phone
    read_until_kept(page, "/en/")
    read_until_kept(page, "/en/about/")
    page.evaluate(
        """async () => {
          const store = await caches.open("pages");
          for (const [path, used] of [["/en/old/", 1], ["/en/less-old/", 2]]) {
            const headers = { "x-bytes": "149000", "x-used": used, "x-saved": 1 };
            await store.put(path, new Response("x", { headers }));
          }
        }"""
    )
    read_until_kept(page, "/en/privacy/")
    wait_for(page, "!(await caches.match('/en/old/'))")
    found = kept(page)
    assert "/en/less-old/" in found and "/en/privacy/" in found and "/en/about/" in found


def test_a_preview_registers_no_worker(staff, iontophoresis):
    assert "js/offline" in staff.get("/en/").content.decode()
    version = reverse(
        "admin:treatments_treatment_version",
        args=[iontophoresis.pk, newest_snapshot(iontophoresis).pk, "en"],
    )
    assert "js/offline" not in staff.get(version).content.decode()


def test_a_line_that_says_nothing_brings_the_kept_page(phone, line):
    page = phone
    path = f"{PAGE.format('en')}check/"
    read_until_kept(page, path)
    line.silent = True
    page.goto(path)
    assert page.locator("p.preview").is_visible() and answers_can_be_tapped(page)


# As workers wrote a page and its script until they stopped noting when something was used.
KEPT_BEFORE = """async (paths) => {
  const store = await caches.open("pages");
  for (const path of paths) {
    const answer = await fetch(path);
    const packed = answer.body.pipeThrough(new CompressionStream("gzip"));
    const body = await new Response(packed).blob();
    const headers = new Headers(answer.headers);
    for (const name of ["content-encoding", "content-length", "vary"]) headers.delete(name);
    const more = { saved: 1_790_000_000_000, bytes: body.size, packed: "gzip", used: 1_790_000_000_001 };
    for (const [name, value] of Object.entries(more)) headers.set(`x-${name}`, value);
    await store.put(path, new Response(body, { headers }));
  }
}"""


def test_a_new_worker_takes_over_at_once_and_opens_what_the_one_before_has_kept(
    phone, line, monkeypatch
):
    page = phone
    source = act_views.worker_source()
    before = "self.addEventListener('install', () => self.skipWaiting());\n"
    monkeypatch.setattr(act_views, "worker_source", lambda: before)
    page.goto("/en/about/")
    wait_for(page, "(await navigator.serviceWorker.ready).active.state === 'activated'")
    page.evaluate(KEPT_BEFORE, [CHECK, "/static/js/check.js", "/static/js/offline.js"])

    monkeypatch.setattr(act_views, "worker_source", lambda: source)
    page.evaluate(
        """async () => {
          const over = new Promise((done) => {
            navigator.serviceWorker.addEventListener("controllerchange", done);
          });
          await (await navigator.serviceWorker.ready).update();
          await over;
        }"""
    )
    read_until_kept(page, "/en/privacy/")
    line.cut()
    page.goto(CHECK)
    assert "as it was saved on 21 September 2026" in page.locator("p.preview").inner_text()
    assert answers_can_be_tapped(page)


# --- A phone whose storage fails ------------------------------------------------------------------

PLAN = f"{PAGE.format('en')}plan/"
FAIL = "const fails = async () => { throw new DOMException('', 'QuotaExceededError') };"


def by(*names: str) -> str:
    """Lets these methods fail in a worker that runs."""
    return FAIL + "".join(f"{name} = fails;" for name in names)


CACHE = ("match", "put", "delete", "keys")
# What fails, and whether a page that was kept before can still be opened.
FAILURES = {
    "no cache opens": (by("CacheStorage.prototype.open"), False),
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


@pytest.fixture
def worker(phone):
    """The worker of a phone on which the check was kept; it must leave nothing unhandled."""
    read_until_kept(phone, CHECK)
    worker = phone.context.service_workers[0]
    worker.evaluate(
        """() => {
          self.unhandled = [];
          for (const kind of ["unhandledrejection", "error"]) {
            self.addEventListener(kind, (event) => unhandled.push(String(event.reason ?? event)));
          }
        }"""
    )
    yield worker
    assert worker.evaluate("self.unhandled") == []


def answers_can_be_tapped(page) -> bool:
    page.locator("[value=yes]").first.check(timeout=15_000)
    return page.locator("[data-outcome=talk]").is_visible()


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


@pytest.fixture
def phone_with_disk(chromium, line, tmp_path):
    """Where storage is in files, deleting frees it at once; in a private window it does not."""
    context = chromium.browser_type.launch_persistent_context(
        tmp_path,
        executable_path=shutil.which("chromium") or shutil.which("chromium-browser"),
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
    text = page.locator("main").inner_text()
    assert "Do you have a pacemaker" in text and "Then talk to us first" in text
    assert not page.locator("input").first.is_visible()
