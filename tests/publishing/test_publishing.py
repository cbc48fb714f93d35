from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from treatments.document.json_form import parse
from treatments.models import LANGUAGES, Publication, Snapshot, Treatment
from treatments.publishing.preflight import live_publications
from treatments.publishing.publish import Refused, cancel_scheduled, publish, withdraw
from treatments.publishing.snapshots import newest_snapshot, save_snapshot

from ..conftest import NOW
from .reading import publish_as_read, read_both

LATER = NOW + timedelta(hours=1)


def edit(treatment, uid="current", **columns):
    step = treatment.procedurestep_set.get(uid=uid)
    for column, text in columns.items():
        setattr(step, column, text)
    step.save()
    return save_snapshot(treatment, now=LATER)


@pytest.fixture
def step(iontophoresis):
    """The step that names the minutes of current."""
    return iontophoresis.procedurestep_set.filter(text_en__contains="20–30 minutes").first()


def change_minutes(treatment, step, language):
    old, new = {"en": ("20–30", "20–40"), "bn": ("২০–৩০", "২০–৪০")}[language]
    column = f"text_{language}"
    assert old in getattr(step, column)
    return edit(treatment, step.uid, **{column: getattr(step, column).replace(old, new)})


def test_a_save_that_changes_nothing_keeps_no_snapshot(iontophoresis):
    assert save_snapshot(iontophoresis, now=LATER) is None
    assert iontophoresis.snapshots.count() == 1


def test_a_changed_draft_is_not_live_before_it_is_published(iontophoresis):
    benefit = iontophoresis.benefit_set.first()
    benefit.text_en, benefit.text_bn = "Changed words.", "বদলানো কথা।"
    benefit.save()
    snapshot = save_snapshot(iontophoresis, now=LATER)
    live = live_publications(iontophoresis, LATER)
    assert "Changed words." not in live["en"].snapshot.document
    publish_as_read(snapshot, LANGUAGES, now=LATER)
    live = live_publications(iontophoresis, LATER)
    assert "Changed words." in live["en"].snapshot.document
    assert "বদলানো কথা।" in live["bn"].snapshot.document


def test_a_number_changed_in_one_language_only_is_refused_with_both_ways_on(iontophoresis, step):
    snapshot = change_minutes(iontophoresis, step, "en")
    with pytest.raises(Refused) as refusal:
        publish(snapshot, ["en"], now=LATER)
    assert any(finding.item == step.uid for finding in refusal.value.blocking)
    assert live_publications(iontophoresis, LATER)["en"].snapshot_id != snapshot.pk


def test_the_ways_on_are_to_publish_both_or_to_withdraw_the_other(iontophoresis, step):
    iontophoresis.running_max = 40
    iontophoresis.save()
    for row in iontophoresis.translations.all():
        row.summary = row.summary.replace("20–30", "20–40").replace("২০–৩০", "২০–৪০")
        row.save()
    for model in ("howitworks", "howoften", "whatitis", "procedurestep", "question"):
        for item in getattr(iontophoresis, f"{model}_set").all():
            for name in item.pairs:
                for code in LANGUAGES:
                    text = getattr(item, f"{name}_{code}")
                    text = text.replace("20–30", "20–40").replace("২০–৩০", "২০–৪০")
                    setattr(item, f"{name}_{code}", text)
            item.save()
    snapshot = save_snapshot(iontophoresis, now=LATER)
    with pytest.raises(Refused) as refusal:
        publish(snapshot, ["en"], now=LATER)
    ways = {(way.publish, way.withdraw) for way in refusal.value.alternatives}
    assert ways == {(("en", "bn"), ()), (("en",), ("bn",))}

    publish_as_read(snapshot, ["en"], withdrawing=["bn"], now=LATER)
    assert set(live_publications(iontophoresis, LATER)) == {"en"}


def test_an_empty_half_is_kept_in_a_draft_and_refused_at_publishing(iontophoresis):
    benefit = iontophoresis.benefit_set.first()
    benefit.text_bn = ""
    benefit.save()
    snapshot = save_snapshot(iontophoresis, now=LATER)
    assert parse(snapshot.document).items("benefits")[0].pairs["text"].bn == ""
    with pytest.raises(Refused):
        publish(snapshot, LANGUAGES, now=LATER)
    with pytest.raises(Refused):
        publish(snapshot, ["bn"], now=LATER)


def test_a_language_that_has_no_text_yet_cannot_be_published(iontophoresis):
    iontophoresis.translations.get(language_code="bn").delete()
    snapshot = save_snapshot(iontophoresis, now=LATER)
    with pytest.raises(Refused):
        publish(snapshot, ["bn"], now=LATER)


