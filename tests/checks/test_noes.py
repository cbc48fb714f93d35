"""How sure a no of one language is: said of the same thing, in an idiom, or in other words."""

import pytest

from treatments.checks import ASK, BLOCKING
from treatments.checks.agreement import lexicon
from treatments.checks.meanings import differences
from treatments.checks.negation import disagreements
from treatments.language.text import normalise


def levels(english: str, bangla: str) -> set[str]:
    return {one.level for one in disagreements(normalise(english), normalise(bangla), lexicon(()))}


@pytest.mark.parametrize(
    ("english", "bangla"),
    [
        # The other words of its clause have their counterparts, those of other clauses need not.
        ("You have a fever or get a cough at night.", "রাতে জ্বর হয় না বা কাশি হয়।"),
        (
            "Call the doctor if the gauze is soaked, or if you have a fever.",
            "গজ ভিজে চুপচুপে হলে, কিংবা জ্বর হলে ডাক্তারকে ফোন করার দরকার নেই।",
        ),
        # Of two noes one answers the English one.
        ("No blood is taken, so you may drive home.", "রক্ত নেওয়া হয় না, তাই গাড়ি চালাতে পারবেন না।"),
        # A word that may stand for a no has another counterpart.
        ("Stop the tablets and call the doctor.", "ট্যাবলেট বন্ধ না করে ডাক্তারকে ফোন করুন।"),
        ("If you stop, the pain comes back.", "বন্ধ করলে ব্যথা আর ফিরে আসে না।"),
        # The last act of a list item.
        ("Wash the wound, even if it itches.", "চুলকালেও ক্ষত না ধোয়া।"),
        ("Yes, but take it with food.", "পারবেন না, খাবারের সঙ্গে খাবেন।"),
        ("Stay away from the baby until the rash has dried.", "ফুসকুড়ি না শুকানো পর্যন্ত বাচ্চার কাছে যাবেন।"),
        # What is denied, named within its no; hard is no answer to “not hard”.
        ("You cannot speak, or it is hard to breathe.", "কথা বলতে পারেন না, কিংবা শ্বাস নিতে কষ্ট হয় না।"),
        # A word that says no: nothing.
        ("The check-up two weeks later costs nothing.", "দুই সপ্তাহ পরের চেকআপে আবার টাকা লাগে।"),
        # No more from then is no list.
        ("Without further sessions the result does not last.", "এরপর আর সেশন না নিলে ফল টিকে থাকে।"),
        # What is free of scent says its own no.
        ("Put on an unscented moisturizer twice a day.", "দিনে দুবার গন্ধহীন ময়েশ্চারাইজার মাখবেন না।"),
        # A no reaches no clause with a subject and a verb of its own.
        (
            "The pain does not let you sleep at night, or the skin around the spot turns black.",
            "ব্যথায় রাতে ঘুম হয় না, কিংবা জায়গাটার চারপাশের চামড়া কালো না হয়।",
        ),
        # What is left out of a list of days is nothing left off.
        (
            "Take one tablet every day, except on the day you take methotrexate.",
            "যেদিন মেথোট্রেক্সেট খান, সেদিন বাদে রোজ একটি ট্যাবলেট খাবেন না।",
        ),
        (
            "The bleeding does not stop after 20 minutes of pressing, or the stitches open.",
            "২০ মিনিট চেপে ধরার পরও রক্ত বন্ধ হয় না, কিংবা সেলাই খুলে যায় না।",
        ),
    ],
)
def test_a_no_that_is_said_of_the_same_is_certain(english, bangla):
    assert BLOCKING in levels(english, bangla)


