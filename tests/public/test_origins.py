"""Where each sentence comes from: the page for whoever checks a source against what rests on it."""

import re
from dataclasses import replace

import pytest
from django.utils import translation

from treatments.document.content import in_language
from treatments.document.sections import SOURCED
from treatments.language.text import normalise
from treatments.models import LANGUAGES
from treatments.public.origins import sources_and_sentences

from ..leaflet.test_leaflet import document
from ..pages import PAGE, SLUGS, soup

DO_NOT = {"en": "Aftercare: Do not", "bn": "চিকিৎসার পরের যত্ন: যা করবেন না"}
TELL_US = {"en": "Tell us first if", "bn": "আগে আমাদের জানান, যদি"}
NOT_FOR = {"en": "Who is it not for?", "bn": "কাদের জন্য নয়?"}


def said(part) -> str:
    return re.sub(r"\s+", " ", normalise(part.get_text(" "))).strip()


def sources_page(client, language, slug="iontophoresis"):
    answer = client.get(PAGE.format(language).replace("iontophoresis", slug) + "sources/")
    assert answer.status_code == 200
    return soup(answer).main


def heading_over(page, words: str) -> str:
    """The heading that stands nearest above these words."""
    [item] = [item for item in page.select("li") if normalise(words) in said(item)]
    return said(item.find_previous("h3"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_stands_under_what_makes_it_right(client, iontophoresis, language):
    """A tip under “Do not” alone would tell to do it; what to tell first is no reason against it."""
    page = sources_page(client, language)
    tip = iontophoresis.aftercaretip_set.filter(kind="do_not").get()
    assert heading_over(page, getattr(tip, f"text_{language}")) == normalise(DO_NOT[language])
    for reason in iontophoresis.contraindication_set.all():
        over = heading_over(page, getattr(reason, f"text_{language}"))
        assert (over == normalise(TELL_US[language])) == (reason.level == "tell_us")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_an_option_answers_stands_with_its_question(client, iontophoresis, language):
    page = said(sources_page(client, language))
    for option in iontophoresis.otheroption_set.exclude(not_for_en=""):
        answer = normalise(getattr(option, f"not_for_{language}"))
        assert f"{normalise(NOT_FOR[language])} {answer}" in page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", SLUGS)
def test_what_no_doctor_has_seen_is_marked_here_too(client, site, language, slug):
    page = sources_page(client, language, slug)
    edition = in_language(document(slug), language)
    unseen = {
        item.uid for section, _ in SOURCED for item in edition.items(section.key) if item.to_confirm
    }
    marked = [item for mark in page.select("p.c") for item in mark.find_next("li").parent("li")]
    assert len(marked) == len(unseen)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_sentence_stands_there_once(slug):
    edition = in_language(document(slug), "en")
    with translation.override("en"):
        resting = sources_and_sentences(edition)
    shown = [
        entry
        for one in resting
        for part in one.parts
        for group in part.groups
        for entry in group.entries
    ]
    assert len(shown) == sum(len(edition.items(section.key)) for section, _ in SOURCED)


def test_without_any_source_named_there_is_no_page():
    edition = in_language(document("iontophoresis"), "en")
    nowhere = {
        section.key: tuple(
            replace(item, values={**item.values, name: None}) for item in edition.items(section.key)
        )
        for section, name in SOURCED
    }
    assert sources_and_sentences(replace(edition, sections=edition.sections | nowhere)) == []
