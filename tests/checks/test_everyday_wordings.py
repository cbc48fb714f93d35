"""Turns of phrase of patient texts, each as a good translator says it in Bangla, and with a slip."""

import pytest

from treatments.checks import ASK, BLOCKING

from .test_other_treatments import levels


@pytest.mark.parametrize(
    ("english", "right", "wrong"),
    [
        # A semicolon ends what a “not” reaches, and a condition is no advice.
        (
            "Do not stop aspirin on your own; tell us if you take it.",
            "নিজে থেকে অ্যাসপিরিন বন্ধ করবেন না; খেলে আমাদের জানাবেন।",
            "নিজে থেকে অ্যাসপিরিন বন্ধ করবেন না; খেলে আমাদের জানাতে হবে না।",
        ),
        (
            "If it is still bleeding, go to the emergency department.",
            "তারপরও রক্ত না থামলে জরুরি বিভাগে যাবেন।",
            "তারপরও রক্ত না থামলে জরুরি বিভাগে যাওয়ার দরকার নেই।",
        ),
        (
            "Come back in seven days to have face stitches taken out. Do not cut them yourself.",
            "মুখের সেলাই কাটাতে ৭ দিন পর আসবেন। নিজে নিজে কাটবেন না।",
            "মুখের সেলাই কাটাতে ৭ দিন পর আসবেন। নিজে নিজে কাটবেন।",
        ),
        (
            "Warts spread by touch, so do not share towels or shave over them.",
            "আঁচিল ছোঁয়া থেকে ছড়ায়, তাই গামছা ভাগাভাগি করবেন না, আঁচিলের ওপর শেভও করবেন না।",
            "আঁচিল ছোঁয়া থেকে ছড়ায়, তাই গামছা ভাগাভাগি করবেন, আঁচিলের ওপর শেভও করবেন না।",
        ),
        (
            "Do not stop the cream – tell us first.",
            "ক্রিম বন্ধ করবেন না – আগে আমাদের জানান।",
            "ক্রিম বন্ধ করবেন না – আগে আমাদের জানানোর দরকার নেই।",
        ),
        # A bound with a no.
        (
            "Keep the bath no warmer than 30°C.",
            "গোসলের পানি বড়জোর ৩০ ডিগ্রি সেলসিয়াস রাখুন।",
            "গোসলের পানি অন্তত ৩০ ডিগ্রি সেলসিয়াস রাখুন।",
        ),
        (
            "Keep the bath no cooler than 30°C.",
            "গোসলের পানি অন্তত ৩০ ডিগ্রি সেলসিয়াস রাখুন।",
            "গোসলের পানি বড়জোর ৩০ ডিগ্রি সেলসিয়াস রাখুন।",
        ),
        # What one need not do one may do.
        (
            "You must not give blood while taking it.",
            "ওষুধ চলার সময় রক্ত দেওয়া যাবে না।",
            "ওষুধ চলার সময় রক্ত দেওয়ার দরকার নেই।",
        ),
        (
            "You need not give blood before the test.",
            "পরীক্ষার আগে রক্ত দেওয়ার দরকার নেই।",
            "পরীক্ষার আগে রক্ত দেওয়া যাবে না।",
        ),
        # How often, and how much.
        (
            "Put it on every other night for 2 weeks.",
            "২ সপ্তাহ এক রাত বাদ দিয়ে এক রাত লাগান।",
            "২ সপ্তাহ প্রতি রাতে দুবার লাগান।",
        ),
        ("Put it on every other day.", "একদিন পর একদিন লাগান।", "তিন দিন পরপর লাগান।"),
        (
            "It is taken as a single dose of 200 micrograms per kilogram.",
            "প্রতি কেজি ওজনে ২০০ মাইক্রোগ্রাম হিসাবে একবার খেতে হয়।",
            "প্রতি কেজি ওজনে ২,০০০ মাইক্রোগ্রাম হিসাবে একবার খেতে হয়।",
        ),
        (
            "The mole is cut out with a margin of 3 mm.",
            "চারপাশের ৩ মিলিমিটারসহ তিলটা কেটে ফেলা হয়।",
            "চারপাশের ৩ সেন্টিমিটারসহ তিলটা কেটে ফেলা হয়।",
        ),
        (
            "Use it twice a day for 2 weeks, then only at weekends.",
            "২ সপ্তাহ দিনে দুবার লাগান, তারপর শুধু সাপ্তাহিক ছুটির দিনে।",
            "২ মাস দিনে দুবার লাগান, তারপর শুধু সাপ্তাহিক ছুটির দিনে।",
        ),
        (
            "Adults with a swollen patch on one leg.",
            "যেসব বড় মানুষের এক পায়ে ফোলা জায়গা আছে।",
            "যেসব বড় মানুষের দুই পায়ে ফোলা জায়গা আছে।",
        ),
        # Whatever else is lost with it.
        ("Severe headache with blurred vision.", "তীব্র মাথাব্যথার সঙ্গে চোখে ঝাপসা দেখা।", "তীব্র মাথাব্যথা।"),
        # Numbers, noes and choices that are said in passing.
        (
            "Take it at least 2 hours after eating.",
            "খাওয়ার অন্তত ২ ঘণ্টা পরে খাবেন।",
            "খাওয়ার অন্তত ২ ঘণ্টা আগে খাবেন।",
        ),
        (
            "Ask which tube you need, and ring us if the burning does not ease.",
            "কোন টিউব লাগবে জিজ্ঞেস করুন, আর জ্বালা না কমলে ফোন করুন।",
            "কোন টিউব লাগবে জিজ্ঞেস করুন, আর জ্বালা কমলে ফোন করুন।",
        ),
        (
            "Use white towels, since it bleaches coloured cloth.",
            "সাদা তোয়ালে ব্যবহার করুন, কেননা এতে রঙিন কাপড়ের রং উঠে যায়।",
            "সাদা তোয়ালে ব্যবহার করুন, কেননা এতে রঙিন কাপড়ের রং উঠে যায় না।",
        ),
        (
            "Take folic acid on a different day from methotrexate.",
            "মেথোট্রেক্সেটের দিন বাদে অন্য দিনে ফলিক অ্যাসিড খান।",
            "মেথোট্রেক্সেটের সঙ্গে একই দিনে ফলিক অ্যাসিড খান।",
        ),
        (
            "You have another muscle disease, or you are pregnant.",
            "আপনার পেশির অন্য কোনো রোগ থাকে, অথবা আপনি গর্ভবতী হন।",
            "আপনার পেশির অন্য কোনো রোগ থাকে, অথবা আপনি গর্ভবতী না হন।",
        ),
        (
            "Glycolic acid 30% is brushed on for two to five minutes.",
            "৩০% গ্লাইকোলিক অ্যাসিড লাগিয়ে দুই থেকে পাঁচ মিনিট রাখা হয়।",
            "৩০% গ্লাইকোলিক অ্যাসিড লাগিয়ে দুই থেকে পাঁচ ঘণ্টা রাখা হয়।",
        ),
        (
            "Have it every four months, never sooner than 12 weeks after the last visit.",
            "চার মাস পরপর নেবেন, তবে শেষবারের ১২ সপ্তাহের আগে কখনোই নয়।",
            "চার মাস পরপর নেবেন, তবে শেষবারের ১২ দিনের আগে কখনোই নয়।",
        ),
        (
            "Use a light moisturiser without oil.",
            "হালকা তেলছাড়া ময়েশ্চারাইজার লাগান।",
            "হালকা তেলওয়ালা ময়েশ্চারাইজার লাগান।",
        ),
        ("Take a pea-sized amount of cream.", "মটরদানার সমান ক্রিম নাও।", "মটরদানার সমান ক্রিম নিও না।"),
        ("You are not alone.", "তুমি একা নও।", "তুমি একা।"),
        (
            "No food causes it, so eat your usual meals.",
            "কোনো খাবার থেকেই এটা হয় না, তাই রোজ যা খান তাই খাবেন।",
            "কোনো খাবার থেকেই এটা হয়, তাই রোজ যা খান তাই খাবেন।",
        ),
        (
            "Having it cut out with no further treatment, because it returns.",
            "আর কোনো চিকিৎসা ছাড়া কেটে ফেলা, কারণ তা ফিরে আসে।",
            "আরও চিকিৎসাসহ কেটে ফেলা, কারণ তা ফিরে আসে।",
        ),
        (
            "First the moisturiser, then a gap of 15 minutes before the steroid.",
            "আগে ময়েশ্চারাইজার, তারপর ১৫ মিনিট পরে স্টেরয়েড।",
            "আগে ময়েশ্চারাইজার, তারপর ১৫ ঘণ্টা পরে স্টেরয়েড।",
        ),
        (
            "Keep the tablets locked away where children cannot reach them.",
            "ট্যাবলেট বাচ্চাদের নাগালের বাইরে তালাবদ্ধ করে রাখুন।",
            "ট্যাবলেট বাচ্চাদের নাগালের মধ্যে রাখুন।",
        ),
        (
            "Use only 2.5 mg tablets unless told otherwise.",
            "অন্য কিছু বলা না হলে শুধু ২.৫ মিলিগ্রামের ট্যাবলেট খাবেন।",
            "অন্য কিছু বলা হলে শুধু ২.৫ মিলিগ্রামের ট্যাবলেট খাবেন।",
        ),
        (
            "A dressing is not needed unless the blister rubs against your clothes.",
            "ব্যান্ডেজ লাগে না, তবে ফোসকায় কাপড়ের ঘষা লাগলে লাগবে।",
            "ব্যান্ডেজ লাগে, তবে ফোসকায় কাপড়ের ঘষা লাগলে লাগবে না।",
        ),
        (
            "Minoxidil lotion, which must be used every day to keep working.",
            "মিনোক্সিডিল লোশন, যা রোজ ব্যবহার না করলে কাজ থাকে না।",
            "মিনোক্সিডিল লোশন, যা রোজ ব্যবহার করলে কাজ থাকে না।",
        ),
        (
            "This lamp works without capsules and is safe in pregnancy.",
            "এই আলোতে ক্যাপসুল লাগে না এবং গর্ভাবস্থায়ও এটা নিরাপদ।",
            "এই আলোতে ক্যাপসুল লাগে এবং গর্ভাবস্থায়ও এটা নিরাপদ।",
        ),
        (
            "Avoid dust and wearing a tight cap for 24 hours.",
            "২৪ ঘণ্টা ধুলাবালি এড়িয়ে চলুন এবং আঁটসাঁট টুপি পরবেন না।",
            "২৪ ঘণ্টা ধুলাবালি এড়িয়ে চলুন এবং আঁটসাঁট টুপি পরবেন।",
        ),
    ],
)
def test_a_wording_is_read_and_its_slip_is_seen(english, right, wrong):
    assert BLOCKING not in levels(english, right)
    assert levels(english, wrong) & {ASK, BLOCKING}
    assert levels(english, wrong) - levels(english, right)


