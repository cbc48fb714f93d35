"""Bangla and English words as they stand in sentences: patterns with their endings."""

import unicodedata

from .text import ZWJ, ZWNJ

# What may follow a Bangla noun in one word: number and classifier, case, emphasis (ঘাম → ঘামের,
# সেশন → সেশনগুলোতেও). ZWJ and hyphen stand before a case ending of a borrowed word (লোশন-এর).
BANGLA_ENDING = unicodedata.normalize(
    "NFC",
    r"(?:গুলো|গুলি|সমূহ|টুকু|টি|টা|টো|খানা|জন)?"
    r"(?:[-‌]?(?:এরা|এর|এ|কে)|দের|য়ের|েরা|ের|েতে|য়েতে|য়ে|ে|য়|র|তে|কে|রা)?"
    r"(?:সহ)?(?:[-‌]?(?:ই|ও))?",
)


WORD_START = rf"(?<![\p{{L}}\p{{M}}{ZWNJ}{ZWJ}])"
WORD_END = rf"(?![\p{{L}}\p{{M}}{ZWNJ}{ZWJ}])"
