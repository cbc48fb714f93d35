"""What a new password may be: the rules see it in the form in which it is kept."""

from urllib.parse import urlsplit

import regex
from django.conf import settings
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..language.active import in_active_digits
from ..language.text import words
from ..models import BodyArea, Clinic, Term, Treatment, TreatmentProse
from .password_hashing import normalise_password

ENOUGH = 4  # letters beside the site's own words
_NO_LETTER = regex.compile(r"[^\p{L}\p{M}]+")


class _AsKept:
    def validate(self, password, user=None):
        super().validate(normalise_password(password), user)


class NotLikeItsOwner(_AsKept, password_validation.UserAttributeSimilarityValidator):
    pass


class LongEnough(_AsKept, password_validation.MinimumLengthValidator):
    def get_help_text(self):
        return in_active_digits(super().get_help_text())


class NotCommon(_AsKept, password_validation.CommonPasswordValidator):
    pass


class NotOnlyDigits(_AsKept, password_validation.NumericPasswordValidator):
    pass


class NotOfThisSite:
    """Refuses what anybody who reads the site would try first, with or without digits and signs."""

    def validate(self, password, user=None):
        letters = _letters(password)
        longest_first = sorted(site_words(), key=len, reverse=True)
        rest = regex.sub("|".join(map(regex.escape, longest_first)), "", letters)
        if rest != letters and len(rest) < ENOUGH:
            raise ValidationError(
                _(
                    "This password is made of words that stand on this site, and whoever tries "
                    "passwords tries these first. Choose other words."
                ),
                code="password_of_this_site",
            )

    def get_help_text(self):
        return _(
            "Your password can’t be made of this site’s own words, such as a treatment’s name."
        )


def _letters(text: str) -> str:
    return _NO_LETTER.sub("", normalise_password(text).casefold())


def site_words() -> set[str]:
    """Names of the site, the clinic, treatments, body areas and the glossary, and their words."""
    names = ["iontoinfo", *urlsplit(settings.PUBLIC_URL).hostname.split(".")]
    for rows, columns in (
        (Treatment.objects, ("slug",)),
        (TreatmentProse.objects, ("title",)),
        (Clinic.objects, ("name_en", "name_bn")),
        (BodyArea.objects, ("key", "name_en", "name_bn")),
        (Term.objects, ("english", "bangla")),
    ):
        names += [name for row in rows.values_list(*columns) for name in row if name]
    parts = {_letters(part) for name in names for part in (name, *words(name))}
    return {part for part in parts if len(part) > 2}