@pytest.mark.parametrize(
    ("english", "bangla"),
    [
        ("Walk for ten minutes without a break.", "টানা দশ মিনিট হাঁটুন।"),
        ("Leave the splint on for a week.", "এক সপ্তাহ স্প্লিন্ট খুলবেন না।"),
        ("Keep your knee straight.", "হাঁটু ভাঁজ করবেন না।"),
        ("Swelling is less common.", "ফোলা অতটা দেখা যায় না।"),
        ("You may swim after a week.", "এক সপ্তাহ পর সাঁতার কাটতে বাধা নেই।"),
        ("Your eye is sensitive to light.", "আপনার চোখ এমন যে আলো সইতে পারে না।"),
        ("You must still take the tablets.", "ট্যাবলেট বাদ দেওয়া চলবে না।"),
        ("Ask the nurse before you take it.", "নার্সকে জিজ্ঞেস না করে খাবেন না।"),
        ("Rinse your mouth, or you may get an ulcer.", "কুলি করবেন, না হলে ঘা হতে পারে।"),
        ("Tell us if you take insulin.", "ইনসুলিন নিলে আমাদের জানাতে ভুলবেন না।"),
        ("Spray it into your nose.", "নাকে স্প্রে করুন।"),
        ("Wear it at night and keep it clean.", "রাতে খুলবেন না, পরিষ্কার রাখবেন।"),
        ("Wait until there is no pus left.", "পুঁজ আর না থাকা পর্যন্ত অপেক্ষা করুন।"),
        (
            "Do not eat fish before the test; it changes the result.",
            "পরীক্ষার আগে মাছ খাবেন না; খেলে ফল বদলে যায়।",
        ),
        ("A needle frees the splinter.", "সুই দিয়ে কাঁটা ছাড়ানো হয়।"),
        ("We take some blood.", "আমরা একটু রক্ত নিই।"),
    ],
)
def test_an_idiom_of_one_language_is_no_certain_no(english, bangla):
    assert BLOCKING not in levels(english, bangla)


@pytest.mark.parametrize(
    ("english", "bangla"),
    [
        ("The swelling is harmless.", "এই ফোলায় অনেক ক্ষতি হয়।"),
        ("Leave the blister alone.", "ফোসকাটা ফাটিয়ে ফেলবেন।"),
        ("Use a non-slip mat.", "এমন মাদুর নিন যা পিছলে যায়।"),
        ("Curtail salt.", "লবণ খাবেন না।"),
    ],
)
def test_what_may_go_without_a_no_is_asked_about(english, bangla):
    assert levels(english, bangla) == {ASK}


@pytest.mark.parametrize(
    ("english", "bangla"),
    [
        ("Swallow the capsule whole.", "ক্যাপসুল চিবাবেন না, আস্ত গিলে ফেলুন।"),
        ("Change the pad before it is soaked.", "প্যাড ভেজার অপেক্ষা করবেন না, আগেই বদলান।"),
        ("Mix the syrup with cold milk.", "সিরাপ গরম দুধে মেশাবেন না, ঠান্ডা দুধে মেশান।"),
        ("The lump goes away in a week.", "এক সপ্তাহে চাকা মিলিয়ে যায়, আর থাকে না।"),
        ("You have had surgery in the last two months.", "দুই মাস হয়নি আপনার অপারেশন হয়েছে।"),
        ("Take the second tablet, but not within two hours.", "দুই ঘণ্টা না পেরোলে দ্বিতীয় ট্যাবলেট নয়।"),
    ],
)
def test_what_bangla_says_the_other_way_round_is_never_certain(english, bangla):
    assert BLOCKING not in levels(english, bangla)


def test_a_no_around_what_the_english_says_denies_it():
    english = "Wait 5 minutes before you put in the second drops."
    assert levels(english, "দ্বিতীয় ড্রপ দেওয়ার আগে ৫ মিনিট অপেক্ষা করবেন।") == set()
    assert BLOCKING in levels(english, "দ্বিতীয় ড্রপ দেওয়ার আগে ৫ মিনিট অপেক্ষা করবেন না।")


def test_to_leave_something_out_is_no_going_on_with_it():
    english = "Take the paracetamol every 6 hours, even at night."
    assert levels(english, "৬ ঘণ্টা পরপর প্যারাসিটামল খাবেন, রাতেও বাদ দেবেন না।") == set()
    assert BLOCKING in levels(english, "৬ ঘণ্টা পরপর প্যারাসিটামল খাবেন, রাতে বাদ দেবেন।")


def test_two_noes_may_each_stand_for_another_word():
    english = "Keep the bandage on and dry for 24 hours."
    bangla = "২৪ ঘণ্টা ব্যান্ডেজ খুলবেন না, ভেজাবেনও না।"
    found = differences(english, normalise(bangla), lexicon(()))
    assert BLOCKING not in {one.level for one in found} | levels(english, bangla)


def test_an_arm_on_a_pillow_is_not_kept_on():
    assert levels("Keep the arm raised on a pillow.", "বালিশের ওপর হাত উঁচু করে রাখুন।") == set()
    assert not levels("Keep your leg up on three cushions.", "পা তিনটি বালিশের ওপর তুলে রাখুন।")


