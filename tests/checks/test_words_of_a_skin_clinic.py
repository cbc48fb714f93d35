"""What is said of skin, of what is done to it and with what, in the words that people use."""

import pytest

from treatments.checks import ASK, BLOCKING, findings

from .small import saying

RIGHT = [
    (
        "If the blister is tight and sore, we drain it with a needle.",
        "ফোসকা টনটনে হয়ে ব্যথা করলে আমরা সুই দিয়ে পানি বের করে দিই।",
    ),
    ("Stop the lotion if the patch becomes red or weepy.", "জায়গাটা লাল হলে বা রস ঝরলে লোশন বন্ধ করুন।"),
    ("Dry the pillows in the hot sun.", "বালিশ কড়া রোদে শুকান।"),
    ("The mite burrows into the skin.", "পোকাটা চামড়ার ভেতর গর্ত করে ঢোকে।"),
    (
        "Early ageing of the skin after many years in the sun.",
        "বহু বছর রোদে থাকার পর আগেভাগে ত্বকে বয়সের ছাপ পড়া।",
    ),
    ("It can make you infertile.", "এতে বন্ধ্যত্ব হতে পারে।"),
    ("It hardly ever leaves a scar.", "এতে দাগ থেকে যায় না বললেই চলে।"),
    (
        "If the tablets upset your stomach, take them with food.",
        "ট্যাবলেটে পেটে অস্বস্তি হলে খাবারের সঙ্গে খান।",
    ),
    ("The cream stains clothes.", "ক্রিমে কাপড়ে দাগ লাগে।"),
    ("A daily dose can be fatal.", "রোজ খেলে মৃত্যু পর্যন্ত হতে পারে।"),
    ("The sample is sent to a laboratory.", "নমুনাটি পরীক্ষাগারে পাঠানো হয়।"),
    ("The rash settles down within a week.", "এক সপ্তাহের মধ্যে দানা ঠিক হয়ে যায়।"),
    ("Sleep with your head propped up.", "মাথা উঁচু করে ঘুমান।"),
    ("Redness that has not settled.", "লালচে ভাব, যা কমেনি।"),
    ("Do not spray insecticide on the bed.", "বিছানায় পোকা মারার স্প্রে দেবেন না।"),
]
WRONG = [
    ("Dry the pillows in the hot sun.", "বালিশ ছায়ায় শুকান।"),
    ("The mite burrows into the nail.", "পোকাটা চামড়ার ভেতর গর্ত করে ঢোকে।"),
    ("It can make you diabetic.", "এতে বন্ধ্যত্ব হতে পারে।"),
    ("Hold a hot pack wrapped in cloth on the cheek.", "ঠান্ডা প্যাক কাপড়ে মুড়িয়ে গালে ধরুন।"),
    ("It often leaves a scar.", "এতে দাগ থেকে যায় না বললেই চলে।"),
    (
        "If the tablets upset your stomach, take them with food.",
        "ট্যাবলেটে পেটে অস্বস্তি হলে খালি পেটে খান।",
    ),
    ("The cream stains teeth.", "ক্রিমে কাপড়ে দাগ লাগে।"),
    ("The sample is sent to a laboratory.", "নমুনাটি ফার্মেসিতে পাঠানো হয়।"),
    ("The rash settles down within a week.", "এক সপ্তাহের মধ্যে দানা বেড়ে যায়।"),
]


def levels(english: str, bangla: str) -> set[str]:
    return {one.level for one in findings(saying(english, bangla))}


@pytest.mark.parametrize(("english", "bangla"), RIGHT)
def test_nobody_is_asked_about_what_people_say(english, bangla):
    assert not levels(english, bangla) & {ASK, BLOCKING}


@pytest.mark.parametrize(("english", "bangla"), WRONG)
def test_another_word_of_the_clinic_is_refused(english, bangla):
    assert BLOCKING in levels(english, bangla)


def test_a_sign_told_as_another_one_is_asked_about():
    """What one feels is called by many names."""
    english = "Stop the lotion if the patch becomes red or weepy."
    found = levels(english, "জায়গাটা লাল হলে বা ফোসকা পড়লে লোশন বন্ধ করুন।")
    assert ASK in found
    assert BLOCKING not in found
