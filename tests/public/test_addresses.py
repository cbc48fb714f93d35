"""Addresses as people send them to each other: with something of the sentence around them."""

from urllib.parse import quote, unquote, urlsplit

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from treatments.models import LANGUAGES, Treatment
from treatments.publishing.publish import withdraw
from treatments.publishing.slugs import change_slug

from ..conftest import NOW, Visitor
from ..pages import PAGE, PATHS, SLUGS

BELOW = ("check/", "plan/", "leaflet.pdf", "helpful/thanks/")
PAGES = [*PATHS, *(PAGE.format("bn") + end for end in BELOW), "/en/feed.xml", "/sitemap.xml", "/"]
TAILS = (
    "।", "॥", ")", ").", ".", "..", "…", ",", ";", ":", "!", "”", "’", "’s", "'s", '"', ">", "]", "}",
    "*", "_", "~", "|", "`", "-", "–", "—", "-এ", "এ", " ", " এই পাতাটা পড়ুন।", " read this, please",
    "\u200b", "\ufeff", "\u200e", "(bangla)", "&quot;", "&gt;", "%E0%A5%A4", "👍", "+see+this", "=", "@",
    "।/", ")/",
)  # fmt: skip
few = settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])


def lead(client, path: str, **more) -> str:
    """Where a reader is led from an address, and there is a page."""
    for _step in range(3):
        answer = client.get(quote(path), **more)
        if answer.status_code in (200, 302):
            return path
        assert answer.status_code == 301, (answer.status_code, path)
        there = urlsplit(answer["Location"])
        assert not there.netloc and not there.scheme
        path = unquote(there.path)
    raise AssertionError(f"led in circles: {path}")


@pytest.mark.parametrize("tail", TAILS)
@pytest.mark.parametrize("path", [PAGE.format("bn"), PAGE.format("en"), "/bn/", "/en/about/", "/"])
def test_what_stands_behind_an_address_does_not_lose_the_reader(client, site, path, tail):
    assert lead(client, path + tail) == path
    if path != "/":
        assert lead(client, path.rstrip("/") + tail) == path


@few
@given(st.sampled_from(PAGES), st.sampled_from(TAILS), st.sampled_from(TAILS), st.booleans())
def test_whichever_page_it_is(site, path, tail, more, head):
    client = Visitor()
    assert lead(client, path + tail + more) == path
    if head:
        assert client.head(quote(path + tail)).status_code in (200, 301, 302)


def test_one_step_leads_there_and_the_query_comes_along(client, site):
    answer = client.get(PAGE.format("bn") + quote("।") + "?fbclid=x")
    assert answer.status_code == 301 and "max-age=0" in answer["Cache-Control"]
    assert answer["Location"] == PAGE.format("bn") + "?fbclid=x"
    answer = client.get(PAGE.format("bn").rstrip("/") + quote("।"))
    assert answer["Location"] == PAGE.format("bn")


def test_also_from_an_address_that_a_treatment_had_before(client, iontophoresis):
    change_slug(iontophoresis, "sweating-hands", now=NOW)
    assert lead(client, PAGE.format("en") + "।") == "/en/treatments/sweating-hands/"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_led_to_what_is_not_there(client, site, language):
    withdraw(Treatment.objects.get(slug=SLUGS[0]), [language], now=timezone.now())
    for end in ("", *BELOW):
        assert client.get(PAGE.format(language) + end + quote("।")).status_code == 404
    for path in (
        "/nowhere।",
        "/en/nothing/)",
        "/bn/treatments/nothing।",
        "/en/treatments/x.",
        "/x.",
    ):
        path = quote(path)
        answer = client.get(path, follow=True)  # a slash may be put behind it first
        assert answer.status_code == 404
    assert client.get("/en/treatments/iontophoresis-at-home/plan/)").status_code == 404


def test_only_reading_is_led_on(client, site):
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "INVENTED"):
        answer = client.generic(method, PAGE.format("bn") + quote("।"))
        assert answer.status_code in (404, 405)


@few
@example("//evil.example/").via("an open redirect")
@example("/\\evil.example/।").via("the same")
@example("//evil.example/bn/।").via("the same")
@example("/https://evil.example/।").via("the same")
@example("/.//evil.example/।").via("the same")
@given(
    st.text(
        st.sampled_from("/.-\\:@?#%ab।) \t") | st.characters(exclude_categories=["Cs"]), max_size=30
    ).map(lambda text: f"/{text}")
)
def test_no_address_leads_to_another_site(site, path):
    answer = Visitor().get(quote(path, safe="/"))
    there = answer.get("Location", "/")
    assert there.startswith("/") and not there.startswith(("//", "/\\"))
    assert answer.status_code < 500
