"""What was saved and what is live. Only publishing writes these tables."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .names import NameOf
from .photos import Picture
from .treatment import Treatment, max_characters
from .written import Written

LANGUAGE_NAMES = {"en": _("English"), "bn": _("Bangla")}
LANGUAGE_CHOICES = list(LANGUAGE_NAMES.items())


class Snapshot(models.Model):
    """A treatment's document as it stood after one save. Never changed afterwards."""

    treatment = models.ForeignKey(Treatment, on_delete=models.CASCADE, related_name="snapshots")
    document = models.TextField(editable=False)  # the JSON form; jsonb would lose its key order
    digest = models.CharField(max_length=64, editable=False)
    saved_at = models.DateTimeField(_("saved"))
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    saved_by_name = NameOf("saved_by")
    # What lists and the dashboard ask of a document without reading it; see document.Edition.
    digest_en = models.CharField(max_length=64, editable=False, default="")
    digest_bn = models.CharField(max_length=64, editable=False, default="")
    medical_en = models.CharField(max_length=64, editable=False, default="")
    medical_bn = models.CharField(max_length=64, editable=False, default="")
    blocking = models.PositiveIntegerField(default=0)  # findings when it was saved
    advice = models.PositiveIntegerField(default=0)
    unconfirmed = models.PositiveIntegerField(default=0)  # passages that nobody has confirmed
    restored_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("saved version")
        verbose_name_plural = _("saved versions")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["treatment", "-id"], name="snapshot_newest")]

    def __str__(self):
        return f"{self.treatment_id}/{self.pk}"


class Review(Written):
    """A clinician has read one language of a treatment. Holds for as long as these words do."""

    treatment = models.ForeignKey(Treatment, on_delete=models.CASCADE, related_name="reviews")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="reviews")
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGE_CHOICES)
    digest = models.CharField(max_length=64, editable=False)  # of the medical content that was read
    reviewer = models.CharField(
        _("name"), max_length=120, help_text=_("As the reviewer wishes to be shown on the page.")
    )
    qualification = models.CharField(
        _("qualification"), max_length=160, help_text=_("As it is to be shown on the page.")
    )
    reviewed_on = models.DateField(_("reviewed on"))
    next_due = models.DateField(_("next review due"))
    note = models.TextField(_("note for the staff"), blank=True, validators=[max_characters(2_000)])
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    recorded_by_name = NameOf("recorded_by")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["-reviewed_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(next_due__gt=F("reviewed_on")), name="review_due_later"
            )
        ]
        permissions = [("review_treatment", "Can review treatments and waive findings")]

    def __str__(self):
        return f"{self.reviewer} ({self.language})"


class Waiver(Written):
    """One finding that a reviewer lets stand, in writing, for as long as its words stay."""

    treatment = models.ForeignKey(Treatment, on_delete=models.CASCADE, related_name="waivers")
    check_id = models.CharField(max_length=60)
    section = models.CharField(max_length=40)
    item = models.CharField(max_length=60, blank=True)
    field = models.CharField(max_length=40, blank=True)
    digest = models.CharField(max_length=64, editable=False)  # of all words at the place
    about = models.TextField(blank=True, editable=False)  # the very words that it lets stand
    finding = models.TextField(_("finding"))  # its message when it was waived
    reason = models.TextField(_("reason"), validators=[max_characters(2_000)])
    waived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    waived_by_name = NameOf("waived_by")
    waived_at = models.DateTimeField()

    class Meta:
        verbose_name = _("waiver")
        verbose_name_plural = _("waivers")
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.check_id}: {self.section}/{self.item}"


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
    # The review of these words; or else the last one of earlier words, and what changed since.
    review = models.ForeignKey(Review, on_delete=models.SET_NULL, null=True, related_name="+")
    earlier_review = models.ForeignKey(
        Review, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    changed_since_review = models.JSONField(default=list)  # section keys and prose fields
    waivers = models.ManyToManyField(Waiver, related_name="publications")
    # Of its photos: patients are given their files while it is live.
    pictures = models.ManyToManyField(Picture, related_name="publications")
    live_from = models.DateTimeField(_("live from"))
    live_until = models.DateTimeField(_("live until"), null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    published_by_name = NameOf("published_by")
    # It ends because it was withdrawn, at once or as planned, and not because of what follows it.
    withdrawn = models.BooleanField(default=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    withdrawn_by_name = NameOf("withdrawn_by")

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["-live_from", "-pk"]
        permissions = [("publish_treatment", "Can publish, schedule and withdraw treatments")]
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