@pytest.mark.parametrize(
    ("english", "bangla"),
    [
        (
            "Do not wax or pluck for four weeks before.",
            "তার আগের ৪ সপ্তাহ ওয়াক্স করা বা লোম টেনে তোলা চলবে না।",
        ),
        ("Deep scars do not improve with this peel.", "গভীর গর্ত এই পিলে ভালো হয় না।"),
        (
            "Before the first dose we need blood tests no older than 2 weeks.",
            "প্রথম ডোজের আগে ২ সপ্তাহের মধ্যে করা রক্তের পরীক্ষা লাগবে।",
        ),
        (
            "Itching can last four weeks after the mites die.",
            "পোকা মরে গেলেও ৪ সপ্তাহ পর্যন্ত চুলকাতে পারে।",
        ),
        (
            "There are no cuts or stitches, and most people return to work the same day.",
            "কাটাছেঁড়া বা সেলাই লাগে না, আর বেশির ভাগ মানুষ সেদিনই কাজে ফিরতে পারেন।",
        ),
        ("He must never share his capsules.", "তিনি কখনোই নিজের ক্যাপসুল কাউকে দেবেন না।"),
        ("Common areas are the legs and the bikini line.", "সাধারণত পা ও বিকিনি লাইনে করা হয়।"),
        ("Get urgent help for dark urine.", "প্রস্রাব গাঢ় হলে জরুরি চিকিৎসা নিন।"),
        (
            "For children, also treat the face, ears and scalp, avoiding the eyes and lips.",
            "শিশুদের ক্ষেত্রে চোখ ও ঠোঁট বাদ দিয়ে মুখমণ্ডল, কান ও মাথার ত্বকেও লাগান।",
        ),
        (
            "Weigh each person before deciding how many tablets they need.",
            "কার কয়টি ট্যাবলেট লাগবে তা ঠিক করার আগে প্রত্যেকের ওজন মেপে নিন।",
        ),
        ("We ring everyone, even when it is not cancer.", "ক্যান্সার না হলেও আমরা সবাইকে ফোন করি।"),
        ("Get it wet before tonight.", "আজ রাতের আগে ভেজানো।"),
        (
            "Put one drop on every nail at bedtime for 12 weeks.",
            "রোজ শোয়ার আগে প্রতিটা নখে এক ফোঁটা করে দিন, টানা ১২ সপ্তাহ।",
        ),
        (
            "Terbinafine 250 mg is taken with or without food. Take it after a full meal.",
            "টারবিনাফিন ২৫০ মি.গ্রা. খেতে হয় খাবারের সঙ্গে বা খাবার ছাড়া। পেট ভরে খাওয়ার পর খাবেন।",
        ),
        ("Wash sheets at 60°C.", "বিছানার চাদর ৬০ ডিগ্রি সেলসিয়াস গরম পানিতে ধুয়ে নিন।"),
        ("We take 15 ml of blood from your left arm.", "আপনার বাঁ হাত থেকে ১৫ মিলি রক্ত নিই।"),
        (
            "Two in three warts go without any treatment.",
            "প্রতি তিনটি আঁচিলের দুটি কোনো চিকিৎসা ছাড়াই চলে যায়।",
        ),
        (
            "About two thirds of warts clear after 3 to 4 treatments.",
            "৩ থেকে ৪ বার চিকিৎসায় প্রায় দুই-তৃতীয়াংশ আঁচিল চলে যায়।",
        ),
    ],
)
def test_a_right_wording_is_not_asked_about(english, bangla):
    assert not levels(english, bangla) & {ASK, BLOCKING}


