"""What reads pages aloud takes a list without bullets for no list, unless it is told."""

from django.utils import timezone

from treatments.models import LANGUAGES

from ..pages import FIXED, SLUGS

BARE = """() => [...document.querySelectorAll('ul, ol, menu')]
  .filter((list) => list.querySelector('li') && list.getAttribute('role') !== 'list')
  .filter((list) => [list, ...list.children].some((part) => {
    const style = getComputedStyle(part);
    return style.listStyleType === 'none' || (part !== list && style.display !== 'list-item');
  }))
  .map((list) => list.outerHTML.slice(0, 120))"""


def test_lists_without_bullets_say_that_they_are_lists(chromium, site_live):
    plan = f"plan/?start={timezone.localdate().isoformat()}&day=sat&day=mon&day=wed"
    below = ("", "check/", plan, "sources/", "helpful/missing/", "helpful/thanks/")
    pages = [*FIXED, *(f"treatments/{slug}/{end}" for slug in SLUGS for end in below), "nothing/"]
    page = (context := chromium.new_context(base_url=site_live)).new_page()
    bare = {}
    for path in (f"/{code}/{tail}" for code in LANGUAGES for tail in pages):
        page.goto(path)
        if found := page.evaluate(BARE):
            bare[path] = found
    context.close()
    assert not bare
