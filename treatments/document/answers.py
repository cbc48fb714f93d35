"""What everybody asks first, and what a page answers: in numbers of the plan and in written words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.translation import gettext as _

from ..models import Answer
from .content import Edition, EditionItem
from .places import Place

# The question under which each amount of the plan is said.
_ASKED = {
    "visit": "visit",
    "running": "visit",
    "frequency": "course",
    "course": "course",
    "maintenance": "course",
}


@dataclass(frozen=True)
class ShownAnswer:
    """One of the first questions: sentences, then what is written, then more sentences.

    Sentences are HTML, by the place of the number in them, or of the words.
    """

    about: str
    sentences: Mapping[Place, str]
    items: Sequence[EditionItem]
    after: Mapping[Place, str]  # whether it works is said before how long

    @property
    def question(self) -> str:
        return Answer.About(self.about).label


def answers(edition: Edition) -> list[ShownAnswer]:
    """Those that somebody has written, or that the plan or a list of this treatment answers.

    In the active language, which is the edition's.
    """
    has_a_list = {"may_have_it": "contraindications", "help": "help_signs"}
    shown = []
    for about in Answer.About.values:
        sentences = dict(_numbers(edition, about))
        items = [item for item in edition.items("answers") if item.about == about]
        after = dict(_result_lasts(edition)) if about == "works" else {}
        if sentences or items or after or edition.items(has_a_list.get(about, "")):
            shown.append(ShownAnswer(about, sentences, items, after))
    return shown


def _numbers(edition: Edition, about: str) -> Iterator[tuple[Place, str]]:
    for name, question in _ASKED.items():
        if question == about and name in edition.plan.amounts:
            yield Place("plan", name), edition.plan.sentence(name, edition.language)


def _result_lasts(edition: Edition) -> Iterator[tuple[Place, str]]:
    if edition.result_lasts:
        words = _("The result lasts: <b>%(words)s</b>.") % {"words": escape(edition.result_lasts)}
        yield Place("result_lasts", "result_lasts"), words
