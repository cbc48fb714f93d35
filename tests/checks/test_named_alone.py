"""What only one of two texts names, and no rendering puts in or leaves out."""

import pytest

from treatments.checks import ASK, BLOCKING
from treatments.checks.agreement import lexicon
from treatments.checks.meanings import differences
from treatments.language.text import normalise


def levels(english: str, bangla: str) -> set[str]:
    return {one.level for one in differences(english, normalise(bangla), lexicon(()))}


@pytest.mark.parametrize(
    ("english", "bangla"),
    [
        # Nobody puts in a medicine or a person, nor leaves out who does it or how strong it is.
        (
            "Put petroleum jelly on the scabs twice a day until they fall off by themselves.",
            "মামড়িগুলো আপনা থেকে না ঝরা পর্যন্ত দিনে দুবার স্টেরয়েড মলম লাগান।",
        ),
        (
            "If it grows bigger than 2 cm, come to us.",
            "২ সেন্টিমিটারের চেয়ে বড় হয়ে গেলে কবিরাজের কাছে যান।",
        ),
        ("The doctor looks at them again after three months.", "তিন মাস পর নিজে আয়নায় আবার দেখবেন।"),
        # A word of no lexicon that looks like what is missing.
        ("Thin skin with red veins showing.", "চামড়া পাতলা হয়ে লাল সিরা ফুটে ওঠা।"),
    ],
)
def test_who_and_what_only_one_text_names_is_asked_about(english, bangla):
    assert ASK in levels(english, bangla)


@pytest.mark.parametrize(
    ("english", "right", "wrong"),
    [
        (
            "Put petroleum jelly on the wound twice daily until the stitches are out.",
            "সেলাই কাটা না হওয়া পর্যন্ত ক্ষতে দিনে দুবার পেট্রোলিয়াম জেলি লাগান।",
            "সেলাই কাটা হয়ে গেলে ক্ষতে দিনে দুবার পেট্রোলিয়াম জেলি লাগান।",
        ),
        # “You” ends like a no, and “nurse” begins like one.
        (
            "You stay with the nurse until the drip has run through.",
            "স্যালাইন শেষ হওয়া পর্যন্ত আপনি নার্সের কাছে থাকবেন।",
            "স্যালাইন শেষ হলে আপনি নার্সের কাছে থাকবেন।",
        ),
    ],
)
def test_an_until_is_not_left_out(english, right, wrong):
    assert ASK not in levels(english, right)
    assert levels(english, wrong) & {ASK, BLOCKING}
