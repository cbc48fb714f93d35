"""Something wrong on this page? From a treatment's page to a message about a part of it."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from treatments.models import LANGUAGES, Clinic, Publication
from treatments.publishing.publish import withdraw

from ..conftest import LANDLINE, MOBILE, NOW
from ..offline import read_until_kept
from ..pages import PAGE, SLUGS, soup, words
from .self_check import publish_rows

WRONG = PAGE + "wrong/"
ASK = {"en": "Something wrong on this page?", "bn": "এই পাতায় কিছু ভুল মনে হচ্ছে?"}
AT_THE_CLINIC = {"en": "Tell the staff at the clinic itself", "bn": "ক্লিনিকে এসে কর্মীদের বলুন"}


def messages(page) -> list[str]:
    """What is ready to be sent, of each link to the clinic's WhatsApp in the text."""
    links = page.main.find_all("a", href=re.compile(rf"^https://wa\.me/{MOBILE[1:]}\?"))
    return [parse_qs(urlsplit(link["href"]).query)["text"][0] for link in links]


def sections(page) -> dict[str, str]:
    """By its id, what stands in each section of a treatment's page, and its name in the contents."""
    shown = page.select(".text > section[id], .text > details[id]")
    return {
        one["id"]: words(one)
        + " ".join(map(words, page.select(f'#contents [href="#{one["id"]}"]')))
        for one in shown
        if one["id"] not in ("review", "contact")
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", SLUGS)
def test_every_part_of_a_page_has_a_message_that_names_it_and_nothing_else(
    client, site, language, slug
):
    Clinic.objects.update(phones=MOBILE, whatsapp=MOBILE)
    address = f"/{language}/treatments/{slug}/"
    treatment = soup(client.get(address))
    (link,) = treatment.find(id="review").find_all("a", string=ASK[language])
    page = soup(client.get(link["href"]))
    ready = messages(page)
    there = sections(treatment)
    assert len(there) > 8 and len(ready) == len(there) + 2 and len(set(ready)) == len(ready)
    title, wheres, whats = treatment.h1.get_text(strip=True), [], set()
    for message in ready:
        about, where, what = message.split("\n")
        assert title in about and where.startswith(settings.PUBLIC_URL + address)
        wheres.append(urlsplit(where).fragment)
        whats.add(what)
    assert wheres == ["", *there, ""] and len(whats) == 1
    for message, text in zip(ready[1:-1], there.values(), strict=True):
        part = message.split("\n")[0].removesuffix(".").removesuffix("।").rsplit(": ", 1)[1]
        assert part in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_to_say_on_the_telephone_stands_beside_its_numbers(client, site, language):
    Clinic.objects.update(phones=f"{MOBILE}\n{LANDLINE}", whatsapp="")
    page = soup(client.get(WRONG.format(language))).main
    section = page.find("a", href=f"tel:{MOBILE}").find_parent("section")
    assert section.find("a", href=f"tel:{LANDLINE}")
    title = soup(client.get(PAGE.format(language))).h1.get_text(strip=True)
    assert title in words(section)
    assert not page.find("a", href=re.compile(r"wa\.me"))
    assert AT_THE_CLINIC[language] not in words(page)
    listed = [link["href"] for link in page.select("[role=list] a")]
    assert PAGE.format(language) + "#side_effects" in listed


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_any_number_one_is_sent_to_the_clinic_itself(client, site, language):
    page = soup(client.get(WRONG.format(language))).main
    assert AT_THE_CLINIC[language] in words(page)
    assert not page.find("a", href=re.compile(r"^tel:|wa\.me"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_is_unwell_is_led_to_help_first(client, site, language):
    page = soup(client.get(WRONG.format(language))).main
    assert page.select_one("a[href$='#help_signs']")["href"].startswith(PAGE.format(language))


def test_a_section_that_says_nothing_is_not_listed(client, iontophoresis):
    Clinic.objects.update(whatsapp=MOBILE)
    before = messages(soup(client.get(WRONG.format("en"))))
    iontophoresis.benefit_set.all().delete()
    publish_rows()
    after = messages(soup(client.get(WRONG.format("en"))))
    assert (
        [message for message in before if message not in after]
        == [message for message in before if "#benefits" in message]
        != []
    )


def test_a_page_that_is_not_live_has_nothing_to_report(client, iontophoresis):
    withdraw(iontophoresis, ["bn"], now=NOW)
    response = client.get(WRONG.format("bn"))
    assert response.status_code == 404
    assert soup(response).find("a", href=WRONG.format("en"))
    assert not soup(client.get(WRONG.format("en"))).find("a", href=WRONG.format("bn"))
    Publication.objects.all().delete()
    assert client.get(WRONG.format("en")).status_code == 404


def test_no_search_engine_lists_it(client, site):
    assert soup(client.get(WRONG.format("bn"))).find("meta", attrs={"content": "noindex"})
    assert "/wrong/" not in client.get("/sitemap.xml").content.decode()


def test_it_can_send_nothing_to_this_site_and_costs_at_most_four_queries(client, site):
    with CaptureQueriesContext(connection) as captured:
        response = client.get(WRONG.format("bn"))
    assert len(captured) <= 4 and not response.cookies
    assert not soup(response).find_all(["form", "textarea", "input"])
    assert "public" in response["Cache-Control"]


@pytest.mark.parametrize("scripts", [True, False])
def test_a_mistake_is_reported_on_a_phone(chromium, site_to_call, scripts):
    context = chromium.new_context(
        base_url=site_to_call, java_script_enabled=scripts, viewport={"width": 360, "height": 740}
    )
    page = context.new_page()
    page.goto(PAGE.format("bn"))
    page.get_by_role("link", name=ASK["bn"]).click()
    page.get_by_role("heading", name="কোথায় ভুল, আমাদের জানান").wait_for()
    page.get_by_role("link", name="পার্শ্বপ্রতিক্রিয়া").wait_for()
    assert page.get_by_role("main").get_by_role("list").get_by_role("link").count() > 10
    assert not context.cookies()
    context.close()


def test_it_opens_again_without_internet(phone, line):
    read_until_kept(phone, WRONG.format("en"))
    line.cut()
    phone.reload()
    phone.get_by_role("heading", name="Tell us what is wrong").wait_for()