@pytest.mark.parametrize(
    ("english", "bangla"),
    [
        ("Which is better, the acid or freezing?", "কোনটা ভালো, অ্যাসিড না ঠান্ডায় জমানো?"),
        (
            "Leaving out a family member because he or she does not itch",
            "চুলকানি নেই বলে পরিবারের কাউকে বাদ দেওয়া",
        ),
        (
            "Higher blood sugar for a few days, or a change in monthly periods.",
            "কয়েক দিন রক্তে সুগার বেড়ে থাকা, অথবা মাসিকে পরিবর্তন।",
        ),
        (
            "A course lasts 4 to 6 months, and longer if the dose is low.",
            "একটি কোর্স ৪ থেকে ৬ মাস চলে, আর ডোজ কম হলে আরও বেশি দিন।",
        ),
        (
            "Your family is less likely to catch it from you.",
            "আপনার কাছ থেকে পরিবারের অন্যদের দাদ হওয়ার আশঙ্কা কমে।",
        ),
        ("You stand undressed in the cabin wearing goggles.", "জামাকাপড় ছেড়ে চশমা পরে কেবিনে দাঁড়াবেন।"),
        ("How many days will my face be peeling?", "কত দিন আমার মুখের ছাল উঠবে?"),
        (
            "Clusters of painful blisters or sores, with or without fever.",
            "একসঙ্গে অনেকগুলো ব্যথার ফোসকা বা ঘা, জ্বর থাকুক বা না থাকুক।",
        ),
        (
            "You are given enough capsules for no more than 30 days at a time.",
            "একবারে সর্বোচ্চ ৩০ দিনের ক্যাপসুল দেওয়া হয়।",
        ),
        (
            "For the first day, put on nothing but this cream.",
            "প্রথম দিন শুধু এই ক্রিমটাই লাগান, আর কিছু না।",
        ),
        (
            "Take one tablet daily, with or without food.",
            "প্রতিদিন একটি ট্যাবলেট খাবেন, খাবারের সঙ্গে বা খাবার ছাড়া।",
        ),
        (
            "Women must wait at least 1 month after the last capsule before trying to become pregnant.",
            "গর্ভধারণের চেষ্টা করার আগে নারীদের শেষ ক্যাপসুলের পর অন্তত ১ মাস অপেক্ষা করতেই হবে।",
        ),
        (
            "Cold air or a cool pack is used to ease the heat.",
            "গরম ভাব কমাতে ঠান্ডা বাতাস বা ঠান্ডা প্যাক দেওয়া হয়।",
        ),
        (
            "After 12 weeks, about 6 in 10 people have half as many spots as before.",
            "১২ সপ্তাহ পর প্রতি ১০ জনের মধ্যে প্রায় ৬ জনের ব্রণ আগের অর্ধেকে নেমে আসে।",
        ),
        (
            "Once. You come back after 7 days if the stitches are on the face, or 14 if on the back.",
            "একবারই। সেলাই মুখে হলে ৭ দিন পর, আর পিঠে হলে ১৪ দিন পর আবার আসবেন।",
        ),
        (
            "No, it does not work on grey hair, because the laser needs dark colour to aim at.",
            "না, পাকা লোমে কাজ হয় না, কারণ লেজারের নিশানার জন্য কালচে রং দরকার।",
        ),
        (
            "People whose eczema has lasted more than 3 months without a known cause.",
            "যাঁদের ৩ মাসের বেশি একজিমা আছে, অথচ কারণ জানা যায়নি।",
        ),
        (
            "A 1 mg tablet a day keeps hair in about two thirds of men.",
            "দিনে ১ মিলিগ্রামের একটি ট্যাবলেটে প্রায় তিন ভাগের দুই ভাগ পুরুষের চুল টিকে থাকে।",
        ),
        (
            "Have your blood checked first, and do not colour your hair for 1 day before starting.",
            "আগে রক্ত পরীক্ষা করান, আর শুরু করার আগের ১ দিন চুলে রং করবেন না।",
        ),
        (
            "Sunscreen alone, if the marks are mild and already fading.",
            "শুধু সানস্ক্রিন, যদি দাগ হালকা হয় এবং ইতিমধ্যে মিলিয়ে যেতে থাকে।",
        ),
        (
            "Putting the cream again and again because the itch has not stopped",
            "চুলকানি কমেনি বলে বারবার ক্রিম মাখা",
        ),
        (
            "You have liver disease, or your liver blood test is not normal.",
            "আপনার লিভারের রোগ থাকে, বা লিভারের রক্ত পরীক্ষা স্বাভাবিক না হয়।",
        ),
        (
            "You have a pacemaker or a metal implant in the arm or leg.",
            "আপনার বুকে পেসমেকার বা হাতে-পায়ে ধাতব ইমপ্ল্যান্ট বসানো থাকে।",
        ),
        ("Did I get scabies because I am not clean?", "আমি পরিষ্কার নই বলে কি আমার স্ক্যাবিস হয়েছে?"),
    ],
)
def test_a_free_wording_is_not_refused(english, bangla):
    assert BLOCKING not in levels(english, bangla)


@pytest.mark.parametrize(
    ("english", "bangla"),
    [
        (
            "Take it sitting up, with a glass of water. Do not lie down for half an hour.",
            "সোজা হয়ে বসে এক গ্লাস পানি দিয়ে খাবেন।",
        ),
        ("If you forget a capsule, leave it out.", "ক্যাপসুলটা বাদ দিন।"),
    ],
)
def test_what_the_bangla_says_nothing_for_is_lost(english, bangla):
    assert BLOCKING in levels(english, bangla)


def test_another_spelling_of_a_long_word_is_asked_about():
    """The glossary avoids it, and it is no other word."""
    english = "Iontophoresis passes a mild current through water."
    bangla = "আয়ন্টোফোরেসিসে পানির মধ্য দিয়ে হালকা বিদ্যুৎ চালানো হয়।"
    assert ASK in levels(english, bangla)
    assert BLOCKING not in levels(english, bangla)
