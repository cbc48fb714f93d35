"""Shares with words within them, amounts per kilogram, and number words that count nothing."""

import pytest

from treatments.checks import ASK, BLOCKING, findings

from .small import saying
from .test_bounds import numbers_found

# English; Bangla that says the same; Bangla with one slip
SHARES = [
    (
        "The rash is severe in about 1 in 1,000 people.",
        ("হাজারে প্রায় একজনের র‍্যাশ মারাত্মক হয়।", "মারাত্মক র‍্যাশ হয় হাজারে মোটামুটি ১ জনের।"),
        ("শতে প্রায় একজনের র‍্যাশ মারাত্মক হয়।", "হাজারে প্রায় পাঁচজনের র‍্যাশ মারাত্মক হয়।"),
    ),
    (
        "A nerve is hurt in about 1 to 2 in 1,000 people.",
        ("হাজারে প্রায় ১ থেকে ২ জনের স্নায়ুতে আঘাত লাগে।", "হাজারে প্রায় এক-দুইজনের স্নায়ুতে আঘাত লাগে।"),
        ("হাজারে প্রায় ১ থেকে ৩ জনের স্নায়ুতে আঘাত লাগে।", "শতে প্রায় এক-দুইজনের স্নায়ুতে আঘাত লাগে।"),
    ),
    (
        "Stiffness, in up to 5 in 100 people.",
        ("আড়ষ্টতা, প্রতি ১০০ জনে সর্বোচ্চ ৫ জনের।", "আড়ষ্টতা, ১০০ জনে বড়জোর ৫ জনের হয়।"),
        ("আড়ষ্টতা, প্রতি ১০০ জনে সর্বোচ্চ ৫০ জনের।", "আড়ষ্টতা, ১০ জনে বড়জোর ৫ জনের হয়।"),
    ),
    (
        "The screw loosens in 2 to 3 of every 100 operations.",
        (
            "প্রতি ১০০টি অপারেশনে ২–৩টিতে স্ক্রু ঢিলে হয়ে যায়।",
            "১০০টি অপারেশনের মধ্যে ২ থেকে ৩টিতে স্ক্রু ঢিলে হয়ে যায়।",
        ),
        (
            "প্রতি ১০০টি অপারেশনে ৩–৪টিতে স্ক্রু ঢিলে হয়ে যায়।",
            "প্রতি ১০টি অপারেশনে ২–৩টিতে স্ক্রু ঢিলে হয়ে যায়।",
        ),
    ),
    (
        "After four treatments about seven warts in ten are gone.",
        (
            "চারবার দেওয়ার পর দশটির মধ্যে সাতটির মতো আঁচিল চলে যায়।",
            "চারবারে প্রতি ১০টি আঁচিলের প্রায় ৭টি চলে যায়।",
        ),
        (
            "চারবার দেওয়ার পর দশটির মধ্যে ছয়টির মতো আঁচিল চলে যায়।",
            "চারবারে প্রতি ২০টি আঁচিলের প্রায় ৭টি চলে যায়।",
        ),
    ),
    (
        "After six months nine in ten people are well.",
        ("ছয় মাস পর দশজনে নয়জন ভালো থাকেন।",),
        ("ছয় মাস পর দশজনে পাঁচজন ভালো থাকেন।", "নয় মাস পর দশজনে নয়জন ভালো থাকেন।"),
    ),
    (
        "A tooth chips in about 1 in 1,000 treatments.",
        ("হাজারটি চিকিৎসায় মোটামুটি একবার দাঁত ভাঙে।", "প্রতি হাজার চিকিৎসায় প্রায় একটিতে দাঁত ভাঙে।"),
        ("একশটি চিকিৎসায় মোটামুটি একবার দাঁত ভাঙে।", "প্রতি হাজার চিকিৎসায় প্রায় দশটিতে দাঁত ভাঙে।"),
    ),
]
RATES = [
    (
        "The level rises by about 1 g/dL a month.",
        ("মাত্রা মাসে প্রায় ১ গ্রাম/ডেসিলিটার করে বাড়ে।", "প্রতি মাসে মাত্রা ডেসিলিটারে প্রায় ১ গ্রাম বাড়ে।"),
        ("মাত্রা সপ্তাহে প্রায় ১ গ্রাম/ডেসিলিটার করে বাড়ে।", "প্রতি মাসে মাত্রা লিটারে প্রায় ১ গ্রাম বাড়ে।"),
    ),
    (
        "Never take more than 5 mg per kg of body weight a day.",
        (
            "শরীরের প্রতি কেজি ওজনে দিনে ৫ মিলিগ্রামের বেশি কখনো খাবেন না।",
            "দিনে কেজিপ্রতি ৫ মিলিগ্রামের বেশি কখনো খাবেন না।",
        ),
        (
            "শরীরের প্রতি কেজি ওজনে সপ্তাহে ৫ মিলিগ্রামের বেশি কখনো খাবেন না।",
            "শরীরের প্রতি কেজি ওজনে দিনে ৫ গ্রামের বেশি কখনো খাবেন না।",
            "শরীরের প্রতি পাউন্ড ওজনে দিনে ৫ মিলিগ্রামের বেশি কখনো খাবেন না।",
        ),
    ),
    (
        "We give 2 units per cm² of skin.",
        ("আমরা প্রতি বর্গসেন্টিমিটার চামড়ায় ২ ইউনিট দিই।", "প্রতি বর্গ সেমি চামড়ায় ২ ইউনিট দেওয়া হয়।"),
        ("আমরা প্রতি বর্গমিলিমিটার চামড়ায় ২ ইউনিট দিই।", "প্রতি বর্গ সেমি চামড়ায় ১২ ইউনিট দেওয়া হয়।"),
    ),
    (
        "Give 4 mg of the drug per kg every six hours.",
        ("প্রতি ছয় ঘণ্টায় কেজি প্রতি ৪ মিলিগ্রাম ওষুধ দিন।",),
        ("প্রতি চার ঘণ্টায় কেজি প্রতি ৪ মিলিগ্রাম ওষুধ দিন।",),
    ),
    (
        "Wear SPF 50 every day for at least 2 weeks.",
        ("অন্তত ২ সপ্তাহ প্রতিদিন এসপিএফ ৫০ মাখুন।",),
        ("অন্তত ২ সপ্তাহ প্রতিদিন এসপিএফ ১৫ মাখুন।",),
    ),
]
TIMES = [
    (
        "The numbness is worst in the first hour.",
        ("অবশ ভাব প্রথম এক ঘণ্টায় সবচেয়ে বেশি।", "অবশ ভাব প্রথম ঘণ্টায় সবচেয়ে বেশি।"),
        ("অবশ ভাব প্রথম এক দিনে সবচেয়ে বেশি।",),
    ),
    (
        "Do not use it in the first trimester.",
        ("গর্ভের প্রথম তিন মাসে এটি ব্যবহার করবেন না।", "প্রথম ত্রৈমাসিকে এটি ব্যবহার করবেন না।"),
        ("গর্ভের প্রথম ছয় মাসে এটি ব্যবহার করবেন না।", "গর্ভের প্রথম তিন সপ্তাহে এটি ব্যবহার করবেন না।"),
    ),
    (
        "A child of 3 may chew it.",
        ("৩ বছরের বাচ্চা এটা চিবিয়ে খেতে পারে।",),
        ("৫ বছরের বাচ্চা এটা চিবিয়ে খেতে পারে।", "৩ মাসের বাচ্চা এটা চিবিয়ে খেতে পারে।"),
    ),
    (
        "Wait two hours before you lie down.",
        ("দুই ঘণ্টা পরে শুতে যাবেন।", "শুতে যাওয়ার আগে দুই ঘণ্টা অপেক্ষা করবেন।"),
        ("শোয়ার দুই ঘণ্টা আগে খাবেন।", "শোয়ার পরে দুই ঘণ্টা অপেক্ষা করবেন।"),
    ),
    (
        "You will feel at ease with other people.",
        ("দশজনের সঙ্গে স্বস্তি পাবেন।", "আর পাঁচজনের মতো স্বস্তি পাবেন।"),
        ("দশজন মানুষ স্বস্তি পাবেন।",),
    ),
]

