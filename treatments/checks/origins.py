"""Where sentences come from: what patients' safety rests on names its source, and one that holds."""

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ..document.content import Edition, EditionItem
from ..document.places import Place
from ..document.sections import SOURCED, Section
from ..language.active import in_active_digits
from .base import ADVICE, ASK, Check, Finding, Subject
from .snippets import cut


def _sourced(edition: Edition) -> Iterator[tuple[Section, str, EditionItem]]:
    """Each item that can name a source, with the field in which it does."""
    for section, name in SOURCED:
        yield from ((section, name, item) for item in edition.items(section.key))


def _any_edition(subject: Subject) -> Edition | None:
    """Sources belong to neither language."""
    return subject.english or subject.bangla


class SafetyNamesItsOrigin(Check):
    id = "origin"
    name = _("What safety rests on names its source")
    why = _("A doctor who reads a warning must be able to see where it comes from.")
    can_be_waived = False

    def find(self, subject: Subject) -> Iterator[Finding]:
        edition = _any_edition(subject)
        if edition is None:
            return
        safety = [one for one in _sourced(edition) if one[0].safety]
        unnamed = [(section, item) for section, name, item in safety if not item.values.get(name)]
        if 2 * len(unnamed) < len(safety):
            yield from (self._unnamed(subject, section, item) for section, item in unnamed)
            return
        # Most was written before sentences could name their sources, whatever has come since.
        for section, number in Counter(section for section, _item in unnamed).items():
            yield self.finding(
                subject,
                Place(section.key),
                ngettext(
                    "%(number)s text of “%(section)s” names no source.",
                    "%(number)s texts of “%(section)s” name no source.",
                    number,
                )
                % {"number": in_active_digits(number), "section": section.heading},
                gettext(
                    "Say of each where it comes from: the clinic’s own text, a guide, a study."
                ),
                level=ADVICE,
            )

    def _unnamed(self, subject: Subject, section: Section, item: EditionItem) -> Finding:
        return self.finding(
            subject,
            Place(section.key, item.uid, "origin"),
            gettext("“%(text)s” names no source.") % {"text": cut(_words(item))},
            gettext(
                "Choose where it comes from. If the clinic says so itself, choose its own text."
            ),
        )


class SourcesHold(Check):
    id = "withdrawn-source"
    name = _("No sentence rests on a withdrawn source")
    why = _("What a withdrawn study or guide said may be wrong, and harm somebody.")

    def find(self, subject: Subject) -> Iterator[Finding]:
        edition = _any_edition(subject)
        if edition is None:
            return
        withdrawn = {
            source.uid: source.values["citation"]
            for source in edition.items("sources")
            if source.values.get("standing")
        }
        for section, name, item in _sourced(edition):
            if citation := withdrawn.get(item.values.get(name)):
                yield self.finding(
                    subject,
                    Place(section.key, item.uid, name),
                    gettext("“%(text)s” rests on a source that was withdrawn: %(source)s")
                    % {"text": cut(_words(item)), "source": cut(citation)},
                    gettext("Find another source that says so, or take the sentence away."),
                    level=ASK,
                    about=f"{item.uid} {citation}",
                )


class OptionsCompared(Check):
    id = "options"
    name = _("Options are compared alike")
    why = _("Who reads more of one option than of another has half chosen already.")

    LONGER = 4  # times the letters of the shortest answer to the same question
    SHORT = 40  # letters: what a short answer may have whatever the others have

    def find(self, subject: Subject) -> Iterator[Finding]:
        for language, edition in subject.editions.items():
            options = edition.items("other_options")
            for name in _asked(options):
                texts = [option.texts.get(name, "") for option in options]
                shortest = max(self.SHORT, min(map(len, texts)))
                for option, text in zip(options, texts, strict=True):
                    if not text:
                        yield self._finding(
                            subject,
                            Place("other_options", option.uid, name),
                            gettext("“%(option)s” has no answer to what the others are asked.")
                            % {"option": option.texts["name"]},
                            language,
                        )
                    elif len(text) > self.LONGER * shortest:
                        yield self._finding(
                            subject,
                            Place("other_options", option.uid, name),
                            gettext("“%(text)s” says far more than the shortest of the answers.")
                            % {"text": cut(text)},
                            language,
                            ADVICE,
                        )

    def _finding(
        self, subject: Subject, place: Place, message: str, language: str, level: str = ""
    ) -> Finding:
        advice = gettext("Say as much of each option, good and bad, or ask none of them.")
        return self.finding(subject, place, message, advice, language, level)


def _asked(options: tuple[EditionItem, ...]) -> list[str]:
    """The questions of the comparison; none where options are only named."""
    names = dict.fromkeys(
        name for option in options for name, text in option.texts.items() if text and name != "name"
    )
    return [*names] if len(names) > 1 else []


def _words(item: EditionItem) -> str:
    return next((text for text in item.texts.values() if text), item.uid)
