"""Each check fires on a wrong page and is silent on a right one."""

import time
from dataclasses import replace
from decimal import Decimal

import pytest

from treatments.checks import (
    ADVICE,
    ASK,
    BLOCKING,
    CHECKS,
    GlossaryTerm,
    Subject,
    can_be_waived,
    findings,
)
from treatments.checks.passages import LONGEST
from treatments.document.content import Edition, EditionItem
from treatments.document.places import Place
from treatments.language.text import normalise

from ..plans import changed
from .editing import with_items, with_plan, with_text, with_value, without_item
from .small import PLAN, RIGHT, saying

TEXT = Place("questions", "hurt", "answer")
REASON = Place("contraindications", "epilepsy", "text")
HOW_OFTEN = Place("how_often", "rate", "text")
SHORT_ANSWER = Place("answers", "visit", "text")
WHAT_IT_IS = Place("what_it_is", "safe", "text")
LINKED = Place("how_it_works", "page", "text")
STUDY = Place("evidence", "study", "statement")


def in_english(place: Place, text: str) -> Subject:
    return replace(RIGHT, english=with_text(RIGHT.english, place, text))


def in_bangla(place: Place, text: str) -> Subject:
    return replace(RIGHT, bangla=with_text(RIGHT.bangla, place, text))


def in_both(section: str, uid: str, name: str, value) -> Subject:
    return replace(
        RIGHT,
        english=with_value(RIGHT.english, section, uid, name, value),
        bangla=with_value(RIGHT.bangla, section, uid, name, value),
    )


def without_what_it_is() -> Subject:
    sections = {**RIGHT.bangla.sections, "what_it_is": ()}
    return replace(RIGHT, bangla=replace(RIGHT.bangla, sections=sections))


def to_confirm(edition: Edition) -> Edition:
    return with_items(
        edition, "contraindications", "epilepsy", lambda item: replace(item, to_confirm=True)
    )


def explaining(subject: Subject, *more: tuple[str, str]) -> Subject:
    """With words in the glossary that nobody need know: scab, and those given, English, Bangla."""
    terms = [("scab", "মামড়ি"), *more]
    rows = (
        GlossaryTerm(english, (normalise(bangla),), explanation=("A crust.", "শক্ত ছাল।"))
        for english, bangla in terms
    )
    return replace(subject, terms=(*subject.terms, *rows))


def with_a_photo() -> Subject:
    values = {"image": "0" * 16, "width": 960, "height": 640}
    photo = EditionItem("trays", False, values, {"alt": "Trays of water.", "caption": ""})
    sections = {**RIGHT.english.sections, "photos": (photo,)}
    return replace(RIGHT, english=replace(RIGHT.english, sections=sections), bangla=None)


def comparing(harm: str) -> Subject:
    options = tuple(
        EditionItem(
            uid, False, {}, {"name": uid, "text": "Tablets.", "works": "Well.", "harm": each}
        )
        for uid, each in (("one", "Dry skin."), ("other", harm))
    )
    sections = {**RIGHT.english.sections, "other_options": options}
    return replace(RIGHT, english=replace(RIGHT.english, sections=sections), bangla=None)


LONG = "This goes " + "on and " * 12 + "on."

