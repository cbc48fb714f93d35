"""What two texts say of the very same word: thick skin, পাতলা চামড়া."""

import pytest

from treatments.checks import BLOCKING
from treatments.checks.agreement import lexicon
from treatments.checks.meanings import differences
from treatments.language.text import normalise


def levels(english: str, bangla: str) -> set[str]:
    return {one.level for one in differences(normalise(english), normalise(bangla), lexicon(()))}


BEFORE = "You must have a pregnancy test before you start, then every month until five weeks after the last capsule."


@pytest.mark.parametrize(
    ("english", "wrong", "right"),
    [
        # Before a thing, while another word may seem to answer it.
        (
            "For thick skin on the palms you may be given a stronger cream.",
            "হাতের তালুর পাতলা চামড়ার জন্য আরও কড়া ক্রিম দেওয়া হতে পারে।",
            "হাতের তালুর মোটা চামড়ার জন্য আরও কড়া ক্রিম দেওয়া হতে পারে।",
        ),
        (
            "Take a test every month, and once more five weeks after the last capsule.",
            "মাসে মাসে টেস্ট করুন, আর প্রথম ক্যাপসুলের পাঁচ সপ্তাহ পর আরও একবার।",
            "মাসে মাসে টেস্ট করুন, আর শেষ ক্যাপসুলের পাঁচ সপ্তাহ পর আরও একবার।",
        ),
        # Of a thing, up to the next mark.
        (
            "The swelling is slight and settles by itself.",
            "ফোলা হয় প্রচণ্ড, আপনা থেকেই কমে যায়।",
            "ফোলা হয় সামান্য, আপনা থেকেই কমে যায়।",
        ),
        # What comes before or after what.
        (
            BEFORE,
            "ওষুধ শুরুর পরে একবার প্রেগন্যান্সি টেস্ট করাতেই হবে, তারপর শেষ ক্যাপসুলের পাঁচ সপ্তাহ পর পর্যন্ত মাসে মাসে।",
            "ওষুধ শুরুর আগে একবার প্রেগন্যান্সি টেস্ট করাতেই হবে, তারপর শেষ ক্যাপসুলের পাঁচ সপ্তাহ পর পর্যন্ত মাসে মাসে।",
        ),
        # One of what the English says of all.
        (
            "Both armpits together cost 22,500 taka.",
            "এক বগলেই সাড়ে বাইশ হাজার টাকা লাগে।",
            "দুই বগল মিলিয়ে সাড়ে বাইশ হাজার টাকা লাগে।",
        ),
        (
            "Wash all the clothes in hot water, and dry them in the sun.",
            "একটি কাপড় গরম পানিতে ধুয়ে রোদে শুকান।",
            "সব কাপড় গরম পানিতে ধুয়ে রোদে শুকান।",
        ),
        (
            "A baby's skin takes in far more of the medicine than an adult's.",
            "বড়দের চেয়ে শিশুর চামড়া অনেক কম ওষুধ শুষে নেয়।",
            "বড়দের চেয়ে শিশুর চামড়া অনেক বেশি ওষুধ শুষে নেয়।",
        ),
        (
            "Women must have a pregnancy test before the first capsule, and then every month.",
            "প্রথম ক্যাপসুলের পরে মহিলাদের গর্ভপরীক্ষা করাতেই হবে, তারপর প্রতি মাসে।",
            "প্রথম ক্যাপসুলের আগে মহিলাদের গর্ভপরীক্ষা করাতেই হবে, তারপর প্রতি মাসে।",
        ),
        (
            "Small chambers are stuck to the upper back and stay there for 48 hours.",
            "পিঠের নিচের দিকে ছোট ছোট চেম্বার লাগানো হয়, ৪৮ ঘণ্টা সেখানেই থাকে।",
            "পিঠের ওপরের দিকে ছোট ছোট চেম্বার লাগানো হয়, ৪৮ ঘণ্টা সেখানেই থাকে।",
        ),
    ],
)
def test_what_is_said_of_a_word_is_not_turned_round(english, wrong, right):
    assert BLOCKING in levels(english, wrong)
    assert not levels(english, right)


@pytest.mark.parametrize(
    ("english", "bangla"),
    [
        # A no turns it round.
        ("Keep the dressing dry for two days.", "দুই দিন ব্যান্ডেজ ভেজাবেন না।"),
        # Of two that are said of the same each is said of it.
        ("Wash your hands before and after applying it.", "মাখার আগে ও পরে হাত ধোবেন।"),
        # Two that follow each other may be told either way round.
        ("Boil the water before you mix the milk.", "পানি ফুটিয়ে তারপর দুধ মেশান।"),
        (
            "Before each session, tell the nurse whether your skin got red after the last one.",
            "গতবারের পর ত্বক লাল হয়েছিল কি না, প্রতি সেশনের আগে নার্সকে জানান।",
        ),
        # Every second night, and everyone of one study.
        ("Use the cream every second night.", "এক রাত পরপর ক্রিম মাখুন।"),
        # What one may do is what one does who likes.
        ("If you like, you can use a cream.", "চাইলে ক্রিম মাখতে পারেন।"),
        # Good work in the underarm is nothing that had better be done.
        ("It works well in the underarms.", "বগলে ভালো কাজ করে।"),
        ("The effect is not permanent.", "এর ফল সাময়িক।"),
        # What is not done first, and then done.
        (
            "Leave the dressing on for two days, then take it off and wash the wound gently.",
            "দুই দিন ব্যান্ডেজ খুলবেন না, তারপর খুলে আলতো করে ক্ষতটা ধুয়ে নিন।",
        ),
        # Out of the sun is outside of nothing, half as many are fewer, and often is no almost.
        (
            "Dark patches, which fade within three to six months if you keep out of the sun.",
            "কালচে ছোপ পড়া; রোদ এড়িয়ে চললে তিন থেকে ছয় মাসের মধ্যে মিলিয়ে যায়।",
        ),
        ("Most people have half as many pimples.", "বেশির ভাগ মানুষের ব্রণ কমে অর্ধেক হয়।"),
        (
            "Vitiligo takes far longer, often a whole year.",
            "শ্বেতীতে আরও অনেক বেশি দিন লাগে, প্রায়ই পুরো এক বছর।",
        ),
    ],
)
def test_what_only_looks_turned_round_is_not_refused(english, bangla):
    assert BLOCKING not in levels(english, bangla)
