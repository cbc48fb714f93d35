"""What the page "Accessibility" says was tested; and that it says so."""

import re
from itertools import pairwise

import pytest

from treatments.models import LANGUAGES, Clinic

from ..conftest import MOBILE
from ..pages import PAGE, PATHS, soup, words
from .looks import CONTRAST

TOOLS = ("check/", "plan/", "sources/", "wrong/", "helpful/missing/")
EVERYWHERE = [*PATHS, *(PAGE.format(code) + tool for code in LANGUAGES for tool in TOOLS)]
STATEMENT = "/{}/accessibility/"


@pytest.fixture
def read(chromium, site_to_call):
    """`read(**options)`: every kind of page in turn, as (path, page)."""
    contexts = []

    def pages(width=360, **options):
        viewport = {"width": width, "height": 740}
        # Without the worker, which adds a line while somebody counts what can be reached.
        options |= {"base_url": site_to_call, "service_workers": "block"}
        contexts.append(chromium.new_context(viewport=viewport, **options))
        page = contexts[-1].new_page()
        for path in EVERYWHERE:
            page.goto(path)
            yield path, page

    yield pages
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_letters_and_signs_stand_out_from_what_is_behind_them(read, scheme):
    for path, page in read(color_scheme=scheme):
        seen = page.evaluate(CONTRAST, "body *")
        assert len(seen) > 20
        assert [one for one in seen if one[0] < 4.5] == [], path


CUT_OFF = """() => [...document.querySelectorAll("body *")].filter((one) => {
  const { overflowX, overflowY } = getComputedStyle(one);
  const hides = /hidden|clip/.test(overflowX + overflowY) && one.clientHeight > 1;
  return hides && (one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1);
}).map((one) => one.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize(("width", "size"), [(320, 16), (360, 32)])
def test_pages_fit_a_narrow_phone_and_letters_twice_as_large(read, width, size):
    for path, page in read(width):
        page.evaluate("(size) => { document.documentElement.style.fontSize = `${size}px` }", size)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert page.evaluate(CUT_OFF) == [], path


FOCUSED = """() => {
  const here = document.activeElement;
  const box = here.getBoundingClientRect();
  const bar = document.querySelector(".reach div");
  const end = bar && !bar.contains(here) ? bar.getBoundingClientRect().top : innerHeight;
  const { outlineStyle, outlineWidth } = getComputedStyle(here);
  return {
    number: [...document.querySelectorAll("*")].indexOf(here),
    framed: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
    seen: box.bottom > 0 && box.top < end,
    html: here.outerHTML.slice(0, 120),
  };
}"""
CAN_BE_REACHED = """() => [...document.querySelectorAll("*")]
  .map((one, number) => [one, number])
  .filter(([one]) => one.matches("a[href], button, summary, input, select, textarea"))
  .filter(([one]) => one.checkVisibility() && one.type !== "hidden" && !one.disabled)
  .filter(([one]) => one.type !== "radio")
  .map(([, number]) => number)"""


def test_everything_is_reached_with_the_keyboard_and_one_sees_where_one_is(read):
    for path, page in read():
        wanted, stops = page.evaluate(CAN_BE_REACHED), []
        for _stop in range(len(wanted) + 60):
            page.keyboard.press("Tab")
            here = page.evaluate(FOCUSED)
            if not stops:
                assert page.locator(":focus").get_attribute("href") == "#main", path
            if stops[-1:] == [here["number"]]:
                continue  # a part of a field for a date
            if here["html"].startswith("<body") or here["number"] in stops:
                break
            assert here["framed"] and here["seen"], (path, here["html"])
            stops.append(here["number"])
        assert set(wanted) <= set(stops), path


NAMELESS = """() => [...document.querySelectorAll("a, button, summary, input:not([type=hidden]), img, nav, aside")]
  .filter((one) => one.checkVisibility())
  .filter((one) => !(one.getAttribute("aria-label") || one.getAttribute("alt") || one.labels?.length
    || (one.matches("a, button, summary") && one.innerText.trim())))
  .map((one) => one.outerHTML.slice(0, 120))"""
SMALL = """() => [...document.querySelectorAll("a, button, summary, label, select, input:not([type=hidden])")]
  .filter((one) => one.checkVisibility() && getComputedStyle(one).display !== "inline")
  .filter((one) => !one.matches(".skip"))
  .map((one) => [one.getBoundingClientRect(), one])
  .filter(([box]) => box.width < 24 || box.height < 24)
  .map(([, one]) => one.outerHTML.slice(0, 120))"""


def test_what_is_to_be_tapped_has_a_name_and_is_large_enough(read):
    for path, page in read():
        assert page.evaluate(NAMELESS) == [], path
        assert page.evaluate(SMALL) == [], path


@pytest.mark.parametrize("path", EVERYWHERE)
def test_headings_follow_in_order(client, site, path):
    levels = [int(one.name[1]) for one in soup(client.get(path)).find_all(re.compile("^h[1-6]$"))]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(level <= before + 1 for before, level in pairwise(levels))


# --- What the page says ---------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_leads_to_what_is_said_of_its_accessibility(client, site, language):
    there = STATEMENT.format(language)
    for path in (one for one in EVERYWHERE if one.startswith(f"/{language}/")):
        assert soup(client.get(path)).footer.find("a", href=there), path
    text = words(soup(client.get(there)).main)
    assert "WCAG" in text and "2.2" in text and "AA" in text


def test_it_says_whom_to_tell_and_names_nobody(client, site):
    page = soup(client.get(STATEMENT.format("en"))).main
    assert "Tell the staff at the clinic itself" in words(page)
    assert not page.find("a", href=re.compile(r"^tel:|wa\.me"))
    Clinic.objects.update(phones=MOBILE, whatsapp=MOBILE)
    page = soup(client.get(STATEMENT.format("en"))).main
    assert page.find("a", href=f"tel:{MOBILE}")
    assert "does%20not%20work" in page.find("a", href=re.compile(r"wa\.me"))["href"]
    assert "Tell the staff" not in words(page)