# Check id: subjects on which it must fire, subjects on which it must not.
EXAMPLES: dict[str, tuple[list[Subject], list[Subject]]] = {
    "prose": (
        [in_english(Place("prose", "title"), ""), in_english(Place("prose", "title"), "…"), replace(RIGHT, bangla=replace(RIGHT.bangla, prose=None)), without_what_it_is()],
        [RIGHT, replace(RIGHT, english=None)],
    ),
    "safety": (
        [
            replace(RIGHT, english=without_item(RIGHT.english, "help_signs", "pain")),
            in_both("contraindications", "epilepsy", "level", "tell_us"),
        ],
        [RIGHT],
    ),
    "items": (
        [
            replace(RIGHT, bangla=without_item(RIGHT.bangla, "contraindications", "worry")),
            replace(RIGHT, english=without_item(RIGHT.english, "aftercare", "lotion")),
            replace(
                RIGHT,
                bangla=replace(
                    RIGHT.bangla,
                    sections={
                        **RIGHT.bangla.sections,
                        "contraindications": RIGHT.bangla.items("contraindications")[::-1],
                    },
                ),
            ),
        ],
        [RIGHT, replace(RIGHT, bangla=None)],
    ),
    "halves": (
        [
            in_bangla(TEXT, ""),
            in_english(Place("contraindications", "epilepsy", "question"), " "),
            replace(RIGHT, bangla=without_item(RIGHT.bangla, "how_often", "rate")),
            in_english(Place("result_lasts"), ""),
            in_bangla(Place("evidence", "study", "caution"), ""),
        ],
        [RIGHT],
    ),
    "lists": (
        [
            replace(RIGHT, bangla=without_item(RIGHT.bangla, "what_it_is", "feet")),
            replace(RIGHT, english=without_item(RIGHT.english, "what_it_is", "safe")),
        ],
        [RIGHT, replace(RIGHT, bangla=None)],
    ),
    "too-long": (
        [in_english(TEXT, "It does not hurt. " * 60), in_bangla(TEXT, "এতে ব্যথা লাগে না। " * 60)],
        [RIGHT],
    ),
    "length": (
        [in_english(TEXT, "It does not hurt. " * 6), in_bangla(TEXT, "এতে ব্যথা লাগে না। " * 6)],
        [RIGHT, saying("Yes, it always does.", "হ্যাঁ।")],
    ),
    "sentences": (
        [
            saying("Wash your hands. Take the tablet with milk.", "হাত ধুয়ে নিন।"),
            saying("Wash your hands.", "হাত ধুয়ে নিন। দুধের সঙ্গে ট্যাবলেট খান।"),
        ],
        [
            RIGHT,
            saying("Wash your hands and take the tablet with milk.", "হাত ধুয়ে নিন। দুধের সঙ্গে ট্যাবলেট খান।"),
            saying("Wash your hands. Take the tablet with milk.", "হাত ধুয়ে নিন; দুধের সঙ্গে ট্যাবলেট খান।"),
        ],
    ),
    "photo": (
        [with_a_photo(), replace(with_a_photo(), pictures=frozenset({("0" * 16, 480)}))],
        [RIGHT, replace(with_a_photo(), pictures=frozenset({("0" * 16, 960)}))],
    ),
    "types": (
        [
            replace(
                RIGHT, bangla=with_value(RIGHT.bangla, "aftercare", "lotion", "kind", "do")
            ),
            replace(RIGHT, bangla=replace(RIGHT.bangla, body_areas={"feet": "পায়ের পাতা"})),
            replace(RIGHT, english=to_confirm(RIGHT.english)),
        ],
        [
            RIGHT,
            replace(RIGHT, english=to_confirm(RIGHT.english), bangla=to_confirm(RIGHT.bangla)),
        ],
    ),
    "plans": (
        [replace(RIGHT, english=with_plan(RIGHT.english, changed(PLAN, running=(20, 40))))],
        [RIGHT],
    ),
    "plan-in-texts": (
        [
            saying("The current runs for 20–40 minutes.", "২০–৪০ মিনিট বিদ্যুৎ চলে।",
                   Place("procedure", "current", "text")),
            saying("4 sessions a week.", "সপ্তাহে ৪টি সেশন।", HOW_OFTEN),
            saying("Every 2–4 months.", "২–৪ মাস পরপর।", HOW_OFTEN),
            saying("A session takes 50 minutes.", "একটি সেশনে ৫০ মিনিট লাগে।"),
            saying("The current runs for 20–40 minutes.", "২০–৪০ মিনিট বিদ্যুৎ চলে।", SHORT_ANSWER),
            saying("Later it is every 5 weeks.", "পরে ৫ সপ্তাহ পরপর।", SHORT_ANSWER),
            saying("In our clinic it is every 5 weeks.",
                   "আমাদের ক্লিনিকে ৫ সপ্তাহ পরপর।", HOW_OFTEN),
            replace(
                RIGHT,
                english=with_plan(RIGHT.english, changed(PLAN, frequency=(2, 4))),
                bangla=with_plan(RIGHT.bangla, changed(PLAN, frequency=(2, 4))),
            ),
        ],
        [
            RIGHT,
            saying("Every 2–4 weeks. At home it is every 5 weeks.",
                   "২–৪ সপ্তাহ পরপর। বাড়িতে ৫ সপ্তাহ পরপর।", HOW_OFTEN),
            saying("In one study people came 5 times a week.", "এক গবেষণায় সপ্তাহে ৫ বার করা হয়।"),
            saying("Wait 10 minutes before you drive.", "গাড়ি চালানোর আগে ১০ মিনিট বসুন।"),
            saying("The current runs for at most 30 minutes.",
                   "সর্বোচ্চ ৩০ মিনিট বিদ্যুৎ চলে।", HOW_OFTEN),
        ],
    ),
    "numbers": (
        [
            saying("Wait 20–30 minutes.", "২০–৩৫ মিনিট অপেক্ষা করুন।"),
            saying("Wait 20–30 minutes.", "৩০–২০ মিনিট অপেক্ষা করুন।"),
            saying("Wait 20–30 minutes.", "২০–৩০ ঘণ্টা অপেক্ষা করুন।"),
            saying("Wait 20 minutes.", "অপেক্ষা করুন।"),
            saying("Wait a while.", "২০ মিনিট অপেক্ষা করুন।"),
            saying("Once a week.", "সপ্তাহে দুবার।"),
            saying("Twice a day.", "সপ্তাহে দুবার।"),
            saying("It helped 92.9%.", "৯২৯% উপকার পান।"),
            saying("13 of 14 people.", "১৩ জনের মধ্যে ১৪ জন।"),
            saying("2–3 sessions a week, 6–10 in all.", "সপ্তাহে ৬–১০টি সেশন, মোট ২–৩টি।"),
            saying("1,200 taka.", "১২০ টাকা।"),
        ],
        [RIGHT],
    ),
    "times": (
        [
            saying("It takes a few weeks.", "কয়েক দিন লাগে।"),
            saying("It lasts for months.", "অনেক বছর থাকে।"),
            saying("Wash every week.", "প্রতিদিন ধুয়ে নিন।"),
        ],
        [
            saying("It takes a few weeks.", "কয়েক সপ্তাহ লাগে।"),
            saying("It takes half an hour.", "৩০ মিনিট লাগে।"),
            saying("It has long been used.", "বহু বছর ধরে এর ব্যবহার চলছে।"),
        ],
    ),
    "ranges": (
        [saying("30–20 minutes", "৩০–২০ মিনিট"), saying("14 of 13 people", "১৩ জনের মধ্যে ১৪ জন")],
        [saying("20–30 minutes", "২০–৩০ মিনিট"), saying("Call 01712-345678", "০১৭১২-৩৪৫৬৭৮")],
    ),
    "negation": (
        [
            saying("Do not use it.", "এটি ব্যবহার করুন।"),
            saying("Use it.", "এটি ব্যবহার করবেন না।"),
            saying("It hurts without cream.", "ক্রিমে ব্যথা হয়।"),
            saying("Use it. Do not touch it.", "ব্যবহার করবেন না। এটি ছুঁয়ে দেখুন।"),
            saying("Do not touch the plates or lift a hand.", "পাত ছোঁবেন, হাতও তুলবেন না।"),
            saying("Do not use it until it heals.", "না শুকানো পর্যন্ত ব্যবহার করুন।"),
            saying("Sit with no shoes on.", "জুতা পরে বসুন।"),
        ],
        [
            RIGHT,
            saying("Keep the wound dry.", "ক্ষত ভেজাবেন না।"),
            saying("Do not use it until it heals.", "না শুকানো পর্যন্ত ব্যবহার করবেন না।"),
            saying("The child is under six months old.", "শিশুর ছয় মাসও হয়নি।"),
            saying("Avoid the sun.", "রোদে যাবেন না।"),
            saying("Your skin is sensitive to light.", "আপনার ত্বক আলো সইতে পারে না।"),
        ],
    ),
    "meanings": (
        [
            saying("Put your hands in.", "পা ভেতরে রাখুন।"),
            saying("You have asthma.", "আপনার মৃগী আছে।"),
            saying("Keep it under the arm.", "পেটে রাখুন।"),
            saying("Wash before the session.", "সেশনের পরে ধুয়ে নিন।"),
            saying("Use cold water.", "গরম পানি ব্যবহার করুন।"),
            saying("Take warfarin at night.", "রাতে মেটফরমিন খান।"),
            saying("You sweat a lot.", "আপনার ঘুম বেশি হয়।"),
            saying("Come on Monday.", "বুধবার আসুন।"),
            saying("Keep the wound dry.", "ক্ষত ভেজাবেন।"),
        ],
        [
            saying("Put your hands in.", "হাত ভেতরে রাখুন।"),
            saying("He gets it.", "উপকার পায়।"),
            saying("Wash before the session.", "সেশনের আগে ধুয়ে নিন।"),
            saying("Take warfarin at night.", "রাতে ওয়ারফারিন খান।"),
            saying("The laser is safe.", "লেজার নিরাপদ।"),
            saying("You have a cold sore.", "আপনার জ্বরঠোসা আছে।"),
        ],
    ),
    "avoided-forms": (
        [
            saying("The sweat glands rest.", "ঘ্রাণগ্রন্থি বিশ্রাম নেয়।"),
            saying("You have an open wound.", "খোলা আঘাতের ওপর।", REASON),
            saying("You have epilepsy.", "আপনি মৃগী রোগী।", REASON),
        ],
        [
            saying("A burning feeling.", "জ্বালাপোড়া।"),
            saying("The clay is baked.", "পোড়া মাটি।"),
            saying("The sweat glands rest.", "ঘর্মগ্রন্থিগুলো বিশ্রাম নেয়।"),
        ],
    ),
    "accepted-forms": (
        [saying("You have epilepsy.", "আপনার খিঁচুনি হয়।", REASON)],
        [RIGHT, saying("You have epilepsy.", "আপনার মৃগীর সমস্যা আছে।", REASON)],
    ),
    "hard-words": (
        [
            explaining(in_english(TEXT, "Tell us about a scab.")),
            explaining(in_bangla(TEXT, "মামড়ির কথা বলুন।")),
            explaining(in_english(TEXT, "Tell us about a scab. A scab (dry blood) is normal.")),
            explaining(in_english(TEXT, "A scab or a scar (a mark)."), ("scar", "দাগ")),
            explaining(in_bangla(TEXT, "মামড়ি যাঁদের আছে, তাঁরা বলুন।")),
        ],
        [
            RIGHT,
            explaining(RIGHT),
            explaining(in_english(TEXT, "A scab (dry blood) is normal. A scab falls off.")),
            explaining(in_english(TEXT, "Dry blood on the skin (a scab) is normal.")),
            explaining(in_english(TEXT, "A scab is a crust of dry blood.")),
            explaining(in_english(TEXT, "A scab, which is dry blood, is normal.")),
            explaining(in_english(TEXT, "A scab – dry blood – is normal.")),
            explaining(in_english(TEXT, "Dry blood is called a scab.")),
            explaining(in_english(TEXT, "A scab, scar (marks on the skin)."), ("scar", "দাগ")),
            explaining(in_bangla(TEXT, "মামড়ি (শুকনো রক্ত) পড়ে যায়।")),
            explaining(in_bangla(TEXT, "মামড়ি পড়া (রক্ত শুকিয়ে যাওয়া) স্বাভাবিক।")),
            explaining(in_bangla(TEXT, "মামড়ি, মানে শুকনো রক্ত।")),
            explaining(in_bangla(TEXT, "শুকনো রক্তকে মামড়ি বলে।")),
            explaining(in_english(TEXT, "Scabies is another thing.")),
            explaining(in_english(Place("questions", "hurt", "question"), "A scab?")),
            explaining(
                replace(
                    in_english(TEXT, "A scab falls off."),
                    english=with_text(
                        with_text(RIGHT.english, TEXT, "A scab falls off."),
                        Place("prose", "title"),
                        "A scab",
                    ),
                )
            ),
        ],
    ),
    "figures": (
        [
            in_both("evidence", "study", "participants", 29),
            saying("It helped 92.9% of people, 12 of 14.",
                   "৯২.৯% মানুষের, ১৪ জনের মধ্যে ১২ জনের উপকার হয়।", STUDY),
        ],
        [RIGHT],
    ),
    "percentages": (
        [in_both("evidence", "study", "treated_percent", Decimal("98.9"))],
        [RIGHT],
    ),
    "source": ([in_both("evidence", "study", "source", None)], [RIGHT]),
    "origin": ([in_both("contraindications", "epilepsy", "origin", None)], [RIGHT]),
    "withdrawn-source": ([in_both("sources", "kim", "standing", "withdrawn")], [RIGHT]),
    "options": ([comparing(""), comparing("It harms. " * 20)], [RIGHT, comparing("A dry mouth.")]),
    "digits": (
        [in_bangla(TEXT, "২0 মিনিট"), in_english(TEXT, "২0 minutes")],
        [in_bangla(TEXT, "১০ মিনিট, Annals 2017 দেখুন")],
    ),
    "script": (
        [
            in_bangla(TEXT, "It does not hurt."),
            in_bangla(TEXT, "এতে ব্যথা লাগে না। It does not hurt."),
            in_bangla(TEXT, "এতে pain লাগে না।"),
            in_english(TEXT, "It does not ব্যথা."),
            in_bangla(TEXT, "यह उपचार सुरक्षित है।"),
        ],
        [in_bangla(TEXT, "আরও পড়ুন: DermNet, www.sweathelp.org।")],
    ),
    "untranslated": (
        [in_bangla(TEXT, RIGHT.english.items("questions")[0].texts["answer"])],
        [RIGHT, saying("999", "৯৯৯")],
    ),
    "broken-letters": (
        [in_bangla(TEXT, "à¦¬à§à¦¯à¦¥à¦¾"), in_english(TEXT, "It doesnâ€™t hurt."), in_bangla(TEXT, "???? ব্যথা"), in_english(TEXT, "No\ue000 pain."), in_bangla(TEXT, "ত্বকের ক্ষতিি হয় না।"), in_bangla(TEXT, "বাঁ কাদাের তিল।"), in_bangla(TEXT, "ওিষুধ খান।"), in_bangla(TEXT, "ত্া দিন।"), in_bangla(TEXT, "া দিন।")],
        [in_english(TEXT, "Does it hurt?"), in_bangla(TEXT, "এ্যালার্জি, অ্যাসিড, হাঁা, ওঁর র‍্যাশ ঐ উঁচু জায়গায়।")],
    ),
    "printable": (
        [in_english(TEXT, "No pain 🦄"), in_bangla(TEXT, "ব্যথা নেই 中")],
        [RIGHT, in_english(TEXT, "≥ 2 → ½ ✅ ☎ 📍"), in_bangla(TEXT, "র‍্যাশ ≥ ২")],
    ),
    "links": (
        [
            in_english(LINKED, '<a href="/bn/treatments/small/">x</a>'),
            in_bangla(LINKED, '<a href="/bn/treatments/gone/">x</a>'),
        ],
        [RIGHT, in_english(LINKED, '<a href="https://example.org/">x</a>')],
    ),
    "marks": (
        [in_bangla(TEXT, "এতে ব্যথা লাগে না."), in_bangla(TEXT, "র্যাশ হয়।")],
        [in_bangla(TEXT, "ডা. রহিম পর্যন্ত ৯২.৯% র‍্যাশ।")],
    ),
    "normal-form": ([in_bangla(TEXT, "হ\u09dfনি")], [RIGHT]),
    "long-sentences": ([in_english(TEXT, LONG)], [RIGHT]),
}  # fmt: skip


