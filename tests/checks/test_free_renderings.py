"""What Bangla says in fewer words, or in others: nobody is asked about it, and its slips are found."""

from dataclasses import replace

import pytest

from treatments.checks import ASK, BLOCKING, findings

from .shipped import terms
from .small import saying

# English, right Bangla, and the same with a slip
RENDERINGS = [
    (
        "Swelling where the stitches were. It goes in a week.",
        "যেখানে সেলাই ছিল সেখানে ফোলা। এক সপ্তাহে চলে যায়।",
        "যেখানে সেলাই ছিল সেখানে ফোলা। এক মাসে চলে যায়।",
    ),
    (
        "You have had a serious infection, such as tuberculosis or hepatitis.",
        "আপনার গুরুতর সংক্রমণ হয়েছিল, যেমন যক্ষ্মা বা হেপাটাইটিস।",
        "আপনার গুরুতর সংক্রমণ হয়েছিল, যেমন যক্ষ্মা বা।",
    ),
    ("For six months, if you can.", "পারলে ছয় মাস।", "পারলে ছয় দিন।"),
    ("Apply it between weeks 4 and 6.", "৪ থেকে ৬ সপ্তাহের মধ্যে লাগান।", "৪ থেকে ৬ মাসের মধ্যে লাগান।"),
    (
        "Rest for fifteen minutes every three hours.",
        "প্রতি তিন ঘণ্টায় পনেরো মিনিট বিশ্রাম নিন।",
        "প্রতি পনেরো ঘণ্টায় তিন মিনিট বিশ্রাম নিন।",
    ),
    (
        "About 7 in 10 people are better, and 2 in 10 are cured.",
        "১০ জনের প্রায় ৭ জন ভালো থাকেন, আর ২ জন পুরোপুরি সেরে যান।",
        "১০ জনের প্রায় ৭ জন ভালো থাকেন, আর ৫ জন পুরোপুরি সেরে যান।",
    ),
    (
        "Your eyes sting and cannot bear bright light.",
        "চোখ জ্বালা করে, আর উজ্জ্বল আলো সহ্য হয় না।",
        "চোখ জ্বালা করে, আর উজ্জ্বল আলো সহ্য হয়।",
    ),
    (
        "Do not take a hot shower for two days.",
        "দুই দিন গরম পানিতে গোসল করবেন না।",
        "দুই দিন ঠান্ডা পানিতে গোসল করবেন না।",
    ),
    (
        "The doctor looks at the nail with a small probe.",
        "ডাক্তার ছোট একটি যন্ত্র দিয়ে নখ দেখেন।",
        "ডাক্তার ছোট একটি যন্ত্র দিয়ে দাঁত দেখেন।",
    ),
    (
        "You have asthma, glaucoma or cataract.",
        "আপনার হাঁপানি, গ্লুকোমা বা ছানি থাকে।",
        "আপনার হাঁপানি, গ্লুকোমা বা যক্ষ্মা থাকে।",
    ),
    ("Avoid raw eggs.", "কাঁচা ডিম এড়িয়ে চলুন।", "কাঁচা মাছ এড়িয়ে চলুন।"),
    (
        "If you have a fever, stay in bed for up to three days.",
        "জ্বর হলে বড়জোর তিন দিন বিছানায় থাকুন।",
        "জ্বর হলে অন্তত তিন দিন বিছানায় থাকুন।",
    ),
    (
        "Smoke during treatment, or for a month afterwards.",
        "চিকিৎসা চলাকালে এবং পরের এক মাস ধূমপান করা।",
        "চিকিৎসা চলাকালে এবং আগের এক মাস ধূমপান করা।",
    ),
    (
        "Take it as soon as you can, even if that means two pills in one day. If you miss two or "
        "more, use a condom for the next seven days.",
        "যত তাড়াতাড়ি পারেন খেয়ে নিন, একই দিনে দুটি বড়ি খেতে হলেও। দুই বা তার বেশি বড়ি বাদ পড়লে পরের সাত দিন কনডম "
        "ব্যবহার করুন।",
        "যত তাড়াতাড়ি পারেন খেয়ে নিন, একই দিনে দুটি বড়ি খেতে হলেও। দুই বা তার বেশি বড়ি বাদ পড়লে পরের নয় দিন কনডম "
        "ব্যবহার করুন।",
    ),
]


