# /// script
# dependencies = ["fonttools==4.68.0", "uharfbuzz==0.57.0"]
# ///
"""Gives the leaflet's Bangla fonts one glyph for each syllable that is drawn with several.

A PDF maps each glyph to letters. The vowel sign of কি is drawn before its consonant: only ActualText
can say what the two are together, and Firefox and many other readers ignore it. As one glyph they
are found and copied whole. What is drawn stays the same.

Run by hand where the fonts or many words are new, with a font as Noto publishes it:

    cat fixtures/*.json locale/bn/LC_MESSAGES/django.po treatments/checks/lexicon/* |
        add_syllables.py SOURCE.ttf TARGET.ttf

Syllables of the words that it reads are there beside the usual ones; any other one is printed as
before.
"""

import re
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import uharfbuzz as hb
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import otTables
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent

HASANTA, ZWJ = "্", "\u200d"
CONSONANTS = [*"কখগঘঙচছজঝঞটঠডঢণতথদধনপফবভমযরলশষসহ", "ড়", "ঢ়", "য়"]
SIGNS = ["", *"ািীুূৃেৈোৌ", HASANTA]
FINALS = ["", *"ঁংঃ"]
JOINERS = ("uni200C", "uni200D")  # whose drawings nobody is to see
FIRSTS_AT_ONCE = 500  # in a subtable, whose offsets have 16 bits

# Joined consonants, as they are written; র্ stands before each.
PAIRS = """
ক্ক ক্ট ক্ত ক্ব ক্ম ক্য ক্র ক্ল ক্ষ ক্স খ্য খ্র গ্গ গ্ণ গ্দ গ্ধ গ্ন গ্ব গ্ম গ্য গ্র গ্ল ঘ্ন
ঘ্য ঘ্র ঙ্ক ঙ্খ ঙ্গ ঙ্ঘ ঙ্ম চ্চ চ্ছ চ্ঞ চ্য ছ্য ছ্র জ্জ জ্ঝ জ্ঞ জ্ব জ্য জ্র ঝ্য ঞ্চ ঞ্ছ ঞ্জ
ঞ্ঝ ট্ট ট্ব ট্ম ট্য ট্র ট্ল ট্স ঠ্য ড্ড ড্ব ড্ম ড্য ড্র ড়্গ ড়্য ঢ্য ঢ্র ণ্ট ণ্ঠ ণ্ড ণ্ঢ
ণ্ণ ণ্ব ণ্ম ণ্য ত্ত ত্থ ত্ন ত্ব ত্ম ত্য ত্র ত্ল ত্স থ্ব থ্য থ্র দ্গ দ্ঘ দ্দ দ্ধ দ্ব দ্ভ দ্ম
দ্য দ্র ধ্ন ধ্ব ধ্ম ধ্য ধ্র ন্চ ন্জ ন্ট ন্ঠ ন্ড ন্ত ন্থ ন্দ ন্ধ ন্ন ন্ব ন্ম ন্য ন্স প্ট প্ত
প্ন প্প প্য প্র প্ল প্স ফ্ট ফ্ফ ফ্য ফ্র ফ্ল ব্জ ব্দ ব্ধ ব্ব ব্য ব্র ব্ল ভ্য ভ্র ভ্ল ম্ন ম্প
ম্ফ ম্ব ম্ভ ম্ম ম্য ম্র ম্ল য্য ল্ক ল্গ ল্ট ল্ড ল্প ল্ফ ল্ব ল্ভ ল্ম ল্য ল্ল শ্চ শ্ছ শ্ন শ্ব
শ্ম শ্য শ্র শ্ল ষ্ক ষ্ট ষ্ঠ ষ্ণ ষ্প ষ্ফ ষ্ব ষ্ম ষ্য স্ক স্খ স্ট স্ত স্থ স্ন স্প স্ফ স্ব স্ম
স্য স্র স্ল হ্ণ হ্ন হ্ব হ্ম হ্য হ্র হ্ল
"""
LONG = """
ক্ষ্ম ক্ষ্ণ ক্ষ্য ক্ষ্ব ক্ট্র ক্ত্র ক্ত্য ক্ত্ব ক্স্ট ক্স্ক ক্স্প ক্ল্য ঙ্ক্ষ ঙ্ঘ্য ঙ্গ্য
ঙ্ক্য ঙ্খ্য ঙ্ক্র ঙ্গ্র চ্ছ্ব চ্ছ্র চ্ছ্য চ্চ্য জ্জ্ব জ্জ্য জ্ঞ্য ঞ্জ্য ঞ্চ্য ট্ট্য ড্ড্য
ণ্ড্র ণ্ড্য ণ্ট্য ণ্ঠ্য ণ্ট্র ত্ত্ব ত্ত্য ত্ম্য ত্র্য ত্ন্য ত্স্য ত্স্ন দ্দ্ব দ্দ্য দ্ধ্ব
দ্ভ্র দ্র্য দ্ব্য দ্ধ্য ন্ত্র ন্ত্ব ন্ত্য ন্দ্র ন্দ্ব ন্দ্য ন্ধ্র ন্ধ্য ন্থ্র ন্ট্র ন্ট্য
ন্ড্র ন্ড্য ন্ন্য ন্স্ট ন্স্ক ন্ক্ল ন্ফ্ল প্ত্য প্ল্য ব্দ্য ম্প্র ম্ভ্র ম্ব্র ম্প্ল ম্প্য
ম্ভ্য ম্ন্য ম্ব্য র্ক্য র্গ্য র্ঘ্য র্চ্য র্জ্য র্ণ্য র্ত্য র্থ্য র্দ্র র্দ্ধ র্ধ্ব র্ধ্য
র্ব্য র্ভ্য র্ম্য র্য্য র্শ্ব র্শ্য র্ষ্য র্ন্ত র্ত্ম র্ত্র র্হ্য র্ত্ত র্দ্দ র্জ্জ র্চ্চ
র্ব্ব র্ম্ম র্ল্ড র্স্ট র্ক্ট র্ট্র র্ন্ট র্গ্র র্ফ্র র্ক্র র্প্র র্ভ্র র্শ্ন র্ষ্ণ র্স্ত
র্ট্স র্ক্স র্ট্ম ল্ক্য ল্প্য ল্ল্য ষ্ক্র ষ্ট্র ষ্ট্য ষ্ঠ্য ষ্ণ্য ষ্প্র ষ্প্য ষ্ম্য স্ক্র
স্ট্র স্ট্য স্ত্র স্ত্য স্ত্ব স্থ্য স্প্ল স্প্র স্ক্ল স্ম্য স্ক্য স্ত্ত হ্ম্য হ্ন্য হ্ব্য
ফ্ল্য স্ল্য ন্ট্স ন্ড্স স্ট্স ক্ট্স
"""


