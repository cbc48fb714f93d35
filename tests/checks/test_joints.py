"""“And” and “or” between clauses that are whole, and between words."""

import pytest

from treatments.checks import ASK, BLOCKING
from treatments.checks.agreement import lexicon
from treatments.checks.meanings import differences
from treatments.language.text import normalise


def levels(english: str, bangla: str) -> set[str]:
    return {found.level for found in differences(english, normalise(bangla), lexicon(()))}


@pytest.mark.parametrize(
    ("english", "wrong", "right"),
    [
        (
            "You are allergic to lidocaine, or you take a blood thinner.",
            "আপনার লিডোকেইনে অ্যালার্জি আছে এবং আপনি রক্ত পাতলা করার ওষুধ খান।",
            "আপনার লিডোকেইনে অ্যালার্জি আছে, অথবা আপনি রক্ত পাতলা করার ওষুধ খান।",
        ),
        (
            "You have a pacemaker, or you have had a heart attack in the past six months.",
            "আপনার বুকে পেসমেকার বসানো আছে, আর গত ছয় মাসে আপনার হার্ট অ্যাটাক হয়েছে।",
            "আপনার বুকে পেসমেকার বসানো আছে, বা গত ছয় মাসে আপনার হার্ট অ্যাটাক হয়েছে।",
        ),
        (
            "The fever does not go down, or the rash spreads to the face.",
            "জ্বর কমছে না, আর সেই সঙ্গে র‍্যাশ মুখে ছড়াচ্ছে।",
            "জ্বর কমছে না, কিংবা র‍্যাশ মুখে ছড়াচ্ছে।",
        ),
        (
            "Your lips swell, or you cannot breathe.",
            "ঠোঁট ফুলে যাচ্ছে, আবার একই সঙ্গে শ্বাস নিতে পারছেন না।",
            "ঠোঁট ফুলে যাচ্ছে, বা শ্বাস নিতে পারছেন না।",
        ),
        (
            "You cannot pass urine, or the pain gets worse.",
            "প্রস্রাব করতে পারছেন না, এবং ব্যথা বাড়ছে।",
            "প্রস্রাব করতে পারছেন না, কিংবা ব্যথা বাড়ছে।",
        ),
        (
            "The stitches have come out, or the wound has opened.",
            "সেলাই খুলে গেছে এবং ক্ষত ফাঁক হয়ে গেছে।",
            "সেলাই খুলে গেছে বা ক্ষত ফাঁক হয়ে গেছে।",
        ),
        (
            "You have diabetes, and you take insulin every day.",
            "আপনার ডায়াবেটিস আছে, অথবা আপনি রোজ ইনসুলিন নেন।",
            "আপনার ডায়াবেটিস আছে, আর আপনি রোজ ইনসুলিন নেন।",
        ),
    ],
)
def test_a_choice_between_clauses_is_no_addition(english, wrong, right):
    assert BLOCKING in levels(english, wrong)
    assert not levels(english, right)


@pytest.mark.parametrize(
    ("english", "bangla"),
    [
        # আপনি ends in no “no”.
        ("You take warfarin and apixaban or aspirin.", "আপনি ওয়ারফারিন ও অ্যাপিক্সাবান এবং অ্যাসপিরিন খান।"),
        (
            "You have had a stroke, or you smoke and are over 35.",
            "আপনার স্ট্রোক হয়েছে, আর সেই সঙ্গে আপনি ধূমপান করেন ও বয়স ৩৫-এর বেশি।",
        ),
    ],
)
def test_one_said_for_the_other_between_words_is_asked_about(english, bangla):
    assert ASK in levels(english, bangla)


@pytest.mark.parametrize(
    ("english", "bangla"),
    [
        # A no is said of both.
        ("Do not shave, or scrub the skin.", "দাড়ি কামাবেন না, ত্বকও ঘষবেন না।"),
        ("Do not drink alcohol or drive on that day.", "সেদিন মদ খাবেন না আর গাড়িও চালাবেন না।"),
        ("You are not pregnant or breastfeeding.", "আপনি গর্ভবতী নন, এবং বুকের দুধও খাওয়াচ্ছেন না।"),
        ("Never share your towel or your razor.", "তোয়ালে আর রেজর কখনোই কাউকে দেবেন না।"),
        ("Neither sun nor sweat harms the result.", "রোদ আর ঘাম কোনোটাতেই ফল নষ্ট হয় না।"),
        # It is said of all that are named.
        (
            "Tell every nurse, midwife and dentist that you take warfarin.",
            "যে নার্স, ধাত্রী বা ডেন্টিস্টের কাছেই যান, ওয়ারফারিন খাওয়ার কথা জানাবেন।",
        ),
        ("You may feel warm or dizzy for one or two hours.", "এক-দুই ঘণ্টা গরম লাগতে বা মাথা ঘুরতে পারে।"),
    ],
)
def test_what_means_the_same_either_way_is_left_alone(english, bangla):
    assert not levels(english, bangla)
