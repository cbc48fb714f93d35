"""The one stored form of a text."""

import sys

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from treatments.language import rich_text
from treatments.language.text import (
    first_unreadable_letter,
    has_words,
    normalise,
    one_line,
    replace_unreadable,
)

ALL = "".join(map(chr, range(sys.maxunicode + 1)))
SEPARATING = regex.findall(r"[\s\p{Cc}ᅟᅠ⠀ㅤﾠ]", ALL)
UNSEEN = [
    sign
    for sign in regex.findall(r"[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]", ALL)
    if sign not in SEPARATING
]


def test_what_separates_never_vanishes():
    """A line break of PowerPoint made “2 3 times” of two lines, and then 23 times."""
    for sign in SEPARATING:
        assert normalise(f"2{sign}3 times") in ("2 3 times", "2\n3 times"), hex(ord(sign))
        assert one_line(f"2{sign}3 times") == "2 3 times", hex(ord(sign))


def test_what_nobody_sees_is_not_there():
    for sign in UNSEEN:
        assert normalise(f"2{sign}3 sores") == "23 sores", hex(ord(sign))
        assert normalise(sign * 3) == "", hex(ord(sign))


@pytest.mark.parametrize(
    "text", ["র\u200d্যাশ", "উদ্\u200cবেগ", "👩🏽\u200d⚕️", "👨\u200d👩\u200d👧", "❤️", "1️⃣", "≥ − ₂ ½"]
)
def test_what_a_word_or_a_picture_is_made_of_stays(text):
    assert normalise(text) == text


@pytest.mark.parametrize("joiner", ["\u200c", "\u200d", "\u200d\u200c\u200d"])
@pytest.mark.parametrize(
    "word", ["ব্যথা|", "|ব্যথা", "নেই|না", "২|৩", "pa|in", "2|3", "ক|x", "😀|", "না| হবে"]
)
def test_a_joiner_that_joins_nothing_is_not_there(word, joiner):
    assert normalise(word.replace("|", joiner)) == normalise(word.replace("|", ""))


@pytest.mark.parametrize("joiner", ["\u200c", "\u200d"])
@pytest.mark.parametrize("word", ["ক্|ষ", "গ|ুণ", "র|্যাশ", "উদ্|বেগ", "ড়|্যা"])
def test_a_joiner_that_bangla_needs_stays_once(word, joiner):
    right = normalise(word).replace("|", joiner)
    for litter in ("", joiner, "\u200b", "\u2060\ufeff"):
        assert normalise(word.replace("|", litter + joiner + litter)) == right


@given(st.text())
def test_the_stored_form_stays_as_it_is(text):
    assert normalise(normalise(text)) == normalise(text)
    assert one_line(one_line(text)) == one_line(text)
    assert replace_unreadable(replace_unreadable(text)) == replace_unreadable(text)
    assert len(normalise(text).splitlines()) == len(normalise(text).split("\n")) - (
        normalise(text) == ""
    )


@given(st.text(st.sampled_from("ক খতঅ্া়ু\u200c\u200d\u0301\u0338>=\ufe0f😀🏽2\n\x0b\u200bㅤ⃣")))
def test_the_stored_form_of_joined_letters_stays_as_it_is(text):
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(), st.sampled_from(["<p>%s</p>", "%s", "<ul><li>%s</li></ul>", "<strong>%s"]))
def test_no_letter_breaks_the_tags_around_it(text, markup):
    for typed in (text, f"\u0338{text}"):
        stored = rich_text.clean(markup % typed)
        assert rich_text.clean(stored) == stored
        assert not regex.search(r"<(?!/?(?:p|ul|ol|li|strong|a|br)\b[^<>]*>)", stored)


@pytest.mark.parametrize("sign", "\ufffe\uffff\U0001ffff\ue000\U00100000\u0378\ud800\ufffc")
def test_what_no_program_reads_is_found_and_never_put_out(sign):
    assert first_unreadable_letter(f"Cold {sign} sores").start() == 5
    assert replace_unreadable(f"Cold {sign} sores") == "Cold \ufffd sores"


@pytest.mark.parametrize("text", ["", "---", "…", "\u200b", "ㅤ", "্", "\u0301", "✅", " \n"])
def test_marks_alone_say_nothing(text):
    assert not has_words(text)


@pytest.mark.parametrize("text", ["a", "ঘ", "7", "৭", "½"])
def test_a_letter_or_a_digit_says_something(text):
    assert has_words(text)
