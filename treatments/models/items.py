"""List items: one small model a kind. English and Bangla stand in one row (modeltranslation).

`pairs` are the fields written in both languages, `typed` the fields that belong to neither. The
document, the admin, the checks and the page are generic over them.
"""

import secrets

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorField

from ..language import rich_text
from .treatment import LINE_EDITOR, Treatment, max_characters, slug_validator
from .written import Written


def short_text(label: str, **options) -> models.TextField:
    return models.TextField(label, blank=True, validators=[max_characters(2_000)], **options)


def new_uid(text: str) -> str:
    """A name for a new item, from its English words."""
    words = slugify(text)[:40].strip("-")
    return "-".join(filter(None, [words, secrets.token_hex(3)]))


class Item(Written):
    pairs: tuple[str, ...] = ("text",)
    typed: tuple[str, ...] = ()
    rich: tuple[str, ...] = ()  # of the pairs, those with bold words and links

    treatment = models.ForeignKey(Treatment, on_delete=models.CASCADE, related_name="%(class)s_set")
    uid = models.CharField(
        max_length=60, blank=True, editable=False, validators=[slug_validator]
    )  # what the document, findings and history call this item by; never changes
    position = models.PositiveIntegerField(_("order"), default=0)
    to_confirm = models.BooleanField(
        _("to be confirmed by a doctor of this clinic"),
        default=False,
        help_text=_("Patients see the mark “to be confirmed” until it is taken away."),
    )

    class Meta:
        abstract = True
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["treatment", "uid"], name="%(class)s_uid")]

    def __str__(self):
        """Its first words, in the language that is being spoken if they are there."""
        first = self.pairs[0]
        halves = (getattr(self, name) for name in (first, f"{first}_en", f"{first}_bn"))
        return next(filter(None, halves), self.uid)

    def save(self, *args, **kwargs):
        if not self.uid:
            self.uid = self._new_uid()
        super().save(*args, **kwargs)

    def _new_uid(self) -> str:
        return new_uid(self._named_by())

    def _named_by(self) -> str:
        return getattr(self, f"{self.pairs[0]}_en")


def _line(help_text: str = "") -> ProseEditorField:
    return ProseEditorField(
        _("text"), blank=True, extensions=LINE_EDITOR, sanitize=rich_text.clean_line,
        validators=[max_characters(20_000)], help_text=help_text,
    )  # fmt: skip


class Paragraph(Item):
    """A paragraph of running text, or an entry of a list in it."""

    class Kind(models.TextChoices):
        PARAGRAPH = rich_text.PARAGRAPH, _("Paragraph")
        ENTRY = rich_text.ITEM, _("In a list with dots")
        NUMBERED = rich_text.NUMBERED, _("In a numbered list")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.PARAGRAPH)
    text = _line()
    typed = ("kind",)
    rich = ("text",)

    class Meta(Item.Meta):
        abstract = True
        verbose_name = _("paragraph")

    def __str__(self):
        return rich_text.plain_text(super().__str__())

    def _named_by(self) -> str:
        return rich_text.plain_text(self.text_en)


class WhatItIs(Paragraph):
    class Meta(Paragraph.Meta):
        verbose_name_plural = _("What it is")


class Results(Paragraph):
    class Meta(Paragraph.Meta):
        verbose_name_plural = _("Results")


class HowOften(Paragraph):
    text = _line(
        _("Words around the plan's numbers. The page prints the numbers themselves from the plan.")
    )

    class Meta(Paragraph.Meta):
        verbose_name_plural = _("How often")


class Cost(Paragraph):
    class Meta(Paragraph.Meta):
        verbose_name_plural = _("Cost")


class HowItWorks(Paragraph):
    class Meta(Paragraph.Meta):
        verbose_name_plural = _("How it works")