def fired(check_id: str, subject: Subject) -> bool:
    check = next(check for check in CHECKS if check.id == check_id)
    return any(True for _ in check.find(subject))


def test_every_check_has_wrong_and_right_examples():
    assert [check.id for check in CHECKS] == list(EXAMPLES)
    for wrong, right in EXAMPLES.values():
        assert wrong
        assert right


@pytest.mark.parametrize("check_id", EXAMPLES)
def test_a_check_fires_on_what_is_wrong(check_id):
    silent = [
        number for number, one in enumerate(EXAMPLES[check_id][0]) if not fired(check_id, one)
    ]
    assert not silent


@pytest.mark.parametrize("check_id", EXAMPLES)
def test_a_check_is_silent_on_what_is_right(check_id):
    assert not [number for number, one in enumerate(EXAMPLES[check_id][1]) if fired(check_id, one)]


def test_the_small_page_is_right():
    assert findings(RIGHT) == []


def test_a_check_says_what_it_is_and_why_it_matters():
    assert len({check.id for check in CHECKS}) == len(CHECKS)
    for check in CHECKS:
        assert str(check.name)
        assert str(check.why)
        assert check.level in (BLOCKING, ASK, ADVICE)


def test_a_finding_carries_both_snippets_and_says_what_to_do():
    finding = next(iter(findings(saying("Wait 20 minutes.", "অপেক্ষা করুন।"))))
    assert finding.check == "numbers"
    assert (finding.section, finding.item, finding.field) == ("questions", "hurt", "answer")
    assert "“Wait 20 minutes.”" in finding.in_full
    assert "“অপেক্ষা করুন।”" in finding.in_full
    assert finding.advice


