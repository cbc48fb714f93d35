"""Whether a “do not” is still a “do not”, sentence by sentence."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import regex
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..text import WORD_END, WORD_START, pattern, sentences
from .base import Check, Finding, Subject
from .passages import Passage, passages
from .snippets import cut


@dataclass(frozen=True)
class Negation:
    """How often a sentence says no: at least, and at most.

    Between the two lie words that the other language may put with or without a no (unsure, until,
    temporary). `joins` says whether one no may reach over several things: “no needles or drugs”.
    """

    least: int
    most: int
    joins: bool

    def __add__(self, other: "Negation") -> "Negation":
        return Negation(self.least + other.least, self.most + other.most, self.joins or other.joins)


@dataclass(frozen=True)
class _Language:
    idle: regex.Pattern  # a no in form only
    mild: regex.Pattern  # phrases with a no that the other language may put without one
    firm: regex.Pattern
    quality: regex.Pattern  # needle-free, নিষেধ: a no, unless the sentence has another one
    loose: regex.Pattern  # words without a no that the other language may put with one
    joins: regex.Pattern


def _english(choices: str) -> regex.Pattern:
    return pattern(rf"\b(?:{choices})\b", regex.IGNORECASE)


def _bangla(choices: str) -> regex.Pattern:
    return pattern(f"{WORD_START}(?:{choices}){WORD_END}")


_ENGLISH = _Language(
    idle=_english(r"no matter|no\.? ?(?=\d)|why not|feel free|free of charge|in no time"),
    mild=_english(
        r"whether or not|or not|if not|not only|not just|not to mention|"
        r"(?:no|not) (?:more|less|later|longer|fewer) than|"
        r"(?:do not|don't|never) (?:hesitate|forget|worry)|"
        r"not (?:much|many|often|usually|always|very|so|as|that|well|sure|certain)"
    ),
    firm=_english(
        r"not|\w+n't|cannot|never|none|nobody|nothing|nowhere|neither|no one|no|without|"
        r"avoid(?:s|ed|ing|ance)?|unless|refrain(?:s|ed|ing)?|forbidden|prohibited|banned|"
        r"(?:stay|keep)(?:s|ing)? (?:\w+ ){0,3}?away from|keep off|steer clear|free (?:of|from)"
    ),
    quality=_english(r"non-\w+|noninvasive|nonsurgical|\w+-free|painless(?:ly)?|harmless"),
    loose=_english(
        r"until|till|stop(?:s|ped|ping)?|prevent(?:s|ed|ing|ion)?|instead of|rather than|nor|"
        r"otherwise|except|other than|apart from|fail(?:s|ed|ure)?|lack(?:s|ed|ing)?|absen(?:t|ce)|"
        r"skip(?:s|ped|ping)?|miss(?:ed|ing)?|leav(?:e|es|ing) out|(?:rul|exclud)(?:e|es|ed|ing)(?: out)?|"
        r"wear(?:s|ing)? off|(?:stay|keep)(?:s|ing)? (?:away|out)|rarely|seldom|hardly|barely|"
        r"less (?:well|likely|often|effective)|difficult|hard to|temporar(?:y|ily)|short-lived|"
        r"un(?:able|pleasant|comfortable|likely|sure|safe|known|wanted|usual|well|common|certain|clear|"
        r"necessary|needed|treated|broken|healed|available|opened|used|affected|changed|conscious|"
        r"suitable|aware|touched|covered)|"
        r"in(?:effective|complete|sufficient|correct|visible|active|capable)|impossible|numb(?:ed)?"
    ),
    joins=_english("or|nor"),
)
_BANGLA = _Language(
    idle=_bangla(
        r"কি না|কিনা|নাকি|না কি|না কেন|কেউ না কেউ|কোনো না কোনো|কিছু না কিছু|তাই না|"
        r"(?:এ|তা|এটা|সে) ছাড়াও?|এছাড়াও?|তাছাড়াও?|[\p{L}\p{M}]+ ছাড়াও"
    ),
    mild=_bangla(
        r"(?:তা|এ|এটা|সেটা) না হলে|তা নাহলে|নাহলে|নইলে|নয়তো|নতুবা|ভুলবেন না|ভুলে যাবেন না|"
        r"দ্বিধা করবেন না|চিন্তা করবেন না|শুধু(?: [\p{L}\p{M}]+){1,4}? নয়|"
        r"(?:যতক্ষণ|যত দিন|যতদিন|যে পর্যন্ত)(?: [\p{L}\p{M}]+){0,6}? না|"
        r"না(?: [\p{L}\p{M}]+){1,3}? পর্যন্ত|(?:বেশি|অধিক) (?:নয়|না)"
    ),
    firm=_bangla(
        r"না(?:-?[ইও]|তো)?|নেই(?:ও)?|নাই|নন(?!-)|নহে|নি|বিনা|ব্যতীত|ছাড়াই?|"
        r"নয়(?! ?(?:মিনিট|ঘণ্টা|দিন|সপ্তাহ|মাস|বছর|জন|বার|টি))|"
        r"এড়ি(?:য়ে|য়েই)|এড়া(?:ন|নো|নোর|তে|বেন|য়|নোই)|বিরত|থেকে দূরে (?:থাক|রাখ|সর)[\p{L}\p{M}]*|"
        # হয়নি, করেনি, পাননি, পাইনি
        r"(?!(?:তিনি|যিনি|ইনি|চিনি|বেনি)(?![\p{L}\p{M}]))[\p{L}\p{M}]*(?:য়|ে|ি|ন|ই)নি"
    ),
    quality=_bangla(
        r"নিষেধ|নিষিদ্ধ|বারণ|মানা (?:আছে|করা|রয়েছে)|(?!উন্মুক্ত)[\p{L}\p{M}]+(?:হীন|মুক্ত)|নন(?=-)"
    ),
    loose=_bangla(
        r"বন্ধ[\p{L}\p{M}]*|থাম[\p{L}\p{M}]*|বাদ|বাদে|সাময়িক[\p{L}\p{M}]*|অস্থায়ী[\p{L}\p{M}]*|অজানা|"
        r"অনিরাপদ|অসম্ভব|অকার্যকর|অনিশ্চিত|অস্বস্তি[\p{L}\p{M}]*|অসুস্থ|অপছন্দ|অপরিষ্কার|অজ্ঞান|"
        r"সন্দেহ|ব্যর্থ|অভাব|(?:প্রতি)?রোধ|ঠেকা[\p{L}\p{M}]*|বাঁচ[\p{L}\p{M}]*|রক্ষা|কঠিন|কষ্ট|বদলে|"
        r"পরিবর্তে|অন্যথায়"
    ),
    joins=_bangla("বা|কিংবা|অথবা|ও|কোনোটাই|কোনোটিই|কোনটাই|কোনটিই"),
)
_LANGUAGES = {"en": _ENGLISH, "bn": _BANGLA}

# “Do not … unless” may be said as “only if”, and the other way round.
_EN_UNLESS = _english("unless|until|till|before|except|without")
_BN_ONLY = _bangla("শুধু|কেবল|একমাত্র|তবেই|হলেই|পরেই|পরই|তারপরই|আগে")
_EN_ONLY = _english("only")


@lru_cache(maxsize=8192)
def negation(sentence: str, language: str) -> Negation:
    """How often a sentence says no."""
    known = _LANGUAGES[language]
    text, mild = known.mild.subn(" ", known.idle.sub(" ", sentence.replace("’", "'")))
    rest, firm = known.firm.subn(" ", text)
    quality = len(known.quality.findall(rest))
    loose = mild + len(known.loose.findall(rest))
    return Negation(
        least=firm or min(quality, 1),
        most=firm + quality + loose,
        joins=bool(known.joins.search(sentence)),
    )


def _agree(english: Negation, bangla: Negation) -> bool:
    if english.least <= bangla.most and bangla.least <= english.most:
        return True
    fewer = min(english, bangla, key=lambda found: found.most)
    return fewer.least > 0 and fewer.joins


def _only_for_unless(english: str, bangla: str, counts: tuple[Negation, Negation]) -> bool:
    if counts[1].most == 0 and counts[0].least == 2:
        return bool(_EN_UNLESS.search(english) and _BN_ONLY.search(bangla))
    return counts[0].most == 0 and counts[1].least == 2 and bool(_EN_ONLY.search(english))


class NegationsAgree(Check):
    id = "negation"
    name = _("“Not” stands in both languages")
    why = _("A lost “do not” turns a warning into advice.")

    def find(self, subject: Subject) -> Iterator[Finding]:
        for passage in passages(subject):
            for english, bangla in _side_by_side(passage):
                counts = tuple(
                    sum((negation(one, code) for one in half), Negation(0, 0, False))
                    for half, code in ((english, "en"), (bangla, "bn"))
                )
                halves = " ".join(english), " ".join(bangla)
                if not _agree(*counts) and not _only_for_unless(*halves, counts):
                    yield self._found(subject, passage, *halves, counts[0].least > counts[1].least)

    def _found(
        self, subject: Subject, passage: Passage, english: str, bangla: str, in_english: bool
    ) -> Finding:
        message = (
            gettext("The English says “not”, the Bangla does not, or not as often.")
            if in_english
            else gettext("The Bangla says “not”, the English does not, or not as often.")
        )
        snippets = gettext("English “%(english)s” / Bangla “%(bangla)s”") % {
            "english": cut(english),
            "bangla": cut(bangla),
        }
        return self.finding(
            subject,
            passage.place,
            f"{message} {snippets}",
            gettext("Say no, or do not say no, in the same sentence of both languages."),
        )


_Sentences = tuple[str, ...]


def _side_by_side(passage: Passage) -> Iterator[tuple[_Sentences, _Sentences]]:
    """Sentence beside sentence where there are as many, else line by line, else as a whole."""
    lines = passage.en.split("\n"), passage.bn.split("\n")
    if len(lines[0]) != len(lines[1]):
        lines = [passage.en], [passage.bn]
    for english, bangla in zip(*lines, strict=True):
        halves = sentences(english), sentences(bangla)
        if len(halves[0]) == len(halves[1]):
            yield from (((one,), (other,)) for one, other in zip(*halves, strict=True))
        else:
            yield halves
