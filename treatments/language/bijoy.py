"""Bijoy: Bangla typed for fonts such as SutonnyMJ, where Latin letters are drawn as Bangla ones.

In any other font, a phone's included, it reads “Avgvi †mvbvi evsjv”. It is recognised by pairs of
letters that no English word has, and turned into Unicode: letter by letter, then what is written
before its consonant (ি ে ৈ) or above the next one (the reph) is put where Unicode has it.
"""

import html
from hashlib import sha256

import regex

from .text import ADDRESS, ZWJ, ZWNJ, normalise

_LETTERS = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ_`abcdefghijklmnopqr",
        [
            "অ",
            "ই",
            "ঈ",
            "উ",
            "ঊ",
            "ঋ",
            "এ",
            "ঐ",
            "ও",
            "ঔ",
            "ক",
            "খ",
            "গ",
            "ঘ",
            "ঙ",
            "চ",
            "ছ",
            "জ",
            "ঝ",
            "ঞ",
            "ট",
            "ঠ",
            "ড",
            "ঢ",
            "ণ",
            "ত",
            "থ",
            "দ",
            "ধ",
            "ন",
            "প",
            "ফ",
            "ব",
            "ভ",
            "ম",
            "য",
            "র",
            "ল",
            "শ",
            "ষ",
            "স",
            "হ",
            "ড়",
            "ঢ়",
            "য়",
            "ৎ",
        ],
        strict=True,
    )
)
_SIGNS = {
    "s": "ং", "t": "ঃ", "u": "ঁ", "v": "া", "w": "ি", "x": "ী", "y": "ু", "z": "ু", "æ": "ু",
    "~": "ূ", "ƒ": "ূ", "‚": "ূ", "„": "ৃ", "…": "ৃ", "†": "ে", "‡": "ে", "ˆ": "ৈ", "‰": "ৈ",
    "Š": "ৗ", "&": "্", "|": "।", "$": "৳", "Ò": "“", "Ó": "”", "Ô": "‘", "Õ": "’", "Ñ": "—",
}  # fmt: skip
# Whole conjuncts, and signs that are drawn as one with their consonant.
_CONJUNCTS = {
    "°": "ক্ক", "±": "ক্ট", "²": "ক্ষ্ম", "³": "ক্ত", "´": "ক্ম", "µ": "ক্র", "μ": "ক্র", "¶": "ক্ষ",
    "ÿ": "ক্ষ", "·": "ক্স", "¸": "গু", "¹": "গ্গ", "º": "গ্দ", "»": "গ্ধ", "¼": "ঙ্ক", "½": "ঙ্গ",
    "¾": "জ্জ", "À": "জ্ঝ", "Á": "জ্ঞ", "Â": "ঞ্চ", "Ã": "ঞ্ছ", "Ä": "ঞ্জ", "Å": "ঞ্ঝ", "Æ": "ট্ট",
    "Ç": "ড্ড", "È": "ণ্ট", "É": "ণ্ঠ", "Ê": "ণ্ড", "Ð": "ণ্ড", "Ë": "ত্ত", "Ì": "ত্থ", "Î": "ত্র",
    "Ï": "দ্দ", "×": "দ্ধ", "Ø": "দ্ব", "Ù": "দ্ম", "Ú": "ন্ঠ", "Û": "ন্ড", "Ü": "ন্ধ", "Ý": "ন্স",
    "Þ": "প্ট", "ß": "প্ত", "à": "প্প", "á": "প্স", "â": "ব্জ", "ã": "ব্দ", "ä": "ব্ধ", "å": "ভ্র",
    "ç": "ম্ফ", "é": "ল্ক", "ê": "ল্গ", "ë": "ল্ট", "ì": "ল্ড", "í": "ল্প", "î": "ল্ফ", "ï": "শু",
    "ð": "শ্চ", "ñ": "ষ্ক", "ò": "ষ্ণ", "ó": "ষ্ট", "ô": "ষ্ঠ", "õ": "ষ্ফ", "ö": "স্খ", "÷": "স্ট",
    "ù": "স্ফ", "û": "হু", "ü": "হৃ", "ý": "হ্ন", "þ": "হ্ম",
}  # fmt: skip
# The first part of a conjunct, and the part below or behind it.
_FIRST_PARTS = {
    "š": "ন্", "›": "ন্", "˜": "দ্", "™": "দ্", "¤": "ম্", "¯": "স্", "®": "ষ্", "”": "চ্", "•": "ঙ্",
}  # fmt: skip
_LATER_PARTS = {
    "¡": "্ব", "¦": "্ব", "Ÿ": "্ব", "^": "্ব", "¢": "্ভ", "£": "্ভ্র", "¥": "্ম", "§": "্ম", "œ": "্ন",
    "è": "্ণ", "¬": "্ল", "\xad": "্ল", "ø": "্ল", "ª": "্র", "«": "্র", "Ö": "্র", "¨": "্য", "Í": "্ত",
    "¿": "্ত্র", "‹": "্ক", "Œ": "্ক্র", "ú": "্প",
}  # fmt: skip
# Marks of any text too: they are letters only beside certain others.
_BESIDE = [
    (r"(?<=[š¯®¤])—", "্ত"),
    (r"(?<=[š¯])’", "্থ"),
    (r"(?<=[š¯])‘", "্তু"),
    (r"(?<=[iª«Ö])“", "ু"),
    (r"”(?=[PQT])", "চ্"),
    (r"•(?=[KLMN¶])", "ঙ্"),
    (r"(?<=i)¨", f"{ZWJ}্য"),  # র‍্যাশ, where র্য would be a reph
]
_REPH = "©"
_TABLE = _LETTERS | _SIGNS | _CONJUNCTS | _FIRST_PARTS | _LATER_PARTS
_TABLE = {key: value for key, value in _TABLE.items() if key not in "”•"}
_DIGITS = dict(zip("0123456789", "০১২৩৪৫৬৭৮৯", strict=True))

_CONSONANT = "(?:[ক-হ]়?|[ড়ঢ়য়ৎ])"
_CLUSTER = rf"(?:{_CONSONANT}(?:{ZWJ}?্{_CONSONANT})*)"
_VOWEL_SIGNS = "[া-ৌৗ]"
_BANGLA_WORD = regex.compile(
    rf"[\"'“”‘’(]*(?:(?:[অ-ঔ](?:্য)?|{_CLUSTER})(?:্{ZWNJ}?)?{_VOWEL_SIGNS}?ঁ?[ংঃ]?)+"
    r"[\"'“”‘’)।,;:?!.—–-]*"
)
# Pairs that Bangla words are full of, and English ones have not.
_TELLTALE = regex.compile(
    r"[†‡ˆ‰][A-Za-z_`¯šžÿ¶]"
    r"|[KLMNPQRTVWXZcfghjkmpqw_`]v"
    r"|w[K-Z_`¯š¶ÿ]"
    r"|[A-Za-z_`][¨ª«¡¢¥§¬¦](?=[A-Za-z_`†‡©|]|$)"
    r"|[¯š¤®›˜][A-Za-z_`^Íú§¥‹Œ¿’‘—]"
    r"|[A-Za-z_`]©|vw"
)
# What a unit or an abbreviation looks like too, beside Bangla: mv, kV, hpv.
_MARKS = r"[0-9.,:;()|।%+/\"'–-]*"
_MAY_BE_LATIN = regex.compile(rf"{_MARKS}(?:[A-Za-z]{{1,2}}|[a-z]{{3,4}}){_MARKS}")
_LATIN = regex.compile(r"[A-Za-z†‡]")
_BENGALI = regex.compile(r"[\p{Bengali}--[।॥]]", regex.VERSION1)
_TOKEN = regex.compile(r"\S+")
_TAG = regex.compile(r"</?[A-Za-z][^>]*>")