def test_a_page_in_one_language_is_checked_alone():
    assert findings(replace(RIGHT, bangla=None)) == []
    assert findings(replace(RIGHT, english=None)) == []
    assert findings(replace(RIGHT, english=None, bangla=None)) == []


def test_a_check_that_fails_says_so_and_stops_only_the_publication(monkeypatch):
    def fail(self, subject):
        raise ZeroDivisionError

    monkeypatch.setattr(type(CHECKS[0]), "find", fail)
    (found,) = (one for one in findings(RIGHT) if one.check == "unchecked")
    assert found.level == BLOCKING and str(CHECKS[0].name) in found.message
    assert not can_be_waived(found)


@pytest.mark.parametrize("first", ["Come when you like.", "Every 2–4 weeks."])
def test_what_one_paragraph_says_of_the_plan_the_next_need_not(first):
    """As if both were one text: another number may stand beside the plan's own."""
    (item,) = RIGHT.english.items("how_often")
    own = replace(item, texts={"text": first})
    other = replace(item, uid="other", texts={"text": "In our clinic it is every 5 weeks."})
    sections = {**RIGHT.english.sections, "how_often": (own, other)}
    subject = replace(RIGHT, english=replace(RIGHT.english, sections=sections), bangla=None)
    said = [one.place.item for one in findings(subject) if one.check == "plan-in-texts"]
    assert said == ([] if "2–4" in first else ["other"])


