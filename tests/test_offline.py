"""Pages that were read, without a network."""

import contextlib
import json
import re
import socket
import threading
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from treatments.models import LANGUAGES, Publication, Treatment
from treatments.publishing import keep_snapshot, newest_snapshot, publish, withdraw

from .pages import PATHS

PAGE = "/{}/treatments/iontophoresis/"


class Line:
    """The way from a browser to a server, which can be cut: also for a service worker."""

    def __init__(self, target: tuple[str, int]):
        self.target, self.open = target, []
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

    @staticmethod
    def _carry(one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(65_536):
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
          while (!({condition})) await new Promise((done) => setTimeout(done, 20));
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
