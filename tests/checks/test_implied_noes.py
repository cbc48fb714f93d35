"""What one language says with a no and the other without one: “loss of hearing”, শুনতে না পাওয়া."""

import pytest

from treatments.checks import ASK, BLOCKING
from treatments.checks.agreement import lexicon
from treatments.checks.limits import added_limits
from treatments.checks.negation import disagreements
from treatments.language.text import normalise


def levels(english: str, bangla: str) -> set[str]:
    return {one.level for one in disagreements(normalise(english), normalise(bangla), lexicon(()))}


@pytest.mark.parametrize(
    ("english", "bangla"),
    [
        # What is lost is what one cannot do, or has no longer.
        ("Call us at once if you lose your hearing.", "কানে শুনতে না পেলে সঙ্গে সঙ্গে আমাদের ফোন করুন।"),
        ("Sudden loss of speech or weakness of one arm.", "হঠাৎ কথা বলতে না পারা বা এক হাত দুর্বল হয়ে যাওয়া।"),
        ("Loss of feeling in the fingers or toes.", "হাত বা পায়ের আঙুলে সাড় না থাকা।"),
        ("You have lost control of your bladder.", "আপনি প্রস্রাব ধরে রাখতে পারছেন না।"),
        # What one is spared is not needed.
        (
            "The implant frees you from daily tablets for three years.",
            "ইমপ্লান্ট বসালে তিন বছর প্রতিদিন বড়ি খেতে হয় না।",
        ),
        ("It saves you a second visit.", "এতে দ্বিতীয়বার আসার দরকার হয় না।"),
        ("Losing weight can spare you insulin.", "ওজন কমালে ইনসুলিন এড়ানো যেতে পারে।"),
        # What is kept from happening does not happen.
        (
            "Washing everyone's clothes stops the lice from spreading.",
            "সবার কাপড় ধুলে উকুন ছড়াতে পারে না।",
        ),
        (
            "The injection stops the glands from making acid.",
            "ইনজেকশন দিলে গ্রন্থিগুলো অ্যাসিড তৈরি করে না।",
        ),
        # What goes faster than something can, it cannot keep up with; what needs more, this is not enough for.
        (
            "The kidneys leak protein faster than the liver can make it.",
            "কিডনি দিয়ে যত তাড়াতাড়ি প্রোটিন বেরিয়ে যায়, লিভার তত তাড়াতাড়ি তা তৈরি করতে পারে না।",
        ),
        ("Some children need more than ointments.", "কিছু শিশুর শুধু মলমে কাজ হয় না।"),
        # What is missed is not come to, not taken, not found.
        (
            "If you miss a visit, call us for a new date.",
            "কোনো একবার আসতে না পারলে নতুন তারিখের জন্য আমাদের ফোন করুন।",
        ),
        (
            "If you miss a dose, take it as soon as you remember.",
            "কোনো ডোজ খাওয়া না হলে মনে পড়ার সঙ্গে সঙ্গে খেয়ে নিন।",
        ),
        ("The scan sometimes misses small stones.", "স্ক্যানে মাঝে মাঝে ছোট পাথর ধরা পড়ে না।"),
        # What one does less often one no longer does as often as before.
        (
            "Many people need to use the inhaler less often and sleep better.",
            "অনেকেরই আর আগের মতো ঘন ঘন ইনহেলার নিতে হয় না, ঘুমও ভালো হয়।",
        ),
        # What is un- has not been.
        ("Untreated diabetes slows healing.", "চিকিৎসা না হওয়া ডায়াবেটিসে ঘা শুকাতে দেরি হয়।"),
        ("Unexplained weight loss.", "কোনো কারণ ছাড়াই ওজন কমে যাওয়া।"),
        ("You cry for no reason.", "আপনার অকারণে কান্না পায়।"),
        ("You can buy the gel over the counter.", "জেলটা প্রেসক্রিপশন ছাড়াই কেনা যায়।"),
        # What stays on may not be taken off.
        ("The cast has to stay on for six weeks.", "ছয় সপ্তাহ প্লাস্টার খোলা চলবে না।"),
        ("The mask must stay on while the machine is running.", "যন্ত্র যতক্ষণ চলবে, মাস্ক খোলা যাবে না।"),
        # What is done only with something is not done without it.
        (
            "Children under 2 years should have this syrup only on a doctor's advice.",
            "২ বছরের কম বয়সী শিশুকে ডাক্তারের পরামর্শ ছাড়া এই সিরাপ দেওয়া ঠিক নয়।",
        ),
        ("Use steroid drops only on prescription.", "প্রেসক্রিপশন ছাড়া স্টেরয়েড ড্রপ ব্যবহার করা ঠিক না।"),
        (
            "Some side effects, such as a rash, may come only on day 3.",
            "কিছু পার্শ্বপ্রতিক্রিয়া, যেমন র‍্যাশ, তৃতীয় দিনের আগে না-ও হতে পারে।",
        ),
        ("Come on a different day from the vaccine.", "যেদিন টিকা নেবেন সেদিন নয়, অন্য দিন আসুন।"),
        (
            "If you miss a tablet, take it when you remember, unless the next is due; then leave it out.",
            "কোনো ট্যাবলেট খেতে ভুলে গেলে মনে পড়লেই খান। তবে পরের ট্যাবলেটের সময় হয়ে এলে বাদ দিন।",
        ),
    ],
)
def test_a_no_of_one_language_may_be_within_a_word_of_the_other(english, bangla):
    assert levels(english, bangla) == set()


