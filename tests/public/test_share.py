"""A page can be shown to others."""

from urllib.parse import unquote

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
