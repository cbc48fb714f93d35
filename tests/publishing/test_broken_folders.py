"""Whatever a folder says, loading it ends in words that name the file, and changes nothing."""

import json
import shutil

import pytest

from treatments.document.json_form import DocumentError
from treatments.models import BodyArea, LoadedContent, Term, Treatment
from treatments.publishing.fixtures import load

from ..conftest import FIXTURES, NOW

AREAS, TERMS = "site/body_areas.json", "site/glossary.json"


@pytest.fixture
def folder(empty, tmp_path):
    return shutil.copytree(FIXTURES, tmp_path / "content")


def rewritten(folder, file: str, change) -> None:
    content = json.loads((folder / file).read_text("utf-8"))
    (folder / file).write_text(json.dumps(change(content)), "utf-8")


def without(entry: dict, name: str) -> dict:
    return {key: value for key, value in entry.items() if key != name}


BROKEN = {
    "a key twice": (AREAS, lambda all_: [*all_, all_[0]]),
    "a key twice in other letters": (TERMS, lambda all_: [*all_, _other_case(all_[0])]),
    "no key": (AREAS, lambda all_: [without(all_[0], "key")]),
    "no word": (TERMS, lambda all_: [without(all_[0], "english")]),
    "a field too many": (TERMS, lambda all_: [all_[0] | {"more": "x"}]),
    "a text for an entry": (AREAS, lambda all_: ["hands"]),
    "a list for a key": (AREAS, lambda all_: [all_[0] | {"key": ["hands"]}]),
    "a text for a pair": (AREAS, lambda all_: [all_[0] | {"name": "Hands"}]),
    "a number in a pair": (AREAS, lambda all_: [all_[0] | {"name": {"en": 3, "bn": "হাত"}}]),
    "half a pair": (AREAS, lambda all_: [all_[0] | {"name": {"en": "Hands"}}]),
    "a text where a list is wanted": (TERMS, lambda all_: [all_[0] | {"bangla": "ঘাম"}]),
    "nothing where a list is wanted": (TERMS, lambda all_: [all_[0] | {"bangla": None}]),
    "a number in a list": (TERMS, lambda all_: [all_[0] | {"avoid": [3]}]),
    "a list where a text is wanted": (TERMS, lambda all_: [all_[0] | {"note": ["x"]}]),
    "nothing for a pair": (TERMS, lambda all_: [all_[0] | {"explanation": None}]),
}


def _other_case(entry: dict) -> dict:
    return entry | {"english": f" {entry['english'].upper()} "}


@pytest.mark.parametrize("what", BROKEN)
def test_a_shared_file_of_another_shape_is_named_and_nothing_is_loaded(folder, what):
    file, change = BROKEN[what]
    rewritten(folder, file, change)
    with pytest.raises(DocumentError, match=file.rpartition("/")[2]):
        load(folder, now=NOW)
    for model in (Treatment, BodyArea, Term, LoadedContent):
        assert not model.objects.exists()


@pytest.mark.parametrize("slug", ["x" * 61, "Not A Slug", "খত"])
def test_a_file_named_by_what_is_no_address_is_refused(folder, slug):
    shutil.copy(folder / "iontophoresis.json", folder / f"{slug}.json")
    with pytest.raises(DocumentError, match=slug[:20]):
        load(folder, now=NOW)
    assert not Treatment.objects.exists()
