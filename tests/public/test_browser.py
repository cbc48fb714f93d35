"""Pages without JavaScript, and on a wide screen."""

import re

from ..pages import PATHS


def test_pages_are_whole_without_javascript_and_fit_a_small_phone(chromium, site_live):
    contexts = [
        chromium.new_context(
            base_url=site_live,
            java_script_enabled=scripts,
            viewport={"width": 320, "height": 640},
            service_workers="block",  # what a phone keeps is offered by scripts alone
        )
        for scripts in (True, False)
    ]
    asked = []
    pages = [context.new_page() for context in contexts]
    for page in pages:
        page.on("request", lambda request: asked.append(request.url))
    for path in PATHS:
        texts = []
        for page in pages:
            page.goto(path)
            texts.append(re.sub(r"\s+", " ", page.locator("main").inner_text()))
        assert texts[0] == texts[1], path
        assert pages[0].evaluate("document.documentElement.scrollWidth") <= 320, path
    assert not contexts[0].cookies()
    assert all(url.startswith((site_live, "data:")) for url in asked)
    for context in contexts:
        context.close()


def test_the_contents_follow_the_reader(chromium, site_live):
    context = chromium.new_context(base_url=site_live, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto("/en/treatments/iontophoresis/")
    for key in ("aftercare", "what_it_is"):
        page.locator(f"#{key} h2").evaluate("it => window.scrollTo(0, it.offsetTop - 100)")
        page.locator(f'.contents [aria-current][href="#{key}"]').wait_for()
        assert page.locator(".contents [aria-current]").count() == 1
    context.close()
