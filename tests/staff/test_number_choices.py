"""Where a number differs between the languages, either of the two is one press away, to be saved."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treatments.checks import BLOCKING, Finding
from treatments.checks.numbers import number_differences
from treatments.document.places import Place
from treatments.language.digits import bangla_digits
from treatments.language.text import normalise
from treatments.staff.number_choices import number_choices, proposals

from ..pages import squeezed
from ..sheet import TextForm, article, said, saved

STEP = ("procedure", "current")


def ways(client, treatment) -> dict[str, str]:
    """What is written on each of the ways out, and where it leads."""
    links = article(client, treatment, *STEP).select(".said a")
    return {squeezed(link): link["href"] for link in links}


@pytest.mark.parametrize(
    ("pressed", "english", "bangla"),
    [
        ("“20–40 minutes” in both", "20–40 minutes", "২০–৪০ মিনিট"),
        ("“২০–৩০ মিনিট” in both", "20–30 minutes", "২০–৩০ মিনিট"),
    ],
)
def test_either_number_is_proposed_for_both_and_only_saving_saves_it(
    staff, iontophoresis, pressed, english, bangla
):
    right = said(iontophoresis, *STEP, "text", "en")
    saved(staff, iontophoresis, *STEP, text_en=right.replace("20–30 minutes", "20–40 minutes"))
    before = {code: said(iontophoresis, *STEP, "text", code) for code in ("en", "bn")}
    offered = ways(staff, iontophoresis)
    assert pressed in offered and len(offered) == 2
    form = TextForm(staff, staff.get(offered[pressed]))
    assert english in form.says["text_en"] and normalise(bangla) in form.says["text_bn"]
    assert {code: said(iontophoresis, *STEP, "text", code) for code in ("en", "bn")} == before
    form.save()
    assert english in said(iontophoresis, *STEP, "text", "en")
    assert normalise(bangla) in said(iontophoresis, *STEP, "text", "bn")
    assert ways(staff, iontophoresis) == {}


@pytest.mark.parametrize(
    "query", ["?as=en", "?as=xx&about=1", "?as=bn&about=20 / 5", "?as=en&about=/"]
)
def test_what_is_no_difference_proposes_nothing(staff, iontophoresis, query):
    address = f"/admin/treatments/treatment/{iontophoresis.pk}/texts/procedure/current/"
    plain = TextForm(staff, staff.get(address)).says
    asked = TextForm(staff, staff.get(address + query)).says
    assert {**plain, "csrfmiddlewaretoken": ""} == {**asked, "csrfmiddlewaretoken": ""}


UNITS = [("minutes", "মিনিট"), ("days", "দিন"), ("mg", "মিলিগ্রাম"), ("sessions", "সেশন"), ("%", "%")]


@given(st.integers(2, 900), st.integers(2, 900), st.sampled_from(UNITS))
def test_a_number_that_is_taken_is_the_same_in_both(english, bangla, unit):
    """In the digits of each language, and nothing else of the sentence changes."""
    texts = {
        "en": f"Use {english} {unit[0]} of it.",
        "bn": normalise(f"এটি {bangla_digits(str(bangla))} {unit[1]} ব্যবহার করুন।"),
    }
    for one in number_differences(texts["en"], texts["bn"]):
        about = f"{one.english.text} / {one.bangla.text}" if one.english and one.bangla else ""
        finding = Finding(
            "numbers", BLOCKING, "x", Place("procedure", "x", "text"), "", "",
            ((0, 1),) if one.english else (), ((0, 1),) if one.bangla else (), about,
        )  # fmt: skip
        for choice in number_choices(finding):
            other = {"en": "bn", "bn": "en"}[choice.language]
            for _name, was, instead in proposals({"text": texts}, choice.language, about):
                assert texts[other].count(was) == 1
                after = texts | {other: texts[other].replace(was, instead)}
                assert not number_differences(after["en"], after["bn"])
