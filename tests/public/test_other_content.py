"""Pages of a clinic that writes other things than the shipped ones: half of it, or only one of each."""

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from treatments.language.text import format_json, normalise
from treatments.language.weekdays import weekday_of
from treatments.models import LANGUAGES, PLAN, Clinic, Publication, Snapshot
from treatments.publishing.publish import withdraw

from ..leaflet.reading import close_up, read
from ..pages import PAGE, soup

SHORT_MARK = {"en": "to be confirmed", "bn": "ডাক্তারের দেখা বাকি"}
WITHDRAWN = {"en": "Withdrawn: do not rely on it.", "bn": "এই উৎস তুলে নেওয়া হয়েছে"}


def said(part) -> str:
    return re.sub(r"\s+", " ", normalise(part.get_text(" ")))


@pytest.fixture
def shown(client, iontophoresis):
    """Changes the words that are live as `change` does, and reads the page."""

    def show(change, language="en", below=""):
        live = Publication.objects.get(
            treatment=iontophoresis, language=language, live_until__isnull=True
        )
        plain = json.loads(live.snapshot.document)
        change(plain)
        Snapshot.objects.filter(pk=live.snapshot_id).update(document=format_json(plain))
        return soup(client.get(PAGE.format(language) + below)).main

    return show


def test_one_of_each_is_said_as_one(shown):
    """“1 times a week” and “1 sessions” look like a number that went wrong."""

    def one_of_each(plain):
        plain["plan"] = {name: [1, 1, units[0]] for name, units in PLAN.items()}

    wrong = r"\b1 (minutes|times|sessions|weeks)\b"
    page = said(shown(one_of_each).select_one("#answers"))
    assert "1 minute." in page and "1 time a week" in page and "1 session in all" in page
    assert "once a week" in page and not re.search(wrong, page)
    first = timezone.localdate() + timedelta(days=30)
    planner = shown(one_of_each, below=f"plan/?start={first.isoformat()}&day={weekday_of(first)}")
    planner.select_one(".timeline [aria-hidden]").decompose()  # a number over the word “weeks”
    assert "The first course: 1 session" in said(planner) and not re.search(wrong, said(planner))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_option_is_marked_at_the_first_question_that_it_answers(shown, language):
    """Also where that is not the first that is asked."""

    def half_answered(plain):
        for number, option in enumerate(plain["sections"]["other_options"]):
            option.pop("to_confirm", None)
            if number == 2:
                option |= {"to_confirm": True, "text": {"en": "", "bn": ""}}

    section = shown(half_answered, language).select_one("#other_options")
    [mark] = section.select("small.c")
    assert normalise(SHORT_MARK[language]) in said(mark).lower()
    assert mark.find_parent("details")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["study", "elsewhere"])
def test_a_result_says_that_its_source_was_withdrawn(shown, language, kind):
    """Whoever reads the figures does not look up each source in the list below."""

    def withdraw(plain):
        claims = [one for one in plain["sections"]["evidence"] if one["kind"] == kind]
        plain["sections"]["evidence"] = claims[:1]
        for source in plain["sections"]["sources"]:
            if source["uid"] == claims[0]["source"]:
                source["standing"] = "withdrawn"

    evidence = shown(withdraw, language).select_one("#evidence")
    assert normalise(WITHDRAWN[language]) in said(evidence)


NO_DETAILS = {"en": "contact details", "bn": "যোগাযোগের তথ্য দেয়নি"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", [f"{PAGE}wrong/", f"{PAGE}check/", "/{}/accessibility/"])
def test_a_clinic_with_an_address_and_no_telephone_has_given_details(client, site, language, path):
    Clinic.objects.update(address_en="12 Example Road", address_bn="১২ উদাহরণ রোড")
    page = soup(client.get(path.format(language))).main
    assert normalise(NO_DETAILS[language]) not in said(page)
    assert normalise({"en": "phone number", "bn": "ফোন নম্বর"}[language]) in said(page)


@pytest.mark.parametrize(("language", "other"), [("en", "bn"), ("bn", "en")])
def test_what_was_withdrawn_in_a_language_is_not_said_to_be_still_to_come(
    client, iontophoresis, language, other
):
    withdraw(iontophoresis, [language], now=timezone.now())
    answer = client.get(PAGE.format(language))
    page = soup(answer).main
    assert answer.status_code == 404 and page.select_one(f"a[href='{PAGE.format(other)}']")
    assert normalise({"en": "yet", "bn": "এখনো"}[language]) not in said(page)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["/{}/", "/{}/treatments/"])
def test_where_all_was_withdrawn_nothing_is_said_to_be_still_to_come(client, site, language, path):
    for treatment in site:
        withdraw(treatment, LANGUAGES, now=timezone.now())
    page = said(soup(client.get(path.format(language))).main)
    none = {"en": "No treatment is published here now.", "bn": "এখন এখানে কোনো চিকিৎসার পাতা নেই।"}
    assert normalise(none[language]) in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_whether_it_works_is_said_before_how_long_it_lasts(client, iontophoresis, language):
    """“The result lasts months” first would be read as a yes."""
    works = getattr(iontophoresis.answer_set.get(about="works"), f"text_{language}")
    lasts = getattr(iontophoresis, f"result_lasts_{language}")
    answers = said(soup(client.get(PAGE.format(language))).select_one("#answers"))
    assert answers.index(normalise(works)) < answers.index(normalise(lasts))
    leaflet, _ = read(client.get(f"{PAGE.format(language)}leaflet.pdf").content)
    on_paper = close_up(leaflet)
    assert on_paper.index(close_up(works)) < on_paper.index(close_up(lasts))