class Sourced(Item):
    """Whose words rest on one of the treatment's sources."""

    origin = models.ForeignKey(
        "treatments.Source",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("where it comes from"),
        help_text=_("One of this treatment's sources, further down. Save a new source first."),
    )
    typed = ("origin",)

    class Meta(Item.Meta):
        abstract = True

    def clean(self):
        if self.origin and self.origin.treatment_id != self.treatment_id:
            raise ValidationError({"origin": _("Choose one of this treatment's own sources.")})


class Answer(Sourced):
    class About(models.TextChoices):
        MAY_HAVE_IT = "may_have_it", _("May I have it?")
        PAIN = "pain", _("Does it hurt?")
        VISIT = "visit", _("How long does it take each time?")
        COURSE = "course", _("How many times?")
        WORKS = "works", _("Does it work?")
        COST = "cost", _("What does it cost?")
        HELP = "help", _("When must I get help?")

    about = models.CharField(_("question"), max_length=20, choices=About, default=About.PAIN)
    text = short_text(
        _("answer"),
        help_text=_(
            "One or two sentences. The page itself prints the numbers of the plan, how long the "
            "result lasts, the emergency number and the links to the lists."
        ),
    )
    typed = ("about", "origin")

    class Meta(Item.Meta):
        verbose_name = _("answer")
        verbose_name_plural = _("first answers")


class Indication(Item):
    text = short_text(_("who it helps"))

    class Meta(Item.Meta):
        verbose_name = _("person it helps")
        verbose_name_plural = _("who it helps")


class Benefit(Item):
    text = short_text(_("benefit"))

    class Meta(Item.Meta):
        verbose_name = _("benefit")
        verbose_name_plural = _("benefits")


class Contraindication(Sourced):
    class Level(models.TextChoices):
        MUST_NOT = "must_not", _("Must not have it")
        TELL_US = "tell_us", _("Tell us first")

    class Unsure(models.TextChoices):
        __empty__ = _("Talk to us first; until then, no")

        YES = "yes", _("Counts as yes")

    level = models.CharField(_("level"), max_length=10, choices=Level, default=Level.MUST_NOT)
    unsure = models.CharField(
        _("the answer “Not sure”"),
        max_length=10,
        blank=True,
        choices=Unsure,
        help_text=_(
            "In the check before booking, for a reason of the level “Must not have it”. Choose "
            "“Counts as yes” where the treatment must not happen even if somebody only may have "
            "it, for example a pregnancy."
        ),
    )
    text = short_text(
        _("reason"),
        help_text=_("Completes “Do not have this treatment if …” or “Tell us first if …”."),
    )
    question = short_text(
        _("as a question"),
        help_text=_(
            "A plain yes-or-no question: “Are you pregnant?” Where it is empty, the check shows the "
            "reason itself."
        ),
    )
    pairs = ("text", "question")
    typed = ("level", "unsure", "origin")

    class Meta(Item.Meta):
        verbose_name = _("reason not to have it")
        verbose_name_plural = _("who must not have it, and what to tell us first")


class Preparation(Sourced):
    text = short_text(_("before you come"))

    class Meta(Item.Meta):
        verbose_name = _("preparation")
        verbose_name_plural = _("before you come")


def _pictograms_offered(pictograms: type[models.TextChoices]) -> list:
    """What fits any treatment first, then what only belongs to one with a current."""
    listed = pictograms.choices
    from_here = pictograms.values.index("trays")
    return [
        ("", _("No drawing")),
        (_("For any treatment"), listed[:from_here]),
        (_("With electric current"), listed[from_here:]),
    ]


