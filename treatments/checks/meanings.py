"""Words whose meaning must not change: opposites, body, illness, medicines, people, colours."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .agreement import agreement
from .base import ASK, BLOCKING, Check, Finding, GlossaryTerm, Subject
from .passages import PairedText, paired_texts
from .reading.concepts import Mention
from .snippets import cut

# Where a word of a set stands in one language only.
_ALONE = {
    "body": ASK, "illness": ASK, "symptom": ASK, "substance": ASK, "medicine": ASK, "form": ASK,
    "colour": ASK, "weekday": BLOCKING, "month": BLOCKING, "food": ASK, "animal": ASK,
}  # fmt: skip
_ASKED = frozenset({"and/or"})  # exchanged in right translations as well
_OPEN = frozenset({"act", "quality", "thing", "plain", "glossary"})


@dataclass(frozen=True)
class Difference:
    english: Mention | None
    bangla: Mention | None
    level: str


class MeaningsAgree(Check):
    id = "meanings"
    name = _("Words mean the same")
    why = _("“Hands” must not become “feet”, “before” not “after”, nor epilepsy another illness.")

    def find(self, subject: Subject) -> Iterator[Finding]:
        for passage in paired_texts(subject):
            for difference in differences(passage.en, passage.bn, subject.terms):
                yield self._found(subject, passage, difference)

    def _found(self, subject: Subject, passage: PairedText, difference: Difference) -> Finding:
        said = {
            "english": _words(passage.en, difference.english),
            "bangla": _words(passage.bn, difference.bangla),
        }
        if not difference.bangla:
            message = gettext("“%(english)s” stands in the English only.")
        elif not difference.english:
            message = gettext("“%(bangla)s” stands in the Bangla only.")
        else:
            message = gettext("“%(english)s” and “%(bangla)s” mean different things.")
        snippets = gettext("English “%(english)s” / Bangla “%(bangla)s”") % {
            "english": cut(passage.en, difference.english.start if difference.english else 0),
            "bangla": cut(passage.bn, difference.bangla.start if difference.bangla else 0),
        }
        return self.finding(
            subject,
            passage.place,
            f"{message % said} {snippets}",
            gettext("Name the same thing in both languages."),
            level=difference.level,
            english=_span(difference.english),
            bangla=_span(difference.bangla),
            about=" / ".join(filter(None, said.values())),
        )


def _words(text: str, mention: Mention | None) -> str:
    return text[mention.start : mention.end] if mention else ""


def _span(mention: Mention | None) -> tuple[tuple[int, int], ...]:
    return ((mention.start, mention.end),) if mention else ()


@lru_cache(maxsize=2048)
def differences(
    english: str, bangla: str, terms: tuple[GlossaryTerm, ...]
) -> tuple[Difference, ...]:
    return tuple(_differences(english, bangla, terms))


def _differences(
    english: str, bangla: str, terms: tuple[GlossaryTerm, ...]
) -> Iterator[Difference]:
    beside = agreement(english, bangla, terms)
    told: set[int] = set()
    for one, other, kind in beside.exchanged():
        if kind not in _OPEN:
            told |= {id(one), id(other)}
            yield Difference(one, other, ASK if kind in _ASKED else BLOCKING)
    missing = [one for one in beside.missing if id(one) not in told]
    extra = [one for one in beside.extra if id(one) not in told]
    for one in missing:
        level = _level_alone(one)
        if level:
            yield Difference(one, None, level)
    for other in extra:
        level = _level_alone(other)
        if level:
            yield Difference(None, other, level)


def _level_alone(mention: Mention) -> str:
    levels = {_ALONE.get(kind, "") for kind in mention.kinds}
    if not levels or "" in levels:
        return ""
    return BLOCKING if levels == {BLOCKING} else ASK
