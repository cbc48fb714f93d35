"""Words of what is done and felt that stand for their opposites, or for what looks like them."""

import pytest

from treatments.checks.agreement import lexicon
from treatments.checks.meanings import differences
from treatments.language.text import normalise


def levels(english: str, bangla: str) -> set[str]:
    return {found.level for found in differences(english, normalise(bangla), lexicon(()))}


@pytest.mark.parametrize(
    ("english", "wrong", "right"),
    [
        # Goes on, and stops.
        (
            "Take your insulin as usual on that day.",
            "সেদিন ইনসুলিন বন্ধ রাখবেন।",
            "সেদিন ইনসুলিন রোজকার মতোই নেবেন।",
        ),
        ("The fungus makes the patch spread.", "ছত্রাকে ছোপটা সেরে যায়।", "ছত্রাকে ছোপটা ছড়িয়ে যায়।"),
        ("The warts often come back.", "আঁচিল প্রায়ই সেরে যায়।", "আঁচিল প্রায়ই ফিরে আসে।"),
        # In and out, up and down.
        (
            "Breathe out fully, then put the mouthpiece in your mouth.",
            "দম পুরোটা টেনে নিন, তারপর মাউথপিসটা মুখে দিন।",
            "দম পুরোটা ছেড়ে দিন, তারপর মাউথপিসটা মুখে দিন।",
        ),
        (
            "Rinse your mouth with salt water and spit it out.",
            "লবণ পানি দিয়ে কুলি করে গিলে ফেলুন।",
            "লবণ পানি দিয়ে কুলি করে ফেলে দিন।",
        ),
        (
            "Lie with the ear up for ten minutes.",
            "কান নিচে রেখে দশ মিনিট শুয়ে থাকুন।",
            "কান উপরে রেখে দশ মিনিট শুয়ে থাকুন।",
        ),
        ("Sleep on your face for two weeks.", "দুই সপ্তাহ চিত হয়ে ঘুমাবেন।", "দুই সপ্তাহ উপুড় হয়ে ঘুমাবেন।"),
        # How well.
        (
            "Most people see poorly for three days.",
            "বেশির ভাগ মানুষ তিন দিন পরিষ্কার দেখেন।",
            "বেশির ভাগ মানুষ তিন দিন ঝাপসা দেখেন।",
        ),
        (
            "You have good blood flow in the legs.",
            "আপনার পায়ে রক্ত চলাচল কম।",
            "আপনার পায়ে রক্ত চলাচল ভালো।",
        ),
        ("You have a hole in the eardrum.", "আপনার কানের পর্দা অক্ষত আছে।", "আপনার কানের পর্দায় ফুটো আছে।"),
        ("Chest pain during exercise.", "বসে থাকলেও বুকে ব্যথা।", "পরিশ্রম করলে বুকে ব্যথা।"),
        ("The follow-up visit is included.", "ফলোআপ ভিজিটের খরচ আলাদা।", "ফলোআপ ভিজিট এর মধ্যেই ধরা।"),
        # How many.
        ("Put on plenty of sunscreen.", "খুব অল্প সানস্ক্রিন মাখুন।", "বেশি করে সানস্ক্রিন মাখুন।"),
        (
            "Everyone in the house must be treated.",
            "বাড়ির বাচ্চাদের চিকিৎসা করতে হবে।",
            "বাড়ির সবার চিকিৎসা করতে হবে।",
        ),
        (
            "Very few people need a second operation.",
            "বেশির ভাগ মানুষের দ্বিতীয় অপারেশন লাগে।",
            "হাতে গোনা কয়েকজনের দ্বিতীয় অপারেশন লাগে।",
        ),
        # Where.
        ("Rub the cream on the eyelids.", "ক্রিমটা চোখের ভেতরে লাগান।", "ক্রিমটা চোখের পাতায় লাগান।"),
        (
            "Put a warm pack on the neck for ten minutes.",
            "কাঁধে দশ মিনিট গরম সেঁক দিন।",
            "ঘাড়ে দশ মিনিট গরম সেঁক দিন।",
        ),
        (
            "You hit your head, or a cut keeps bleeding.",
            "হাতে আঘাত লেগেছে, কিংবা কাটা জায়গা থেকে রক্ত পড়ছে।",
            "মাথায় জোরে আঘাত লেগেছে, কিংবা কাটা জায়গা থেকে রক্ত পড়ছে।",
        ),
        # A no in the next sentence turns nothing round.
        (
            "Your urine turns red for a day, and your skin slowly darkens. Neither is harmful.",
            "এক দিন প্রস্রাব লাল হয়, চামড়াও আস্তে আস্তে ফর্সা হয়। এর কোনোটাই ক্ষতিকর নয়।",
            "এক দিন প্রস্রাব লাল হয়, চামড়াও আস্তে আস্তে কালচে হয়। এর কোনোটাই ক্ষতিকর নয়।",
        ),
        # A letter away.
        ("You cannot swallow even water.", "পানিও লিখতে পারছেন না।", "পানিও গিলতে পারছেন না।"),
    ],
)
def test_a_word_is_not_said_for_its_opposite(english, wrong, right):
    assert levels(english, wrong)
    assert not levels(english, right)
