"""Any edits of a clinic and of a release: what stands after the release's words were taken over."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from django.db.models import ForeignKey
from django.utils import timezone
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from treatments.document.content import DocumentItem, Pair
from treatments.document.json_form import parse
from treatments.document.rows import from_rows, to_rows
from treatments.document.sections import SECTIONS, SOURCED
from treatments.models import LANGUAGES, PLAN, BodyArea, Treatment, TreatmentProse
from treatments.publishing import shipped
from treatments.publishing.snapshots import save_snapshot

from ..plans import changed
from ..strategies import AREAS, _value, documents


def edited(draw, document, tag):
    """A document with some of its places changed, as people or a release change them."""
    sections = {}
    for section in SECTIONS:
        items = [
            _edited_item(draw, section, each, f"{tag}-{section.key}-{number}")
            for number, each in enumerate(document.items(section.key))
            if draw(st.integers(0, 4))  # else it is deleted
        ]
        if draw(st.booleans()):
            new = draw(items_of(section, [f"{tag}-new"]))
            items[draw(st.integers(0, len(items))) : 0] = new
        if draw(st.integers(0, 3)) == 0:
            items = draw(st.permutations(items))
        sections[section.key] = tuple(items)
    known = {source.uid for source in sections["sources"]}
    names_of_sources = {name for _section, name in SOURCED}
    sections = {
        key: tuple(
            replace(
                each,
                values={
                    name: None if name in names_of_sources and value not in known else value
                    for name, value in each.values.items()
                },
            )
            for each in items
        )
        for key, items in sections.items()
    }
    prose = {
        code: fields and {name: _edited(draw, text, tag) for name, text in fields.items()}
        for code, fields in document.prose.items()
    }
    plan = document.plan
    if draw(st.booleans()):
        plan = changed(plan, visit=draw(st.sampled_from([(1, 2), (30, 60), (1, 2, "hours")])))
    return replace(
        document,
        sections=sections,
        prose=prose,
        plan=plan,
        result_lasts=Pair(
            *(_edited(draw, text, tag) for text in vars(document.result_lasts).values())
        ),
        body_areas={key: name for key, name in AREAS.items() if draw(st.booleans())},
    )


def _edited(draw, old, new):
    return new if draw(st.integers(0, 3)) == 0 else old


def _edited_item(draw, section, each, tag):
    (other,) = draw(items_of(section, [each.uid]))
    values = other.values if draw(st.integers(0, 3)) == 0 else each.values
    if "image" in values and values["image"] == each.values["image"]:
        values = each.values  # one picture has one size
    pairs = {
        name: Pair(*(_edited(draw, text, tag) for text in vars(pair).values()))
        for name, pair in each.pairs.items()
    }
    return replace(
        each, values=values, pairs=pairs, to_confirm=_edited(draw, each.to_confirm, True)
    )


@st.composite
def items_of(draw, section, uids):
    """New items of a section; their claims name no source."""
    found = []
    for uid in uids:
        values = {
            name: None
            if isinstance(section.model._meta.get_field(name), ForeignKey)
            else draw(_value(section.model._meta.get_field(name)))
            for name in section.model.typed
        }
        if "treated_total" in values:
            values |= {"treated_total": 9, "treated_improved": draw(st.integers(0, 9))}
        found.append(
            DocumentItem(
                uid, draw(st.booleans()), values, {n: Pair("n", "ন") for n in section.model.pairs}
            )
        )
    return found


@st.composite
def clinic_and_release(draw):
    base = draw(documents())
    return base, edited(draw, base, "clinic"), edited(draw, base, "release")


def expected(before, ours, new):
    """Of parts that belong together, the release's where it differs only in what the clinic left
    alone; else the clinic's."""

    def parts(value):
        if isinstance(value, Pair):
            return vars(value)
        return dict(value) if isinstance(value, Mapping) else dict(enumerate(value))

    if before is None:
        return ours
    was, here, there = parts(before), parts(ours), parts(new)
    return new if all(here[n] == was[n] for n in here if here[n] != there[n]) else ours


