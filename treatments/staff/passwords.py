"""What a new password may be: the rules see it in the form in which it is kept."""

from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import regex
from django.conf import settings
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from zxcvbn import zxcvbn

from ..language.active import in_active_digits
from ..language.text import words
from ..models import BodyArea, Clinic, Term, Treatment, TreatmentProse
from .password_hashing import normalise_password

ENOUGH = 4  # letters beside the site's own words
FEWEST_GUESSES = 100_000_000  # after which a password is found by who tries the likely ones first
MOST_LETTERS = 72  # that are looked at; more cost time, and make nothing easier to guess
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


class NotEasyToGuess:
    """Refuses variants of what many people choose: with other digits and signs, a year, a walk on
    the keyboard; also of words that are near in this country and of her own name."""

    def validate(self, password, user=None):
        own = [user.username, user.first_name, user.last_name, user.email] if user else []
        near = [*(word for word in own if word), *near_words(), *site_words()]
        letters = "".join(map(_plain, normalise_password(password)))[:MOST_LETTERS]
        if zxcvbn(letters, user_inputs=near)["guesses"] < FEWEST_GUESSES:
            raise ValidationError(
                _(
                    "This password is a variant of one that many people choose, and would soon be "
                    "guessed. Take three or four words that have nothing to do with each other."
                ),
                code="password_easy_to_guess",
            )

    def get_help_text(self):
        return _(
            "Your password can’t be a variant of a common one: other digits, signs or a year do not "
            "help. Three or four words that have nothing to do with each other are good."
        )


def _plain(letter: str) -> str:
    return str(int(letter)) if letter.isdecimal() else letter


@cache
def near_words() -> list[str]:
    """What people here would choose, the likeliest first."""
    lines = (Path(__file__).parent / "near_words.txt").read_text("utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]


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
