"""The checks between the two languages: an explicit, ordered list."""

import logging

from django.utils.translation import gettext

from ..document.places import Place
from .base import ADVICE, ASK, BLOCKING, Check, Finding, GlossaryTerm, Subject
from .completeness import (
    BothHalvesFilled,
    NothingCutShort,
    PhotosAreThere,
    ProseIsThere,
    SafetyIsThere,
    SameItems,
    SameParagraphs,
    TypesAgree,
)
from .evidence import FiguresAddUp, FiguresInTexts, StudiesHaveSources
from .hard_words import HardWordsExplained
from .meanings import MeaningsAgree
from .negation import NegationsAgree
from .numbers import NumbersAgree, RangesRise, TimesAgree
from .origins import OptionsCompared, SafetyNamesItsOrigin, SourcesHold
from .plan import PlanInTexts, PlansAgree
from .script import (
    DigitsOfTheLanguage,
    LettersOfTheLanguage,
    NormalForm,
    NothingBroken,
    Printable,
    Spelling,
    Translated,
)
from .sentences import SameSentences
from .style import LinksLeadSomewhere, ShortEnough, ShortSentences
from .terms import AcceptedForms, AvoidedForms

CHECKS: tuple[Check, ...] = (
    ProseIsThere(),
    SafetyIsThere(),
    SameItems(),
    BothHalvesFilled(),
    SameParagraphs(),
    ShortEnough(),
    NothingCutShort(),
    SameSentences(),
    PhotosAreThere(),
    TypesAgree(),
    PlansAgree(),
    PlanInTexts(),
    NumbersAgree(),
    TimesAgree(),
    RangesRise(),
    NegationsAgree(),
    MeaningsAgree(),
    AvoidedForms(),
    AcceptedForms(),
    HardWordsExplained(),
    FiguresInTexts(),
    FiguresAddUp(),
    StudiesHaveSources(),
    SafetyNamesItsOrigin(),
    SourcesHold(),
    OptionsCompared(),
    DigitsOfTheLanguage(),
    LettersOfTheLanguage(),
    Translated(),
    NothingBroken(),
    Printable(),
    LinksLeadSomewhere(),
    Spelling(),
    NormalForm(),
    ShortSentences(),
)


log = logging.getLogger(__name__)

_FOR_A_PERSON = frozenset(check.id for check in CHECKS if check.can_be_waived)


def can_be_waived(finding: Finding) -> bool:
    """Whether this is a finding that a person may judge to be none."""
    return finding.check in _FOR_A_PERSON


def findings(subject: Subject) -> list[Finding]:
    """All findings, in the order of the checks.

    A check that fails costs nobody's work: it says so itself, and nothing is published meanwhile.
    """
    results: list[Finding] = []
    for check in CHECKS:
        try:
            results += check.find(subject)
        except Exception:
            log.exception("The check %s failed", check.id)
            results.append(_unchecked(subject, check))
    return results


def _unchecked(subject: Subject, check: Check) -> Finding:
    return Finding(
        check="unchecked",
        level=BLOCKING,
        treatment=subject.treatment,
        place=Place("prose", "title"),
        message=gettext("This page could not be checked for: %(name)s.") % {"name": check.name},
        advice=gettext("Tell whoever looks after the site. Nothing that you wrote is lost."),
    )


__all__ = [
    "ADVICE",
    "ASK",
    "BLOCKING",
    "CHECKS",
    "Check",
    "Finding",
    "GlossaryTerm",
    "Subject",
    "can_be_waived",
    "findings",
]
