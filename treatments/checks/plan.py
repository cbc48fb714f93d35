"""The plan's numbers against the texts, and against the other language's plan."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

import regex
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..document.content import Edition, Range
from ..document.places import Place
from ..document.sections import PLAN_LABELS, RUNNING_TEXT
from ..language.active import in_active_digits
from ..language.digits import range_in
from ..language.text import compile_pattern, sentences
from .base import ASK, BLOCKING, Check, Finding, Subject
from .passages import Text, texts
from .reading.quantities import quantities
from .reading.quantity import SHARE, TIME, Quantity, measure
from .snippets import cut

# What a number in a text can claim about the plan, and the ranges that answer to it.
MINUTES, A_WEEK, COURSE, INTERVAL = "minutes", "sessions a week", "sessions", "weeks"
ANSWERS = {
    MINUTES: ("visit_minutes", "current_minutes"),
    A_WEEK: ("sessions_a_week",),
    COURSE: ("course_sessions",),
    INTERVAL: ("maintenance_weeks",),
}

# Of these a number of weeks or sessions is the plan's, whatever else the sentence says.
_HOW_OFTEN = frozenset({("how_often", ""), ("answers", "")})
# Where a sentence may speak of the plan.
_PLACES = frozenset(
    {
        *_HOW_OFTEN,
        *(("prose", name) for name in ("summary", "search_description")),
        *((section, "") for section in ("what_it_is", "how_it_works", "results")),
        *((section, "") for section in ("procedure", "result_lasts", "who_it_helps", "benefits")),
        *((section, "") for section in ("answers", "preparation", "aftercare", "questions")),
    }
)

_CURRENT = compile_pattern(r"\bcurrent\b|বিদ্যুৎ|কারেন্ট", regex.IGNORECASE)
_VISIT = compile_pattern(
    r"\b(?:visits?|appointments?)\b(?!\s+for)|\bin all\b|মোট|সব মিলিয়ে", regex.IGNORECASE
)
_SESSION = compile_pattern(r"\b(?:sessions?|sittings?|treatments?)\b|সেশন|চিকিৎসা", regex.IGNORECASE)
_LASTS = compile_pattern(
    r"\b(?:takes?|lasts?|runs?|is on|long|goes on|stays on|need)\b|চলে|লাগে|সময়|চালান|ধরে|দেওয়া হয়",
    regex.IGNORECASE,
)
_IN_ALL = compile_pattern(
    r"\b(?:in all|altogether|in total|course)\b|মোট|সব মিলিয়ে|কোর্স", regex.IGNORECASE
)
_NEEDED = compile_pattern(
    r"\b(?:needs?|needed|takes?|usual(?:ly)?|mostly?|have)\b|লাগে|দরকার|নিতে হয়|সাধারণত",
    regex.IGNORECASE,
)
_COMING = compile_pattern(
    r"\b(?:sessions?|visits?|treatments?|come|coming)\b|সেশন|চিকিৎসা|আস(?:বেন|তে|েন)",
    regex.IGNORECASE,
)
_LATER = compile_pattern(
    r"\b(?:maintenance|maintain|later|afterwards?|then|keep)\b|ধরে রাখ|পরে|এরপর|তারপর|মেইনটেন",
    regex.IGNORECASE,
)
# A sentence that says whose number it is, if it is not this page's.
_OTHERS = compile_pattern(
    r"\b(?:elsewhere|guides?|stud(?:y|ies)|trials?|reports?|research|others?|people|"
    r"home|lifetime|machines?)\b|অন্য|তথ্যপাতা|গবেষণা|প্রতিবেদন|বাড়ি|বাসা|কেউ|মানুষ|জীবনে|যন্ত্র",
    regex.IGNORECASE,
)
# A number beside these says when something happens, not how long or how many.
_APART_BEFORE = compile_pattern(
    r"(?:\b(?:after|before|within|until|till|from|by|under|over|first|last|next|past|previous|miss(?:ed)?|"
    r"between|paid|every|up to|less than|more than|no more than)\s+(?:the\s+|about\s+|around\s+)*"
    r"|(?:আগের|পরের|আগে|পরে|প্রথম|শেষ|গত)\s+(?:\S+\s+)?)$",
    regex.IGNORECASE,
)
_APART_AFTER = compile_pattern(
    r"^[^.,;।]{0,24}?(?:\b(?:before|after|early|earlier|later|apart|paid)\b|আগে|আগের|পরে|পরের|পর\b|মধ্যে|থেকে|কম|বেশি)",
    regex.IGNORECASE,
)
# What is done meanwhile, for as long as it is said.
_OTHER_DEEDS = compile_pattern(
    r"\b(?:wash|rinse|wait|rest|dry|soak|stay|sit|apply|leave|press|hold|cool|thaws?|wash(?:es|ing)|shower|bath|"
    r"read|drink|walk|numb(?:ing)?|cream|photo|forms?|talk)\b"
    r"|ধোন|ধুয়ে|ধোবেন|ধুতে|অপেক্ষা|বসে|শুকা|শুকি|বিশ্রাম|মাখ|লাগিয়ে|চেপে|ভিজিয়ে|গোসল|পড়|খান|হাঁট|ক্রিম|কথা বল",
    regex.IGNORECASE,
)
_AT_LEAST = compile_pattern(r"\b(?:at least|from|minimum)\b|কমপক্ষে|অন্তত|ন্যূনতম", regex.IGNORECASE)
_AT_MOST = compile_pattern(r"\b(?:at most|up to|maximum)\b|সর্বোচ্চ|বড়জোর|পর্যন্ত", regex.IGNORECASE)


@dataclass(frozen=True)
class Claim:
    """A number in a text that says something about the plan."""

    about: str  # a key of ANSWERS
    low: Decimal
    high: Decimal
    sentence: str
    quantity: Quantity

    @property
    def before(self) -> str:
        return self.sentence[: self.quantity.start]

    @property
    def after(self) -> str:
        return self.sentence[self.quantity.end :]


def claims(text: str, language: str) -> Iterator[Claim]:
    """The numbers of a text that have a unit of the plan."""
    if not any(quantity.values for quantity in quantities(text, language)):
        return
    for sentence in sentences(text):
        for quantity in quantities(sentence, language):
            about = _about(quantity, sentence) if quantity.values else ""
            if about:
                values = [_in_plan_units(value, quantity, about) for value in quantity.values]
                yield Claim(about, values[0], values[-1], sentence, quantity)


def _about(quantity: Quantity, sentence: str) -> str:
    if quantity.ordinal or quantity.form == SHARE:
        return ""
    if quantity.unit in {"time", "session", ""} and quantity.per == "week":
        return INTERVAL if quantity.values == (1,) and quantity.worded else A_WEEK
    if quantity.loose:
        return ""
    if quantity.unit in {"week", "month"}:
        return INTERVAL if quantity.every else ""
    if quantity.per or quantity.every or quantity.vague:
        return ""
    if quantity.unit in {"minute", "hour"}:
        return MINUTES
    total = quantity.unit in {"", "time"} and _IN_ALL.search(sentence)
    return COURSE if quantity.unit == "session" or total else ""


def _in_plan_units(value: Decimal, quantity: Quantity, about: str) -> Decimal:
    if about not in {MINUTES, INTERVAL} or quantity.unit not in TIME:
        return value
    what, amount = measure(value, quantity.unit)
    if what != "clock":
        return -amount  # months are never a number of weeks
    return amount / (60 if about == MINUTES else 604_800)


class PlanInTexts(Check):
    id = "plan-in-texts"
    name = _("Texts keep to the plan")
    why = _("A text that names other minutes or sessions than the plan sends patients home wrong.")

    def find(self, subject: Subject) -> Iterator[Finding]:
        for language, edition in subject.editions.items():
            if not edition.plan:
                continue
            running = {
                key: "\n".join(item.words["text"] for item in edition.items(key))
                for key in RUNNING_TEXT
            }
            for entry in texts(edition):
                beside = running.get(entry.place.section, entry.text)
                for claim, level in _contradictions(entry, beside, language, edition.plan):
                    yield self._finding(subject, entry.place, claim, level, language)

    def _finding(
        self, subject: Subject, place: Place, claim: Claim, level: str, language: str
    ) -> Finding:
        edition = subject.editions[language]
        return self.finding(
            subject,
            place,
            gettext("“%(text)s” is not the plan's number (plan: %(plan)s).")
            % {
                "text": cut(claim.sentence, claim.quantity.start),
                "plan": _wanted(claim, edition, language),
            },
            gettext(
                "If it speaks of the plan, make the text and the plan say the same. If it speaks of "
                "something else, it may stay as it is."
            ),
            language,
            level,
            about=claim.quantity.text,
        )


def _contradictions(
    entry: Text, beside: str, language: str, plan: Mapping[str, Range]
) -> Iterator[tuple[Claim, str]]:
    """`beside` is all that stands with a text: of running text the other paragraphs too."""
    place = entry.place
    where = (place.section, place.item if place.section == "prose" else "")
    if where not in _PLACES:
        return
    stated = list(claims(beside, language))
    for claim in claims(entry.text, language):
        ranges = [plan[name] for name in _answers(claim) if name in plan]
        # Another number of the kind may stand beside the plan's own, never in its place.
        if not ranges or any(_agrees(one, ranges) for one in stated if one.about == claim.about):
            continue
        level = _level(claim, where in _HOW_OFTEN)
        if level:
            yield claim, level


def _level(claim: Claim, in_how_often: bool) -> str:
    """How sure it is that a number speaks of the plan; "" where it plainly does not."""
    if _OTHERS.search(claim.sentence):
        return ""
    return _LEVELS[claim.about](claim, in_how_often)


def _minutes(claim: Claim, in_how_often: bool) -> str:
    if _APART_AFTER.search(claim.after) or _APART_BEFORE.search(claim.before):
        return ""
    named = [bool(pattern.search(claim.sentence)) for pattern in (_CURRENT, _VISIT, _SESSION)]
    if not any(named) or _OTHER_DEEDS.search(claim.sentence):
        return ""
    return BLOCKING if any(named[:2]) and _LASTS.search(claim.sentence) else ASK


def _a_week(claim: Claim, in_how_often: bool) -> str:
    if not _COMING.search(claim.sentence) or _OTHER_DEEDS.search(claim.sentence):
        return ASK if in_how_often else ""
    return BLOCKING if in_how_often or claim.quantity.unit == "session" else ASK


def _course(claim: Claim, in_how_often: bool) -> str:
    if _APART_AFTER.search(claim.after) or _APART_BEFORE.search(claim.before):
        return ""
    if _IN_ALL.search(claim.sentence):
        return BLOCKING
    return ASK if _NEEDED.search(claim.sentence) else ""


def _interval(claim: Claim, in_how_often: bool) -> str:
    if not in_how_often and not (_COMING.search(claim.sentence) and _LATER.search(claim.sentence)):
        return ""
    if _OTHER_DEEDS.search(claim.sentence):
        return ""
    return BLOCKING if _LATER.search(claim.sentence) else ASK


_LEVELS = {MINUTES: _minutes, A_WEEK: _a_week, COURSE: _course, INTERVAL: _interval}


def _answers(claim: Claim) -> Collection[str]:
    if claim.about == MINUTES:
        current, visit = _CURRENT.search(claim.sentence), _VISIT.search(claim.sentence)
        if bool(current) != bool(visit):
            return ("current_minutes",) if current else ("visit_minutes",)
    if claim.about == INTERVAL and claim.quantity.per:
        return (*ANSWERS[INTERVAL], *ANSWERS[A_WEEK])  # once a week is both
    return ANSWERS[claim.about]


def _agrees(claim: Claim, ranges: Collection[Range]) -> bool:
    for low, high in ranges:
        if (claim.low, claim.high) == (low, high):
            return True
        if claim.low == claim.high == low and _AT_LEAST.search(claim.sentence):
            return True
        if claim.low == claim.high == high and _AT_MOST.search(claim.sentence):
            return True
    return False


def _wanted(claim: Claim, edition: Edition, language: str) -> str:
    answers = {name: edition.plan[name] for name in _answers(claim) if name in edition.plan}
    return ", ".join(
        f"{PLAN_LABELS[name]} {in_active_digits(range_in(language, *ends))}"
        for name, ends in answers.items()
    )


class PlansAgree(Check):
    id = "plans"
    name = _("Both languages have one plan")
    why = _("The plan's numbers stand in both pages: they must be the same.")
    can_be_waived = False

    def find(self, subject: Subject) -> Iterator[Finding]:
        english, bangla = subject.english, subject.bangla
        if english is None or bangla is None:
            return
        for name in dict.fromkeys([*english.plan, *bangla.plan]):
            ends = english.plan.get(name), bangla.plan.get(name)
            if ends[0] != ends[1]:
                yield self.finding(
                    subject,
                    Place("plan", name),
                    gettext("The plan differs: English “%(english)s” / Bangla “%(bangla)s”")
                    % {
                        "english": range_in("en", *ends[0]) if ends[0] else "",
                        "bangla": range_in("bn", *ends[1]) if ends[1] else "",
                    },
                    gettext("Publish both languages together."),
                )