class ProcedureStep(Sourced):
    class Pictogram(models.TextChoices):
        # For any treatment
        WASH = "wash", _("Washing the skin under a tap")
        JEWELLERY = "jewellery", _("Taking off a ring and a watch")
        LOOK = "look", _("Looking for cuts with a magnifying glass")
        JELLY = "jelly", _("Petroleum jelly on a scratch")
        LOOK_JELLY = "look_jelly", _("Looking for cuts, then petroleum jelly")
        TIMER = "timer", _("A timer")
        NURSE = "nurse", _("A nurse checks")
        TOWEL = "towel", _("Drying with a towel")
        CREAM = "cream", _("Putting on moisturizer")
        TOWEL_CREAM = "towel_cream", _("Drying with a towel, then moisturizer")
        PLASTER = "plaster", _("A plaster on the skin")
        GOGGLES = "goggles", _("Eye shields")
        NO_SUN = "no_sun", _("Keep out of the sun (crossed out in red)")
        LAMP = "lamp", _("A lamp over the skin")
        LASER = "laser", _("A laser on the skin")
        SPRAY = "spray", _("Freezing with a spray")
        NEEDLE = "needle", _("An injection")
        TABLET = "tablet", _("A tablet and a glass of water")
        MEDICINE = "medicine", _("Medicine dripped on a gauze")
        # With electric current
        TRAYS = "trays", _("Pouring water into two trays")
        HANDS = "hands", _("Hands in two trays of water")
        FEET = "feet", _("Feet in two trays of water")
        UNDERARM = "underarm", _("A pad under the arm")
        HANDS_FEET = "hands_feet", _("Hands in trays; feet in trays")
        HANDS_FEET_UNDERARM = (
            "hands_feet_underarm",
            _("Hands in trays; feet in trays; a pad under the arm"),
        )
        ELECTRODES = "electrodes", _("Electrodes on the skin")
        UP = "up", _("The current is turned up")
        DOWN = "down", _("The current is turned down")
        STAY_IN = "stay_in", _("Hands or feet stay in the water until the timer ends")
        PLATE = "plate", _("Do not touch the metal plate (crossed out in red)")
        TELL = "tell", _("Asking a nurse to turn the current down")

    pictogram = models.CharField(
        _("drawing"),
        max_length=20,
        blank=True,
        choices=_pictograms_offered(Pictogram),
        help_text=_("Shown beside the step, on the English page and on the Bangla one."),
    )
    title = models.CharField(_("step"), max_length=120, blank=True)
    text = short_text(_("what happens"))
    pairs = ("title", "text")
    typed = ("pictogram", "origin")

    class Meta(Item.Meta):
        verbose_name = _("step")
        verbose_name_plural = _("procedure, step by step")


class AftercareTip(Sourced):
    class Kind(models.TextChoices):
        DO = "do", _("Do")
        DO_NOT = "do_not", _("Do not")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.DO)
    text = short_text(
        _("tip"), help_text=_("The page prints “Do” or “Do not” above it: leave “not” out here.")
    )
    typed = ("kind", "origin")

    class Meta(Item.Meta):
        verbose_name = _("aftercare tip")
        verbose_name_plural = _("aftercare")


class SideEffect(Sourced):
    class Frequency(models.TextChoices):
        COMMON = "common", _("Common")
        UNCOMMON = "uncommon", _("Uncommon")
        RARE = "rare", _("Rare")

    frequency = models.CharField(
        _("how common"), max_length=10, choices=Frequency, default=Frequency.COMMON
    )
    text = short_text(_("side effect"))
    typed = ("frequency", "origin")

    class Meta(Item.Meta):
        verbose_name = _("side effect")
        verbose_name_plural = _("side effects")


class HelpSign(Sourced):
    class Urgency(models.TextChoices):
        CALL = "call", _("Stop and call us")
        EMERGENCY = "emergency", _("Emergency")

    urgency = models.CharField(_("urgency"), max_length=10, choices=Urgency, default=Urgency.CALL)
    text = short_text(_("sign"))
    typed = ("urgency", "origin")

    class Meta(Item.Meta):
        verbose_name = _("warning sign")
        verbose_name_plural = _("when to get help")


class Question(Item):
    question = short_text(_("question"))
    answer = short_text(_("answer"))
    pairs = ("question", "answer")

    class Meta(Item.Meta):
        verbose_name = _("question and answer")
        verbose_name_plural = _("questions and answers")


