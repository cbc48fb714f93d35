"""The ways out where a number differs between the languages: one of the two in both."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

import regex

from ..checks import Finding
from ..checks.numbers import number_differences
from ..language.digits import ascii_digits, digits_in
from ..models import LANGUAGES

_DIGITS = regex.compile(r"\d+")
_BETWEEN = " / "  # in what a finding is about: the words of both languages


@dataclass(frozen=True)
class NumberChoice:
    """Number words of one language that would stand in both."""

    language: str  # whose number is right
    words: str  # as it says it
    about: str  # which difference: the words of both, as the finding has them

    @property
    def query(self) -> str:
        """What opens the text with this number proposed for both."""
        return urlencode({"as": self.language, "about": self.about})


def number_choices(finding: Finding) -> list[NumberChoice]:
    """Both ways out of a difference of numbers; none where it is not one of digits."""
    if finding.check != "numbers" or not (finding.english and finding.bangla):
        return []
    both = finding.about.split(_BETWEEN)
    numbers = [[ascii_digits(one) for one in _DIGITS.findall(words)] for words in both]
    # Where the numbers are the same, what they count is another.
    if (
        len(both) != len(LANGUAGES)
        or len(numbers[0]) != len(numbers[1])
        or len(set(map(str, numbers))) < 2
    ):
        return []
    return [
        NumberChoice(code, words, finding.about)
        for code, words in zip(LANGUAGES, both, strict=True)
    ]


def proposals(
    halves: Mapping[str, Mapping[str, str]], language: str, about: str
) -> Iterator[tuple[str, str, str]]:
    """How the other half would say the number that `language` says, where they differ like this.

    `halves`: plain words by the name of the field and by language. Yields the field's name, what
    stands there, and what would stand there instead.
    """
    [other] = {*LANGUAGES} - {language}
    said = dict(zip(LANGUAGES, about.split(_BETWEEN), strict=False))
    right, wrong = (_DIGITS.findall(said.get(code, "")) for code in (language, other))
    if not right or len(right) != len(wrong):
        return
    numbers = iter(right)
    instead = _DIGITS.sub(lambda _: digits_in(other, next(numbers)), said[other])
    for name, pair in halves.items():
        for one in number_differences(*(pair[code] for code in LANGUAGES)):
            if (
                one.english
                and one.bangla
                and about == one.english.text + _BETWEEN + one.bangla.text
            ):
                yield name, said[other], instead
