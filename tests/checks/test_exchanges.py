"""One word said for another, in sentences that otherwise say the same."""

import pytest

from treatments.checks import ASK, BLOCKING
from treatments.checks.agreement import lexicon
from treatments.checks.meanings import differences
from treatments.language.text import normalise


def levels(english: str, bangla: str) -> set[str]:
    return {found.level for found in differences(english, normalise(bangla), lexicon(()))}


INHALER = "Inhalers open the airways within minutes, so you breathe better."
GUM = "The gum may bleed a little and the cheek may swell slightly on the first day."
ATTACKS = "Most severe attacks come at night."
DOSES = "Blood is taken before the first dose, every week, and two weeks after the last dose."
TEA = "Strong tea or coffee keeps you awake at night."
DROPS = "Warm the drops in your hand for a minute, then put them in the ear."
SPLINT = "Wear the splint at night for six weeks."
COLOURS = "Stop if your urine turns dark or your eyes turn yellow."
LEGS = "You have kidney disease or poor circulation in the legs."
GOUT = "Asthma is treated with an inhaler; gout is treated with tablets."
MEAL = "Walk for 20 minutes right after the meal. Then rest at home, and drink only after noon."
LINING = "Rinse the outer cup in warm water and put it in the box."
EYES = "Your eyes are checked before you start, then every month."
KNEE = "Sudden pain behind the knee, or the calf turns hot and swollen."


