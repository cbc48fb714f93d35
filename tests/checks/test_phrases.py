"""Phrases that the other text does not have, and words that one text alone says."""

import pytest

from treatments.checks import ASK, BLOCKING
from treatments.checks.agreement import concepts, lexicon
from treatments.checks.meanings import differences
from treatments.language.text import normalise


def found(english: str, bangla: str) -> set[tuple[str, str, str]]:
    bangla = normalise(bangla)
    return {
        (_said(english, one.english), _said(bangla, one.bangla), one.level)
        for one in differences(english, bangla, lexicon(()))
    }


def _said(text: str, mention) -> str:
    return text[mention.start : mention.end] if mention else ""


@pytest.mark.parametrize(
    ("english", "right", "wrong", "told"),
    [
        (
            "Old spots have grown within the last month.",
            "গত এক মাসে পুরোনো দাগ বড় হয়েছে।",
            "গত এক মাসে পুরোনো দাগ ছোট হয়েছে।",
            ("grown", "ছোট"),
        ),
        (
            "With juice the level of the medicine in the blood rises too much.",
            "রস খেলে রক্তে ওষুধের মাত্রা বেশি বেড়ে যায়।",
            "রস খেলে রক্তে ওষুধের মাত্রা বেশি কমে যায়।",
            ("rises", "কমে"),
        ),
        (
            "Hold something cold on the cheek for ten minutes.",
            "গালে দশ মিনিট ঠান্ডা সেঁক দিন।",
            "গালে দশ মিনিট গরম সেঁক দিন।",
            ("cold", "গরম"),
        ),
    ],
)
def test_a_phrase_does_not_hide_the_opposite_in_it(english, right, wrong, told):
    assert found(english, right) == set()
    assert told in {pair[:2] for pair in found(english, wrong)}


@pytest.mark.parametrize(
    ("english", "bangla"),
    [
        ("It does not weaken your immune system.", "এতে শরীরের রোগ প্রতিরোধক্ষমতা কমে না।"),
        ("Very little of it passes into the blood.", "এর খুবই কম রক্তে মেশে।"),
        (
            "Tell the doctor if you feel strong pain during the injection.",
            "ইনজেকশনের সময় তীব্র ব্যথা হলে ডাক্তারকে বলুন।",
        ),
    ],
)
def test_a_phrase_that_is_said_word_by_word_is_no_difference(english, bangla):
    assert found(english, bangla) == set()


def test_another_vitamin_is_another_one():
    """Vitamins are told apart by their letters, whatever else they share."""
    english = "Stop any other vitamin A cream seven days before."
    assert found(english, "সাত দিন আগে থেকে ভিটামিন এ-র অন্য সব ক্রিম বন্ধ রাখুন।") == set()
    assert found(english, "সাত দিন আগে থেকে ভিটামিন সি-র অন্য সব ক্রিম বন্ধ রাখুন।") != set()


def test_things_lost_are_asked_about():
    english = "Keep the wound dry, and do not touch it with soap or a towel."
    bangla = "ক্ষত শুকনো রাখুন, আর হাত দেবেন না।"
    assert {level for *_pair, level in found(english, bangla)} == {ASK}


@pytest.mark.parametrize(
    ("english", "bangla", "level"),
    [
        ("Wear the goggles in every session.", "শুধু প্রথম সেশনে চশমা পরবেন।", {ASK, BLOCKING}),
        ("Wash the skin with plain water.", "শুধু পানি দিয়ে ত্বক ধোবেন।", set()),
        ("Use nothing but water.", "শুধু পানি ব্যবহার করুন।", set()),
        ("Only the nurse may take it off.", "শুধু নার্সই এটা খুলতে পারবেন।", set()),
    ],
)
def test_an_only_of_the_bangla_alone_is_asked_about(english, bangla, level):
    said = {found_level for _one, word, found_level in found(english, bangla) if word == "শুধু"}
    assert said <= level and bool(said) == bool(level)


def test_what_stands_within_a_phrase_is_read_once():
    """“Pat | the area | dry”: both are phrases, and reading them word by word came to no end."""
    known = lexicon(())
    gaps = [
        (form, concept.forms["bn"][0])
        for concept in concepts()
        for form in concept.forms["en"]
        if " … " in form and concept.forms["bn"]
    ]
    assert len(gaps) > 50
    for form, bangla in gaps:
        for within in ("the area", "the same day", "warm water"):
            english = form.replace("…", within).replace("=", "")
            differences(english, bangla.replace("=", "").strip("-"), known)
