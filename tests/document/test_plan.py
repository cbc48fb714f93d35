"""The plan's sentences, for any treatment, and what stays of plans from before there were units."""

import json
import re

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from treatments.checks.numbers import number_differences
from treatments.document.content import Document, editions_of
from treatments.document.json_form import DocumentError, load_stored, parse
from treatments.document.passages import passages
from treatments.document.plan import AS_FIRST_NAMED, Amount, Plan
from treatments.language.rich_text import plain_text
from treatments.models import PLAN, Kind
from treatments.models.plan import MOST

from ..conftest import ROOT
from ..older_form import as_in_schema_5
from ..plans import changed, plan_of
from ..strategies import plans


def sentences(plan: Plan, language: str) -> list[str]:
    with translation.override(language):
        return [plain_text(plan.sentence(name, language)) for name in plan.amounts]


@pytest.mark.parametrize(
    ("plan", "english", "bangla"),
    [
        (
            plan_of("cold", running=(10, 30, "seconds"), frequency=(2, 3, "weeks_apart")),
            ["The freezing takes 10–30 seconds.", "Usually once every 2–3 weeks."],
            ["জমাতে লাগে ১০–৩০ সেকেন্ড।", "সাধারণত ২–৩ সপ্তাহ পরপর একবার।"],
        ),
        (
            plan_of("procedure", visit=(1, 2, "hours"), course=(1, 1)),
            ["1–2 hours.", "It is usually done once."],
            ["১–২ ঘণ্টা।", "সাধারণত একবার করা হয়।"],
        ),
        (
            plan_of("medicine", frequency=(1, 1, "weeks_apart"), course=(3, 6, "months")),
            ["Usually once a week.", "Usually for 3–6 months."],
            ["সাধারণত সপ্তাহে একবার।", "সাধারণত ৩–৬ মাস ধরে।"],
        ),
        (
            plan_of("light", running=(1, 5), frequency=(2, 3), course=(20, 30)),
            [
                "The light is on for 1–5 minutes.",
                "At first 2–3 times a week.",
                "The first course usually has 20–30 sessions in all.",
            ],
            ["আলো দেওয়া হয় ১–৫ মিনিট।", "শুরুতে সপ্তাহে ২–৩ বার।", "শুরুর ধাপে সাধারণত মোট ২০–৩০টি সেশন।"],
        ),
        (
            plan_of(running=(5, 5), maintenance=(1, 2, "months_apart")),
            [
                "The treatment itself takes 5 minutes.",
                "Later, to keep the result, once every 1–2 months.",
            ],
            ["মূল চিকিৎসায় লাগে ৫ মিনিট।", "পরে ফল ধরে রাখতে ১–২ মাস পরপর একবার।"],
        ),
    ],
)
def test_a_plan_of_another_treatment_is_said_in_its_own_words(plan, english, bangla):
    assert sentences(plan, "en") == english
    assert sentences(plan, "bn") == bangla


@pytest.mark.parametrize("kind", ["", *filter(None, Kind.values)])
def test_both_languages_say_the_same_of_every_amount(kind):
    """In their own letters and digits, and the checks of numbers find nothing."""
    for name, units in PLAN.items():
        for unit in units:
            for ends in ((1, 1), (2, 2), (2, 3)):
                plan = Plan(kind, {name: Amount(*ends, unit)})
                (english,), (bangla,) = (sentences(plan, code) for code in ("en", "bn"))
                assert not re.search("[A-Za-z0-9<>%]", bangla), bangla
                assert not re.search("[\u0980-\u09ff<>%]", english), english
                assert list(number_differences(english, bangla)) == [], (english, bangla)


@given(plans, plans)
def test_whatever_prints_other_words_has_another_digest(one, other):
    """Whoever confirmed a sentence is asked again when it is another; and only then."""

    def read(plan: Plan) -> dict[str, tuple]:
        nothing = {"title": "", "summary": "", "search_description": "", "translated_by": ""}
        document = Document(plan=plan, prose={"en": nothing, "bn": nothing})
        editions = editions_of(document)
        return {
            passage.place.item: (passage.digest, vars(passage.texts[""]))
            for passage in passages(*(editions[code] for code in ("en", "bn")))
        }

    before, after = read(one), read(other)
    for name in before.keys() & after.keys():
        (digest, words), (digest_after, words_after) = before[name], after[name]
        assert (words == words_after) or (digest != digest_after), name
        assert (digest == digest_after) or one != other


@settings(max_examples=25)
@given(st.data())
def test_a_plan_of_before_says_what_it_said(data):
    """The same in digests, so that whoever read it has read it still."""
    plain = json.loads((ROOT / "fixtures/iontophoresis.json").read_text("utf-8"))
    ends = {
        name: sorted(data.draw(st.tuples(*2 * [st.integers(1, MOST[units[0]])])))
        for name, units in PLAN.items()
        if data.draw(st.booleans())
    }
    first = {AS_FIRST_NAMED[name]: both for name, both in ends.items()}
    old = as_in_schema_5(plain) | {"plan": first}
    plan = load_stored(json.dumps(old)).plan
    assert plan.all_digested() == first
    assert {name: [low, high] for name, (low, high, _unit) in plan.amounts.items()} == ends
    assert plan == parse(json.dumps(old)).plan


@pytest.mark.parametrize(
    ("plan", "says"),
    [
        ({"visit": [30, 45]}, "plan.visit"),
        ({"visit": []}, "plan.visit"),
        ({"visit": [30, 45, "sessions"]}, "plan.visit"),
        ({"visit": [30, 45, None]}, "plan.visit"),
        ({"visit": [30, 300, "minutes"]}, "240"),
        ({"visit": [0, 3, "hours"]}, "plan.visit"),
        ({"kind": "magic"}, "plan.kind"),
        ({"kind": 1}, "plan.kind"),
        ({"sessions_a_week": [2, 3]}, "sessions_a_week"),
        ([], "plan"),
    ],
)
def test_what_is_no_plan_is_refused_by_name(plan, says):
    plain = json.loads((ROOT / "fixtures/iontophoresis.json").read_text("utf-8"))
    with pytest.raises(DocumentError, match=says):
        parse(json.dumps(plain | {"plan": plan}))


def test_a_document_of_before_with_a_plan_of_today_is_refused():
    plain = json.loads((ROOT / "fixtures/iontophoresis.json").read_text("utf-8"))
    with pytest.raises(DocumentError, match="plan"):
        parse(json.dumps(plain | {"schema": 5}))


def test_another_unit_or_another_kind_is_another_plan():
    plan = plan_of("current", running=(20, 30), frequency=(2, 3))
    others = [
        changed(plan, running=(20, 30, "seconds")),
        changed(plan, frequency=(2, 3, "weeks_apart")),
        Plan("light", plan.amounts),
    ]
    digests = [json.dumps(one.all_digested(), sort_keys=True) for one in (plan, *others)]
    assert len(set(digests)) == len(digests)
