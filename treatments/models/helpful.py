"""What readers thought of a page: counts, and nothing about who counted."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .publication import Publication


class Helpful(models.Model):
    """How often one answer was given to one publication: ten rows at the most for each.

    The answer itself is counted where `missing` is empty; what somebody then says was missing has
    a row of its own.
    """

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")

    class Missing(models.TextChoices):
        WORDS = "words", _("The words were too hard")
        COST = "cost", _("What it costs")
        PAIN = "pain", _("Whether it hurts")
        RESULTS = "results", _("How well it works")
        VISITS = "visits", _("How many visits it takes")
        SAFETY = "safety", _("Whether it is safe for me")
        CONTACT = "contact", _("How to reach the clinic")
        OTHER = "other", _("Something else")

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="helpful")
    answer = models.CharField(_("answer"), max_length=3, choices=Answer)
    missing = models.CharField(_("what was missing"), max_length=10, choices=Missing, blank=True)
    count = models.PositiveIntegerField(_("how often"), default=0)

    class Meta:
        verbose_name = _("answer about a page")
        verbose_name_plural = _("answers about pages")
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "answer", "missing"], name="one_count_an_answer"
            )
        ]

    def __str__(self):
        return f"{self.publication_id}: {self.answer} {self.missing} {self.count}"

    @classmethod
    def add(cls, publication: Publication, answer: str, missing: str = "") -> None:
        """Counts one answer, however many are being counted at the same time."""
        row, _created = cls.objects.get_or_create(
            publication=publication, answer=answer, missing=missing
        )
        cls.objects.filter(pk=row.pk).update(count=models.F("count") + 1)