@pytest.mark.parametrize(
    ("english", "wrong", "right"),
    [
        # What stands in the same sentence answers first.
        (
            MEAL,
            "খাবারের ঠিক আগে ২০ মিনিট হাঁটুন। এরপর বাড়িতে বিশ্রাম নিন, আর শুধু দুপুরের পর পানি পান করুন।",
            "খাবারের ঠিক পরে ২০ মিনিট হাঁটুন। এরপর বাড়িতে বিশ্রাম নিন, আর শুধু দুপুরের পর পানি পান করুন।",
        ),
        # A particle says nothing of what is inside.
        (LINING, "ভেতরের কাপটা হালকা গরম পানিতে ধুয়ে বাক্সে রাখুন।", "বাইরের কাপটা হালকা গরম পানিতে ধুয়ে বাক্সে রাখুন।"),
        # Said twice in the one, and once in the other.
        (
            EYES,
            "শুরুর পরে একবার, তারপর প্রতি মাসে চোখ পরীক্ষা করা হয়।",
            "শুরুর আগে একবার, তারপর প্রতি মাসে চোখ পরীক্ষা করা হয়।",
        ),
        # A word that stands for another one does not say the opposite as well.
        (
            INHALER,
            "ইনহেলার কয়েক মিনিটেই শ্বাসনালি খুলে দেয়, ফলে শ্বাস খারাপ হয়।",
            "ইনহেলার কয়েক মিনিটেই শ্বাসনালি খুলে দেয়, ফলে শ্বাস ভালো হয়।",
        ),
        (
            DOSES,
            "প্রথম ডোজের আগে, প্রতি সপ্তাহে, আর প্রথম ডোজের দুই সপ্তাহ পর রক্ত নেওয়া হয়।",
            "প্রথম ডোজের আগে, প্রতি সপ্তাহে, আর শেষ ডোজের দুই সপ্তাহ পর রক্ত নেওয়া হয়।",
        ),
        # A phrase is read word by word where one of its words is turned.
        (ATTACKS, "বেশির ভাগ হালকা আক্রমণ রাতে হয়।", "বেশির ভাগ তীব্র আক্রমণ রাতে হয়।"),
        (TEA, "হালকা চা বা কফি খেলে রাতে ঘুম আসে না।", "কড়া চা বা কফি খেলে রাতে ঘুম আসে না।"),
        (
            "Small discs are taped to your upper back for two days.",
            "ছোট চাকতি দুই দিন পিঠের নিচের দিকে টেপ দিয়ে লাগানো থাকে।",
            "ছোট চাকতি দুই দিন পিঠের ওপরের দিকে টেপ দিয়ে লাগানো থাকে।",
        ),
        # Nothing else is left over.
        (SPLINT, "ছয় সপ্তাহ দিনে স্প্লিন্ট পরে থাকুন।", "ছয় সপ্তাহ রাতে স্প্লিন্ট পরে থাকুন।"),
        (
            "The stitches usually fall out after ten days.",
            "সেলাই দশ দিন পর কদাচিৎ খুলে পড়ে।",
            "সেলাই সাধারণত দশ দিন পর খুলে পড়ে।",
        ),
        ("The swelling gets better after two days.", "দুই দিন পর ফোলা বাড়ে।", "দুই দিন পর ফোলা কমে।"),
        (COLOURS, "প্রস্রাব গাঢ় হলে বা চোখ নীল হলে বন্ধ করুন।", "প্রস্রাব গাঢ় হলে বা চোখ হলুদ হলে বন্ধ করুন।"),
        (LEGS, "কিডনির রোগ আছে, কিংবা পায়ে রক্ত চলাচল ভালো।", "কিডনির রোগ আছে, কিংবা পায়ে রক্ত চলাচল কম।"),
        # Parts of the body, people, and which of several.
        (
            KNEE,
            "হঠাৎ কনুইয়ের পেছনে ব্যথা, কিংবা পায়ের গোছা গরম হয়ে ফুলে যায়।",
            "হঠাৎ হাঁটুর পেছনে ব্যথা, কিংবা পায়ের গোছা গরম হয়ে ফুলে যায়।",
        ),
        (
            "The child's cough lasts longer than three weeks.",
            "মায়ের কাশি তিন সপ্তাহের বেশি থাকে।",
            "বাচ্চার কাশি তিন সপ্তাহের বেশি থাকে।",
        ),
        (
            "Rinse your mouth with water after every puff.",
            "প্রথম পাফের পর পানি দিয়ে মুখ কুলি করুন।",
            "প্রতিটি পাফের পর পানি দিয়ে মুখ কুলি করুন।",
        ),
        # What comes first, and what is said of which.
        (
            DROPS,
            "ড্রপ এক মিনিট হাতে গরম করুন, তার আগে কানে দিন।",
            "ড্রপ এক মিনিট হাতে গরম করুন, তারপর কানে দিন।",
        ),
        (
            GOUT,
            "গেঁটে বাতে ইনহেলার লাগে; হাঁপানিতে ট্যাবলেট লাগে।",
            "হাঁপানিতে ইনহেলার লাগে; গেঁটে বাতে ট্যাবলেট লাগে।",
        ),
        # What must be done, and is only good to do, or done by whoever likes.
        (
            "Men must use condoms during treatment and for three months afterwards.",
            "চিকিৎসা চলার সময় আর শেষ হওয়ার পর তিন মাস পুরুষদের কনডম ব্যবহার করলে ভালো হয়।",
            "চিকিৎসা চলার সময় আর শেষ হওয়ার পর তিন মাস পুরুষদের কনডম ব্যবহার করতেই হবে।",
        ),
        (
            "Everyone in the house must be treated, including those who do not itch.",
            "বাড়ির সবাই চিকিৎসা নিলে ভালো, যাঁদের চুলকানি নেই তাঁরাও।",
            "বাড়ির সবাইকে চিকিৎসা নিতেই হবে, যাঁদের চুলকানি নেই তাঁদেরও।",
        ),
        ("The dose must then be lowered.", "তাহলে ডোজ কমালেও চলে।", "তাহলে ডোজ কমাতেই হবে।"),
        (
            "Use the medicine on the same evening.",
            "একই সন্ধ্যায় ওষুধ চাইলে মাখতে পারেন।",
            "একই সন্ধ্যায় ওষুধ মাখবেন।",
        ),
        (
            "Bleeding that does not stop after 20 minutes of firm pressure.",
            "২০ মিনিট আলতো করে চেপে ধরার পরও রক্ত পড়া না থামা।",
            "২০ মিনিট শক্ত করে চেপে ধরার পরও রক্ত পড়া না থামা।",
        ),
        (
            "Drink plenty of water and eat breakfast.",
            "কম করে পানি খাবেন, নাশতাও খাবেন।",
            "বেশি করে পানি খাবেন, নাশতাও খাবেন।",
        ),
        (
            "Severe headache with blurred vision.",
            "তীব্র মাথাব্যথার সঙ্গে চোখে পরিষ্কার দেখা।",
            "তীব্র মাথাব্যথার সঙ্গে চোখে ঝাপসা দেখা।",
        ),
        (
            "Severe headache with blurred vision.",
            "চোখে ঝাপসা দেখার সঙ্গে তীব্র পেটব্যথা।",
            "চোখে ঝাপসা দেখার সঙ্গে তীব্র মাথাব্যথা।",
        ),
        (
            "Take one tablet daily, always after food.",
            "প্রতিদিন একটা ট্যাবলেট খাবেন, সবসময় খাবারের আগে।",
            "প্রতিদিন একটা ট্যাবলেট খাবেন, সবসময় খাবারের পরে।",
        ),
        (
            "Dry your groin and toes well after bathing.",
            "গোসলের আগে কুঁচকি আর পায়ের আঙুল ভালো করে মুছে শুকিয়ে নিন।",
            "গোসলের পর কুঁচকি আর পায়ের আঙুল ভালো করে মুছে শুকিয়ে নিন।",
        ),
        (
            "Redness spreads, or pus comes out.",
            "লাল ভাব কমে যায়, বা পুঁজ বের হয়।",
            "লাল ভাব ছড়িয়ে যায়, বা পুঁজ বের হয়।",
        ),
        (
            "You and the doctor both wear dark goggles.",
            "শুধু ডাক্তার কালো চশমা পরবেন।",
            "আপনি আর ডাক্তার দুজনেই কালো চশমা পরবেন।",
        ),
        (
            "Hair roots are taken from the back of the head and placed in front.",
            "মাথার সামনে থেকে চুলের গোড়া তুলে পেছনে বসানো হয়।",
            "মাথার পেছন থেকে চুলের গোড়া তুলে সামনে বসানো হয়।",
        ),
    ],
)
def test_a_word_said_for_another_is_refused_and_the_right_one_is_not(english, wrong, right):
    assert BLOCKING in levels(english, wrong)
    assert not levels(english, right)


