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


# English, right Bangla, wrong Bangla
@pytest.mark.parametrize(
    ("english", "right", "wrong"),
    [
        ("It is used only once.", "একবারই ব্যবহার করা হয়।", "একবারের বেশি ব্যবহার করা হয়।"),
        ("For no longer than five days.", "পাঁচ দিনের বেশি নয়।", "পাঁচ দিনের কম নয়।"),
        ("Up to five patches.", "পাঁচটি বা তার কম দাগ।", "পাঁচটি বা তার বেশি দাগ।"),
        ("No more than 4 tablets.", "৪টির বেশি ট্যাবলেট খাবেন না।", "৪টির কম ট্যাবলেট খাবেন না।"),
        ("Use it for at least 7 days.", "অন্তত ৭ দিন লাগান।", "৭ দিনের বেশি লাগাবেন না।"),
        ("Come within 3 days.", "৩ দিনের মধ্যে আসুন।", "৩ দিন পর আসুন।"),
        ("Two days before it.", "এর দুই দিন আগে।", "এর দুই দিন পরে।"),
        ("For 4 weeks after it.", "এর পরের ৪ সপ্তাহ।", "এর আগের ৪ সপ্তাহ।"),
        ("Do not scrub before day 7.", "৭ দিন হওয়ার আগে ঘষবেন না।", "৭ দিন হওয়ার পরে ঘষবেন না।"),
        ("One visit afterwards.", "পরে একবার দেখানো।", "আগে একবার দেখানো।"),
    ],
)  # fmt: skip
def test_how_a_number_is_bounded_is_the_same_in_both_languages(english, right, wrong):
    assert not numbers_found(english, right)
    assert BLOCKING in [one.level for one in numbers_found(english, wrong)]


@pytest.mark.parametrize(
    ("english", "bangla"),
    [
        ("The swelling goes down over two weeks.", "দুই সপ্তাহের মধ্যে ফোলা কমে যায়।"),
        ("You can shower after 24 hours.", "২৪ ঘণ্টার আগে গোসল করবেন না।"),
        ("It hurts more for up to 3 days.", "৩ দিন বেশি ব্যথা থাকে।"),
        ("Half an hour before bed, wear it for 20 minutes.", "ঘুমের আধা ঘণ্টা আগে মোজা পরে ২০ মিনিট।"),
        ("Two weeks before and after it.", "এর আগে ও পরে দুই সপ্তাহ।"),
        ("Three days later, take 2 tablets.", "তিন দিন পর ২টি ট্যাবলেট খান।"),
        ("It needs at least 3 sessions.", "৩টির কম সেশন নিলে কাজ হয় না।"),
    ],
)
def test_a_bound_said_in_other_words_is_left_alone(english, bangla):
    assert not numbers_found(english, bangla)