@pytest.mark.parametrize(
    ("english", "bangla"),
    [
        # The word is there in the English alone, and its thing is said to be.
        ("Call us at once if you lose your hearing.", "কানে শুনতে পেলে সঙ্গে সঙ্গে আমাদের ফোন করুন।"),
        ("Sudden loss of speech or weakness of one arm.", "হঠাৎ কথা বলতে পারা বা এক হাত দুর্বল হয়ে যাওয়া।"),
        ("It saves you a second visit.", "এতে দ্বিতীয়বার আসার দরকার হয়।"),
        (
            "If you miss a dose, take it as soon as you remember.",
            "কোনো ডোজ খাওয়া হলে মনে পড়ার সঙ্গে সঙ্গে খেয়ে নিন।",
        ),
        ("Tell us if you fail to improve within a week.", "এক সপ্তাহে উন্নতি হলে আমাদের জানান।"),
        ("The dressing must stay on for two days.", "দুই দিন ড্রেসিং খোলা যাবে।"),
        ("You can buy the gel over the counter.", "জেলটা প্রেসক্রিপশন ছাড়া কেনা যায় না।"),
        # The no is said of something else, or besides what the Bangla has for the word.
        (
            "The patch frees you from tablets, but you must wash your hands.",
            "প্যাচ লাগালে বড়ি খেতে হয় না, তবে হাত ধোবেন না।",
        ),
        ("Stop the bleeding and call the doctor.", "রক্ত পড়া থামান, আর ডাক্তারকে ফোন করবেন না।"),
        ("Loss of weight or fever at night.", "ওজন কমে যাওয়া বা রাতে জ্বর না হওয়া।"),
        ("You may lose some hair, but you have no pain.", "আপনার কিছু চুল পড়ে না, তবে ব্যথা হয় না।"),
        ("If taste is lost for a week, call us.", "এক সপ্তাহ মুখে স্বাদ না থাকলে আমাদের ফোন করবেন না।"),
        (
            "You will need the inhaler less often, but you must use the spacer.",
            "ইনহেলার আর আগের মতো ঘন ঘন নিতে হবে না, তবে স্পেসার ব্যবহার করবেন না।",
        ),
        (
            "Pregnant women should take this tablet only on a doctor's advice.",
            "গর্ভবতী নারীদের ডাক্তারের পরামর্শ ছাড়া এই ট্যাবলেট খাওয়া উচিত।",
        ),
    ],
)
def test_a_no_that_is_within_no_word_of_the_other_is_found(english, bangla):
    assert levels(english, bangla) & {ASK, BLOCKING}


def test_only_with_a_no_is_not_enough():
    known = lexicon(())
    bangla = normalise("কিছু শিশুর শুধু মলমে কাজ হয় না।")
    assert not list(added_limits("Some children need more than ointments.", bangla, known))
    assert list(added_limits("Some children need ointments.", bangla, known))


