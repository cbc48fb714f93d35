"""Whether a “do not” is still a “do not”, sentence by sentence."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import regex
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..language.inflection import WORD_END, WORD_START
from ..language.text import compile_pattern, sentences
from .base import Check, Finding, Subject
from .passages import PairedText, paired_texts
from .snippets import cut


@dataclass(frozen=True)
class Negation:
    """How often a text says no.

    `firm` counts the noes that the other language must have too. `until` counts those of
    না … পর্যন্ত, which English says without a no. `mild` ones may be rendered
    without a no, if the other language has one of its words for that (not much, কম). `quality` ones
    (needle-free, ব্যথাহীন) often stand beside a no that says the same. `loose` counts words without a
    no that may be rendered with one (unsure, temporary), `echo` the ordinary renderings of the
    other language's loose words. `joins` says whether one no reaches over several things: “no
    needles or drugs”. `bare` counts Bangla orders without a no.
    """

    firm: int
    until: int
    mild: int
    quality: int
    loose: int
    echo: int
    until_word: bool
    excuse: bool
    joins: bool
    bare: int

    def range_beside(self, other: "Negation") -> tuple[int, int]:
        """How often at least, and at most, the other language may say no."""
        same = min(self.quality, other.quality)
        noes = self.firm + (0 if other.until_word else self.until) + same
        sure = noes + (0 if other.excuse else self.mild)
        extra = max(0, self.loose - other.loose - other.echo - other.mild - other.until)
        most = noes + self.mild + self.quality - same + extra
        return sure or min(self.quality, 1), most


@dataclass(frozen=True)
class _Language:
    idle: regex.Pattern  # a no in form only
    mild: regex.Pattern
    excuse: regex.Pattern  # for the other language's mild noes
    firm: regex.Pattern
    quality: regex.Pattern
    loose: regex.Pattern
    echo: regex.Pattern
    joins: regex.Pattern


def _english(choices: str) -> regex.Pattern:
    return compile_pattern(rf"\b(?:{choices})\b", regex.IGNORECASE)


def _bangla(choices: str) -> regex.Pattern:
    return compile_pattern(f"{WORD_START}(?:{choices}){WORD_END}")


_EN_FIRM = (
    r"not|\w+n't|cannot|never|none|nobody|nothing|nowhere|neither|no one|no|without|"
    r"avoid(?:s|ed|ing|ance)?|unless|refrain(?:s|ed|ing)?|forbidden|prohibited|banned|"
    r"(?:stay|keep)(?:s|ing)? (?:\w+ ){0,3}?away from|keep off|steer clear|free (?:of|from)"
)
_ENGLISH = _Language(
    idle=_english(r"no matter|no\.? ?(?=\d)|why not|feel free|free of charge|in no time"),
    mild=_english(
        r"whether or not|or not|if not|not only|not just|not to mention|"
        r"(?:no|not) (?:more|less|later|longer|fewer) than|(?:do not|don't|never) (?:hesitate|forget|worry)|"
        r"not (?:\w+ ){0,2}?(?:much|many|often|very|so|well|sure|certain|enough)"
    ),
    excuse=_english(
        r"until|till|before|otherwise|else|remember|make sure|be sure|as well|also|too|"
        r"at most|up to|more than|over|maximum|whether|however"
    ),
    firm=_english(_EN_FIRM),
    quality=_english(r"non-\w+|noninvasive|nonsurgical|\w+-free|painless(?:ly)?|harmless"),
    loose=_english(
        r"until|till|(?:sit|keep|lie|hold|stay) still|leave (?:\w+ ){1,4}?(?:on|in)|stop(?:s|ped|ping)?|prevent(?:s|ed|ing|ion)?|instead of|rather than|nor|"
        r"otherwise|except|other than|apart from|fail(?:s|ed|ure)?|lack(?:s|ed|ing)?|absen(?:t|ce)|"
        r"skip(?:s|ped|ping)?|miss(?:ed|ing)?|leav(?:e|es|ing) out|(?:rul|exclud)(?:e|es|ed|ing)(?: out)?|"
        r"wear(?:s|ing)? off|(?:stay|keep)(?:s|ing)? (?:away|out)|rarely|seldom|hardly|barely|"
        r"less (?:well|likely|often|effective)|difficult|hard to|temporar(?:y|ily)|short-lived|"
        r"un(?:able|pleasant|comfortable|likely|sure|safe|known|wanted|usual|well|common|certain|clear|"
        r"necessary|needed|treated|broken|healed|available|opened|used|affected|changed|conscious|"
        r"suitable|aware|touched|covered)|"
        r"in(?:effective|complete|sufficient|correct|visible|active|capable)|impossible"
    ),
    echo=_english(
        r"block(?:s|ed|ing|age)?|plug(?:s|ged)?|clos(?:e|es|ed|ing)|off|discomfort|troubles?|hard|pass(?:es|ing)?|"
        r"faint|dizzy|numb|doubt|afraid|menopause|for a (?:time|while)|end(?:s|ed|ing)?|turn(?:ed)? off"
    ),
    joins=compile_pattern(rf"\b(?:{_EN_FIRM})\b[^.;:।)]*?\b(?:or|nor)\b", regex.IGNORECASE),
)
_BN_FIRM = (
    r"নিষেধ|নিষিদ্ধ|বারণ|মানা (?:আছে|করা|রয়েছে)|না(?:-?[ইও]|তো)?|নেই(?:ও)?|নাই|নন(?!-)|নহে|নি|বিনা|ব্যতীত|ছাড়াই?|"
    r"নয়(?! ?(?:মিনিট|ঘণ্টা|দিন|সপ্তাহ|মাস|বছর|জন|বার|টি))|"
    r"এড়ি(?:য়ে|য়েই)|এড়া(?:ন|নো|নোর|তে|বেন|য়|নোই)|বিরত|থেকে দূরে (?:থাক|রাখ|সর)[\p{L}\p{M}]*|"
    # হয়নি, করেনি, পাননি, পাইনি
    # করবেননা, হবেনা, যায়না: written in one word
    r"[\p{L}\p{M}]+(?:েননা|বেনা|চ্ছেনা)|(?:হয়|যায়|দেয়|নেয়|খায়|করে|লাগে|থাকে|কমে|পারে|আসে)না|"
    r"(?!(?:তিনি|যিনি|ইনি|চিনি|বেনি)(?![\p{L}\p{M}]))[\p{L}\p{M}]*(?:য়|ে|ি|ন|ই)নি"
)
_IF = r"[\p{L}\p{M}]+লে "  # থাকলে, হলে: another clause
_BANGLA = _Language(
    idle=_bangla(
        r"কি না|কিনা|নাকি|না কি|না কেন|কেউ না কেউ|কোনো না কোনো|কিছু না কিছু|তাই না|"
        r"(?:এ|তা|এটা|সে) ছাড়াও?|এছাড়াও?|তাছাড়াও?|[\p{L}\p{M}]+ ছাড়াও"
    ),
    mild=_bangla(
        r"(?:তা|এ|এটা|সেটা) না হলে|তা নাহলে|নাহলে|নইলে|নয়তো|নতুবা|ভুলবেন না|ভুলে যাবেন না|"
        r"দ্বিধা করবেন না|চিন্তা করবেন না|শুধু(?: [\p{L}\p{M}]+){1,4}? নয়|"
        r"(?:বেশি|অধিক) (?:নয়|না)"
    ),
    excuse=_bangla(r"কম|সামান্য|অল্প|সন্দেহ|অসুস্থ|কদাচিৎ|মনে|সর্বোচ্চ|বড়জোর|হোক|শুধু|কেবল|অপর্যাপ্ত"),
    firm=_bangla(_BN_FIRM),
    quality=_bangla(r"(?!উন্মুক্ত)[\p{L}\p{M}]+(?:হীন|মুক্ত)|নন(?=-)"),
    loose=_bangla(
        r"বন্ধ[\p{L}\p{M}]*|থাম[\p{L}\p{M}]*|বাদ|বাদে|সাময়িক[\p{L}\p{M}]*|অস্থায়ী[\p{L}\p{M}]*|অজানা|"
        r"অনিরাপদ|অসম্ভব|অকার্যকর|অনিশ্চিত|অস্বস্তি[\p{L}\p{M}]*|অসুস্থ|অপছন্দ|অপরিষ্কার|অজ্ঞান|"
        r"সন্দেহ|ব্যর্থ|অভাব|(?:প্রতি)?রোধ|ঠেকা[\p{L}\p{M}]*|বাঁচ[\p{L}\p{M}]*|রক্ষা|কঠিন|কষ্ট|বদলে|"
        r"পরিবর্তে|অন্যথায়"
    ),
    echo=_bangla(
        r"পর্যন্ত|কমই?|অল্প|সামান্য|কিছু (?:সময়|ক্ষণ|দিন)[\p{L}\p{M}]*|কিছুক্ষণ[\p{L}\p{M}]*|"
        r"কদাচিৎ|অসুবিধা|ঝামেলা"
    ),
    joins=compile_pattern(
        f"{WORD_START}(?:বা|কিংবা|অথবা|ও)(?: (?!{_IF})[-\\p{{L}}\\p{{M}}]+){{1,7}}? (?:{_BN_FIRM})"
        f"{WORD_END}"
        f"|{WORD_START}(?:কোনোটাই|কোনোটিই|কোনটাই|কোনটিই){WORD_END}"
    ),
)
_LANGUAGES = {"en": _ENGLISH, "bn": _BANGLA}

# “Do not … unless” may be said as “only if”, and the other way round.
_EN_UNLESS = _english("unless|until|till|before|except|without")
_BN_ONLY = _bangla("শুধু|কেবল|একমাত্র|তবেই|হলেই|পরেই|পরই|তারপরই|আগে")
_BN_ONLY_THEN = _bangla("তবেই|হলেই|পরেই|পরই|তারপরই")
_EN_UNTIL = _english("until|till|before|as long as")
_BN_UNTIL = _bangla(
    r"(?:যতক্ষণ|যত দিন|যতদিন|যে পর্যন্ত)(?: [\p{L}\p{M}]+){0,6}? না|না(?: [\p{L}\p{M}]+){1,3}? পর্যন্ত"
)
_EN_ONLY = _english("only")
_ORDER_WITH_OR = compile_pattern(
    r"^(?:do not|don't|never|you must not)\b[^,.;:–—]*\bor [^,.;:–—]*\.?$", regex.IGNORECASE
)
_BARE_ORDER = _bangla(r"[\p{L}\p{M}]+বেন(?! ?না)")
_ASIDE = regex.compile(r"\([^)]*\)")


@lru_cache(maxsize=8192)
def negation(text: str, language: str) -> Negation:
    """How often a text of one or more sentences says no."""
    known = _LANGUAGES[language]
    text = text.replace("’", "'")
    rest, until = _BN_UNTIL.subn(" ", known.idle.sub(" ", text))
    rest, mild = known.mild.subn(" ", rest)
    rest, firm = known.firm.subn(" ", rest)
    quality = len(known.quality.findall(rest))
    rest = _ASIDE.sub(" ", known.quality.sub(" ", rest))
    return Negation(
        firm=firm,
        until=until,
        mild=mild,
        quality=quality,
        loose=len(known.loose.findall(rest)),
        echo=len(known.echo.findall(known.loose.sub(" ", rest))),
        until_word=bool(_EN_UNTIL.search(rest)),
        excuse=bool(known.excuse.search(rest)),
        joins=bool(known.joins.search(text)),
        bare=len(_BARE_ORDER.findall(text)),
    )


def _agree(english: str, bangla: str) -> bool:
    first, second = negation(english, "en"), negation(bangla, "bn")
    ranges = first.range_beside(second), second.range_beside(first)
    if ranges[0][0] <= ranges[1][1] and ranges[1][0] <= ranges[0][1]:
        # “Do not touch or lift” asks for a না at each of its verbs.
        split = _ORDER_WITH_OR.search(english) and second.firm and second.bare
        return not split or second.joins
    if ranges[1][1] == 0 and ranges[0][0] == 1 and _EN_UNTIL.search(english):
        return bool(_BN_ONLY_THEN.search(bangla))
    if ranges[1][1] == 0 and ranges[0][0] == 2:
        return bool(_EN_UNLESS.search(english) and _BN_ONLY.search(bangla))
    if ranges[0][1] == 0 and ranges[1][0] == 2:
        return bool(_EN_ONLY.search(english))
    fewer, least = min((first, ranges[0][0]), (second, ranges[1][0]), key=lambda pair: pair[1])
    return least > 0 and fewer.joins


class NegationsAgree(Check):
    id = "negation"
    name = _("“Not” stands in both languages")
    why = _("A lost “do not” turns a warning into advice.")

    def find(self, subject: Subject) -> Iterator[Finding]:
        for passage in paired_texts(subject):
            for english, bangla, in_english in _disagreements(passage.en, passage.bn):
                yield self._found(subject, passage, english, bangla, in_english)

    def _found(
        self, subject: Subject, passage: PairedText, english: str, bangla: str, in_english: bool
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


@lru_cache(maxsize=4096)
def _disagreements(english: str, bangla: str) -> tuple[tuple[str, str, bool], ...]:
    """The English and Bangla that disagree, and whether the English says no more often."""
    found = []
    for halves in _side_by_side(english, bangla):
        texts = " ".join(halves[0]), " ".join(halves[1])
        if not _agree(*texts):
            counts = negation(texts[0], "en"), negation(texts[1], "bn")
            in_english = counts[0].firm + counts[0].mild > counts[1].firm + counts[1].mild
            found.append((*texts, in_english))
    return tuple(found)


def _side_by_side(english: str, bangla: str) -> Iterator[tuple[_Sentences, _Sentences]]:
    """Sentence beside sentence where there are as many, else line by line, else as a whole."""
    lines = english.split("\n"), bangla.split("\n")
    if len(lines[0]) != len(lines[1]):
        lines = [english], [bangla]
    for english_line, bangla_line in zip(*lines, strict=True):
        halves = sentences(english_line), sentences(bangla_line)
        if len(halves[0]) == len(halves[1]):
            yield from (((one,), (other,)) for one, other in zip(*halves, strict=True))
        else:
            yield halves
