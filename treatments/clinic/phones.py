"""Telephone numbers: read as people write them, kept as they are dialled, shown in groups.

A number is kept with its country code (+8801…), a hotline as its 3 to 5 digits. What was kept
before and cannot be read any more is shown and linked as it stands.
"""

from functools import lru_cache

import phonenumbers
import regex
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from phonenumbers import (
    PhoneNumber,
    PhoneNumberFormat,
    PhoneNumberType,
    ValidationResult,
    shortnumberinfo,
)

from ..language.digits import digits_in, typed_digits
from ..language.text import normalise

HOME, HOME_CODE = "BD", 880
AT_MOST = 10
_SEPARATORS = regex.compile(r"[\s\p{Pd}\p{Pc}\p{Ps}\p{Pe}.·−]+")
_BETWEEN_NUMBERS = regex.compile(r"[\n\r,;،]+")
_DIGITS = regex.compile(r"\+?[0-9]+")
_HOTLINE = regex.compile(r"[1-9][0-9]{2,4}")
_MOBILE = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}


def parse_phone(typed: str) -> str:
    """The kept form of one number. Raises ValidationError with a sentence for staff."""
    digits = _digits(typed)
    return digits if _HOTLINE.fullmatch(digits) else _kept(_parse(digits, typed))


def parse_phones(typed: str) -> str:
    """The kept form of several numbers, one a line, each once. Raises as `read` does."""
    lines = [line for line in _BETWEEN_NUMBERS.split(normalise(typed)) if line.strip()]
    if len(lines) > AT_MOST:
        raise ValidationError(_("Write at most %(most)d numbers."), params={"most": AT_MOST})
    numbers, errors = {}, []
    for line in lines:
        try:
            numbers[parse_phone(line)] = None
        except ValidationError as error:
            errors.append(error)
    if errors:
        raise ValidationError(errors)
    return "\n".join(numbers)


def parse_mobile(typed: str) -> str:
    """The kept form of a mobile number. Raises as `read` does."""
    digits = _digits(typed)
    hotline = _HOTLINE.fullmatch(digits)
    if hotline or phonenumbers.number_type(number := _parse(digits, typed)) not in _MOBILE:
        raise _refusal(_("“%(typed)s” is not a mobile number. WhatsApp needs one."), typed)
    return _kept(number)


def doubt_phone(kept: str) -> str:
    """What is to be asked about a number that can be dialled and is unusual here; "" for nothing."""
    if _HOTLINE.fullmatch(kept):
        usual = len(kept) == 3 or (len(kept) == 5 and kept[0] == "1")
        return "" if usual else _("Is this short number whole, with no digit missing?")
    if phonenumbers.parse(kept).country_code != HOME_CODE:
        return _("Is it right that this number is of another country, not of Bangladesh?")
    return ""


def doubt_hotline(kept: str) -> str:
    """The same about an emergency number."""
    number = PhoneNumber(country_code=HOME_CODE, national_number=int(kept))
    known = shortnumberinfo.is_valid_short_number_for_region(number, HOME)
    return "" if known else _("In Bangladesh the emergency number is 999. Is this one right?")


def parse_hotline(typed: str) -> str:
    """The digits of a number of 3 to 5 digits. Raises as `read` does."""
    digits = _SEPARATORS.sub("", typed_digits(typed))
    if not _HOTLINE.fullmatch(digits):
        raise ValidationError(_("Write 3 to 5 digits and nothing else, for example 999."))
    return digits


@lru_cache(maxsize=256)
def dialable(number: str) -> str:
    """What stands behind `tel:`: the kept form, or the number as it stands."""
    try:
        return parse_phone(number)
    except ValidationError:
        return number


@lru_cache(maxsize=256)
def readable_number(number: str, language: str) -> str:
    """The number as people read it, in the digits of `language`: +880 1XXX-XXXXXX."""
    dialled = dialable(number)
    if valid := _valid(dialled):
        dialled = phonenumbers.format_number(valid, PhoneNumberFormat.INTERNATIONAL)
    return digits_in(language, dialled)


def _digits(typed: str) -> str:
    """ASCII digits, perhaps with a + before them."""
    text = typed_digits(typed).strip()
    digits = _SEPARATORS.sub("", text.lower().removeprefix("tel:").replace("＋", "+"))
    if not _DIGITS.fullmatch(digits):
        raise _refusal(
            _("“%(typed)s”: write one number alone, in digits, without words or an extension."),
            typed,
        )
    return digits


def _parse(digits: str, typed: str) -> PhoneNumber:
    try:
        number = phonenumbers.parse(digits, HOME)
    except phonenumbers.NumberParseException as error:
        short = error.error_type in (error.TOO_SHORT_AFTER_IDD, error.TOO_SHORT_NSN)
        long = error.error_type == error.TOO_LONG
        raise _refusal(_TOO_SHORT if short else _TOO_LONG if long else _UNKNOWN, typed) from error
    if not phonenumbers.is_valid_number(number):
        raise _refusal(_what_is_wrong(number), typed)
    return number


_TOO_SHORT = _("“%(typed)s” is too short: digits are missing. Count them again.")
_TOO_LONG = _(
    "“%(typed)s” is too long for one number. Count the digits again; it must be one number alone."
)
_UNKNOWN = _(
    "There is no number like “%(typed)s”. Check its first digits (country, area or operator)."
)


def _what_is_wrong(number: PhoneNumber) -> str:
    why, digits = phonenumbers.is_possible_number_with_reason(number), _kept(number)
    if why == ValidationResult.TOO_LONG or _valid(digits[:-1]):
        return _TOO_LONG
    if why == ValidationResult.TOO_SHORT or any(_valid(f"{digits}{one}") for one in range(10)):
        return _TOO_SHORT
    return _UNKNOWN


def _valid(kept: str) -> PhoneNumber | None:
    try:
        number = phonenumbers.parse(kept)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None


def _kept(number: PhoneNumber) -> str:
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _refusal(sentence: str, typed: str) -> ValidationError:
    said = typed.strip()
    return ValidationError(sentence, params={"typed": said if len(said) <= 40 else said[:40] + "…"})