class OtherOption(Sourced):
    class Kind(models.TextChoices):
        __empty__ = _("Another option")

        THIS = "this", _("This treatment itself")

    kind = models.CharField(_("kind"), max_length=10, blank=True, choices=Kind)
    name = models.CharField(_("name"), max_length=120, blank=True)
    text = short_text(_("what is it?"))
    works = short_text(_("how well does it work?"))
    harm = short_text(_("what harm can it do?"))
    time = short_text(_("how much time does it take?"))
    not_for = short_text(_("who is it not for?"))
    compared = ("text", "works", "harm", "time", "not_for")  # asked of each option alike
    pairs = ("name", *compared)
    typed = ("kind", "origin")

    class Meta(Item.Meta):
        verbose_name = _("other option")
        verbose_name_plural = _("other options")


class Source(Item):
    class Kind(models.TextChoices):
        STUDY = "study", _("Study")
        GUIDE = "guide", _("Guide, leaflet or maker’s instructions")
        CLINIC = "clinic", _("This clinic’s own text")
        FURTHER_READING = "further_reading", _("Further reading")

    class Standing(models.TextChoices):
        __empty__ = _("Holds")

        WITHDRAWN = "withdrawn", _("Withdrawn: nothing may rest on it any more")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.STUDY)
    standing = models.CharField(
        _("does it still hold?"),
        max_length=10,
        blank=True,
        choices=Standing,
        help_text=_(
            "Choose “Withdrawn” when a study was retracted or a guide no longer says so. Every "
            "sentence that rests on it is then named, and once published no review covers it."
        ),
    )
    citation = models.TextField(
        _("citation"),
        validators=[max_characters(600)],
        help_text=_("As it was published, in English: authors, title or journal, year, pages."),
    )
    url = models.URLField(_("web address"), blank=True, max_length=300)
    note = short_text(_("note"))
    pairs = ("note",)
    typed = ("kind", "standing", "citation", "url")

    class Meta(Item.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self):
        return self.citation or self.uid

        return new_uid(self._named_by())


def _count(label: str) -> models.PositiveIntegerField:
    return models.PositiveIntegerField(
        label, null=True, blank=True, validators=[MaxValueValidator(1_000_000)]
    )


def _percentage(label: str) -> models.DecimalField:
    return models.DecimalField(
        label,
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )


class EvidenceClaim(Item):
    class Kind(models.TextChoices):
        STUDY = "study", _("Study")
        ELSEWHERE = "elsewhere", _("Reported elsewhere")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.STUDY)
    participants = _count(_("people who took part"))
    treated_improved = _count(_("treated people who improved"))
    treated_total = _count(_("treated people in all"))
    compared_improved = _count(_("compared people who improved"))
    compared_total = _count(_("compared people in all"))
    treated_percent = _percentage(_("treated: percent improved"))
    compared_percent = _percentage(_("compared: percent improved"))
    source = models.ForeignKey(
        Source,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("source"),
        help_text=_("One of this treatment's sources, further down. Save a new source first."),
    )
    statement = short_text(_("what was found"))
    measured = short_text(_("what was measured"))
    caution = short_text(_("how sure one can be"))
    pairs = ("statement", "measured", "caution")
    typed = (
        "kind",
        "participants",
        "treated_improved",
        "treated_total",
        "compared_improved",
        "compared_total",
        "treated_percent",
        "compared_percent",
        "source",
    )

    class Meta(Item.Meta):
        verbose_name = _("evidence")
        verbose_name_plural = _("results in studies")
        constraints = [
            *Item.Meta.constraints,
            models.CheckConstraint(
                name="treated_count",
                condition=Q(treated_improved__isnull=True)
                | Q(treated_total__isnull=False, treated_improved__lte=F("treated_total")),
                violation_error_message=_("More treated people improved than there were."),
            ),
            models.CheckConstraint(
                name="compared_count",
                condition=Q(compared_improved__isnull=True)
                | Q(compared_total__isnull=False, compared_improved__lte=F("compared_total")),
                violation_error_message=_("More compared people improved than there were."),
            ),
        ]

    def clean(self):
        if self.source and self.source.treatment_id != self.treatment_id:
            raise ValidationError({"source": _("Choose one of this treatment's own sources.")})
