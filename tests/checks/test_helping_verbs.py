"""Bangla verbs that only help another, and words that say more than one thing."""

import pytest

from treatments.checks import BLOCKING, findings

from .small import saying

RIGHT = [
    (
        "The lotion kills the lice but may leave a few nits.",
        "লোশন উকুন মেরে ফেলে, তবে দু-একটা নিকি থেকে যেতে পারে।",
    ),
    ("Dry skin that comes back when the course ends.", "শুষ্ক হয়ে যাওয়া ত্বক, যা কোর্স শেষে ফিরে আসে।"),
    ("Keep your foot still until the nurse has finished.", "নার্সের কাজ শেষ না হওয়া পর্যন্ত পা নাড়াবেন না।"),
    ("This paint must not be used on broken nails.", "ভাঙা নখে এই রং লাগানো চলে না।"),
    (
        "Once the scabs have gone you stop passing it on, so you may share a bed.",
        "মামড়ি চলে গেলে আর ছড়ায় না, কাজেই এক বিছানায় শোয়া চলবে।",
    ),
    (
        "They may be kept out of the fridge for no more than two days, and below 30°C.",
        "ফ্রিজের বাইরে দুই দিনের বেশি রাখা চলবে না, তাপমাত্রাও থাকতে হবে ৩০ ডিগ্রি সেলসিয়াসের নিচে।",
    ),
    (
        "If there is a splinter, it is drawn out with fine tweezers.",
        "ভেতরে কাঁটা থাকলে চিকন চিমটা দিয়ে সেটা তুলে আনা হয়।",
    ),
    ("Mild stiffness of the knee, lasting up to two days.", "হাঁটুতে অল্প আড়ষ্টতা; এটা বড়জোর দুই দিন থাকে।"),
    (
        "It is given together with zinc syrup, and the two work better than either alone.",
        "এটি জিঙ্ক সিরাপের সঙ্গে একত্রে দেওয়া হয়। যেকোনো একটার চেয়ে দুটো মিলে ভালো কাজ করে।",
    ),
    (
        "Use the shampoo for a week after the patch has cleared, spreading it 2 cm beyond the edge.",
        "ছোপ মিলিয়ে যাওয়ার পরও এক সপ্তাহ শ্যাম্পু লাগিয়ে যান; কিনারা ছাড়িয়ে ২ সেন্টিমিটার বাইরে পর্যন্ত মাখবেন।",
    ),
    (
        "Dark stains and a strong smell; small pimples on the chin.",
        "কালো দাগ আর কড়া গন্ধ; থুতনিতে ছোট ছোট ফুসকুড়ি।",
    ),
    (
        "If you miss a visit, come within a week, and we go on from where we left off.",
        "একবার আসা বাদ পড়লে এক সপ্তাহের মধ্যে আসুন, যেখানে থেমেছিলাম সেখান থেকেই এগোব।",
    ),
    (
        "Swallow the tar capsule? No: tar is only for the skin.",
        "টারের ক্যাপসুল গিলবেন? না, টার কেবল চামড়ার জন্য।",
    ),
    (
        "Within days of starting the syrup you stop passing the worms on.",
        "সিরাপ শুরুর কয়েক দিনের মধ্যেই আপনার থেকে আর কৃমি ছড়ায় না।",
    ),
    ("You must lie still for an hour.", "এক ঘণ্টা নড়াচড়া করা যাবে না।"),
    ("Keep the toe still until we tell you.", "আমরা না বলা পর্যন্ত পায়ের আঙুল নাড়াবেন না।"),
    (
        "People whose rash has not gone away after two weeks of the lotion.",
        "দুই সপ্তাহ লোশন লাগিয়েও যাঁদের দানা যায়নি।",
    ),
    (
        "The nurse spreads the gel with a spatula, starting at the chin.",
        "নার্স স্প্যাচুলা দিয়ে জেল লাগান, থুতনি থেকে শুরু করে।",
    ),
    (
        "Never wash it with bleach or cleaning products.",
        "ব্লিচ বা পরিষ্কার করার জিনিস দিয়ে কখনোই ধোবেন না।",
    ),
]
WRONG = [
    ("Keep the leftover lotion for the family.", "পরিবারের জন্য বাকি লোশন ফেলে দিন।"),
    ("Keep your foot still until the nurse has finished.", "নার্সের কাজ শেষ না হওয়া পর্যন্ত পা নাড়াতে থাকুন।"),
    ("This paint must be used on broken nails.", "ভাঙা নখে এই রং লাগানো চলে না।"),
    ("Stop the shampoo when the scalp is clear.", "মাথার ত্বক পরিষ্কার হলে শ্যাম্পু চালিয়ে যান।"),
    (
        "They may be kept out of the fridge for no more than two days, and below 30°C.",
        "ফ্রিজের বাইরে দুই দিনের বেশি রাখা চলবে, তাপমাত্রাও থাকতে হবে ৩০ ডিগ্রি সেলসিয়াসের নিচে।",
    ),
    ("The splint is worn inside the shoe.", "স্প্লিন্টটি জুতার বাইরে পরতে হয়।"),
    ("Lasting stiffness of the knee.", "হাঁটুতে অল্প সময়ের আড়ষ্টতা।"),
    ("Take this capsule alone at night.", "এই ক্যাপসুল রাতে অন্য ওষুধের সঙ্গে খান।"),
    ("A rash that is spreading over the trunk.", "শরীরে মিলিয়ে যাওয়া দানা।"),
    ("You must put it on every day.", "রোজ লাগানো চলবে না।"),
    ("You may bathe after a day.", "এক দিন পর গোসল করা চলবে না।"),
    ("The swelling comes down and the redness fades.", "ফোলা কমে আসে আর লালচে ভাব বেড়ে যায়।"),
    ("The treated glands stop making sweat.", "চিকিৎসা করা গ্রন্থিগুলো ঘাম তৈরি শুরু করে।"),
]


def is_blocked(english: str, bangla: str) -> bool:
    return any(one.level == BLOCKING for one in findings(saying(english, bangla)))


@pytest.mark.parametrize(("english", "bangla"), RIGHT)
def test_what_a_verb_or_a_word_besides_may_mean_is_not_refused(english, bangla):
    assert not is_blocked(english, bangla)


@pytest.mark.parametrize(("english", "bangla"), WRONG)
def test_what_it_means_before_all_else_is_still_refused(english, bangla):
    assert is_blocked(english, bangla)
