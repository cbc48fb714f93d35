"""What was saved and what is live. Only publishing.py writes these tables."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .treatment import Treatment

LANGUAGE_CHOICES = [("en", _("English")), ("bn", _("Bangla"))]


class Snapshot(models.Model):
    """A treatment's document as it stood after one save. Never changed afterwards."""

    treatment = models.ForeignKey(Treatment, on_delete=models.CASCADE, related_name="snapshots")
    document = models.TextField(editable=False)  # the JSON form; jsonb would lose its key order
    digest = models.CharField(max_length=64, editable=False)
    saved_at = models.DateTimeField(_("saved"))
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("saved version")
        verbose_name_plural = _("saved versions")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["treatment", "-id"], name="snapshot_newest")]

    def __str__(self):
        return f"{self.treatment_id}/{self.pk}"


class PublicationQuerySet(models.QuerySet):
    def live(self, now: datetime) -> "PublicationQuerySet":
        return self.filter(Q(live_until=None) | Q(live_until__gt=now), live_from__lte=now)


class Publication(models.Model):
    """One language of a snapshot, live from one moment until another."""

    treatment = models.ForeignKey(Treatment, on_delete=models.CASCADE, related_name="publications")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="publications")
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGE_CHOICES)
    # Frozen from the snapshot, so that lists and neighbours need not read whole documents.
    title = models.CharField(_("title"), max_length=120)
    summary = models.TextField(_("summary"))
    live_from = models.DateTimeField(_("live from"))
    live_until = models.DateTimeField(_("live until"), null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["-live_from", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["treatment", "language"],
                condition=Q(live_until=None),
                name="one_open_publication",
            ),
            models.CheckConstraint(
                condition=Q(live_until=None) | Q(live_until__gte=F("live_from")),
                name="publication_ends_after_it_starts",
            ),
        ]
        indexes = [models.Index(fields=["language", "live_from"], name="publication_live")]

    def __str__(self):
        return f"{self.title} ({self.language})"


class LoadedContent(models.Model):
    """Something the shipped content has brought once, so that it never comes back by itself."""

    name = models.CharField(max_length=200, unique=True)  # for example treatments/iontophoresis
    loaded_at = models.DateTimeField()

    def __str__(self):
        return self.name
