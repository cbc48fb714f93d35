"""Right translations in other words: nothing may be found to block them."""

from dataclasses import replace

import pytest

from treatments.checks import ASK, BLOCKING, findings
from treatments.document.plan import Plan

from .editing import with_plan
from .shipped import terms
from .small import saying

# (English, Bangla)
PAIRS = [
    ("If some pus is left, one more swab is taken.", "তখনো কিছু পুঁজ থেকে গেলে আরও একটা নমুনা নেওয়া হয়।"),
    (
        "Call us if you pass urine more than 9 times a day.",
        "দিনে ৯ বারের বেশি প্রস্রাব হলে আমাদের ফোন করুন।",
    ),
    ("Tell us if it happens more than 9 times a day.", "দিনে ৯ বারের বেশি হলে আমাদের জানান।"),
    ("Rest for half an hour on the same day.", "একই দিনে আধা ঘণ্টা বিশ্রাম নিন।"),
    ("Put one drop on the corn only.", "শুধু কড়ার ওপরেই এক ফোঁটা লাগান।"),
    ("You need a few weeks before you notice it.", "পরপর কয়েক সপ্তাহ নেওয়ার পর তা বোঝা যায়।"),
    ("Painkillers may be tried first.", "প্রথমে প্যারাসিটামল বা ব্যথার বড়ি খেয়ে দেখা যেতে পারে।"),
    ("Leave the mask on for ten minutes, then rinse it off.", "মাস্ক দশ মিনিট লাগিয়ে রেখে ধুয়ে ফেলুন।"),
    ("Take 1 tablet 3 times a day.", "দিনে ৩ বার ১টি করে ট্যাবলেট খাবেন।"),
    ("We take the cast off only after an X-ray.", "এক্স-রে করার আগে প্লাস্টার খোলা হবে না।"),
    ("Come once more to have the plaster cut.", "প্লাস্টার কাটাতে আর একবার আসবেন।"),
    ("Rate the itching 3 or 4 out of 10.", "চুলকানিকে ১০-এর মধ্যে ৩ বা ৪ দিন।"),
    ("Stay off school for two days.", "দুই দিন স্কুল থেকে ছুটি নিন।"),
    ("Do not shave for 24 hours before the session.", "সেশনের আগের ২৪ ঘণ্টা শেভ করবেন না।"),
    ("Half an hour before the session, remove rings.", "সেশনের আধা ঘণ্টা আগে আংটি খুলে ফেলুন।"),
    ("Stay for 15 minutes after the session.", "সেশনের পরে ১৫ মিনিট বসে থাকুন।"),
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
    ("Turn the current down to zero.", "বিদ্যুৎ শূন্যে নামিয়ে আনুন।"),
    ("A wound in which raw flesh shows.", "যে ক্ষতে কাঁচা মাংস দেখা যায়।"),
    ("Call 999 at once.", "সঙ্গে সঙ্গে ৯৯৯ নম্বরে ফোন করুন।"),
    ("Of the 40 people treated, 31 improved.", "চিকিৎসা নেওয়া ৪০ জনের মধ্যে ৩১ জনের উন্নতি হয়।"),
    (
        "Sweating fell in 92.9% of people, against 38.5% without treatment.",
        "চিকিৎসায় শতকরা ৯২.৯ জনের ঘাম কমে, চিকিৎসা ছাড়া ৩৮.৫ শতাংশের।",
    ),
    ("Both hands go into the tray.", "দুই হাত ট্রেতে রাখুন।"),
    ("Put your hands into the trays.", "দুই হাত ট্রেতে রাখুন।"),
    ("It is one of the safest treatments.", "এটি সবচেয়ে নিরাপদ চিকিৎসাগুলোর একটি।"),
    ("The same person should treat both feet together.", "একই ব্যক্তি দুই পা একসঙ্গে চিকিৎসা করবেন।"),
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
    ("Never take your hands out while the current is on.", "বিদ্যুৎ চলার সময় কখনোই হাত তুলবেন না।"),
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
    ("Put on cream so that the skin does not dry out.", "ত্বক যেন শুকিয়ে না যায়, সে জন্য ক্রিম মাখুন।"),
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
    (
        "Do not eat or drink for two hours before the test.",
        "পরীক্ষার আগে দুই ঘণ্টা কিছু খাবেন না বা পান করবেন না।",
    ),
    ("You may go home the same day.", "আপনি একই দিনে বাড়ি যেতে পারবেন।"),
    ("The swelling usually goes down within 48 hours.", "ফোলা সাধারণত ৪৮ ঘণ্টার মধ্যে কমে যায়।"),
    ("Take one tablet at night for seven days.", "সাত দিন রাতে একটি করে ট্যাবলেট খান।"),
    ("Apply the cream twice daily, morning and evening.", "সকালে ও সন্ধ্যায়, দিনে দুইবার ক্রিম লাগান।"),
    (
        "Most people need 6 to 8 sessions, one every two weeks.",
        "বেশিরভাগ মানুষের দুই সপ্তাহ পরপর ৬–৮টি সেশন লাগে।",
    ),
    ("Each session takes about 15 minutes.", "প্রতিটি সেশনে প্রায় ১৫ মিনিট সময় লাগে।"),
    ("Keep the area dry for the first 24 hours.", "প্রথম ২৪ ঘণ্টা জায়গাটি শুকনো রাখুন।"),
    ("Do not scratch or pick at the skin.", "ত্বক চুলকাবেন না বা খুঁটবেন না।"),
    ("Avoid direct sun for four weeks.", "চার সপ্তাহ সরাসরি রোদে যাবেন না।"),
    ("Stay out of the sun for four weeks.", "চার সপ্তাহ রোদ এড়িয়ে চলুন।"),
    ("If you miss a dose, do not take two doses at once.", "এক ডোজ বাদ পড়লে একসঙ্গে দুই ডোজ খাবেন না।"),
    (
        "In a study of 120 people, 96 were better after 12 weeks.",
        "১২০ জনের ওপর এক গবেষণায় ১২ সপ্তাহ পর ৯৬ জন ভালো হন।",
    ),
    ("About 3 in 100 people get a rash.", "১০০ জনে প্রায় ৩ জনের র‍্যাশ হয়।"),
    ("About 3% of people get a rash.", "প্রতি ১০০ জনে প্রায় ৩ জনের র‍্যাশ হয়।"),
    ("Store it below 25 °C.", "২৫ ডিগ্রির নিচে রাখুন।"),
    ("Use 5 ml of the liquid in half a litre of water.", "আধা লিটার পানিতে ৫ মিলি তরল মেশান।"),
    ("The cost is between 2,000 and 3,500 taka.", "খরচ ২,০০০ থেকে ৩,৫০০ টাকা।"),
    ("You must be at least 18 years old.", "আপনার বয়স কমপক্ষে ১৮ বছর হতে হবে।"),
    ("It is not safe for anyone under 18.", "১৮ বছরের কম বয়সীদের জন্য এটি নিরাপদ নয়।"),
    ("You will not feel any pain.", "আপনি কোনো ব্যথা পাবেন না।"),
    ("There is no need to shave.", "লোম কামানোর দরকার নেই।"),
    (
        "The treatment does not need stitches or an overnight stay.",
        "এই চিকিৎসায় সেলাই বা রাতে থাকার প্রয়োজন হয় না।",
    ),
    ("No anaesthetic is used.", "অবশ করা হয় না।"),
    ("The scar never fully disappears.", "দাগ কখনো পুরোপুরি যায় না।"),
    ("It is rarely painful.", "এতে খুব কমই ব্যথা হয়।"),
    ("It is unlikely to return.", "এটি ফিরে আসার সম্ভাবনা কম।"),
    (
        "If the bleeding does not stop after 10 minutes, go to hospital.",
        "১০ মিনিট পরও রক্ত পড়া বন্ধ না হলে হাসপাতালে যান।",
    ),
    ("Acne is not caused by dirt.", "ময়লার কারণে ব্রণ হয় না।"),
    ("You should not stop your blood pressure tablets.", "রক্তচাপের ট্যাবলেট বন্ধ করবেন না।"),
    ("Never share needles.", "কখনো একজনের সুই আরেকজন ব্যবহার করবেন না।"),
    ("Wash your hands before and after you apply it.", "লাগানোর আগে ও পরে হাত ধুয়ে নিন।"),
    ("Raise your legs while you rest.", "বিশ্রামের সময় পা উঁচু করে রাখুন।"),
    (
        "Tell us if you have diabetes, asthma or kidney disease.",
        "ডায়াবেটিস, হাঁপানি বা কিডনির রোগ থাকলে জানান।",
    ),
    ("Tell the doctor if you are breastfeeding.", "বুকের দুধ খাওয়ালে ডাক্তারকে জানান।"),
    (
        "The injection lasts for 4–6 months, then it wears off.",
        "ইনজেকশনের প্রভাব ৪–৬ মাস থাকে, তারপর আর থাকে না।",
    ),
    ("You may need a second treatment after a year.", "এক বছর পর আবার চিকিৎসা লাগতে পারে।"),
    ("Come back on day 3 and day 10.", "৩ দিন ও ১০ দিন পর আবার আসুন।"),
    ("Drink 2–3 litres of water a day.", "দিনে ২–৩ লিটার পানি পান করুন।"),
    ("Only a doctor may give this injection.", "ডাক্তার ছাড়া কেউ এই ইনজেকশন দিতে পারেন না।"),
    (
        "Do this for as long as the doctor says, not longer.",
        "ডাক্তার যতদিন বলেন ততদিন করুন, তার বেশি নয়।",
    ),
    ("Your skin may be red for up to three days.", "ত্বক সর্বোচ্চ তিন দিন লাল থাকতে পারে।"),
    (
        "Light therapy is given three times a week for 12 weeks.",
        "১২ সপ্তাহ ধরে সপ্তাহে তিন দিন আলো দিয়ে চিকিৎসা দেওয়া হয়।",
    ),
    ("Nothing else is needed.", "আর কিছু লাগে না।"),
    (
        "Without treatment, half of them get worse within a year.",
        "চিকিৎসা না করলে এক বছরের মধ্যে অর্ধেকের অবস্থা খারাপ হয়।",
    ),
    ("The laser is switched off if it hurts.", "ব্যথা লাগলে লেজার বন্ধ করে দেওয়া হয়।"),
    ("Use a cream free of perfume.", "সুগন্ধি নেই এমন ক্রিম ব্যবহার করুন।"),
    ("Use perfume-free cream.", "সুগন্ধিমুক্ত ক্রিম ব্যবহার করুন।"),
    ("You need not come every day.", "প্রতিদিন আসতে হবে না।"),
    ("It isn't an emergency unless you have trouble breathing.", "শ্বাসকষ্ট না হলে এটি জরুরি অবস্থা নয়।"),
    ("Do not drive until the dizziness has gone.", "মাথা ঘোরা না কমা পর্যন্ত গাড়ি চালাবেন না।"),
    ("Do not drive until the dizziness has gone.", "মাথা ঘোরা কমলে তবেই গাড়ি চালাবেন।"),
    ("Take it with food, not on an empty stomach.", "খালি পেটে নয়, খাবারের সঙ্গে খান।"),
    ("Patients who took both medicines did better.", "যাঁরা দুটি ওষুধই খেয়েছেন, তাঁরা বেশি ভালো ছিলেন।"),
    (
        "The first visit takes one hour, later visits 20 minutes.",
        "প্রথমবার এক ঘণ্টা, পরে প্রতিবার ২০ মিনিট লাগে।",
    ),
    ("The mask stays on for a quarter of an hour.", "মাস্ক ১৫ মিনিট মুখে থাকে।"),
    ("About two thirds of patients are satisfied.", "প্রায় দুই-তৃতীয়াংশ রোগী সন্তুষ্ট।"),
    ("About one in five children has eczema.", "প্রায় প্রতি পাঁচ শিশুর একজনের একজিমা আছে।"),
    ("81.2% of 112 people were helped.", "১১২ জনের মধ্যে ৮১.২ শতাংশের উপকার হয়।"),
    ("Of 112 people, 81.2% were helped.", "১১২ জনের ৮১.২% উপকার পান।"),
    (
        "You can have a bath after 24 hours, but do not swim for a week.",
        "২৪ ঘণ্টা পর গোসল করতে পারবেন, কিন্তু এক সপ্তাহ সাঁতার কাটবেন না।",
    ),
    (
        "Ask a family member to stay with you for the first night.",
        "প্রথম রাতে পরিবারের একজনকে সঙ্গে রাখুন।",
    ),
    ("Two weeks before the visit, stop all creams.", "আসার দুই সপ্তাহ আগে থেকে সব ক্রিম বন্ধ রাখুন।"),
    ("The cold gel is put on your back.", "ঠান্ডা জেল আপনার পিঠে লাগানো হয়।"),
    ("Hold the pad under each arm for 10 minutes.", "প্রতি বগলে ১০ মিনিট প্যাড চেপে রাখুন।"),
    ("Bring your reports from the last 3 months.", "গত ৩ মাসের রিপোর্ট সঙ্গে আনুন।"),
    ("You may not be able to work for 1 to 2 days.", "১ থেকে ২ দিন কাজ করতে না-ও পারেন।"),
    ("It does not hurt much.", "এতে খুব একটা ব্যথা লাগে না।"),
    ("It does not hurt much.", "এতে সামান্য ব্যথা লাগে।"),
    ("We do not know whether it works in children.", "শিশুদের ক্ষেত্রে এটি কাজ করে কি না, জানা যায়নি।"),
    ("Keep using the cream even if the rash has gone.", "র‍্যাশ সেরে গেলেও ক্রিম ব্যবহার চালিয়ে যান।"),
    ("Don't worry if the skin peels.", "চামড়া উঠলে ভয় পাবেন না।"),
    (
        "You can call us 24 hours a day, 7 days a week.",
        "সপ্তাহের ৭ দিন, দিনের ২৪ ঘণ্টাই ফোন করতে পারেন।",
    ),
    ("It should be avoided in pregnancy.", "গর্ভাবস্থায় এটি ব্যবহার করা উচিত নয়।"),
    ("Alcohol should be avoided for 3 days.", "৩ দিন অ্যালকোহল পান থেকে বিরত থাকুন।"),
    ("Not suitable for people with a pacemaker.", "যাঁদের পেসমেকার আছে, তাঁদের জন্য উপযুক্ত নয়।"),
    ("This is impossible to predict.", "এটি আগে থেকে বলা যায় না।"),
    ("Unused cream should be thrown away after six months.", "ছয় মাস পর বাকি ক্রিম ফেলে দিন।"),
    ("Sit still.", "নড়াচড়া করবেন না।"),
    ("Leave the bandage on for five days.", "পাঁচ দিন ব্যান্ডেজ খুলবেন না।"),
]


