"""Reading the numbers of a text."""

import unicodedata
from functools import lru_cache

from .bangla_numbers import Bangla
from .english_numbers import English
from .quantity import Quantity


@lru_cache(maxsize=8192)
def quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """The numbers that a plain text states in `language`, in order; web addresses hold none.

    Digits of both scripts are read in both languages; number words only of the language itself.
    A unit of time without a number ("weekly", "a few days") is a quantity without values.
    """
    text = unicodedata.normalize("NFC", text)
    return (Bangla if language == "bn" else English)(text).quantities()
