"""Nothing is missing: in a language, or beside the other language."""

from collections.abc import Iterator, Mapping

import regex
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..document.content import Edition, EditionItem
from ..document.places import Place
from ..document.sections import BY_KEY, PROSE, RUNNING_TEXT, SECTIONS
from ..language.text import has_words, words
from ..models import Paragraph
from .agreement import lexicon
from .base import ADVICE, ASK, BLOCKING, LANGUAGE_NAMES, Check, Finding, Subject
from .closeness import leftover
from .ends import breaks_off
from .lexicon import listed
from .passages import item_pairs, paired_texts, prose
from .reading.bangla_verbs import has_verb
from .reading.concepts import Lexicon
from .snippets import cut, quotes

_REQUIRED = ("title", "summary")
_MAY_BE_EMPTY = frozenset(
    {
        ("contraindications", "question"),  # the check before booking shows the reason itself
        ("sources", "note"),
        ("evidence", "measured"),
        ("evidence", "caution"),
    }
)


class SameItems(Check):
    id = "items"
    name = _("The same items in both languages")
    why = _("A reason not to have the treatment must never be missing from one language.")
    can_be_waived = False

    def find(self, subject: Subject) -> Iterator[Finding]:
        if subject.english is None or subject.bangla is None:
            return
        for section in SECTIONS:
            if section.is_running_text:
                continue  # see SameParagraphs
            editions = {"en": subject.english, "bn": subject.bangla}
            uids = {
                code: [item.uid for item in edition.items(section.key)]
                for code, edition in editions.items()
            }
            for language, other in (("en", "bn"), ("bn", "en")):
                for item in editions[other].items(section.key):
                    if item.uid not in uids[language]:
                        yield self._missing(subject, section.key, item, language)
            common = [uid for uid in uids["en"] if uid in uids["bn"]]
            if common != [uid for uid in uids["bn"] if uid in uids["en"]]:
                yield self.finding(
                    subject,
                    Place(section.key),
                    gettext("The order of “%(section)s” differs between the languages.")
                    % {"section": section.heading},
                    gettext("Publish both languages together."),
                    level="" if section.safety else ADVICE,
                )

    def _missing(self, subject: Subject, section: str, item, language: str) -> Finding:
        text = next((text for text in item.texts.values() if text), item.uid)
        return self.finding(
            subject,
            Place(section, item.uid),
            gettext("“%(text)s” in “%(section)s” has no counterpart in %(language)s.")
            % {
                "text": cut(text),
                "section": BY_KEY[section].heading,
                "language": LANGUAGE_NAMES[language],
            },
            gettext("Add it in the other language, or publish both languages together."),
            language,
        )


class BothHalvesFilled(Check):
    id = "halves"
    name = _("Both halves are filled in")
    why = _("An empty half would leave a gap in a list that a patient relies on.")
    can_be_waived = False

    def find(self, subject: Subject) -> Iterator[Finding]:
        for language, edition in subject.editions.items():
            for section in SECTIONS:
                for item in edition.items(section.key):
                    for name in section.model.pairs:
                        required = name == section.model.pairs[0] or section.safety
                        if required and (section.key, name) not in _MAY_BE_EMPTY:
                            place = Place(section.key, item.uid, name)
                            yield from self._if_empty(
                                subject, place, item.texts.get(name, ""), language
                            )
        for pair in item_pairs(subject):
            for name, english in pair.english.texts.items():
                if (pair.section, name) in _MAY_BE_EMPTY or not _is_required(pair.section, name):
                    halves = {"en": english, "bn": pair.bangla.texts.get(name, "")}
                    place = Place(pair.section, pair.english.uid, name)
                    yield from self._if_one_is_empty(subject, place, halves)
        if subject.english and subject.bangla:
            halves = {"en": subject.english.result_lasts, "bn": subject.bangla.result_lasts}
            yield from self._if_one_is_empty(subject, Place("result_lasts", "result_lasts"), halves)
            for key in RUNNING_TEXT:
                halves = {
                    code: " ".join(item.words["text"] for item in edition.items(key))
                    for code, edition in subject.editions.items()
                }
                yield from self._if_one_is_empty(subject, Place(key), halves)

    def _if_empty(
        self, subject: Subject, place: Place, text: str, language: str
    ) -> Iterator[Finding]:
        if not has_words(text):
            yield self.finding(
                subject,
                place,
                gettext("This text is empty in %(language)s.")
                % {"language": LANGUAGE_NAMES[language]},
                gettext("Fill it in, or remove the item."),
                language,
            )

    def _if_one_is_empty(
        self, subject: Subject, place: Place, halves: dict[str, str]
    ) -> Iterator[Finding]:
        filled = [text for text in halves.values() if has_words(text)]
        if len(filled) == 1:
            language = next(code for code, text in halves.items() if not has_words(text))
            yield self.finding(
                subject,
                place,
                gettext("“%(text)s” has no %(language)s.")
                % {"text": cut(filled[0]), "language": LANGUAGE_NAMES[language]},
                gettext("Fill in the empty half, or empty both."),
                language,
            )


