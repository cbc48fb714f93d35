"""What every machine has to hear of: that something on patients' pages has changed."""

from django.db import models


class PageChange(models.Model):
    """Written in the transaction of the change itself, so that the two stand or fall together."""

    # everything, order, or treatment:PK; changes.py says what each of them touches
    subject = models.CharField(max_length=40)

    def __str__(self):
        return f"{self.pk} {self.subject}"