@pytest.mark.parametrize(
    ("english", "bangla"),
    [
        # A second no that only takes up the first.
        ("Do not lift the mask, not even for a second.", "এক সেকেন্ডের জন্যও মাস্ক তুলবেন না।"),
        (
            "Do not bathe, swim or rub the wound this week.",
            "এ সপ্তাহে গোসল করবেন বা সাঁতার কাটবেন না, ক্ষত ঘষবেনও না।",
        ),
        ("Do not touch, press or rub the eye.", "চোখে হাত দেওয়া, চাপ দেওয়া বা ঘষা কোনোটাই করবেন না।"),
        ("Neither is dangerous.", "এর কোনোটাই বিপজ্জনক নয়।"),
        # A list of what may be, each without a main clause.
        ("The wound has not healed after 3 weeks.", "৩ সপ্তাহ পরও ক্ষত না শুকালে।"),
        (
            "The cut has not healed within 3 weeks, or the wart is growing.",
            "৩ সপ্তাহেও কাটা শুকায়নি, অথবা আঁচিলটা বড় হচ্ছে।",
        ),
        # A bound before a condition has nothing to do with the no behind it.
        (
            "Using the drops more than twice a day does not make the eye heal faster; it only raises the pressure.",
            "দিনে দুবারের বেশি দিলে চোখ তাড়াতাড়ি সারে না, কেবল চাপটাই বাড়ে।",
        ),
        # A verb that the Bangla has in other words may be the denied one.
        (
            "For men, tablets or a gel. It takes 2 months to work, and finasteride must not be used by women.",
            "পুরুষদের জন্য ট্যাবলেট বা জেল। কাজ হতে ২ মাস লাগে, আর ফিনাস্টেরাইড নারীদের খাওয়া যাবে না।",
        ),
    ],
)
def test_noes_that_say_the_same_are_counted_once(english, bangla):
    assert levels(english, bangla) == set()


@pytest.mark.parametrize(
    ("english", "bangla"),
    [
        ("Do not lift the mask, not even for a second.", "এক সেকেন্ডের জন্য মাস্ক তুলবেন।"),
        ("Do not rub it, but wash it.", "ঘষবেন না, ধোবেনও না।"),
        ("Do not pick, scratch or shave the area.", "জায়গাটা খুঁটবেন বা চুলকাবেন না, শেভ করবেন।"),
        ("Neither is dangerous.", "এর কোনোটাই বিপজ্জনক।"),
        ("The wound has not healed after 3 weeks.", "৩ সপ্তাহ পর ক্ষত শুকালে।"),
        (
            "Taking it more than once a day does not work faster.",
            "দিনে একবারের বেশি খেলে তাড়াতাড়ি কাজ করে।",
        ),
    ],
)
def test_a_no_that_is_lost_beside_another_is_found(english, bangla):
    assert BLOCKING in levels(english, bangla)


@pytest.mark.parametrize(
    ("english", "bangla"),
    [
        # To remain is said with a verb that elsewhere means to go away.
        (
            "In children, the patch may stay lighter than the skin around it.",
            "শিশুদের ক্ষেত্রে জায়গাটা আশপাশের চামড়ার চেয়ে ফ্যাকাশে থেকে যায় না।",
        ),
        # হয়নি is “not yet” of a time, and denies what happened within it.
        (
            "You have had a stroke, or have had surgery in the past two months.",
            "আপনার স্ট্রোক হয়েছে, বা গত দুই মাসের মধ্যে অপারেশন হয়নি।",
        ),
        # “Or not” says no of what follows it.
        ("Rub the eye hard, or not wash your hands.", "চোখ জোরে ঘষা, বা হাত ধোয়া।"),
        # The clause has a word more than the English.
        (
            "Two doses of the syrup have not helped, or he is too weak to drink.",
            "দুই ডোজ সিরাপ খেয়ে কাজ হয়েছে, কিংবা এত দুর্বল যে পানি খেতে পারছে না।",
        ),
        ("Sometimes the sense of taste is lost.", "কখনো কখনো মুখে স্বাদ থাকে।"),
    ],
)
def test_a_no_that_came_or_went_is_found(english, bangla):
    assert levels(english, bangla) & {ASK, BLOCKING}


@pytest.mark.parametrize(
    ("english", "bangla"),
    [
        ("The spots stay for months.", "দাগগুলো কয়েক মাস যায় না।"),
        ("You have had surgery in the last two months.", "দুই মাসও হয়নি আপনার অপারেশন হয়েছে।"),
        ("We check whether the wound has healed or not.", "ক্ষত সেরেছে কি না আমরা দেখি।"),
        ("Sometimes the sense of taste is lost.", "কখনো কখনো মুখে স্বাদ থাকে না।"),
    ],
)
def test_the_same_words_in_a_right_rendering_are_fine(english, bangla):
    assert levels(english, bangla) == set()
