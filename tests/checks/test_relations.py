"""What stands in a relation to what: before the skin, worse than on day 3, from the fourth day on; who
does it to whom, and how many of them."""

import pytest

from treatments.checks import ASK, BLOCKING

from .test_other_treatments import levels


@pytest.mark.parametrize(
    ("english", "wrong", "right"),
    [
        (
            "Your joints may feel better before the skin does.",
            "গিঁটের আগে ত্বকে আরাম আসতে পারে।",
            "ত্বকের আগে গিঁটে আরাম আসতে পারে।",
        ),
        (
            "Call us if the redness is stronger on day 5 than on day 3.",
            "৫ম দিনের চেয়ে ৩য় দিনে লালচে ভাব বেশি হলে আমাদের ফোন করুন।",
            "৩য় দিনের চেয়ে ৫ম দিনে লালচে ভাব বেশি হলে আমাদের ফোন করুন।",
        ),
        (
            "Wear lipstick from the fourth day.",
            "চতুর্থ দিন পর্যন্ত লিপস্টিক দিন।",
            "চতুর্থ দিন থেকে লিপস্টিক দিন।",
        ),
        ("Do not wash the hair for 48 hours.", "৪৮ ঘণ্টা পর চুল ধোবেন না।", "৪৮ ঘণ্টা চুল ধোবেন না।"),
        (
            "It can be given to children over six years.",
            "ছয় বছরের ছোট শিশুদের এটি দেওয়া যায়।",
            "ছয় বছরের বড় শিশুদের এটি দেওয়া যায়।",
        ),
        (
            "Stay out of the water until the wound is dry.",
            "ক্ষত শুকানোর পর পানিতে নামবেন না।",
            "ক্ষত না শুকানো পর্যন্ত পানিতে নামবেন না।",
        ),
        # Who does it to whom.
        (
            "If the report shows cancer, we phone you.",
            "রিপোর্টে ক্যানসার ধরা পড়লে আপনি আমাদের ফোন করবেন।",
            "রিপোর্টে ক্যানসার ধরা পড়লে আমরা আপনাকে ফোন করি।",
        ),
        (
            "If a blister comes up, phone us.",
            "ফোসকা উঠলে আমরা আপনাকে ফোন করব।",
            "ফোসকা উঠলে আমাদের ফোন করুন।",
        ),
        # How many.
        (
            "One eyelid droops for a few weeks.",
            "কয়েক সপ্তাহ দুই চোখের পাতা ঝুলে থাকে।",
            "কয়েক সপ্তাহ এক চোখের পাতা ঝুলে থাকে।",
        ),
        # At once, and late; given, and taken.
        (
            "Come at once if it bleeds.",
            "রক্ত পড়লে দেরি করে চলে আসুন।",
            "রক্ত পড়লে দেরি না করে চলে আসুন।",
        ),
        (
            "Do not give blood during the treatment.",
            "চিকিৎসা চলাকালে রক্ত নেবেন না।",
            "চিকিৎসা চলাকালে রক্ত দেবেন না।",
        ),
        # A no that nothing answers: first is no before.
        (
            "Cool gel goes on first, then the light.",
            "আগে ঠান্ডা জেল লাগানো হয় না, তারপর আলো ফেলা হয়।",
            "আগে ঠান্ডা জেল লাগানো হয়, তারপর আলো ফেলা হয়।",
        ),
        (
            "Rollers are hard to clean and can spread warts.",
            "রোলার পরিষ্কার করা কঠিন, আর তাতে আঁচিল ছড়াতে পারে না।",
            "রোলার পরিষ্কার করা কঠিন, আর তাতে আঁচিল ছড়াতে পারে।",
        ),
        # How sure, and how necessary.
        (
            "If the face is pressed, the medicine may move into other muscles.",
            "মুখে চাপ পড়লে ওষুধ অন্য পেশিতে সরে যাবেই।",
            "মুখে চাপ পড়লে ওষুধ অন্য পেশিতে সরে যেতে পারে।",
        ),
        (
            "Women need a pregnancy test.",
            "মহিলারা গর্ভধারণ পরীক্ষা করাতে পারেন।",
            "মহিলাদের গর্ভধারণ পরীক্ষা করাতে হয়।",
        ),
        # A না of an “until” is no answer to “do not”; nor is one said of another thing.
        (
            "Do not start the tablets until the laboratory has found fungus in the nail.",
            "ল্যাবে নখে ছত্রাক ধরা না পড়া পর্যন্ত ট্যাবলেট শুরু করে দিন।",
            "ল্যাবে নখে ছত্রাক ধরা না পড়া পর্যন্ত ট্যাবলেট শুরু করবেন না।",
        ),
        (
            "You are pregnant, or could become pregnant and use no contraception.",
            "আপনি গর্ভবতী নন, কিংবা গর্ভবতী হতে পারেন অথচ জন্মনিয়ন্ত্রণ করেন না।",
            "আপনি গর্ভবতী, কিংবা গর্ভবতী হতে পারেন অথচ জন্মনিয়ন্ত্রণ করেন না।",
        ),
        (
            "Keep the plaster on and dry for two days.",
            "দুই দিন প্লাস্টার খুলবেন না, তবে ভেজাবেন।",
            "দুই দিন প্লাস্টার খুলবেন না, ভেজাবেন না।",
        ),
    ],
)
def test_what_is_turned_is_refused(english, wrong, right):
    assert BLOCKING in levels(english, wrong)
    assert BLOCKING not in levels(english, right)


