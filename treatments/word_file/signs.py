"""Signs of fonts that have drawings in the places of letters, as Word inserts them."""

import regex

# The place in the font → the sign it draws.
_SYMBOL = dict(
    zip(
        [*range(0x41, 0x5B), *range(0x61, 0x7B)],
        "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖαβχδεφγηιϕκλμνοπθρστυϖωξψζ",
        strict=True,
    )
) | {
    0x22: "∀", 0x24: "∃", 0x27: "∋", 0x2A: "∗", 0x2D: "−", 0x40: "≅", 0x5E: "⊥", 0x7E: "∼",
    0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±",
    0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xBC: "…", 0xA2: "′",
    0xDB: "⇔", 0xDC: "⇐", 0xDE: "⇒", 0xD2: "®", 0xD3: "©", 0xD4: "™",
}  # fmt: skip
_AS_TYPED = set(map(ord, " !#%&()+,./0123456789:;<=>?[]_{|}"))
_SYMBOL |= {place: chr(place) for place in _AS_TYPED}
_WINGDINGS = {
    0x20: " ", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x9F: "•",
    0xA7: "▪", 0xA8: "◻", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔",
    0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}
_DRAWN = regex.compile(r"symbol|(?:web|wing|zapf ?)dings\b.*|mt extra|marlett", regex.IGNORECASE)
_PRIVATE = 0xF000  # where Word has what such a font draws


def sign_of(font: str, code: str) -> str:
    """The sign at a place of a font, in hexadecimal digits; one of private use if unknown."""
    try:
        sign = chr(int(code, 16))
    except (ValueError, OverflowError):
        return chr(_PRIVATE)
    return signs_of(font, sign)


def signs_of(font: str, text: str) -> str:
    """The text as the font draws it; signs of private use where that is not known."""
    if not _DRAWN.fullmatch(font.strip()):
        return text
    drawn = _FONTS.get(font.strip().lower(), {})
    return "".join(_drawn(drawn, letter) for letter in text)


def _drawn(drawn: dict[int, str], letter: str) -> str:
    place = ord(letter) - _PRIVATE if 0 <= ord(letter) - _PRIVATE < 256 else ord(letter)
    if place > 255 or letter.isspace():
        return letter
    return drawn.get(place, chr(_PRIVATE + place))