LONG_TEXTS = [
    ("a.", "ক্"),
    ("1.", "২ দিন পর "),
    ("a-", "না "),
    ("a@", ""),
    ("1/2 ", "২ "),
    ("half ", "অন্তত ৫ "),
    ("not ", "নয় "),
    ("and ", "অথবা "),
    ("only ", "না, "),
    ("most severe ", "বেশির ভাগ "),
    ("", "সপ্তাহে ৩ "),
    (
        "Take it within two days. If it is later than that, leave it out. ",
        "দুই দিনের মধ্যে মনে পড়লে খেয়ে নিন। তার বেশি দেরি হলে বাদ দিন। ",
    ),
]


def as_long_as(characters: int, english: str, bangla: str) -> Subject:
    """With a text of its own pieces in each language that has one."""
    subject = RIGHT
    for code, name, piece in (("en", "english", english), ("bn", "bangla", bangla)):
        if piece:
            text = (piece * characters)[: characters - 1] + "."
            subject = replace(
                subject, **{name: with_text(subject.editions[code], WHAT_IT_IS, text)}
            )
    return subject


@pytest.mark.parametrize(("english", "bangla"), LONG_TEXTS)
@pytest.mark.parametrize("characters", [LONGEST, 20_000])
def test_a_text_as_long_as_fits_is_checked_before_anybody_waits(characters, english, bangla):
    """The limit is generous, since the machine may be busy."""
    began = time.process_time()
    findings(as_long_as(characters, english, bangla))
    assert time.process_time() - began < 12