@pytest.mark.parametrize(
    ("english", "wrong", "right"),
    [
        (
            "First the nurse covers your eyes with gauze, then she brushes the acid onto your forehead.",
            "আগে নার্স তুলি দিয়ে কপালে অ্যাসিড লাগান, তারপর গজ দিয়ে আপনার চোখ ঢেকে দেন।",
            "আগে নার্স গজ দিয়ে আপনার চোখ ঢেকে দেন, তারপর তুলি দিয়ে কপালে অ্যাসিড লাগান।",
        ),
        (
            "The spray is held on the wart until a white rim appears around it.",
            "আঁচিলে স্প্রে ধরা হয়, যতক্ষণ চারপাশে সাদা বলয় দেখা দেয়।",
            "আঁচিলে স্প্রে ধরা হয়, যতক্ষণ না চারপাশে সাদা বলয় দেখা দেয়।",
        ),
        # A word that looks like the right one, which stands elsewhere in the text as well.
        (
            "Keep the area out of the sun for four weeks, and do not come with a tan.",
            "চার সপ্তাহ জায়গাটায় রোগ লাগাবেন না; রোদে কালো হয়ে যাওয়া ত্বক নিয়ে আসবেন না।",
            "চার সপ্তাহ জায়গাটায় রোদ লাগাবেন না; রোদে কালো হয়ে যাওয়া ত্বক নিয়ে আসবেন না।",
        ),
        # What the Bangla alone says.
        (
            "You have diabetes; the injection can raise your blood sugar for some days.",
            "ডায়াবেটিস আছে; ইনজেকশনের আগে কয়েক দিন রক্তে সুগার বেড়ে যেতে পারে।",
            "ডায়াবেটিস আছে; ইনজেকশনের পর কয়েক দিন রক্তে সুগার বেড়ে যেতে পারে।",
        ),
        (
            "The itching stops in about two weeks, but keloids come back.",
            "সপ্তাহ দুয়েকে চুলকানি বেড়ে যায়, তবে কেলয়েড আবার ফিরে আসে।",
            "সপ্তাহ দুয়েকে চুলকানি থেমে যায়, তবে কেলয়েড আবার ফিরে আসে।",
        ),
        (
            "You cannot swallow, or you have trouble breathing.",
            "ঢোক গিলতে পারেন না, কিংবা শ্বাস নিতে আরাম হয়।",
            "ঢোক গিলতে পারেন না, কিংবা শ্বাস নিতে কষ্ট হয়।",
        ),
    ],
)
def test_what_may_be_turned_is_asked_about(english, wrong, right):
    assert levels(english, wrong) & {ASK, BLOCKING}
    assert not levels(english, right) & {ASK, BLOCKING}


@pytest.mark.parametrize(
    ("english", "bangla"),
    [
        (
            "Put no steroid cream on your back, and on the day no oil either.",
            "পিঠে স্টেরয়েড ক্রিম লাগাবেন না, টেস্টের দিন তেলও না।",
        ),
        ("For the next two weeks, wear a hat.", "পরের দুই সপ্তাহ টুপি পরুন।"),
        ("Leave it on for ten minutes, then wash it off.", "দশ মিনিট পর ধুয়ে ফেলুন।"),
        (
            "No smoking for two weeks before the operation and two weeks after it.",
            "অপারেশনের আগে দুই সপ্তাহ আর পরে দুই সপ্তাহ ধূমপান চলবে না।",
        ),
        (
            "For the first two days use only the moisturizer we gave you.",
            "প্রথম দুই দিন শুধু আমাদের দেওয়া ময়েশ্চারাইজারই মাখবেন।",
        ),
        (
            "For the first five nights sleep against two or three pillows.",
            "প্রথম পাঁচ রাত দু-তিনটি বালিশে হেলান দিয়ে ঘুমান।",
        ),
        ("The lenses may be too dry to bear.", "লেন্স এত শুকনো লাগতে পারে যে সহ্য হয় না।"),
        ("Give the injections 1–2 cm apart.", "এক-দুই সেন্টিমিটার পরপর ইনজেকশন দিন।"),
    ],
)
def test_what_is_said_otherwise_is_not_refused(english, bangla):
    assert BLOCKING not in levels(english, bangla)
