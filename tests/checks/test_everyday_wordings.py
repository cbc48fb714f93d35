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