@pytest.mark.parametrize(
    ("english", "bangla"),
    [
        # তার আগে is “before then”.
        (
            "Eat nothing from midnight. Before then you may have a light meal.",
            "রাত ১২টার পর কিছু খাবেন না। তার আগে হালকা খাবার খেতে পারেন।",
        ),
        # What one should do is what is good to do.
        (
            "You should drink more water while you take these tablets.",
            "এই ট্যাবলেট খাওয়ার সময় বেশি পানি খেলে ভালো।",
        ),
        # Bangla says first when something is done.
        ("Wet the pad again whenever it gets dry.", "প্যাডটা শুকিয়ে গেলেই আবার ভিজিয়ে নিন।"),
        # “You do so” is what one can do, beside what one has to.
        (
            "You go home the same day and must rest for a week.",
            "সেদিনই বাড়ি যেতে পারেন, আর এক সপ্তাহ বিশ্রাম নিতেই হয়।",
        ),
        ("Mum or dad may stay with the child.", "মা বা বাবা বাচ্চার সঙ্গে থাকতে পারেন।"),
        ("Pain gets worse at first and then settles.", "প্রথমে ব্যথা বাড়ে, তারপর কমে যায়।"),
        (
            "Have your eyes looked at once a year, even after the course is over.",
            "কোর্স শেষ হয়ে গেলেও বছরে একবার চোখ দেখিয়ে নিন।",
        ),
        (
            "If your lips crack badly, the dose is usually halved.",
            "ঠোঁট বেশি ফাটলে ডোজ সাধারণত কমিয়ে অর্ধেক করা হয়।",
        ),
    ],
)
def test_what_is_only_said_otherwise_is_not_refused(english, bangla):
    assert BLOCKING not in levels(english, bangla)


def test_foot_is_no_form_of_getting():
    (foot,) = lexicon(()).mentions("পা", "bn")
    assert "get" not in foot.names
    (getting,) = lexicon(()).mentions(normalise("পাবেন"), "bn")
    assert "get" in getting.names


def test_what_may_belong_to_another_word_is_asked_about():
    """Of two that the English makes less, the Bangla makes one."""
    wrong = "মাড়ি থেকে একটু রক্ত পড়তে পারে, আর প্রথম দিন গাল ভীষণ ফুলতে পারে।"
    right = "মাড়ি থেকে একটু রক্ত পড়তে পারে, আর প্রথম দিন গাল সামান্য ফুলতে পারে।"
    assert BLOCKING in levels(GUM, wrong)
    assert BLOCKING not in levels(GUM, right)
    assert ASK in levels(
        "A numbing cream is enough for most children.", "অবশ করার ক্রিম লাগালেই সব বাচ্চার চলে।"
    )
