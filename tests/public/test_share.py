"""A page can be shown to others."""

from urllib.parse import unquote

import pytest
from django.conf import settings

from ..pages import PAGE


def test_a_page_can_be_shown_to_others(browser_context, site_to_call):
    page = browser_context.new_page()
    shared = []
    page.expose_function("tell", lambda what: shared.append(what))
    page.add_init_script("navigator.share = async (what) => window.tell(what)")
    page.goto(PAGE.format("bn"))
    link = page.locator("[data-share] a").first.get_attribute("href")
    address = settings.PUBLIC_URL + PAGE.format("bn")
    assert unquote(link) == f"https://wa.me/?text={address}"
    page.get_by_role("link", name="শেয়ার করুন").click()
    assert [what["url"] for what in shared] == [address]


def test_where_there_is_no_share_sheet_the_link_is_copied(browser_context, site_to_call):
    browser_context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = browser_context.new_page()
    page.add_init_script("delete Navigator.prototype.share")
    page.goto(PAGE.format("en"))
    page.get_by_role("link", name="Link to this page").click()
    page.get_by_text("The link is copied.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == settings.PUBLIC_URL + PAGE.format("en")


NO_CLIPBOARD = {
    "refused": "navigator.clipboard.writeText = async () => { throw new DOMException('', 'NotAllowedError') }",
    "absent": "Object.defineProperty(navigator, 'clipboard', { value: undefined })",
    "broken": "navigator.clipboard.writeText = () => { throw new Error('not here') }",
}  # fmt: skip
NO_SHEET = {
    "absent": "delete Navigator.prototype.share",
    "refused": "navigator.share = async () => { throw new DOMException('', 'NotAllowedError') }",
}


@pytest.mark.parametrize("sheet", NO_SHEET)
@pytest.mark.parametrize("clipboard", NO_CLIPBOARD)
@pytest.mark.parametrize(
    ("language", "says"), [("en", "Copy this link."), ("bn", "এই লিংকটি কপি করুন।")]
)
def test_where_nothing_is_allowed_the_link_stands_there(
    browser_context, site_to_call, sheet, clipboard, language, says
):
    page = browser_context.new_page()
    page.add_init_script(f"{NO_SHEET[sheet]};{NO_CLIPBOARD[clipboard]}")
    page.goto(PAGE.format(language))
    page.locator("[data-share] a").last.click()
    field = page.get_by_role("textbox", name=says)
    assert page.get_by_role("status").filter(has_text=says).is_visible()
    assert field.input_value() == settings.PUBLIC_URL + PAGE.format(language)
    chosen = field.evaluate("field => field.value.slice(field.selectionStart, field.selectionEnd)")
    assert chosen == field.input_value() and field.evaluate("f => f === document.activeElement")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.locator("[data-share] a").last.click()  # again: still one
    assert page.get_by_role("textbox").count() == 1


def test_whoever_closes_the_share_sheet_has_wanted_nothing_else(browser_context, site_to_call):
    page = browser_context.new_page()
    page.add_init_script(
        "navigator.share = async () => { throw new DOMException('', 'AbortError') };"
        "navigator.clipboard.writeText = async () => { window.copied = true }"
    )
    page.goto(PAGE.format("en"))
    page.locator("[data-share] a").last.click()
    assert not page.evaluate("window.copied") and page.get_by_role("textbox").count() == 0