HOW_OFTEN = [
    (
        "Change the place once a month.",
        ("মাসে একবার জায়গা বদলান।", "প্রতি মাসে জায়গা বদলান।"),
        ("প্রতিবার জায়গা বদলান।", "প্রতি বছর জায়গা বদলান।"),
    ),
    (
        "Laser costs about three times as much.",
        ("লেজারে খরচ প্রায় তিন গুণ।",),
        ("লেজারে খরচ প্রায় তিন ভাগের এক ভাগ।",),
    ),
    ("Freeze it five more times.", ("আরও পাঁচবার জমান।",), ("আরও একবার জমান।",)),
    (
        "Drink the first litre in the evening.",
        ("প্রথম লিটার সন্ধ্যায় খাবেন।",),
        ("প্রথম চামচ সন্ধ্যায় খাবেন।",),
    ),
    (
        "It heals in the fortieth to fiftieth week.",
        ("চল্লিশতম থেকে পঞ্চাশতম সপ্তাহে সেরে যায়।",),
        ("চতুর্থ থেকে পঞ্চম সপ্তাহে সেরে যায়।",),
    ),
    ("Press the button fully.", ("বোতামটা পুরো চাপুন।",), ("বোতামটা অর্ধেক চাপুন।",)),
    ("Finish half of the course.", ("অর্ধেক কোর্স শেষ করুন।",), ("পুরো কোর্স শেষ করুন।",)),
]


