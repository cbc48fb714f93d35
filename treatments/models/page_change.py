"""What every worker has to hear of: that something on patients' pages has changed."""

from django.db import models


class PageChange(models.Model):
    """The last change of the site, or of one treatment. Written by triggers; see triggers.py."""

    subject = models.CharField(max_length=40, unique=True)  # "site", or "treatment:" and its key
    token = models.CharField(max_length=36)  # never the same again, also not in a restored copy

    def __str__(self):
        return self.subject