class Shaper:
    def __init__(self, path: Path):
        self.font = hb.Font(hb.Face(hb.Blob.from_file_path(str(path))))
        self.names = TTFont(path).getGlyphOrder()

    def shape(self, text: str) -> list[tuple[str, int, int, int]]:
        """Each glyph's name, offsets and advance."""
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.script, buffer.language, buffer.direction = "beng", "bn", "ltr"
        buffer.flags = (
            hb.BufferFlags.PRESERVE_DEFAULT_IGNORABLES
        )  # a joiner is a glyph to be joined
        hb.shape(self.font, buffer)
        return [
            (self.names[info.codepoint], place.x_offset, place.y_offset, place.x_advance)
            for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        ]


ONE = re.compile(
    rf"(?:[\u0995-\u09a8\u09aa-\u09b0\u09b2\u09b6-\u09b9]়?|[অ-ঔ])"
    rf"(?:{ZWJ}?{HASANTA}{ZWJ}?[\u0995-\u09b9]়?)*[\u09be-\u09cd\u09d7]*[ঁংঃ]*"
)


def syllables(words: str) -> set[str]:
    pairs = [*PAIRS.split(), *(f"র{HASANTA}{each}" for each in CONSONANTS)]
    pairs += [f"র{ZWJ}{HASANTA}য"]
    parts = [
        (CONSONANTS, SIGNS, FINALS),
        (pairs, SIGNS, [""]),
        (pairs, ["", "া"], ["ঁ"]),
        (pairs, ["", "া", "ি", "ে"], ["ং"]),
        (pairs, [""], ["ঃ"]),
        (LONG.split(), SIGNS, [""]),
        ("অআইঈউঊঋএঐওঔ", FINALS),
    ]
    usual = {"".join(each) for part in parts for each in product(*part)}
    return usual | set(ONE.findall(words))