@pytest.mark.parametrize(("english", "right", "wrong"), [*SHARES, *RATES, *TIMES, *HOW_OFTEN])
def test_an_amount_is_read_whole(english, right, wrong):
    for bangla in right:
        assert not numbers_found(english, bangla), bangla
    for bangla in wrong:
        assert BLOCKING in [one.level for one in numbers_found(english, bangla)], bangla


@pytest.mark.parametrize(
    ("english", "bangla"),
    [
        ("Never inject a double dose.", "কখনোই একসঙ্গে দুই ডোজ নেবেন না।"),
        ("Never inject a double dose.", "কখনোই দ্বিগুণ ডোজ নেবেন না।"),
        ("It helps the lungs and the heart.", "ফুসফুস আর হৃৎপিণ্ড, দুটোতেই এটি কাজ করে।"),
        ("Together they can harm the liver.", "দুটো মিলে লিভারের ক্ষতি করতে পারে।"),
        ("The edges of the cut may open.", "কাটার দুই ধার খুলে যেতে পারে।"),
        ("The two work better than either alone.", "যেকোনো একটার চেয়ে দুটো মিলে ভালো কাজ করে।"),
        ("Give up salt two weeks before the scan.", "স্ক্যানের দুই সপ্তাহ আগে থেকে লবণ ছেড়ে দিন।"),
        ("Leave home two hours before the scan.", "স্ক্যানের দুই ঘণ্টা আগে বাড়ি থেকে বের হন।"),
        ("Rest for the whole week.", "পুরো সপ্তাহজুড়ে বিশ্রাম নিন।"),
        ("Leave a day between sessions.", "দুইবারের মাঝে এক দিন ফাঁক রাখুন।"),
        ("Leave 3 days between two shots.", "এক শট থেকে আরেক শটের মাঝে ৩ দিন ফাঁক রাখুন।"),
        ("Switch the fan on only once you lie down.", "শোয়ার পরেই কেবল ফ্যান চালাবেন।"),
        ("Sit in a bus for over 3 hours in the next 2 days.", "পরের ২ দিনে ৩ ঘণ্টার বেশি বাসে বসা।"),
        ("Six warts out of eight clear up.", "আটটির মধ্যে ছয়টি আঁচিল সেরে যায়।"),
    ],
)
def test_what_is_told_otherwise_is_not_asked_about(english, bangla):
    assert not numbers_found(english, bangla)


def test_a_dose_without_its_kilogram_is_asked_about():
    english = "Use 5 mg per kg a day."
    assert [one.level for one in numbers_found(english, "দিনে ৫ মিলিগ্রাম করে নিন।")] == [ASK]
    assert not numbers_found(english, "যত কেজি ওজন, তার প্রতি ১ কেজিতে দিনে ৫ মিলিগ্রাম নিন।")


@pytest.mark.parametrize(
    ("english", "right", "wrong"),
    [
        (
            "The test is needed every week for the first month.",
            "প্রথম মাসে প্রতি সপ্তাহে পরীক্ষাটা লাগে।",
            "প্রথম মাসে একবার পরীক্ষাটা লাগে।",
        ),
        (
            "Have a check every year after five years.",
            "পাঁচ বছর পর থেকে প্রতি বছর পরীক্ষা করান।",
            "পাঁচ বছর পর থেকে প্রতি মাসে পরীক্ষা করান।",
        ),
        (
            "Warts clear with 12 weeks of daily use.",
            "টানা ১২ সপ্তাহ রোজ লাগালে আঁচিল সারে।",
            "টানা ১২ সপ্তাহ সপ্তাহে একদিন লাগালে আঁচিল সারে।",
        ),
        (
            "Take one 250 mg tablet a week for six weeks.",
            "ছয় সপ্তাহ সপ্তাহে একটা করে ২৫০ মিলিগ্রামের ট্যাবলেট খান।",
            "ছয় সপ্তাহ দিনে একটা করে ২৫০ মিলিগ্রামের ট্যাবলেট খান।",
        ),
        (
            "Inject 20 mg, and from then on 20 mg every three weeks.",
            "২০ মিলিগ্রাম ইনজেকশন নিন, তারপর তিন সপ্তাহ পরপর ২০ মিলিগ্রাম।",
            "২০ মিলিগ্রাম ইনজেকশন নিন, তারপর প্রতি সপ্তাহে ২০ মিলিগ্রাম।",
        ),
        ("You go back to daily work.", "স্বাভাবিক কাজে ফিরবেন।", "প্রতি মাসে কাজে ফিরবেন।"),
        ("Use your everyday soap.", "দৈনন্দিন সাবান ব্যবহার করুন।", "প্রতি মাসে সাবান ব্যবহার করুন।"),
    ],
)
def test_how_often_is_not_left_out(english, right, wrong):
    assert not times_found(english, right)
    assert times_found(english, wrong)[:1] in ([BLOCKING], [ASK])


def times_found(english: str, bangla: str) -> list[str]:
    """Asked of the amount that is taken so often as well, where there is one."""
    said = findings(saying(english, bangla))
    return [one.level for one in said if one.check in {"times", "numbers"}]