@pytest.mark.parametrize(("english", "bangla"), PAIRS)
def test_a_right_translation_passes(english, bangla):
    subject = replace(saying(english, bangla), terms=terms())
    subject = replace(
        subject,
        english=with_plan(subject.english, Plan()),
        bangla=with_plan(subject.bangla, Plan()),
    )
    assert [finding for finding in findings(subject) if finding.level == BLOCKING] == []


# What another hand wrote, about treatments of which nobody had thought here.
PLAIN = [
    (
        "Keep drinking until your stool is clear and yellow like urine.",
        "পায়খানা প্রস্রাবের মতো হলুদ আর পরিষ্কার না হওয়া পর্যন্ত খেতে থাকুন।",
    ),
    (
        "No more than one litre a day, unless your doctor has told you otherwise.",
        "দিনে এক লিটারের বেশি নয়, যদি না ডাক্তার অন্য কিছু বলে থাকেন।",
    ),
    (
        "If you use two kinds of drops, wait at least five minutes between them.",
        "দুই রকম ড্রপ দিতে হলে একটা দেওয়ার পর পাঁচ মিনিট না গেলে অন্যটা দেবেন না।",
    ),
    (
        "Call us if the pain gets worse after the third day instead of better.",
        "তিন দিন পার হওয়ার পরও ব্যথা না কমে উল্টো বাড়লে আমাদের ফোন করুন।",
    ),
    (
        "Go to hospital at once if you are too breathless to finish a sentence.",
        "শ্বাসকষ্টে একটা কথা পুরো শেষ করতে না পারলে সঙ্গে সঙ্গে হাসপাতালে চলে যান।",
    ),
    ("It takes about two days to become fully hard.", "পুরোপুরি শক্ত হতে দিন দুয়েক লাগে।"),
    (
        "Weigh yourself every morning before breakfast and write it down.",
        "প্রতিদিন সকালে নাশতার আগে ওজন মেপে লিখে রাখুন।",
    ),
    (
        "A child who had a serious allergic reaction to an earlier dose must not have this vaccine again.",
        "আগের ডোজ নিয়ে যে বাচ্চার মারাত্মক অ্যালার্জি হয়েছে, তাকে এই টিকা আর দেওয়া যাবে না।",
    ),
    ("Coughing strains the stitches.", "কাশি হলে সেলাইয়ে টান পড়ে।"),
    (
        "Call us if you have not passed urine for eight hours, or if the wound gets redder and pus comes out.",
        "আট ঘণ্টা প্রস্রাব না হলে, কিংবা কাটা জায়গা আরও লাল হয়ে পুঁজ বেরোলে আমাদের ফোন করুন।",
    ),
    ("Dry lips and dry eyes in almost everybody.", "প্রায় সবারই ঠোঁট আর চোখ শুকিয়ে যাওয়া।"),
]


