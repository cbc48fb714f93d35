"""What helps readers to act: the check before booking."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from treatments.document import parse
from treatments.models import LANGUAGES, Clinic, Publication
from treatments.publishing import newest_snapshot, withdraw

from .conftest import NOW
from .pages import SLUGS, soup, words

PHONE = "+8800000000000"  # nobody's number
PAGE = "/{}/treatments/iontophoresis/"
CHECK = "/{}/treatments/iontophoresis/check/"


@pytest.fixture
def site_live(live_server, transactional_db):
    """The shipped pages, on a server that a browser can reach."""
    from django.core.management import call_command

    call_command("load_content", verbosity=0)
    clinic = Clinic.the_one()
    clinic.phones = clinic.whatsapp = PHONE
    clinic.save()
    return live_server.url


@pytest.fixture
def browser_context(chromium, site_live):
    context = chromium.new_context(base_url=site_live, viewport={"width": 360, "height": 740})
    yield context
    context.close()


# --- Check before you book ------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", SLUGS)
def test_every_reason_not_to_have_it_is_asked_about(client, site, slug, language):
    reasons = parse(newest_snapshot(site[0].__class__.objects.get(slug=slug)).document).items(
        "contraindications"
    )
    page = soup(client.get(f"/{language}/treatments/{slug}/check/"))
    asked = [item.p.get_text() for item in page.select("[data-item]")]
    assert asked == [reason.pairs["question"][language] for reason in reasons]
    about = [line.get_text(strip=True) for line in page.select("[data-about]")]
    assert about == [reason.pairs["text"][language] for reason in reasons]
    assert len(set(asked)) == len(asked) >= 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_treatments_page_leads_to_its_check(client, site, language):
    page = soup(client.get(PAGE.format(language)))
    assert page.select_one(f'#contraindications a[href="{CHECK.format(language)}"]')
    assert page.select_one(f'.reach a[href="{CHECK.format(language)}"]')


def test_the_check_can_send_nothing(client, site):
    page = soup(client.get(CHECK.format("en")))
    assert not page.find_all(["form", "textarea"])
    assert not page.select("[type=submit], [formaction], [ping]")


def test_the_check_never_says_that_somebody_is_suitable(client, site):
    text = words(soup(client.get(CHECK.format("en")))).lower()
    assert "suitable" not in text and "safe for you" not in text
    assert "the clinic still decides" in text


def test_the_first_message_names_no_illness(client, site):
    Clinic.objects.update(whatsapp=PHONE, phones=PHONE)
    page = soup(client.get(CHECK.format("en")))
    messages = [link["href"] for link in page.find_all("a", href=re.compile("wa.me"))]
    assert set(messages) == {"https://wa.me/8800000000000?text=Hello%2C%20I%20have%20a%20question."}


def test_a_check_in_a_language_that_is_not_live_leads_to_the_other(client, iontophoresis):
    withdraw(iontophoresis, ["bn"], now=NOW)
    response = client.get(CHECK.format("bn"))
    assert response.status_code == 404
    assert soup(response).find("a", href=CHECK.format("en"))
    Publication.objects.all().delete()
    assert client.get(CHECK.format("en")).status_code == 404


def test_the_check_costs_at_most_four_queries(client, site):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(CHECK.format("bn")).status_code == 200
    assert len(captured) <= 4


def shown(page, name: str) -> bool:
    return page.locator(f"[data-outcome={name}]").is_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_answering_sends_nothing_and_needs_no_network(browser_context, language):
    page = browser_context.new_page()
    page.goto(CHECK.format(language), wait_until="networkidle")
    browser_context.set_offline(True)
    asked, address = [], page.url
    page.on("request", lambda request: asked.append(request.url))
    questions = page.locator("[data-item]")
    assert shown(page, "waiting") and not shown(page, "nothing")

    for number in range(questions.count()):
        questions.nth(number).locator("[value=no]").check()
    assert shown(page, "nothing") and not shown(page, "talk")

    questions.nth(1).locator("[value=yes]").check()
    questions.nth(2).locator("[value=unsure]").check()
    assert shown(page, "talk") and not shown(page, "nothing")
    about = [line.inner_text() for line in page.locator("[data-about]:visible").all()]
    named = [page.locator("[data-about]").nth(place).text_content() for place in (1, 2)]
    assert about == named

    assert not asked and page.url == address
    kept = page.evaluate("[localStorage.length, sessionStorage.length, history.state]")
    assert kept == [0, 0, None] and not browser_context.cookies()

    page.locator("[data-clear] button").click()
    assert page.locator(":checked").count() == 0 and not shown(page, "talk")
    browser_context.set_offline(False)


def test_one_yes_is_enough_to_be_told(browser_context):
    page = browser_context.new_page()
    page.goto(CHECK.format("en"))
    page.get_by_label("Yes").first.check()
    assert page.locator("[data-about]:visible").all_inner_texts() == ["You are pregnant."]
    assert shown(page, "more")
    page.reload()
    assert page.locator(":checked").count() == 0


def test_without_javascript_the_check_is_a_list_to_read(chromium, site_live):
    context = chromium.new_context(base_url=site_live, java_script_enabled=False)
    page = context.new_page()
    page.goto(CHECK.format("en"))
    text = page.locator("main").inner_text()
    assert "Do you have a pacemaker" in text and "Then talk to us first" in text
    assert not page.locator("input").first.is_visible()
    assert "Nothing on this list" not in text and "Answer every question" not in text
    assert page.get_by_role("link", name="Call the clinic").first.is_visible()
    context.close()
