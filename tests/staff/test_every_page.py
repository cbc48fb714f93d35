"""Every page of the admin in a browser, for whoever has a narrow phone, weak eyes or no mouse."""

import re
from itertools import product

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from treatments.models import LANGUAGES, Treatment
from treatments.staff.clinic_blocks import BLOCKS

from ..photos.uploading import with_a_photo
from ..public.looks import CONTRAST
from ..publishing.releases import Release
from ..sheet import NEW, text_of
from .test_admin import planned_again
from .test_in_bangla import spoil
from .test_roles import NOBODY, TABLE, address, people

__all__ = ["people"]

WIDTHS, SCHEMES = (320, 1280), ("light", "dark")
NO_PAGES = {"jsi18n"}
# One of each kind that a text's form has.
TEXTS = (
    ("prose", "title"), ("plan", "-"), ("body_areas", "-"), ("results", "paragraph-1"),
    ("contraindications", "heart-condition"), ("photos", NEW),
)  # fmt: skip
REFUSED_PAGE = re.compile(
    "status of (403|422)"
)  # what nobody may do now is said on a page of its own
REFUSED = ("treatments_treatment_add", "treatments_term_add", "auth_user_add", "password_change")

# What is wrong with a page, each as the beginnings of elements; all empty where nothing is.
MEASURE = """() => {
  for (const folded of document.querySelectorAll("details")) folded.open = true;
  const all = (selector) => [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility({ visibilityProperty: true }));
  const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
  const scrolls = (one) => one && (/auto|scroll/.test(getComputedStyle(one).overflowX) || scrolls(one.parentElement));
  const controls = all("a[href], button, summary, select, textarea, input:not([type=hidden]), [contenteditable=true]");
  const named = (one) => one.ariaLabel || one.labels?.length || one.title || one.getAttribute("aria-labelledby")
    || (one.matches("a, button, summary") && one.textContent.trim()) || (one.type === "submit" && one.value);
  const framed = (one) => {
    one.focus({ preventScroll: true });
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    return document.activeElement === one && outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  };
  const plain = (one) => !one.matches(".press, .button") && !/underline/.test(getComputedStyle(one).textDecorationLine)
    && [...one.parentElement.childNodes].some((node) => node.nodeType === 3 && /[^\\s›/·|]/.test(node.data));
  const torn = (field) => field.children.length
    && field.getBoundingClientRect().bottom - Math.max(...[...field.children].map((one) => one.getBoundingClientRect().bottom)) > 40;
  const wrong = {
    "wider than the screen": document.documentElement.scrollWidth > innerWidth ? [document.body] : [],
    "cut at the right": controls.filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !scrolls(one)),
    "without a name": controls.filter((one) => !one.disabled && !named(one)),
    "not seen when focused": controls.filter((one) => !one.disabled && one.tabIndex >= 0 && !framed(one)),
    "no link to the eye": all("p a, li a, .breadcrumbs a").filter(plain),
    "a gap in a field": all("#content :is(.fieldBox, .form-multiline > div)").filter(torn),
    "headings": all("h1").length === 1 ? [] : [document.body],
    "the same id": ids.filter((id, at) => ids.indexOf(id) !== at),
    "out of turn": all("[tabindex]").filter((one) => one.tabIndex > 0),
  };
  return Object.entries(wrong).flatMap(([what, ones]) => ones.slice(0, 5)
    .map((one) => `${what}: ${one.outerHTML?.slice(0, 150) ?? one}`));
}"""
# Of each kind one, in the order of `wrong`.
BROKEN = """<html><meta name="viewport" content="width=device-width"><body><main id="content"><style>
  #wide { width: 2000px } #cut { position: fixed; left: 5000px } #bare { outline: none !important }
  #plain { text-decoration: none } #gap { height: 90px } #content { background: #fff } #faint { color: #888 }</style>
  <p id="wide">.</p><button id="cut">.</button><button id="unnamed"></button><button id="bare">.</button>
  <p>More <a id="plain" href="/">here</a></p><div id="gap" class="fieldBox"><p>.</p></div>
  <p id="twice"></p><p id="twice"></p><b id="turn" tabindex="1">.</b><p id="faint">.</p></main>"""
# A button is as wide as its name until it is drawn; laid out, it asks for what it is drawn with.
DRAWN = "() => document.body.offsetWidth && document.fonts.ready.then(() => null)"
REFUSE = """() => {
  const form = document.querySelector("#content form");
  form.noValidate = true;
  form.requestSubmit();
}"""