@pytest.mark.parametrize(("english", "bangla"), PLAIN)
def test_nobody_is_asked_about_a_plain_translation(english, bangla):
    subject = replace(saying(english, bangla), terms=terms())
    assert [finding for finding in findings(subject) if finding.level in (BLOCKING, ASK)] == []


# One word is another one in each, and nothing else: whatever else the sentence says in its own way.
EXCHANGED = [
    ("Wash it off the nipples before each feed.", "প্রতিবার দুধ খাওয়ানোর পরে বোঁটা থেকে ধুয়ে ফেলবেন।"),
    (
        "The doctor marks the mole on your left shoulder with a pen and checks the side with you.",
        "ডাক্তার আপনার ডান কাঁধের তিলে কলম দিয়ে দাগ দেন, আর কোন পাশ তা আপনার সঙ্গে মিলিয়ে নেন।",
    ),
    (
        "The redness spreads up your hand, or you notice a bad smell.",
        "লালচে ভাব পা বেয়ে ওপরে উঠতে থাকে, কিংবা দুর্গন্ধ পান।",
    ),
    (
        "A positive test does not always mean that this substance is the cause.",
        "টেস্টে নেগেটিভ এলেই যে ওই জিনিসটাই দায়ী, সব সময় তা নয়।",
    ),
]


@pytest.mark.parametrize(("english", "bangla"), EXCHANGED)
def test_an_opposite_is_certain_also_where_words_are_left_over(english, bangla):
    subject = replace(saying(english, bangla), terms=terms())
    assert "meanings" in {one.check for one in findings(subject) if one.level == BLOCKING}