def asked(english: str, bangla: str) -> list:
    subject = saying(english, bangla)
    return [one for one in findings(subject) if one.level in (ASK, BLOCKING)]


@pytest.mark.parametrize(("english", "right", "wrong"), RENDERINGS)
def test_what_is_said_in_other_words_is_right(english, right, wrong):
    assert not asked(english, right)
    assert asked(english, wrong)


@pytest.mark.parametrize(
    ("english", "bangla"),
    [
        ("You live in a house with a smoker.", "যে বাড়িতে থাকেন সেখানে কেউ ধূমপান করেন।"),
        ("You have had a stroke in the past.", "আগে কখনো স্ট্রোক হয়েছে।"),
        ("The fee covers the blood test too.", "ফির মধ্যে রক্ত পরীক্ষাও ধরা আছে।"),
        ("Pain or swelling for one or two days.", "এক-দুই দিন ব্যথা ও ফোলা।"),
        ("It often comes back.", "ব্রণ প্রায়ই ফিরে আসে।"),
        ("You suddenly feel chest pain.", "হঠাৎ বুকে ব্যথা শুরু হয়।"),
        ("The nurse trains your family.", "নার্স আপনার পরিবারকে শিখিয়ে দেন।"),
        ("We give the last dose again after two weeks.", "দুই সপ্তাহ পর আগের ডোজটাই আবার দিই।"),
        ("Take it once a day, with milk.", "দিনে একবার খাবেন, দুধের সঙ্গে।"),
    ],
)
def test_nobody_is_asked_about_what_is_right(english, bangla):
    assert not asked(english, bangla)


@pytest.mark.parametrize(
    ("english", "bangla", "level"),
    [
        ("It burns for a few minutes.", "কয়েক মিনিট জ্বালা করে।", []),
        ("You have glaucoma or cataract.", "গ্লুকোমা বা চোখে ছানি থাকে।", []),
        ("You have glaucoma.", "চোখে ছানি থাকে।", [BLOCKING]),
    ],
)
def test_a_word_of_the_glossary_may_stand_for_what_else_is_named(english, bangla, level):
    subject = replace(saying(english, bangla), terms=terms())
    found = [one for one in findings(subject) if one.check == "avoided-forms"]
    assert [one.level for one in found if one.level in (ASK, BLOCKING)] == level


def test_two_doubts_make_no_certainty():
    """A cut end alone may be how somebody writes, and so may a word left out: both are asked about."""
    english = "You take warfarin, or have liver disease from hepatitis."
    bangla = "ওয়ারফারিন খান, কিংবা হেপাটাইটিসের।"
    found = {(one.check, one.level) for one in findings(saying(english, bangla))}
    assert {("length", ASK), ("meanings", ASK)} <= found
    assert BLOCKING not in {level for _check, level in found}


def test_numbers_that_bangla_tells_in_another_order_are_not_refused():
    english = (
        "Put a cold pack on the area for ten minutes, three times a day, for two days. "
        "Press the wound for five minutes, four times a day, for six days."
    )
    bangla = (
        "দুদিন ধরে দিনে তিনবার, দশ মিনিট করে জায়গাটায় ঠান্ডা সেঁক দিন। "
        "ছয় দিন ধরে দিনে চারবার, পাঁচ মিনিট করে ক্ষত চেপে ধরুন।"
    )
    assert {one.level for one in findings(saying(english, bangla))} & {ASK, BLOCKING} == {ASK}