@pytest.mark.parametrize(("english", "bangla"), [("It hurts. ", ""), ("", "ব্যথা লাগে। ")])
def test_a_text_that_is_too_long_is_refused_for_its_length_alone(english, bangla):
    def about_it(characters: int) -> list[str]:
        found = findings(as_long_as(characters, english, bangla))
        return [one.check for one in found if replace(one.place, language="") == WHAT_IT_IS]

    assert "too-long" not in about_it(LONGEST)
    assert about_it(LONGEST + 1) == ["too-long"]


@pytest.mark.parametrize(
    "words",
    ["১.৫ দশমিক ৫", "১ দশমিক ১.৫", "১ দশমিক ১,০০০", "১.৫ দশমিক", "দেড় দশমিক ৫", "১ দশমিক ৫"],
)
def test_an_odd_decimal_is_read_somehow(words):
    with_it = with_text(RIGHT.bangla, WHAT_IT_IS, f"{words} মিলি")
    assert not any(one.check == "unchecked" for one in findings(replace(RIGHT, bangla=with_it)))


@pytest.mark.parametrize(
    ("letters", "name"),
    [
        ("यह उपचार सुरक्षित है", "Devanagari"),
        ("५", "Devanagari digit five"),
        ("عربي", "Arabic"),
        ("٣", "Arabic-indic digit three"),
        ("تکلیف", "Arabic"),
        ("больно", "Cyrillic"),
        ("\u0440\u0430", "Cyrillic small letter er"),
        ("πόνος", "Greek"),
        ("中文", "Cjk"),
        ("痛みは", "Cjk"),
        ("통증", "Hangul"),
        ("ਦਰਦ", "Gurmukhi"),
        ("வலி", "Tamil"),
        ("ꯑ", "Meetei"),
        ("ৰ", "Bengali letter ra with middle diagonal"),
        ("ৱ", "Bengali letter ra with lower diagonal"),
        ("ৡ", "Bengali letter vocalic ll"),
        ("𝐈𝐭 𝐡𝐮𝐫𝐭𝐬", "Mathematical bold capital i"),
        ("２０", "Fullwidth digit two"),
        ("。", "Ideographic full stop"),
        ("܏", "Syriac abbreviation mark"),
        ("﷼", "Rial sign"),
    ],
)
@pytest.mark.parametrize("in_language", [in_english, in_bangla])
def test_letters_of_a_third_script_are_named_in_either_half(in_language, letters, name):
    words = {in_english: "It does not hurt", in_bangla: "এতে ব্যথা লাগে না"}[in_language]
    for text in (letters, f"{words}, {letters}.", f"{letters}{words}"):
        (found,) = (
            one
            for one in findings(in_language(TEXT, normalise(text)))
            if one.check == "script" and "neither" in one.message
        )
        assert found.level == BLOCKING
        assert found.message.startswith(f"“{normalise(letters)}")
        assert name in found.message