def _is_required(section: str, name: str) -> bool:
    return name == BY_KEY[section].model.pairs[0] or BY_KEY[section].safety


class ProseIsThere(Check):
    id = "prose"
    name = _("A page has its first texts")
    why = _("Without a title, a summary and “What it is” a page tells patients nothing.")
    can_be_waived = False

    def find(self, subject: Subject) -> Iterator[Finding]:
        for language, edition in subject.editions.items():
            for name in (*_REQUIRED, "search_description"):
                if not has_words(prose(edition, name)):
                    yield self.finding(
                        subject,
                        Place("prose", name),
                        gettext("“%(field)s” is empty in %(language)s.")
                        % {"field": PROSE[name], "language": LANGUAGE_NAMES[language]},
                        gettext("Write this text."),
                        language,
                        level="" if name in _REQUIRED else ADVICE,
                    )
            if not edition.items("what_it_is"):
                yield self.finding(
                    subject,
                    Place("what_it_is"),
                    gettext("“%(field)s” is empty in %(language)s.")
                    % {"field": BY_KEY["what_it_is"].heading, "language": LANGUAGE_NAMES[language]},
                    gettext("Write this text."),
                    language,
                )


class SafetyIsThere(Check):
    id = "safety"
    name = _("Every page has its warnings")
    why = _("A page without reasons not to have the treatment looks as if there were none.")
    can_be_waived = False

    def find(self, subject: Subject) -> Iterator[Finding]:
        for language, edition in subject.editions.items():
            for section, message in _missing_warnings(edition):
                yield self.finding(
                    subject, Place(section), message, gettext("Add at least one."), language
                )


def _missing_warnings(edition: Edition) -> Iterator[tuple[str, str]]:
    reasons = edition.items("contraindications")
    if not reasons:
        yield "contraindications", gettext("There is no reason not to have the treatment.")
    elif not any(item.values.get("level") == "must_not" for item in reasons):
        yield ("contraindications", gettext("No reason is of the level “must not have it”."))
    if not edition.items("help_signs"):
        yield "help_signs", gettext("There is no sign that says when to get help.")


class PhotosAreThere(Check):
    id = "photo"
    name = _("Every photo is there")
    why = _("Where a photo is missing, a patient sees an empty frame.")
    can_be_waived = False

    def find(self, subject: Subject) -> Iterator[Finding]:
        for language, edition in subject.editions.items():
            for photo in edition.items("photos"):
                if (photo.values["image"], photo.values["width"]) not in subject.pictures:
                    yield self.finding(
                        subject,
                        Place("photos", photo.uid, "image"),
                        gettext("The file of this photo is not on this site: “%(text)s”")
                        % {"text": cut(photo.texts["alt"])},
                        gettext("Choose the photo again, or delete it."),
                        language,
                    )


class TypesAgree(Check):
    id = "types"
    name = _("Types and figures are the same")
    why = _("“Do not” in one language must not be “do” in the other.")
    can_be_waived = False

    def find(self, subject: Subject) -> Iterator[Finding]:
        for pair in item_pairs(subject):
            for name in dict.fromkeys([*pair.english.values, *pair.bangla.values]):
                values = pair.english.values.get(name), pair.bangla.values.get(name)
                if values[0] != values[1]:
                    yield self.finding(
                        subject,
                        Place(pair.section, pair.english.uid, name),
                        gettext("This differs: English “%(english)s” / Bangla “%(bangla)s”")
                        % {"english": values[0], "bangla": values[1]},
                        gettext("Publish both languages together."),
                    )
            if pair.english.to_confirm != pair.bangla.to_confirm:
                yield self.finding(
                    subject,
                    Place(pair.section, pair.english.uid, "to_confirm"),
                    gettext("Only one language would say that this is to be confirmed."),
                    gettext("Publish both languages together."),
                )
        english, bangla = subject.english, subject.bangla
        if english and bangla and english.body_areas.keys() != bangla.body_areas.keys():
            yield self.finding(
                subject,
                Place("body_areas"),
                gettext("Body areas differ: English “%(english)s” / Bangla “%(bangla)s”")
                % {
                    "english": _in_words(english.body_areas),
                    "bangla": _in_words(bangla.body_areas),
                },
                gettext("Publish both languages together."),
            )


def _in_words(body_areas: Mapping[str, str]) -> str:
    return ", ".join(name or key for key, name in body_areas.items())


