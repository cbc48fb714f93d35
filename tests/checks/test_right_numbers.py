"""Right pairs full of numbers, as a bilingual nurse would write them, and single slips in them."""

from functools import cache
from pathlib import Path

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from treatments.checks import ASK, BLOCKING
from treatments.checks.numbers import named_alone, number_differences
from treatments.language.digits import ascii_digits, bangla_digits
from treatments.language.text import normalise


@cache
def pairs() -> list[tuple[str, str]]:
    lines = Path(__file__).with_name("right_numbers.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")][1:]
    return [(english, normalise(bangla)) for english, bangla in rows]


def levels(english: str, bangla: str) -> set[str]:
    return {
        *(one.level for one in number_differences(english, bangla)),
        *(level for *_, level in named_alone(english, bangla)),
    }


@pytest.mark.parametrize(("english", "bangla"), pairs())
def test_a_right_pair_is_not_blocked(english, bangla):
    assert BLOCKING not in levels(english, bangla)


def test_hardly_a_right_pair_asks():
    asked = [pair for pair in pairs() if ASK in levels(*pair)]
    assert len(asked) <= len(pairs()) * 0.04, asked


DIGITS = regex.compile(r"(?<![\d০-৯.,])[০-৯]+(?![\d০-৯.,:]*[০-৯])")
SLIPS = [
    (english, bangla, match.span())
    for english, bangla in pairs()
    for match in DIGITS.finditer(bangla)
]


@given(st.sampled_from(SLIPS), st.integers(1, 7))
def test_a_slip_in_a_number_is_found(slip, more):
    english, bangla, (start, end) = slip
    number = bangla_digits(str(int(ascii_digits(bangla[start:end])) + more))
    assert levels(english, bangla[:start] + number + bangla[end:]) - levels(english, bangla)
