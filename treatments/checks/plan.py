"""The plan's numbers against the texts, and against the other language's plan."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal

import regex
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _

from ..document.content import Edition
from ..document.places import Place
from ..document.plan import Amount, Plan
from ..document.sections import RUNNING_TEXT
from ..language.text import compile_pattern, sentences
from ..models import PLAN_LABELS, Unit
from ..models.plan import APART, COUNTED
from .base import ASK, BLOCKING, Check, Finding, Subject
from .lexicon import spaced, table
from .passages import Text, texts
from .reading.quantities import quantities
from .reading.quantity import SHARE, Quantity
from .snippets import cut

# What a number in a text can claim about the plan.
DURATION, RATE, COURSE, INTERVAL = "duration", "rate", "course", "interval"

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

_RUNNING = {
    kind: compile_pattern(
        r"\b(?:" + "|".join(spaced(english)) + r")\b|" + "|".join(spaced(bangla)), regex.IGNORECASE
    )
    for kind, english, bangla in table("running")
}
_ANY_RUNNING = compile_pattern("|".join(one.pattern for one in _RUNNING.values()), regex.IGNORECASE)
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


# A measure is what a number counts, and how much: ("clock", 1200, 1800) are 20–30 minutes.
Measure = tuple[str, Decimal, Decimal]

_OF_UNITS = {
    Unit.SECONDS: ("clock", 1),
    Unit.MINUTES: ("clock", 60),
    Unit.HOURS: ("clock", 3_600),
    Unit.A_DAY: ("a day", 1),
    Unit.A_WEEK: ("a week", 1),
    Unit.A_MONTH: ("a month", 1),
    Unit.DAYS_APART: ("days apart", 1),
    Unit.WEEKS_APART: ("days apart", 7),
    Unit.MONTHS_APART: ("months apart", 1),
    Unit.SESSIONS: ("sessions", 1),
}
# The time from one to the next, by the unit that a text says it in.
_APART_IN = {"day": Unit.DAYS_APART, "week": Unit.WEEKS_APART, "month": Unit.MONTHS_APART}
_A_UNIT = {"day": Unit.A_DAY, "week": Unit.A_WEEK, "month": Unit.A_MONTH}
_CLOCK = {"second": Unit.SECONDS, "minute": Unit.MINUTES, "hour": Unit.HOURS}
# Of these a text may speak that is not about the plan, unless the plan itself speaks of them.
_ONLY_OF_SUCH_PLANS = frozenset({Unit.SECONDS, Unit.A_DAY, Unit.A_MONTH, Unit.DAYS_APART})


def _measured(low: Decimal | int, high: Decimal | int, unit: Unit) -> Measure | None:
    """None for how long a course lasts: texts speak of so many lengths of time."""
    if unit not in _OF_UNITS:
        return None
    what, factor = _OF_UNITS[unit]
    return what, Decimal(low) * factor, Decimal(high) * factor


@dataclass(frozen=True)
class Claim:
    """A number in a text that says something about the plan."""

    about: str  # DURATION, RATE, COURSE or INTERVAL
    unit: Unit
    measure: Measure
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
        in_all = bool(_IN_ALL.search(sentence))
        for quantity in quantities(sentence, language):
            about, unit = _about(quantity, in_all) if quantity.values else ("", None)
            if unit and (measure := _measured(quantity.values[0], quantity.values[-1], unit)):
                yield Claim(about, unit, measure, sentence, quantity)


def _about(quantity: Quantity, in_all: bool) -> tuple[str, Unit | None]:
    if quantity.ordinal or quantity.form == SHARE:
        return "", None
    if quantity.unit in {"time", "session", ""} and quantity.per in _A_UNIT:
        once = quantity.values == (1,) and quantity.worded
        return (INTERVAL, _APART_IN[quantity.per]) if once else (RATE, _A_UNIT[quantity.per])
    if quantity.loose:
        return "", None
    if quantity.unit in _APART_IN:
        return (INTERVAL, _APART_IN[quantity.unit]) if quantity.every else ("", None)
    if quantity.per or quantity.every or quantity.vague:
        return "", None
    if quantity.unit in _CLOCK:
        return DURATION, _CLOCK[quantity.unit]
    total = in_all and quantity.unit in {"", "time"}
    return (COURSE, Unit.SESSIONS) if quantity.unit == "session" or total else ("", None)


class PlanInTexts(Check):
    id = "plan-in-texts"
    name = _("Texts keep to the plan")
    why = _("A text that names other minutes or sessions than the plan sends patients home wrong.")

    def find(self, subject: Subject) -> Iterator[Finding]:
        for language, edition in subject.editions.items():
            if not edition.plan.amounts:
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
        plan = subject.editions[language].plan
        return self.finding(
            subject,
            place,
            gettext("“%(text)s” is not the plan's number (plan: %(plan)s).")
            % {"text": cut(claim.sentence, claim.quantity.start), "plan": _wanted(claim, plan)},
            gettext(
                "If it speaks of the plan, make the text and the plan say the same. If it speaks of "
                "something else, it may stay as it is."
            ),
            language,
            level,
            about=claim.quantity.text,
        )


def _contradictions(
    entry: Text, beside: str, language: str, plan: Plan
) -> Iterator[tuple[Claim, str]]:
    """`beside` is all that stands with a text: of running text the other paragraphs too."""
    place = entry.place
    where = (place.section, place.item if place.section == "prose" else "")
    if where not in _PLACES:
        return
    stated = list(claims(beside, language))
    for claim in claims(entry.text, language):
        amounts = [plan.amounts[name] for name in _answers(claim, plan)]
        # Another number of the kind may stand beside the plan's own, never in its place.
        if not amounts or any(_agrees(one, amounts) for one in stated if one.about == claim.about):
            continue
        level = _level(claim, plan.kind, where in _HOW_OFTEN)
        if level:
            yield claim, level


def _level(claim: Claim, kind: str, in_how_often: bool) -> str:
    """How sure it is that a number speaks of the plan; "" where it plainly does not."""
    if _OTHERS.search(claim.sentence):
        return ""
    if claim.about == DURATION:
        return _duration(claim, kind)
    return _LEVELS[claim.about](claim, in_how_often)


def _duration(claim: Claim, kind: str) -> str:
    if _APART_AFTER.search(claim.after) or _APART_BEFORE.search(claim.before):
        return ""
    named = [bool(pattern.search(claim.sentence)) for pattern in (_running(kind), _VISIT, _SESSION)]
    if not any(named) or _OTHER_DEEDS.search(claim.sentence):
        return ""
    return BLOCKING if any(named[:2]) and _LASTS.search(claim.sentence) else ASK


def _rate(claim: Claim, in_how_often: bool) -> str:
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


_LEVELS = {RATE: _rate, COURSE: _course, INTERVAL: _interval}


def _running(kind: str) -> regex.Pattern:
    """The words for what a treatment is done with; of one without a kind, for anything."""
    return _RUNNING.get(kind, _ANY_RUNNING)


def _answers(claim: Claim, plan: Plan) -> list[str]:
    """The amounts of the plan that a claim could be about."""
    names = [name for name in _could_answer(claim, plan) if name in plan.amounts]
    # Once a month is about every four weeks; every 2 months is no number of weeks.
    if claim.unit in _ONLY_OF_SUCH_PLANS or (
        claim.unit == Unit.MONTHS_APART and claim.quantity.per
    ):
        return [name for name in names if plan.amounts[name].unit == claim.unit]
    return names


def _could_answer(claim: Claim, plan: Plan) -> Collection[str]:
    if claim.about == DURATION:
        running = _running(plan.kind).search(claim.sentence)
        visit = _VISIT.search(claim.sentence)
        if bool(running) != bool(visit):
            return ("running",) if running else ("visit",)
        return ("visit", "running")
    if claim.about == COURSE:
        amount = plan.amounts.get("course")
        return ("course",) if amount and amount.unit == Unit.SESSIONS else ()
    # Either may be counted or be the time between: twice a week, every two weeks. Once a week is both.
    first, other = (
        ("frequency", "maintenance") if claim.about == RATE else ("maintenance", "frequency")
    )
    units = COUNTED if claim.about == RATE else APART
    amount = plan.amounts.get(other)
    also = (amount and amount.unit in units) or (claim.about == INTERVAL and claim.quantity.per)
    return (first, other) if also else (first,)


def _agrees(claim: Claim, amounts: Collection[Amount]) -> bool:
    what, *ends = claim.measure
    for amount in amounts:
        measure = _measured(*amount)
        if not measure or measure[0] != what:
            continue
        low, high = measure[1:]
        if ends == [low, high]:
            return True
        if ends == [low, low] and _AT_LEAST.search(claim.sentence):
            return True
        if ends == [high, high] and _AT_MOST.search(claim.sentence):
            return True
    return False


def _wanted(claim: Claim, plan: Plan) -> str:
    """What the plan says, in the language of whoever reads the finding."""
    language = get_language()
    return ", ".join(
        f"{PLAN_LABELS[name]}: {plan.in_words(name, language)}" for name in _answers(claim, plan)
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
        plans = english.plan, bangla.plan
        for name in dict.fromkeys(name for plan in plans for name in plan.amounts):
            if len({(plan.kind, plan.amounts.get(name)) for plan in plans}) > 1:
                said = {"english": _said(english, name), "bangla": _said(bangla, name)}
                yield self.finding(
                    subject,
                    Place("plan", name),
                    gettext("The plan differs: English “%(english)s” / Bangla “%(bangla)s”") % said,
                    gettext("Publish both languages together."),
                )


def _said(edition: Edition, name: str) -> str:
    """An amount in the language of its own page."""
    if name not in edition.plan.amounts:
        return ""
    with override(edition.language):
        return edition.plan.in_words(name, edition.language)
