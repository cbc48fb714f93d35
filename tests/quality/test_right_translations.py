"""Right translations in other words: nothing may be found to block them."""

from dataclasses import replace

import pytest

from treatments.quality import BLOCKING, findings

from .editing import with_plan
from .shipped import terms
from .small import saying

# (English, Bangla)
PAIRS = [
    ("Use the cream once a day for two weeks.", "দুই সপ্তাহ ধরে দিনে একবার ক্রিম লাগান।"),
    ("Come 2–3 times a week, 6–10 times in all.", "মোট ৬–১০ বার আসবেন, সপ্তাহে ২–৩ বার করে।"),
    ("2–3 sessions a week, 6–10 in all.", "মোট ৬–১০টি সেশন, সপ্তাহে ২–৩ বার।"),
    ("13 of 14 people felt better.", "১৪ জনের মধ্যে ১৩ জন ভালো বোধ করেন।"),
    ("A session lasts half an hour.", "একটি সেশন ৩০ মিনিট চলে।"),
    ("A session lasts an hour and a half.", "প্রতি সেশনে দেড় ঘণ্টা লাগে।"),
    ("Wait 20 to 30 minutes before you eat.", "খাওয়ার আগে ২০ থেকে ৩০ মিনিট অপেক্ষা করুন।"),
    ("Redness goes away in a day or two.", "লালচে ভাব এক-দুই দিনেই চলে যায়।"),
    ("Redness goes away within two or three days.", "দুই-তিন দিনের মধ্যে লালচে ভাব কেটে যায়।"),
    ("One in ten people gets a headache.", "প্রতি ১০ জনে ১ জনের মাথাব্যথা হয়।"),
    ("A third of the patients had dry skin.", "এক-তৃতীয়াংশ রোগীর ত্বক শুকিয়ে যায়।"),
    ("Take the tablet twice a day, with food.", "খাবারের সঙ্গে দিনে দুবার ট্যাবলেট খান।"),
    ("Take the tablet twice a day.", "ট্যাবলেটটি দিনে ২ বার খাবেন।"),
    ("The result lasts 4–9 months.", "ফল ৪ থেকে ৯ মাস থাকে।"),
    ("Come back in one week.", "এক সপ্তাহ পর আবার আসুন।"),
    ("Come back in 1 week.", "এক সপ্তাহ পরে আসবেন।"),
    ("The visit costs 1,500 taka.", "প্রতিবার দেখাতে ১,৫০০ টাকা লাগে।"),
    ("Call 999 at once.", "সঙ্গে সঙ্গে ৯৯৯ নম্বরে ফোন করুন।"),
    ("Of the 40 people treated, 31 improved.", "চিকিৎসা নেওয়া ৪০ জনের মধ্যে ৩১ জনের উন্নতি হয়।"),
    (
        "Sweating fell in 92.9% of people, against 38.5% without treatment.",
        "চিকিৎসায় শতকরা ৯২.৯ জনের ঘাম কমে, চিকিৎসা ছাড়া ৩৮.৫ শতাংশের।",
    ),
    ("Both hands go into the tray.", "দুই হাত ট্রেতে রাখুন।"),
    ("Put your hands into the trays.", "দুই হাত ট্রেতে রাখুন।"),
    ("It is one of the safest treatments.", "এটি সবচেয়ে নিরাপদ চিকিৎসাগুলোর একটি।"),
    (
        "The same person should treat both feet together.",
        "একই ব্যক্তি দুই পা একসঙ্গে চিকিৎসা করবেন।",
    ),
    ("A 20-minute session is enough.", "২০ মিনিটের একটি সেশনই যথেষ্ট।"),
    (
        "Stay in the clinic for 15 minutes after the injection.",
        "ইনজেকশনের পর ১৫ মিনিট ক্লিনিকে থাকুন।",
    ),
    (
        "Use it every day for the first week, then once a week.",
        "প্রথম সপ্তাহে প্রতিদিন, তারপর সপ্তাহে একবার ব্যবহার করুন।",
    ),
    ("The cream works in 8 out of 10 people.", "১০ জনের মধ্যে ৮ জনের ক্ষেত্রে ক্রিমটি কাজ করে।"),
    ("Take 500 mg three times a day.", "দিনে তিনবার ৫০০ মিলিগ্রাম করে খান।"),
    ("Children under 12 should not take it.", "১২ বছরের কম বয়সী শিশুদের এটি খাওয়া উচিত নয়।"),
    ("You need 3 sessions a week.", "সপ্তাহে তিন দিন সেশন নিতে হয়।"),
    ("The first two sessions are shorter.", "প্রথম দুটি সেশন ছোট।"),
    ("Drink at least 8 glasses of water a day.", "দিনে কমপক্ষে ৮ গ্লাস পানি পান করুন।"),
    ("We are open from 10 am to 8 pm.", "সকাল ১০টা থেকে রাত ৮টা পর্যন্ত খোলা।"),
    ("The clinic opened in 2015.", "ক্লিনিকটি ২০১৫ সালে চালু হয়।"),
    ("Over 200 people took part.", "২০০ জনেরও বেশি মানুষ অংশ নেন।"),
    ("It took 10–12 sessions, each 20 minutes long.", "২০ মিনিট করে মোট ১০–১২টি সেশন লেগেছে।"),
    ("Half of the people felt better.", "অর্ধেক মানুষ ভালো বোধ করেন।"),
    ("Take two tablets in the morning and one at night.", "সকালে দুটি ও রাতে একটি ট্যাবলেট খান।"),
    ("27 of the 29 people finished.", "২৯ জন শুরু করেন, ২৭ জন শেষ করেন।"),
    ("Avoid perfumed lotion after a session.", "সেশনের পর সুগন্ধি লোশন মাখবেন না।"),
    ("Do not use perfumed lotion.", "সুগন্ধি লোশন এড়িয়ে চলুন।"),
    ("The electrodes must not be touched.", "ইলেকট্রোড ছোঁবেন না।"),
    (
        "Never take your hands out while the current is on.",
        "বিদ্যুৎ চলার সময় কখনোই হাত তুলবেন না।",
    ),
    ("It is a painless treatment.", "এই চিকিৎসায় ব্যথা লাগে না।"),
    ("It is non-invasive and needle-free.", "এতে কাটাছেঁড়া বা সুই লাগে না।"),
    ("No needles and no drugs are needed.", "সুই বা ওষুধ লাগে না।"),
    ("Do not put ice on the skin unless you are told to.", "বলা না হলে ত্বকে বরফ দেবেন না।"),
    ("Do not put ice on the skin unless you are told to.", "কেউ বললে তবেই ত্বকে বরফ দিন।"),
    ("Use ice only if the doctor tells you to.", "ডাক্তার না বললে বরফ দেবেন না।"),
    ("Without maintenance the sweating returns.", "নিয়মিত সেশন না নিলে ঘাম আবার ফিরে আসে।"),
    ("The effect is not permanent.", "এর ফল সাময়িক।"),
    ("The effect is temporary.", "এর ফল স্থায়ী নয়।"),
    ("It is not known how it works.", "কীভাবে কাজ করে, তা অজানা।"),
    ("Ask whether you can drive home.", "গাড়ি চালিয়ে বাড়ি ফিরতে পারবেন কি না, জেনে নিন।"),
    ("Keep the tray away from children.", "ট্রে শিশুদের কাছ থেকে দূরে রাখুন।"),
    ("If it does not get better, call us.", "ভালো না হলে আমাদের ফোন করুন।"),
    (
        "Rest for a day, otherwise the pain may come back.",
        "এক দিন বিশ্রাম নিন, তা না হলে ব্যথা ফিরে আসতে পারে।",
    ),
    ("Neither hands nor feet should be wet.", "হাত বা পা কোনোটাই ভেজা থাকা যাবে না।"),
    ("Stop using the cream if you get a rash.", "র‍্যাশ হলে ক্রিমটি আর মাখবেন না।"),
    ("You have not eaten for six hours.", "আপনি ছয় ঘণ্টা কিছু খাননি।"),
    (
        "Use the treatment until the sweating is under control.",
        "ঘাম নিয়ন্ত্রণে না আসা পর্যন্ত চিকিৎসা নিন।",
    ),
    ("Shaving is not allowed on the day of the session.", "সেশনের দিন লোম কামানো নিষেধ।"),
    ("Refrain from shaving on the day of the session.", "সেশনের দিন লোম কামানো থেকে বিরত থাকুন।"),
    (
        "Put on cream so that the skin does not dry out.",
        "ত্বক যেন শুকিয়ে না যায়, সে জন্য ক্রিম মাখুন।",
    ),
    ("Put on cream to prevent dry skin.", "ক্রিম মাখুন, যাতে ত্বক শুকিয়ে না যায়।"),
    ("You cannot have it if you have a pacemaker.", "পেসমেকার থাকলে এই চিকিৎসা নিতে পারবেন না।"),
    ("Nobody should share the towel.", "তোয়ালে অন্য কেউ ব্যবহার করবেন না।"),
    ("However small the cut is, show it to us.", "কাটা যত ছোটই হোক না কেন, আমাদের দেখান।"),
    ("Do not forget to bring your tablets.", "ট্যাবলেট আনতে ভুলবেন না।"),
    ("Remember to bring your tablets.", "ট্যাবলেট আনতে ভুলবেন না।"),
    ("Do not touch the electrodes or lift your hands.", "ইলেকট্রোড ছোঁবেন না, হাতও তুলবেন না।"),
    ("You do not need to stay in hospital.", "হাসপাতালে থাকতে হয় না।"),
    (
        "The doctor decides. You cannot change the dose yourself.",
        "ডাক্তার ঠিক করবেন। নিজে নিজে ডোজ বদলাবেন না।",
    ),
    ("Besides the cream, use a soft towel.", "ক্রিম ছাড়াও নরম তোয়ালে ব্যবহার করুন।"),
    (
        "The current is switched off, then you take your hands out.",
        "বিদ্যুৎ বন্ধ করার পর হাত তুলে নেবেন।",
    ),
    ("Not everyone gets better.", "সবাই ভালো হন না।"),
    ("There is no fixed number of sessions.", "সেশনের কোনো নির্দিষ্ট সংখ্যা নেই।"),
    ("You should have no open wounds.", "খোলা ক্ষত থাকা চলবে না।"),
    ("You are not pregnant and have no pacemaker.", "আপনি গর্ভবতী নন এবং আপনার পেসমেকার নেই।"),
    ("Drug-free and safe.", "ওষুধ ছাড়া, নিরাপদ।"),
    ("Medicines other than creams may not help.", "ক্রিম ছাড়া অন্য ওষুধে কাজ না-ও হতে পারে।"),
]


@pytest.mark.parametrize(("english", "bangla"), PAIRS)
def test_a_right_translation_passes(english, bangla):
    subject = replace(saying(english, bangla), terms=terms())
    subject = replace(
        subject,
        english=with_plan(subject.english, {}),
        bangla=with_plan(subject.bangla, {}),
    )
    assert [finding for finding in findings(subject) if finding.level == BLOCKING] == []