def test_a_letter_that_looks_like_ours_is_named():
    wrong = in_english(TEXT, "It does not hu\u0433t.")
    (found,) = (one for one in findings(wrong) if one.check == "script")
    assert found.message.startswith("“\u0433” (Cyrillic small letter ghe)")


@pytest.mark.parametrize(
    "symbols",
    [
        "5 µg",
        "5 μg",
        "10 kΩ",
        "2 Ω",
        "α",
        "β-",
        "TNFα",
        "IL1β",
        "γ, δ",
        "π",
        "ΔT",
        "½ ℃ ² ₂ ‰ ° Ⅳ ①",
    ],
)
def test_a_greek_letter_may_stand_for_something(symbols):
    for subject in (
        in_english(TEXT, f"It does not hurt, {symbols}."),
        in_bangla(TEXT, f"এতে ব্যথা লাগে না, {symbols}।"),
    ):
        assert not [one for one in findings(subject) if one.check == "script"]


@pytest.mark.parametrize("word", ["αnd", "Νo", "hοt", "βeta", "αβγ", "нot"])
def test_a_greek_letter_within_a_word_stands_for_nothing(word):
    assert fired("script", in_english(TEXT, f"It is {word} so."))


@pytest.mark.parametrize(
    "text", ["৺রহিম, ৳৫০০।", "পর্যন্ত ঋতু, দুঃখ, চাঁদ, কৎ", "ডা. Łukasz Müller", "https://x.org/यह"]
)
def test_what_bangla_is_written_with_is_no_third_script(text):
    assert "neither" not in " ".join(
        str(one.message) for one in findings(in_bangla(TEXT, normalise(text)))
    )
