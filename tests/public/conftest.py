"""Pages of a clinic that has a telephone, opened on a small phone."""

import pytest

from .self_check import CHECK, FIRST


@pytest.fixture
def browser_context(chromium, site_to_call):
    context = chromium.new_context(base_url=site_to_call, viewport={"width": 360, "height": 740})
    yield context
    context.close()


@pytest.fixture
def open_check(chromium, site_to_call):
    """`open_check(language, slug)`: the check on a small phone. Options are those of `new_context`;
    `held` is a list that gets the request of the check's script, which then waits.
    """
    contexts = []

    def opened(language="en", slug=FIRST, held=None, **options):
        options = {"viewport": {"width": 360, "height": 740}} | options
        context = chromium.new_context(base_url=site_to_call, **options)
        contexts.append(context)
        page = context.new_page()
        if held is not None:
            page.route("**/check*.js", lambda request: held.append(request))
        page.goto(CHECK.format(language, slug), wait_until="load" if held is None else "commit")
        return page

    yield opened
    for context in contexts:
        context.close()
