"""The least is not the most: “under two months” is not দুই মাসের বেশি."""

import pytest

from treatments.checks import BLOCKING, findings

from .small import saying

OVER, UNDER = "over", "under"
ENGLISH = {
    OVER: (
        "Children over 3 years.", "Children aged 3 years or more.", "Wait at least 3 weeks.",
        "A fever above 38.5 degrees.",
    ),
    UNDER: (
        "Children under 3 years.", "Children aged 3 years or less.", "Wait up to 3 weeks.",
        "A fever below 38.5 degrees.",
    ),
}  # fmt: skip
BANGLA = {
    OVER: (
        "৩ বছরের বেশি বয়সী শিশু।", "৩ বছর বা তার বেশি বয়সী শিশু।", "অন্তত ৩ সপ্তাহ অপেক্ষা করুন।",
        "৩৮.৫ ডিগ্রির ওপরে জ্বর।",
    ),
    UNDER: (
        "৩ বছরের কম বয়সী শিশু।", "৩ বছর বা তার কম বয়সী শিশু।", "সর্বোচ্চ ৩ সপ্তাহ অপেক্ষা করুন।",
        "৩৮.৫ ডিগ্রির নিচে জ্বর।",
    ),
}  # fmt: skip


def numbers_found(english: str, bangla: str) -> list:
    return [one for one in findings(saying(english, bangla)) if one.check == "numbers"]


@pytest.mark.parametrize("number", range(4))
@pytest.mark.parametrize("bangla", [OVER, UNDER])
@pytest.mark.parametrize("english", [OVER, UNDER])
def test_a_bound_is_the_same_in_both_languages(english, bangla, number):
    found = numbers_found(ENGLISH[english][number], BANGLA[bangla][number])
    assert [one.level for one in found] == ([] if english == bangla else [BLOCKING])


@pytest.mark.parametrize(
    ("english", "bangla"),
    [
        ("No more than 2 tablets a day.", "দিনে ২টির বেশি ট্যাবলেট খাবেন না।"),
        ("Up to 12 weeks.", "১২ সপ্তাহের বেশি নয়।"),
        ("At least 4 weeks apart.", "৪ সপ্তাহের কম ফাঁকে নয়।"),
        ("Not for children under 6 years.", "৬ বছরের বেশি হলে তবেই দেওয়া যায়।"),
    ],
)
def test_what_a_no_turns_round_is_left_alone(english, bangla):
    assert not [one for one in numbers_found(english, bangla) if one.level == BLOCKING]


def test_words_that_only_end_like_a_no_turn_nothing_round():
    for bangla in ("আপনি ২ লিটারের বেশি পানি খাবেন।", "২ লিটারের বেশি চিনি-পানি খাবেন।"):
        [found] = numbers_found("Drink less than 2 litres of it.", bangla)
        assert found.level == BLOCKING
    assert not numbers_found("It takes over 2 weeks.", "২ সপ্তাহের কম হয়নি।")


def test_what_stands_between_a_number_and_its_bound():
    english = "Your sugar is above 14 mmol/L."
    assert not numbers_found(english, "আপনার সুগার ১৪ মিলিমোল/লিটার ছাড়িয়ে গেছে।")
    for bangla in ("আপনার সুগার ১৪ মিলিমোল/লিটারের নিচে।", "আপনার সুগার ১৪ মিলিমোল/লিটারের কম।"):
        assert [one.level for one in numbers_found(english, bangla)] == [BLOCKING]


def test_a_time_that_is_over_is_not_less_than_it():
    english = "You are less than 20 weeks pregnant."
    assert not numbers_found(english, "আপনার গর্ভের ২০ সপ্তাহ পুরো হয়নি।")
    [found] = numbers_found(english, "আপনার গর্ভের ২০ সপ্তাহ পুরো হয়েছে।")
    assert found.level == BLOCKING


def test_the_finding_names_the_words_of_both():
    [found] = numbers_found("A baby under 2 months.", "২ মাসের বেশি বয়সী শিশু।")
    assert "under 2 months" in str(found.message) and "২ মাসের বেশি" in str(found.message)