def test_withdrawing_is_immediate_and_never_refused(iontophoresis):
    assert withdraw(iontophoresis, ["bn"], now=LATER) == ["bn"]
    assert set(live_publications(iontophoresis, LATER)) == {"en"}
    assert withdraw(iontophoresis, ["bn"], now=LATER) == []


def test_publishing_the_same_words_again_changes_nothing(iontophoresis):
    assert publish(newest_snapshot(iontophoresis), LANGUAGES, now=LATER) == []
    assert iontophoresis.publications.count() == 2


def test_what_was_live_on_a_day_is_still_known(iontophoresis):
    benefit = iontophoresis.benefit_set.first()
    benefit.text_en, benefit.text_bn = "Changed words.", "বদলানো কথা।"
    benefit.save()
    publish_as_read(save_snapshot(iontophoresis, now=LATER), LANGUAGES, now=LATER)
    then = live_publications(iontophoresis, NOW + timedelta(minutes=30))
    assert "Changed words." not in then["en"].snapshot.document


def test_only_known_languages_are_published(iontophoresis):
    for languages, withdrawing in (([], []), (["fr"], []), (["en"], ["en"])):
        with pytest.raises(ValueError, match="cannot publish"):
            publish(newest_snapshot(iontophoresis), languages, withdrawing=withdrawing, now=LATER)


def test_the_commands_publish_and_withdraw(drafts, capsys):
    call_command("publish", "iontophoresis", language="en")
    assert list(Publication.objects.values_list("language", flat=True)) == ["en"]
    call_command("publish", "iontophoresis", "iontophoresis-at-home")
    assert Publication.objects.filter(live_until=None).count() == 4
    call_command("withdraw", "iontophoresis", language="bn")
    assert Publication.objects.filter(live_until=None).count() == 3
    assert "iontophoresis: bn" in capsys.readouterr().out


def test_the_commands_name_what_they_do_not_know(drafts):
    with pytest.raises(CommandError, match="No treatment skin-care"):
        call_command("publish", "skin-care")
    with pytest.raises(CommandError, match="No treatment skin-care"):
        call_command("withdraw", "skin-care")


def test_the_publish_command_says_why_it_refuses(iontophoresis, step, capsys):
    change_minutes(iontophoresis, step, "bn")
    with pytest.raises(CommandError, match="Not published: iontophoresis"):
        call_command("publish", "iontophoresis", language="bn")
    assert f"procedure/{step.uid}" in capsys.readouterr().err


def test_the_publish_command_confirms_nothing_and_says_what_is_missing(iontophoresis, capsys):
    iontophoresis.contraindication_set.get(uid="pregnancy").delete()
    edit(iontophoresis, text_en="The current runs.", text_bn="বিদ্যুৎ চলে।")
    with pytest.raises(CommandError, match="Not published: iontophoresis"):
        call_command("publish", "iontophoresis")
    told = capsys.readouterr().err
    assert "  not confirmed: 2 texts\n" in told
    assert "    contraindications/pregnancy (taken away): You are pregnant. · " in told
    assert "    procedure/current: " in told and " · The current runs. / " in told
    assert f"/admin/treatments/treatment/{iontophoresis.pk}/publish/" in told
    read_both(iontophoresis, now=LATER)
    call_command("publish", "iontophoresis")
    assert "iontophoresis: en, bn" in capsys.readouterr().out


def test_snapshots_and_publications_go_with_a_deleted_treatment(iontophoresis):
    iontophoresis.delete()
    assert not Snapshot.objects.filter(treatment__slug="iontophoresis").exists()
    assert not Treatment.objects.filter(slug="iontophoresis").exists()


@pytest.mark.parametrize("named", [True, False], ids=["by a nurse", "by a command"])
def test_cancelling_a_plan_does_not_take_back_a_withdrawal_of_the_same_moment(
    iontophoresis, nurse, named
):
    now = LATER
    then = now + timedelta(days=1)
    withdraw(iontophoresis, LANGUAGES, now=now, at=then, by=nurse if named else None)
    iontophoresis.translations.filter(language_code="en").update(title="Corrected meanwhile")
    publish_as_read(save_snapshot(iontophoresis, now=now), LANGUAGES, now=now)
    iontophoresis.translations.filter(language_code="en").update(title="For later")
    later = publish_as_read(save_snapshot(iontophoresis, now=now), LANGUAGES, now=now, at=then)
    for publication in later:
        cancel_scheduled(publication, now=now)
    assert live_publications(iontophoresis, now)
    assert not live_publications(iontophoresis, then)
