"""The words that are compared between the languages: whole words, and none of them another's."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from treatments.checks import ASK, BLOCKING, GlossaryTerm
from treatments.checks.agreement import agreement, concepts, lexicon
from treatments.checks.beside import NAMED as NAMED_SETS
from treatments.checks.lexicon import listed, table
from treatments.checks.meanings import differences
from treatments.checks.medicines import is_medicine
from treatments.checks.negation import disagreements
from treatments.checks.reading.lookalikes import look_alike
from treatments.checks.reading.sound import bangla_sounds, english_sounds
from treatments.checks.reading.words import bangla_forms, parts, plain, words
from treatments.checks.sentences import alone
from treatments.language.text import normalise

NAMED = ["body", "illness", "symptom", "substance", "colour", "weekday", "food", "animal"]


def sound_alike(english, bangla):
    return not english_sounds(english.text).isdisjoint(bangla_sounds(bangla.forms))


def names(text: str, language: str) -> set[str]:
    mentions = lexicon(()).mentions(normalise(text), language)
    return {name for mention in mentions for name in mention.names}


def levels(english: str, bangla: str) -> set[str]:
    return {found.level for found in differences(english, normalise(bangla), lexicon(()))}


def one_word_forms(language: str):
    return [
        (concept, form.strip("="))
        for concept in concepts()
        for form in concept.forms[language]
        if len(parts(form)) == 1 and form[-1] != "-"
    ]


# --- Words ---------------------------------------------------------------------------------------


def test_every_form_is_found_as_it_is_written():
    for language in ("en", "bn"):
        lost = [
            (concept.name, form)
            for concept, form in one_word_forms(language)
            if concept.name not in names(form, language)
        ]
        # A longer form may hide the ending of a shorter one: কালো is black, not tomorrow.
        assert len(lost) <= 10, lost


def test_no_bangla_form_is_found_at_the_beginning_of_another_word():
    for concept, form in one_word_forms("bn"):
        assert concept.name not in names(f"{form}ঠোঙ্গা", "bn"), form


@pytest.mark.parametrize(
    ("text", "language", "name", "other"),
    [
        ("জ্বরঠোসা", "bn", "cold sore", "fever"),
        ("নাইট্রোজেন", "bn", "nitrogen", "fast"),
        ("paint", "en", None, "pain"),
        ("মাথাব্যথা", "bn", "headache", "pain"),
        ("বুকের দুধ", "bn", "pregnant/breastfeeding breastfeeding", "milk"),
        ("পানির", "bn", "water", "betel"),
        ("চারটি", "bn", "four", "tea"),
    ],
)
def test_a_word_inside_another_is_not_named(text, language, name, other):
    assert name is None or name in names(text, language)
    assert other not in names(text, language)


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("হাতের", "হাত"),
        ("হাতগুলোতেও", "হাত"),
        ("মাখবেন", "মাখ-"),
        ("শুকিয়ে", "শুক-"),
        ("পায়েই", "পা"),
        ("সুগন্ধিযুক্ত", "সুগন্ধি"),
    ],
)
def test_bangla_words_lose_their_endings(form, base):
    (word,) = words(normalise(form), "bn")
    assert normalise(base) in word.forms


def test_a_no_at_the_end_of_a_verb_is_a_word_of_its_own():
    assert [word.text for word in words(normalise("হয়নি, করবেননা, চিনি, তিনি"), "bn")] == [
        *map(normalise, ("হয়", "নি", "করবেন", "না", "চিনি", "তিনি"))
    ]


# --- Concepts ------------------------------------------------------------------------------------


def test_a_concept_is_never_found_to_differ_from_itself():
    for concept in concepts():
        english = concept.forms["en"][0].replace("=", "").replace("…", "it")
        for form in concept.forms["bn"]:
            if form[-1] != "-" and "…" not in form and "- " not in form:
                found = differences(english, form.replace("=", ""), lexicon(()))
                assert not [one for one in found if one.level == BLOCKING], (english, form)


@pytest.mark.parametrize("kind", NAMED)
def test_members_of_a_set_exclude_each_other(kind):
    members = [concept for concept in concepts() if concept.kind == kind]
    allowed = 0
    pairs = list(zip(members, members[len(members) // 2 :] + members, strict=False))
    for one, other in pairs:
        english, bangla = one.forms["en"][0].strip("="), other.forms["bn"][0].strip("=")
        allowed += not levels(english, bangla)
    assert allowed <= len(pairs) / 5


@pytest.mark.parametrize(
    ("english", "bangla", "wrong"),
    [
        ("Wash before the session.", "সেশনের আগে ধুয়ে নিন।", "সেশনের পরে ধুয়ে নিন।"),
        ("Sleep on your left side.", "বাম কাতে ঘুমান।", "ডান কাতে ঘুমান।"),
        ("Use cold water.", "ঠান্ডা পানি ব্যবহার করুন।", "গরম পানি ব্যবহার করুন।"),
        ("Take it at night.", "রাতে খাবেন।", "সকালে খাবেন।"),
        ("Rest for at least an hour.", "কমপক্ষে এক ঘণ্টা বিশ্রাম নিন।", "সর্বোচ্চ এক ঘণ্টা বিশ্রাম নিন।"),
        ("It often helps.", "প্রায়ই উপকার হয়।", "কদাচিৎ উপকার হয়।"),
        ("You have asthma.", "আপনার হাঁপানি আছে।", "আপনার ডায়াবেটিস আছে।"),
        ("Put oil on it.", "তেল লাগান।", "সাবান লাগান।"),
        ("Come on Monday.", "সোমবার আসুন।", "বুধবার আসুন।"),
        ("You sweat a lot.", "আপনার ঘাম বেশি হয়।", "আপনার ঘুম বেশি হয়।"),
        ("Take warfarin.", "ওয়ারফারিন খান।", "মেটফরমিন খান।"),
        ("Store the drops in the shade.", "ড্রপ ছায়ায় রাখুন।", "ড্রপ রোদে রাখুন।"),
        ("Lie face down.", "উপুড় হয়ে শোবেন।", "চিত হয়ে শোবেন।"),
        ("Ring us at once.", "তখনই আমাদের ফোন করুন।", "পরদিন আমাদের ফোন করুন।"),
        ("The stain fades.", "দাগটা ফিকে হয়ে যায়।", "দাগটা গাঢ় হয়ে যায়।"),
        ("The vaccine is live.", "টিকাটা জীবন্ত।", "টিকাটা মৃত।"),
        ("Keep the arm straight.", "হাত সোজা রাখুন।", "হাত বাঁকা রাখুন।"),
        ("Stay in a quiet place.", "নিরিবিলি জায়গায় থাকুন।", "হইচইয়ের জায়গায় থাকুন।"),
        ("Drink plenty of soup.", "প্রচুর স্যুপ খান।", "অল্প স্যুপ খান।"),
        ("Take it off at night.", "রাতে এটি খুলে রাখবেন।", "রাতে এটি পরে থাকবেন।"),
        ("Keep taking the syrup.", "সিরাপ খেতে থাকুন।", "সিরাপ বন্ধ রাখুন।"),
        ("You have an open wound.", "আপনার খোলা ক্ষত আছে।", "আপনার বন্ধ ক্ষত আছে।"),
        (
            "Put the powder on the dry skin of the foot.",
            "পায়ের শুকনো ত্বকে পাউডার লাগান।",
            "পায়ের শুকনো ত্বকে মধু লাগান।",
        ),
        ("Your sight is blurred.", "চোখে ঝাপসা দেখেন।", "চোখে স্পষ্ট দেখেন।"),
        ("More teeth may fall out.", "দাঁত বেশি পড়তে পারে।", "দাঁত কম পড়তে পারে।"),
        (
            "Hold the inhaler firmly between your lips.",
            "ইনহেলার দুই ঠোঁটে শক্ত করে ধরুন।",
            "ইনহেলার দুই ঠোঁটে আলতো করে ধরুন।",
        ),
        (
            "Rinse the lens case before you fill it.",
            "লেন্সের বাক্স ভরার আগে ধুয়ে নিন।",
            "লেন্সের বাক্স ভরার পরে ধুয়ে নিন।",
        ),
    ],
)
def test_one_word_for_another_is_found(english, bangla, wrong):
    assert not levels(english, bangla)
    assert BLOCKING in levels(english, wrong)


def test_a_finding_names_the_very_words():
    bangla = normalise("ঘাড়ে লাগান।")
    (found,) = differences("Put it on your knee.", bangla, lexicon(()))
    assert (found.english.start, found.english.end) == (15, 19)
    assert bangla[found.bangla.start : found.bangla.end] == normalise("ঘাড়ে")


def test_what_only_one_language_names_is_asked_about():
    assert levels("You have asthma or eczema.", "আপনার একজিমা আছে।") == {ASK}
    assert levels("You have eczema.", "আপনার হাঁপানি বা একজিমা আছে।") == {ASK}


def test_what_gets_worse_may_rise_and_does_not_go_down():
    assert not levels("The pain gets worse at night.", "রাতে ব্যথা বাড়ে।")
    assert levels("The pain gets worse at night.", "রাতে ব্যথা কমে।") == {BLOCKING}


# --- Sounds and looks ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("english", "bangla"),
    [
        ("warfarin", "ওয়ারফারিন"), ("paracetamol", "প্যারাসিটামল"), ("laser", "লেজারে"),
        ("methotrexate", "মেথোট্রেক্সেটের"), ("azithromycin", "এজিথ্রোমাইসিন"),
        ("fluconazole", "ফ্লুকোনাজল"), ("psoralen", "সোরালেন"), ("ramipril", "র‍্যামিপ্রিল"),
        ("hydroxychloroquine", "হাইড্রোক্সিক্লোরোকুইন"), ("cream", "ক্রিম"),
    ],
)  # fmt: skip
def test_a_name_is_known_by_its_sound(english, bangla):
    (one,), (other,) = words(english, "en"), words(normalise(bangla), "bn")
    assert sound_alike(one, other)


def test_medicines_do_not_sound_alike():
    named = [name for row in table("medicines") for name in row[0].split()]
    assert all(map(is_medicine, named))
    assert not is_medicine("routine")
    for english, bangla in [
        ("prednisolone", "প্রেডনিসোন"),
        ("warfarin", "হেপারিন"),
        ("metformin", "মেট্রোনিডাজল"),
    ]:
        (one,), (other,) = words(english, "en"), words(normalise(bangla), "bn")
        assert not sound_alike(one, other)


def test_words_that_look_alike():
    assert look_alike(normalise("ঘাম"), normalise("ঘুম"))
    assert look_alike("burn", "born")
    assert look_alike("form", "from")
    assert not look_alike("burn", "burn")
    assert not look_alike("arm", "leg")


# --- Noes and sentences --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("english", "bangla", "level"),
    [  # the English names what the word looks like, and the Bangla nowhere does
        ("Keep the stump of the navel dry.", "গাভির গোড়াটা শুকনো রাখুন।", BLOCKING),
        ("Rest your arm on a pillow.", "হাতি বালিশের ওপর রাখুন।", BLOCKING),
        ("Trim your hair before the operation.", "অপারেশনের আগে চাল ছেঁটে নিন।", BLOCKING),
        # it does not, but no text for patients needs such a word, and nothing else is left over
        ("Put it on after a shower.", "গোসলের পর ফুচকায় লাগান।", BLOCKING),
        ("Eat rice and fish.", "ভাত-মাছ, চাল-ডাল খান।", None),
        ("Sit under a tree.", "গাছের নিচে বসুন।", None),
    ],
)
def test_a_word_that_stands_for_one_that_looks_like_it(english, bangla, level):
    assert levels(english, bangla) == ({level} if level else set())


def test_a_slip_stands_for_a_word_that_is_known():
    known = {plain(form) for row in concepts() for form in row.forms["bn"]}
    for word, meant, english, _strange in table("slips"):
        assert english, word
        assert set(map(plain, listed(meant))) <= known - {plain(word)}, word


def test_what_goes_the_other_way_is_found():
    english = "The swelling of the ankle gets less when you lift the leg."
    assert BLOCKING in levels(english, "পা উঁচুতে তুললে গোড়ালির ফোলা বাড়ে।")
    assert BLOCKING in levels("We go on with a lower current.", "বেশি কারেন্ট দিয়ে চালানো হয়।")
    # Something too little may be called more of the other way.
    assert not levels("Your salt may be too low.", "আপনার লবণ হয়তো বেশি কমে গেছে।")


@pytest.mark.parametrize(
    ("english", "bangla", "turned", "level"),
    [
        (
            "Put two drops in the left eye and one drop in the right eye.",
            "বাঁ চোখে দুই ফোঁটা আর ডান চোখে এক ফোঁটা দিন।",
            "ডান চোখে দুই ফোঁটা আর বাঁ চোখে এক ফোঁটা দিন।",
            BLOCKING,
        ),
        (
            "The green tube goes to the pump and the yellow tube to the bag.",
            "সবুজ নলটা পাম্পে আর হলুদ নলটা ব্যাগে লাগে।",
            "হলুদ নলটা পাম্পে আর সবুজ নলটা ব্যাগে লাগে।",
            BLOCKING,
        ),
        (
            "Brush your teeth, then rinse with the salt water.",
            "আগে দাঁত ব্রাশ করুন, তারপর লবণপানি দিয়ে কুলি করুন।",
            "আগে লবণপানি দিয়ে কুলি করুন, তারপর দাঁত ব্রাশ করুন।",
            ASK,
        ),
        (
            "Empty the bladder before you lie on the bed.",
            "বিছানায় শোয়ার আগে প্রস্রাবের থলি খালি করুন।",
            "প্রস্রাবের থলি খালি করার আগে বিছানায় শোবেন।",
            ASK,
        ),
    ],
)
def test_what_has_changed_places_is_found(english, bangla, turned, level):
    assert not levels(english, bangla)
    assert levels(english, turned) == {level}


@pytest.mark.parametrize(
    ("english", "bangla", "found"),
    [
        ("Wash your hands with soap, then open the bottle.", "সাবান দিয়ে হাত ধুয়ে তারপর বোতল খুলুন।", set()),
        ("Wash your hands with soap, then open the bottle.", "বোতল খুলে তারপর সাবান দিয়ে হাত ধোবেন।", {ASK}),
        ("Wash your hands with soap before you open the bottle.", "বোতল খুলে তারপর সাবান দিয়ে হাত ধোবেন।", {ASK}),
        ("Wash your hands with soap before you open the bottle.", "বোতল খোলার আগে সাবান দিয়ে হাত ধোবেন।", set()),
    ],
)  # fmt: skip
def test_steps_that_are_turned_round_are_asked_about(english, bangla, found):
    assert levels(english, bangla) == found


def test_both_of_two_opposites_are_asked_about():
    bangla = "ক্যাথেটার ধুয়ে শুকিয়ে ভেজা কৌটায় রাখুন।"
    assert levels("Wash and dry the catheter, and keep it in its box.", bangla) == {ASK}


def test_pregnancy_is_never_left_out_for_a_free_rendering():
    assert levels("You are breastfeeding.", "আপনি সন্তানকে বুকের মধু খাওয়ান।") == {ASK}


def test_kin_that_nobody_speaks_of_are_asked_about():
    assert levels("You are allergic to eggs.", "ডিমে আপনার ভাইবোনের অ্যালার্জি আছে।") == {ASK}


def test_what_is_only_listed_may_stand_in_any_order():
    assert not levels("Wear it by day and night.", "রাত-দিন পরে থাকুন।")
    assert not levels("Come on Monday or Thursday.", "বৃহস্পতি বা সোমবার আসুন।")


@pytest.mark.parametrize(
    ("english", "bangla"),
    [
        ("The ache gets more and more.", "ব্যথা দিন দিন বাড়ে।"),
        ("It brings no fever and no rash.", "এতে জ্বর বা র‍্যাশ হয় না।"),
        ("The drain was put in less than a week ago.", "ড্রেন বসানোর এক সপ্তাহও হয়নি।"),
        ("Ring us without delay.", "দেরি না করে আমাদের ফোন করুন।"),
        ("Turn the tap above all gently.", "কল ঘোরান, বিশেষ করে আলতো করে।"),
        ("Lie on your back.", "চিত হয়ে শোবেন।"),
        ("Take it every other day.", "এক দিন পরপর খাবেন।"),
        ("Boil the water before you mix the milk.", "পানি ফুটিয়ে তারপর দুধ মেশান।"),
        ("Stay out of direct sunlight.", "ছায়ায় থাকুন, সরাসরি রোদে যাবেন না।"),
        ("Your partner needs it too.", "আপনার স্বামী বা স্ত্রীরও এটি লাগবে।"),
        (
            "Clean the left ear a day after the right ear.",
            "ডান কান পরিষ্কারের এক দিন পরে বাঁ কান পরিষ্কার করুন।",
        ),
    ],
)
def test_what_is_said_in_other_words_is_no_difference(english, bangla):
    assert not levels(english, bangla)


@pytest.mark.parametrize(
    ("english", "bangla"),
    [
        ("Avoid the sun.", "রোদ এড়িয়ে চলুন।"),
        ("Avoid the sun.", "রোদে যাবেন না।"),
        ("Keep it dry.", "ভেজাবেন না।"),
        ("Wait until it heals.", "না শুকানো পর্যন্ত অপেক্ষা করুন।"),
        ("You are under six months old.", "বয়স ছয় মাসও হয়নি।"),
        ("Stop the cream.", "ক্রিম আর মাখবেন না।"),
        ("It takes less than a minute.", "এক মিনিটও লাগে না।"),
        ("You cannot have it unless the doctor agrees.", "ডাক্তার রাজি না হলে নিতে পারবেন না।"),
        ("Ask whether you can drive.", "গাড়ি চালাতে পারবেন কি না, জেনে নিন।"),
        ("Take no more than two tablets.", "দুটির বেশি ট্যাবলেট খাবেন না।"),
        ("Use the gel until your skin settles.", "ত্বক ঠিক না হওয়া পর্যন্ত জেল লাগান।"),
        ("Use nothing, except on a doctor's advice.", "ডাক্তার না বললে কিছু মাখবেন না।"),
        ("The next dose is due no sooner than in a month.", "এক মাস না গেলে পরের ডোজ দেওয়া যাবে না।"),
        ("This is nothing to worry about.", "এতে ঘাবড়ানোর কিছু নেই।"),
        ("Have nothing to eat before it.", "এর আগে খালি পেটে থাকবেন।"),
    ],
)
def test_noes_that_answer_each_other(english, bangla):
    assert disagreements(english, normalise(bangla), lexicon(())) == ()


@pytest.mark.parametrize(
    ("english", "bangla"),
    [
        ("Avoid the sun.", "রোদে যাবেন।"),
        ("Rub it in.", "মালিশ করবেন না।"),
        ("Do not rub it.", "মালিশ করবেন।"),
        ("You may eat at once.", "সঙ্গে সঙ্গে খেতে পারবেন না।"),
        ("It is safe without surgery.", "অপারেশন করে এটি নিরাপদ।"),
        ("You are breastfeeding.", "শিশুকে বুকের দুধ খাওয়ান না।"),
        ("You have cold sores now, or often get them.", "এখন জ্বরঠোসা আছে, কিংবা কখনো হয় না।"),
        ("Use it on cuts, except on a doctor's advice.", "ডাক্তারের পরামর্শ নিয়ে কাটায় লাগান।"),
    ],
)
def test_a_no_that_nothing_answers_is_found(english, bangla):
    (found,) = disagreements(english, normalise(bangla), lexicon(()))
    assert found.level == BLOCKING


@pytest.mark.parametrize(
    ("english", "bangla"),
    [
        ("You must take it when you are ill.", "অসুখ হলেও এটি বাদ দেওয়া চলবে না।"),
        ("You have to ask them to repeat it.", "একবারে কথা ধরতে পারেন না, আবার বলতে বলেন।"),
        ("Feed the baby as usual.", "বুকের দুধ বন্ধ করার দরকার নেই।"),
        ("Fit a new needle every time.", "প্রতিবার নতুন সুচ লাগাবেন, এক সুচে দুবার নয়।"),
    ],
)
def test_a_no_that_a_free_rendering_may_say_is_never_certain(english, bangla):
    found = disagreements(english, normalise(bangla), lexicon(()))
    assert BLOCKING not in {one.level for one in found}


@pytest.mark.parametrize(
    ("english", "bangla", "changed"),
    [
        (
            "The ankle aches, most of all in the evening.",
            "গোড়ালিতে ব্যথা করে, সবচেয়ে বেশি সন্ধ্যায়।",
            "গোড়ালিতে ব্যথা করে, সবচেয়ে কম সন্ধ্যায়।",
        ),
        (
            "Eat nothing on the morning of the operation.",
            "অপারেশনের দিন সকালে কিছু খাবেন না।",
            "অপারেশনের পরদিন সকালে কিছু খাবেন না।",
        ),
        (
            "Keep the foot up until the next visit.",
            "পরের ভিজিট পর্যন্ত পা উঁচু রাখুন।",
            "পরের ভিজিটের পর থেকে পা উঁচু রাখুন।",
        ),
        (
            "An ice pack brings the swelling down.",
            "বরফের প্যাক দিলে ফোলা কমে।",
            "বরফের প্যাক দিলে ফোলা বাড়ে।",
        ),
        ("You can drink tea in the evening.", "সন্ধ্যায় চা খেতে পারেন।", "সন্ধ্যায় চা খেতে হবে।"),
        ("You must drink milk in the evening.", "সন্ধ্যায় দুধ খেতে হবে।", "সন্ধ্যায় দুধ খেতে পারেন।"),
        ("You must drink milk in the evening.", "সন্ধ্যায় দুধ খেতে হবে।", "সন্ধ্যায় দুধ খেলে ভালো।"),
        (
            "If the fingers turn pale, loosen the bandage.",
            "আঙুল ফ্যাকাশে হয়ে গেলে ব্যান্ডেজ ঢিলা করে দিন।",
            "আঙুল ফ্যাকাশে হয়ে গেলে ব্যান্ডেজ শক্ত করে বেঁধে দিন।",
        ),
        ("Swallow the tablet whole.", "ট্যাবলেট আস্ত গিলে ফেলুন।", "ট্যাবলেট চিবিয়ে গিলে ফেলুন।"),
        (
            "Do not stop the drops unless the nurse says so.",
            "নার্স না বললে ড্রপ বন্ধ করবেন না।",
            "নার্স না বললে ড্রপ চালিয়ে যাবেন না।",
        ),
    ],
)
def test_one_turn_of_a_sentence_that_follows_closely_is_certain(english, bangla, changed):
    assert levels(english, bangla) == set()
    assert levels(english, changed) == {BLOCKING}


def test_an_alternative_that_one_language_lost_is_found():
    bangla = normalise("আপনার জ্বর আছে, অথবা গলায় ঘা হয়েছে।")
    assert not alone("You have a fever or a sore throat.", bangla, lexicon(()))
    ((language, (start, end), _level),) = alone("You have a fever.", bangla, lexicon(()))
    assert (language, bangla[start:end]) == ("bn", normalise("অথবা গলায় ঘা হয়েছে।"))


def test_what_stands_in_the_gap_of_a_form_is_read():
    beside = agreement("Tea brings the fever down.", normalise("চা খেলে জ্বর কমে।"), lexicon(()))
    assert not [one for one in beside.extra if one.kinds & {"symptom", "up/down"}]


def test_a_sentence_of_one_language_is_found_with_its_place():
    english = "Wash your hands. Take the tablet with milk."
    ((language, (start, end), level),) = alone(english, normalise("হাত ধুয়ে নিন।"), lexicon(()))
    assert (language, english[start:end], level) == ("en", "Take the tablet with milk.", BLOCKING)


def test_what_both_texts_say_is_paired():
    beside = agreement("Wash your hands with soap.", normalise("সাবান দিয়ে হাত ধুয়ে নিন।"), lexicon(()))
    assert not [one for one in beside.missing if one.kinds & {"body", "substance", "act"}]


@given(st.text(alphabet="…=~-, abকরয়ে1৷।", max_size=30), st.text(alphabet="…=-কর। ", max_size=30))
@example("do … … … … … … … … … … … … … … x", "এখন … … … … … … … … … … … … ক")
@example("…", "…")
def test_whatever_a_glossary_row_holds_texts_are_read(english, bangla):
    known = lexicon((GlossaryTerm(english, (bangla,)),))
    text = "Do not do this now, nor a little later on, unless we say so." * 3
    assert all(one.words for one in known.mentions(text, "en"))
    assert all(one.words for one in known.mentions(normalise("এখন করবেন না, পরেও না।") * 3, "bn"))


def test_a_form_of_a_rarer_meaning_hides_no_thing():
    """ত্বকে is the skin in another case, whatever “on the skin” is the opposite of."""
    named = {
        plain(form).strip("="): concept
        for concept in concepts()
        for language, form in concept.firm
        if language == "bn" and " " not in form and concept.kind in NAMED_SETS
    }
    hidden = []
    for _concept, form in one_word_forms("bn"):
        [mention, *_] = lexicon(()).mentions(form, "bn") or [None]
        if mention and not mention.firm:
            heads = bangla_forms(plain(form))[3:]  # with endings taken off
            things = [named[head] for head in heads if head in named]
            hidden += [(form, one.name) for one in things if one.name not in mention.names]
    in_form_only = ["উলটো", "খুলিয়ে", "ফুলিয়ে", "সুগন্ধযুক্ত"]
    assert {plain(form) for form, _name in hidden} <= {*map(plain, in_form_only)}, hidden


# Their opposites are of one thing all the same.
ONE_THING = {"heat", "poor", "breathing", "smell", "ultraviolet", "partner"}


def test_no_row_of_a_thing_says_two_opposites():
    poles: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for concept in concepts():
        for language, form in concept.firm:
            if "/" in concept.kind:
                poles.setdefault((language, form), set()).add((concept.kind, concept.name))
    wrong = []
    for concept in concepts():
        if "/" in concept.kind or concept.kind == "plain" or concept.name in ONE_THING:
            continue
        for language, forms in concept.forms.items():
            said: dict[str, set[str]] = {}
            for form in forms:
                if (language, form) in concept.firm:
                    for kind, name in poles.get((language, form), ()):
                        said.setdefault(kind, set()).add(name)
            wrong += [(concept.name, kind) for kind, names in said.items() if len(names) > 1]
    assert wrong == []


# --- What stands together ------------------------------------------------------------------------


def test_until_is_not_after():
    english = "Put the cream on the wound every night until the skin has healed."
    assert not levels(english, "চামড়া না সারা পর্যন্ত প্রতি রাতে ক্ষতে ক্রিম লাগান।")
    assert BLOCKING in levels(english, "চামড়া সেরে যাওয়ার পর প্রতি রাতে ক্ষতে ক্রিম লাগান।")


@pytest.mark.parametrize(
    ("english", "bangla"),
    [
        ("Take paracetamol, not aspirin.", "অ্যাসপিরিন খাবেন, প্যারাসিটামল নয়।"),
        ("Put it into the cheek, not the throat.", "গালের ভেতরে নয়, গলার ভেতরে ফেলুন।"),
    ],
)
def test_of_two_the_other_one_must_not_be_denied(english, bangla):
    assert BLOCKING in levels(english, bangla)


def test_what_is_denied_may_come_first_in_bangla():
    assert not levels("Put it into the cheek, not the throat.", "গলার ভেতরে নয়, গালের ভেতরে ফেলুন।")
    assert not levels("Take paracetamol, not aspirin.", "অ্যাসপিরিন নয়, প্যারাসিটামল খাবেন।")


def test_a_word_for_two_parts_of_the_body_is_no_third():
    english = "Put the cream on your hands before the night."
    assert levels(english, "রাতের আগে হাতে ক্রিম লাগান।") == set()
    assert BLOCKING in levels(english, "রাতের আগে মুখে ক্রিম লাগান।")
    assert levels("Put the cream on your face.", "মুখে ক্রিম লাগান।") == set()


def test_whatever_is_kept_doing_is_gone_on_with():
    english = "Blood keeps coming from the needle hole after 15 minutes."
    assert levels(english, "১৫ মিনিট পরও সুইয়ের ফুটো দিয়ে রক্ত পড়া থামে না।") == set()
    assert BLOCKING in levels(english, "১৫ মিনিট পরও সুইয়ের ফুটো দিয়ে রক্ত পড়া থেমে যায়।")


def test_or_may_be_and_only_under_a_no():
    english = "You have heart failure, or you cannot pass urine."
    assert BLOCKING in levels(english, "আপনার হার্ট ফেইলিওর আছে এবং প্রস্রাব হয় না।")
    assert levels(english, "আপনার হার্ট ফেইলিওর আছে, কিংবা প্রস্রাব হয় না।") == set()
    assert levels("Do not use creams or oils.", "ক্রিম আর তেল মাখবেন না।") == set()
    assert levels("Creams and light have not helped.", "ক্রিম বা আলোয় কাজ হয়নি।") == set()


def test_a_share_is_no_place():
    assert levels("About 9 out of 10 burns heal.", "প্রায় ১০টার মধ্যে ৯টা পোড়া সেরে যায়।") == set()


def test_a_lost_thing_is_asked_about_where_nothing_else_differs():
    english = "Put a clean towel and a pillow under the knee at night."
    assert levels(english, "রাতে হাঁটুর নিচে পরিষ্কার তোয়ালে আর বালিশ রাখুন।") == set()
    assert levels(english, "রাতে হাঁটুর নিচে পরিষ্কার তোয়ালে রাখুন।") == {ASK}


def test_an_ending_is_no_other_word():
    assert "shin" not in names("A lamp shines on the skin.", "en")
    assert "box" in names("Keep them in boxes.", "en")
