"""Letters that are neither English nor Bangla."""

import unicodedata
from functools import lru_cache

import regex

from .text import ADDRESS, ZWJ, ZWNJ

# Of the Bengali letters, those of Assamese and of Sanskrit only.
_NOT_BANGLA = "ৰৱঌৡৠৄৢৣ"
# Of no script, and yet letters and digits: 𝐛𝐨𝐥𝐝 ones as social media have them, and wide ones.
_STYLED = (
    r"[[\p{Lu}\p{Ll}\p{Lo}\p{Nd}&&\p{scx=Common}]--[0-9µℓ]]"
    r"\uff21-\uff3a\uff41-\uff5a"
)
# Marks and signs too: Arabic's comma, the Chinese full stop. The danda is Bangla's own.
_OF_ANOTHER_SCRIPT = (
    r"[[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Cf}]"
    r"--[\p{scx=Latin}\p{scx=Bengali}\p{scx=Common}\p{scx=Inherited}]]"
)
_FOREIGN = rf"[{_OF_ANOTHER_SCRIPT}{_STYLED}{_NOT_BANGLA}]"
_RUN = regex.compile(rf"{_FOREIGN}(?:[{_FOREIGN}\p{{M}}{ZWNJ}{ZWJ}]| (?={_FOREIGN}))*", regex.V1)

# Greek letters that stand for something: no word, and none that looks like a Latin letter.
_SYMBOL = regex.compile(
    r"(?<!\p{L}\p{M}*)[µμ](?:mol|kat|[gGlLℓmAVWsFSHTJNCMU]|IU|Ci|Bq|Gy|Sv|Hz)(?![\p{Latin}\p{Greek}])"
    r"|(?<!\p{L}\p{M}*)[kKMGmµμ]Ω(?![\p{Latin}\p{Greek}])"
    r"|(?:(?<!\p{L}\p{M}*)|(?<=[A-Z][A-Z0-9]))[µαβγδεζηθκλμξπρστφχψωΓΔΘΛΞΠΣΦΨΩ]"
    r"(?:[A-Z](?!\p{L}))?(?![\p{Latin}\p{Greek}])",
    regex.V1,
)


@lru_cache(maxsize=4096)
def foreign_letters(text: str) -> tuple[str, int]:
    """The first run of letters that are neither English nor Bangla, and where; ("", 0) for none.

    Greek letters may stand for something (β-blocker, μg, kΩ); addresses may be written in any.
    """

    def blank(match: regex.Match) -> str:
        return " " * len(match[0])

    match = _RUN.search(_SYMBOL.sub(blank, ADDRESS.sub(blank, text)))
    return (match[0], match.start()) if match else ("", 0)


def name_of(letter: str) -> str:
    """What Unicode calls a letter, for whoever sees no difference: “Cyrillic small letter a”."""
    return unicodedata.name(letter, f"U+{ord(letter):04X}").capitalize()