def sequences(shaper: Shaper, words: str) -> dict[tuple[str, ...], list]:
    """Glyphs that are to be one, with their places: as they begin a word, and within one."""
    before = "ক"
    skipped = len(shaper.shape(before))
    found = {}
    for syllable in sorted(syllables(words)):
        for placed in (shaper.shape(syllable), shaper.shape(before + syllable)[skipped:]):
            names = tuple(name for name, *_ in placed)
            if len(names) > 1 and ".notdef" not in names:
                found.setdefault(names, placed)
    return found


def composite(placed: list, glyf) -> tuple[Glyph, int]:
    glyph, pen = Glyph(), 0
    glyph.numberOfContours, glyph.components = -1, []
    for name, x, y, advance in placed:
        if glyf[name].numberOfContours and name not in JOINERS:
            part = GlyphComponent()
            part.glyphName, part.x, part.y, part.flags = name, pen + x, y, 0x0004 | 0x0002
            glyph.components.append(part)
        pen += advance
    return glyph, pen


def add(font: TTFont, found: dict[tuple[str, ...], list]) -> int:
    """Joins glyph by glyph: the first two, what they are with the third, and so on."""
    glyf, metrics, order = font["glyf"], font["hmtx"].metrics, font.getGlyphOrder()
    joined: dict[tuple[str, ...], str] = {}
    steps: dict[int, dict[str, list]] = {}
    for names in sorted(found, key=len):
        for length in range(2, len(names) + 1):
            beginning = names[:length]
            if beginning in joined:
                continue
            joined[beginning] = name = f"syllable{len(joined)}"
            glyph, advance = composite(found.get(beginning, found[names][:length]), glyf)
            order.append(name)
            glyf.glyphs[name] = glyph
            glyph.recalcBounds(glyf)
            metrics[name] = (advance, glyph.xMin)
            first = joined.get(beginning[:-1], beginning[0])
            ligature = otTables.Ligature()
            ligature.LigGlyph, ligature.Component, ligature.CompCount = name, [names[length - 1]], 2
            steps.setdefault(length, {}).setdefault(first, []).append(ligature)
    font.setGlyphOrder(order)
    glyf.glyphOrder = order
    font["maxp"].numGlyphs = len(order)
    lookups = font["GSUB"].table.LookupList
    for _length, ligatures in sorted(steps.items()):
        lookup = otTables.Lookup()
        lookup.LookupType, lookup.LookupFlag = 4, 0
        lookup.SubTable = list(subtables(ligatures))
        lookup.SubTableCount = len(lookup.SubTable)
        for record in font["GSUB"].table.FeatureList.FeatureRecord:
            if record.FeatureTag == "psts":  # the last that are looked up
                record.Feature.LookupListIndex.append(len(lookups.Lookup))
                record.Feature.LookupCount += 1
        lookups.Lookup.append(lookup)
    lookups.LookupCount = len(lookups.Lookup)
    return len(joined)


def subtables(ligatures: dict[str, list]) -> Iterator[otTables.LigatureSubst]:
    firsts = sorted(ligatures)
    for begin in range(0, len(firsts), FIRSTS_AT_ONCE):
        made = otTables.LigatureSubst()
        made.ligatures = {
            first: ligatures[first] for first in firsts[begin : begin + FIRSTS_AT_ONCE]
        }
        yield made


def main(source: str, target: str) -> None:
    shaper, font = Shaper(Path(source)), TTFont(source)
    found = sequences(shaper, sys.stdin.read())
    number = add(font, found)
    font["post"].formatType = 3.0  # without names
    font.save(target)
    print(number, "glyphs", Path(target).stat().st_size, "bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
