"""The plan's numbers against the texts, and against the other language's plan."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

import regex
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..document.content import Edition, Range
from ..document.places import Place
from ..document.sections import PLAN_LABELS
from ..language.digits import range_in
from ..language.text import compile_pattern, sentences
from .base import Check, Finding, Subject
from .passages import texts
from .reading.quantities import quantities
from .reading.quantity import TIME, Quantity, measure
from .snippets import cut

# What a number in a text can claim about the plan, and the ranges that answer to it.
MINUTES, A_WEEK, COURSE, INTERVAL = "minutes", "sessions a week", "sessions", "weeks"
ANSWERS = {
    MINUTES: ("visit_minutes", "current_minutes"),
    A_WEEK: ("sessions_a_week",),
    COURSE: ("course_sessions",),
    INTERVAL: ("maintenance_weeks",),
}

# In these every number with a unit of the plan speaks of the plan.
_ABOUT_THE_PLAN = frozenset({("prose", "how_often"), ("procedure", "")})
# In these only a sentence about the treatment does.
_ABOUT_THE_TREATMENT = frozenset(
    {
        ("prose", "summary"),
        ("prose", "what_it_is"),
        ("prose", "how_it_works"),
        ("prose", "results"),
        ("prose", "cost"),
        ("prose", "search_description"),
        ("result_lasts", ""),
        ("who_it_helps", ""),
        ("benefits", ""),
        ("preparation", ""),
        ("aftercare", ""),
        ("questions", ""),
    }
)

_CURRENT = compile_pattern(r"\bcurrent\b|বিদ্যুৎ|কারেন্ট", regex.IGNORECASE)
_VISIT = compile_pattern(r"\bvisits?\b|\bin all\b|মোট|সব মিলিয়ে", regex.IGNORECASE)
_TREATMENT = compile_pattern(
    r"\b(?:sessions?|visits?|treatments?|current|maintenance|course|iontophoresis|it)\b"
    r"|সেশন|চিকিৎসা|বিদ্যুৎ|কারেন্ট|আয়নটোফোরেসিস|প্রতিবার|লাগে",
    regex.IGNORECASE,
)
_IN_ALL = compile_pattern(r"\bin all\b|\baltogether\b|\bin total\b|মোট|সব মিলিয়ে", regex.IGNORECASE)
# A sentence that says whose number it is, if it is not this page's.
_OTHERS = compile_pattern(
    r"\b(?:clinic(?:'s|’s)?|elsewhere|guides?|stud(?:y|ies)|trials?|reports?|research|others?|people|"
    r"home)\b|ক্লিনিক|অন্য|তথ্যপাতা|গবেষণা|প্রতিবেদন|বাড়ি|বাসা|কেউ|মানুষ",
    regex.IGNORECASE,
)
_EVERY_BEFORE = compile_pattern(r"(?:\bevery|\beach|প্রতি)\s*$", regex.IGNORECASE)
_EVERY_AFTER = compile_pattern(r"পরপর|পর পর|অন্তর|একবার|একটি|একটা|১\s?বার|১\s?টি")
# A time before or after the session is no time of the session.
_APART_AFTER = compile_pattern(
    r"^[^.,;।]{0,24}?(?:\b(?:before|after|early|earlier|later)\b|আগে|আগের|পরে|পরের)",
    regex.IGNORECASE,
)
_APART_BEFORE = compile_pattern(r"(?:আগের|পরের|আগে|পরে)\s+(?:\S+\s+)?$")
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


def claims(text: str, language: str) -> Iterator[Claim]:
    """The numbers of a text that have a unit of the plan."""
    for sentence in sentences(text):
        for quantity in quantities(sentence, language):
            about = _about(quantity, sentence)
            if about:
                values = [_in_plan_units(value, quantity, about) for value in quantity.values]
                yield Claim(about, values[0], values[-1], sentence, quantity)


def _about(quantity: Quantity, sentence: str) -> str:
    if quantity.unit in {"time", "session", ""} and quantity.per == "week":
        return INTERVAL if quantity.values == (1,) and quantity.worded else A_WEEK
    if quantity.loose:
        return ""
    if quantity.unit in {"second", "minute", "hour"} and not quantity.per:
        return MINUTES
    if quantity.unit == "week" or (quantity.unit in TIME and _is_interval(quantity, sentence)):
        return INTERVAL
    total = quantity.unit == "" and _IN_ALL.search(sentence)
    return COURSE if (quantity.unit == "session" or total) and not quantity.per else ""


def _in_plan_units(value: Decimal, quantity: Quantity, about: str) -> Decimal:
    if about not in {MINUTES, INTERVAL} or quantity.unit not in TIME:
        return value
    what, amount = measure(value, quantity.unit)
    if what != "clock":
        return -amount  # months are never a number of weeks
    return amount / (60 if about == MINUTES else 604_800)


def _is_interval(quantity: Quantity, sentence: str) -> bool:
    start = min(quantity.starts)
    rest = sentence[start + len(quantity.text) : start + len(quantity.text) + 40]
    return bool(_EVERY_BEFORE.search(sentence[:start]) or _EVERY_AFTER.search(rest))


class PlanInTexts(Check):
    id = "plan-in-texts"
    name = _("Texts keep to the plan")
    why = _("A text that names other minutes or sessions than the plan sends patients home wrong.")

    def find(self, subject: Subject) -> Iterator[Finding]:
        for language, edition in subject.editions.items():
            for entry in texts(edition):
                for claim in _contradictions(entry.place, entry.text, language, edition.plan):
                    yield self.finding(
                        subject,
                        entry.place,
                        gettext("“%(text)s” is not the plan's number (plan: %(plan)s).")
                        % {
                            "text": cut(claim.sentence, min(claim.quantity.starts)),
                            "plan": _wanted(claim, edition, language),
                        },
                        gettext("Change the text or the plan, so that both say the same."),
                        language,
                    )


def _contradictions(
    place: Place, text: str, language: str, plan: Mapping[str, Range]
) -> Iterator[Claim]:
    where = (place.section, place.item if place.section == "prose" else "")
    if where not in _ABOUT_THE_PLAN | _ABOUT_THE_TREATMENT:
        return
    stated = list(claims(text, language))
    for claim in stated:
        ranges = [plan[name] for name in _answers(claim) if name in plan]
        if not ranges or _agrees(claim, ranges):
            continue
        if where in _ABOUT_THE_TREATMENT:
            if _is_about_this_treatment(claim):
                yield claim
        elif not (
            where == ("prose", "how_often")
            and _OTHERS.search(claim.sentence)
            # Another's number may stand beside the plan's own, never in its place.
            and any(_agrees(other, ranges) for other in stated if other.about == claim.about)
        ):
            yield claim


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


def _is_about_this_treatment(claim: Claim) -> bool:
    if _OTHERS.search(claim.sentence) or _is_apart(claim):
        return False
    if claim.about == INTERVAL and not claim.quantity.per:
        return _is_interval(claim.quantity, claim.sentence)
    return claim.about == COURSE or bool(_TREATMENT.search(claim.sentence))


def _is_apart(claim: Claim) -> bool:
    if claim.about != MINUTES:
        return False
    start = min(claim.quantity.starts)
    rest = claim.sentence[start + len(claim.quantity.text) :]
    return bool(_APART_AFTER.search(rest) or _APART_BEFORE.search(claim.sentence[:start]))


def _wanted(claim: Claim, edition: Edition, language: str) -> str:
    answers = {name: edition.plan[name] for name in _answers(claim) if name in edition.plan}
    return ", ".join(
        f"{PLAN_LABELS[name]} {range_in(language, *ends)}" for name, ends in answers.items()
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
