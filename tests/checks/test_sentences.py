"""Sentences, conditions and ends that only one text has."""

import pytest

from treatments.checks import ASK, BLOCKING, findings
from treatments.checks.agreement import lexicon
from treatments.checks.sentences import alone
from treatments.language.text import normalise

from .small import saying


def found(english: str, bangla: str) -> list[tuple[str, str]]:
    """The language and the level of what stands in one text only."""
    return [
        (language, level)
        for language, _span, level in alone(normalise(english), normalise(bangla), lexicon(()))
    ]


def test_a_lost_condition_is_found():
    english = "If the ear bleeds, call the doctor."
    assert found(english, "কান দিয়ে রক্ত পড়লে ডাক্তারকে ফোন করুন।") == []
    assert found(english, "ডাক্তারকে ফোন করুন।") == [("en", BLOCKING)]
    assert found("Wear the belt if necessary.", "দরকারমতো বেল্ট পরবেন।") == []
    # তুলে is no condition, রক্ত পড়ার সময় is one.
    assert ("en", BLOCKING) in found(english, "ফোন তুলে ডাক্তারকে ফোন করুন।")
    assert found(english, "কান দিয়ে রক্ত পড়ার সময় ডাক্তারকে ফোন করুন।") == []


def test_a_sentence_that_the_other_text_does_not_need_is_asked_about():
    english = "Wear the bandage for two weeks."
    bangla = "দুই সপ্তাহ ব্যান্ডেজ পরে থাকুন।"
    assert found(english, bangla) == []
    assert found(english, f"{bangla} বাচ্চাদেরও দেওয়া যায়।") == [("bn", ASK)]


@pytest.mark.parametrize(
    ("english", "bangla", "level"),
    [
        ("Rest your knee and put ice on it.", "হাঁটুকে বিশ্রাম দিন আর বরফ দিন।", ""),
        ("Rest your knee and put ice on it.", "হাঁটুকে বিশ্রাম দিন আর বরফ দিন", ASK),
        ("Rest your knee and put ice on it.", "হাঁটুকে বিশ্রাম দিয়ে", BLOCKING),
        ("Rest your knee, or put ice on it", "হাঁটুকে বিশ্রাম দিন বা বরফ দিন।", ASK),
        ("Your knee hurts and will not bend.", "হাঁটু ব্যথা করে আর সব সময়ের মতো", BLOCKING),
        ("Rest your knee for a day,", "হাঁটুকে এক দিন বিশ্রাম দিন আর বরফ দিন।", BLOCKING),
        ("Your knee", "হাঁটু", ""),
        ("Take it with food or without.", "খাবারের সঙ্গে বা খাবার ছাড়া খাবেন।", ""),
        ("It is nothing to be ashamed of.", "এতে লজ্জার কিছু নেই।", ""),
        # A full stop makes no sentence; it is certain where more than one word went with the end.
        ("Wash the cup, the towel and the comb.", "কাপ ধুয়ে।", BLOCKING),
        ("Take the syrup after breakfast.", "নাস্তার পর সিরাপ।", ASK),
        ("Your ankle swells, or you fall asleep.", "গোড়ালি ফুলে যায়, কিংবা শুয়ে।", ASK),
        ("You can drive the day after.", "পরদিনই গাড়ি চালাতে।", ASK),
        ("Wear it on the wrist of the other arm.", "অন্য হাতের।", ASK),
        ("Put the drops into each.", "দুই চোখে ড্রপ দিন।", ""),
        ("You need two crutches.", "দুটি ক্রাচ লাগে।", ""),
        ("You are pregnant.", "আপনি গর্ভবতী।", ""),
        ("Hands, feet and knees.", "হাত, পা ও হাঁটু।", ""),
        ("Sleep on your back, even at home.", "চিত হয়ে ঘুমান, বাড়িতে হলেও।", ""),
        ("It takes 30 seconds.", "সময় লাগে ৩০ সেকেন্ড।", ""),
        ("A scan of 30 seconds.", "স্ক্যানটি ৩০ সেকেন্ডের।", ""),
        ("Skin that itches.", "ত্বক চুলকানো।", ""),
        # One of a list of signs may be a condition, and a rate needs no verb.
        ("Your knee is red and your calf swells.", "হাঁটু লাল হলে আর পায়ের গোছা ফুললে।", ""),
        ("A blister that grows or bleeds.", "ফোসকা বড় হলে বা রক্ত পড়লে।", ""),
        ("You are allergic to latex or eggs.", "ল্যাটেক্স বা ডিমে অ্যালার্জি থাকলে।", ""),
        ("If the knee hurts, call the doctor.", "হাঁটু ব্যথা করলে।", BLOCKING),
        ("Three times a week, lying on your side.", "সপ্তাহে তিনবার, কাত হয়ে শুয়ে।", ""),
        ("The nurse washes the knee with soap.", "নার্স হাঁটু সাবান দিয়ে।", ASK),
        # What something is: কার্যকর; and nouns that look like verbs: জ্বালা.
        ("It works well for the scalp.", "মাথার ত্বকে এটি বেশ কার্যকর।", ""),
        ("You had a fall, or you are bedridden.", "আপনি পড়ে গেছেন, অথবা আপনি শয্যাশায়ী।", ""),
        # Verbs that end in their preposition, clauses without theirs, and the month.
        ("Bathe it so that the salt gets through.", "ধুয়ে নিন, যাতে লবণ ভেতরে ঢোকে।", ""),
        ("We tell you where the blood comes from.", "রক্ত কোথা থেকে আসে, তা জানাই।", ""),
        ("It does not cause the cough that pills do.", "বড়ি খেলে যেমন কাশি হয়, এতে হয় না।", ""),
        ("Come back on 12 May.", "১২ মে আবার আসুন।", ""),
        ("The nerve is numbed by.", "স্নায়ু অবশ করা হয় ইনজেকশনে।", ASK),
    ],
)
def test_a_text_that_breaks_off_is_found(english, bangla, level):
    said = [one.level for one in findings(saying(english, bangla)) if one.check == "length"]
    assert said == ([level] if level else [])


