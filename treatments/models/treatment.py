import secrets

from django.core.validators import MaxLengthValidator, RegexValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from parler.fields import TranslationsForeignKey
from parler.managers import TranslatableManager
from parler.models import TranslatableModel, TranslatedFieldsModel

from .plan import PLAN, Kind, end_column, range_constraint, unit_column
from .written import Written

LANGUAGES = ("en", "bn")

# What the editors offer is what language.rich_text lets through: within a line, and in a whole text.
LINE_EDITOR = {
    "Bold": True,
    "HardBreak": True,
    "Link": {"enableTarget": False, "protocols": ["https", "mailto", "tel"]},
}
EDITOR = LINE_EDITOR | {"BulletList": True, "OrderedList": True, "ListItem": True}

slug_validator = RegexValidator(
    r"^[a-z0-9]+(-[a-z0-9]+)*\Z",
    _("Use only small English letters, digits and single hyphens, for example: skin-care"),
)


def new_permanent_name() -> str:
    return secrets.token_hex(16)


def max_characters(characters: int) -> MaxLengthValidator:
    """A length limit without the `maxlength` attribute, which would cut a paste in silence."""
    return MaxLengthValidator(
        characters,
        _("This text is too long: %(show_value)d characters. At most %(limit_value)d fit here."),
    )


class Treatment(Written, TranslatableModel):
    """One treatment as staff edit it: a draft. Patients' pages never read this table's words."""

    slug = models.CharField(
        _("web address"),
        max_length=60,
        unique=True,
        validators=[slug_validator],
        help_text=_(
            "The last part of the page's address, the same in both languages, for example "
            "iontophoresis. After the first publication it is changed with “Change address…”, so "
            "that the old one keeps working."
        ),
        error_messages={"unique": _("Another treatment already has this web address.")},
    )
    # What calendars and feed readers know it by, whatever its address becomes: it never changes.
    permanent_name = models.CharField(
        max_length=60, unique=True, editable=False, default=new_permanent_name
    )
    body_areas = models.ManyToManyField(
        "BodyArea", verbose_name=_("body areas"), blank=True, related_name="treatments"
    )
    position = models.PositiveIntegerField(_("order"), default=0, db_index=True)

    kind = models.CharField(
        _("done with"),
        max_length=20,
        choices=Kind,
        blank=True,
        help_text=_("The sentences that the page makes of the numbers go by this."),
    )
    visit_min = end_column(_("at least"))
    visit_max = end_column(_("at most"))
    visit_unit = unit_column("visit")
    running_min = end_column(_("at least"))
    running_max = end_column(_("at most"))
    running_unit = unit_column("running")
    frequency_min = end_column(_("at least"))
    frequency_max = end_column(_("at most"))
    frequency_unit = unit_column("frequency")
    course_min = end_column(_("at least"))
    course_max = end_column(_("at most"))
    course_unit = unit_column("course")
    maintenance_min = end_column(_("at least"))
    maintenance_max = end_column(_("at most"))
    maintenance_unit = unit_column("maintenance")
    result_lasts_en = models.CharField(
        _("How long the result lasts (English)"), max_length=200, blank=True
    )
    result_lasts_bn = models.CharField(
        _("How long the result lasts (Bangla)"), max_length=200, blank=True
    )

    objects = TranslatableManager()

    class Meta:
        verbose_name = _("treatment")
        verbose_name_plural = _("treatments")
        ordering = ["position", "pk"]
        constraints = [range_constraint(name) for name in PLAN]

    def __str__(self):
        return self.safe_translation_getter("title", any_language=True) or self.slug

    @cached_property
    def has_been_published(self) -> bool:
        return self.publications.exists()


class TreatmentProse(Written, TranslatedFieldsModel):
    """What has a life of its own in one language. The row may not exist yet: that is a state."""

    master = TranslationsForeignKey(
        Treatment, on_delete=models.CASCADE, related_name="translations", editable=False
    )
    title = models.CharField(_("title"), max_length=120, blank=True)
    summary = models.TextField(
        _("summary"),
        blank=True,
        validators=[max_characters(600)],
        help_text=_("One or two sentences below the title: what it does and for whom."),
    )
    search_description = models.TextField(
        _("text for search engines"),
        blank=True,
        validators=[max_characters(300)],
        help_text=_(
            "One or two sentences, 70 to 155 characters. Shown by Google, not on the page."
        ),
    )
    translated_by = models.CharField(
        _("translated by"),
        max_length=120,
        blank=True,
        help_text=_("Who translated this language's text. Leave empty if nobody is to be named."),
    )

    FIELDS = ("title", "summary", "search_description", "translated_by")

    class Meta:
        unique_together = [("language_code", "master")]
        verbose_name = _("text of the page")
        verbose_name_plural = _("text of the page")

    def __str__(self):
        return self.get_language_code_display() if self.language_code else ""