@pytest.fixture
def addresses(site_live, settings, tmp_path, people) -> dict[str, str]:
    """Every page that somebody may open, by name, with something of each kind to be seen on it."""
    settings.MEDIA_ROOT = tmp_path / "media"
    iontophoresis = Treatment.objects.get(slug="iontophoresis")
    planned_again(iontophoresis)
    with_a_photo(iontophoresis)
    spoil(iontophoresis)
    release = Release(tmp_path / "release")
    release.add("contraindications", 0, "new-danger")
    release.says("aftercare", 0)
    release.ship()
    names = [name for name, (may_open, _send) in TABLE.items() if may_open != NOBODY]
    found = {name: address(name, iontophoresis, people) for name in names if name not in NO_PAGES}
    version = iontophoresis.snapshots.last().pk
    found["treatments_treatment_compare"] += (
        f"?old={version}&new={iontophoresis.snapshots.first().pk}"
    )
    found["treatments_treatment_restore"] += f"?snapshot={version}"
    live = iontophoresis.publications.first().pk
    found["treatments_treatment_as_published"] += f"?publication={live}"
    for name in ("set_up", "add_app", "add_passkey"):  # opened by whoever has just logged in
        found[name] = reverse(f"admin:{name}")
    for key in BLOCKS:
        found[f"block {key}"] = reverse("admin:treatments_clinic_block", args=[key])
    for section, item in TEXTS:
        found[f"text {section}"] = text_of(iontophoresis, section, item)
    return found | {f"{name} refused": found[name] for name in REFUSED}


def measured(page) -> list[str]:
    if texts := page.locator("[data-django-prose-editor-configurable]").count():
        expect(page.locator(".ProseMirror")).to_have_count(texts)
        page.evaluate(DRAWN)
    faint = page.evaluate(CONTRAST, ":is(main, .breadcrumbs) *")
    said = [one for one in page.problems if not REFUSED_PAGE.search(one)]
    page.problems.clear()
    return [
        *page.evaluate(MEASURE),
        *said,
        *(f"faint: {text}" for ratio, text in faint if ratio < 4.5),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_on_any_page_is_cut_or_faint_or_without_a_name_or_out_of_reach(
    admin_page, addresses, language
):
    page, found = admin_page, []
    if language == "bn":
        page.locator("#language-form button").click()
        page.locator("html[lang=bn]").wait_for()
    looks = {look: [] for look in product(WIDTHS, SCHEMES)}
    for number, name in enumerate(addresses):
        turn = number + (language == "bn")  # in the other language: the other width and colours
        scheme = SCHEMES[(number // 2 + (language == "bn")) % 2]
        looks[WIDTHS[turn % 2], scheme].append(name)
    for width, scheme, name in [(*look, name) for look, names in looks.items() for name in names]:
        if name == looks[width, scheme][0]:
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
        page.goto(addresses[name])
        if name.endswith("refused"):
            page.evaluate(REFUSE)
            page.locator(".errorlist").first.wait_for()
        found += [f"{name}, {width} px, {scheme}: {one}" for one in measured(page)]
    page.context.clear_cookies(name="sessionid")
    page.goto("/admin/login/")
    assert found + measured(page) == []


def test_a_broken_page_is_found_to_be_so(page):
    page.set_content(BROKEN)
    page.keyboard.press("Tab")
    said = [one.partition(":") for one in page.evaluate(MEASURE)]
    found = {what: html for what, _, html in said}
    assert list(found) == [
        "wider than the screen", "cut at the right", "without a name", "not seen when focused",
        "no link to the eye", "a gap in a field", "headings", "the same id", "out of turn",
    ]  # fmt: skip
    for what, name in (
        ("cut at the right", "cut"),
        ("without a name", "unnamed"),
        ("no link to the eye", "plain"),
    ):
        assert f'id="{name}"' in found[what]
    assert [ratio for ratio, _said in page.evaluate(CONTRAST, "#faint") if ratio < 4.5]


def test_a_text_refused_in_its_place_asks_for_nothing_that_the_policy_forbids(sheet):
    sheet.locator("#text-prose-summary").get_by_role("link", name="Edit").click()
    sheet.locator("form.open textarea[lang=en]").fill("x " * 3000)
    sheet.locator("form.open").get_by_role("button", name="Save", exact=True).click()
    sheet.locator("form.open .errorlist").wait_for()
    sheet.problems[:] = [said for said in sheet.problems if "422" not in said]
