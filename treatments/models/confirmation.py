"""Who has read which words in both languages, and who wrote them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .names import NameOf
from .treatment import Treatment


class Confirmation(models.Model):
    """Somebody who reads both languages has read these words, and they say the same.

    Or, with one of the kinds of `LOSSES`, has agreed that patients lose them. Bound to the words
    and the section or field they stand in; its words are never changed.
    """

    class Kind(models.TextChoices):
        READ = "read", _("read in both languages")
        SHIPPED = "shipped", _("as shipped")
        PUBLISHED = "published", _("as published before")
        TAKEN_AWAY = "taken_away", _("taken away")
        PRINTED_OTHERWISE = "printed_otherwise", _("put under another heading")
        REORDERED = "reordered", _("put in another order")

    LOSSES = frozenset({Kind.TAKEN_AWAY, Kind.PRINTED_OTHERWISE, Kind.REORDERED})

    treatment = models.ForeignKey(Treatment, on_delete=models.CASCADE, related_name="confirmations")
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.READ)
    section = models.CharField(max_length=40)
    item = models.CharField(max_length=60, blank=True)
    digest = models.CharField(
        max_length=32
    )  # document.passages; of a loss, what it is lost from too
    key = models.CharField(max_length=32, blank=True)  # what was pressed: taking it back takes all
    # Of each half alone, for a page that is live in one language.
    digest_en = models.CharField(max_length=32, blank=True)
    digest_bn = models.CharField(max_length=32, blank=True)
    words = models.JSONField(default=dict)  # `{field: {"en": …, "bn": …}}` as they were read
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    confirmed_by_name = NameOf("confirmed_by")
    confirmed_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("confirmation")
        verbose_name_plural = _("confirmations")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["treatment", "digest"], name="confirmation_digest")]

    def __str__(self):
        return f"{self.section}/{self.item}: {self.get_kind_display()}"


class Authorship(models.Model):
    """Somebody wrote these words. Who wrote them may not be the one who confirms them."""

    treatment = models.ForeignKey(Treatment, on_delete=models.CASCADE, related_name="authorships")
    digest = models.CharField(max_length=32)  # of the passage, as in Confirmation
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    written_by_name = NameOf("written_by")
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("authorship")
        verbose_name_plural = _("authorships")
        constraints = [
            models.UniqueConstraint(
                fields=["treatment", "digest", "written_by"], name="one_authorship"
            )
        ]

    def __str__(self):
        return f"{self.written_by_name}: {self.digest}"