@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(clinic_and_release())
def test_after_everything_new_every_place_says_what_its_last_writer_wrote(three):
    base, draft, new = three
    assume(all(parse(document.json) == document for document in three))
    offer = shipped.Offer(base, draft, new)
    result = offer.answered(shipped.accept_uncontested(offer.choices))
    assert parse(result.json) == result

    for name in TreatmentProse.FIELDS:
        sides = [
            tuple((document.prose[code] or {}).get(name, "") for code in LANGUAGES)
            for document in (base, draft, new, result)
        ]
        assert sides[3] == expected(*sides[:3]), name
    for name in PLAN:
        sides = [(document.plan.amounts.get(name),) for document in (base, draft, new, result)]
        assert sides[3] == expected(*sides[:3]), name
    assert result.result_lasts == expected(base.result_lasts, draft.result_lasts, new.result_lasts)
    for area in AREAS:
        sides = [(area in document.body_areas,) for document in (base, draft, new, result)]
        assert sides[3] == expected(*sides[:3]), area
    for section in SECTIONS:
        check_section(section, *three, result)


def check_section(section, base, draft, new, result):
    key = section.key
    before, ours, shipped_now, after = (
        {each.uid: each for each in document.items(key)} for document in (base, draft, new, result)
    )
    named = result.sources_named
    for uid in {*before, *ours, *shipped_now}:
        if key == "sources" and uid in named:
            assert uid in after
        elif uid in ours and uid in shipped_now:
            check_item(section, before.get(uid), ours[uid], shipped_now[uid], after[uid])
        elif uid in ours:
            untouched = uid in before and before[uid] == ours[uid]
            assert after.get(uid) == (None if untouched else ours[uid])
        else:
            assert after.get(uid) == (None if uid in before else shipped_now.get(uid))
    check_order(before, ours, shipped_now, after)


def check_item(section, before, ours, new, after):
    def three(value):
        return value(before) if before else None, value(ours), value(new)

    if section.safety:
        assert after == safest(section, before, ours, new)
        return
    for name in section.model.pairs:
        assert after.pairs[name] == expected(*three(lambda each, name=name: each.pairs[name]))
    assert after.values == expected(*three(lambda each: each.values))
    taken = (after.pairs, after.values) != (ours.pairs, ours.values)
    (to_confirm,) = expected(*three(lambda each: (each.to_confirm,)))
    assert after.to_confirm == (to_confirm or (taken and new.to_confirm))


def safest(section, before, ours, new):
    """The release's item where it differs only in what the clinic left alone; else the clinic's."""

    def places(each):
        texts = {
            (name, code): each.pairs[name][code]
            for name in section.model.pairs
            for code in LANGUAGES
        }
        return texts | dict(each.values) | {"to_confirm": each.to_confirm}

    sides = [places(each) if each else None for each in (before, ours, new)]
    return new if expected(*sides) == sides[2] else ours


def check_order(before, ours, new, after):
    def among(order, uids):
        return [uid for uid in order if uid in uids]

    common = {*ours} & {*new}
    moved_here = among(ours, {*before} & common) != among(before, common)
    lead = ours if moved_here or among(ours, common) == among(new, common) else new
    if among(new, {*before} & common) == among(before, common):
        lead = ours
    assert among(after, {*lead}) == among(lead, {*after})


@pytest.mark.django_db
@settings(max_examples=12, suppress_health_check=list(HealthCheck))
@given(three=clinic_and_release())
def test_any_edits_of_both_come_together_in_the_rows(three):
    base, draft, new = three
    assume(all(parse(document.json) == document for document in three))
    for key, name in AREAS.items():
        BodyArea.objects.get_or_create(key=key, name_en=name.en, name_bn=name.bn)
    Treatment.objects.filter(slug="generated").delete()
    treatment = Treatment.objects.create(slug="generated")
    to_rows(draft, treatment)
    save_snapshot(treatment, now=timezone.now())
    shipped.record_shipped(treatment, "generated", base)
    shipped.offer_shipped({"generated": new})
    if offer := shipped.offer_for(treatment):
        answers = shipped.accept_uncontested(offer.choices)
        shipped.decide(treatment, answers, seen=offer.seen, now=timezone.now())
        said = from_rows(Treatment.objects.get(pk=treatment.pk))
        assert said.sections == offer.answered(answers).sections
        still = {choice.key for choice in offer.choices if choice.is_clash and not choice.is_order}
        shipped.offer_shipped({"generated": new})  # the next start
        treatment.refresh_from_db()  # as another request reads it
        left = shipped.offer_for(treatment)
        asked = left.choices if left else ()
        assert {choice.key for choice in asked if not choice.is_order} == still
        if left:
            ours = {choice.key: shipped.KEEP for choice in left.choices}
            shipped.decide(treatment, ours, seen=left.seen, now=timezone.now())
            assert from_rows(Treatment.objects.get(pk=treatment.pk)).sections == said.sections
    shipped.offer_shipped({"generated": new})
    assert shipped.offer_for(treatment) is None
