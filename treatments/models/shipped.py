"""What the site itself ships for a treatment, beside what a clinic has made of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .treatment import Treatment


class ShippedWords(models.Model):
    """The shipped document of one treatment. Only shipped.py writes this table.

    Both texts are a document's JSON form.
    """

    treatment = models.OneToOneField(Treatment, on_delete=models.CASCADE, related_name="shipped")
    # Of its file in fixtures/. The treatment's own address may be another one by now.
    name = models.CharField(max_length=60, unique=True)
    # As it was loaded, or last decided on; empty where nobody can know.
    document = models.TextField(blank=True, editable=False)
    # What a later release ships, until somebody decides on it.
    offered = models.TextField(blank=True, editable=False)
    # Whether somebody decided on the last release, and what `document` was before that.
    decided = models.BooleanField(default=False)
    before = models.TextField(blank=True, editable=False)

    class Meta:
        verbose_name = _("shipped words")
        verbose_name_plural = _("shipped words")
        default_permissions = ()

    def __str__(self):
        return self.name
