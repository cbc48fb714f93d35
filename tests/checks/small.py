"""A small page that is right in both languages, to be changed by one thing at a time."""

from dataclasses import replace

from treatments.checks import GlossaryTerm, Subject
from treatments.document.content import Edition, EditionItem
from treatments.document.places import Place
from treatments.document.sections import BY_KEY, SECTIONS
from treatments.language.text import normalise

from ..plans import plan_of
from .editing import with_text

PLAN = plan_of("current", running=(20, 30), frequency=(2, 3), maintenance=(2, 4))
TERMS = (
    GlossaryTerm("sweat gland", ("ঘর্মগ্রন্থি", "ঘামের গ্রন্থি"), ("ঘ্রাণগ্রন্থি",)),
    GlossaryTerm("open wound", ("খোলা ক্ষত",), ("খোলা আঘাত",)),
    GlossaryTerm("epilepsy", ("মৃগী",), ("মৃগী রোগী",)),
    GlossaryTerm("burning feeling", ("জ্বালাপোড়া",), ("পোড়া",)),
)
TERMS = tuple(
    GlossaryTerm(
        term.english, tuple(map(normalise, term.bangla)), tuple(map(normalise, term.avoid))
    )
    for term in TERMS
)

_PROSE = {
    "en": {
        "title": "Iontophoresis",
        "summary": "A mild current reduces sweating.",
        "search_description": "What happens and how often.",
        "translated_by": "",
    },
    "bn": {
        "title": "আয়নটোফোরেসিস",
        "summary": "হালকা বিদ্যুৎ ঘাম কমায়।",
        "search_description": "কী হয় আর কতদিন পরপর।",
        "translated_by": "",
    },
}
_STUDY = {
    "kind": "study", "participants": 27, "treated_improved": 13, "treated_total": 14,
    "compared_improved": None, "compared_total": None, "treated_percent": "92.9",
    "compared_percent": None, "source": "kim",
}  # fmt: skip
# (section, uid, typed values, {field: (English, Bangla)})
_ITEMS = (
    ("answers", "visit", {"about": "visit"},
     {"text": ("You can go back to work.", "কাজে ফিরতে পারেন।")}),
    ("contraindications", "epilepsy", {"level": "must_not"},
     {"text": ("You have epilepsy.", "আপনার মৃগী আছে।"),
      "question": ("Do you have epilepsy?", "আপনার কি মৃগী আছে?")}),
    ("contraindications", "worry", {"level": "tell_us"},
     {"text": ("You have a worry.", "আপনার দুশ্চিন্তা আছে।"),
      "question": ("Do you have a worry?", "আপনার কি দুশ্চিন্তা আছে?")}),
    ("what_it_is", "safe", {"kind": "paragraph"}, {"text": ("It is safe.", "এটি নিরাপদ।")}),
    ("what_it_is", "hands", {"kind": "item"}, {"text": ("Hands", "হাত")}),
    ("what_it_is", "feet", {"kind": "item"}, {"text": ("Feet", "পায়ের পাতা")}),
    ("procedure", "current", {},
     {"title": ("The current", "বিদ্যুৎ"),
      "text": ("The current runs for 20–30 minutes.", "২০–৩০ মিনিট বিদ্যুৎ চলে।")}),
    ("aftercare", "lotion", {"kind": "do_not"}, {"text": ("Use lotion.", "লোশন মাখা।")}),
    ("help_signs", "pain", {"urgency": "call"}, {"text": ("You have pain.", "ব্যথা হয়।")}),
    ("how_often", "rate", {"kind": "paragraph"},
     {"text": ("2–3 sessions a week, then every 2–4 weeks.",
               "সপ্তাহে ২–৩টি সেশন, তারপর ২–৪ সপ্তাহ পরপর।")}),
    ("how_it_works", "page", {"kind": "paragraph"},
     {"text": ('Read <a href="/en/treatments/small/">this page</a>.',
               '<a href="/bn/treatments/small/">এই পাতা</a> পড়ুন।')}),
    ("questions", "hurt", {},
     {"question": ("Does it hurt?", "এতে কি ব্যথা লাগে?"),
      "answer": ("It does not hurt.", "এতে ব্যথা লাগে না।")}),
    ("evidence", "study", _STUDY,
     {"statement": ("It helped 92.9% of people.", "৯২.৯% মানুষের উপকার হয়।"),
      "measured": ("27 people took part.", "২৭ জন অংশ নেন।"),
      "caution": ("13 of 14 felt better.", "১৪ জনের মধ্যে ১৩ জন ভালো বোধ করেন।")}),
    ("sources", "kim", {"kind": "study", "citation": "Kim", "url": None},
     {"note": ("", "")}),
)  # fmt: skip


def _edition(language: str) -> Edition:
    index = ("en", "bn").index(language)
    sections = {section.key: () for section in SECTIONS}
    for section, uid, values, texts in _ITEMS:
        halves = {name: normalise(pair[index]) for name, pair in texts.items()}
        typed = {name: values.get(name) for name in BY_KEY[section].model.typed}
        typed |= {"origin": "kim"} if "origin" in typed else {}
        sections[section] += (EditionItem(uid, False, typed, halves, BY_KEY[section].model.rich),)
    return Edition(
        language=language,
        body_areas={"hands": ("Hands", "হাত")[index]},
        plan=PLAN,
        result_lasts=("Several weeks", "কয়েক সপ্তাহ")[index],
        prose={name: normalise(text) for name, text in _PROSE[language].items()},
        sections=sections,
    )


RIGHT = Subject("small", _edition("en"), _edition("bn"), TERMS, frozenset({"small"}))


ANSWER = Place("questions", "hurt", "answer")


def saying(english: str, bangla: str, place: Place = ANSWER) -> Subject:
    """The small page with one text put in other words."""
    return replace(
        RIGHT,
        english=with_text(RIGHT.english, place, english),
        bangla=with_text(RIGHT.bangla, place, normalise(bangla)),
    )