@pytest.mark.parametrize(
    ("english", "bangla"),
    [
        # Each text says no once or more, but not of the same.
        ("You have asthma and do not use an inhaler.", "আপনার হাঁপানি নেই, কিন্তু ইনহেলার ব্যবহার করেন।"),
        ("You have asthma and do not use an inhaler.", "আপনার হাঁপানি নেই, কিন্তু ইনহেলার ব্যবহার করেন না।"),
        ("Bring your medicines, but no jewellery.", "ওষুধগুলো আনবেন না, তবে গয়না আনবেন।"),
        ("If you are not sure, ask the nurse.", "নিশ্চিত হলে নার্সকে জিজ্ঞেস করবেন না।"),
        ("If you have no fever, you can go home.", "জ্বর থাকলে বাড়ি যেতে পারবেন না।"),
        ("The lamp does not burn, but the skin may turn red.", "বাতিতে পোড়ে, তবে ত্বক লাল হতে পারে না।"),
        # A condition took the no of the advice.
        ("You should not drive for two days.", "দুই দিন না গেলে গাড়ি চালাবেন।"),
        ("We do not repeat the test earlier than six weeks.", "ছয় সপ্তাহ না গেলে পরীক্ষা আবার করা হয়।"),
        # A bound without its no is none.
        ("Each blade is used only once.", "একটি ব্লেড একবারের বেশি ব্যবহার করা হয়।"),
        ("Swim for at most half an hour.", "আধা ঘণ্টার বেশি সাঁতার কাটবেন।"),
        # আর joins two clauses here, and its no is of the second.
        ("The scar does not hurt, and it does not itch.", "দাগে ব্যথা হয়, আর চুলকায়ও না।"),
    ],
)
def test_a_no_that_moved_or_went_beside_another_is_found(english, bangla):
    assert BLOCKING in levels(english, bangla)


@pytest.mark.parametrize(
    ("english", "bangla"),
    [
        ("The ring barely moves.", "আংটি প্রায় নড়েই না।"),
        ("The cut is too deep to close with tape.", "কাটাটা এত গভীর যে টেপ দিয়ে আটকানো যায় না।"),
        ("Pat the skin dry rather than rub it.", "ত্বক না ঘষে আলতো চেপে মুছুন।"),
        (
            "You can bathe, unless the wound is still open.",
            "গোসল করতে পারেন, ক্ষত তখনো খোলা থাকলে আলাদা কথা।",
        ),
        ("The skin needs oil.", "তেল না পেলে ত্বকের চলে না।"),
        ("Come on the day, whether it hurts or not.", "ব্যথা হোক বা না হোক, ওই দিন আসবেন।"),
        ("Drive only if you feel well.", "ভালো না লাগলে গাড়ি চালাবেন না।"),
        ("Wear a sleeveless shirt.", "হাতাকাটা জামা পরবেন।"),
        ("Patients who live far from the clinic.", "যেসব রোগী ক্লিনিক থেকে দূরে থাকেন।"),
        ("Do not scratch, rub or pick the scab.", "মামড়ি চুলকাবেন না, ঘষবেন না, খুঁটবেন না।"),
        ("We do not repeat the test earlier than six weeks.", "ছয় সপ্তাহ না গেলে পরীক্ষা আবার করা হয় না।"),
        ("Take only one tablet a day.", "দিনে একটির বেশি ট্যাবলেট খাবেন না।"),
        ("Keep the plaster for up to three days.", "প্লাস্টার তিন দিনের বেশি রাখা নিষেধ।"),
        ("Sooner or later the wart goes.", "একদিন না একদিন আঁচিল চলে যায়।"),
        ("Not while the wound is open.", "ক্ষত খোলা থাকলে নয়।"),
    ],
)
def test_a_word_that_implies_a_no_may_have_one_in_bangla(english, bangla):
    assert levels(english, bangla) == set()


