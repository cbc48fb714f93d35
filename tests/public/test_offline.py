"""Pages that were read, without a network."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from treatments.models import LANGUAGES, Publication, Treatment
from treatments.publishing.publish import withdraw
from treatments.publishing.snapshots import newest_snapshot, save_snapshot

from ..offline import (
    CHECK,
    answers_can_be_tapped,
    is_told_to_ask,
    kept,
    read_until_kept,
    rewrite,
    wait_for,
    wait_until_renewed,
    was_kept,
)
from ..pages import PAGE, PATHS
from ..publishing.reading import publish_as_read


def test_the_worker_is_asked_for_again_at_each_visit(client, db):
    response = client.get("/sw.js")
    assert response["Content-Type"].startswith("text/javascript")
    assert "max-age=0" in response["Cache-Control"]
    assert "script-src 'self'" in response["Content-Security-Policy"]
    words = json.loads(re.search(r"const WORDS = (.*);\n", response.content.decode())[1])
    assert set(words) == set(LANGUAGES) and not re.search("[A-Za-z]{2}", words["bn"]["text"])
    again = client.get("/sw.js", headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304
    for encoding, most in (("br", 4_800), ("gzip", 5_500)):
        packed = client.get("/sw.js", headers={"accept-encoding": encoding})
        assert packed["Content-Encoding"] == encoding and len(packed.content) < most
        asked = {"if-none-match": packed["ETag"], "accept-encoding": encoding}
        assert client.get("/sw.js", headers=asked).status_code == 304


def test_phones_of_2019_can_read_every_script_of_a_public_page():
    """Chromium 78 and Safari 13 know no `?.`, `??`, `||=`, private fields or `await` outside."""
    templates = Path(settings.BASE_DIR, "templates")
    used = [*templates.glob("public/**/*.html"), *templates.glob("planner/*.html")]
    used.append(templates / "base.html")
    html = "".join(path.read_text("utf-8") for path in used)
    names = {*re.findall(r"'js/([\w-]+\.js)'", html), "sw.js"}
    assert {"offline.js", "check.js", "this-phone.js"} <= names
    for name in names:
        script = Path(settings.BASE_DIR, "static", "js", name).read_text("utf-8")
        program = re.sub(r"(?m)^ *//.*$", "", script)
        assert not re.search(r"\?\.(?!\d)|\?\?|\|\|=|&&=|[.{;\s]#\w|^await", program), name


@pytest.mark.parametrize(
    ("language", "said"), [("en", r"as it was saved on \d+ \w+ \d{4}, \d\d:\d\d"), ("bn", "জমা রাখা")]
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
    assert is_told_to_ask(page)
    line.mend()
    page.goto(path)
    assert not page.locator("p.preview").count()


@pytest.mark.parametrize("read_before", [[], ["/en/"]])
@pytest.mark.parametrize("query", ["fbclid=IwAR0", "gclid=x&utm_source=fb&utm_medium=y"])
def test_a_page_opened_from_elsewhere_is_kept_like_any_other(phone, line, query, read_before):
    page = phone
    for path in read_before:  # so that the worker is there already
        read_until_kept(page, path)
    page.goto(f"{CHECK}?{query}")
    wait_for(page, f"await caches.match('{CHECK}')")
    line.cut()
    for path in (f"{CHECK}?{query}", CHECK, f"{CHECK}?fbclid=another"):
        page.goto(path)
        assert page.locator("p.preview").is_visible() and answers_can_be_tapped(page)
    page.goto("/en/privacy/?fbclid=1")
    assert "No internet" in page.locator("h1").inner_text()


def test_a_page_never_read_says_so_and_offers_the_others(phone, line):
    page = phone
    read_until_kept(page, "/bn/about/")
    line.cut()
    page.goto("/en/privacy/")
    text = page.locator("main").inner_text()
    assert "ইন্টারনেট নেই" in text and "is not kept on this phone" in text
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
    publish_as_read(save_snapshot(treatment, now=timezone.now()), LANGUAGES, now=timezone.now())
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
    for path in (
        "/admin/",
        "/admin/login/",
        "/en/?q=1",
        f"{PAGE.format('en')}plan/?fbclid=1&day=sat",
    ):
        page.goto(path, wait_until="networkidle")
    page.goto("/en/", wait_until="networkidle")
    found = kept(page)
    assert 0 < sum(found.values()) <= 300_000
    assert not [path for path in found if not re.match(r"/(en|bn|static/js)/", path)]
    addresses = page.evaluate(
        "async () => (await (await caches.open('pages')).keys()).map(({ url }) => url)"
    )
    assert not [address for address in addresses if "?" in address]


def test_the_least_recently_read_goes_first(phone):
    page = phone
    before = ["/en/", "/en/about/"]
    for path in before:
        read_until_kept(page, path)
    was_kept(page, days_ago=1)
    read_until_kept(page, "/en/privacy/")
    wait_until_renewed(page, *before)  # which is not reading
    rewrite(page, [*before, "/en/privacy/"], bytes=149_000)
    read_until_kept(page, "/en/disclaimer/")
    wait_for(page, "!(await caches.match('/en/about/'))")
    found = kept(page)
    assert "/en/" not in found and "/en/privacy/" in found and "/en/disclaimer/" in found


def test_dates_that_were_asked_for_leave_the_planner_where_it_was(phone, line):
    page = phone
    plan = f"{PAGE.format('en')}plan/"
    read_until_kept(page, plan)
    page.goto(f"{plan}?day=sat", wait_until="networkidle")
    read_until_kept(page, "/en/about/")
    line.cut()
    page.goto(plan)
    assert page.locator("p.preview").is_visible()


def test_a_preview_registers_no_worker(staff, iontophoresis):
    assert "js/offline" in staff.get("/en/").content.decode()
    version = reverse(
        "admin:treatments_treatment_version",
        args=[iontophoresis.pk, newest_snapshot(iontophoresis).pk, "en"],
    )
    assert "js/offline" not in staff.get(version).content.decode()


def test_a_server_that_fails_takes_no_kept_page_away(phone, line):
    page = phone
    read_until_kept(page, CHECK)
    failing = "self.fetch = async () => new Response('Bad gateway', { status: 502 })"
    page.context.service_workers[0].evaluate(f"() => {{ {failing} }}")
    page.goto(CHECK)
    assert page.locator("p.preview").is_visible() and answers_can_be_tapped(page)
    assert page.goto("/en/privacy/").status == 502  # was never read


def test_a_line_that_says_nothing_brings_the_kept_page(phone, line):
    page = phone
    path = f"{PAGE.format('en')}check/"
    read_until_kept(page, path)
    line.silent = True
    page.goto(path)
    assert page.locator("p.preview").is_visible() and answers_can_be_tapped(page)