def looks_like_bijoy(text: str) -> bool:
    """Whether what of a plain text is in Latin letters is Bangla typed in Bijoy."""
    tokens = [token for token in _TOKEN.findall(text) if _is_candidate(token)]
    if not tokens:
        return False
    telling = [token for token in tokens if _TELLTALE.search(token)]
    if all(map(_MAY_BE_LATIN.fullmatch, telling)):
        return False
    spelt = sum(bool(_BANGLA_WORD.fullmatch(_converted(token))) for token in tokens)
    return len(telling) >= 0.3 * len(tokens) and spelt >= 0.8 * len(tokens)


def _is_candidate(token: str) -> bool:
    return bool(_LATIN.search(token) and not _BENGALI.search(token) and not ADDRESS.search(token))


def to_unicode(text: str) -> str:
    """A plain text with its Bijoy words in Unicode; Bangla words and addresses stay as they are."""

    def word(token: regex.Match) -> str:
        if _BENGALI.search(token[0]) or ADDRESS.search(token[0]):
            return token[0]
        return _converted(token[0])

    return normalise(_TOKEN.sub(word, text))


def _converted(token: str) -> str:
    for pattern, letters in _BESIDE:
        token = regex.sub(pattern, letters, token)
    table = _TABLE | _DIGITS
    text = "".join(table.get(letter, letter) for letter in token)
    text = regex.sub("্+", "্", text)
    text = regex.sub("্(?=[িেৈ])", f"্{ZWNJ}", text)  # written apart, and so it stays
    reph = rf"([িেৈ]?)({_CLUSTER})({_VOWEL_SIGNS}*){_REPH}"
    text = regex.sub(reph, r"\1র্\2\3", text)
    text = regex.sub(rf"([িেৈ])({_CLUSTER})", r"\2\1", text)
    text = regex.sub(rf"([ুূৃ])((?:্{_CONSONANT})+)", r"\2\1", text)
    text = regex.sub(rf"ঁ({_VOWEL_SIGNS}+)", r"\1ঁ", text)
    return normalise(text)


# --- In what a form sends -------------------------------------------------------------------------


def plain(text: str, *, rich: bool) -> str:
    """The words of a text, or of the editor's HTML, with every letter of Bijoy still there."""
    return html.unescape(_TAG.sub(" ", text)) if rich else text


def key_of(text: str, *, rich: bool) -> str:
    """By which a form names a text as it was sent, whatever white space is put right in it."""
    written = ("rich" if rich else "", *plain(text, rich=rich).split())
    return sha256("".join(written).encode()).hexdigest()[:32]


def convert(text: str, *, rich: bool) -> str:
    """The same text, plain or the editor's HTML, in Unicode."""
    if not rich:
        return to_unicode(text)
    parts = regex.split(rf"({_TAG.pattern})", text)
    return "".join(
        part if _TAG.fullmatch(part) else html.escape(_spaced(html.unescape(part)), quote=False)
        for part in parts
    )


def _spaced(text: str) -> str:
    """Converted, with the spaces at its ends that part it from what stands beside it."""
    before, after = (" " if end.isspace() else "" for end in (text[:1], text[-1:]))
    return f"{before}{to_unicode(text)}{after}" if text.strip() else before
