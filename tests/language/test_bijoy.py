"""Bijoy is recognised by what English never has, and reads the same in Unicode."""

import json

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from treatments.language import bijoy
from treatments.language.text import normalise, sentences

from ..conftest import FIXTURES, ROOT

# Typed with Bijoy's keyboard for SutonnyMJ, and what is drawn.
PAIRS = {
    "Avgvi †mvbvi evsjv": "আমার সোনার বাংলা",
    "Avgvi †mvbvi evsjv, Avwg †Zvgvq fv‡jvevwm|": "আমার সোনার বাংলা, আমি তোমায় ভালোবাসি।",
    "Nvg": "ঘাম",
    "wPwKrmv": "চিকিৎসা",
    "nvZ cv Nv‡g": "হাত পা ঘামে",
    "cvwb‡Z nvZ Wywe‡q ivLyb": "পানিতে হাত ডুবিয়ে রাখুন",
    "Mf©eZx n‡j GB wPwKrmv †b‡eb bv|": "গর্ভবতী হলে এই চিকিৎসা নেবেন না।",
    "wbw`©ó mgq": "নির্দিষ্ট সময়",
    "c~‡e© ej‡eb": "পূর্বে বলবেন",
    "¯^v¯’¨ †K›`ª": "স্বাস্থ্য কেন্দ্র",
    "Z¡‡Ki i¨vk": "ত্বকের র‍্যাশ",
    "30 wgwbU, mßv‡n 3 evi": "৩০ মিনিট, সপ্তাহে ৩ বার",
    "†KŠZ~nj": "কৌতূহল",
    "ˆZwi Kiæb": "তৈরি করুন",
    "hš¿wU eÜ Kiæb": "যন্ত্রটি বন্ধ করুন",
    "¶Z ev Rvjv K‡i": "ক্ষত বা জ্বালা করে".replace("জ্বালা", "জালা"),
    "we`y¨r Pj‡j wSbwSb Ki‡Z cv‡i": "বিদ্যুৎ চললে ঝিনঝিন করতে পারে",
    "D`&‡eM n‡j Wv³vi‡K Rvbvb": "উদ্\u200cবেগ হলে ডাক্তারকে জানান",
    "Puv` †`Lv": "চাঁদ দেখা",
    "ag© I Kg©": "ধর্ম ও কর্ম",
    "Aš—Z `yB w`b": "অন্তত দুই দিন",
    "e¨e¯’v cÎ": "ব্যবস্থা পত্র",
    "cÖ_g w`b": "প্রথম দিন",
    "”Avwg bv": "”আমি না",
}


@pytest.mark.parametrize("typed", PAIRS)
def test_what_is_drawn_is_what_is_written(typed):
    assert bijoy.to_unicode(typed) == normalise(PAIRS[typed])


@pytest.mark.parametrize("typed", PAIRS)
def test_bijoy_is_recognised_also_within_bangla(typed):
    assert bijoy.looks_like_bijoy(typed)
    assert bijoy.looks_like_bijoy(f"আমার হাত {typed} ভালো")


def all_texts(value) -> list[str]:
    if isinstance(value, str):
        return [value]
    values = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for each in values for text in all_texts(each)]


def shipped_texts() -> list[str]:
    files = [path for path in FIXTURES.rglob("*.json") if path.name != "confirmed.json"]
    texts = [text for path in files for text in all_texts(json.loads(path.read_text("utf-8")))]
    with open(ROOT / "locale/bn/LC_MESSAGES/django.po", "rb") as file:
        for message in read_po(file):
            texts += [message.id, message.string] if isinstance(message.id, str) else message.id
    papers = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
    return texts + [path.read_text("utf-8") for path in papers]


def test_no_sentence_of_ours_is_taken_for_bijoy():
    texts = shipped_texts()
    pieces = {piece for text in texts for piece in (text, *text.splitlines(), *sentences(text))}
    assert len(pieces) > 4_000
    assert [
        piece for piece in pieces if bijoy.looks_like_bijoy(bijoy.plain(piece, rich=True))
    ] == []


@pytest.mark.parametrize(
    "text",
    [
        "", "A", "UVB", "PUVA", "TENS (20 mA)", "Botox® 100 units", "pH 5.5", "10 m²", "café",
        "Valve", "Advice", "Nerve", "Involve", "You have a pacemaker", "mRNA vaccine", "°C", "½",
        "Lasix™", "Vitamin B₁₂", "John McDonald", "https://example.org/Nvg", "iPhone", "W3C",
        "“Do not” — never.", "P† < 0.05", "5 mV", "naïve Müller", "Copyright © 2026",
    ],
)  # fmt: skip
def test_english_is_not_taken_for_bijoy(text):
    assert not bijoy.looks_like_bijoy(text)


@pytest.mark.parametrize(
    "latin",
    [
        "mv", "mV", "kv", "kV", "Kv", "cv", "Tv", "hpv", "hcv", "cmv", "pvp", "cvd", "cvp", "5kv",
        "(mv)", "mv।", "mv,", "hpv-16", "mv 5 kv",
    ],
)  # fmt: skip
def test_a_unit_or_an_abbreviation_within_bangla_is_not_taken_for_bijoy(latin):
    for text in (f"৫ {latin} বিদ্যুৎ", f"আমার {latin}", f"{latin} ভালো, 5 {latin} নয়"):
        assert not bijoy.looks_like_bijoy(text)


def test_an_address_in_bijoy_text_stays():
    assert bijoy.to_unicode("Nvg info@example.org 10") == "ঘাম info@example.org ১০"


def test_rich_text_keeps_its_tags_and_signs():
    typed = "<p>Avgvi <strong>nvZ</strong> Nv‡g &amp; cv</p>"
    assert bijoy.convert(typed, rich=True) == "<p>আমার <strong>হাত</strong> ঘামে ্ পা</p>"
    assert bijoy.plain("nvZ &lt; Nv‡g", rich=True) == "nvZ < Nv‡g"
    assert bijoy.convert("nvZ &lt; Nv‡g", rich=True) == "হাত &lt; ঘামে"


def test_plain_text_has_no_tags_and_no_entities():
    typed = "nvZ <b> Nv‡g & cv &lt;"
    assert bijoy.plain(typed, rich=False) == typed
    assert bijoy.convert(typed, rich=False) == bijoy.to_unicode(typed)
    assert bijoy.convert("nvZ <5 w`b> cv", rich=True).startswith("হাত &lt;৫ দিন")


def test_a_text_is_known_by_its_key_however_it_is_wrapped():
    key = bijoy.key_of("<p>Nvg</p>\n<p>nvZ</p>", rich=True)
    assert key == bijoy.key_of("Nvg  nvZ\r\n", rich=True)
    assert key != bijoy.key_of("Nvg nvZ", rich=False)


@given(st.text())
def test_any_text_can_be_asked_about_and_converted(text):
    bijoy.looks_like_bijoy(text)
    assert normalise(bijoy.to_unicode(text)) == bijoy.to_unicode(text)


@given(st.text(st.sampled_from("আমার হাত ঘামে ২০ ৩০ ক্ষত।\u200d্")))
def test_bangla_stays_as_it_is(text):
    assert not bijoy.looks_like_bijoy(text)
