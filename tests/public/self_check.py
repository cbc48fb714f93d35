"""What the check before booking says, told from the document alone; and a page of it, answered."""

import re

from treatments.document.json_form import parse
from treatments.models import LANGUAGES, Treatment
from treatments.publishing.snapshots import newest_snapshot, save_snapshot

from ..conftest import NOW
from ..publishing.reading import publish_as_read

CHECK = "/{}/treatments/{}/check/"
FIRST = "iontophoresis"

# What an answer means, and what then stands under it.
STOP, WAIT, TALK, NOTHING = "stop", "wait", "talk", ""
SAID = {
    "en": {
        STOP: "Do not have this treatment. Tell your doctor.",
        WAIT: "Talk to us first. Until then, do not have it.",
        TALK: "Talk to us first. Do not book or start before.",
    },
    "bn": {
        STOP: "এই চিকিৎসা নেবেন না। আপনার ডাক্তারকে জানান।",
        WAIT: "আগে আমাদের সঙ্গে কথা বলুন। তত দিন এই চিকিৎসা নেবেন না।",
        TALK: "আগে আমাদের সঙ্গে কথা বলুন। কথা না বলে সিরিয়াল নেবেন না, শুরুও করবেন না।",
    },
}
COUNTS_AS_YES = {
    "en": " Here, “Not sure” counts as “Yes”.",
    "bn": " এই প্রশ্নে ‘নিশ্চিত নই’ বললেও ‘হ্যাঁ’ ধরা হয়।",
}
NOT_BOOK = {"en": "Do not book", "bn": "সিরিয়াল নেবেন না"}
UNTIL = {"en": "Until then, do not have this treatment.", "bn": "তত দিন এই চিকিৎসা নেবেন না।"}
NOT_SAFE = {"en": "does not mean that it is safe", "bn": "তার মানে এই নয় যে চিকিৎসাটি নিরাপদ"}
APPLIES = {"en": "Nothing on this list applies", "bn": "এই তালিকার কিছুই আপনার বেলায় মেলে না"}
RADIO = {
    "en": {"no": "No", "yes": "Yes", "unsure": "Not sure"},
    "bn": {"no": "না", "yes": "হ্যাঁ", "unsure": "নিশ্চিত নই"},
}


def meaning(reason, answer: str | None) -> str:
    """What an answer to a reason's question means, told from the document alone."""
    if answer not in ("yes", "unsure"):
        return NOTHING
    if reason.values["level"] == "tell_us":
        return TALK
    return STOP if answer == "yes" or reason.values["unsure"] == "yes" else WAIT


def reasons(slug: str) -> list:
    """The reasons of the newest version, in the order of the check: hard stops first."""
    treatment = Treatment.objects.get(slug=slug)
    found = parse(newest_snapshot(treatment).document).items("contraindications")
    return sorted(found, key=lambda reason: reason.values["level"] != "must_not")


def of_level(found: list, level: str) -> list[str]:
    return [reason.uid for reason in found if reason.values["level"] == level]


def publish_rows(slug: str = FIRST, now=NOW) -> None:
    """Puts a treatment's rows, as they stand, before readers."""
    publish_as_read(save_snapshot(Treatment.objects.get(slug=slug), now=now), LANGUAGES, now=now)


def tap(page, uid: str, answer: str) -> None:
    """As a finger does: what is covered or out of reach cannot be tapped."""
    page.locator(f'[data-item="{uid}"] [value={answer}]').check()


def choose(page, answers: dict[str, str]) -> None:
    """Many answers, in the order given, without waiting between them."""
    page.evaluate(
        """(answers) => {
          for (const [uid, answer] of Object.entries(answers)) {
            document.querySelector(`[data-item="${uid}"] [value=${answer}]`).click();
          }
        }""",
        answers,
    )


def take_back(page) -> None:
    """All answers: with the script by its button, without it to what a page begins with."""
    page.evaluate(
        """() => {
          const button = document.querySelector("[data-clear] button");
          if (button.getClientRects().length) button.click();
          else document.querySelectorAll(":checked").forEach((one) => { one.checked = false; });
          if (document.querySelector(":checked")) throw Error("an answer stays");
        }"""
    )


def told(page) -> dict:
    """What is seen of it: what stands under each question, "" where nothing does; and the end,
    which of the outcomes, what it is about, and all its words.
    """
    return page.evaluate(
        """() => {
          const seen = (element) => {
            const { width, height } = element.getBoundingClientRect();
            return width > 0 && height > 0 && element.checkVisibility({ visibilityProperty: true });
          };
          const named = (part) => [...part.querySelectorAll("li")].filter(seen)
            .map((line) => line.innerText.trim());
          const parts = [...document.querySelectorAll("[data-outcome]")].filter(seen);
          return {
            under: Object.fromEntries([...document.querySelectorAll("[data-item]")].map(
              (item) => [item.dataset.item, item.querySelector("[role=status]").innerText.trim()])),
            parts: Object.fromEntries(parts.map((part) => [part.dataset.outcome, named(part)])),
            words: document.querySelector("#outcome").innerText,
          };
        }"""
    )


def assert_answers_are_told(page, found, language: str, answers: dict, scripts: bool) -> dict:
    """Under each answer and, with scripts, in the end stands what these answers mean; all of it."""
    meant = {reason.uid: meaning(reason, answers.get(reason.uid)) for reason in found}
    expected = {
        reason.uid: SAID[language].get(meant[reason.uid], "")
        + (
            COUNTS_AS_YES[language]
            if meant[reason.uid] == STOP and answers[reason.uid] == "unsure"
            else ""
        )
        for reason in found
    }
    end = told(page)
    assert end["under"] == expected
    if not scripts:
        assert [*end["parts"]] == ["in-words"]
        assert NOT_SAFE[language] in end["words"] and SAID[language][STOP] in end["words"]
        return end

    def named(*meanings: str) -> list[str]:
        return [
            f"{reason.pairs['question'][language]} {RADIO[language][answers[reason.uid]]}"
            for reason in found
            if meant[reason.uid] in meanings
        ]

    stops, first = named(STOP), named(WAIT, TALK)
    still_open = len(found) - len(answers)
    parts = end["parts"]
    outcomes = {"stop", "talk", "nothing"} & {*parts}
    if stops:
        assert outcomes == {"stop"}
        assert parts["stop"] == stops + first and parts.get("also", []) == first
        assert SAID[language][STOP] in re.sub(r"\s+", " ", end["words"])
    elif first:
        assert outcomes == {"talk"} and parts["talk"] == first
        assert ("until" in parts) == (UNTIL[language] in end["words"]) == bool(named(WAIT))
    else:
        assert outcomes == (set() if still_open else {"nothing"})
        assert (NOT_SAFE[language] in end["words"]) == (not still_open)
    assert (APPLIES[language] in end["words"]) == (outcomes == {"nothing"})
    assert (NOT_BOOK[language] in end["words"]) == bool(stops or first)
    assert (UNTIL[language] in end["words"]) == ("until" in parts)
    assert ("open" in parts) == bool(still_open)
    assert "in-words" not in parts
    return end


WAYS = [(language, scripts) for language in LANGUAGES for scripts in (True, False)]
