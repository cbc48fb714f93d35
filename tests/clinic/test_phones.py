"""Telephone numbers, in every way in which people write them."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from treatments.clinic.phones import (
    dialable,
    parse_hotline,
    parse_mobile,
    parse_phone,
    parse_phones,
    readable_number,
)

from ..conftest import LANDLINE, MOBILE

NATIONAL = MOBILE.removeprefix("+880")
BANGLA = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")
ZEROS = [
    chr(code)
    for code in range(0x110000)
    if unicodedata.category(chr(code)) == "Nd" and unicodedata.decimal(chr(code)) == 0
]
SEPARATORS = ["", " ", "-", ".", "\u2011", "–", "\u00a0", "\u2009", " - ", "(", ") "]
INVISIBLE = ["", "\u200b", "\u200d", "\u200e", "\u202a", "\u2060", "\ufeff", "\u00ad", "\ufe0f"]
PREFIXES = ["0", "+880", "+880 (0)", "00880", "880", "+88 0", "tel:+880", "Tel: 0", "＋880", ""]


def in_script(zero: str, text: str) -> str:
    return "".join(chr(ord(zero) + int(one)) if one.isascii() and one.isdigit() else one
                   for one in text)  # fmt: skip


def why_not(reader, typed: str) -> str:
    with pytest.raises(ValidationError) as caught:
        reader(typed)
    return " ".join(caught.value.messages)


@given(
    mobile=st.from_regex(r"1[3-9][0-9]{8}", fullmatch=True),
    prefix=st.sampled_from(PREFIXES),
    zero=st.sampled_from(ZEROS),
    between=st.lists(st.sampled_from(SEPARATORS), min_size=10, max_size=10),
    litter=st.lists(st.sampled_from(INVISIBLE), min_size=10, max_size=10),
)
def test_a_mobile_number_is_the_same_however_it_is_written(mobile, prefix, zero, between, litter):
    typed = prefix + "".join("".join(parts) for parts in zip(between, litter, mobile, strict=True))
    assert (
        parse_phone(in_script(zero, typed))
        == parse_mobile(in_script(zero, typed))
        == f"+880{mobile}"
    )


@given(
    mobile=st.from_regex(r"1[3-9][0-9]{8}", fullmatch=True),
    prefix=st.sampled_from(["0", "+880", "00880"]),
    places=st.integers(1, 9),
)
def test_a_digit_that_is_missing_or_too_many_is_said(mobile, prefix, places):
    short, long = mobile[:places] + mobile[places + 1 :], mobile[:places] + "0" + mobile[places:]
    if short[:2] in {"13", "14", "15", "16", "17", "18", "19"}:
        assert "too short" in why_not(parse_phone, prefix + short)
    assert "too long" in why_not(parse_phone, prefix + long)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("01012-345678", "first digits"),
        ("+999 123456", "first digits"),
        ("+880", "too short"),
        ("12", "too short"),
        ("1" * 400, "too long"),
        ("call us", "in digits"),
        ("call 01812-345678", "in digits"),
        ("01812-345678 (Rina)", "in digits"),
        ("01812-345678 ext 12", "in digits"),
        ("01812345678/79", "one number alone"),
        ("০১৮১২-৩৪৫৬৭O", "in digits"),
        ("²³⁴⁵⁶⁷⁸", "in digits"),
        ("+", "in digits"),
        ("\ud800", "in digits"),
        ("+16263", "too short"),
    ],
)
def test_what_is_no_number_is_refused_with_what_is_wrong(typed, said):
    assert said in why_not(parse_phone, typed)
    assert dialable(typed) == typed


@pytest.mark.parametrize("zero", ZEROS)
@pytest.mark.parametrize("digits", ["999", "1234", "12345"])
def test_a_hotline_is_a_number_of_its_own(zero, digits):
    typed = in_script(zero, digits)
    assert parse_phone(typed) == parse_hotline(typed) == dialable(typed) == digits
    assert readable_number(typed, "en") == digits
    assert readable_number(typed, "bn") == digits.translate(BANGLA)
    assert "not a mobile" in why_not(parse_mobile, typed)


@pytest.mark.parametrize("typed", ["", "99", "123456", "099", "+999", "nine", "⁹⁹⁹", "①②③", "9x9"])
def test_what_is_no_hotline_is_refused(typed):
    assert "3 to 5 digits" in why_not(parse_hotline, typed)


def test_only_a_mobile_number_has_whatsapp():
    assert parse_phone(LANDLINE) == LANDLINE
    assert "not a mobile" in why_not(parse_mobile, LANDLINE)


def test_several_numbers_stand_one_a_line_each_once():
    typed = f"0{NATIONAL}\r\n\n{LANDLINE}, 12345; +880 (0){NATIONAL}"
    assert parse_phones(typed) == f"{MOBILE}\n{LANDLINE}\n12345"
    wrong = why_not(parse_phones, f"{MOBILE}\n0181\ncall")
    assert "“0181”" in wrong and "“call”" in wrong
    assert "at most" in why_not(parse_phones, "12345\n" * 11)


@pytest.mark.parametrize("kept", [MOBILE, "+88001812345678"])
def test_a_number_is_shown_in_groups_and_dialled_without_the_zero(kept):
    assert readable_number(kept, "en") == "+880 1812-345678"
    assert readable_number(kept, "bn") == "+৮৮০ ১৮১২-৩৪৫৬৭৮"
    assert dialable(kept) == MOBILE


@given(st.text(max_size=300), st.sampled_from(["en", "bn"]))
def test_whatever_was_kept_before_can_be_shown(kept, language):
    assert isinstance(dialable(kept), str) and isinstance(readable_number(kept, language), str)
