"""Addresses that a treatment's pages had before: they lead to the one of today."""

from django.db import models

from .treatment import Treatment


class OldAddress(models.Model):
    """One slug that was a treatment's. It leads to the treatment, so never to another old one."""

    slug = models.CharField(max_length=60, unique=True)
    treatment = models.ForeignKey(Treatment, on_delete=models.CASCADE, related_name="old_addresses")
    changed_at = models.DateTimeField()  # when it ceased to be the treatment's own

    class Meta:
        default_permissions = ()
        ordering = ["-changed_at", "-pk"]

    def __str__(self):
        return self.slug
