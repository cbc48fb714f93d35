"""Digits of both scripts, and numbers read out of texts."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treatments.checks.reading.quantities import quantities
from treatments.checks.reading.quantity import NUMBER, RANGE, SHARE, measure
from treatments.language.digits import ascii_digits, bangla_digits, digits_in, range_in
from treatments.language.text import normalise

whole = st.integers(0, 10_000_000)
decimals = st.decimals(0, 1000, places=1)


@given(st.text())
def test_digits_come_back_from_bangla(text):
    assert ascii_digits(bangla_digits(text)) == ascii_digits(text)


@given(whole)
def test_a_number_has_one_value_in_both_scripts(number):
    values = {
        quantities(digits_in(script, number), language)[0].values
        for script in ("en", "bn")
        for language in ("en", "bn")
    }
    assert values == {(Decimal(number),)}


@given(decimals)
def test_a_decimal_is_read_in_both_scripts(number):
    for language in ("en", "bn"):
        (found,) = quantities(f"{digits_in(language, number)}%", language)
        assert (found.values, found.unit) == ((number,), "percent")


@given(st.integers(1_000, 99_999_999))
def test_grouped_digits_are_one_number(number):
    western = f"{number:,}"
    head, tail = str(number)[:-3], str(number)[-3:]
    pairs = [head[max(0, end - 2) : end] for end in range(len(head), 0, -2)][::-1]
    indian = ",".join([*pairs, tail])
    assert quantities(western, "en")[0].values == (number,)
    assert quantities(bangla_digits(indian), "bn")[0].values == (number,)


@given(st.integers(1, 500), st.integers(1, 500))
def test_a_range_keeps_its_order(low, more):
    for language, unit in (("en", "minutes"), ("bn", "মিনিট")):
        (found,) = quantities(f"{range_in(language, low, low + more)} {unit}", language)
        assert (found.form, found.values) == (RANGE, (low, low + more))
        assert found.unit == "minute"


@given(st.integers(1, 98), st.integers(1, 400))
def test_a_share_reads_the_same_either_way_round(part, rest):
    whole_group = part + rest if part + rest != 100 else 101 + part
    (english,) = quantities(f"{part} of {whole_group} people", "en")
    (bangla,) = quantities(bangla_digits(f"{whole_group} জনের মধ্যে {part} জন"), "bn")
    assert english.form == bangla.form == SHARE
    assert english.values == bangla.values == (part, whole_group)


@given(st.text(), st.sampled_from(["en", "bn"]))
def test_any_text_can_be_read(text, language):
    for found in quantities(text, language):
        assert found.values or found.loose


# text, language, (value or values, unit, per)
READ = [
    ("once a week", "en", (1, "time", "week")),
    ("twice daily", "en", (2, "time", "day")),
    ("3 days a week", "en", (3, "time", "week")),
    ("half an hour", "en", ("0.5", "hour", "")),
    ("an hour and a half", "en", ("1.5", "hour", "")),
    ("twenty-five minutes", "en", (25, "minute", "")),
    ("a 20-minute session", "en", (20, "minute", "")),
    ("500 mg", "en", (500, "milligram", "")),
    ("1,200 taka", "en", (1200, "taka", "")),
    ("seven patients", "en", (7, "person", "")),
    ("দিনে দুবার", "bn", (2, "time", "day")),
    ("সপ্তাহে ৩ দিন", "bn", (3, "time", "week")),
    ("আধা ঘণ্টা", "bn", ("0.5", "hour", "")),
    ("দেড় ঘণ্টা", "bn", ("1.5", "hour", "")),
    ("আড়াই মাস", "bn", ("2.5", "month", "")),
    ("সাড়ে তিন ঘণ্টা", "bn", ("3.5", "hour", "")),
    ("পঁচিশ মিনিট", "bn", (25, "minute", "")),
    ("নয়টি সেশন", "bn", (9, "session", "")),
    ("শতকরা ৮১.২ জন", "bn", ("81.2", "percent", "")),
    ("৯২ দশমিক ৯ শতাংশ", "bn", ("92.9", "percent", "")),
    ("সাতজন রোগী", "bn", (7, "person", "")),
    ("১০০ জনে ৫ জন", "bn", (5, "percent", "")),
    ("১,২০০ টাকা", "bn", (1200, "taka", "")),
]


@pytest.mark.parametrize(("text", "language", "expected"), READ)
def test_a_quantity_is_read(text, language, expected):
    found = next(one for one in quantities(normalise(text), language) if not one.loose)
    value, unit, per = expected
    assert (found.form, found.values, found.unit, found.per) == (
        NUMBER,
        (Decimal(value),),
        unit,
        per,
    )


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Once it has healed, at once, one another", "en"),
        ("the first and the second time", "en"),
        ("see www.example.org/2017", "en"),
        ("এটি ভালো নয়", "bn"),
        ("একটি, একজন, একই, একটু, একসঙ্গে, একমাত্র, আটকে, বিশেষ, চারপাশে", "bn"),
        ("দুই হাত ট্রেতে রাখুন", "bn"),
        ("প্রথম সেশন", "bn"),
    ],
)
def test_words_that_are_no_firm_number(text, language):
    assert [one.text for one in quantities(normalise(text), language) if not one.loose] == []


def test_half_an_hour_is_thirty_minutes():
    assert measure(Decimal("0.5"), "hour") == measure(Decimal(30), "minute")
    assert measure(Decimal(2), "week") == measure(Decimal(14), "day")
    assert measure(Decimal(1), "month") != measure(Decimal(4), "week")