class NothingCutShort(Check):
    id = "length"
    name = _("Neither language is cut short")
    why = _("A translation half as long as its source has lost something on the way.")

    SHORTEST = 60  # characters; shorter texts differ too much by nature
    USUAL = 0.55, 1.75  # Bangla letters for an English one
    TERSE = 0.45  # the same of a Bangla that says everything
    CERTAIN = 2.3  # what no right Bangla needs, where it explains a short English text
    SHORT, MOST = 40, 2.0  # characters of such a text, and what its Bangla may need

    def find(self, subject: Subject) -> Iterator[Finding]:
        known = lexicon(subject.terms)
        for passage in paired_texts(subject):
            level = self._level_of(passage.en, passage.bn, known)
            if level:
                yield self.finding(
                    subject,
                    passage.place,
                    gettext("One language says less, or breaks off."),
                    gettext("Translate the whole text."),
                    "bn" if len(passage.bn) < len(passage.en) else "en",
                    level,
                    english=((0, len(passage.en)),),
                    bangla=((0, len(passage.bn)),),
                    about=f"{passage.en} / {passage.bn}",
                    quotes=quotes(passage.en, passage.bn),
                )

    def _level_of(self, english: str, bangla: str, known: Lexicon) -> str:
        levels = {
            breaks_off(english, bangla, known),
            self._level(english, bangla, known),
            _level_without_end(english, bangla, known),
        }
        return BLOCKING if BLOCKING in levels else ASK if ASK in levels else ""

    def _level(self, one: str, other: str, known: Lexicon) -> str:
        low, high = self.USUAL
        english, bangla = len(one), len(other)
        ratio = bangla / english
        if max(english, bangla) < self.SHORTEST or low <= ratio <= high:
            return ""
        if english < self.SHORT and high < ratio <= self.MOST:
            return ""
        if self.TERSE <= ratio < low and _says_all(one, other, known):
            return ""
        return ASK if high < ratio <= self.CERTAIN else BLOCKING


def _says_all(english: str, bangla: str, known: Lexicon) -> bool:
    """Whether a short Bangla text ends in a verb, unless it names a thing or an act as the English
    does, and has all that the English names."""
    is_whole = has_verb(words(bangla)[-2:], known) or not _END.search(english)
    return is_whole and len(leftover(english, bangla, known).english) <= 1


# With these hardly any text ends, least of all without a full stop.
_LEADING_ON = {
    "en": frozenset(
        listed(
            "to, in, on, at, by, for, from, into, onto, as, after, before, until, while, so, that, "
            "which, who, is, are, be, been, become, becomes, have, has, do, does, may, can, will, "
            "should, must, not, no, very, more, this, these, its, their, our, need, needs, when, "
            "every, each, any, some, about, through, over, under, during, between"
        )
    ),
    "bn": frozenset(
        listed(
            "আর, যে, যা, যাতে, যেন, কারণ, তাই, তারপর, এরপর, খুব, প্রতি, থেকে, দিয়ে, নিয়ে, করে, হয়ে, "
            "মতো, সাথে, সঙ্গে, জন্য, পর্যন্ত, আগে, পরে, পর, কাছে, মধ্যে, ভেতর, ভেতরে, ওপর, ওপরে, উপর, "
            "উপরে, নিচে, সময়, ধরে, হলে, গেলে, থাকলে, করলে, এমন, কোনো, যদি, যখন, এই, সেই, ওই, অন্তত, প্রায়"
        )
    ),
}
_OF = "র"  # how a genitive ends: হাতের
_FULL_STOP = regex.compile(r"[.!।][)\]”\"’»]*$")
_END = regex.compile(r"[.!?।:…][)\]”\"’»]*$")


def _level_without_end(english: str, bangla: str, known: Lexicon) -> str:
    """How sure it is that a text breaks off, where only the other one ends with a full stop."""
    texts = {"en": english, "bn": bangla}
    cut_short = [code for code, text in texts.items() if not _END.search(text)]
    if len(cut_short) != 1:
        return ""
    (code,) = cut_short
    other = "bn" if code == "en" else "en"
    if not _FULL_STOP.search(texts[other]):
        return ""
    others = leftover(english, bangla, known)
    left = {"en": len(others.english), "bn": len(others.bangla)}
    if texts[code].endswith((",", ";", "–", "—")):
        return BLOCKING
    is_sure = _leads_on(texts[code], code) or (left[other] > 1 and not left[code])
    return BLOCKING if is_sure else ASK


def _leads_on(text: str, language: str) -> bool:
    last = words(text)[-1:]
    return bool(last) and (
        last[0] in _LEADING_ON[language] or (language == "bn" and last[0].endswith(_OF))
    )


class SameParagraphs(Check):
    id = "lists"
    name = _("Running text has the same paragraphs in both languages")
    why = _("A line lost from a list is easily overlooked.")

    def find(self, subject: Subject) -> Iterator[Finding]:
        if subject.english is None or subject.bangla is None:
            return
        for key in RUNNING_TEXT:
            english, bangla = (one.items(key) for one in (subject.english, subject.bangla))
            if not english or not bangla:
                continue  # nothing of it is there: see BothHalvesFilled
            for language, here, there in (("en", english, bangla), ("bn", bangla, english)):
                uids = {item.uid for item in here}
                for item in there:
                    if item.uid not in uids:
                        yield self._missing(subject, Place(key, item.uid, "text"), item, language)

    def _missing(self, subject: Subject, place: Place, item: EditionItem, language: str) -> Finding:
        return self.finding(
            subject,
            place,
            gettext("“%(text)s” has no %(language)s.")
            % {"text": cut(item.words["text"]), "language": LANGUAGE_NAMES[language]},
            gettext("Write it in the other language, or publish both languages together."),
            language,
            # A list is counted; two paragraphs of one language may be one of the other.
            ASK if item.kind == Paragraph.Kind.PARAGRAPH else "",
            about=item.words["text"],
        )
