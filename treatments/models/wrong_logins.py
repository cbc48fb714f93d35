"""How many logins went wrong lately. Whose, the row does not say: it has no name and no address."""

from django.db import models


class WrongLogins(models.Model):
    """One row an account and one a network, of a fixed size; logins.py keeps their number small."""

    digest = models.CharField(max_length=32, primary_key=True)  # made with the site's secret key
    number = models.PositiveSmallIntegerField()
    next_try = models.DateTimeField()  # before it, no password is looked at

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.digest}: {self.number}"
