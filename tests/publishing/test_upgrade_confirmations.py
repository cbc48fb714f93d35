"""A clinic's database as the release before confirmations left it, under today's program.

tests/data/before_0016.json.xz: made by the release whose newest migration is 0015_to_confirm_words,
with its own functions. In the first treatment the Bangla is behind a benefit and live; of its newer
versions only the English is: with a minor correction, and with words that were changed in both. In the second a finding was let stand and both
languages are reviewed and live; a title is planned for 2099. The third is live in English only. The
fourth is a draft.
"""

import subprocess
import sys

import pytest

from .. import postgresql
from ..conftest import ROOT
from ..live import Editor, Machine

BEHIND, PLANNED, ENGLISH, DRAFT = (
    "iontophoresis",
    "iontophoresis-at-home",
    "iontophoresis-for-medicine",
    "a-draft",
)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def site(request, tmp_path_factory):
    """Answers edits; see tests/editor.py."""
    url = postgresql.new_database("confirmations") if request.param == "postgresql" else ""
    machine = Machine(tmp_path_factory.mktemp("before-confirmations"), url)
    subprocess.run(
        [
            *(sys.executable, "-m", "tests.publishing.older_release"),
            *("0015_to_confirm_words", str(ROOT / "tests/data/before_0016.json.xz")),
        ],
        cwd=ROOT, env=machine.env, check=True,
    )  # fmt: skip
    edit = Editor(machine)
    yield edit
    edit.stop()


@pytest.mark.parametrize(
    ("slug", "live", "reviewed"),
    [
        (BEHIND, ["en", "bn"], []),
        (PLANNED, ["en", "bn"], ["en", "bn"]),
        (ENGLISH, ["en"], []),
        (DRAFT, [], []),
    ],
)
def test_what_was_live_is_live_and_what_was_reviewed_is_reviewed(site, slug, live, reviewed):
    stands = site("standing", slug)
    assert (stands["live"], stands["reviewed"]) == (live, reviewed)


def test_what_was_live_and_not_behind_is_confirmed_as_published_before(site):
    """Nor what is live in words that no version of the page says together."""
    assert site("standing", BEHIND)["unread"] == ["benefits/safe", "benefits/long-term"]
    for slug in (PLANNED, ENGLISH):
        assert site("standing", slug)["unread"] == []
    assert "published" in site("standing", BEHIND)["kinds"]


def test_one_typing_error_asks_for_one_text_and_for_what_was_behind(site):
    typo = ("contraindications", "pregnancy", "You are pregnant now.")
    assert site("asked_after", BEHIND, ["en"], *typo) == [
        "benefits/long-term",
        "benefits/safe",
        "contraindications/pregnancy",
    ]
    assert site("asked_after", ENGLISH, ["en"], *typo) == ["contraindications/pregnancy"]


def test_a_typing_error_today_asks_also_for_what_is_planned(site):
    """Nobody has confirmed what a plan of before will change; it goes live as it was planned."""
    typo = ("contraindications", "pregnancy", "You are pregnant now.")
    asked = site("asked_after", PLANNED, ["en", "bn"], *typo)
    assert asked == ["contraindications/pregnancy", "prose/title"]


def test_a_language_that_was_withdrawn_and_a_draft_are_asked_about(site):
    """But not where the words are still those that are shipped."""
    asked = site("asked_after", ENGLISH, ["en", "bn"])
    assert len(asked) > 60 and "benefits/no-needle" not in asked
    assert len(site("asked_after", DRAFT, ["en", "bn"])) > 60


def test_a_finding_that_was_let_stand_still_is(site):
    assert site("standing", PLANNED)["blocking"] == []
