"""Photos: the pictures that staff have uploaded, and the items that show them."""

from django.conf import settings
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .items import Item
from .names import NameOf
from .treatment import max_characters

picture_name = RegexValidator(r"^[0-9a-f]{16}\Z")


class RemovedBecause(models.TextChoices):
    """To be chosen and not written, so that nothing about a patient is."""

    CONSENT = "consent", _("The person in the photo does not agree any more")
    NEVER_AGREED = "never_agreed", _("The person in the photo never agreed")
    MISTAKE = "mistake", _("It is the wrong photo")
    OTHER = "other", _("Another reason")


class Picture(models.Model):
    """An uploaded picture, of which only the files that pages show are kept; see photos.py."""

    name = models.CharField(max_length=16, unique=True, validators=[picture_name])
    width = models.PositiveIntegerField()  # of the widest file, in pixels
    height = models.PositiveIntegerField()
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    uploaded_by_name = NameOf("uploaded_by")
    uploaded_at = models.DateTimeField()  # the last time
    # Removed everywhere, for good: the row stays, so that nothing brings the picture back.
    removed_at = models.DateTimeField(null=True, editable=False)
    # Who did it stays known: such a login can be switched off, and not deleted.
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    removed_because = models.CharField(
        _("why"), max_length=12, blank=True, choices=RemovedBecause.choices
    )

    class Meta:
        verbose_name = _("uploaded picture")
        verbose_name_plural = _("uploaded pictures")
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self):
        return self.name


class Photo(Item):
    # A picture's name and size, not its key: a document means the same where there is no row.
    image = models.CharField(_("photo"), max_length=16, validators=[picture_name])
    width = models.PositiveIntegerField(validators=[MinValueValidator(1)])
    height = models.PositiveIntegerField(validators=[MinValueValidator(1)])
    alt = models.TextField(
        _("what the photo shows"),
        blank=True,
        validators=[max_characters(300)],
        help_text=_(
            "One sentence for people who cannot see it: “Two hands rest in shallow trays of water.”"
        ),
    )
    caption = models.TextField(
        _("words below the photo"),
        blank=True,
        validators=[max_characters(300)],
        help_text=_("May stay empty."),
    )
    pairs = ("alt", "caption")
    typed = ("image", "width", "height")

    class Meta(Item.Meta):
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