def test_an_alternative_that_went_with_its_clause_is_found():
    assert found("You are pregnant, or you think you might be.", "আপনি গর্ভবতী।") == [
        ("en", BLOCKING)
    ]
    assert (
        found("You are pregnant, or you think you might be.", "আপনি গর্ভবতী, কিংবা তা মনে করছেন।")
        == []
    )


def test_one_word_may_name_both_alternatives():
    assert found("You feel your heart pound or flutter.", "বুক ধড়ফড় করে।") != [("en", BLOCKING)]


def test_a_number_in_words_joins_nothing():
    english = "The redness spreads after two and a half days."
    bangla = "আড়াই দিন পরও লালচে ভাব ছড়াচ্ছে, কিংবা জ্বর আসছে।"
    assert found(english, bangla) == [("bn", BLOCKING)]
    assert found(f"{english[:-1]}, or you have a fever.", bangla) == []
    assert found("Take it on two or more days.", "দুই দিন বা তার বেশি খান।") == []


def test_a_condition_that_the_english_lost_is_asked_about():
    bangla = "ব্যথা না থাকলে ২ দিন পর কাজে ফিরতে পারবেন।"
    assert found("You can go back to work after 2 days.", bangla) == [("bn", ASK)]
    assert found("You can go back to work after 2 days if you have no pain.", bangla) == []


@pytest.mark.parametrize(
    ("english", "bangla"),
    [
        ("Wear the glove at night, because the joint stiffens.", "রাতে দস্তানা পরুন।"),
        ("Take the syrup when the cough wakes you.", "সিরাপ খান।"),
        ("Anyone with asthma, including pregnant women.", "হাঁপানি আছে এমন যে কেউ।"),
        ("Do not drive.", "গাড়ি চালাবেন না, কারণ চোখে ঝাপসা দেখবেন।"),
    ],
)
def test_a_clause_of_which_nothing_has_a_counterpart_is_found(english, bangla):
    assert found(english, bangla)


def test_no_condition_is_missed_that_is_none():
    assert found("You feel as if you will faint.", "মনে হয় অজ্ঞান হয়ে যাবেন।") == []
    english = "We do not repeat the scan earlier than 3 months."
    assert found(english, "৩ মাস না পেরোলে আবার স্ক্যান করা হয় না।") == []


@pytest.mark.parametrize(
    ("english", "bangla"),
    [
        # What a few words in brackets explain, what is said in a sentence of its own, and tablets
        # that are only counted.
        (
            "Your nose is blocked, or you have a stent in the eye.",
            "আপনার নাক বন্ধ, বা চোখে স্টেন্ট (সরু নল) বসানো আছে।",
        ),
        (
            "The scalp usually needs only an antifungal shampoo, which is left on for 5 to 10 minutes.",
            "মাথার ত্বকে সাধারণত ছত্রাকের শ্যাম্পুই যথেষ্ট। শ্যাম্পুটা ৫ থেকে ১০ মিনিট মাথায় রেখে দেওয়া হয়।",
        ),
        (
            "For itching, adults can take cetirizine 10 mg, 1 or 2 tablets every 12 hours, up to 3 tablets in 24 hours.",
            "চুলকানি হলে বড়রা ১০ মিলিগ্রামের সেটিরিজিন ১২ ঘণ্টা পরপর একটা বা দুইটা করে খেতে পারেন, তবে ২৪ ঘণ্টায় সর্বোচ্চ ৩টা।",
        ),
        (
            "For fever give ibuprofen 200 mg, 1 tablet every 8 hours, never more than 3 tablets in 24 hours.",
            "জ্বরে ২০০ মিলিগ্রামের আইবুপ্রোফেন ৮ ঘণ্টা পরপর ১টা করে দিন, ২৪ ঘণ্টায় ৩টার বেশি কখনোই নয়।",
        ),
    ],
)
def test_what_is_said_in_brackets_apart_or_by_counting_is_not_refused(english, bangla):
    assert BLOCKING not in [level for _code, level in found(english, bangla)]


@pytest.mark.parametrize(
    ("english", "bangla"),
    [
        (
            "Wash the scalp with the shampoo.",
            "শ্যাম্পু দিয়ে মাথা ধুয়ে নিন। গর্ভবতী মায়েরাও ট্যাবলেট খেতে পারেন।",
        ),
        (
            "The scalp needs only the tar shampoo for 10 minutes.",
            "মাথার ত্বকে ১০ মিনিট শুধু টার শ্যাম্পুই যথেষ্ট। গর্ভবতী মায়েরাও ট্যাবলেট খেতে পারেন।",
        ),
    ],
)
def test_a_sentence_besides_is_refused(english, bangla):
    assert BLOCKING in [level for _code, level in found(english, bangla)]
