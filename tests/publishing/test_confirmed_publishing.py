"""What is published, planned, withdrawn and brought back: nothing of it goes live unread."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group

from treatments.models import LANGUAGES, Confirmation, Snapshot, Treatment
from treatments.publishing.comparison import compare, read_of, unconfirmed, unconfirmed_in
from treatments.publishing.confirmations import NotYours, ShownOtherwise, confirm, record, take_back
from treatments.publishing.preflight import live_editions, live_publications
from treatments.publishing.publish import Refused, cancel_scheduled, publish, withdraw
from treatments.publishing.put_back import can_be_put_back, put_back
from treatments.publishing.snapshots import newest_snapshot, restore, save_snapshot

from ..conftest import NOW
from .reading import publish_as_read

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LATER = NOW + HOUR
OLD = "You are pregnant."


def pregnancy(treatment):
    return treatment.contraindication_set.get(uid="pregnancy")


def change(row, **columns):
    for column, value in columns.items():
        setattr(row, column, value)
    row.save()


def fewer_letters(treatment):
    change(pregnancy(treatment), text_en="You are pregnan.")


def taken_away(treatment):
    pregnancy(treatment).delete()


def another_heading(treatment):
    change(pregnancy(treatment), level="tell_us")


def another_order(treatment):
    first, second = treatment.helpsign_set.all()[:2]
    first.position, second.position = second.position, first.position
    first.save()
    second.save()


def cleared_mark(treatment):
    row = treatment.contraindication_set.filter(to_confirm=True).first()
    change(row, to_confirm=False)


def another_area(treatment):
    treatment.body_areas.remove(treatment.body_areas.first())


def another_title(treatment):
    treatment.translations.filter(language_code="bn").update(title="ঘাম কমাতে ক্লিনিকে আয়নটোফোরেসিস")


def another_address(treatment):
    source = treatment.source_set.exclude(url="").first()
    change(source, url="https://other.example/")


@pytest.mark.parametrize(
    ("edit", "place"),
    [
        (fewer_letters, "contraindications/pregnancy"),
        (taken_away, "contraindications/pregnancy"),
        (another_heading, "contraindications/pregnancy"),
        (another_order, "help_signs"),
        (cleared_mark, "contraindications/"),
        (another_area, "body_areas/"),
        (another_title, "prose/title"),
        (another_address, "sources/"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_publishing_names_what_nobody_has_read_and_goes_on_once_somebody_has(
    iontophoresis, edit, place
):
    edit(iontophoresis)
    snapshot = save_snapshot(Treatment.objects.get(pk=iontophoresis.pk), now=LATER)
    with pytest.raises(Refused) as refused:
        publish(snapshot, LANGUAGES, now=LATER)
    (unread,) = refused.value.unconfirmed
    assert str(unread.place).startswith(place)
    assert live_publications(iontophoresis, LATER)["en"].snapshot_id != snapshot.pk
    published = publish_as_read(snapshot, LANGUAGES, now=LATER)
    assert {publication.snapshot_id for publication in published} == {snapshot.pk}


def test_what_the_draft_has_unread_is_counted(iontophoresis, nurse):
    fewer_letters(iontophoresis)
    snapshot = save_snapshot(iontophoresis, now=LATER)
    assert [str(one.place) for one in unconfirmed_in(snapshot)] == ["contraindications/pregnancy"]
    assert snapshot.unconfirmed == 1
    (key,) = compare(snapshot, LANGUAGES, at=LATER).by_key
    confirm(snapshot, LANGUAGES, [key], at=LATER, now=LATER, by=nurse)
    assert newest_snapshot(iontophoresis).unconfirmed == 0
    assert take_back(iontophoresis, key, now=LATER, by=nurse)
    assert newest_snapshot(iontophoresis).unconfirmed == 1
    with pytest.raises(Refused):
        publish(snapshot, LANGUAGES, now=LATER)


def test_what_changed_meanwhile_cannot_be_confirmed(iontophoresis, nurse):
    fewer_letters(iontophoresis)
    (key,) = compare(save_snapshot(iontophoresis, now=LATER), LANGUAGES, at=LATER).by_key
    change(pregnancy(iontophoresis), text_en="You are not pregnant.")
    save_snapshot(iontophoresis, now=LATER)
    with pytest.raises(ShownOtherwise):
        confirm(newest_snapshot(iontophoresis), LANGUAGES, [key], at=LATER, now=LATER, by=nurse)
    assert not iontophoresis.confirmations.filter(confirmed_by=nurse).exists()


def test_only_a_reviewer_clears_a_mark_also_one_that_was_not_there_once(
    iontophoresis, django_user_model
):
    publisher = django_user_model.objects.create_user("publisher", is_staff=True)
    publisher.groups.add(Group.objects.get(name="Publisher"))
    clear = newest_snapshot(iontophoresis)
    row = iontophoresis.contraindication_set.filter(to_confirm=False).first()
    change(row, to_confirm=True)
    publish_as_read(save_snapshot(iontophoresis, now=LATER), LANGUAGES, now=LATER)
    snapshot = restore(clear, now=LATER + HOUR)
    at = LATER + HOUR
    (difference,) = compare(snapshot, LANGUAGES, at=at).open
    with pytest.raises(NotYours, match="A Reviewer"):
        confirm(snapshot, LANGUAGES, [difference.key], at=at, now=at, by=publisher)
    publisher.groups.add(Group.objects.get(name="Reviewer"))
    publisher = django_user_model.objects.get(pk=publisher.pk)
    confirm(snapshot, LANGUAGES, [difference.key], at=at, now=at, by=publisher)
    assert publish(snapshot, LANGUAGES, now=at)


# --- Taken away, put back, taken away -------------------------------------------------------------


def test_what_was_put_back_and_live_is_asked_about_when_it_is_taken_away_again(iontophoresis):
    full = newest_snapshot(iontophoresis)
    taken_away(iontophoresis)
    publish_as_read(save_snapshot(iontophoresis, now=LATER), LANGUAGES, now=LATER)
    # Back, in words that were confirmed: nobody need read them again.
    assert publish(restore(full, now=LATER + HOUR), LANGUAGES, now=LATER + HOUR)
    taken_away(iontophoresis)
    again = save_snapshot(iontophoresis, now=LATER + 2 * HOUR)
    with pytest.raises(Refused) as refused:
        publish(again, LANGUAGES, now=LATER + 2 * HOUR)
    assert [each.loss for each in refused.value.unconfirmed] == [Confirmation.Kind.TAKEN_AWAY]


@pytest.mark.parametrize("edit", [taken_away, another_heading, another_order])
def test_what_is_lost_can_be_put_back_where_it_stood(iontophoresis, edit):
    before = newest_snapshot(iontophoresis)
    edit(iontophoresis)
    (loss,) = compare(save_snapshot(iontophoresis, now=LATER), LANGUAGES, at=LATER).open
    assert can_be_put_back(loss)
    assert put_back(iontophoresis, loss, now=LATER).document == before.document


def test_exchanged_words_are_put_back_in_their_order(iontophoresis):
    one, other = iontophoresis.helpsign_set.filter(urgency="emergency")[:2]
    said = [sign.text_en for sign in iontophoresis.helpsign_set.all()]
    texts = [(sign.text_en, sign.text_bn) for sign in (one, other)]
    change(one, text_en=texts[1][0], text_bn=texts[1][1])
    change(other, text_en=texts[0][0], text_bn=texts[0][1])
    (loss,) = compare(save_snapshot(iontophoresis, now=LATER), LANGUAGES, at=LATER).open
    assert loss.loss == Confirmation.Kind.REORDERED
    put_back(iontophoresis, loss, now=LATER)
    assert [sign.text_en for sign in iontophoresis.helpsign_set.all()] == said


@pytest.mark.parametrize(("language", "other"), [("en", "bn"), ("bn", "en")])
@pytest.mark.parametrize("rows", ["helpsign_set", "whatitis_set", "procedurestep_set"])
def test_what_is_put_back_in_one_language_leaves_the_draft_of_the_other(
    iontophoresis, rows, language, other
):
    withdraw(iontophoresis, [other], now=LATER)
    row = getattr(iontophoresis, rows).first()
    emptied = {f"{name}_{language}": "" for name in row.pairs}
    changed = {f"{name}_{other}": f"{getattr(row, f'{name}_{other}')} 2" for name in row.pairs}
    was = {name: getattr(row, name) for name in emptied}
    change(row, **emptied, **changed)
    (loss,) = compare(save_snapshot(iontophoresis, now=LATER), [language], at=LATER + HOUR).open
    put_back(iontophoresis, loss, now=LATER + HOUR)
    row.refresh_from_db()
    assert {name: getattr(row, name) for name in {**was, **changed}} == {**was, **changed}


def written(text):
    return [(row.text_en, row.text_bn) for row in text.all()]


def numbered(treatment, *texts) -> Snapshot:
    """A draft with these paragraphs, numbered by themselves as before they were items."""
    treatment.howitworks_set.all().delete()
    for number, (english, bangla) in enumerate(texts, 1):
        treatment.howitworks_set.create(
            uid=f"paragraph-{number}", position=number, text_en=english, text_bn=bangla
        )
    return save_snapshot(Treatment.objects.get(pk=treatment.pk), now=LATER)


WATER = ("Warm water carries it in.", "গরম পানি দিয়ে ভেতরে যায়।")
HANDS = ("Keep your hands still.", "হাত স্থির রাখুন।")
REST = ("Afterwards the skin rests.", "পরে চামড়া বিশ্রাম নেয়।")


def test_a_paragraph_that_is_put_back_pushes_no_other_out(iontophoresis):
    publish_as_read(numbered(iontophoresis, WATER, HANDS, REST), LANGUAGES, now=LATER)
    changed = ("Afterwards the whole skin rests.", "পরে পুরো চামড়া বিশ্রাম নেয়।")
    draft = numbered(iontophoresis, WATER, changed)
    (confirmed, loss) = compare(draft, LANGUAGES, at=LATER + HOUR).open
    assert (confirmed.loss, loss.loss) == ("", Confirmation.Kind.TAKEN_AWAY)
    put_back(iontophoresis, loss, now=LATER + HOUR)
    assert written(iontophoresis.howitworks_set) == [WATER, HANDS, changed]


def test_a_half_is_put_back_where_its_paragraph_stands_now(iontophoresis):
    publish_as_read(numbered(iontophoresis, HANDS, WATER), LANGUAGES, now=LATER)
    draft = numbered(iontophoresis, (WATER[0], ""), REST)
    losses = [one for one in compare(draft, LANGUAGES, at=LATER + HOUR).open if one.loss]
    (half,) = (one for one in losses if one.step.after)
    put_back(iontophoresis, half, now=LATER + HOUR)
    assert written(iontophoresis.howitworks_set) == [WATER, REST]


# --- One language, both, and from different versions ------------------------------------------------


def test_words_changed_in_both_languages_are_not_published_in_one_beside_the_old_other(
    iontophoresis,
):
    benefit = iontophoresis.benefit_set.first()
    change(benefit, text_en="It is gentle.", text_bn="এটা মৃদু।")
    snapshot = save_snapshot(iontophoresis, now=LATER)
    pair = compare(snapshot, LANGUAGES, at=LATER)
    record(iontophoresis, pair.open, now=LATER)
    with pytest.raises(Refused) as refused:
        publish(snapshot, ["en"], now=LATER)
    assert refused.value.unconfirmed
    # Alone it may stand, or with the Bangla that it was read with.
    assert publish(snapshot, ["en"], now=LATER, withdrawing=["bn"])
    assert publish(snapshot, ["bn"], now=LATER + HOUR)


def test_a_typing_error_in_one_language_is_published_in_that_language_alone(iontophoresis):
    benefit = iontophoresis.benefit_set.first()
    change(benefit, text_en=f"{benefit.text_en} Really.")
    snapshot = save_snapshot(iontophoresis, now=LATER)
    publish_as_read(snapshot, ["en"], now=LATER)
    live = live_publications(iontophoresis, LATER)
    assert live["en"].snapshot_id == snapshot.pk != live["bn"].snapshot_id
    assert publish(snapshot, ["bn"], now=LATER + HOUR)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_withdrawn_comes_back_without_being_read_again(iontophoresis, language):
    withdraw(iontophoresis, [language], now=LATER)
    assert publish(newest_snapshot(iontophoresis), [language], now=LATER + HOUR)


def test_what_is_gone_since_a_page_was_withdrawn_is_asked_about(iontophoresis):
    withdraw(iontophoresis, LANGUAGES, now=LATER)
    taken_away(iontophoresis)
    with pytest.raises(Refused) as refused:
        publish(save_snapshot(iontophoresis, now=LATER), LANGUAGES, now=LATER + HOUR)
    assert [each.loss for each in refused.value.unconfirmed] == [Confirmation.Kind.TAKEN_AWAY]


# --- Planned --------------------------------------------------------------------------------------


def reworded(treatment, number, now, *, english=True, bangla=True):
    benefit = treatment.benefit_set.first()
    benefit.text_en += " Gently." * number * english
    benefit.text_bn += " খুব মৃদু।" * number * bangla
    benefit.save()
    return save_snapshot(treatment, now=now)


def unread_at(treatment, moment) -> list:
    """What stands before patients at a moment that nobody has confirmed."""
    return unconfirmed(*live_editions(treatment, moment).values(), read_of(treatment))


def test_what_is_planned_is_read_when_it_is_planned(iontophoresis):
    snapshot = reworded(iontophoresis, 1, LATER)
    with pytest.raises(Refused):
        publish(snapshot, LANGUAGES, now=LATER, at=LATER + DAY)
    publish_as_read(snapshot, LANGUAGES, now=LATER, at=LATER + DAY)
    assert not unread_at(iontophoresis, LATER + DAY)


def test_what_is_published_before_a_planned_change_is_read_with_it(iontophoresis):
    """Only the English is planned; a new Bangla of today stands beside it from then on."""
    planned = reworded(iontophoresis, 1, LATER, bangla=False)
    publish_as_read(planned, ["en"], now=LATER, at=LATER + DAY)
    today = reworded(iontophoresis, 2, LATER, english=False)
    compared = compare(today, ["bn"], at=LATER + HOUR)
    assert len(compared.open) == 2  # beside the English of today, and of tomorrow
    publish_as_read(today, ["bn"], now=LATER + HOUR)
    for moment in (LATER + HOUR, LATER + DAY):
        assert not unread_at(iontophoresis, moment)


def test_half_of_a_plan_is_not_cancelled_where_nobody_has_read_what_is_left(iontophoresis):
    then = LATER + DAY
    english, _bangla = publish_as_read(
        reworded(iontophoresis, 1, LATER), LANGUAGES, now=LATER, at=then
    )
    taken_back = cancel_scheduled(english, now=LATER + HOUR)
    assert [each.language for each in taken_back] == ["en", "bn"]
    assert not unread_at(iontophoresis, then)
    live = live_publications(iontophoresis, then)
    assert {live[code].live_until for code in LANGUAGES} == {None}
    assert len({live[code].snapshot_id for code in LANGUAGES}) == 1


def test_the_other_half_of_a_plan_stays_where_somebody_has_read_it(iontophoresis):
    then = LATER + DAY
    planned = reworded(iontophoresis, 1, LATER, english=False)
    english, _bangla = publish_as_read(planned, LANGUAGES, now=LATER, at=then)
    assert cancel_scheduled(english, now=LATER + HOUR) == [english]
    assert live_publications(iontophoresis, then)["bn"].snapshot_id == planned.pk
    assert not unread_at(iontophoresis, then)


@pytest.mark.parametrize("language", LANGUAGES)
def test_withdrawing_a_language_leaves_what_is_planned_of_the_other(iontophoresis, language):
    then = LATER + DAY
    planned = reworded(iontophoresis, 1, LATER)
    publish_as_read(planned, LANGUAGES, now=LATER, at=then)
    withdraw(iontophoresis, [language], now=LATER + HOUR)
    live = live_publications(iontophoresis, then)
    assert language not in live
    assert [publication.snapshot_id for publication in live.values()] == [planned.pk]
    assert not unread_at(iontophoresis, then)


def for_search_engines(treatment, english=None, bangla=None):
    for code, text in (("en", english), ("bn", bangla)):
        if text is not None:
            treatment.translations.filter(language_code=code).update(search_description=text)
    return save_snapshot(treatment, now=LATER)


def test_words_that_may_stand_alone_today_are_read_beside_what_is_planned(iontophoresis):
    """Today only the English is live; tomorrow the Bangla comes, without its half."""
    today = for_search_engines(iontophoresis, "What iontophoresis is.", "আয়ন্টোফোরেসিস কী।")
    record(iontophoresis, compare(today, LANGUAGES, at=LATER).open, now=LATER)
    planned = for_search_engines(iontophoresis, bangla="")
    publish_as_read(planned, ["bn"], now=LATER, at=LATER + DAY)
    with pytest.raises(Refused) as refused:
        publish(today, ["en"], now=LATER, withdrawing=["bn"])
    assert [each.place.item for each in refused.value.unconfirmed] == ["search_description"]


def test_a_withdrawal_that_is_planned_asks_nothing(iontophoresis):
    withdraw(iontophoresis, ["bn"], now=LATER, at=LATER + DAY)
    assert not compare(newest_snapshot(iontophoresis), LANGUAGES, at=LATER).open
    publish_as_read(reworded(iontophoresis, 1, LATER), LANGUAGES, now=LATER + HOUR)
    for moment in (LATER + HOUR, LATER + DAY):
        assert not unread_at(iontophoresis, moment)