@pytest.mark.parametrize(
    ("english", "bangla"),
    [
        # A no of a condition stays one, wherever the text puts it.
        (
            "The rash fades in a month or so if you do not scratch it.",
            "না চুলকালে মাসখানেকের মধ্যে ফুসকুড়ি মিলিয়ে যায়।",
        ),
        ("The wound is wet and it is not being dressed.", "ক্ষত ভেজা থাকে আর তার ড্রেসিং না চলে।"),
        ("Come by bus if you can. If not, ring us.", "পারলে বাসে আসুন। না পারলে আমাদের ফোন করুন।"),
        # Of a thing, of a time, of how something is done.
        (
            "Tablets are for severe ulcers that have not cleared with antibiotics.",
            "অ্যান্টিবায়োটিকে যে মারাত্মক ঘা সারেনি, তার জন্য ট্যাবলেট।",
        ),
        ("Drive again only when the pain has stopped.", "ব্যথা না থামা পর্যন্ত আবার গাড়ি চালাবেন না।"),
        ("Start again only after the wound has closed.", "ঘা না শুকালে আবার শুরু করবেন না।"),
        ("Take the iron at a different time from milk.", "আয়রন দুধের সঙ্গে না খেয়ে অন্য সময়ে খাবেন।"),
        (
            "The money for visits you have not used is refunded.",
            "যে কয়টা ভিজিট নেবেন না, সেগুলোর টাকা ফেরত দেওয়া হয়।",
        ),
        # What says no in form only, or says it again.
        ("We see whether you are well.", "আপনি ভালো আছেন কি না আমরা দেখি।"),
        ("Powders suit oily skin.", "তেলতেলে ত্বকে পাউডার মানায়।"),
        ("Put on the brace before you leave the bed.", "বিছানা ছাড়ার আগে ব্রেস পরুন।"),
        (
            "No two scars are alike, before or after surgery.",
            "কোনো দুটি দাগ এক রকম নয়, অপারেশনের আগেও না, পরেও না।",
        ),
        ("Walk for 20 minutes at most.", "২০ মিনিটের বেশি কখনোই হাঁটবেন না।"),
        ("It does not cure the disease for good.", "এতে রোগ চিরতরে সেরে যায় না।"),
        # A word that says no by itself.
        ("One tablet is enough for the pain.", "ব্যথার জন্য একটার বেশি ট্যাবলেট লাগে না।"),
        ("The gel is less sticky than the ointment.", "জেল মলমের মতো অত আঠালো নয়।"),
        ("The heart beats unevenly.", "হৃৎস্পন্দন সমান তালে হয় না।"),
        ("The tube stays in for three days.", "তিন দিন নল খোলা হয় না।"),
        ("Drink unboiled milk.", "না ফোটানো দুধ খাওয়া।"),
        ("You have pain that you cannot bear.", "অসহ্য ব্যথা হয়।"),
        ("Nobody but the nurse may open the dressing.", "নার্স ছাড়া আর কেউ ড্রেসিং খুলবেন না।"),
        ("Give them to nobody, not even your own sister.", "কাউকে দেবেন না, নিজের বোনকেও না।"),
        ("Use deodorant for three days.", "তিন দিন না যেতে ডিওডোরেন্ট লাগানো।"),
        ("The skin is still red or sore.", "ত্বকের লালচে ভাব বা ব্যথা কাটে না।"),
        ("Put them on while your legs are not swollen.", "পা ফোলার আগেই পরে নিন।"),
        # What follows an “or” has no subject of its own: the no is said of it as well.
        ("Do not touch the wound, or let it get wet.", "ক্ষতে হাত দেবেন না, ভেজাবেন না।"),
    ],
)
def test_a_no_that_the_other_text_says_otherwise_is_not_refused(english, bangla):
    assert BLOCKING not in levels(english, bangla)


@pytest.mark.parametrize(
    ("english", "bangla"),
    [
        (
            "The rash fades in a month or so if you do not scratch it.",
            "চুলকালে মাসখানেকের মধ্যে ফুসকুড়ি মিলিয়ে যায়।",
        ),
        ("The wound is wet and it is not being dressed.", "ক্ষত ভেজা থাকে আর তার ড্রেসিং চলে।"),
        ("It does not cure the disease for good.", "এতে রোগ চিরতরে সারে।"),
        ("You have pain that you cannot bear.", "আপনার সহ্য করার মতো ব্যথা হয়।"),
        ("Use ice until the knee is cool.", "হাঁটু ঠান্ডা না হওয়া পর্যন্ত বরফ দেবেন না।"),
        ("Walk for 20 minutes at most.", "২০ মিনিটের বেশি হাঁটবেন।"),
    ],
)
def test_a_lost_or_added_no_beside_such_words_is_refused(english, bangla):
    assert BLOCKING in levels(english, bangla)


@pytest.mark.parametrize(
    ("english", "bangla"),
    [
        ("The check-up two weeks later is free.", "দুই সপ্তাহ পর দেখাতে এলে আবার টাকা লাগে।"),
        (
            "Home rollers are rarely sterile, and they can leave scars on the skin.",
            "ঘরে ব্যবহারের রোলার বেশির ভাগ সময়ই জীবাণুমুক্ত থাকে, আর তাতে ত্বকে দাগ পড়তে পারে।",
        ),
        (
            "After a medium peel, stay at home for a week.",
            "মাঝারি পিলের পর এক সপ্তাহ বাড়ি থেকে বেরোতে পারবেন।",
        ),
    ],
)
def test_a_word_that_says_no_by_itself_is_not_left_out(english, bangla):
    assert levels(english, bangla)
