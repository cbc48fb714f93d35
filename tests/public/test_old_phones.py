"""Phones of 2019 and 2020 read the style sheet: Chromium 80 and Safari 13.

What such a browser does not know it drops, declaration by declaration or rule by rule. Here a page is
shown with the style sheet as it would be left, by today's Chromium.
"""

import re
from itertools import pairwise

import pytest

from treatments.public.stylesheet import stylesheet

SHEETS = [(), ("tools",), ("lists",)]
# What neither of the two knows, and nobody may miss: Chromium 80 has no gap in flex boxes.
UNKNOWN_SELECTORS = (":is(", ":where(", ":has(", ":focus-visible", "::details-content")
UNKNOWN_VALUES = ("min(", "max(", "clamp(", "anywhere")
UNKNOWN_PROPERTIES = (
    "inset", "margin-inline", "margin-block", "padding-inline", "padding-block", "text-wrap",
    "accent-color", "text-underline-offset", "content-visibility", "aspect-ratio",
)  # fmt: skip
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")


def as_an_old_phone_reads_it(css: str) -> str:
    def kept(rule: re.Match) -> str:
        selector, body = rule.groups()
        if any(unknown in selector for unknown in UNKNOWN_SELECTORS):
            return ""
        declarations = [one for one in body.split(";") if one.strip()]
        is_flex = any("flex" in one and one.startswith("display") for one in declarations)
        known = [
            one
            for one in declarations
            if one.split(":")[0] not in UNKNOWN_PROPERTIES
            and not any(unknown in one for unknown in UNKNOWN_VALUES)
            and not (is_flex and one.startswith("gap:"))
        ]
        return f"{selector}{{{';'.join(known)}}}"

    return _RULE.sub(kept, css)


@pytest.mark.parametrize("more", SHEETS, ids=str)
def test_nothing_but_looks_hangs_on_what_old_phones_do_not_know(more):
    for selector, body in _RULE.findall(stylesheet(*more)):
        flex = "display:flex" in body or "display:inline-flex" in body
        assert not (flex and re.search(r"(?<!grid-)gap:", body)), selector
        for name in ("inset", "margin-inline", "margin-block", "padding-inline", "padding-block"):
            assert not re.search(rf"(^|;){name}:", body), (selector, name)


PATHS = [
    f"/{language}/{path}"
    for language in ("en", "bn")
    for path in ("", "treatments/iontophoresis/", "treatments/iontophoresis/check/",
                 "treatments/iontophoresis/plan/", "about/", "privacy/")
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_an_old_phone_shows_the_page_whole_and_in_order(chromium, site_live, path):
    context = chromium.new_context(
        base_url=site_live, viewport={"width": 360, "height": 740}, bypass_csp=True
    )
    page = context.new_page()

    def answer(route):
        response = route.fetch()
        html = re.sub(
            r"(?s)<style>(.*?)</style>",
            lambda found: f"<style>{as_an_old_phone_reads_it(found[1])}</style>",
            response.text(),
        )
        route.fulfill(response=response, body=html)

    page.route(re.compile(re.escape(path) + "$"), answer)
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    # Words keep their distance to the edge of the screen.
    lefts = page.locator("main p, main li, main dt, h1, h2").evaluate_all(
        """all => all.filter(it => it.offsetParent && it.textContent.trim()).map(it => {
            const words = document.createRange();
            words.selectNodeContents(it);
            return Math.min(...[...words.getClientRects()].filter(box => box.width).map(box => box.left));
        })"""
    )
    assert lefts and min(lefts) >= 12
    # No sign covers words: each is as small as it is drawn.
    signs = page.locator("svg.i:not(.drawn)").evaluate_all(
        "all => all.filter(it => it.clientWidth).map(it => Math.max(it.clientWidth, it.clientHeight))"
    )
    assert max(signs, default=0) <= 48
    # The bar lies at the lower edge of the screen and covers no more than it should.
    if page.locator(".reach div").count():
        box = page.locator(".reach div").bounding_box()
        assert box["y"] + box["height"] == pytest.approx(740, abs=1) and box["height"] < 90
    # Sections stand one below the other, none over another.
    tops = page.locator("main section, main details").evaluate_all(
        "all => all.filter(it => it.parentElement.matches('.text')).map(it => {"
        "const box = it.getBoundingClientRect(); return [box.top, box.bottom]})"
    )
    for (_top, bottom), (following, _bottom) in pairwise(tops):
        assert following >= bottom - 1
    context.close()
