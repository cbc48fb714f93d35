"""Words whose meaning must not change, whatever the glossary holds: body, illness, danger."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import regex
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..language.inflection import BANGLA_ENDING, WORD_START
from ..language.text import compile_pattern
from .base import Check, Finding, Subject
from .passages import Passage, passages
from .snippets import cut


@dataclass(frozen=True)
class Meaning:
    """Where `english` stands, one of `bangla` must begin a word; "=" before one that is so short
    that only its own endings may follow. The other way round, `says` (or all of `bangla`) asks for
    one of `back`, if there is any."""

    name: str
    english: str
    bangla: str
    back: str = ""
    says: str = ""


MEANINGS = (
    # The body
    Meaning(
        "hand",
        "hands?(?! (?:out|over|in hand))(?<!(?:other|at|by|first) hand)",
        "=হাত|করমর্দন",
        "hand|palm|finger|wrist|arm|grip|reach|limb|glove|manual|hold",
    ),
    Meaning(
        "foot",
        "feet|foot(?! of)",
        r"=পায়ে|পা(?![\p{L}\p{M}])|পা(?:টি|টা|দুটি|গুলো)",
        "foot|feet|sole|toe|leg|ankle|heel|limb|step|shoe|sock",
    ),
    Meaning("underarm", "underarms?|armpits?", "বগল", "underarm|armpit|axilla|arm"),
    Meaning("palm", "palms?", "তালু|হাত"),
    Meaning("sole", "soles?(?! (?:reason|purpose|use))", r"তলা|তালু|=পায়ে|পা(?![\p{L}\p{M}])"),
    Meaning("finger", "fingers?", "আঙুল|আঙ্গুল", "finger|toe|thumb"),
    Meaning("nail", "nails?|fingernails?|toenails?", "নখ", "nail"),
    Meaning("eye", "eyes?|sight|eyesight", "চোখ|দৃষ্টি|দেখ", "eye|sight|vision|tear|look|see", "চোখ"),
    Meaning("ear", "ears?", "=কান", "ear|hear|deaf"),
    Meaning("mouth", "mouths?", "মুখ"),
    Meaning("throat", "throat", "গলা", "throat|neck|voice"),
    Meaning(
        "head",
        "head(?! counts?)|headaches?",
        "মাথা",
        "head|dizz|faint|scalp|giddy|vertigo|migraine",
    ),
    Meaning("neck", "neck", "ঘাড়|গলা"),
    Meaning(
        "stomach",
        "stomach|belly|tummy|abdomen",
        "=পেট|পাকস্থলী",
        "stomach|belly|tummy|abdom|diarrh|bowel",
    ),
    Meaning(
        "heart", "heart(?! of)|cardiac", "হৃদ|হৃৎ|হার্ট|বুক", "heart|cardiac|palpitation|pulse", "হৃদ|হার্ট"
    ),
    Meaning("chest", "chest", "বুক", "chest|breast|heart|palpitation|pacemaker|lung|breath"),
    Meaning("lung", "lungs?", "ফুসফুস", "lung|pulmon|pneumon"),
    Meaning("kidney", "kidneys?", "কিডনি|বৃক্ক", "kidney|renal|dialysis"),
    Meaning("liver", "liver", "লিভার|যকৃৎ", "liver|hepat|jaundice"),
    Meaning("brain", "brain", "মস্তিষ্ক|ব্রেন|মগজ", "brain|stroke|mind|mental"),
    Meaning("nerve", "nerves?", "স্নায়ু|নার্ভ", "nerv|neuro"),
    Meaning("muscle", "muscles?", "পেশি|পেশী|মাংস", "muscle|spasm|cramp|meat|flesh"),
    Meaning("bone", "bones?", "হাড়|অস্থি", "bone|joint|fractur|tendon|bursit|arthr|skelet|spine"),
    Meaning("blood", "blood|bleeding|bleeds?", "রক্ত", "blood|bleed|anaemi|anemi|vein|haem|hem"),
    Meaning("skin", "skin", "ত্বক|চামড়া|চর্ম|স্কিন|=গা|=গায়ে"),
    Meaning("knee", "knees?", "হাঁটু", "knee|kneel"),
    Meaning("shoulder", "shoulders?", "কাঁধ", "shoulder"),
    # Illness and states
    Meaning(
        "pregnancy",
        r"pregnan\w+",
        "গর্ভ|প্রেগন্যান্ট|অন্তঃসত্ত্বা|সন্তানসম্ভবা|পেটে বাচ্চা",
        "pregnan|womb|abortion|miscarr|expecting|unborn|birth|contracept",
    ),
    Meaning("breastfeeding", r"breast-?feed\w*", "দুধ|স্তন্য"),
    Meaning("epilepsy", r"epilep\w+|seizures?|convulsions?", "মৃগী|খিঁচুনি"),
    Meaning("fits", "", "মৃগী|খিঁচুনি", "epilep|seizure|convuls|fits?|spasm|cramp"),
    Meaning("pacemaker", "pacemakers?", "পেসমেকার", "pacemaker"),
    Meaning("implant", "implants?", "ইমপ্লান্ট|বসানো|লাগানো|প্রতিস্থাপ"),
    Meaning(
        "metal",
        "metals?",
        "ধাতব|ধাতু|মেটাল|রড|লোহা",
        "metal|electrode|implant|steel|jewel|plate|iron",
        "ধাতব|ধাতু",
    ),
    Meaning("wound", "wounds?", "ক্ষত|=ঘা|কাটা|কেটে|ছেঁড়া"),
    Meaning("broken skin", "", "ক্ষত(?!ি)", "wound|sore|cut|scratch|ulcer|scar|injur|graze|open"),
    Meaning("scar", "scars?", "দাগ|ক্ষত"),
    Meaning("allergy", r"allerg\w+", "অ্যালার্জ|এলার্জ", "allerg|hay fever"),
    Meaning("diabetes", r"diabet\w+", "ডায়াবেট|বহুমূত্র", "diabet|sugar"),
    Meaning("asthma", "asthma", "হাঁপানি|অ্যাজমা|এজমা|শ্বাসকষ্ট"),
    Meaning("cancer", "cancers?", "ক্যানসার|ক্যান্সার", "cancer|tumou?r|malign"),
    Meaning("stroke", "stroke", "স্ট্রোক", "stroke"),
    Meaning("fever", "fever", "জ্বর|তাপমাত্রা"),
    Meaning("high temperature", "", "জ্বর", "fever|temperature|dengue|malaria|flu"),
    Meaning("infection", r"infect\w+", "সংক্রমণ|সংক্রমিত|ইনফেকশন|জীবাণু|পুঁজ"),
    Meaning("thyroid", "thyroid", "থাইরয়েড", "thyroid"),
    Meaning("eczema", "eczema", "একজিমা", "eczema|dermatitis"),
    Meaning("psoriasis", "psoriasis", "সোরিয়াসিস|সোরাইসিস", "psoriasis"),
    Meaning("sweat", r"sweat\w*|perspir\w+|hyperhidrosis", "ঘাম|ঘর্ম|হাইপারহাইড্রোসিস|স্বেদ"),
    # What may be said with a no or without one, but not left out
    Meaning(
        "stop",
        "stop(?:s|ped|ping)?",
        r"বন্ধ|থাম|বাদ|ছাড়|ছেড়ে|বিরত|না(?![\p{L}\p{M}])|নয়|নেই|শেষ|কমে|নিষেধ",
    ),
    Meaning(
        "prevention",
        r"prevent\w*",
        r"না(?![\p{L}\p{M}])|নয়|নেই|রাখ|ঠেকা|রোধ|প্রতিরোধ|বাঁচ|রক্ষা|এড়|আটক|বিরত|কমা|বাধা|নিরোধ",
    ),
    Meaning(
        "temporary",
        "temporar(?:y|ily)",
        r"সাময়িক|অস্থায়ী|অল্প|কিছু|কিছু দিন|স্বল্প|ক্ষণ|নয়|না(?![\p{L}\p{M}])|নেই",
    ),
    Meaning(
        "for a time", "", "সাময়িক|অস্থায়ী", r"temporar|short|pass|for a|brief|while|not\b|\w+n't|no\b"
    ),
    Meaning("unknown", "", "অজানা", r"unknown|unclear|not\b|\w+n't|no\b|nobody|never|mystery"),
    # Words that must not slip in for another
    Meaning("asthma attack", "", "হাঁপানি|অ্যাজমা|এজমা", "asthma"),
    Meaning("hair", "hairs?", "চুল|লোম|পশম|কেশ", "hair|bald|scalp", "=চুল"),
    Meaning("tooth", "tooth|teeth", "দাঁত", "tooth|teeth|dent"),
    Meaning("leg", "legs?", r"=পায়ে|পা(?![\p{L}\p{M}])|ঠ্যাং"),
    Meaning("arm", "arms?", "=হাত|বাহু|বগল"),
    Meaning("toe", "toes?", "আঙুল|আঙ্গুল"),
    Meaning("elbow", "elbows?", "কনুই", "elbow"),
    Meaning("waist", "waist|lower back", "কোমর", "waist|back|hip"),
    Meaning("back", "(?:upper|your|the|lower) back(?= (?:hurts|pain|aches))", "পিঠ|কোমর"),
    Meaning("rash", "rash(?:es)?", "র‍্যাশ|র্যাশ|ফুসকুড়ি|দানা|ঘামাচি", "", ""),
    Meaning("prickly heat", "prickly heat", "ঘামাচি", "prickly|heat rash|rash"),
    Meaning("pimple", "pimples?|acne", "ব্রণ", "pimple|acne|spot"),
    Meaning("boil", "abscess(?:es)?", "ফোঁড়া", "abscess|boil"),
    Meaning("ringworm", "ringworm", "দাদ", "ringworm|fung"),
    Meaning("tuberculosis", "tuberculosis", "যক্ষ্মা|টিবি", "tubercul|TB"),
    Meaning("jaundice", "jaundice", "জন্ডিস", "jaundice|hepat|liver"),
    Meaning("arthritis", "arthritis", "=বাত|আর্থ্রাইটিস", "arthritis|rheum|gout|joint", "আর্থ্রাইটিস"),
    Meaning(
        "blood pressure",
        "(?:blood pressure|hypertension)",
        "রক্তচাপ|প্রেশার|প্রেসার",
        "pressure|hypertens",
        "রক্তচাপ",
    ),
    Meaning("migraine", "migraines?", "মাইগ্রেন|মাথাব্যথা", "migraine|headache", "মাইগ্রেন"),
    Meaning("hearing", "hearing", "শ্রবণ|শোন|শুন|কান"),
    # Harm
    Meaning("pain", r"pain\w*|hurts?|aches?", "ব্যথা|ব্যাথা|যন্ত্রণা|কষ্ট|বেদনা|জ্বল|জ্বাল"),
    Meaning("burn", "burns?|burnt|burned|burning", "পুড়|পোড়া|জ্বাল|জ্বল|দগ্ধ|ছ্যাঁকা"),
    Meaning("blister", r"blister\w*", "ফোসকা|ফোস্কা|ফুসকুড়ি"),
    Meaning("swelling", "swelling|swollen|swells?", "ফোলা|ফুলে|ফুলা|ফোলে"),
    Meaning(
        "fainting",
        "faint|fainting|faints|pass(?:es|ed)? out|collapses?|unconscious",
        "অজ্ঞান|জ্ঞান|মূর্ছা|হুঁশ|ঢলে|মাথা|পড়ে|দুর্বল",
    ),
    Meaning("breathing", r"breath\w*", "শ্বাস|দম", "breath|asthma|lung|wheez|air", "শ্বাস"),
    Meaning("palpitations", "palpitations?", "ধড়ফড়|স্পন্দন|হৃৎকম্প|বুক"),
    Meaning("shock", "shocks?", "শক|ঝাঁকুনি|কারেন্ট|ধাক্কা|ঝটকা"),
    # Things and people
    Meaning("water", "water", "পানি|জল"),
    Meaning("medicine", r"medicines?|medications?|drugs?", "ওষুধ|ঔষধ|মেডিসিন|ড্রাগ"),
    Meaning("electric current", r"electric\w*", "বিদ্যুৎ|বৈদ্যুতিক|কারেন্ট|ইলেকট্রি|তড়িৎ|শক"),
    Meaning("electrode", "electrodes?", "ইলেকট্রোড|পাত|তড়িৎদ্বার"),
    Meaning("needle", "needles?(?<!pins and needles)", "সুই|সুঁই|সুচ|সূচ|ইনজেকশন"),
    Meaning("doctor", "doctors?|physicians?", "ডাক্তার|চিকিৎসক|বিশেষজ্ঞ"),
    Meaning("hospital", "hospitals?", "হাসপাতাল|মেডিকেল", "hospital|emergency"),
    Meaning("emergency", "emergency", "জরুরি|জরুরী|ইমার্জেন্সি"),
    Meaning("ice", "ice", "বরফ", "ice|frozen|freez|snow"),
    Meaning("children", "child|children|baby|babies|infants?", "শিশু|বাচ্চা|সন্তান|ছেলে|মেয়ে"),
    Meaning("left", "left(?= (?:hand|foot|arm|leg|side|eye|ear|knee))", "বাম|বাঁ"),
    Meaning("right", "right(?= (?:hand|foot|arm|leg|side|eye|ear|knee))", "ডান"),
)

_WHOLE = rf"{BANGLA_ENDING}(?![\p{{L}}\p{{M}}])"


def _bangla(choices: str) -> regex.Pattern:
    forms = (
        form[1:] + _WHOLE if form.startswith("=") else form
        for form in regex.split(r"\|(?![^(]*\))", choices)
    )
    return compile_pattern(f"{WORD_START}(?:{'|'.join(forms)})")


@dataclass(frozen=True)
class _Ready:
    meaning: Meaning
    english: regex.Pattern | None
    bangla: regex.Pattern
    says: regex.Pattern
    back: regex.Pattern | None


@lru_cache(maxsize=1)
def _ready() -> tuple[_Ready, ...]:
    return tuple(
        _Ready(
            meaning,
            compile_pattern(rf"\b(?:{meaning.english})\b", regex.IGNORECASE)
            if meaning.english
            else None,
            _bangla(meaning.bangla),
            _bangla(meaning.says or meaning.bangla),
            compile_pattern(rf"\b(?:{meaning.back})", regex.IGNORECASE) if meaning.back else None,
        )
        for meaning in MEANINGS
    )


@lru_cache(maxsize=4096)
def _one_sided(english: str, bangla: str) -> tuple[tuple[Meaning, str], ...]:
    """The meanings that one of two texts lacks, each with the language to be looked at."""
    found = []
    for ready in _ready():
        named = ready.english and ready.english.search(english)
        if named and not ready.bangla.search(bangla):
            found.append((ready.meaning, "bn"))
        if ready.back and ready.says.search(bangla) and not ready.back.search(english):
            found.append((ready.meaning, "en"))
    return tuple(found)


class MeaningsAgree(Check):
    id = "meanings"
    name = _("Body, illness and danger are the same")
    why = _("“Hands” must not become “feet”, nor epilepsy another illness.")

    def find(self, subject: Subject) -> Iterator[Finding]:
        for passage in passages(subject):
            for meaning, language in _one_sided(passage.en, passage.bn):
                yield self._found(subject, passage, meaning, language)

    def _found(
        self, subject: Subject, passage: Passage, meaning: Meaning, language: str
    ) -> Finding:
        words = (
            gettext("The Bangla has no word for “%(meaning)s”.")
            if language == "bn"
            else gettext("The Bangla speaks of “%(meaning)s”, the English does not.")
        )
        snippets = gettext("English “%(english)s” / Bangla “%(bangla)s”")
        return self.finding(
            subject,
            passage.place,
            f"{words} {snippets}"
            % {"meaning": meaning.name, "english": cut(passage.en), "bangla": cut(passage.bn)},
            gettext("Name the same part of the body, illness or danger in both languages."),
            language,
        )
