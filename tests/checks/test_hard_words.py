"""A hard word is explained in its sentence, on the shipped pages too."""

from dataclasses import replace

import pytest
import regex
from hypothesis import example, given, settings
from hypothesis import strategies as st

from treatments.checks import GlossaryTerm, findings
from treatments.checks.hard_words import HardWordsExplained, running_text
from treatments.document.entries import HEADINGS
from treatments.document.places import Place

from .editing import text_at, with_text, with_value
from .shipped import documents, shipped
from .small import RIGHT

CHECK = HardWordsExplained()
SIDES = {"en": "english", "bn": "bangla"}
# A word, perhaps with its verb (ফোসকা পড়া), and the bracket that explains it.
BRACKET = regex.compile(r"(?P<word>\S+)(?P<bracket> \([^)]*\))")


def found(subject) -> set[tuple[str, str, str]]:
    return {(one.language, one.section, one.item) for one in CHECK.find(subject)}


@pytest.mark.parametrize("slug", sorted(documents()))
def test_every_hard_word_of_a_shipped_page_is_explained(slug):
    assert not found(shipped(slug))


@pytest.mark.parametrize("language", SIDES)
@pytest.mark.parametrize("slug", sorted(documents()))
def test_taking_an_explanation_away_is_noticed(slug, language):
    """Of most brackets: some explain no word of the glossary, or one that is explained twice."""
    page, noticed = shipped(slug), 0
    edition = page.editions[language]
    for entry in running_text(edition):
        stored = text_at(edition, entry.place)
        for match in BRACKET.finditer(stored):
            without = stored[: match.start("bracket")] + stored[match.end() :]
            changed = replace(page, **{SIDES[language]: with_text(edition, entry.place, without)})
            noticed += (language, entry.place.section, entry.place.item) in found(changed)
    assert noticed >= 8


def test_a_term_is_named_once_where_the_page_first_uses_it_as_it_is_shown():
    term = GlossaryTerm("epilepsy", ("মৃগী",), explanation=("An illness. Of the brain.", "রোগ।"))
    page = replace(RIGHT, terms=(term,))
    # “Tell us first” stands below “must not”, whatever their order in the document.
    first = with_value(page.english, "contraindications", "epilepsy", "level", "tell_us")
    first = with_value(first, "contraindications", "worry", "level", "must_not")
    first = with_text(first, Place("contraindications", "worry", "text"), "Worry or epilepsy.")
    (finding,) = CHECK.find(replace(page, english=first, bangla=None))
    assert (finding.section, finding.item, finding.field) == ("contraindications", "worry", "text")
    assert "“Worry or epilepsy.”" in finding.message
    assert "“epilepsy (an illness)”" in finding.advice


@pytest.mark.parametrize("key", HEADINGS)
def test_the_texts_of_a_section_are_read_in_the_order_of_its_headings(key):
    under, page = HEADINGS[key], shipped("iontophoresis").english
    shuffled = {**page.sections, key: page.items(key)[::-1]}
    says = {item.uid: item.values[under.field] for item in page.items(key)}
    read = [
        says[entry.place.item]
        for entry in running_text(replace(page, sections=shuffled))
        if entry.place.section == key
    ]
    assert list(dict.fromkeys(read)) == [heading.value for heading in under.headings]


def test_at_most_a_dozen_words_are_named_in_a_language():
    names = [f"word{letter}" for letter in "abcdefghijklmnopqrst"]
    terms = tuple(GlossaryTerm(name, (), explanation=("A thing.", "")) for name in names)
    text = " ".join(f"{name.capitalize()}." for name in names)
    page = with_text(RIGHT.english, Place("how_it_works", "page", "text"), text)
    assert len(list(CHECK.find(replace(RIGHT, english=page, terms=terms)))) == 12


odd = st.text(
    st.sampled_from("\u200b\u200c\u200d\u2060\ufeff\ufffe\x00 \n\t-–*+?.()[]{}|\\^$%&~'\"“s0ক্া্শ়a"),
    max_size=12,
)


@settings(max_examples=40)
@example([("---", "\u200b\n---", "---", "---", "\u200b")])
@example([("\u200b", "", "", ".", "।"), ("a|(", "ক|(", "[", "\\", "*")])
@given(st.lists(st.tuples(odd, odd, odd, odd, odd), max_size=4))
def test_no_row_of_a_glossary_breaks_a_check(rows):
    terms = tuple(
        GlossaryTerm(english, tuple(bangla.splitlines()), tuple(avoid.splitlines()), (en, bn))
        for english, bangla, avoid, en, bn in rows
    )
    place, page = Place("how_it_works", "page", "text"), RIGHT
    for language, side in SIDES.items():  # both name every word of the rows
        named = " ".join(
            word
            for term in terms
            for word in ((term.english,) if language == "en" else (*term.bangla, *term.avoid))
        )
        text = f"{text_at(page.editions[language], place)} {named}"
        page = replace(page, **{side: with_text(page.editions[language], place, text)})
    list(findings(replace(page, terms=(*terms, *page.terms))))
    page = shipped("iontophoresis-for-medicine")
    list(CHECK.find(replace(page, terms=(*terms, *page.terms))))


@pytest.mark.parametrize("odd", ["\u0338ক", "\u0338 hands", "(?P<", "\\", "[", "ক\u0338", "\u09cd"])
def test_a_term_may_begin_with_anything(odd):
    term = GlossaryTerm(odd, (odd,), explanation=("An illness.", "রোগ।"))
    assert not any(one.check == "unchecked" for one in findings(replace(RIGHT, terms=(term,))))
